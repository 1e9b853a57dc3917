"""Single values in a spec, read by the kind they are of: `1.10` is a text, a decimal or a number."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from ..contract.ecma import searching
from ..contract.kinds import KINDS
from ..contract.types import Json, Kind, Scalar, Type
from ..diagnostics import Diagnostic, ScaffoldError, Span
from .scalars import WHOLE, Block, Raw, Row, is_number, number

LIKELY: Mapping[Kind, str] = {
    Kind.EMAIL: r"[^@\s]+@[^@\s]+\.[^@\s.]+",
    Kind.URL: r"[A-Za-z][A-Za-z0-9+.-]*://[^\s]+",
}
"""What a text of a kind looks like that is no slip of the pen, where programs take more."""


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
    return number(raw) if is_number(raw) else str(raw)


def read_scalar(raw: object, type_: Scalar) -> Json:
    """The JSON value of one scalar."""
    if type_.kind is Kind.JSON:
        return _choice(raw, untyped(raw), type_)
    if isinstance(raw, dict | list):
        raise misfit(raw, f"{called(type_)} is needed here, not {'a list' if isinstance(raw, list) else 'a mapping'}")
    text = str(raw) if isinstance(raw, str) else json.dumps(raw)
    if not isinstance(raw, str) and type_.kind not in (Kind.INT, Kind.FLOAT, Kind.BOOL):
        raise misfit(raw, f"`{text}` is not {called(type_)}")
    quoted = raw.node.quoted if isinstance(raw, Raw) else isinstance(raw, str)
    problem = scalar_problem(text, type_, quoted=quoted)
    if problem is not None:
        raise misfit(raw, problem)
    if type_.kind is Kind.INT:
        return _choice(raw, int(text), type_)
    if type_.kind is Kind.FLOAT:
        return _choice(raw, number(text), type_)
    if type_.kind is Kind.BOOL:
        return _choice(raw, text == "true", type_)
    return text


def _choice(raw: object, value: Json, type_: Scalar) -> Json:
    """`value`, if it is one of the choices where there are any."""
    if type_.choices and not any(same(value, c) for c in type_.choices):
        raise misfit(raw, f"`{json.dumps(value)}` is none of {', '.join(json.dumps(c) for c in type_.choices)}")
    return value


def scalar_problem(text: str, type_: Scalar, *, quoted: bool = False) -> str | None:
    """Why `text` is no value of `type_`, if it is none; quotes make a text of a number."""
    kind = type_.kind
    if kind in (Kind.INT, Kind.FLOAT, Kind.BOOL):
        if quoted or not _plain(text, kind):
            shown = f'"{text}"' if quoted else text
            return f"`{shown}` is not {called(type_)}"
    elif not _reads(text, kind):
        return f"`{text}` is not {called(type_)}"
    if kind in (Kind.INT, Kind.FLOAT, Kind.DECIMAL):
        problem = _out_of_bounds(Decimal(text), type_)
        if problem is not None or kind is not Kind.DECIMAL:
            return problem
    length = len(text)
    if type_.min_length is not None and length < type_.min_length:
        return f"`{text}` is shorter than {type_.min_length}"
    if type_.max_length is not None and length > type_.max_length:
        return f"`{text}` is longer than {type_.max_length}"
    if type_.pattern is not None and not searching(type_.pattern)(text):
        return f"`{text}` does not match `{type_.pattern}`"
    if type_.choices and text not in type_.choices:
        return f"`{text}` is none of {', '.join(map(str, type_.choices))}"
    return None


def _plain(text: str, kind: Kind) -> bool:
    """Whether `text` without quotes is a number or a truth value of this kind."""
    if kind is Kind.FLOAT:
        return is_number(text)
    return re.fullmatch(WHOLE if kind is Kind.INT else "true|false", text) is not None


def _reads(text: str, kind: Kind) -> bool:
    likely = LIKELY.get(kind)
    return KINDS[kind](text) and (likely is None or re.fullmatch(likely, text) is not None)


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


def same(one: Json, other: Json) -> bool:
    """Whether two JSON values are the same: `1`, `1.0` and `true` are three."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(v, other[k]) for k, v in one.items())
    return type(one) is type(other) and bool(one == other)


def called(type_: Type) -> str:
    """What a value of this type is called."""
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
        Kind.NULL: "null",
    }.get(type_.kind, "a text")


def place_of(raw: object) -> Span | None:
    """Where a raw value stands."""
    return raw.node.mark if isinstance(raw, Raw | Block | Row) else None


def misfit(raw: object, message: str, help_: str | None = None, *, key: bool = False) -> ScaffoldError:
    """SC213 where `raw` stands, or at its key."""
    span = place_of(raw)
    if key and isinstance(raw, Raw | Block | Row) and raw.node.key is not None:
        span = raw.node.key.span
    return ScaffoldError(Diagnostic("SC213", message, span, help_))
