"""Python text for types and values: what generated code says for a contract's types."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from ..contract.types import Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf

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
    Kind.NULL: "None",
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


Named = Callable[[str], str]
Union = Callable[[UnionOf], str]


def plain(type_: Type, named: Named, union: Union | None = None) -> str:
    """The annotation of a record's attribute; `named` gives the name of a referenced type, `union` that of a union.

    Without `union` one is written out.
    """
    match type_:
        case Scalar(choices=choices) if choices:
            return chosen_of(type_, PLAIN[type_.kind])
        case Scalar(kind=Kind.STR, format="binary"):
            return PLAIN[Kind.BYTES]
        case Scalar(kind=kind):
            return PLAIN[kind]
        case ListOf(items=inner):
            return f"list[{plain(inner, named, union)}]"
        case MapOf(values=inner):
            return f"dict[str, {plain(inner, named, union)}]"
        case Ref(name):
            return named(name)
        case UnionOf():
            return _union(type_, union, lambda inner: plain(inner, named, union))


def wire(type_: Type, named: Named, extra: tuple[str, ...] = (), union: Union | None = None) -> str:
    """The annotation of a value on the wire, its bounds included; `extra` adds validators of its single values.

    A union is written out, as parameters have it, where `union` does not name it.
    """
    match type_:
        case Scalar(choices=choices) if choices:
            return annotated(chosen_of(type_, WIRE[type_.kind]), (*_chosen_bounds(type_), *extra))
        case Scalar():
            return annotated(_wire_scalar(type_), (*_scalar_bounds(type_), *extra))
        case ListOf(items=inner):
            return annotated(f"list[{wire(inner, named, extra, union)}]", _list_bounds(type_))
        case MapOf(values=inner):
            return f"dict[str, {wire(inner, named, extra, union)}]"
        case Ref(name):
            return annotated(named(name), extra)
        case UnionOf():
            return _union(type_, union, lambda inner: wire(inner, named, extra, union))


def _union(type_: UnionOf, union: Union | None, each: Callable[[Type], str]) -> str:
    """The name of a union that has one, with null beside it, or its variants."""
    left = tuple(v for v in type_.variants if v != NULL)
    if union is None or len(left) < 2:
        said = list(dict.fromkeys(each(v) for v in left)) or [PLAIN[Kind.NULL]]
        made = "Any" if "Any" in said else " | ".join(said)
    else:
        made = union(type_)
    return f"{made} | None" if len(left) < len(type_.variants) and made not in ("Any", "None") else made


def bounds(type_: Type) -> str:
    """The annotation that holds a value, whatever it is otherwise, to the bounds of `type_`."""
    match type_:
        case Scalar(choices=()):
            return annotated("Any", _scalar_bounds(type_))
        case ListOf(items=inner):
            return annotated(f"list[{bounds(inner)}]", _list_bounds(type_))
        case _:
            return "Any"


NULL = Scalar(Kind.NULL)


def chosen_of(type_: Scalar, base: str) -> str:
    """The annotation of a value that is one of a few; what a `Literal` cannot say stays `base`."""
    return literal_of(type_.choices) if _literal(type_) else base


def _literal(type_: Scalar) -> bool:
    return type_.kind is not Kind.FLOAT and all(isinstance(c, str | int | None) for c in type_.choices)


def _chosen_bounds(type_: Scalar) -> tuple[str, ...]:
    """How choices are read that a `Literal` reads too strictly or too freely, or cannot say: 1.0 is 1, true is not."""
    if _literal(type_) and all(isinstance(c, str | None) for c in type_.choices):
        return ()
    return (f"constraints.among({', '.join(repr(c) for c in type_.choices)})",)


def _wire_scalar(type_: Scalar) -> str:
    if type_.kind is Kind.STR and type_.format == "binary":
        return "scalars.Binary"
    if type_.kind is Kind.INT:
        return {"int32": "scalars.Int32", "unbounded": "scalars.AnyInt"}.get(type_.format or "", WIRE[Kind.INT])
    return WIRE[type_.kind]


def _scalar_bounds(type_: Scalar) -> tuple[str, ...]:
    if type_.kind is Kind.DECIMAL:
        pattern = "" if type_.pattern is None else raw(type_.pattern)
        bounds = {n: getattr(type_, n) for n in ("ge", "gt", "le", "lt", "multiple_of")}
        return (f"constraints.decimal({pattern})", *_field(bounds, exact=True))
    pattern_check = () if type_.pattern is None else (f"constraints.matching({raw(type_.pattern)})",)
    bounds = {name: getattr(type_, name) for name in _BOUNDS}
    if type_.kind in (Kind.INT, Kind.FLOAT):
        # Pydantic compares integers with integers alone, and takes what is nearly a multiple for one.
        odd = {n: v for n, v in bounds.items() if v is not None and _is_odd(n, v, type_.kind)}
        if odd:
            stated = ", ".join(f"{name}={value!r}" for name, value in odd.items())
            bounds = {n: v for n, v in bounds.items() if n not in odd}
            return (*_field(bounds), f"constraints.within({stated})")
    return (*_field(bounds), *pattern_check)


def _list_bounds(type_: ListOf) -> tuple[str, ...]:
    stated = _field({"min_length": type_.min_items, "max_length": type_.max_items})
    return (*stated, "constraints.UNIQUE") if type_.unique_items else stated


def _is_odd(bound: str, value: int | float, kind: Kind) -> bool:
    return isinstance(value, float) if kind is Kind.INT else bound == "multiple_of"


def _field(bounds: dict[str, int | float | None], *, exact: bool = False) -> tuple[str, ...]:
    def shown(value: int | float) -> str:
        return f'Decimal("{value}")' if exact else repr(value)

    stated = [f"{name}={shown(value)}" for name, value in bounds.items() if value is not None]
    return (f"Field({', '.join(stated)})",) if stated else ()


def annotated(base: str, extra: tuple[str, ...]) -> str:
    """`base` with validators, if there are any."""
    if not extra:
        return base
    inner = base[len("Annotated[") : -1] if base.startswith("Annotated[") else base
    return f"Annotated[{inner}, {', '.join(extra)}]"


def literal_of(values: tuple[Json, ...]) -> str:
    """A `Literal` of texts, integers, booleans and null."""
    return f"Literal[{', '.join(text(v) if isinstance(v, str) else repr(v) for v in values)}]"


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
        case UnionOf(variants):
            return value_of(value, next((v for v in variants if could_be(value, v)), variants[0]), made)


JSON_CLASS: dict[Kind, tuple[type, ...]] = {
    Kind.INT: (int,),
    Kind.FLOAT: (float, int),
    Kind.BOOL: (bool,),
    Kind.NULL: (type(None),),
    Kind.JSON: (object,),
}
"""What a JSON value of a kind is; of all others a text."""


def could_be(value: Json, type_: Type) -> bool:
    """Whether a JSON value is of the right form for a type, whatever is inside it."""
    match type_:
        case Scalar(kind=kind):
            if isinstance(value, bool) and kind is not Kind.JSON:
                return kind is Kind.BOOL
            return isinstance(value, JSON_CLASS.get(kind, (str,)))
        case ListOf(items=inner):
            return isinstance(value, list) and all(could_be(v, inner) for v in value)
        case MapOf(values=inner):
            return isinstance(value, dict) and all(could_be(v, inner) for v in value.values())
        case Ref():
            return isinstance(value, dict | str)
        case UnionOf(variants):
            return any(could_be(value, v) for v in variants)


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


def grouped(expression: str) -> str:
    """An expression as a part of a condition: in brackets where it is one itself."""
    conditional = isinstance(ast.parse(expression, mode="eval").body, ast.IfExp | ast.BoolOp | ast.Lambda)
    return f"({expression})" if conditional else expression
