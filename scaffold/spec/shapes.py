"""The parts of the spec that state types and resources."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from .model import Model
from .paging import PaginationSpec
from .scalars import Flag, Keywords, Label, Later, Number, Prose, Value, Whole, Word, wrong


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
TYPES = ("type", "enum", "const", "fields", "items", "values", "one_of", "any_of")
"""The keys that say a type."""
TYPE_KEYS = (*TYPES, "discriminator", "tags", "name", "unknown", "rest", "open", "nullable")
"""The keys that say a type, and those that say more of it."""
OPT_IN = "The header that asks for a value of an enum: others are shown `old_sees`, and may not send it."
OPENAPI = "Keywords for the document, kept word for word."
UnknownWord = Literal["ignore", "keep", "refuse"]


def _tags(value: object) -> object:
    if not isinstance(value, dict) or not all(isinstance(name, str) and name for name in value.values()):
        raise wrong("`tags` maps values of the discriminator to types", "write `{card: Card, wallet: Wallet}`")
    return value


def _tags_or_list(value: object) -> object:
    if isinstance(value, list) and all(isinstance(tag, str) and tag.strip() for tag in value):
        return [str(tag) for tag in value]
    return _tags(value)


TAG_MAP: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string"}}
TAG_LIST: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
Tags = Annotated[Any, BeforeValidator(_tags), WithJsonSchema(TAG_MAP)]
AnyTags = Annotated[Any, BeforeValidator(_tags_or_list), WithJsonSchema({"anyOf": [TAG_LIST, TAG_MAP]})]
"""Of a union a mapping, of an operation a list."""


class EnumValueSpec(Model):
    """One value of an enum: a text, or `{value, description, opt_in, old_sees}`."""

    shorthand: ClassVar[str | None] = "value"
    written: ClassVar[JsonSchemaValue] = {"type": ["string", "number", "boolean"]}
    extensible: ClassVar[bool] = True
    value: Later
    description: Prose | None = None
    opt_in: Word | None = Field(None, description=OPT_IN)
    old_sees: Later = None
    deprecated: Flag = False
    openapi: Keywords = Field(None, description=OPENAPI)


class Typed(Bounds):
    """What says a type: a type expression, an enum, fields, or several types."""

    shorthand: ClassVar[str | None] = "type"
    extensible: ClassVar[bool] = True
    type: Word | None = Field(
        None, description="`str`, `int | null`, `list[User]`, `map[str, int]`, a named type, `Card | Wallet`."
    )
    enum: list[EnumValueSpec] | None = Field(None, description="A set of texts, or of the values of `type`.")
    const: Value = Field(None, description="One value and no other.")
    fields: dict[Label, FieldSpec] | None = Field(None, description="An object; a `?` after a name: optional.")
    items: Typed | None = Field(None, description="What a list holds, in the long form.")
    values: Typed | None = Field(None, description="What a map holds, in the long form.")
    one_of: list[VariantSpec] | None = Field(None, description="Exactly one of several types.")
    any_of: list[VariantSpec] | None = Field(None, description="One or more of several types.")
    discriminator: Word | None = Field(None, description="The field that tells the types of a union apart.")
    tags: Tags = Field(None, description="Which value of the discriminator stands for which type.")
    name: Word | None = Field(None, description="What the type that is written here is called.")
    unknown: UnknownWord | None = Field(None, description="What an object does with fields it does not know.")
    rest: Typed | None = Field(None, description="What fields hold that an object does not know and keeps.")
    open: Flag | None = Field(None, description="Whether other values of the enum may come.")
    nullable: Flag | None = None
    description: Prose | None = None
    openapi: Keywords = Field(None, description=OPENAPI)


class VariantSpec(Typed):
    """One type of a union, or null."""

    @classmethod
    def _from_text(cls, text: str) -> dict[str, Any]:
        return {"type": str(text)}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "null"}, super().__get_pydantic_json_schema__(core_schema, handler)]}


class FieldSpec(Typed):
    """A field: a type expression, or the long form."""

    ref: Word | None = Field(None, description="The resource that its values are keys of.")
    default: Value = Field(None, description="What an absent field means.")
    example: Value = None
    key: Flag = Field(False, description="Names one object among others.")
    read_only: Flag = False
    write_only: Flag = False
    create_only: Flag = False
    unique: Flag = False
    on_create: Later | None = Field(None, description="What the server puts in: `now`, a value, or a hook.")
    computed: Word | None = Field(None, description="The hook that makes it of the record when it is shown.")
    deprecated: Flag = False


Typed.model_rebuild()


class TypeSpec(Typed):
    """A named type: `{enum: […]}`, `{fields: {…}}`, or a name for any other type."""

    component: Word | None = Field(None, description="What its component is called in documents.")
    inline: Flag = Field(False, description="Documents state it in its place instead of by name.")


ActionWord = Literal["list", "get", "create", "update", "replace", "delete"]


class ResourceSpec(Model):
    """A type that is stored and served by standard operations."""

    extensible: ClassVar[bool] = True
    path: Word
    fields: dict[Label, FieldSpec]
    operations: list[ActionWord] | None = None
    filters: list[Label] = Field(default_factory=list)
    sort: list[Label] = Field(default_factory=list)
    pagination: PaginationSpec | None = None
    owner: Word | None = Field(
        None, description="The field that says whose an object is: callers see, change and delete their own alone."
    )
    handler: Word | None = None
    unknown: UnknownWord | None = None
    rest: Typed | None = None
    description: Prose | None = None
    component: Word | None = None
    openapi: Keywords = Field(None, description=OPENAPI)
