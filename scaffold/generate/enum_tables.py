"""The values of enums, and the tables that map them to the record's and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..contract.named_types import EnumType
from ..convert.conversions import Boxed, Chosen, Each, Listed, Mapped, Picked, Then, Unboxed
from .converters import Converters
from .mentions import enum_table
from .python import text


@dataclass(frozen=True)
class EnumTable:
    """A constant that maps an enum's values to the record's, or back."""

    name: str
    keys: str
    values: str
    rows: tuple[tuple[str, str], ...]
    kind: str = "dict"
    """`Open`, `OpenMeaning` and `Otherwise` are for enums that have other values too."""
    otherwise: str = ""
    """What those are shown as, if it is always the same."""
    others: tuple[tuple[str, str], ...] = ()
    """What rows are for callers who do not ask for values that are held back."""
    holds: str = ""
    """`HeldBack` or `HeldMeaning`, where there are such rows."""


@dataclass(frozen=True)
class EnumView:
    """One distinct form of an enum, or the record's own values; an `open` one has any other text too."""

    name: str
    doc: str
    values: tuple[str, ...]
    tables: tuple[EnumTable, ...] = ()
    open: bool = False
    held: tuple[tuple[str, str], ...] = ()
    """The values that are held back, each with the header that asks for it."""


def held_of(type_: EnumType) -> tuple[tuple[str, str], ...]:
    """The values of an enum that are held back, and their headers, as literals."""
    return tuple((text(v.value), text(v.opt_in.header)) for v in type_.values if v.opt_in is not None)


def values_of(type_: EnumType) -> tuple[str, ...]:
    """The values of an enum as literals."""
    return tuple(text(v.value) for v in type_.values)


def enum_tables(converters: Converters) -> dict[str, list[EnumTable]]:
    """The tables that some leaf uses, by the name of the enum's shape."""
    found: dict[str, dict[str, EnumTable]] = {}
    for mapped in _mapped(converters):
        shape = converters.shapes.enums[mapped.version, mapped.enum]
        record = f"records.{converters.records.name(mapped.enum)}"
        table, meaning = ("Open", "OpenMeaning") if mapped.open else ("dict", "dict")
        closed = isinstance(shape.type, EnumType) and not shape.type.open
        taken = f"{shape.name} | str" if mapped.open and closed else shape.name
        rows_up = tuple((text(k), text(v)) for k, v in mapped.up.items())
        rows_down = tuple((text(k), text(v)) for k, v in mapped.down.items())
        mine = found.setdefault(shape.name, {})
        means = record if mapped.open else f"tuple[{record}, ...]"
        other = "" if mapped.other is None else text(mapped.other)
        held_down = tuple((text(k), f"({text(header)}, {text(v)})") for k, header, v in mapped.held)
        for way, keys, values, rows, kind, otherwise, others, holds in (
            ("UP", taken, record, rows_up, table, "", (), ""),
            ("DOWN", record, shape.name, rows_down, "Otherwise" if other else table, other, held_down, "HeldBack"),
            ("MEANS", taken, means, _means(mapped), meaning, "", _hidden(mapped), "HeldMeaning"),
        ):
            name = enum_table(shape, mapped, way)
            if others:
                values = record if way == "MEANS" else values
                mine.setdefault(name, EnumTable(name, keys, values, rows, kind, otherwise, others, holds))
            else:
                mine.setdefault(name, EnumTable(name, keys, values, rows, kind, otherwise))
    return {name: list(tables.values()) for name, tables in found.items()}


def _means(mapped: Mapped) -> tuple[tuple[str, str], ...]:
    """For each value of the version, the record's values that are shown as it: what a filter asks for."""
    rows = []
    for value in mapped.up:
        stored = [text(r) for r, shown in mapped.down.items() if shown == value]
        if value == mapped.other:
            others = [text(r) for r, shown in mapped.down.items() if shown != value]
            rows.append((text(value), f"Except([{', '.join(others)}])"))
            continue
        rows.append((text(value), f"({', '.join(stored)}{',' if len(stored) == 1 else ''})"))
    return tuple(rows)


def _hidden(mapped: Mapped) -> tuple[tuple[str, str], ...]:
    """For each value that stands for ones that are held back: the headers that ask, and the record's values."""
    found: dict[str, list[str]] = {}
    for stored, header, shown in mapped.held:
        if mapped.down[stored] != shown:
            found.setdefault(shown, []).append(f"({text(header)}, ({text(stored)},))")
    return tuple((text(shown), f"({', '.join(rows)},)") for shown, rows in found.items())


def _mapped(converters: Converters) -> Iterable[Mapped]:
    crossings = [leaf.conversion for c in converters.all for leaf in c.mapping.leaves()]
    crossings += [made.conversion for c in converters.all for made in c.mapping.computed]
    crossings += [crossing for carried in converters.carried.values() for _, _, crossing in carried]
    while crossings:
        match crossings.pop(0):
            case Mapped() as found:
                yield found
            case Then(first=found):
                yield found
            case Each(inner) | Boxed(inner=inner) | Unboxed(inner=inner) | Listed(inner=inner) | Picked(inner=inner):
                crossings.append(inner)
            case Chosen(up=up, down=down):
                crossings += [way.conversion for way in (*up, *down) if way is not None]
            case _:
                pass
