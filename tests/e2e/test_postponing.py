"""A deployment postpones a sunset by its settings; it is refused, in a sentence, to advance one."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from ..projects import json_of, make, run, served
from .test_load import SPEC

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("postponing"), "ledger", SPEC)


def test_a_sunset_in_the_env_file_holds_and_the_environment_wins_over_it(project: Path, tmp_path: Path) -> None:
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/ledger.db"}
    (project / ".env").write_text("LEDGER_SUNSET_V1=2199-01-31\n")
    for more, sunset in (({}, "2199-01-31"), ({"LEDGER_SUNSET_V1": "2200-02-01T12:00:00Z"}, "2200-02-01T12:00:00")):
        with served(project, "ledger", **database, **more) as base:
            assert httpx2.get(f"{base}/api/v1/notes").status_code == 200
            told = json_of(httpx2.get(f"{base}/api/versions"))["versions"][0]
            assert (told["sunset"][: len(sunset)], told["postponed_from"]) == (sunset, "2026-01-01")
    (project / ".env").unlink()


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("2025-12-31", "is before 2026-01-01, the sunset of v1. It can be postponed, never advanced"),
        ("soon", "is no date: write 2027-01-31"),
    ],
)
def test_a_sunset_that_cannot_be_stops_the_start_in_a_sentence(project: Path, stated: str, said: str) -> None:
    done = run(project, "ledger", LEDGER_SUNSET_V1=stated)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"ledger does not start: LEDGER_SUNSET_V1={stated} {said}")
    assert run(project, "ledger", "migrate", "--help", LEDGER_SUNSET_V1=stated).returncode == 0


def test_a_start_that_every_worker_would_refuse_is_refused_once(project: Path, tmp_path: Path) -> None:
    main = project / "src" / "ledger" / "main.py"
    text = main.read_text()
    main.write_text(f'{text}\napp.add_api_route("/api/v1/notes", lambda: None)\n')
    done = run(
        project, "ledger", "serve", "--port", "0", "--workers", "2", DATABASE_URL=f"sqlite:///{tmp_path}/ledger.db"
    )
    main.write_text(text)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("ledger does not start: the route /api/v1/notes lies on the path of v1")
