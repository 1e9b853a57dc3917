"""Under load a version retires at its instant, and nobody gets an error of the server's.

`make load` takes a minute over it instead of seconds.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ..projects import make, served
from .load import load

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
SECONDS = float(os.environ.get("LOAD_SECONDS", "5"))


def test_a_version_retires_in_the_middle_of_the_load(tmp_path: Path) -> None:
    project = make(tmp_path, "ledger", SPEC)
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/ledger.db"}
    # The deployment says when: in the middle of the load, which waits for the server to start.
    sunset = datetime.now(UTC) + timedelta(seconds=10 + SECONDS / 2)
    with served(project, "ledger", LEDGER_SUNSET_V1=sunset.isoformat(), **settings) as base:
        early = (sunset - datetime.now(UTC)).total_seconds() - SECONDS / 2
        assert early > 0, "the server took too long to start"
        time.sleep(early)
        made = load(base, clients=CLIENTS, seconds=SECONDS)
    statuses = Counter((call.version, call.operation, call.status) for call in made.calls)
    assert made.broken == []
    assert max(call.status for call in made.calls) < 500, statuses
    assert {call.status for call in made.of("v2")} == {200, 201}
    late = timedelta(seconds=1)
    before = {call.status for call in made.of("v1") if call.received < sunset}
    after = {call.status for call in made.of("v1") if call.sent >= sunset + late}
    assert (before, after) == ({200, 201}, {410}), statuses
    assert len({client for client, _, _ in made.sent}) == CLIENTS
