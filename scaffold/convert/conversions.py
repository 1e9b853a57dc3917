"""How one value crosses between a version and the record: as it is, by codecs, by an enum's map, nested, or chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ..contract.codecs import Codec
from ..contract.types import MISSING, Json, Kind, Missing, Scalar, Type, UnionOf
from .codecs import AnyCodec, TableCodec


@dataclass(frozen=True)
class Same:
    """The value crosses as it is."""

    exact = True
    one_to_one = True


@dataclass(frozen=True)
class Coding:
    """One codec, with what stands for a value of the whole field that it cannot convert, as JSON.

    `unread` is of the newer type, on the way up, `unshown` of the older, on the way down; MISSING where the codec
    cannot fail, or where that is an error.
    """

    codec: AnyCodec
    unread: Json | Missing = MISSING
    unshown: Json | Missing = MISSING

    @property
    def strict(self) -> bool:
        """Whether a value that cannot be read is the caller's error."""
        return self.codec.up_fails and self.unread is MISSING

    @property
    def reads_back(self) -> bool:
        """Whether what is shown of any value can be read; what a change states instead may be none of it."""
        return not self.strict or (self.codec.reads_back and self.unshown is MISSING)


@dataclass(frozen=True)
class Coded:
    """The value crosses by codecs, applied in order on the way up and in reverse on the way down."""

    steps: tuple[Coding, ...]

    @property
    def whole(self) -> bool:
        """Whether some step converts whole values: lists and maps are not gone through item by item then."""
        return any(not isinstance(s.codec, Codec | TableCodec) for s in self.steps)

    @property
    def exact(self) -> bool:
        """Whether an older value that goes up comes down as it was."""
        return all(s.codec.exact and s.unread is MISSING for s in self.steps)

    @property
    def one_to_one(self) -> bool:
        """Whether two different record values never look the same to the older version."""
        return all(s.codec.one_to_one for s in self.steps)

    @property
    def reads_back(self) -> bool:
        """Whether what is shown of any value can be read: after a step that rounds the next one may not take it."""
        return not any(s.strict for s in self.steps) or (len(self.steps) == 1 and self.steps[0].reads_back)


@dataclass(frozen=True)
class Mapped:
    """An enum's values by name: `up` from the version to the record, `down` back.

    Of an `open` enum every other text stays what it is.
    """

    enum: str
    version: str
    up: Mapping[str, str]
    down: Mapping[str, str]
    open: bool = False
    other: str | None = None
    """What every other text of an open one is shown as, where that is not the text itself."""
    held: tuple[tuple[str, str, str], ...] = ()
    """The record's values that are held back: the header that asks for each, and what others are shown."""

    @property
    def exact(self) -> bool:
        """Whether an older value that goes up comes down as it was."""
        known = all(self.down.get(new, new if self.open else None) == old for old, new in self.up.items())
        others = (new for new in self.down if new not in self.up)
        return known and not (self.open and any(self.down[new] != new for new in others))

    @property
    def one_to_one(self) -> bool:
        """Whether two different record values never look the same to the older version, which may send each."""
        shown = list(self.down.values())
        if self.other is not None or self.held:
            return False
        others = {old for old in shown if old not in (self.down if self.open else self.up)}
        return len(set(shown)) == len(shown) and not others


@dataclass(frozen=True)
class Then:
    """A value of an enum that is something else in the record: by the enum's map first, and then by codecs."""

    first: Mapped
    rest: Coded

    @property
    def exact(self) -> bool:
        """As both."""
        return self.first.exact and self.rest.exact

    @property
    def one_to_one(self) -> bool:
        """As both."""
        return self.first.one_to_one and self.rest.one_to_one


@dataclass(frozen=True)
class Nested:
    """An object with a record and converters of its own."""

    record: str
    exact = True
    one_to_one = True


@dataclass(frozen=True)
class Boxed:
    """An object whose only field, called `name`, holds what the record has by itself.

    `sure`: the field is always there; else an object without it, an item of a list or a map, is left out.
    """

    name: str
    inner: Conversion
    sure: bool

    @property
    def exact(self) -> bool:
        """As what is inside, where it is always there."""
        return self.sure and self.inner.exact

    @property
    def one_to_one(self) -> bool:
        """As what is inside."""
        return self.inner.one_to_one


