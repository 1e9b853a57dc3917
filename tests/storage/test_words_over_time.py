"""Words of enums that other values became are called otherwise later: rows from before, and what they keep, follow."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scaffold.generate.migrations import migration
from scaffold.generate.table_model import Tables

from . import specs
from .apps import App, apps, migrate, ok
from .packages import run, script


def of(field: str, *versions: str, holder: str = "") -> str:
    """A resource with a field, or `holder` of objects with it, and what each version from v2 on changes."""
    changes = "".join(
        f"\n  - {{id: v{n}, released: 202{n}-01-15, changes: [{said.replace('; ', ', ')}]}}"
        for n, said in enumerate(versions, 2)
    )
    held = f"at: {holder}" if holder else f"state: {field}"
    changes = changes.replace("Note.", "Place.") if holder else changes
    return f"""{specs.HEAD}
types:
  Place: {{fields: {{state: {field}, 'more?': str}}}}
  Status: {{enum: [open, hold]}}
  Level: {{enum: [low, high]}}
resources:
  Note:
    path: /notes
    fields: {{id: {{type: int, key: true}}, {held}}}
versions:
  - id: v1
    released: 2021-01-15{changes}
"""


TO_ENUM = "{change: Note.state, to: Status, unreadable: hold}"
RENAMED = "{rename: Status.hold, to: paused}"
AGAIN = "{rename: Status.paused, to: stopped}"
SWAPPED = "{rename: Status.open, to: x}; {rename: Status.hold, to: open}; {rename: Status.x, to: hold}"
OTHER = "{change: Note.state, to: Level, values: {open: low, hold: high}}"
HIGHER = "{rename: Level.high, to: top}"
CASES: dict[str, tuple[str, list[str], list[Any]]] = {
    "a text": ("str", [TO_ENUM, RENAMED, AGAIN], ["1.50", "open", "hold", "paused"]),
    "swapped": ("str", [TO_ENUM, SWAPPED], ["1.50", "open", "hold"]),
    "at once": ("str", [f"{TO_ENUM}; {RENAMED}", AGAIN], ["1.50", "open", "hold", "paused"]),
    "first": ("str", [f"{RENAMED}; {TO_ENUM.replace('hold', 'paused')}", AGAIN], ["1.50", "open", "hold", "paused"]),
    "an enum": ("Status", [OTHER, HIGHER], ["open", "hold"]),
    "an enum, renamed": ("Status", [RENAMED, OTHER.replace("hold", "paused"), HIGHER], ["open", "hold"]),
    "an enum, renamed at once": ("Status", [f"{RENAMED}; {OTHER.replace('hold', 'paused')}", HIGHER], ["open", "hold"]),
    "an enum, renamed then": ("Status", [f"{OTHER}; {RENAMED}", f"{HIGHER}; {AGAIN}"], ["open", "hold"]),
    "a list": (
        "'list[str]'",
        ["{change: Note.state, to: 'list[Status]', unreadable: [hold]}", RENAMED],
        [["x"], ["hold", "open"]],
    ),
    "merged": ("'list[Status]'", ["{merge: [Status.open, Status.hold], into: open, pick: open}"], [["open", "hold"]]),
    "merged in a map": (
        "'map[str, Status]'",
        ["{merge: [Status.open, Status.hold], into: open, pick: open}"],
        [{"a": "open", "b": "hold"}],
    ),
    "a text, after a version that changed nothing": ("str", ["", TO_ENUM], ["open", "hold"]),
    "a text again": ("Status", [RENAMED, "{change: Note.state, to: str, old_sees: paused}"], ["open", "hold"]),
}


HOLDERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "": lambda state: {"state": state},
    "Place": lambda state: {"at": {"state": state}},
    "'list[Place]'": lambda state: {"at": [{"state": state, "more": "m"}]},
    "'map[str, Place]'": lambda state: {"at": {"a": {"state": state}}},
}


NIGHTLY = os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly"
SOME = [("an enum, renamed then", "'list[Place]'"), ("merged", "'map[str, Place]'")]
ALONE = ["a text", "swapped", "an enum, renamed at once", "merged"]
CHOSEN = [(n, h) for n in CASES for h in HOLDERS] if NIGHTLY else [*((name, "") for name in ALONE), *SOME]


@pytest.fixture(params=CHOSEN, ids="-".join)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, App], list[Any], bool]:
    name, holder = request.param
    field, versions, sent = CASES[name]
    programs = apps(of(field, *versions, holder=holder), tmp_path)
    return programs, [HOLDERS[holder](state) for state in sent], not (holder and name.startswith("merged"))


def seen(program: App, url: str, versions: list[str]) -> dict[str, Any]:
    with program.client(url) as client:
        return {v: ok(client.get(f"/api/{v}/notes")) for v in versions}


def bare(note: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in note.items() if name != "id"}


def post(program: App, url: str, version: str, sent: list[Any]) -> None:
    with program.client(url) as client:
        for body in sent:
            made = ok(client.post(f"/api/{version}/notes", json=body), 201)
            assert {name: made[name] for name in body} == body


def test_every_version_shows_what_it_showed_when_the_next_is_cut(case, url):
    programs, sent, leads_back = case
    names = list(programs)
    migrate(programs, url, "v1")
    post(programs["v1"], url, "v1", sent)
    before = seen(programs["v1"], url, ["v1"])
    for place, version in enumerate(names[1:], 2):
        migrate(programs, url, version)
        after = seen(programs[version], url, names[:place])
        assert {v: after[v] for v in before} == before
        post(programs[version], url, "v1", sent)
        before = seen(programs[version], url, names[:place])
    # Inside of objects a way back does not look for words that are kept: those that were merged stay one.
    for older, version in reversed(list(pairwise(names))) if leads_back else ():
        migrate(programs, url, version, "downgrade")
        left = names[: names.index(version)]
        assert seen(programs[older], url, left) == {v: before[v] for v in left}


def test_a_database_that_is_versions_behind_is_led_along_by_the_newest_program(case, url):
    programs, sent, _ = case
    names, newest = list(programs), programs[list(programs)[-1]]
    migrate(programs, url, "v1")
    post(programs["v1"], url, "v1", sent)
    before: Tables = programs["v1"].package.tables
    for version in names[1:]:  # each script as it was written then; what it imports is of today
        if migration(before, programs[version].package.tables, package="any", down_revision=None) is None:
            continue
        made = script(before, programs[version].package)
        text = made.text.replace(programs[version].package.name, newest.package.name)
        run(type(made)(made.revision, made.down_revision, made.filename, text), newest.package, url)
        before = programs[version].package.tables
    found = seen(newest, url, names)
    assert [bare(note) for note in found["v1"]] == sent
    post(newest, url, "v1", sent)
    again = seen(newest, url, names)
    for version in names:
        notes = [bare(note) for note in again[version]]
        assert notes[: len(sent)] == notes[len(sent) :] == [bare(note) for note in found[version]]
