"""Named types: objects with their fields, enums with their values, names for other types."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from .types import MISSING, Extra, Json, Type


@dataclass(frozen=True)
class Field:
    """A property of an object; `identity` stays when the name changes."""

    identity: str
    name: str
    type: Type
    required: bool = True
    nullable: bool = False
    default: Json = MISSING
    key: bool = False
    read_only: bool = False
    write_only: bool = False
    create_only: bool = False
    unique: bool = False
    on_create: str | None = None
    description: str | None = None
    example: Json = MISSING
    deprecated: bool = False
    meaning: tuple[str, ...] | None = None
    """The codecs by which its values came to mean what the type does not say: cents that were decimals."""
    refers: str | None = None
    """The identity of the resource's type that its values are keys of."""
    accepts: tuple[str, ...] | None = None
    """The other forms that requests may send it in: `csv` of a list, `text` of a number."""
    computed: str | None = None
    """The hook that makes it of the record when it is shown: nobody sends it, nothing keeps it."""
    owner: bool = False
    """Whether it says whose the object is: the server puts in who calls, and callers see their own objects alone."""
    parent: bool = False
    """Whether it says what the object stands below: the path puts it in, and nobody sends it."""
    alias_of: str | None = None
    """The identity of the field that it is another name of."""
    elsewhere: bool | None = None
    """Whether requests may leave it out, because they may say it under another name."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)
    # What converters are told of other versions; a contract says none of it.
    loose: Type | None = field(default=None, kw_only=True)
    """What is shown beside values of the type, and read where it comes back."""
    check: Type | None = field(default=None, kw_only=True)
    """What clients may write of it by now."""
    cut: tuple[tuple[str, Json], ...] = field(default=(), kw_only=True)
    """The bounds to which it is shown."""
    dropped: tuple[str, str] | None = field(default=None, kw_only=True)
    """The mark by which clients may not write it any more, and whether it is then dropped or refused."""
    late: bool = field(default=False, kw_only=True)
    """Whether it may be shown what cannot be read, so that only the record tells what is to be refused."""

    @property
    def assigned(self) -> bool:
        """Whether the server, not the client, gives this key its value."""
        return self.key and self.read_only


class Unknown(StrEnum):
    """What an object does with request fields it does not know."""

    IGNORE = "ignore"
    KEEP = "keep"
    REFUSE = "refuse"


@dataclass(frozen=True)
class ObjectType:
    """A JSON object with stated fields."""

    identity: str
    name: str
    fields: tuple[Field, ...]
    unknown: Unknown = Unknown.IGNORE
    description: str | None = None
    rest: Type | None = None
    """What fields it does not know hold, where it keeps them and bounds them."""
    inline: bool = False
    """Whether documents state it in its place instead of as a component."""
    component: str | None = None
    """What its component is called in documents, where that is not its name."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    def field(self, name: str) -> Field | None:
        """The field called `name`, if there is one."""
        return next((f for f in self.fields if f.name == name), None)

    def by_identity(self, identity: str) -> Field | None:
        """The field with this identity, if it is here."""
        return next((f for f in self.fields if f.identity == identity), None)

    @property
    def key(self) -> Field | None:
        """The field that names one object among others, if the type has one."""
        return next((f for f in self.fields if f.key), None)


@dataclass(frozen=True)
class OptIn:
    """What holds a value back: the header that asks for it, and the identity of the value that others are shown.

    It is None where nobody is shown a value of the enum.
    """

    header: str
    shown: str | None = None


@dataclass(frozen=True)
class EnumValue:
    """One value of an enum; `identity` stays when the value is renamed. One with `opt_in` is held back."""

    identity: str
    value: str
    description: str | None = None
    opt_in: OptIn | None = None
    deprecated: bool = False
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)


@dataclass(frozen=True)
class EnumType:
    """A set of texts, closed unless it is `open`: then clients are told to expect others."""

    identity: str
    name: str
    values: tuple[EnumValue, ...]
    description: str | None = None
    open: bool = False
    inline: bool = False
    """Whether documents state it in its place instead of as a component."""
    component: str | None = None
    """What its component is called in documents, where that is not its name."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    def value(self, text: str) -> EnumValue | None:
        """The value written `text`, if there is one."""
        return next((v for v in self.values if v.value == text), None)

    def by_identity(self, identity: str) -> EnumValue | None:
        """The value with this identity, if it is here."""
        return next((v for v in self.values if v.identity == identity), None)


@dataclass(frozen=True)
class AliasType:
    """A name for a type that is neither an object with fields nor an enum of texts: a union, a list, a bounded text."""

    identity: str
    name: str
    type: Type
    nullable: bool = False
    description: str | None = None
    component: str | None = None
    """What its component is called in documents, where that is not its name."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)


NamedType: TypeAlias = ObjectType | EnumType | AliasType