@dataclass(frozen=True)
class Unboxed:
    """What the record has as the only field, with the identity `field`, of an object."""

    record: str
    field: str
    inner: Conversion

    @property
    def exact(self) -> bool:
        """As what is inside."""
        return self.inner.exact

    @property
    def one_to_one(self) -> bool:
        """As what is inside."""
        return self.inner.one_to_one


@dataclass(frozen=True)
class Listed:
    """One value of a named type, of which the record has a list: the first, or the `last`, stands for all of it.

    `fails`: the list may be empty; then the version is shown what is `unshown`, in its own words.
    """

    inner: Conversion
    last: bool
    fails: bool
    unshown: Json | Missing = MISSING
    one_to_one = False

    @property
    def exact(self) -> bool:
        """As what is inside."""
        return self.inner.exact


@dataclass(frozen=True)
class Picked:
    """A list of values of a named type, of which the record has one: `pick` says which, as `listings.PICKS` does.

    `fails`: there may be none; then the record has what is `unread`, in the newest words, or it is refused.
    """

    inner: Conversion
    pick: str
    fails: bool
    unread: Json | Missing = MISSING
    exact = False

    @property
    def one_to_one(self) -> bool:
        """As what is inside."""
        return self.inner.one_to_one

    @property
    def refuses(self) -> bool:
        """Whether a list of which none can be picked is the caller's error."""
        return self.fails and self.unread is MISSING

    @property
    def place(self) -> int:
        """Where in the list the item is."""
        return -1 if self.pick == "last" else 0


@dataclass(frozen=True)
class Each:
    """Every item of a list, or every value of a map."""

    inner: Conversion
    mapping: bool = False

    @property
    def exact(self) -> bool:
        """As the items."""
        return self.inner.exact

    @property
    def one_to_one(self) -> bool:
        """As the items."""
        return self.inner.one_to_one


@dataclass(frozen=True)
class Way:
    """How one variant crosses: as variant `to` of the other side, by `conversion`, or for what is `stated`."""

    to: int
    conversion: Conversion
    stated: Json | Missing = MISSING
    hidden: bool = False
    """Whether the version does not see the object that holds such a value."""


@dataclass(frozen=True)
class Chosen:
    """A value of one of several types, on one side or on both: each variant crosses in its own way.

    `here` are the variants in the version, under the names it has for them, `record` those of the record, by
    identity. A way is None where none is known: nothing is shown, or read, of the whole value then.
    """

    here: tuple[Type, ...]
    record: tuple[Type, ...]
    up: tuple[Way | None, ...]
    down: tuple[Way | None, ...]
    union: UnionOf | None
    """The union as the version has it, where it has one."""

    @property
    def wraps(self) -> bool:
        """Whether a value stands on the wire with a word about which variant it is; null needs none."""
        return wrapped(self.here)

    @property
    def exact(self) -> bool:
        """Whether a value of the version that goes up comes down as it was."""
        stated = any(w is not None and w.stated is not MISSING for w in self.down)
        if stated and any(isinstance(t, Scalar) and t.kind is Kind.JSON for t in self.record):
            return False  # free JSON may look like a variant that the version does not know
        for place, way in enumerate(self.up):
            if way is None:
                continue
            back = self.down[way.to]
            if way.stated is not MISSING or not way.conversion.exact:
                return False
            if back is not None and (back.stated is not MISSING or back.to != place):
                return False
        return True

    @property
    def one_to_one(self) -> bool:
        """Whether two different record values never look the same to the version."""
        ways = [w for w in self.down if w is not None and not w.hidden]
        if any(w.stated is not MISSING or not w.conversion.one_to_one for w in ways):
            return False
        return len({w.to for w in ways}) == len(ways)

    @property
    def plain(self) -> bool:
        """Whether every value is the same on both sides, but for how a union stands on the wire."""
        ways = (*enumerate(self.up), *enumerate(self.down))
        return all(w is not None and w.to == n and isinstance(w.conversion, Same) for n, w in ways) and (
            all(w is not None and w.stated is MISSING for _, w in ways)
        )


Conversion: TypeAlias = Same | Coded | Mapped | Then | Nested | Boxed | Unboxed | Listed | Picked | Each | Chosen

NULL = Scalar(Kind.NULL)


def wrapped(types: tuple[Type, ...]) -> bool:
    """Whether values of these variants stand on the wire with a word about which they are; null needs none."""
    return sum(t != NULL for t in types) > 1
