"""The built-in codecs: one row for each way in which values of one kind become values of another, and back.

Everything that speaks of codecs follows from this table: converters, findings, the JSON Schema's names, the
reference in `docs/codecs.md`, and the tests. A name is written older<->newer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from .hooks import hook_name
from .types import Json, Kind, ListOf, MapOf, Scalar, Type


@dataclass(frozen=True)
class Codec:
    """How a value of the `older` kind becomes one of the `newer`, and back.

    `up` and `down` are functions of the generated project's `module`.
    """

    older: Kind
    newer: Kind
    up: str
    down: str
    says: str
    """What becomes of a value, in one sentence."""
    title: str | None = None
    """The name it has where the kinds alone do not say it."""
    natural: bool = True
    """Whether it is what changing the kind means; others have to be named."""
    up_fails: bool = False
    """Not every older value can be read: that is the caller's 422, or what `unreadable` says."""
    down_fails: bool = False
    """Not every newer value can be shown: `old_sees` says what is shown then."""
    exact: bool = True
    """An older value that goes up comes down as it was; else a shadow keeps what was written."""
    one_to_one: bool = True
    """Two newer values never look the same to older clients: a filter for one finds that one."""
    ordered: bool = True
    """Older values are in the order of the newer ones."""
    alike: bool = False
    """The value itself stays as it is."""
    reads_back: bool = True
    """What is shown of any newer value, of those in 64 bits, can be read."""
    levels: tuple[bool, ...] = ()
    """The lists (False) and maps (True) whose values it converts one by one, where the next step takes them whole."""
    module: str = "codecs"
    """The module of generated projects that has its functions."""

    @property
    def name(self) -> str:
        """As a spec names it, older first: `text<->decimal`, `cents<->decimal`."""
        return self.title or f"{word(self.older)}<->{word(self.newer)}"

    @property
    def names(self) -> tuple[str, ...]:
        """All names that a spec may use."""
        kinds = (self.older, self.newer)
        family = "<->".join("number" if k in _NUMBERS else word(k) for k in kinds)
        return (self.name, family) if Kind.STR in kinds and "number" in family else (self.name,)


_NUMBERS = (Kind.INT, Kind.FLOAT, Kind.DECIMAL)


def word(kind: Kind) -> str:
    """What codecs call a kind."""
    return "text" if kind is Kind.STR else str(kind)


def flipped(name: str) -> str:
    """The name of the codec that goes the other way; of a hook its own."""
    older, arrow, newer = name.partition("<->")
    return f"{newer}{arrow}{older}"


def turned(values: tuple[tuple[Json, Json], ...] | None) -> tuple[tuple[Json, Json], ...] | None:
    """A table that leads the other way: of several values that become one the first comes back."""
    return None if values is None else tuple({new: old for old, new in reversed(values)}.items())


def meant(meaning: tuple[str, ...] | None, name: object) -> tuple[str, ...] | None:
    """What values mean after the codec called `name`, in the codecs that led there; the way back takes the last off.

    Only codecs that have to be named give values another meaning.
    """
    held = meaning or ()
    named = name in (CSV, flipped(CSV)) or any(name in c.names and not c.natural for c in CODECS)
    if not isinstance(name, str) or not named:
        return meaning
    if held and held[-1] == flipped(name):
        return held[:-1] or None
    return (*held, name)


def reinterprets(name: object) -> bool:
    """Whether values mean something else by the codec or hook called `name`, though a document may not show it."""
    return hook_name(name) is not None or any(name in c.names and not c.natural and not c.alike for c in CODECS)


