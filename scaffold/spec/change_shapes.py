"""The parts of the spec that state changes: one model for each verb."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from .grammar import long_form
from .model import Model
from .scalars import Flag, Label, Later, Prose, Value, Word
from .shapes import ActionWord, Answer, BodySpec, Bounds, ParameterSpec, Typed


class ChangeBase(Model):
    """What may stand in any change."""

    why: Prose | None = None
    note: Prose | None = None


class AddSpec(ChangeBase, Typed):
    """Something appears: a field, an enum value, a type, a resource, an operation, a parameter."""

    shorthand: ClassVar[str | None] = None
    add: Word
    default: Value = None
    example: Value = None
    read_only: Flag = False
    write_only: Flag = False
    create_only: Flag = False
    unique: Flag = False
    on_create: Later | None = None
    deprecated: Flag = False
    required: Flag | None = None
    path: Word | None = None
    operations: list[ActionWord] | None = None
    filters: list[Label] = Field(default_factory=list)
    sort: list[Label] = Field(default_factory=list)
    handler: Word | None = None
    id: Word | None = None
    summary: Prose | None = None
    tags: list[Word] | None = None
    parameters: dict[Label, ParameterSpec] = Field(default_factory=dict)
    body: BodySpec | None = None
    response: Answer | None = None
    responses: dict[Label, Answer] | None = None
    old_sends: Value = None
    old_sees: Value = None
    existing: Value = None


class RemoveSpec(ChangeBase):
    """Something goes; older versions keep it."""

    remove: Word
    old_sends: Value = None
    old_sees: Value = None


class RenameSpec(ChangeBase):
    """Something takes a new name; with a mapping several fields at once."""

    rename: Word | dict[Label, Word]
    to: Word | None = None
    storage: Literal["rename"] | None = None


def _addresses(value: object) -> object:
    return [value] if isinstance(value, str) else value


class MoveSpec(ChangeBase):
    """Fields go to another place of their type; an operation to another path; a parameter elsewhere."""

    move: Annotated[
        list[Word],
        BeforeValidator(_addresses),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
    ]
    to: Word
    type_name: Word | None = Field(None, description="The name of the object type that is made, if one is.")


class ChangeSpec(ChangeBase, Bounds):
    """A field or parameter changes its type, requiredness, nullability, default or bounds; or the envelope changes."""

    change: Word
    from_: Word | None = Field(None, alias="from")
    to: Value = None
    type: Word | None = None
    codec: Word | None = None
    required: Flag | None = None
    nullable: Flag | None = None
    default: Value = None
    drop: list[Word] = Field(default_factory=list)
    read_only: Flag | None = None
    write_only: Flag | None = None
    create_only: Flag | None = None
    unique: Flag | None = None
    deprecated: Flag | None = None
    description: Prose | None = None
    old_sends: Value = None
    old_sees: Value = None
    unreadable: Literal["refuse", "default", "null"] | None = None
    policy: Literal["keep", "clamp", "refuse"] | None = None
    as_seen: Literal["write", "keep"] | None = None
    existing: Value = None


VERBS: dict[str, type[ChangeBase]] = {
    "add": AddSpec,
    "remove": RemoveSpec,
    "rename": RenameSpec,
    "move": MoveSpec,
    "change": ChangeSpec,
}
LATER_VERBS = ("split", "merge", "alias", "deprecate", "backport", "behaviour", "custom")


def _verb(value: object) -> str:
    if isinstance(value, ChangeBase):
        return next(f"<{v}>" for v, m in VERBS.items() if isinstance(value, m))
    return next((f"<{v}>" for v in VERBS if isinstance(value, dict) and v in value), "<add>")


def _change(value: object) -> object:
    return long_form(value, tuple(VERBS), LATER_VERBS)


class OneLine:
    """Says in the schema that a change may be one text."""

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string"}, handler(core_schema)]}


AnyChange = Annotated[
    Annotated[AddSpec, Tag("<add>")]
    | Annotated[RemoveSpec, Tag("<remove>")]
    | Annotated[RenameSpec, Tag("<rename>")]
    | Annotated[MoveSpec, Tag("<move>")]
    | Annotated[ChangeSpec, Tag("<change>")],
    Discriminator(_verb),
    BeforeValidator(_change),
    OneLine(),
]
