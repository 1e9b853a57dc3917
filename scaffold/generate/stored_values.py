"""Expressions of generated storage: SQL types, and values on their way into columns and JSON and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..contract.types import Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..convert.conversions import Coded, Conversion, Each
from .coding import decoded, encoded
from .python import NULL, snake
from .stored_unions import StoredUnion
from .table_model import Tables

SQL: dict[Kind, str] = {
    Kind.STR: "Text",
    Kind.INT: "BigInteger",
    Kind.FLOAT: "Double",
    Kind.BOOL: "Boolean",
    Kind.DECIMAL: "ExactDecimal",
    Kind.DATE: "Date",
    Kind.DATETIME: "UtcDateTime",
    Kind.TIME: "Text",
    Kind.DURATION: "Duration",
    Kind.UUID: "Uuid",
    Kind.EMAIL: "Text",
    Kind.URL: "Text",
    Kind.BYTES: "LargeBinary",
    Kind.JSON: "json_column()",
    Kind.NULL: "json_column()",
}
"""The type of a column for each kind; everything else is JSON."""

AS_JSON: dict[Kind, tuple[str, str]] = {
    Kind.FLOAT: ("", "float"),
    Kind.DECIMAL: ("codecs.decimal_to_text", "codecs.text_to_decimal"),
    Kind.DATE: ("codecs.date_to_text", "codecs.text_to_date"),
    Kind.DATETIME: ("codecs.datetime_to_text", "codecs.text_to_datetime"),
    Kind.TIME: ("time_to_text", "text_to_time"),
    Kind.DURATION: ("duration_to_int", "int_to_duration"),
    Kind.UUID: ("codecs.uuid_to_text", "codecs.text_to_uuid"),
    Kind.BYTES: ("bytes_to_text", "text_to_bytes"),
}
"""How values of a kind go into JSON and come out of it, where JSON has no such value."""

READ_BACK: dict[Kind, str] = {
    Kind.DECIMAL: "Decimal",
    Kind.DATE: "date.fromisoformat",
    Kind.DATETIME: "datetime.fromisoformat",
    Kind.TIME: "time.fromisoformat",
    Kind.UUID: "UUID",
    Kind.BYTES: "bytes.fromhex",
    Kind.DURATION: "seconds",
}
"""How what a shadow holds becomes a value again, where JSON has no such value."""

SEARCHED: dict[Kind, str] = {
    Kind.INT: "as_integer",
    Kind.DURATION: "as_integer",
    Kind.FLOAT: "as_float",
    Kind.BOOL: "as_boolean",
}
"""How a value inside JSON is compared; all others as text."""

Crossing = Callable[[str], str]
"""From the expression of a value to that of the converted one."""


def as_is(value: str) -> str:
    """The value itself."""
    return value


def called(function: str) -> Crossing:
    """The crossing by a function; by none where it has no name."""
    return (lambda value: f"{function}({value})") if function else as_is


def called_if_some(convert: str) -> Crossing:
    """The crossing of what may be null, by a function."""
    return lambda value: f"maybe({value}, {convert})"


def each(inner: Crossing, mapping: bool) -> Crossing:
    """The crossing of every item of a list, or every value of a map."""
    if inner("item") == "item":
        return as_is
    if mapping:
        return lambda value: f"{{key: {inner('item')} for key, item in {value}.items()}}"
    return lambda value: f"[{inner('item')} for item in {value}]"


def function(crossing: Crossing) -> str:
    """A crossing as a function, to be handed on."""
    made = crossing("item")
    plain = re.fullmatch(r"([\w.]+)\(item\)", made)
    table = re.fullmatch(r"(\w+)\[item\]", made)
    if plain:
        return plain[1]
    return f"{table[1]}.__getitem__" if table else f"lambda item: {made}"


def sql_type(type_: Type, tables: Tables, *, key: bool = False) -> str:
    """The type of a column that holds `type_`."""
    if isinstance(type_, Scalar):
        return "BigKey" if key and type_.kind is Kind.INT else SQL[type_.kind]
    return "Text" if isinstance(type_, Ref) and type_.name in tables.enums else SQL[Kind.JSON]


def enum_of(type_: Type) -> str:
    """The enum of which a value is, or those in lists and maps; empty where there is none."""
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return type_.name if isinstance(type_, Ref) else ""


def upwards(crossing: Conversion | None) -> Crossing:
    """From an older form of a value to the one after it."""
    return _crossed(crossing, encoded)


def downwards(crossing: Conversion | None) -> Crossing:
    """From a newer form of a value back to the one before it."""
    return _crossed(crossing, decoded)


def _crossed(crossing: Conversion | None, way: Callable[[Coded, str, tuple[bool, ...]], str]) -> Crossing:
    levels: list[bool] = []
    while isinstance(crossing, Each):
        levels, crossing = [*levels, crossing.mapping], crossing.inner
    if not isinstance(crossing, Coded):
        return as_is
    coded = crossing
    return lambda value: way(coded, value, tuple(levels))


@dataclass(frozen=True)
class Values:
    """Makes the crossings between records and what is stored, for the tables of one history.

    `suffix` ends the names of its enum tables, where those of two histories stand in one module.
    """

    tables: Tables
    suffix: str = ""
    raw: bool = False
    """Whether objects, and values of several types, stay JSON: migrations know no records."""

    def object_name(self, identity: str) -> str:
        """The name of a record that is stored as JSON, as functions mention it."""
        return snake(self.tables.objects[identity].record.name)

    def enum_table(self, identity: str, way: str) -> str:
        """The constant that maps the values of an enum to those stored, or back."""
        return f"{snake(self.tables.enums[identity].name).upper()}_{way}{self.suffix}"

    def dumped(self, type_: Type, *, column: bool = False) -> Crossing:
        """Into JSON, or into a column of its own."""
        return self._crossing(type_, 0, "STORED", "dump", column)

    def loaded(self, type_: Type, *, column: bool = False) -> Crossing:
        """Out of JSON, or out of a column of its own."""
        return self._crossing(type_, 1, "LOADED", "load", column)

    def _crossing(self, type_: Type, way: int, table: str, verb: str, column: bool) -> Crossing:
        match type_:
            case StoredUnion() if self.raw:
                return as_is
            case Ref(name) if self.raw and name not in self.tables.enums:
                return as_is
            case StoredUnion() if type_.worded:
                name = next(name for name, union in self.tables.unions if union == type_)
                return called(f"{verb}_{name}")
            case UnionOf(variants):
                alone = next(v for v in variants if v != NULL)
                inner = self._crossing(alone, way, table, verb, column)
                return as_is if inner is as_is else called_if_some(function(inner))
            case Scalar(kind=kind):
                same = column and kind is not Kind.TIME
                return as_is if same or kind not in AS_JSON else called(AS_JSON[kind][way])
            case ListOf(items=inner):
                return each(self._crossing(inner, way, table, verb, False), False)
            case MapOf(values=inner):
                return each(self._crossing(inner, way, table, verb, False), True)
            case Ref(name) if name in self.tables.enums:
                constant, enum = self.enum_table(name, table), self.tables.enums[name]
                if enum.open and not enum.plain:
                    return lambda value: f"{constant}.get({value}, {value})"
                return as_is if enum.plain else (lambda value: f"{constant}[{value}]")
            case Ref(name):
                return called(f"{verb}_{self.object_name(name)}")