def _texts() -> Iterator[Codec]:
    """Kinds that are written as text, and read from it."""
    rows = (
        (Kind.INT, "The digits.", False, True),
        (Kind.FLOAT, "The shortest text that reads back as the number.", False, True),
        (Kind.DECIMAL, "The plain digits, the scale kept.", False, False),
        (Kind.BOOL, "`true` or `false`.", False, True),
        (Kind.UUID, "The canonical text.", True, True),
        (Kind.DATE, "As ISO 8601 writes it.", True, True),
        (Kind.DATETIME, "As RFC 3339 writes it, in UTC.", False, True),
        (Kind.TIME, "As ISO 8601 writes it.", False, True),
        (Kind.DURATION, "As ISO 8601 writes it.", False, True),
    )
    for kind, says, ordered, exact in rows:
        yield Codec(
            Kind.STR, kind, f"text_to_{kind}", f"{kind}_to_text", says, up_fails=True, exact=False, ordered=ordered
        )
        yield Codec(
            kind,
            Kind.STR,
            f"{kind}_to_text",
            f"text_to_{kind}",
            says,
            down_fails=True,
            exact=exact,
            one_to_one=False,
            ordered=ordered,
        )
    for kind in (Kind.EMAIL, Kind.URL):
        says = "The text stays as it is."
        yield Codec(Kind.STR, kind, f"text_to_{kind}", "as_text", says, up_fails=True, alike=True)
        yield Codec(kind, Kind.STR, "as_text", f"text_to_{kind}", says, down_fails=True, one_to_one=False, alike=True)
    name, says = "base64<->bytes", "The bytes that the base64 text stands for."
    yield Codec(
        *(Kind.STR, Kind.BYTES, "base64_to_bytes", "bytes_to_base64", says, name),
        up_fails=True,
        exact=False,
        ordered=False,
    )
    yield Codec(
        *(Kind.BYTES, Kind.STR, "bytes_to_base64", "base64_to_bytes", says, flipped(name)),
        down_fails=True,
        one_to_one=False,
        ordered=False,
    )


def _numbers() -> Iterator[Codec]:
    """Kinds of numbers. What has no place in 64 bits is refused on the way up, and the nearest is shown."""
    near, same = "The nearest integer; halves go to the even one.", "The same number."
    yield Codec(Kind.INT, Kind.FLOAT, "int_to_float", "nearest_int", same, exact=False, one_to_one=False)
    yield Codec(
        *(Kind.FLOAT, Kind.INT, "number_to_int", "int_to_float", near), up_fails=True, exact=False, one_to_one=False
    )
    yield Codec(Kind.INT, Kind.DECIMAL, "int_to_decimal", "nearest_int", same, one_to_one=False)
    yield Codec(Kind.DECIMAL, Kind.INT, "number_to_int", "int_to_decimal", near, up_fails=True, exact=False)
    says = "The decimal that the number is written as; the number nearest to it."
    yield Codec(Kind.FLOAT, Kind.DECIMAL, "float_to_decimal", "nearest_float", says, exact=False, one_to_one=False)
    yield Codec(
        *(Kind.DECIMAL, Kind.FLOAT, "decimal_to_float", "float_to_decimal", says),
        up_fails=True,
        exact=False,
        one_to_one=False,
    )
    name, says = "int32<->int64", "The same number."
    yield Codec(
        *(Kind.INT, Kind.INT, "as_int", "int64_to_int32", says, name, False),
        down_fails=True,
        one_to_one=False,
        alike=True,
    )
    yield Codec(Kind.INT, Kind.INT, "int64_to_int32", "as_int", says, flipped(name), False, up_fails=True, alike=True)


_Counted = partial(Codec, module="unit_codecs")
"""A codec of numbers that count something."""


def _units() -> Iterator[Codec]:
    """Numbers that count something else afterwards."""
    name = "cents<->decimal"
    says = "A hundredth of it; a hundred times it, rounded to the nearest, halves to the even one."
    yield _Counted(Kind.INT, Kind.DECIMAL, "cents_to_decimal", "nearest_cents", says, name, False, one_to_one=False)
    yield _Counted(
        *(Kind.DECIMAL, Kind.INT, "decimal_to_cents", "cents_to_decimal", says, flipped(name), False),
        up_fails=True,
        exact=False,
    )
    says = "A hundredth of it, and a hundred times it."
    yield _Counted(Kind.DECIMAL, Kind.DECIMAL, "hundredth", "hundredfold", says, name, False, one_to_one=False)
    yield _Counted(Kind.DECIMAL, Kind.DECIMAL, "hundredfold", "hundredth", says, flipped(name), False, exact=False)
    for large, small, factor in SCALES:
        name = f"{large}<->{small}"
        up, down = f"{large}_to_{small}", f"{small}_to_{large}"
        says = f"{factor:,} times it; back the nearest, halves to the even one."
        yield _Counted(Kind.INT, Kind.INT, up, down, says, name, False, up_fails=True, one_to_one=False)
        back = f"nearest_{up}"
        yield _Counted(Kind.INT, Kind.INT, down, back, says, flipped(name), False, exact=False, one_to_one=False)


