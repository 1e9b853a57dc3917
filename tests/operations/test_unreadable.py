"""What no codec can read is the caller's mistake, by the caller's own name; nothing that is sent ends in a 500."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from scaffold.contract.codecs import CODECS
from scaffold.contract.types import Kind

from .service import Service, service

OLD_SEES = {
    Kind.STR: "text",
    Kind.INT: 1,
    Kind.FLOAT: 1.5,
    Kind.BOOL: True,
    Kind.DECIMAL: "1.50",
    Kind.UUID: "6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11",
    Kind.DATE: "2020-01-01",
    Kind.DATETIME: "2020-01-01T00:00:00Z",
    Kind.TIME: "09:30:00",
    Kind.DURATION: "PT1H",
    Kind.EMAIL: "ada@example.com",
    Kind.URL: "https://example.com",
    Kind.BYTES: "AAAA",
}
FIELDS = {f"c{n}": codec for n, codec in enumerate(CODECS) if not codec.levels}
TEXTS = (
    *("", " ", "x", "-", "0", "-0", "+1", "007", "1e400", "1e-400", "9" * 400, "0x10", "1_000", "NaN", "Infinity", "٣"),
    *("true", "TRUE", "null", "1.50", ".5", "1.", "\x00", "\ud83d\ude00", "0000-01-01", "0001-01-01", "9999-12-31"),
    *("2020-02-30", "2020-01-01", "2020-01-01T24:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    *(
        "2020-06-30T23:59:60Z",
        "12:00",
        "25:00:00",
        "P1Y",
        "PT",
        "-PT1S",
        "P999999999D",
        "PT0.0000001S",
        "A",
        "====",
        "á",
    ),
    *("6f1c1b5e8a364d0e9d0a2f6b3f0c9e11", "{6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11}", "a@b", "@", "https://", "urn:x"),
)
NUMBERS: tuple[Any, ...] = (
    *(10**12, 10**13, 10**15, 10**16),
    *(0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), 2**63, 2**64, 10**18, 10**30, 253402300800, -62135596801),
    *(0.1, -0.0, 1e308, 5e-324, 1.5, 9007199254740993.0, 1e30, True, False),
)
OTHERS: tuple[Any, ...] = (None, [], {}, [1], {"a": 1})


def stated(codec: Any) -> dict[str, Any]:
    """The change of a field by a codec, with what it must say."""
    made: dict[str, Any] = {"to": str(codec.newer), "codec": codec.name}
    if codec.older is codec.newer:
        del made["to"]
    if codec.down_fails:
        made["old_sees"] = OLD_SEES[codec.older]
    return made


FIRST = f"""
resources:
  Thing:
    path: /things
    fields: {json.dumps({"id": {"type": "int", "key": True}, **{f"{n}?": str(c.older) for n, c in FIELDS.items()}})}
    operations: [list, get, create, update, delete]
"""
SECOND = "\n".join(f"- {json.dumps({'change': f'Thing.{n}', **stated(c)})}" for n, c in FIELDS.items())


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND) as made:
        yield made


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("value", [*TEXTS, *NUMBERS, *OTHERS], ids=lambda value: ascii(value)[:40])
def test_it_is_refused_by_the_callers_name_or_it_is_read_and_shown(shop: Service, version: str, value: Any) -> None:
    """One value is sent in the fields of all codecs; those that are refused are left out, until it is taken."""
    other = "v2" if version == "v1" else "v1"
    left, headers = dict.fromkeys(FIELDS, value), {"Content-Type": "application/json"}
    while (answer := shop.call(version, "POST /things", content=json.dumps(left), headers=headers)).status_code != 201:
        assert answer.status_code == 422, (left, answer.text)
        named = {error["loc"][1] for error in answer.json()["errors"]}
        assert named & left.keys(), answer.text
        left = {name: sent for name, sent in left.items() if name not in named}
    at = f"/things/{answer.json()['id']}"
    assert shop.call(version, f"GET {at}").json() == answer.json()
    shown = shop.call(other, f"GET {at}")
    assert shown.status_code == 200, shown.text
    back = {name: seen for name, seen in shown.json().items() if name != "id"}
    assert shop.call(other, f"PATCH {at}", json=back).status_code in (200, 422)
    assert shop.call(version, f"GET {at}").json() == answer.json()
