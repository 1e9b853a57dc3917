"""Under load a version retires at its instant and the server is stopped: nobody gets an error, every call is counted.

`make load` takes a minute over it instead of seconds.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ..projects import make, once
from .load import load
from .programs import counted, migrated, program

pytestmark = pytest.mark.slow
SPEC = """\
api: {name: ledger, base_path: /api}
resources:
  Note:
    path: /notes
    fields: {id: {type: int, key: true}, title: str}
    operations: [list, get, create]
versions:
  - id: v1
    released: 2025-01-01
    deprecated: 2025-06-01
    sunset: 2026-01-01
  - id: v2
    released: 2025-06-01
    changes:
      - add: Note.text?
        type: str
"""
CLIENTS = 200
ENDED = (0, -15)
"""What a program ends with that was told to: by itself, or by the signal once it was done."""
SECONDS = float(os.environ.get("LOAD_SECONDS", "5"))


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


def test_a_version_retires_in_the_middle_of_the_load_and_the_server_is_stopped_in_it(
    tmp_path_factory: pytest.TempPathFactory, url: str
) -> None:
    project = once(tmp_path_factory, "ledger", lambda folder: make(folder, "ledger", SPEC))
    begun = time.monotonic()
    settings = migrated(project, "ledger", url) | {"LEDGER_LOG_RATE": "0"}
    # The deployment says when: in the middle of the load, which waits for the server to start. How long a program
    # takes for that here and now, the one that migrates has shown.
    start = max(8, 4 * (time.monotonic() - begun))
    sunset = datetime.now(UTC) + timedelta(seconds=start + SECONDS / 2)
    with program(project, "ledger", LEDGER_SUNSET_V1=sunset.isoformat(), **settings) as (base, process):
        early = (sunset - datetime.now(UTC)).total_seconds() - SECONDS / 2
        assert early > 0, "the server took too long to start"
        time.sleep(early)
        made = load(base, clients=CLIENTS, seconds=SECONDS, stop=process.terminate)
        assert process.wait(30) in ENDED
    statuses = Counter((call.version, call.operation, call.status) for call in made.calls)
    assert made.broken == []
    assert max(call.status for call in made.calls) < 500, statuses
    assert {call.status for call in made.of("v2")} == {200, 201}
    late = timedelta(seconds=1)
    before = {call.status for call in made.of("v1") if call.received < sunset}
    after = {call.status for call in made.of("v1") if call.sent >= sunset + late}
    assert (before, after) == ({200, 201}, {410}), statuses
    assert len({client for client, _, _ in made.sent}) == CLIENTS
    assert made.stopped is not None
    assert any(call.received > made.stopped for call in made.calls), "nobody called when the server was stopped"
    assert counted(project, "ledger", **settings) == made.sent
    print(f"{len(made.calls)} requests: {sorted(statuses.items())}")
