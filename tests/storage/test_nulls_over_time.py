"""A field that may be null no longer: rows with null are shown as before to older versions, and without it to newer."""

from __future__ import annotations

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
        [{"at": None}, {}, {"at": {"more": "m"}}, {"at": {"count": None, "more": "m"}}],
    ),
    "an object, read-only": (
        "at?: Place | null",
        [READ_ONLY, "{change: Note.at, nullable: false}"],
        [{"at": None}, {}, {"at": {"more": "m"}}, {"at": {"count": None, "more": "m"}}],
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


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, App], list[Any]]:
    field, versions, sent = CASES[request.param]
    return apps(text_of(field, *versions), tmp_path), sent


def text_of(field: str, *versions: str) -> str:
    changes = "".join(
        f"\n  - {{id: v{n}, released: 202{n}-01-15, changes: [{said.replace('; ', ', ')}]}}"
        for n, said in enumerate(versions, 2)
    )
    changes = changes.replace("FIELD", field.split(":")[0].rstrip("?"))
    return f"""{specs.HEAD}
types:
  Place: {{fields: {{'count?': int | null, more: str}}}}
  Status: {{enum: [open, hold]}}
resources:
  Note:
    path: /notes
    fields:
      id: {{type: int, key: true}}
      {field}
versions:
  - {{id: v1, released: 2021-01-15}}{changes}
"""


def test_null_is_shown_to_those_who_wrote_it_and_to_no_others(case, url):
    programs, sent = case
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
    fields = [{name: value for name, value in note.items() if name != "id"} for note in before[names[-1]]]
    assert all(value is not None for note in fields for value in note.values())
    for older, version in reversed(list(pairwise(names))):
        migrate(programs, url, version, "downgrade")
        steps.pop()
        assert seen(programs[older], url, names[: names.index(version)]) == steps[-1]


def seen(program: App, url: str, versions: list[str]) -> dict[str, Any]:
    with program.client(url) as client:
        return {v: ok(client.get(f"/api/{v}/notes")) for v in versions}
