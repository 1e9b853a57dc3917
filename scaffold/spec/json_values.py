"""Values in a spec, read by the type they are of: `1.10` is a text, a decimal or a number."""

from __future__ import annotations

import base64
import binascii
import json
import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from ..contract.types import EnumType, Json, Kind, ListOf, MapOf, NamedType, ObjectType, Ref, Scalar, Type
from ..diagnostics import Diagnostic, ScaffoldError, Span, did_you_mean
from .scalars import NUMBER, Block, Raw, Row, number


def read_value(
    raw: object, type_: Type, types: Mapping[str, NamedType], *, nullable: bool = False, depth: int = 0
) -> Json:
    """The JSON value that `raw`, a value of the spec or a JSON value, stands for as a value of `type_`.

    Raises:
        ScaffoldError: SC213, at the place of the part that does not fit.
    """
    if raw is None or (isinstance(raw, Raw) and raw.null):
        if nullable or type_ == Scalar(Kind.JSON):
            return None
        raise _no(raw, f"null is not allowed here, where {_called(type_)} stands", 'quotes make a text of it: `"null"`')
    match type_:
        case Scalar():
            return read_scalar(raw, type_)
        case ListOf():
            return _list(raw, type_, types, depth)
        case MapOf(inner):
            if not isinstance(raw, dict):
                raise _no(raw, "a mapping is needed here")
            return {k: read_value(v, inner, types, depth=depth + 1) for k, v in raw.items()}
        case Ref(name):
            found = types.get(name)
            if isinstance(found, EnumType):
                return _enum(raw, found)
            if isinstance(found, ObjectType):
                return _object(raw, found, types, depth)
            return untyped(raw)


def untyped(raw: object) -> Json:
    """The JSON value of `raw` where any value may stand: plain scalars are read as YAML 1.2 reads them."""
    if isinstance(raw, Block):
        return {k: untyped(v) for k, v in raw.items()}
    if isinstance(raw, Row):
        return [untyped(v) for v in raw]
    if not isinstance(raw, Raw) or raw.node.quoted:
        return str(raw) if isinstance(raw, str) else raw
    if raw.null:
        return None
    if raw in ("true", "false"):
        return raw == "true"
    return number(raw) if re.fullmatch(NUMBER, raw) else str(raw)


def read_scalar(raw: object, type_: Scalar) -> Json:
    """The JSON value of one scalar."""
    if type_.kind is Kind.JSON:
        return untyped(raw)
    if isinstance(raw, dict | list):
        raise _no(raw, f"{_called(type_)} is needed here, not {'a list' if isinstance(raw, list) else 'a mapping'}")
    text = str(raw) if isinstance(raw, str) else json.dumps(raw)
    if not isinstance(raw, str) and type_.kind not in (Kind.INT, Kind.FLOAT, Kind.BOOL):
        raise _no(raw, f"`{text}` is not {_called(type_)}")
    quoted = raw.node.quoted if isinstance(raw, Raw) else isinstance(raw, str)
    problem = scalar_problem(text, type_, quoted=quoted)
    if problem is not None:
        raise _no(raw, problem)
    if type_.kind is Kind.INT:
        return int(text)
    if type_.kind is Kind.FLOAT:
        return number(text)
    if type_.kind is Kind.BOOL:
        return text == "true"
    return text


def scalar_problem(text: str, type_: Scalar, *, quoted: bool = False) -> str | None:
    """Why `text` is no value of `type_`, if it is none; quotes make a text of a number."""
    kind = type_.kind
    if kind in (Kind.INT, Kind.FLOAT, Kind.BOOL):
        form = {Kind.INT: r"-?(0|[1-9][0-9]{0,30})", Kind.FLOAT: NUMBER, Kind.BOOL: "true|false"}[kind]
        if quoted or not re.fullmatch(form, text):
            shown = f'"{text}"' if quoted else text
            return f"`{shown}` is not {_called(type_)}"
    elif not _reads(text, kind):
        return f"`{text}` is not {_called(type_)}"
    if kind in (Kind.INT, Kind.FLOAT, Kind.DECIMAL):
        problem = _out_of_bounds(Decimal(text), type_)
        if problem is not None or kind is not Kind.DECIMAL:
            return problem
    length = len(text)
    if type_.min_length is not None and length < type_.min_length:
        return f"`{text}` is shorter than {type_.min_length}"
    if type_.max_length is not None and length > type_.max_length:
        return f"`{text}` is longer than {type_.max_length}"
    if type_.pattern is not None and not re.search(type_.pattern, text):
        return f"`{text}` does not match `{type_.pattern}`"
    if type_.choices and text not in type_.choices:
        return f"`{text}` is none of {', '.join(type_.choices)}"
    return None


