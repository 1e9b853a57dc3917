"""An API whose documents say the version in their paths is served where it was: its callers change nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.workflows.import_openapi import new_from_openapi

from ..projects import run, served
from ..workflows.test_versions_in_paths import items, write
from .published import DAY

pytestmark = pytest.mark.slow

CALLS = '''
"""Callers of both versions, at the addresses that were published, and by what is served of them."""

import json
from pathlib import Path

from starlette.testclient import TestClient

from items.main import app


def test_the_old_addresses_are_served() -> None:
    with TestClient(app) as client:
        assert client.post("/api/v1/items", json={"name": "a"}).status_code == 200
        assert client.post("/api/v2/items", json={"name": "a"}).status_code == 422
        answer = client.post("/api/v2/items", json={"name": "a", "colour": "red"})
        assert answer.json().keys() == {"name", "colour"}
        assert client.get("/api/v1/items/7").json().keys() == {"name"}
        assert client.get("/api/v2/items/7").json().keys() == {"name", "colour"}
        assert client.get("/api/v2/api/v2/items/7").status_code == 404


def test_servers_and_paths_lead_to_the_operations() -> None:
    with TestClient(app) as client:
        for version in ("v1", "v2"):
            document = client.get(f"/api/{version}/openapi.json").json()
            (server,) = document["servers"]
            addresses = [server["url"] + path for path in document["paths"]]
            assert addresses == [f"/api/{version}{path}" for path in ("/items", "/items/{id}", "/health")]
            for address, item in zip(addresses, document["paths"].values(), strict=True):
                allowed = client.options(address.replace("{id}", "7")).headers["allow"]
                assert all(method.upper() in allowed for method in item if method in ("get", "post"))


def test_what_was_promised_is_what_was_published() -> None:
    stored = json.loads(Path("openapi/v2.json").read_text())
    assert [*stored["paths"]] == ["/api/v2/items", "/api/v2/items/{id}", "/health"]
'''


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The API as a project; do not change it but for a file of tests."""
    folder = tmp_path_factory.mktemp("in_paths")
    one = items("/api/v1", beside=("/health",))
    two = items("/api/v2", beside=("/health",), colour="Its colour.")
    made = new_from_openapi(
        "items",
        write(folder, one=one, two=two),
        start=folder,
        directory=folder / "items",
        answers={},
        guess=True,
        released=DAY,
        dry_run=False,
    )
    assert made.exit_code == 0, made.diagnostics
    return folder / "items"


def test_callers_change_nothing(project: Path, tmp_path: Path) -> None:
    (project / "tests/test_calls.py").write_text(CALLS)
    settings = {"ITEMS_EXAMPLES": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/d.db", "ITEMS_ENVIRONMENT": "test"}
    done = run(project, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_calls.py", **settings)
    (project / "tests/test_calls.py").unlink()
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("command", [("pytest", "-q", "-p", "no:cacheprovider"), ("ruff", "check", "."), ("mypy",)])
def test_the_project_is_sound(project: Path, command: tuple[str, ...]) -> None:
    done = run(project, *command)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_a_stranger_finds_no_fault(project: Path, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/d.db", "ITEMS_EXAMPLES": "1"}
    with served(project, "items", **settings) as base:
        for version in ("v1", "v2"):
            done = subprocess.run(
                [sys.executable, "-m", "schemathesis.cli", "run", f"{base}/api/{version}/openapi.json", *OPTIONS],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            assert "No issues found" in done.stdout, done.stdout[-8000:]


OPTIONS = ("--max-examples", "5", "--seed", "7", "--exclude-checks", "use_after_free")
