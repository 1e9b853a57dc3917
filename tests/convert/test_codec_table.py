"""Every row of the table of codecs keeps what it says of itself, with values of its whole domain."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scaffold.contract.codecs import CODECS, Codec, between, fitting, flipped, meant
from scaffold.contract.fitting import KINDS
from scaffold.contract.types import Json, Kind, Scalar
from scaffold.convert.constants import CONSTANTS
from scaffold.generate.python import WIRE
from scaffold.generate.runtime import codecs, constraints, scalars
from scaffold.generate.runtime.kept import differs

from ..random_histories.values import READABLE, SCALARS

ROWS = pytest.mark.parametrize("codec", CODECS, ids=lambda c: f"{c.name} {c.older}->{c.newer}")
ODD: dict[Kind, st.SearchStrategy[Json]] = {
    Kind.INT: st.integers(-(2**63), 2**63 - 1) | st.integers(-(10**12), 10**12),
    Kind.FLOAT: st.floats(allow_nan=False, allow_infinity=False),
    Kind.DECIMAL: st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30).map(
        lambda d: format(d, "f")
    ),
    Kind.DURATION: st.timedeltas(-scalars.MAX_DURATION, scalars.MAX_DURATION).map(scalars.duration_text),
    Kind.DATETIME: st.datetimes().map(lambda d: f"{d.isoformat()}Z"),
    Kind.BYTES: st.binary().map(codecs.bytes_to_base64),
}


def _wire(kind: Kind) -> TypeAdapter[Any]:
    names: dict[str, Any] = {"scalars": scalars, "str": str, "bool": bool}
    made = eval(WIRE[kind], names)
    return TypeAdapter(scalars.Annotated[made, constraints.decimal()] if kind is Kind.DECIMAL else made)


_ADAPTERS = {kind: _wire(kind) for kind in {c.older for c in CODECS} | {c.newer for c in CODECS}}


def _values(kind: Kind, other: Kind) -> st.SearchStrategy[Any]:
    """Values of a kind as records hold them; of texts those that the other kind may be written as."""
    words = SCALARS[kind] | ODD.get(kind, st.nothing())
    if kind is Kind.STR:
        found: st.SearchStrategy[Json] = st.sampled_from(READABLE[other])
        words = found | words | SCALARS.get(other, st.nothing()).map(str) | ODD.get(other, st.nothing()).map(str)
    return words.map(lambda value: _read(kind, value))


def _read(kind: Kind, value: Json) -> Any:
    return _ADAPTERS[kind].validate_json(json.dumps(value))


def _shown(kind: Kind, value: Any) -> Json:
    return json.loads(_ADAPTERS[kind].dump_json(value))


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal by value; decimals keep their scale."""
    return bool(one == other) and not (isinstance(one, Decimal) and differs(one, other))


def _ways(codec: Codec) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    module = import_module(f"{codecs.__package__}.{codec.module}")
    return getattr(module, codec.up), getattr(module, codec.down)


@ROWS
@settings(max_examples=15)
@given(data=st.data())
def test_what_goes_up_comes_down_as_it_was_where_the_row_says_so(codec: Codec, data: st.DataObject) -> None:
    up, down = _ways(codec)
    value = data.draw(_values(codec.older, codec.newer))
    try:
        newer = up(value)
    except ValueError:
        assert codec.up_fails
        return
    assert _ADAPTERS[codec.newer].validate_json(_ADAPTERS[codec.newer].dump_json(newer)) == newer
    try:
        back = down(newer)
    except ValueError:
        assert codec.down_fails
        return
    assert _ADAPTERS[codec.older].validate_json(_ADAPTERS[codec.older].dump_json(back)) == back
    if codec.exact:
        assert _same(back, value)
    if codec.alike:
        assert newer == value


@ROWS
@settings(max_examples=15)
@given(data=st.data())
def test_what_is_shown_leads_back_to_what_is_stored_where_the_row_says_so(codec: Codec, data: st.DataObject) -> None:
    up, down = _ways(codec)
    one, other = data.draw(_values(codec.newer, codec.older)), data.draw(_values(codec.newer, codec.older))
    try:
        shown, second = down(one), down(other)
    except ValueError:
        assert codec.down_fails
        return
    if codec.one_to_one:
        try:
            assert up(shown) == one
        except ValueError:
            return  # the newer kind has fewer values than its Python class
        assert not _same(shown, second) or _same(one, other)
    if codec.ordered and codec.older is not Kind.BYTES:
        try:
            apart = shown != second and (one < other) != (shown < second)
        except TypeError:
            return  # times with and without an offset have no order
        assert not apart


@ROWS
@settings(max_examples=10)
@given(data=st.data())
def test_what_a_spec_states_crosses_as_what_a_client_sends(codec: Codec, data: st.DataObject) -> None:
    up, down = _ways(codec)
    for name, way, older, newer in (
        (codec.up, up, codec.older, codec.newer),
        (codec.down, down, codec.newer, codec.older),
    ):
        value = data.draw(_values(older, newer))
        stated = _shown(older, value)
        try:
            made = way(value)
        except ValueError:
            with pytest.raises((ValueError, KeyError, ArithmeticError)):
                CONSTANTS[name](stated)
            continue
        if newer is Kind.DURATION and str(_shown(newer, made)).startswith("-"):
            continue  # a spec cannot state a negative one
        if older is Kind.DURATION and str(stated).startswith("-"):
            continue
        try:
            assert _read(newer, CONSTANTS[name](stated)) == made
        except ValidationError as error:
            raise AssertionError(f"{stated} became {CONSTANTS[name](stated)}") from error


@pytest.mark.parametrize("kind", [Kind.EMAIL, Kind.URL])
@pytest.mark.parametrize(
    "text", ["a@b", "0@0", '"a b"@c.d', "a@b.c d", "ada@example.com", "urn:a", "x:<y>", "https://a.b/c"]
)
def test_a_spec_takes_the_addresses_that_a_program_takes(kind: Kind, text: str) -> None:
    way = {Kind.EMAIL: codecs.text_to_email, Kind.URL: codecs.text_to_url}[kind]
    try:
        taken = way(text) == text
    except ValueError:
        taken = False
    assert KINDS[kind](text) is taken


@ROWS
def test_every_row_has_one_that_goes_back(codec: Codec) -> None:
    back = between(Scalar(codec.newer), Scalar(codec.older), flipped(codec.name))
    assert codec.name.count("<->") == 1
    assert back is not None or codec.natural


def test_one_codec_at_most_follows_from_two_kinds() -> None:
    pairs = [(c.older, c.newer) for c in CODECS if c.natural]
    assert len(pairs) == len(set(pairs))
    assert not any(c.natural for c in CODECS if c.older is c.newer)


def test_no_two_rows_of_two_kinds_have_one_name() -> None:
    for codec in CODECS:
        same = [c for c in fitting(Scalar(codec.older), Scalar(codec.newer)) if codec.name in c.names]
        assert same == [codec]


def test_what_values_mean_is_taken_back_by_the_codec_that_goes_back() -> None:
    there = meant(None, "cents<->decimal")
    assert there == ("cents<->decimal",)
    assert meant(there, "decimal<->cents") is None
    assert meant(there, "int<->text") == there