def _reads(text: str, kind: Kind) -> bool:
    try:
        match kind:
            case Kind.DECIMAL:
                return bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)) and Decimal(text).is_finite()
            case Kind.DATE:
                return len(text) == 10 and bool(date.fromisoformat(text))
            case Kind.DATETIME:
                return "T" in text and datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None
            case Kind.TIME:
                return text[:1].isdigit() and time.fromisoformat(text.replace("Z", "+00:00")) is not None
            case Kind.DURATION:
                return bool(re.fullmatch(r"-?P(?=.)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", text))
            case Kind.UUID:
                return str(uuid.UUID(text)) == text.lower()
            case Kind.EMAIL:
                return bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text))
            case Kind.URL:
                return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s]+", text))
            case Kind.BYTES:
                return base64.b64decode(text, validate=True) is not None
            case _:
                return True
    except (ValueError, InvalidOperation, binascii.Error):
        return False


def _out_of_bounds(value: Decimal, type_: Scalar) -> str | None:
    if type_.ge is not None and value < Decimal(str(type_.ge)):
        return f"`{value}` is less than {type_.ge}"
    if type_.gt is not None and value <= Decimal(str(type_.gt)):
        return f"`{value}` is not more than {type_.gt}"
    if type_.le is not None and value > Decimal(str(type_.le)):
        return f"`{value}` is more than {type_.le}"
    if type_.lt is not None and value >= Decimal(str(type_.lt)):
        return f"`{value}` is not less than {type_.lt}"
    if type_.multiple_of is not None and value % Decimal(str(type_.multiple_of)) != 0:
        return f"`{value}` is no multiple of {type_.multiple_of}"
    return None


def _list(raw: object, type_: ListOf, types: Mapping[str, NamedType], depth: int) -> Json:
    if not isinstance(raw, list):
        raise _no(raw, "a list is needed here")
    if type_.min_items is not None and len(raw) < type_.min_items:
        raise _no(raw, f"this list has fewer than {type_.min_items} items")
    if type_.max_items is not None and len(raw) > type_.max_items:
        raise _no(raw, f"this list has more than {type_.max_items} items")
    made = [read_value(v, type_.items, types, depth=depth + 1) for v in raw]
    if type_.unique_items and any(v in made[:i] for i, v in enumerate(made)):
        raise _no(raw, "the items of this list must differ")
    return made


def _enum(raw: object, enum: EnumType) -> str:
    if not isinstance(raw, str):
        raise _no(raw, f"a value of `{enum.name}` is needed here")
    if enum.value(str(raw)) is None:
        raise _no(raw, f"`{raw}` is no value of `{enum.name}`", did_you_mean(str(raw), [v.value for v in enum.values]))
    return str(raw)


def _object(raw: object, type_: ObjectType, types: Mapping[str, NamedType], depth: int) -> Json:
    if not isinstance(raw, dict):
        raise _no(raw, f"a mapping with the fields of `{type_.name}` is needed here")
    made = {}
    for name, value in raw.items():
        field = type_.field(name)
        if field is None:
            names = [f.name for f in type_.fields]
            raise _no(value, f"`{type_.name}` has no field `{name}`", did_you_mean(name, names), key=True)
        made[name] = read_value(value, field.type, types, nullable=field.nullable, depth=depth + 1)
    lacking = [f.name for f in type_.fields if f.required and f.name not in made]
    if lacking:
        raise _no(raw, f"`{type_.name}` needs `{lacking[0]}` too")
    return made


def _called(type_: Type) -> str:
    if not isinstance(type_, Scalar):
        return f"`{type_}`"
    return {
        Kind.INT: "a whole number",
        Kind.FLOAT: "a number",
        Kind.BOOL: "`true` or `false`",
        Kind.DECIMAL: "a decimal like `9.90`",
        Kind.DATE: "a date like `2026-03-01`",
        Kind.DATETIME: "a datetime like `2026-03-01T12:00:00Z`",
        Kind.TIME: "a time like `12:30:00`",
        Kind.DURATION: "a duration like `PT30M`",
        Kind.UUID: "a uuid",
        Kind.EMAIL: "an email address",
        Kind.URL: "a url",
        Kind.BYTES: "base64",
    }.get(type_.kind, "a text")


def place_of(raw: object) -> Span | None:
    """Where a raw value stands."""
    return raw.node.mark if isinstance(raw, Raw | Block | Row) else None


def _no(raw: object, message: str, help_: str | None = None, *, key: bool = False) -> ScaffoldError:
    span = place_of(raw)
    if key and isinstance(raw, Raw | Block | Row) and raw.node.key is not None:
        span = raw.node.key.span
    return ScaffoldError(Diagnostic("SC213", message, span, help_))
