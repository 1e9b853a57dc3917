"""A home: an object that is stored, and where its values are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from ..contract.named_types import ObjectType
from ..contract.naming import safe_name
from ..contract.types import Type
from ..convert.conversions import Conversion
from .stored_unions import holds_union

Path = tuple[str, ...]
"""Identities of fields, from the home's type inwards."""

LONGEST_NAME = 63
"""PostgreSQL cuts longer names off."""


@dataclass(frozen=True)
class Form:
    """One way in which a value is stored: `keys` are a column or JSON key, and the keys inside it.

    `type` refers to other types by identity; `version` is the first that stores it so.
    """

    keys: tuple[str, ...]
    type: Type
    version: str
    crossing: Conversion | None = None
    """How the form before becomes this one."""

    def is_as(self, other: Form) -> bool:
        """Whether values stand in the same place in the same way; a union may have other variants by now."""
        return replace(self, type=other.type) == other and (self.type == other.type or holds_union(self.type))

    def below(self, keys: tuple[str, ...]) -> Form:
        """This form, for an object that is stored at `keys`."""
        return replace(self, keys=(*keys, *self.keys))


@dataclass(frozen=True)
class Slot:
    """What a home has for one field: its forms, oldest first; none for an object that a move made.

    `mark` names it where `kept` says that it is null, or there without a value.
    """

    mark: str
    forms: tuple[Form, ...]

    @property
    def made(self) -> bool:
        """Whether it is an object that a move made."""
        return not self.forms

    @property
    def newest(self) -> Form:
        """The form that is read; the others are written along."""
        return self.forms[-1]


@dataclass(frozen=True)
class Born:
    """A column or JSON key as it was made.

    `unique` columns are so from the day their table was made: later ones wait for a version to be dropped. A key of
    another kind is so at once: no program wrote one before.
    """

    name: str
    field: str
    type: Type
    version: str
    unique: bool = False
    fresh: bool = False
    """Whether it was made with its table, so that the database can hold it to what it refers to."""


@dataclass
class Home:
    """The places in one table, or in the JSON of one type. Mutable only while the history is played.

    `table` is the name of the table.
    """

    root: str
    table: str | None
    slots: dict[Path, Slot] = field(default_factory=dict)
    born: list[Born] = field(default_factory=list)
    taken: set[str] = field(default_factory=lambda: {"kept"})
    seen: ObjectType | None = None
    """The type as it was when the home was last looked through."""
    made: bool = False
    """Whether moves made objects in it."""
    renames: list[tuple[str, str, str]] = field(default_factory=list)
    """What asked for a column of another name, in order: the version, the column, and the name that it is to get."""
    hides: str | None = None
    """The column with the versions that do not see a row."""

    def name(self, wanted: str, version: str) -> str:
        """A free name like `wanted`: with the version as suffix where that is taken. It is taken from now on."""
        found = shortened(wanted)
        if found.casefold() in self.taken:
            found = shortened(f"{wanted}_{safe_name(version)}")
        while found.casefold() in self.taken:
            wanted += "_"
            found = shortened(f"{wanted}{safe_name(version)}")
        self.taken.add(found.casefold())
        return found


def shortened(name: str) -> str:
    """`name`, with its end replaced by a digest where a database would cut it off."""
    if len(name.encode()) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name.encode()[: LONGEST_NAME - 9].decode(errors='ignore')}_{digest}"
