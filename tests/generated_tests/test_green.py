"""Whatever a spec has, its tests fit it: they pass, none is skipped, and they are as clean as the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import NIGHTLY, run

from .rendered import files_of, history_of, render_project

HEAD = """
api: {name: small, title: Small API, base_path: /api}
versioning: {scheme: major, locate: [path]}
policy: {support: 12 months, notice: 180 days}
"""
ONE_VERSION = f"""{HEAD}
resources:
  Note:
    path: /notes
    fields: {{id: {{type: uuid, key: true}}, text: str}}
    operations: [create, replace]
versions:
  - id: v1
next: []
"""
CALLS = f"""{HEAD}
types:
  Ping: {{fields: {{text: str}}}}
operations:
  POST /ping/{{name}}:
    id: ping
    parameters:
      name: {{in: path, type: uuid}}
      X-Trace: {{in: header, type: int, required: true}}
    body: Ping
    responses: {{200: "map[str, int]"}}
  GET /stats: {{id: stats, responses: {{200: "list[int]"}}}}
versions:
  - id: v1
    released: 2025-01-15
next: []
"""
NO_OPERATIONS_TO_WRITE = f"""{HEAD}
resources:
  Log:
    path: /logs
    fields: {{code: {{type: str, key: true}}, text: str}}
    operations: [list]
versions:
  - id: v1
    released: 2025-01-15
next: []
"""
UNIONS = f"""{HEAD}
types:
  Card: {{fields: {{kind: {{const: card}}, number: {{type: str, max_length: 4}}}}}}
  Wallet: {{fields: {{kind: {{const: wallet}}, email: str}}, unknown: keep, rest: int}}
  Crypto: {{fields: {{kind: {{const: crypto}}, coin: str}}}}
  Method: {{type: Card | Wallet, discriminator: kind, tags: {{card: Card, wallet: Wallet}}}}
  Level: {{enum: [low, high], open: true}}
  Pay:
    fields:
      method: Method
      level: Level
      note?: str | int | null
      size: {{type: int, enum: [1, 2]}}
      more?: "list[Method]"
  Shut: {{fields: {{"not-a-name": float}}, unknown: refuse}}
operations:
  POST /pay: {{id: pay, body: Pay, responses: {{200: Pay}}}}
  POST /any: {{id: any, body: "Card | int | list[Shut]", responses: {{200: "list[Method]"}}}}
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-02-15
    changes:
      - {{rename: Card.number, to: digits}}
      - {{rename: Level.low, to: small}}
      - add: Method|Crypto
        tag: crypto
        old_sees: {{variant: Wallet, values: {{email: nobody}}}}
next: []
"""
SPECS = {
    "everything": (Path(__file__).parent / "everything.yaml").read_text(),
    "notes": ONE_VERSION,
    "calls": CALLS,
    "unions": UNIONS,
    "reading": NO_OPERATIONS_TO_WRITE,
    "payments": "payments",
    "guarded": (Path(__file__).parent / "guarded.yaml").read_text(),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECS)
def test_they_pass_and_none_is_skipped(tmp_path: Path, name: str) -> None:
    project = render_project(tmp_path, name, history_of(SPECS[name]))
    done = run(project, "pytest", "-q", "-p", "no:cacheprovider", "tests/generated")
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECS)
def test_they_are_clean(tmp_path: Path, name: str) -> None:
    project = render_project(tmp_path, name, history_of(SPECS[name]))
    linted = run(project, "ruff", "check", "tests/generated")
    assert linted.returncode == 0, linted.stdout
    laid_out = run(project, "ruff", "format", "--check", "tests/generated")
    assert laid_out.returncode == 0, laid_out.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECS if NIGHTLY else ("everything", "unions", "guarded"))
def test_their_types_hold(tmp_path: Path, name: str) -> None:
    project = render_project(tmp_path, name, history_of(SPECS[name]))
    typed = run(project, "mypy", "tests/generated")
    assert [line for line in typed.stdout.splitlines() if line.startswith("tests/")] == []


def test_the_same_history_gives_the_same_tests() -> None:
    first, second = (files_of(history_of("shop"), "shop") for _ in range(2))
    assert [p for p in first if p.startswith("tests/generated/")]
    assert first == second


def test_one_file_serves_every_version() -> None:
    files = files_of(history_of("shop"), "shop")
    modules = [p for p in files if p.startswith("tests/generated/") and p.endswith(".py")]
    assert not [p for p in modules if "v1" in p or "v2" in p]


def test_who_asks_nobody_has_nothing_that_asks() -> None:
    files = files_of(history_of("shop"), "shop")
    named = ("access.py", "security.py", "credentials.py")
    assert not [path for path in files if path.endswith(named)]
    assert "authenticate" not in "".join(files[f"src/shop/{name}.py"] for name in ("main", "generated/app"))


def test_an_api_without_operations_to_write_has_no_examples() -> None:
    files = files_of(history_of(NO_OPERATIONS_TO_WRITE), "reading")
    assert not [path for path in files if path.endswith(("examples.json", "test_examples.py"))]


def test_an_api_of_calls_has_no_round_trips() -> None:
    files = files_of(history_of(CALLS), "calls")
    assert "tests/generated/test_old_clients.py" in files
    assert "tests/generated/test_round_trip.py" not in files
    assert "tests/generated/strategies.py" not in files
