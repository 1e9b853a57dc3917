"""The built-in codecs: one row for each pair of kinds that can be converted, older to newer and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..contract.history import Applied
from ..contract.hooks import hook_name, pair
from ..contract.types import Kind, ListOf, MapOf, Scalar, Type


@dataclass(frozen=True)
class Codec:
    """How a value of the `older` kind becomes one of the `newer`, and back.

    `up` and `down` are functions of the generated project's `codecs` module. `up_fails` and `down_fails`
    say that not every value can be read; `alike` that the value itself stays as it is; `exact` that going up and
    down again gives the same text; `one_to_one` that two different newer values never look the same to the older
    version; `ordered` that order is kept.
    """

    older: Kind
    newer: Kind
    up: str
    down: str
    up_fails: bool = False
    down_fails: bool = False
    exact: bool = True
    one_to_one: bool = True
    ordered: bool = True
    alike: bool = False
    levels: tuple[bool, ...] = ()
    """The lists (False) and maps (True) whose values it converts one by one, where the next step takes them whole."""

    module = "codecs"
    """The module of generated projects that has its functions."""

    @property
    def name(self) -> str:
        """As a spec names it, older first: `str<->decimal`."""
        return f"{self.older}<->{self.newer}"


def _row(older: Kind, newer: Kind, up: str, down: str, **facts: Any) -> Codec:
    return Codec(older, newer, up, down, **facts)


_TEXTUAL = (Kind.EMAIL, Kind.URL)

CODECS: tuple[Codec, ...] = (
    _row(Kind.STR, Kind.INT, "text_to_int", "int_to_text", up_fails=True, exact=False, ordered=False),
    _row(Kind.STR, Kind.FLOAT, "text_to_float", "float_to_text", up_fails=True, exact=False, ordered=False),
    _row(
        Kind.STR,
        Kind.DECIMAL,
        "text_to_decimal",
        "decimal_to_text",
        up_fails=True,
        exact=False,
        ordered=False,
    ),
    _row(Kind.STR, Kind.BOOL, "text_to_bool", "bool_to_text", up_fails=True, exact=False, ordered=False),
    _row(Kind.STR, Kind.UUID, "text_to_uuid", "uuid_to_text", up_fails=True, exact=False),
    _row(Kind.STR, Kind.DATE, "text_to_date", "date_to_text", up_fails=True, exact=False),
    _row(Kind.STR, Kind.DATETIME, "text_to_datetime", "datetime_to_text", up_fails=True, exact=False),
    _row(Kind.INT, Kind.STR, "int_to_text", "text_to_int", down_fails=True, one_to_one=False, ordered=False),
    _row(Kind.INT, Kind.FLOAT, "int_to_float", "float_to_int", exact=False, one_to_one=False),
    _row(Kind.INT, Kind.DECIMAL, "int_to_decimal", "decimal_to_int", one_to_one=False),
    _row(Kind.FLOAT, Kind.DECIMAL, "float_to_decimal", "decimal_to_float", exact=False, one_to_one=False),
    _row(Kind.DECIMAL, Kind.FLOAT, "decimal_to_float", "float_to_decimal", exact=False, one_to_one=False),
    _row(
        Kind.DECIMAL,
        Kind.STR,
        "decimal_to_text",
        "text_to_decimal",
        down_fails=True,
        exact=False,
        one_to_one=False,
    ),
    _row(Kind.BOOL, Kind.STR, "bool_to_text", "text_to_bool", down_fails=True, one_to_one=False),
    _row(Kind.UUID, Kind.STR, "uuid_to_text", "text_to_uuid", down_fails=True, one_to_one=False),
    _row(Kind.DATE, Kind.DATETIME, "date_to_datetime", "datetime_to_date", one_to_one=False),
    _row(Kind.DATETIME, Kind.DATE, "datetime_to_date", "date_to_datetime", exact=False),
    _row(Kind.DATE, Kind.STR, "date_to_text", "text_to_date", down_fails=True, one_to_one=False),
    _row(Kind.DATETIME, Kind.STR, "datetime_to_text", "text_to_datetime", down_fails=True, one_to_one=False),
    *(_row(Kind.STR, kind, f"text_to_{kind}", "as_text", up_fails=True, alike=True) for kind in _TEXTUAL),
    *(
        _row(kind, Kind.STR, "as_text", f"text_to_{kind}", down_fails=True, one_to_one=False, alike=True)
        for kind in _TEXTUAL
    ),
)

_BY_PAIR = {(c.older, c.newer): c for c in CODECS}


def between(older: Type, newer: Type) -> Codec | None:
    """The codec that carries `older` to `newer`, item by item inside lists and maps; None where there is none."""
    match older, newer:
        case Scalar(kind=one), Scalar(kind=other):
            return _BY_PAIR.get((one, other))
        case ListOf(items=one), ListOf(items=other):
            return between(one, other)
        case MapOf(values=one), MapOf(values=other):
            return between(one, other)
        case _:
            return None


def choices(older: Type) -> Iterator[str]:
    """The kinds that `older` can be changed to."""
    while isinstance(older, ListOf | MapOf):
        older = older.items if isinstance(older, ListOf) else older.values
    if isinstance(older, Scalar):
        yield from (str(c.newer) for c in CODECS if c.older is older.kind)


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


AnyCodec = Codec | HookCodec


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
    return between(older, newer) if hook is None else HookCodec(older, newer, hook)
