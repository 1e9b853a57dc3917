"""Values at the far end: whatever a version is shown of one comes back unchanged, and then it changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from scaffold.contract.codecs import CODECS, Codec
from scaffold.contract.types import Json, Kind
from scaffold.generate.python import WIRE
from scaffold.generate.runtime import codecs, constraints, scalars
from scaffold.generate.runtime.problems import Invalid

from .shops import Shop, shop

GOOGOL = 10**400
FAR: dict[Kind, tuple[Json, ...]] = {
    Kind.INT: (
        *(2**63 - 1, -(2**63), 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**53 + 1, -(2**53) - 1, 0, -1, 999),
        *(253402300799, 253402300800, -62135596800, -62135596801, 253402300799999, -62135596800000),
    ),
    Kind.FLOAT: (1.7976931348623157e308, -1.7976931348623157e308, 5e-324, 2.0**63, -(2.0**63), -0.0, 0.1, 1e16, 2.5),
    Kind.DECIMAL: (
        *("9" * 400, "-" + "9" * 400, "9" * 1001, "0." + "0" * 400 + "1", "0." + "0" * 1000 + "1", "1" + "0" * 309),
        *("-0", "0.005", "1.50", "9223372036854775807.5", "9223372036854775808", "92233720368547758.08"),
    ),
    Kind.BOOL: (True, False),
    Kind.UUID: ("ffffffff-ffff-ffff-ffff-ffffffffffff", "00000000-0000-0000-0000-000000000000"),
    Kind.DATE: ("0001-01-01", "9999-12-31"),
    Kind.DATETIME: (
        *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999Z"),
        *("0001-01-01T14:00:00+14:00", "9999-12-31T09:59:59-14:00", "1969-12-31T23:59:59.999999Z"),
    ),
    Kind.TIME: ("23:59:59.999999", "00:00:00", "23:59:59+14:00", "00:00:00-23:59"),
    Kind.DURATION: (
        *("P106751991DT4H54.775807S", "-P106751991DT4H54.775807S", "PT0.000001S", "-PT0.000001S"),
        "P999999DT0.0005S",
    ),
    Kind.EMAIL: ("A@b.co",),
    Kind.URL: ("urn:x",),
    Kind.BYTES: ("", "/w==", "AAAA"),
    Kind.STR: (
        *("", "x", "9223372036854775807", "9223372036854775808", "1e400", "9" * 400, "9" * 1001, "9" * 5000),
        *("1E+999", "1E-999", "-0", "-0.0", "007", " 12 ", "1_0", "nan", "inf", "true", "False"),
        *("0001-01-01", "9999-12-31", "20260115", "2026-W03-4", "0001-01-01T00:00:00Z", "0001-01-01T00:30:00+01:00"),
        *("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59-01:00", "9999-12-31T24:00:00Z"),
        *("2026-01-15T10:00:00+01:00:30", "23:59:59.999999", "24:00:00", "09:30", "12:00:00+23:59:59.999999"),
        *("12:00:00+01:00:30", "P106751991DT4H54.775807S", "P106751992D", "P999999999D", "P1Y", "YR==", "YQ=="),
        *("ada@example.com", "urn:x", "6F1C1B5E8A364D0E9D0A2F6B3F0C9E11", "{6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11}"),
    ),
}
"""Values of each kind that lie where other kinds end."""

SEES: dict[Kind, Json] = {
    Kind.INT: 0,
    Kind.FLOAT: 0,
    Kind.DECIMAL: "0",
    Kind.BOOL: False,
    Kind.UUID: "6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11",
    Kind.DATE: "2026-01-15",
    Kind.DATETIME: "2026-01-15T09:30:00Z",
    Kind.TIME: "09:30:00",
    Kind.DURATION: "PT1H",
    Kind.EMAIL: "a@b.co",
    Kind.URL: "https://example.com",
    Kind.BYTES: "YQ==",
}
"""What older versions are shown where a codec has nothing to show."""


def _named(codec: Codec) -> str:
    return f"{codec.name} {codec.older}->{codec.newer}"


def _wire(kind: Kind) -> TypeAdapter[Any]:
    made = eval(WIRE[kind], {"scalars": scalars})
    return TypeAdapter(scalars.Annotated[made, constraints.decimal()] if kind is Kind.DECIMAL else made)


@pytest.mark.parametrize("codec", CODECS, ids=_named)
def test_what_a_codec_shows_of_any_value_it_reads(codec: Codec) -> None:
    module = import_module(f"{codecs.__package__}.{codec.module}")
    up, down = getattr(module, codec.up), getattr(module, codec.down)
    older, newer = _wire(codec.older), _wire(codec.newer)
    for far in FAR[codec.newer]:
        value = newer.validate_json(json.dumps(far))
        try:
            shown = down(value)
        except ValueError:
            assert codec.down_fails
            continue
        if codec.name == "int64<->int32" and abs(far) >= 2**31:
            continue  # no value of 32 bits
        up(older.validate_json(older.dump_json(shown)))


# The same with everything around it: one object with a field for each case.


@pytest.fixture(scope="module")
def all_codecs() -> Iterator[Shop]:
    fields, changes = [], []
    for number, codec in enumerate(CODECS):
        sizes = {"int32<->int64": ("int32", "int64"), "int64<->int32": ("int64", "int32")}.get(codec.name)
        older, newer = (f"{{type: int, format: {size}}}" for size in sizes) if sizes else (codec.older, codec.newer)
        fields.append(f"f{number}?: {older}")
        says = f"{{change: Item.f{number}"
        says += "" if older == newer else f", to: {newer}"
        says += "" if codec.natural else f", codec: {codec.name}"
        says += f", old_sees: {json.dumps(SEES[codec.older])}" if codec.down_fails else ""
        changes.append(f"- {says}}}")
    with shop("\n".join([*fields, "note?: str"]), "\n".join(changes)) as item:
        yield item


def _unchanged(item: Shop, version: str) -> None:
    """What a version is shown comes back, by itself and beside an edit: what is stored of it stays."""
    record, shown = item.record, item.get(version)
    for write in (item.put, item.patch):
        for sent in (shown, {**shown, "note": "edited"}):
            item.record = record
            assert write(version, sent) == sent
            assert {**vars_of(item.record), "note": None} == {**vars_of(record), "note": None}
    item.record = record


def vars_of(record: Any) -> dict[str, Any]:
    """The attributes of a record."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


