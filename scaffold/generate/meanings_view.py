"""The tables of a history as generated code has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.history import History
from ..contract.types import MISSING, Json, Kind, Ref, Scalar, Type
from ..convert.codecs import TableCodec
from ..convert.records import Records
from ..convert.tables import StatedTable, tables_of
from .python import literal_of, text


@dataclass(frozen=True)
class TableView:
    """One table, in one direction, with what it takes and gives."""

    name: str
    takes: str
    gives: str
    rows: tuple[tuple[str, str], ...]
    rest: str
    """What becomes of other texts, as an argument; nothing where there are none."""


@dataclass(frozen=True)
class StandIn:
    """A value that stands for those that a table does not have."""

    name: str
    type: str
    value: str


@dataclass(frozen=True)
class Meanings:
    """What `meanings.py` says."""

    tables: tuple[TableView, ...] = ()
    others: tuple[StandIn, ...] = ()


def meanings(history: History, records: Records) -> Meanings:
    """Every table of `history`, which is prepared: its way up, its way back down, and what stands for the rest."""
    found = list(tables_of(history))
    tables = tuple(view for t in found for view in _both(t.codec, records))
    return Meanings(tables, tuple(other for t in found for other in _others(t, records)))


def _others(table: StatedTable, records: Records) -> Iterator[StandIn]:
    codec = table.codec
    for word, value, type_ in (("unread", table.unread, codec.newer), ("unshown", table.unshown, codec.older)):
        if value is MISSING or value is None or not isinstance(type_, Ref):
            continue
        said = _gives(type_, records)
        for mapping in reversed(table.levels):
            said = f"dict[str, {said}]" if mapping else f"list[{said}]"
        yield StandIn(f"{codec.table}_{word}", said, _said(value))


def _both(codec: TableCodec, records: Records) -> Iterator[TableView]:
    for name, older, newer, rows, open_, other in (
        (codec.up, codec.older, codec.newer, codec.up_rows, codec.up_open, codec.up_other),
        (codec.down, codec.newer, codec.older, codec.down_rows, codec.down_open, codec.down_other),
    ):
        said = tuple((_said(key), _said(value)) for key, value in rows)
        rest = ", open=True" if open_ else "" if other is MISSING else f", other={_said(other)}"
        yield TableView(name, _class(older), _gives(newer, records), said, rest)


def _class(type_: Type) -> str:
    if isinstance(type_, Scalar) and type_.choices:
        return literal_of(type_.choices)
    return "bool" if isinstance(type_, Scalar) and type_.kind is Kind.BOOL else "str"


def _gives(type_: Type, records: Records) -> str:
    enum = records.enums.get(type_.name) if isinstance(type_, Ref) else None
    if enum is None or enum.type.open:
        return _class(type_)
    return literal_of(tuple(v.value for v in enum.type.values))


def _said(value: Json) -> str:
    return text(value) if isinstance(value, str) else repr(value)
