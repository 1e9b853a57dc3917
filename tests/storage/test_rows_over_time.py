"""Rows from before a cut are shown to older versions as before; null that is gone is not shown to newer ones."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from . import specs
from .apps import App, apps, migrate, ok

READ_ONLY = "{change: Note.FIELD, read_only: true, policy: drop}"
COUNT = [{"count": None}, {}, {"count": 4}]
CASES: dict[str, tuple[str, list[str], list[Any]]] = {
    "stated": ("count?: int | null", ["{change: Note.count, nullable: false, old_sends: 0}"], COUNT),
    "of an enum": (
        "count?: Status | null",
        ["{change: Note.count, nullable: false, old_sends: hold}"],
        [{"count": None}, {}, {"count": "open"}],
    ),
    "read-only": ("count?: int | null", [READ_ONLY, "{change: Note.count, nullable: false}"], COUNT),
    "read-only at once": ("count?: int | null", [f"{READ_ONLY}; {{change: Note.count, nullable: false}}"], COUNT),
    "read-only, and renamed": (
        "count?: int | null",
        [READ_ONLY, "{change: Note.count, nullable: false}; {rename: Note.count, to: number}"],
        COUNT,
    ),
    "read-only, and another type": (
        "count?: int | null",
        [READ_ONLY, "{change: Note.count, to: str, nullable: false}"],
        COUNT,
    ),
    "read-only, required before": (
        "count: int | null",
        [READ_ONLY, "{change: Note.count, nullable: false, required: false, old_sees: 3}"],
        [{"count": None}, {"count": 4}],
    ),
    "in an object": (
        "at: Place",
        ["{change: Place.count, nullable: false, old_sends: 0}"],
        [{"at": {"count": None, "more": "m"}}, {"at": {"more": "m"}}, {"at": {"count": 4, "more": "m"}}],
    ),
    "in a list": (
        "at: 'list[Place]'",
        ["{change: Place.count, nullable: false, old_sends: 0}"],
        [{"at": [{"count": None, "more": "m"}, {"more": "m"}, {"count": 4, "more": "m"}]}],
    ),
    "an object": (
        "at?: Place | null",
        ["{change: Note.at, nullable: false, old_sends: {more: none}}"],
        [{"at": None}, {}, {"at": {"more": "m"}}, {"at": {"count": 3, "more": "m"}}],
    ),
    "an object, read-only": (
        "at?: Place | null",
        [READ_ONLY, "{change: Note.at, nullable: false}"],
        [{"at": None}, {}, {"at": {"more": "m"}}, {"at": {"count": 3, "more": "m"}}],
    ),
    "a list": (
        "at?: 'list[int] | null'",
        ["{change: Note.at, nullable: false, old_sends: [7]}"],
        [{"at": None}, {}, {"at": [1]}],
    ),
    "moved, null as before": ("count?: int | null", ["{move: Note.count, to: Note.held.count}"], COUNT),
    "moved in an object": (
        "at: Place",
        ["{move: Place.count, to: Place.held.count}"],
        [{"at": {"count": None, "more": "m"}}, {"at": {"more": "m"}}, {"at": {"count": 4, "more": "m"}}],
    ),
    "moved in a list": (
        "at: 'list[Place]'",
        ["{move: Place.count, to: Place.held.count}"],
        [{"at": [{"count": None, "more": "m"}, {"more": "m"}, {"count": 4, "more": "m"}]}],
    ),
}


OTHERS: dict[str, tuple[str, list[str], list[Any]]] = {
    "another type, and back": (
        "at: datetime",
        ["{change: Note.at, to: date}", "{change: Note.at, to: datetime}"],
        [{"at": "2026-03-01T12:00:00Z"}, {"at": "2026-03-01T00:00:00Z"}],
    ),
    "another type, and back, in an object": (
        "at: {fields: {day: datetime}}",
        ["{change: Note.at.day, to: date}", "{change: Note.at.day, to: datetime}"],
        [{"at": {"day": "2026-03-01T12:00:00Z"}}],
    ),
    "another type, and back, in a list": (
        "at: 'list[Day]'",
        ["{change: Day.at, to: date}", "{change: Day.at, to: datetime}"],
        [{"at": [{"at": "2026-03-01T12:00:00Z"}]}],
    ),
    "merged in another order": (
        "at: Name",
        ["{merge: [Name.last, Name.first], into: whole, with: words}"],
        [{"at": {"first": "", "last": "Ada"}}, {"at": {"first": "Ada", "last": ""}}],
    ),
    "merged in another order, in a list": (
        "at: 'list[Name]'",
        ["{merge: [Name.last, Name.first], into: whole, with: words}"],
        [{"at": [{"first": "", "last": "Ada"}, {"first": "Ada", "last": ""}]}],
    ),
    "stated for those without it, in a list": (
        "at: 'list[Place]'",
        ["{rename: Place.kind, to: sort}", "{change: Place.sort, default: x, old_sends: y, old_sees: z}"],
        [{"at": [{"more": "m"}, {"more": "m", "kind": "k"}]}],
    ),
    "required later, in a list": (
        "at: 'list[Place]'",
        ["{change: Place.kind, required: true, old_sends: y}"],
        [{"at": [{"more": "m"}, {"more": "m", "kind": "k"}]}],
    ),
    "merged values, moved before": (
        "at: 'list[Status]'",
        ["{move: Note.at, to: Note.held.at}", "{merge: [Status.open, Status.hold], into: open, pick: open}"],
        [{"at": ["open", "hold"]}, {"at": ["open"]}],
    ),
    "merged values of one, moved before": (
        "at: Status",
        ["{move: Note.at, to: Note.held.at}", "{merge: [Status.open, Status.hold], into: open, pick: open}"],
        [{"at": "open"}, {"at": "hold"}],
    ),
    "another type, moved before": (
        "at: datetime",
        [
            "{move: Note.at, to: Note.held.at}",
            "{change: Note.held.at, to: date}",
            "{change: Note.held.at, to: datetime}",
        ],
        [{"at": "2026-03-01T12:00:00Z"}],
    ),
    "null that is gone, moved before": (
        "count?: int | null",
        [READ_ONLY, "{move: Note.count, to: Note.held.count}", "{change: Note.held.count, nullable: false}"],
        COUNT,
    ),
    "null added to objects": (
        "at: 'list[Place]'",
        ["{add: Place.sort, type: str, nullable: true, old_sends: null}"],
        [{"at": [{"more": "m"}]}],
    ),
}


NIGHTLY = os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly"
CHOSEN = [*CASES, *OTHERS] if NIGHTLY else [*CASES, *OTHERS][::2]


@pytest.fixture(params=CHOSEN)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, App], list[Any], bool]:
    field, versions, sent = {**CASES, **OTHERS}[request.param]
    return (
        apps(text_of(field, *versions), tmp_path),
        sent,
        request.param in CASES and not request.param.startswith("moved"),
    )


def text_of(field: str, *versions: str) -> str:
    changes = "".join(
        f"\n  - {{id: v{n}, released: 202{n}-01-15, changes: [{said.replace('; ', ', ')}]}}"
        for n, said in enumerate(versions, 2)
    )
    changes = changes.replace("FIELD", field.split(":")[0].rstrip("?"))
    return f"""{specs.HEAD}