SCALES = (
    ("seconds", "milliseconds", 1000),
    ("minutes", "seconds", 60),
    ("hours", "minutes", 60),
    ("days", "hours", 24),
)
"""Units of which one is so many times another."""


def _times() -> Iterator[Codec]:
    """Days, instants and lengths of time."""
    says = "Midnight UTC of the day, and the day in UTC."
    yield Codec(Kind.DATE, Kind.DATETIME, "date_to_datetime", "datetime_to_date", says, one_to_one=False)
    yield Codec(Kind.DATETIME, Kind.DATE, "datetime_to_date", "date_to_datetime", says, exact=False)
    for part in ("seconds", "milliseconds"):
        name, up, down = f"unix_{part}<->datetime", f"unix_{part}_to_datetime", f"datetime_to_unix_{part}"
        says = f"The instant so many {part} after 1970-01-01T00:00:00Z; what is less than one is cut off."
        yield _Counted(Kind.INT, Kind.DATETIME, up, down, says, name, False, up_fails=True, one_to_one=False)
        yield _Counted(Kind.DATETIME, Kind.INT, down, up, says, flipped(name), False, down_fails=True, exact=False)
        name, up, down = f"{part}<->duration", f"{part}_to_duration", f"duration_to_{part}"
        says = f"A duration of so many {part}; what is less than one is cut off."
        yield _Counted(Kind.INT, Kind.DURATION, up, down, says, name, False, up_fails=True, one_to_one=False)
        yield _Counted(Kind.DURATION, Kind.INT, down, up, says, flipped(name), False, down_fails=True, exact=False)


CODECS: tuple[Codec, ...] = (*_texts(), *_numbers(), *_units(), *_times())
"""The table: every built-in codec of single values."""


CSV, LISTED = "csv<->list", "scalar<->list"
STRUCTURES = (
    (CSV, "A text of items with commas between them, in quotes where they need them (RFC 4180), and a list of them."),
    (flipped(CSV), "The same, the other way round."),
    (LISTED, "A list of the one value; of a list what `pick` says: `first` or `last`."),
    (
        flipped(LISTED),
        "What `pick` says of a list: `first`, `last`, or `refuse` for lists of one alone; a list of it.",
    ),
)
"""The codecs that take lists as a whole, by name, with what becomes of a value."""


NAMES = tuple(dict.fromkeys([*(n for codec in CODECS for n in codec.names), *(n for n, _ in STRUCTURES)]))
"""Every name of a codec."""

_NATURAL = {(c.older, c.newer): c for c in CODECS if c.natural}


def innermost(older: Type, newer: Type) -> tuple[Type, Type]:
    """What is inside the lists and maps that both types are."""
    while True:
        match older, newer:
            case (ListOf(items=one), ListOf(items=other)) | (MapOf(values=one), MapOf(values=other)):
                older, newer = one, other
            case _:
                return older, newer


def between(older: Type, newer: Type, name: str | None = None) -> Codec | None:
    """The codec that carries `older` to `newer`, item by item inside lists and maps; None where there is none.

    `name` is the one that a change states; without it the kinds decide.
    """
    one, other = innermost(older, newer)
    if not isinstance(one, Scalar) or not isinstance(other, Scalar):
        return None
    if name is None:
        return _NATURAL.get((one.kind, other.kind))
    return next((c for c in fitting(older, newer) if name in c.names), None)


def fitting(older: Type, newer: Type) -> list[Codec]:
    """Every codec that leads from `older` to `newer`."""
    one, other = innermost(older, newer)
    if not isinstance(one, Scalar) or not isinstance(other, Scalar):
        return []
    return [c for c in CODECS if (c.older, c.newer) == (one.kind, other.kind)]


def known(name: str) -> bool:
    """Whether some codec is called `name`."""
    return name in NAMES


def choices(older: Type) -> Iterator[str]:
    """The kinds that `older` can be changed to."""
    while isinstance(older, ListOf | MapOf):
        older = older.items if isinstance(older, ListOf) else older.values
    if isinstance(older, Scalar):
        yield from dict.fromkeys(str(c.newer) for c in CODECS if c.older is older.kind is not c.newer)
