"""The bodies of functions that carry a value of one of several types: which it is decides what is done."""

from __future__ import annotations

from ..contract.types import Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from .converters import Choosing, Mode
from .expressions import Crossing
from .mentions import Names
from .python import NULL, PLAIN, text
from .showing import Function
from .variants import shape_variants

_ORDER = (Kind.NULL, Kind.BOOL, Kind.DATETIME, Kind.DATE, Kind.TIME, Kind.DURATION, Kind.UUID, Kind.BYTES, Kind.DECIMAL)
"""The kinds that are looked for first: a `bool` is an `int` too, and a `datetime` a `date`."""


def choosing_function(names: Names, choosing: Choosing) -> Function:
    """The function, as it stands in its module."""
    return _Choosing(names, choosing).function()


class _Choosing:
    def __init__(self, names: Names, choosing: Choosing) -> None:
        self.names, self.choosing, self.chosen = names, choosing, choosing.chosen
        self.contract = names.converters.contracts[choosing.version]
        self.cross = Crossing(names, self.contract)

    def function(self) -> Function:
        c = self.choosing
        record = " | ".join(dict.fromkeys(self.names.held(t) for t in _null_last(self.chosen.record)))
        record = "Any" if "Any" in record.split(" | ") else record
        if c.mode is Mode.SHOW:
            doc = f"Show {c.title} to a client of {c.version}."
            return Function(c.name, f"record: {record}", self._wire(), doc, tuple(self._shown()))
        doc = f"What a client of {c.version} sends as {c.title}, as records have it."
        return Function(c.name, f"sent: {self._wire()}, now: datetime", record, doc, tuple(self._kept()))

    def _wire(self) -> str:
        """The type of the value on the wire."""
        if self.choosing.shape is not None:
            made = self.names.shape(self.choosing.shape)
            return f"{made} | None" if NULL in self.chosen.here else made
        said = [self.names.plain(self.contract, t, self.choosing.view) for t in _null_last(self.chosen.here)]
        return " | ".join(dict.fromkeys(said))

    # What is shown.

    def _shown(self) -> list[str]:
        rows = sorted(enumerate(self.chosen.record), key=lambda row: (_rank(row[1], self.names), row[0]))
        lines: list[str] = []
        for position, (number, type_) in enumerate(rows):
            later = [t for _, t in rows[position + 1 :]]
            mine = _classes(type_, self.names)
            others = [t for n, t in rows if n != number and _classes(t, self.names) & mine]
            value = "cast(Any, record)" if others else "record"
            made = self.cross.shown_as(self.chosen, self.chosen.down[number], value)
            if later:
                among = [t for t in later if _classes(t, self.names) & mine]
                floats = not any(isinstance(t, Scalar) and t.kind is Kind.INT for t in self.chosen.record)
                lines += [f"if {_told(type_, 'record', self.names, bool(among), floats)}:", f"    return {made}"]
            else:
                lines.append(f"return {made}")
        return lines

    # What is kept.

    def _kept(self) -> list[str]:
        lines: list[str] = []
        null = next((n for n, t in enumerate(self.chosen.here) if t == NULL), None)
        if null is not None:
            lines += ["if sent is None:", f"    return {self._made(null, 'None')}"]
        rest = [n for n in range(len(self.chosen.here)) if n != null]
        names = () if self.choosing.shape is None else shape_variants(self.choosing.shape)
        for number in rest:
            value = "sent" if not self.chosen.wraps else f"sent.{names[number]}"
            made = f"return {self._made(number, value)}"
            last = number == rest[-1]
            lines += [made] if last else [f"if sent.tag == {text(names[number])}:", f"    {made}"]
        return lines

    def _made(self, number: int, value: str) -> str:
        return self.cross.kept_as(self.chosen, self.chosen.up[number], value, self.choosing.view)


def _null_last(types: tuple[Type, ...]) -> list[Type]:
    return sorted(types, key=lambda t: t == NULL)


def _rank(type_: Type, names: Names) -> int:
    """The place of a record's variant in the order in which they are looked for."""
    match type_:
        case Scalar(kind=Kind.JSON):
            return 99
        case Scalar(choices=choices) if choices:
            return 20
        case Scalar(kind=kind):
            return _ORDER.index(kind) if kind in _ORDER else 30
        case Ref(name):
            enum = names.converters.records.enums.get(name)
            return 10 if enum is None else 26 if enum.type.open else 25
        case UnionOf(variants):
            return max(_rank(v, names) for v in variants)
        case _:
            return 15


def _classes(type_: Type, names: Names) -> frozenset[str]:
    """The Python classes of a record's variant."""
    if isinstance(type_, UnionOf):
        return frozenset[str]().union(*(_classes(v, names) for v in type_.variants))
    if isinstance(type_, Scalar) and type_.kind is Kind.JSON:
        return frozenset(("str", "int", "float", "bool", "list", "dict"))
    return frozenset((_class(type_, names),))


def _class(type_: Type, names: Names) -> str:
    match type_:
        case Scalar(kind=kind, choices=choices):
            return "str" if choices and PLAIN[kind] not in ("int", "float", "bool") else PLAIN[kind]
        case ListOf():
            return "list"
        case MapOf():
            return "dict"
        case Ref(name) if name in names.converters.records.enums:
            return "str"
        case Ref(name):
            return names.record(name)
        case UnionOf():
            return "object"


def _told(type_: Type, value: str, names: Names, deep: bool, floats: bool = True) -> str:
    """The condition that a record's `value` is of a variant; `deep` where others have the same Python class."""
    class_ = _class(type_, names)
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
        case Ref(name) if deep and name in names.converters.records.enums:
            values = names.converters.records.enums[name].type.values
            return f"{value} in ({', '.join(text(v.value) for v in values)},)"
        case ListOf(items=inner) if deep:
            inside = _told(inner, "item", names, True)
            return f"isinstance({value}, list) and all({inside} for item in {value})"
        case MapOf(values=inner) if deep:
            inside = _told(inner, "item", names, True)
            return f"isinstance({value}, dict) and all({inside} for item in {value}.values())"
        case UnionOf(variants):
            found = [_told(v, value, names, deep, floats) for v in variants]
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
