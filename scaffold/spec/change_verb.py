"""The verb `change`: something stays and is otherwise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ..contract.codecs import NAMES
from .change_base import AnyAddresses, ChangeBase, WaiverSpec, addresses
from .model import Or
from .operation_shapes import (
    Requirement,
)
from .scalars import Flag, Label, Prose, Raw, Value, Word
from .shapes import Bounds, Typed, UnknownWord


def _no_bound(value: object) -> object:
    """`rest: null` takes the bound away, `component: null` the name that documents have, `opt_in: null` the header."""
    return None if isinstance(value, Raw) and value.null else value


def _as_the_api(value: object) -> object:
    """`security: default` is what the whole API says."""
    return None if isinstance(value, str) and value == "default" else value


class ChangeSpec(ChangeBase, Bounds):
    """Something stays and is otherwise: a field, a parameter, a type, a body, an answer, the envelope, or auth."""

    change: Word
    from_: Word | None = Field(None, alias="from")
    to: Value = None
    type: Word | None = None
    codec: Annotated[Word | None, Or({"enum": [*NAMES, "undecided"]})] = Field(
        None, description="How values cross: a codec, older<->newer; a hook; or `undecided`."
    )
    unknown: UnknownWord | None = None
    rest: Annotated[Typed | None, BeforeValidator(_no_bound), Or({"type": "null"})] = None
    open: Flag | None = None
    inline: Flag | None = None
    component: Annotated[Word | None, BeforeValidator(_no_bound), Or({"type": "null"})] = None
    media_type: Word | None = None
    style: Word | None = None
    explode: Flag | None = None
    status: Label | None = Field(None, description="The status that an answer has from now on.")
    wrap: Word | None = Field(None, description="The field under which a body or an answer travels from now on.")
    unwrap: Word | None = Field(None, description="The field out of which a body or an answer comes from now on.")
    flag: Word | None = Field(None, description="The name under which handlers are told of the change.")
    security: Annotated[list[Requirement] | None, BeforeValidator(_as_the_api), Or({"const": "default"})] = None
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
    opt_in: Annotated[Word | None, BeforeValidator(_no_bound), Or({"type": "null"})] = Field(
        None, description="The header that asks for a value of an enum from now on; null: everybody is shown it."
    )
    values: dict[Label, Value] | None = Field(
        None, description="What older values become, where an enum or a bool becomes another one."
    )
    pick: Literal["first", "last", "refuse"] | None = Field(
        None, description="Which item of a list stands for it, where one value becomes a list or a list one value."
    )
    unreadable: Value = Field(
        None, description="What becomes of a value that cannot be read: refuse, default, null, or a value."
    )
    policy: Literal["keep", "clamp", "drop", "strip", "refuse"] | None = None
    waiver: WaiverSpec | None = None
    as_seen: Literal["write", "keep"] | None = None
    accepts: Annotated[list[Word] | None, BeforeValidator(addresses), AnyAddresses] = Field(
        None, description="Other forms that requests may send it in: `csv` of a list, `text` of a number."
    )
    existing: Value = None
    keep: Literal["int", "uuid", "str"] | None = Field(
        None, description="Of a key that is of another kind now: the kind that older versions go on with."
    )