types:
  Place: {{fields: {{'count?': int | null, more: str, 'kind?': str}}}}
  Status: {{enum: [open, hold]}}
  Name: {{fields: {{first: str, last: str}}}}
  Day: {{fields: {{at: datetime}}}}
resources:
  Note:
    path: /notes
    fields:
      id: {{type: int, key: true}}
      {field}
versions:
  - {{id: v1, released: 2021-01-15}}{changes}
"""


def test_rows_are_shown_as_before_and_are_led_back(case, url):
    programs, sent, without_null = case
    names = list(programs)
    migrate(programs, url, "v1")
    with programs["v1"].client(url) as client:
        for body in sent:
            ok(client.post("/api/v1/notes", json=body), 201)
    before = seen(programs["v1"], url, ["v1"])
    steps = [before]
    for place, version in enumerate(names[1:], 2):
        migrate(programs, url, version)
        after = seen(programs[version], url, names[:place])
        assert {v: after[v] for v in before} == before
        steps.append(before := after)
    assert not without_null or not holds_null(before[names[-1]])
    for older, version in reversed(list(pairwise(names))):
        migrate(programs, url, version, "downgrade")
        steps.pop()
        assert seen(programs[older], url, names[: names.index(version)]) == steps[-1]


def holds_null(value: Any) -> bool:
    if isinstance(value, list | dict):
        return any(map(holds_null, value.values() if isinstance(value, dict) else value))
    return value is None


def seen(program: App, url: str, versions: list[str]) -> dict[str, Any]:
    with program.client(url) as client:
        return {v: ok(client.get(f"/api/{v}/notes")) for v in versions}
