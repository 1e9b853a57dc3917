"""A value fits a type where the programs that are made read it, and nowhere else."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from pydantic import ValidationError

from scaffold.contract import ecma
from scaffold.contract.contract import Contract
from scaffold.contract.fitting import fits
from scaffold.contract.types import Json, Kind, Scalar
from scaffold.generate.python import wire
from scaffold.generate.runtime import patterns
from scaffold.generate.runtime.shapes import Shape

from ..random_histories.packages import NAMES
from ..random_histories.values import READABLE, TEXTS

ODD = (
    *("P2D", "P1W", "P1Y", "PT1.5S", "PT1,5S", "P", "PT", "P9999999999D", "-PT1S"),
    *("09:30:00", "24:00", "2026-01-15T24:00:00Z", "2026-01-15t09:30:00z", "2026-01-15 09:30:00Z", "2026-02-30"),
    *("٣", "٣.٥", "1e5", "NaN", "Infinity", ".5", "5.", "+1.5", "1.2.3", "YQ", "Y-_=", "a@b", "http://a b", "a\rb"),
)
ALL = sorted({*TEXTS, *ODD, *(word for words in READABLE.values() for word in words)})
WORDS: list[Json] = [f"{before}{word}{after}" for before, word, after in product(("", " "), ALL, ("", " ", "\n"))]
OTHERS: list[Json] = [1, 1.5, True, None, 2**31, 2**63 - 1, 2**63, -(2**63) - 1, [], {}, {"a": 1}]
PATTERNS = (r"^[a-c]+$", r"^\d$", "a.b", r"^\S+$", "(?i)ADA")

TYPES = [
    *(Scalar(kind) for kind in Kind),
    *(Scalar(Kind.STR, pattern=pattern) for pattern in PATTERNS),
    *(Scalar(Kind.INT, format=format_) for format_ in ("int32", "unbounded")),
    Scalar(Kind.DECIMAL, pattern=r"^-?[0-9]{1,3}(\.[0-9]{2})?$"),
]


@pytest.mark.parametrize("type_", TYPES, ids=lambda t: f"{t.kind} {t.pattern or t.format or ''}".strip())
def test_what_fits_is_what_is_read(type_: Scalar) -> None:
    shape = eval(f"Shape({wire(type_, str)})", {**NAMES, "Shape": Shape})
    told = {json.dumps(value): (fits(Contract("v1"), type_, value), _reads(shape, value)) for value in WORDS + OTHERS}
    assert {value: one for value, (one, other) in told.items() if one != other} == {}
    assert any(one for one, _ in told.values())


def _reads(shape: Shape, value: Json) -> bool:
    try:
        shape.read(json.dumps(value).encode())
    except ValidationError:
        return False
    return True


def test_a_text_that_a_pattern_takes_for_a_number_and_is_none_is_refused() -> None:
    shape = eval('Shape(Annotated[Decimal, constraints.decimal(r"^[0-9.]+$")])', dict(NAMES))
    assert not _reads(shape, "1.2.3")


def test_patterns_mean_the_same_to_the_tool_and_to_what_it_makes() -> None:
    assert Path(ecma.__file__).read_text("utf-8") == Path(patterns.__file__).read_text("utf-8")