@pytest.mark.parametrize("number", range(len(CODECS)), ids=[_named(c) for c in CODECS])
def test_what_is_shown_through_a_codec_comes_back_and_changes_nothing(all_codecs: Shop, number: int) -> None:
    stored = 0
    for far in FAR[CODECS[number].newer]:
        try:
            all_codecs.post("v2", {f"f{number}": far})
        except ValidationError:
            continue  # 32 bits do not hold it
        stored += 1
        _unchanged(all_codecs, "v1")
    assert stored


def _counted(text: str) -> int:
    if text == "many":
        raise ValueError("says no number")
    return int(text)


def _parts(text: str) -> tuple[str, str]:
    if text == "hidden":
        raise ValueError("is no name")
    first, _, last = text.partition(" ")
    return first, last


HOOKS = {
    "count_up": _counted,
    "count_down": lambda number: "many" if number > 99 else str(number),
    "counts_up": lambda texts: [_counted(text) for text in texts],
    "counts_down": lambda numbers: ["many" if n > 99 else str(n) for n in numbers],
    "parts_up": _parts,
    "parts_down": lambda first, last: "hidden" if first == "secret" else f"{first} {last}",
    "ends_up": _parts,
    "ends_down": lambda first, last: "hidden" if first == "secret" else f"{first} {last}",
}
"""Functions that show what they do not read."""

