"""What is read is what the published schema allows, no less and no more."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scaffold.contract.contract import Contract
from scaffold.contract.message import View
from scaffold.contract.types import Json, Kind, ListOf, MapOf, Scalar, Type, UnionOf
from scaffold.generate.python import wire
from scaffold.generate.runtime import constraints, scalars
from scaffold.generate.runtime.shapes import Shape
from scaffold.generate.runtime.variants import OneOf
from scaffold.generate.variants import variant_names
from scaffold.openapi.schemas import Schemas
from scaffold.openapi.sides import Sides

NUMBERS = (0, 1, -1, 2, 3, 5, 10, 1.0, 0.1, 0.3, 0.30000000000000004, 1.5, 2.5, 7.0, 1e3, 2**31, 2**53 + 1, 1e308, -0.0)
TEXTS = ("", "a", "ab", "abc", "é", "💥", "💥💥", "12", "12\n", "١٢", "A-1", "a.b", "a\nb", "\u0000", "null", "1")
LISTS: tuple[Json, ...] = ([], [1], [1, 1.0], [1, True], ["a", "a"])
OTHERS: tuple[Json, ...] = (None, True, False, *LISTS, {}, {"a": 1}, {"": "x", "é": None})
VALUES: tuple[Json, ...] = (*NUMBERS, *TEXTS, *OTHERS, 2**64, -(2**70))
UNBOUNDED = "unbounded"

TYPES: tuple[Type, ...] = (
    Scalar(Kind.INT, UNBOUNDED),
    Scalar(Kind.INT, UNBOUNDED, ge=1, lt=5),
    Scalar(Kind.INT, UNBOUNDED, gt=0.5, le=2.5),
    Scalar(Kind.INT, UNBOUNDED, multiple_of=2.5),
    Scalar(Kind.INT, UNBOUNDED, multiple_of=5),
    Scalar(Kind.FLOAT),
    Scalar(Kind.FLOAT, ge=0.1, lt=1.5),
    Scalar(Kind.FLOAT, multiple_of=0.1),
    Scalar(Kind.BOOL),
    Scalar(Kind.STR, min_length=1, max_length=2),
    Scalar(Kind.STR, pattern="^[0-9]+$"),
    Scalar(Kind.STR, pattern=r"\d"),
    Scalar(Kind.STR, pattern="a.b"),
    Scalar(Kind.STR, format="x-unheard-of"),
    Scalar(Kind.STR, choices=("a", "")),
    Scalar(Kind.INT, UNBOUNDED, choices=(1, 2)),
    Scalar(Kind.FLOAT, choices=(0.1, 1)),
    Scalar(Kind.BOOL, choices=(True,)),
    Scalar(Kind.JSON, choices=("a", 1, None, False)),
    Scalar(Kind.JSON),
    Scalar(Kind.NULL),
    ListOf(Scalar(Kind.JSON), unique_items=True),
    ListOf(Scalar(Kind.INT, UNBOUNDED), 1, 1),
    MapOf(Scalar(Kind.JSON)),
    MapOf(Scalar(Kind.STR)),
    UnionOf((Scalar(Kind.STR), Scalar(Kind.NULL)), exclusive=False),
    UnionOf((Scalar(Kind.INT, UNBOUNDED), Scalar(Kind.FLOAT))),
    UnionOf((Scalar(Kind.INT, UNBOUNDED), Scalar(Kind.FLOAT)), exclusive=False),
    UnionOf((Scalar(Kind.STR, max_length=2), Scalar(Kind.STR, min_length=2), Scalar(Kind.BOOL))),
    UnionOf((ListOf(Scalar(Kind.STR)), ListOf(Scalar(Kind.INT, UNBOUNDED)), MapOf(Scalar(Kind.STR)))),
)


def shape(type_: Type) -> Shape[Any]:
    """The reader of a type, made of the text that a project has of it."""
    names: dict[str, Any] = {
        "scalars": scalars,
        "constraints": constraints,
        **vars(__import__("typing")),
        **vars(__import__("pydantic")),
    }
    classes: dict[str, type] = {}

    def union(made: UnionOf) -> str:
        name = f"Union{len(classes)}"
        fields = zip(variant_names(made), made.variants, strict=True)
        body = {n: wire(v, str, (), union) for n, v in fields if v != Scalar(Kind.NULL)}
        found = {"__annotations__": body, "__module__": __name__}
        classes[name] = type(name, (OneOf,), found, exclusive=made.exclusive)
        return name

    spelled = wire(type_, str, (), union)
    globals().update(
        {n: v for n, v in names.items() if n in ("Annotated", "Any", "Literal", "Field", "scalars", "constraints")}
    )
    globals().update(classes)
    return Shape(eval(spelled, {**names, **classes}))


def allowed(type_: Type, value: Json) -> bool:
    """Whether the schema that is published allows a value."""
    contract = Contract("v1")
    schema = Schemas(contract, Sides(contract)).schema(type_, View.INPUT)
    return bool(jsonschema_rs.Draft202012Validator(schema).is_valid(value))


def taken(made: Shape[Any], value: Json) -> bool:
    """Whether it is read."""
    try:
        read = made.read(json.dumps(value).encode())
    except ValidationError:
        return False
    assert same(json.loads(made.write(read)), value)
    return True


def same(one: Json, other: Json) -> bool:
    """Whether two values are the same JSON; numbers are those of 64 bits."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, bool) or isinstance(other, bool) or not isinstance(one, int | float):
        return type(one) is type(other) and bool(one == other)
    return isinstance(other, int | float) and float(one) == float(other)


@pytest.mark.parametrize("type_", TYPES, ids=repr)
def test_what_is_read_is_what_the_schema_allows(type_: Type) -> None:
    made = shape(type_)
    assert [v for v in VALUES if taken(made, v) != allowed(type_, v)] == []


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | FLOATS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(TYPES), JSON)
def test_so_it_is_for_any_value(type_: Type, value: Json) -> None:
    assert taken(shape(type_), value) == allowed(type_, value)


@pytest.mark.parametrize("body", [b'"\\ud800"', b'"\xff"', b'"a\x00b"', b"nul", b"[1", b"1e999", b"-", b"[" * 5000])
def test_what_is_no_json_or_no_text_is_refused_and_nothing_worse(body: bytes) -> None:
    for type_ in (Scalar(Kind.STR), Scalar(Kind.FLOAT), Scalar(Kind.INT, UNBOUNDED), TYPES[-1]):
        with pytest.raises(ValidationError):
            shape(type_).read(body)
