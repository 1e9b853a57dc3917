"""What a change states for the rows that are there is stored as a client's own value would be."""

from __future__ import annotations

from typing import Any

import pytest

from . import specs
from .apps import apps, migrate, ok

SPEC = f"""{specs.HEAD}
types:
  Status: {{enum: [open, hold]}}
  Geo: {{fields: {{lat: decimal, near: 'list[Status]'}}}}
  Place:
    fields:
      city: str
      state: Status
      'wait?': duration
      'either?': int | str
      geo: Geo
  Room: {{fields: {{name: str}}}}
resources:
  Note:
    path: /notes
    fields: {{id: {{type: int, key: true}}, room: Room}}
versions:
  - id: v1
    released: 2021-01-15
  - id: v2
    released: 2022-01-15
    changes:
      - rename: Status.hold
        to: paused
      - rename: Place.city
        to: town
      - {{add: Note.at, type: Place, old_sends: STATED}}
      - {{add: Note.more, type: 'list[duration]', old_sends: [PT5S]}}
      - {{add: Room.at, type: Place, old_sends: STATED}}
  - id: v3
    released: 2023-01-15
    changes:
      - rename: Status.paused
        to: stopped
      - rename: Place.town
        to: name
""".replace("STATED", "{town: t, state: paused, wait: PT5S, either: x, geo: {lat: '1.50', near: [paused, open]}}")


def place(name: str, state: str) -> dict[str, Any]:
    geo = {"lat": "1.50", "near": [state, "open"]}
    return {name: "t", "state": state, "wait": "PT5S", "either": "x", "geo": geo}


@pytest.mark.parametrize("at_once", [False, True], ids=["one by one", "two at once"])
def test_rows_hold_what_is_stated_as_newer_versions_write_it(url, tmp_path, at_once):
    programs = apps(SPEC, tmp_path)
    migrate(programs, url, "v1")
    with programs["v1"].client(url) as client:
        ok(client.post("/api/v1/notes", json={"room": {"name": "r"}}), 201)
    migrate(programs, url, "v2")
    stated = {"v2": place("town", "paused"), "v3": place("name", "stopped")}
    for version in ["v3"] if at_once else ["v2", "v3"]:
        migrate(programs, url, version) if version == "v3" else None
        with programs[version].client(url) as client:
            for reader in ("v2", version):
                at = stated[reader]
                shown = {"id": 1, "room": {"name": "r", "at": at}, "at": at, "more": ["PT5S"]}
                assert ok(client.get(f"/api/{reader}/notes")) == [shown]
            assert ok(client.get("/api/v1/notes")) == [{"id": 1, "room": {"name": "r"}}]
