"""Python text for types and values: what generated code says for a contract's types."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from ..contract.types import Json, Kind, ListOf, MapOf, Ref, Scalar, Type

DECIMAL_PATTERN = r"^-?[0-9]+(\.[0-9]+)?$"

PLAIN: dict[Kind, str] = {
    Kind.STR: "str",
    Kind.INT: "int",
    Kind.FLOAT: "float",
    Kind.BOOL: "bool",
    Kind.DECIMAL: "Decimal",
    Kind.DATE: "date",
    Kind.DATETIME: "datetime",
    Kind.TIME: "time",
    Kind.DURATION: "timedelta",
    Kind.UUID: "UUID",
    Kind.EMAIL: "str",
    Kind.URL: "str",
    Kind.BYTES: "bytes",
    Kind.JSON: "Any",
}
"""The Python class of a value of each kind, as records hold it."""

WIRE: dict[Kind, str] = {
    **PLAIN,
    Kind.INT: "scalars.Int",
    Kind.FLOAT: "scalars.Float",
    Kind.DECIMAL: "scalars.PlainDecimal",
    Kind.DATE: "scalars.Date",
    Kind.DATETIME: "scalars.DateTime",
    Kind.TIME: "scalars.Time",
    Kind.DURATION: "scalars.Duration",
    Kind.UUID: "scalars.Uuid",
    Kind.EMAIL: "scalars.Email",
    Kind.URL: "scalars.Url",
    Kind.BYTES: "scalars.Bytes",
    Kind.JSON: "scalars.Json",
}
"""The annotation that reads and shows a value of each kind on the wire."""

_BOUNDS = ("min_length", "max_length", "ge", "gt", "le", "lt", "multiple_of")


def plain(type_: Type, named: Callable[[str], str]) -> str:
    """The annotation of a record's attribute; `named` gives the name of a referenced type."""
    match type_:
        case Scalar(choices=choices) if choices:
            return literal_of(choices)
        case Scalar(kind=kind):
            return PLAIN[kind]
        case ListOf(items=inner):
            return f"list[{plain(inner, named)}]"
        case MapOf(values=inner):
            return f"dict[str, {plain(inner, named)}]"
        case Ref(name):
            return named(name)


def wire(type_: Type, named: Callable[[str], str], extra: tuple[str, ...] = ()) -> str:
    """The annotation of a value on the wire, its bounds included; `extra` adds validators of its single values."""
    match type_:
        case Scalar(choices=choices) if choices:
            return literal_of(choices)
        case Scalar():
            return _annotated(_wire_scalar(type_), (*_scalar_bounds(type_), *extra))
        case ListOf(items=inner):
            bounds = _field({"min_length": type_.min_items, "max_length": type_.max_items})
            unique = ("scalars.UNIQUE",) if type_.unique_items else ()
            return _annotated(f"list[{wire(inner, named, extra)}]", (*bounds, *unique))
        case MapOf(values=inner):
            return f"dict[str, {wire(inner, named, extra)}]"
        case Ref(name):
            return named(name)


def _wire_scalar(type_: Scalar) -> str:
    if type_.kind is Kind.INT and type_.format == "int32":
        return "scalars.Int32"
    return WIRE[type_.kind]


def _scalar_bounds(type_: Scalar) -> tuple[str, ...]:
    if type_.kind is Kind.DECIMAL:
        pattern = "" if type_.pattern is None else raw(type_.pattern)
        bounds = {n: getattr(type_, n) for n in ("ge", "gt", "le", "lt", "multiple_of")}
        return (f"scalars.decimal({pattern})", *_field(bounds, exact=True))
    pattern_check = () if type_.pattern is None else (f"scalars.matching({raw(type_.pattern)})",)
    return (*_field({name: getattr(type_, name) for name in _BOUNDS}), *pattern_check)


def _field(bounds: dict[str, int | float | None], *, exact: bool = False) -> tuple[str, ...]:
    def shown(value: int | float) -> str:
        return f'Decimal("{value}")' if exact else repr(value)

    stated = [f"{name}={shown(value)}" for name, value in bounds.items() if value is not None]
    return (f"Field({', '.join(stated)})",) if stated else ()


def _annotated(base: str, extra: tuple[str, ...]) -> str:
    return f"Annotated[{base}, {', '.join(extra)}]" if extra else base


def literal_of(values: tuple[str, ...]) -> str:
    """A `Literal` of texts."""
    return f"Literal[{', '.join(text(v) for v in values)}]"


def text(value: str) -> str:
    """A Python string literal in double quotes."""
    body = repr(value)[1:-1]
    if repr(value)[0] == "'":
        body = body.replace("\\'", "'").replace('"', '\\"')
    return f'"{body}"'


def raw(value: str) -> str:
    """A raw string literal where that is shorter to read, else a plain one."""
    if "\\" in value and '"' not in value and not value.endswith("\\") and value.isprintable():
        return f'r"{value}"'
    return text(value)


def value_of(value: Json, type_: Type, made: Callable[[str, dict[str, Json]], str] | None = None) -> str:
    """A JSON value of `type_` as an expression of the record's Python class.

    `made` gives the expression of an object of a referenced type; without it objects stay dicts.
    """
    if value is None:
        return "None"
    match type_:
        case Scalar(kind=kind):
            return _scalar_value(value, kind)
        case ListOf(items=inner):
            return f"[{', '.join(value_of(v, inner, made) for v in value)}]"
        case MapOf(values=inner):
            return "{" + ", ".join(f"{text(k)}: {value_of(v, inner, made)}" for k, v in value.items()) + "}"
        case Ref(name):
            if isinstance(value, dict) and made is not None:
                return made(name, value)
            return text(value) if isinstance(value, str) else repr(value)


_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def _seconds(value: str) -> float:
    """The length of an ISO 8601 duration without months or years."""
    found = _DURATION.fullmatch(value)
    if found is None:
        raise ValueError(f"{value!r} is no duration")
    return timedelta(**{unit: float(n) for unit, n in found.groupdict().items() if n}).total_seconds()


def _scalar_value(value: Json, kind: Kind) -> str:
    match kind:
        case Kind.DECIMAL:
            return f'Decimal("{Decimal(str(value))}")'
        case Kind.DATE:
            return repr(date.fromisoformat(value)).removeprefix("datetime.")
        case Kind.DATETIME:
            moment = datetime.fromisoformat(value)
            return f'datetime.fromisoformat("{moment.isoformat()}")'
        case Kind.TIME:
            return f'time.fromisoformat("{time.fromisoformat(value).isoformat()}")'
        case Kind.UUID:
            return f'UUID("{UUID(value)}")'
        case Kind.DURATION:
            return f"timedelta(seconds={_seconds(value)!r})"
        case Kind.BYTES:
            return f"base64.b64decode({text(value)})"
        case Kind.FLOAT:
            return repr(float(value))
        case _:
            return text(value) if isinstance(value, str) else repr(value)


def snake(name: str) -> str:
    """A type name in lower case with underscores."""
    from ..contract.standard import singular

    return singular(name)


def version_suffix(version: str) -> str:
    """A version id as it ends a class name: `v1` gives `V1`, `2026-03-01` gives `V2026_03_01`."""
    spelled = "".join(c if c.isalnum() else "_" for c in version)
    return spelled[:1].upper() + spelled[1:] if spelled[:1].isalpha() else f"V{spelled}"
