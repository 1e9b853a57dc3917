"""The parts of the spec that state types, resources and operations."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from .model import Model
from .scalars import Block, Flag, Label, Later, Number, Prose, Raw, Value, Whole, Word
from .tree import MapNode


class Bounds(Model):
    """Bounds, as in JSON Schema."""

    format: Word | None = Field(None, description="A closer format: `int32`, `hostname`, …")
    min_length: Whole | None = None
    max_length: Whole | None = None
    pattern: Word | None = Field(None, description="A regular expression; `^` and `$` bind it to the ends.")
    ge: Number | None = Field(None, description="At least.")
    gt: Number | None = Field(None, description="More than.")
    le: Number | None = Field(None, description="At most.")
    lt: Number | None = Field(None, description="Less than.")
    multiple_of: Number | None = None
    min_items: Whole | None = None
    max_items: Whole | None = None
    unique_items: Flag | None = None


BOUNDS = tuple(Bounds.model_fields)


class EnumValueSpec(Model):
    """One value of an enum: a text, or `{value, description}`."""

    shorthand: ClassVar[str | None] = "value"
    value: Label
    description: Prose | None = None


class Typed(Bounds):
    """What says a type: a type expression, an enum, or fields."""

    shorthand: ClassVar[str | None] = "type"
    type: Word | None = Field(None, description="`str`, `int | null`, `list[User]`, `map[str, int]`, a named type.")
    enum: list[EnumValueSpec] | None = Field(None, description="A closed set of texts.")
    fields: dict[Label, FieldSpec] | None = Field(None, description="An object; a `?` after a name: optional.")
    items: Typed | None = Field(None, description="What a list holds, in the long form.")
    values: Typed | None = Field(None, description="What a map holds, in the long form.")
    unknown: Literal["ignore", "keep", "refuse"] | None = Field(
        None, description="What an object does with request fields it does not know."
    )
    nullable: Flag | None = None
    description: Prose | None = None


class FieldSpec(Typed):
    """A field: a type expression, or the long form."""

    default: Value = Field(None, description="What an absent field means.")
    example: Value = None
    key: Flag = Field(False, description="Names one object among others.")
    read_only: Flag = False
    write_only: Flag = False
    create_only: Flag = False
    unique: Flag = False
    on_create: Later | None = Field(None, description="What the server puts in: `now`, a value, or a hook.")
    deprecated: Flag = False


Typed.model_rebuild()


class TypeSpec(Model):
    """A named type: `{enum: […]}` or `{fields: {…}}`."""

    enum: list[EnumValueSpec] | None = None
    fields: dict[Label, FieldSpec] | None = None
    unknown: Literal["ignore", "keep", "refuse"] | None = None
    description: Prose | None = None


ActionWord = Literal["list", "get", "create", "update", "replace", "delete"]


class ResourceSpec(Model):
    """A type that is stored and served by standard operations."""

    path: Word
    fields: dict[Label, FieldSpec]
    operations: list[ActionWord] | None = None
    filters: list[Label] = Field(default_factory=list)
    sort: list[Label] = Field(default_factory=list)
    handler: Word | None = None
    unknown: Literal["ignore", "keep", "refuse"] | None = None
    description: Prose | None = None


class ParameterSpec(Typed):
    """A parameter: a type expression, or the long form."""

    in_: Literal["query", "path", "header", "cookie"] | None = Field(None, alias="in")
    required: Flag | None = None
    default: Value = None
    example: Value = None
    deprecated: Flag = False


class BodySpec(Typed):
    """What a request carries."""

    required: Flag = True
    media_type: Word | None = None


class ResponseSpec(Typed):
    """One answer of an operation."""

    page: Flag = Field(False, description="Put a list into the API's envelope.")


def _answer(value: object) -> object:
    """`204: null` is an answer without a body."""
    if isinstance(value, Raw) and value.null:
        block = Block()
        block.node = MapNode(value.node.span, value.node.start, value.node.end, value.node.key, {}, True)
        return block
    return value


class NoBody:
    """Says in the schema that an answer may be null."""

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "null"}, handler(core_schema)]}


Answer = Annotated[ResponseSpec, BeforeValidator(_answer), NoBody()]


class OperationSpec(Model):
    """One method on one path, beside the resources."""

    id: Word | None = None
    summary: Prose | None = None
    description: Prose | None = None
    handler: Word | None = None
    tags: list[Word] | None = None
    parameters: dict[Label, ParameterSpec] = Field(default_factory=dict)
    body: BodySpec | None = None
    response: Answer | None = None
    responses: dict[Label, Answer] | None = None
    deprecated: Flag = False