UNBOUNDED = "{type: int, format: unbounded}"
CASES: dict[str, tuple[str, tuple[str, ...], Json]] = {
    # What is rounded on the way down is too much for a later step on the way up.
    "rounded_duration": (
        "int",
        ("codec: seconds<->milliseconds", "to: duration, codec: milliseconds<->duration"),
        "P106751991DT4H54.775807S",
    ),
    "rounded_text": ("str", ("to: int", "codec: seconds<->milliseconds"), 2**63 - 1),
    "rounded_float": ("int", ("codec: seconds<->milliseconds", "to: float"), 1e300),
    # Functions of the user's.
    "hook": ("str", ("to: int, codec: conversions.count",), 1000),
    "hook_of_lists": ("'list[str]'", ("to: 'list[int]', codec: conversions.counts",), [1000, 3]),
    "hook_of_null": ("str | null", ("to: int | null, codec: conversions.count",), 1000),
    # Bounds that the newer form does not have.
    "max_length": ("{type: str, max_length: 3}", ("to: int",), 123456),
    "pattern": ("{type: str, pattern: '^[0-9]+$'}", ("to: int",), -5),
    "int32": ("{type: int, format: int32}", ("to: str, old_sees: 0",), "99999999999"),
    "clamped": ("{type: int, le: 100}", ("codec: seconds<->milliseconds, le: 1000000, policy: clamp",), 10**6),
    "kept": ("{type: int, le: 100}", ("codec: seconds<->milliseconds, le: 1000000, policy: keep",), 10**6),
    "unique": ("{type: 'list[int]', unique_items: true}", ("codec: seconds<->milliseconds",), [1000, 1400]),
    "word": ("{type: str, max_length: 2}", ("to: Size",), "large"),
    # Texts with commas.
    "csv": ("str", ("to: 'list[str]', codec: csv<->list",), ["a", "b,c", '"', "\r", "\n", "", "\0", "a\r\nb"]),
    "csv_long": ("str", ("to: 'list[str]', codec: csv<->list",), ["x" * 2**18]),
    "csv_bound": ("{type: str, max_length: 3}", ("to: 'list[str]', codec: csv<->list",), ["abc", "def"]),
    "listed": (
        "{type: 'list[str]', max_items: 2, unique_items: true}",
        ("to: str, codec: list<->csv, old_sees: []",),
        "a,a,b",
    ),
    # Integers of any size.
    "any_float": ("float", (f"to: {UNBOUNDED}",), GOOGOL),
    "any_decimal": ("decimal", (f"to: {UNBOUNDED}",), GOOGOL),
    "any_text": ("str", (f"to: {UNBOUNDED}",), GOOGOL),
    "any_cents": ("decimal", (f"to: {UNBOUNDED}, codec: decimal<->cents",), GOOGOL),
    "any_unit": (UNBOUNDED, ("codec: seconds<->milliseconds",), GOOGOL),
    "any_moment": (
        "datetime",
        (f"to: {UNBOUNDED}, codec: datetime<->unix_seconds, old_sees: '2020-01-01T00:00:00Z'",),
        GOOGOL,
    ),
}
"""By name of the field: its older type, what becomes of it in v2 and v3, and a value of the newest."""

UPWARDS: dict[str, tuple[str, str, Json]] = {
    "text_bound": ("int", "to: {type: str, max_length: 2}, old_sees: 0", 12345),
    "unit_bound": ("{type: int, le: 100}", "codec: seconds<->milliseconds", 100),
    "any_to_float": (UNBOUNDED, "to: float", GOOGOL),
}
"""By name of the field: its older type, what becomes of it, and an older value that the newer version is shown."""

PLACES = """
Size: {enum: [s, large]}
Part: {fields: {x: str, "y?": str}}
Keyed: {fields: {k: {type: str, key: true}, x: {type: str, max_length: 3}}}
Name: {fields: {name: {type: str, max_length: 6}, "y?": str}}
"""
AROUND = """
part?: Part
parts?: "list[Part]"
by_name?: "map[str, Part]"
keyed?: "list[Keyed]"
names?: "list[Name]"
flat?: str
name?: {type: str, max_length: 5}
"""
INSIDE = """
- {change: Part.x, to: int, codec: conversions.count}
- {change: Keyed.x, to: int}
- {split: Name.name, into: {first: str, last: str}, with: conversions.parts}
- {change: Item.flat, to: int, codec: conversions.count}
- {split: Item.name, into: {"first?": str, "last?": str}, with: conversions.ends}
"""
WITHIN: tuple[Json, ...] = (
    {"part": {"x": 1000}},
    {"parts": [{"x": 1000}, {"x": 2}, {"x": 2000}]},
    {"by_name": {"a": {"x": 1000}, "b": {"x": 3}}},
    {"keyed": [{"k": "a", "x": 12345}, {"k": "b", "x": 2}]},
    {"names": [{"first": "secret", "last": "x"}, {"first": "a", "last": "long name"}]},
    {"place": {"flat": 1000}},
    {"first": "secret", "last": "x"},
    {"first": "a", "last": "long name"},
)


