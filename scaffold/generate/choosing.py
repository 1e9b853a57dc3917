"""The bodies of functions that carry a value of one of several types: which it is decides what is done."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.types import MISSING, Type
from ..convert.conversions import Nested
from .converters import Choosing, Mode
from .expressions import Crossing
from .mentions import Names
from .python import NULL, text
from .showing import Function
from .told_apart import in_turn
from .variants import shape_variants


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
        if c.mode is Mode.REPLACE:
            doc = f"What a client of {c.version} sends as {c.title}, over what is there."
            given = f"current: {record}, sent: {self._wire()}, now: datetime"
            return Function(c.name, given, record, doc, tuple(self._replaced()))
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
        lines: list[str] = []
        for row in in_turn(self.chosen.record, "record", self.names.converters.records):
            way = self.chosen.down[row.number]
            if way is not None and way.hidden:
                made = f"raise Hidden({text(self.choosing.title)})"
                lines += [f"if {row.condition}:", f"    {made}"] if row.condition else [made]
                continue
            value = "cast(Any, record)" if row.alike else "record"
            made = f"return {self.cross.shown_as(self.chosen, self.chosen.down[row.number], value)}"
            lines += [f"if {row.condition}:", f"    {made}"] if row.condition else [made]
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

    # What is written over something that is there.

    def _replaced(self) -> Iterator[str]:
        """As it was shown it stays; an object is changed in place if it is still of the same type, else made anew."""
        alike = self.cross.seen_alike(self.chosen, "current", "sent")
        if alike is not None:
            yield f"if {alike}:"
            yield "    return current"
        names = () if self.choosing.shape is None else shape_variants(self.choosing.shape)
        for number, way in enumerate(self.chosen.up):
            if way is None or way.stated is not MISSING or not isinstance(way.conversion, Nested):
                continue
            record = way.conversion.record
            told = [f"sent.tag == {text(names[number])}"] if self.chosen.wraps else []
            told += [f"isinstance(current, {self.names.record(record)})"] if len(self.chosen.record) > 1 else []
            value = f"sent.{names[number]}" if self.chosen.wraps else "sent"
            change = self.names.converter(self.cross.converter(record, self.choosing.view, Mode.REPLACE))
            made = f"return {change}(current, {value}, now)"
            yield from (f"if {' and '.join(told)}:", f"    {made}") if told else (made,)
            if not told:
                return
        yield f"return {self.cross.choosing(self.chosen, self.choosing.view)}(sent, now)"

    def _made(self, number: int, value: str) -> str:
        return self.cross.kept_as(self.chosen, self.chosen.up[number], value, self.choosing.view)


def _null_last(types: tuple[Type, ...]) -> list[Type]:
    return sorted(types, key=lambda t: t == NULL)
