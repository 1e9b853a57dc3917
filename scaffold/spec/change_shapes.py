"""The parts of the spec that state changes: one model for each verb, `change` apart."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from .change_base import WITH, AnyAddresses, ChangeBase, WaiverSpec, addresses
from .change_verb import ChangeSpec
from .grammar import long_form
from .model import Or
from .operation_shapes import (
    MEDIA,
    SCHEMA,
    WRAP,
    Answer,
    BodySpec,
    HeaderSpec,
    OtherForm,
    ParameterSpec,
    Requirement,
)
from .paging import PaginationSpec
from .scalars import Flag, Keywords, Label, Later, Moment, Prose, Value, Whole, Word
from .shapes import OPT_IN, ActionWord, AnyTags, FieldSpec, Typed


class AddSpec(ChangeBase, Typed):
    """Something appears: a field, a type, a variant, a resource, an operation, a parameter, a body, an answer."""

    shorthand: ClassVar[str | None] = None
    add: Word
    ref: Word | None = Field(None, description="Of a field: the resource that its values are keys of.")
    default: Value = None
    example: Value = None
    read_only: Flag = False
    write_only: Flag = False
    create_only: Flag = False
    unique: Flag = False
    on_create: Later | None = None
    computed: Word | None = Field(None, description="The hook that makes it of the record when it is shown.")
    deprecated: Flag = False
    required: Flag | None = None
    path: Word | None = None
    operations: list[ActionWord] | None = None
    filters: list[Label] = Field(default_factory=list)
    sort: list[Label] = Field(default_factory=list)
    pagination: PaginationSpec | None = None
    owner: Word | None = None
    handler: Word | None = None
    id: Word | None = None
    summary: Prose | None = None
    tags: AnyTags = None
    tag: Word | None = Field(None, description="The value of the discriminator that stands for a new variant.")
    component: Word | None = None
    inline: Flag = False
    security: list[Requirement] | None = None
    style: Word | None = None
    explode: Flag | None = None
    media_type: Word | None = None
    others: dict[Label, OtherForm] = Field(default_factory=dict)
    media: Keywords = Field(None, description=MEDIA)
    schema_: Keywords = Field(None, alias="schema", description=SCHEMA)
    page: Flag = False
    wrap: Word | None = Field(None, description=WRAP)
    headers: dict[Label, HeaderSpec] = Field(default_factory=dict)
    codec: Word | None = None
    parameters: dict[Label, ParameterSpec] = Field(default_factory=dict)
    body: BodySpec | None = None
    response: Answer | None = None
    responses: dict[Label, Answer] | None = None
    old_sends: Value = None
    old_sees: Value = None
    opt_in: Word | None = Field(None, description=OPT_IN)
    hide: Flag = Field(False, description="Older versions do not see the objects that hold an added variant.")
    existing: Value = None


class RemoveSpec(ChangeBase):
    """Something goes; older versions keep it."""

    remove: Word
    old_sends: Value = None
    old_sees: Value = None
    policy: Literal["refuse"] | None = None
    waiver: WaiverSpec | None = None
    existing: Value = None


class SplitSpec(ChangeBase):
    """One value of an enum, or one field, becomes several."""

    split: Word
    into: Value = Field(None, description="What it becomes: values, or fields and their types, `{first_name: str}`.")
    with_: Word | None = Field(None, alias="with", description=WITH)
    old_sees: Value = Field(None, description="What older clients are shown for parts that cannot be joined.")
    pick: Label | None = Field(None, description="What older clients mean by it, and what stored records become.")


class MergeSpec(ChangeBase):
    """Several values of an enum, or several fields, become one."""

    merge: Annotated[list[Word], BeforeValidator(addresses)]
    into: Value = Field(None, description="What they become: a value, or a field, `full_name` or `{full_name: str}`.")
    with_: Word | None = Field(None, alias="with", description=WITH)
    pick: Label | None = Field(None, description="What older clients are shown for what they did not write.")


class RenameSpec(ChangeBase):
    """Something takes a new name; with a mapping several fields at once."""

    rename: Word | dict[Label, Word]
    to: Word | None = None
    storage: Literal["rename"] | None = None
    component: Word | None = Field(None, description="What documents call a type from now on, if not by its name.")
    path: Word | None = Field(None, description="Of a resource: where it is from now on, if not by its name.")


class AliasSpec(ChangeBase):
    """A field has another name too, or another place; the old one goes on, and is deprecated."""

    alias: Annotated[list[Word], BeforeValidator(addresses), AnyAddresses]
    as_: Annotated[list[Word], BeforeValidator(addresses), AnyAddresses] = Field(
        alias="as", description="A name, several, or the address of an object that has the fields too."
    )
    type_name: Word | None = Field(None, description="The name of the object type that is made, if one is.")


class MoveSpec(ChangeBase):
    """Fields go to another place of their type; an operation to another path; a parameter elsewhere."""

    move: Annotated[list[Word], BeforeValidator(addresses), AnyAddresses]
    to: Word
    type_name: Word | None = Field(None, description="The name of the object type that is made, if one is.")
    redirect: Whole | None = Field(None, description="What the old place of an operation answers.")
    keep: Flag = Field(False, description="An operation goes on to work at its old place, too.")


class DeprecateSpec(ChangeBase):
    """Clients should not use something any more; it works as it did."""

    deprecate: Word
    use: Word | None = Field(None, description="What stands in for it.")
    sunset: Moment | None = Field(None, description="When it ends: an operation answers 410 from then on.")
    deprecated: Flag = Field(True, description="False takes the mark back.")


class DescribeSpec(ChangeBase):
    """Documents say something else; no promise changes."""

    describe: dict[Label, Value] = Field(
        description="By address: a text, or keywords and their values; null takes one away."
    )
    replace: dict[Label, dict[Label, Prose]] = Field(
        default_factory=dict, description="By address: all that is said there, with words put for others."
    )
    nulls: dict[Label, list[Word]] = Field(default_factory=dict, description="By address: keywords that are null now.")


class BehaviourSpec(ChangeBase):
    """Something is done otherwise, which no document shows; handlers ask for it by its name."""

    behaviour: Word
    on: Flag = Field(True, description="False: from now on it is done as before again.")


class CustomSpec(ChangeBase):
    """The single values of an object become others by functions of yours; nothing else changes it in this version."""

    custom: Word
    up: Word = Field(description="The hook that makes the new object of an old one: `conversions.order_up`.")
    down: Word = Field(description="The hook that leads back.")
    fields: dict[Label, FieldSpec] | None = Field(None, description="The new single values; left out: the same ones.")
    lossless: Flag = Field(False, description="Whether what goes up and down again is as it was.")


class BackportSpec(ChangeBase):
    """A release of an older version has what a later version brought: an optional field, an operation."""

    backport: Word


VERBS: dict[str, type[ChangeBase]] = {
    "add": AddSpec,
    "remove": RemoveSpec,
    "rename": RenameSpec,
    "alias": AliasSpec,
    "move": MoveSpec,
    "split": SplitSpec,
    "merge": MergeSpec,
    "change": ChangeSpec,
    "deprecate": DeprecateSpec,
    "describe": DescribeSpec,
    "behaviour": BehaviourSpec,
    "custom": CustomSpec,
    "backport": BackportSpec,
}


def _verb(value: object) -> str:
    if isinstance(value, ChangeBase):
        return next(f"<{v}>" for v, m in VERBS.items() if isinstance(value, m))
    return next((f"<{v}>" for v in VERBS if isinstance(value, dict) and v in value), "<add>")


def _change(value: object) -> object:
    return long_form(value, tuple(VERBS))


AnyChange = Annotated[
    Annotated[AddSpec, Tag("<add>")]
    | Annotated[RemoveSpec, Tag("<remove>")]
    | Annotated[RenameSpec, Tag("<rename>")]
    | Annotated[AliasSpec, Tag("<alias>")]
    | Annotated[MoveSpec, Tag("<move>")]
    | Annotated[SplitSpec, Tag("<split>")]
    | Annotated[MergeSpec, Tag("<merge>")]
    | Annotated[ChangeSpec, Tag("<change>")]
    | Annotated[DeprecateSpec, Tag("<deprecate>")]
    | Annotated[DescribeSpec, Tag("<describe>")]
    | Annotated[BehaviourSpec, Tag("<behaviour>")]
    | Annotated[CustomSpec, Tag("<custom>")]
    | Annotated[BackportSpec, Tag("<backport>")],
    Discriminator(_verb),
    BeforeValidator(_change),
    Or({"type": "string"}),
]