@pytest.fixture(scope="module")
def cases() -> Iterator[Shop]:
    fields = [f"{name}?: {older}" for name, (older, *_) in [*CASES.items(), *UPWARDS.items()]]
    steps = [f"- {{change: Item.{name}, {said[0]}}}" for name, (_, said, _) in CASES.items()]
    steps += [f"- {{change: Item.{name}, {said}}}" for name, (_, said, _) in UPWARDS.items()]
    later = [f"- {{change: Item.{name}, {said[1]}}}" for name, (_, said, _) in CASES.items() if len(said) > 1]
    later.append("- {move: [Item.flat], to: Item.place}")
    around = "\n".join([*fields, AROUND.strip(), "note?: str"])
    with shop(around, "\n".join([*steps, INSIDE.strip()]), "\n".join(later), types=PLACES, hooks=HOOKS) as item:
        yield item


@pytest.mark.parametrize("name", CASES)
def test_what_no_codec_reads_and_no_bound_allows_comes_back_and_changes_nothing(cases: Shop, name: str) -> None:
    cases.post("v3", {name: CASES[name][2]})
    _unchanged(cases, "v1")


@pytest.mark.parametrize("name", UPWARDS)
def test_a_newer_version_sends_back_what_an_older_one_wrote(cases: Shop, name: str) -> None:
    cases.post("v1", {name: UPWARDS[name][2]})
    for version in ("v2", "v3"):
        _unchanged(cases, version)


@pytest.mark.parametrize("stored", WITHIN, ids="-".join)
def test_so_it_is_in_objects_lists_and_maps_and_of_what_is_converted_together(cases: Shop, stored: Json) -> None:
    cases.post("v3", stored)
    _unchanged(cases, "v1")


@pytest.mark.parametrize(
    ("stored", "sent", "place"),
    [
        ({"max_length": 123456}, {"max_length": "1234567"}, ["max_length"]),
        ({"hook": 1000}, {"hook": "x"}, ["hook"]),
        ({"hook": 3}, {"hook": "many"}, ["hook"]),
        ({"rounded_duration": "PT1S"}, {"rounded_duration": 9223372036855}, ["rounded_duration"]),
        ({"part": {"x": 3}}, {"part": {"x": "many"}}, ["part", "x"]),
        ({}, {"part": {"x": "many"}}, ["part", "x"]),
        ({"parts": [{"x": 1000}]}, {"parts": [{"x": "many"}, {"x": "many"}]}, ["parts", 1, "x"]),
        ({"by_name": {"a": {"x": 1000}}}, {"by_name": {"a": {"x": "many"}, "b": {"x": "z"}}}, ["by_name", "b", "x"]),
        ({"keyed": [{"k": "a", "x": 1}]}, {"keyed": [{"k": "a", "x": "1234"}]}, ["keyed", 0, "x"]),
        ({"names": [{"first": "a", "last": "b"}]}, {"names": [{"name": "hidden"}]}, ["names", 0, "name"]),
        ({"first": "a", "last": "b"}, {"name": "a long"}, ["name"]),
    ],
)
def test_what_is_neither_shown_nor_readable_is_the_callers_error_at_its_place(
    cases: Shop, stored: Json, sent: Json, place: list[str | int]
) -> None:
    cases.post("v3", stored)
    record = cases.record
    for write in (cases.put, cases.patch):
        cases.record = record
        with pytest.raises(Invalid) as caught:
            write("v1", sent)
        assert [list(e["loc"]) for e in caught.value.errors] == [["body", *place]]


def test_a_creation_is_refused_at_once_with_all_that_is_wrong() -> None:
    with shop(
        "a: str\nb: {type: str, max_length: 2}", "- {change: Item.a, to: int}\n- {change: Item.b, to: int}"
    ) as item:
        with pytest.raises(ValidationError) as caught:
            item.post("v1", {"a": "x", "b": "123"})
        assert [e["loc"] for e in caught.value.errors()] == [("a",), ("b",)]
