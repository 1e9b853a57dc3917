"""Which codec converts what a change is about: a built-in one, or a pair of the user's own functions."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.changes import Change
from ..contract.codecs import Codec, between
from ..contract.history import Applied
from ..contract.hooks import hook_name, pair
from ..contract.listings import Structural, structural
from ..contract.types import MISSING, Json, ListOf, MapOf, Missing, Scalar, Type


@dataclass(frozen=True)
class HookCodec:
    """A pair of the user's functions, which convert the whole value of a place from one type to another and back."""

    older: Type
    newer: Type
    hook: str

    module = "hooks"
    up_fails = True
    down_fails = True
    exact = False
    one_to_one = False
    ordered = False
    alike = False
    reads_back = False
    levels: tuple[bool, ...] = ()

    @property
    def up(self) -> str:
        """The function that leads to the newer type."""
        return pair(self.hook)[0]

    @property
    def down(self) -> str:
        """The function that leads back."""
        return pair(self.hook)[1]


Rows = tuple[tuple[Json, Json], ...]


@dataclass(frozen=True)
class TableCodec:
    """A table between two kinds of values, of which one is an enum at least; enums are in the words of records.

    `up_rows` has what older values become, `down_rows` what newer ones are shown as. All other texts are the value
    `up_other`, or `down_other`, where one stands for them, or else stay what they are: `up_open`, `down_open`.
    """

    table: str
    older: Type
    newer: Type
    up_rows: Rows
    down_rows: Rows
    up_fails: bool
    down_fails: bool
    up_open: bool = False
    down_open: bool = False
    up_other: Json | Missing = MISSING
    down_other: Json | Missing = MISSING

    module = "meanings"
    ordered = False
    alike = False
    levels: tuple[bool, ...] = ()

    @property
    def reads_back(self) -> bool:
        """Whether what is shown can be read: a newer value that has no row may be shown as a text that has none."""
        read = dict(self.up_rows)
        return not self.up_fails or (not self.down_open and all(old in read for _, old in self.down_rows))

    @property
    def up(self) -> str:
        """The table that leads to the newer type."""
        return f"{self.table}_up"

    @property
    def down(self) -> str:
        """The table that leads back."""
        return f"{self.table}_down"

    @property
    def exact(self) -> bool:
        """Whether an older value that goes up comes down as it was."""
        back = dict(self.down_rows)
        return self.up_other is MISSING and all(back.get(new, MISSING) == old for old, new in self.up_rows)

    @property
    def one_to_one(self) -> bool:
        """Whether two newer values never look the same to older clients."""
        shown = [old for _, old in self.down_rows]
        return len(set(shown)) == len(shown) and not self.down_fails and self.down_other is MISSING


AnyCodec = Codec | Structural | HookCodec | TableCodec


def convertible(type_: Type) -> bool:
    """Whether hooks can convert values of `type_`: single ones, and lists and maps of them."""
    match type_:
        case Scalar():
            return True
        case ListOf(items=inner) | MapOf(values=inner):
            return convertible(inner)
        case _:
            return False


def hook_at(applied: Applied, place: str) -> str | None:
    """The hook by which a change says that what is at `place` is converted."""
    hook = hook_name(getattr(applied.change, "codec", None))
    return hook if hook is not None and applied.change.converts(applied.before) == place else None


def codec_of(applied: Applied, place: str, older: Type, newer: Type) -> AnyCodec | None:
    """The codec by which a change converts what is at `place`: the hook it names, or the one between the two types."""
    hook = hook_at(applied, place)
    if hook is not None:
        return HookCodec(older, newer, hook)
    name = getattr(applied.change, "codec", None)
    return stated_codec(applied.change, older, newer, name if isinstance(name, str) else None)


def stated_codec(change: Change, older: Type, newer: Type, name: str | None) -> Codec | Structural | None:
    """The built-in codec between two types that a change asks for, by its name or by what it picks."""
    return structural(older, newer, name, getattr(change, "pick", None)) or between(older, newer, name)
