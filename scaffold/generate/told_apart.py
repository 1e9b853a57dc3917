"""Which variant of a union a value of a record is: the Python classes, and conditions that tell them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..contract.types import Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..convert.records import Records
from .python import PLAIN, text

_ORDER = (Kind.NULL, Kind.BOOL, Kind.DATETIME, Kind.DATE, Kind.TIME, Kind.DURATION, Kind.UUID, Kind.BYTES, Kind.DECIMAL)
"""The kinds that are looked for first: a `bool` is an `int` too, and a `datetime` a `date`."""


@dataclass(frozen=True)
class Turn:
    """One variant, in the order in which they are looked for.

    The last one is what is left, and has no `condition`; `alike` are those that others share a Python class with.
    """

    number: int
    condition: str
    alike: bool


def in_turn(types: Sequence[Type], value: str, records: Records) -> Iterator[Turn]:
    """How the `types` that `value`, an expression, may be of are told apart, one after the other."""
    rows = sorted(enumerate(types), key=lambda row: (_rank(row[1], records), row[0]))
    floats = not any(isinstance(t, Scalar) and t.kind is Kind.INT for t in types)
    for position, (number, type_) in enumerate(rows):
        later = [t for _, t in rows[position + 1 :]]
        mine = _classes(type_, records)
        among = any(_classes(t, records) & mine for t in later)
        condition = _told(type_, value, records, among, floats) if later else ""
        yield Turn(number, condition, any(_classes(t, records) & mine for n, t in rows if n != number))


def _rank(type_: Type, records: Records) -> int:
    """The place of a record's variant in the order in which they are looked for."""
    match type_:
        case Scalar(kind=Kind.JSON):
            return 99
        case Scalar(choices=choices) if choices:
            return 20
        case Scalar(kind=kind):
            return _ORDER.index(kind) if kind in _ORDER else 30
        case Ref(name):
            enum = records.enums.get(name)
            return 10 if enum is None else 26 if enum.type.open else 25
        case UnionOf(variants):
            return max(_rank(v, records) for v in variants)
        case _:
            return 15


def _classes(type_: Type, records: Records) -> frozenset[str]:
    """The Python classes of a record's variant."""
    if isinstance(type_, UnionOf):
        return frozenset[str]().union(*(_classes(v, records) for v in type_.variants))
    if isinstance(type_, Scalar) and type_.kind is Kind.JSON:
        return frozenset(("str", "int", "float", "bool", "list", "dict"))
    return frozenset((_class(type_, records),))


def _class(type_: Type, records: Records) -> str:
    match type_:
        case Scalar(kind=kind, choices=choices):
            return "str" if choices and PLAIN[kind] not in ("int", "float", "bool") else PLAIN[kind]
        case ListOf():
            return "list"
        case MapOf():
            return "dict"
        case Ref(name) if name in records.enums:
            return "str"
        case Ref(name):
            return f"records.{records.name(name)}"
        case UnionOf():
            return "object"


def _told(type_: Type, value: str, records: Records, deep: bool, floats: bool = True) -> str:
    """The condition that a record's `value` is of a variant; `deep` where others have the same Python class."""
    class_ = _class(type_, records)
    match type_:
        case Scalar(kind=Kind.NULL):
            return f"{value} is None"
        case Scalar(kind=Kind.JSON):
            return "True"
        case Scalar(choices=choices) if choices and deep:
            return _among(value, choices)
        case Scalar(kind=Kind.FLOAT | Kind.INT as kind):
            numbers = "float | int" if kind is Kind.FLOAT and floats else class_
            return f"isinstance({value}, {numbers}){f' and not isinstance({value}, bool)' if deep else ''}"
        case Scalar():
            return f"isinstance({value}, {class_})"
        case Ref(name) if deep and name in records.enums:
            values = records.enums[name].type.values
            return f"{value} in ({', '.join(text(v.value) for v in values)},)"
        case ListOf(items=inner) if deep:
            inside = _told(inner, "item", records, True)
            return f"isinstance({value}, list) and all({inside} for item in {value})"
        case MapOf(values=inner) if deep:
            inside = _told(inner, "item", records, True)
            return f"isinstance({value}, dict) and all({inside} for item in {value}.values())"
        case UnionOf(variants):
            found = [_told(v, value, records, deep, floats) for v in variants]
            start = f"isinstance({value}, "
            if all(c.startswith(start) and " and " not in c for c in found):
                return f"{start}{' | '.join(c[len(start) : -1] for c in found)})"
            return " or ".join(f"({c})" for c in found)
        case _:
            return f"isinstance({value}, {class_})"


def _among(value: str, choices: tuple[Json, ...]) -> str:
    """The condition that a value is one of a few; true is not 1."""
    said = [text(c) if isinstance(c, str) else repr(c) for c in choices]
    if all(isinstance(c, str) for c in choices):
        return f"{value} in ({', '.join(said)},)"
    rows = [f"({'type(None)' if c is None else type(c).__name__}, {s})" for c, s in zip(choices, said, strict=True)]
    return f"(type({value}), {value}) in ({', '.join(rows)},)"
