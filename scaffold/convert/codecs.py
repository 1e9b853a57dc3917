"""Which codec converts what a change is about: a built-in one, or a pair of the user's own functions."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.changes import Change
from ..contract.codecs import Codec, Structural, between, structural
from ..contract.history import Applied
from ..contract.hooks import hook_name, pair
from ..contract.types import ListOf, MapOf, Scalar, Type


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
    levels: tuple[bool, ...] = ()

    @property
    def up(self) -> str:
        """The function that leads to the newer type."""
        return pair(self.hook)[0]

    @property
    def down(self) -> str:
        """The function that leads back."""
        return pair(self.hook)[1]


AnyCodec = Codec | Structural | HookCodec


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
