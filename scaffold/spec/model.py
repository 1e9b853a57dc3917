"""What every mapping of the spec has in common."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ..contract.types import Json
from ..diagnostics import Span
from .nodes import ListNode, MapNode, Node
from .scalar_values import untyped
from .scalars import Block, Raw, Row, wrong

_NOWHERE = Span("api.yaml", 1, 1, 1, 1)


class Model(BaseModel):
    """A mapping of the spec with known keys; it remembers where it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    _node: Node | None = PrivateAttr(default=None)
    _cut: bool = PrivateAttr(default=False)
    _marked: dict[str, Any] = PrivateAttr(default_factory=dict)
    shorthand: ClassVar[str | None] = None
    written: ClassVar[JsonSchemaValue] = {"type": "string"}
    """What the shorthand is in JSON Schema."""
    extensible: ClassVar[bool] = False
    """Whether `x-` keys may stand here."""

    @model_validator(mode="wrap")
    @classmethod
    def _placed(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if isinstance(data, str) and cls.shorthand is not None:
            made = handler(cls._from_text(data))
        elif cls.extensible and isinstance(data, dict) and any(str(key).startswith("x-") for key in data):
            made = handler({key: value for key, value in data.items() if not str(key).startswith("x-")})
            made._marked = {str(key): value for key, value in data.items() if str(key).startswith("x-")}
        else:
            made = handler(data)
        if isinstance(data, Raw | Block | Row):
            made._node = data.node
            made._cut = isinstance(data, Block) and data.cut
        return made

    @classmethod
    def _from_text(cls, text: str) -> dict[str, Any]:
        """The long form of what is written as one scalar."""
        if isinstance(text, Raw) and text.null:
            raise wrong("null says nothing here", "write a type, or leave the key out")
        return {str(cls.shorthand): text}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core_schema)
        if cls.extensible:
            handler.resolve_ref_schema(schema)["patternProperties"] = {"^x-": {}}
        if cls.shorthand is None:
            return schema
        return {"anyOf": [cls.written, handler.resolve_ref_schema(schema)]}

    @property
    def node(self) -> Node | None:
        """What it was read from; None for what was not written."""
        return self._node

    def item_place(self, key: str, position: int) -> Span:
        """Where an item of the list under `key` stands."""
        node = self._node.entries.get(key) if isinstance(self._node, MapNode) else None
        if isinstance(node, ListNode) and position < len(node.items):
            return node.items[position].mark
        return self.place(key)

    def place(self, *keys: str) -> Span:
        """Where the value under `keys` stands, or this mapping itself when it has no such key."""
        node = self._node
        for key in keys:
            inner = node.entries.get(key) if isinstance(node, MapNode) else None
            if inner is None:
                break
            node = inner
        return _NOWHERE if node is None else node.mark

    def key_place(self) -> Span:
        """Where the key that this stands under is written."""
        node = self._node
        if node is None:
            return _NOWHERE
        return node.mark if node.key is None else node.key.span

    def cut(self) -> bool:
        """Whether a wrong key was left out, so that what is missing need not be told again."""
        return self._cut

    def stated(self) -> set[str]:
        """The keys that are written, as they are written; `x-` keys are not among them."""
        return {type(self).model_fields[name].alias or name for name in self.model_fields_set}

    @property
    def marked(self) -> tuple[str, ...]:
        """The `x-` keys that are written."""
        return tuple(self._marked)

    @property
    def beside(self) -> dict[str, Json]:
        """What is only kept: the `x-` keys, and the keywords under `openapi`."""
        kept = {key: untyped(value) for key, value in self._marked.items()}
        return {**kept, **untyped(getattr(self, "openapi", None) or {})}


class Or:
    """Says in the JSON Schema that `other` may stand here too."""

    def __init__(self, other: JsonSchemaValue) -> None:
        self.other = other

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [self.other, handler(core_schema)]}
