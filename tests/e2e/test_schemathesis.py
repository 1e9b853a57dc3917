"""What is served is what is promised: schemathesis with its default checks finds nothing, in any version."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..projects import EXAMPLES, ROOT, make, served

pytestmark = pytest.mark.slow
GUARDED = ROOT / "tests" / "generated_tests" / "guarded.yaml"


@pytest.mark.parametrize("name", ["shop", "payments"])
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_nothing_is_found(example: Callable[[str], Path], tmp_path: Path, name: str, version: str) -> None:
    project = example(name)
    assert version in {p.stem for p in (project / "openapi").glob("*.json")}
    with served(project, name, DATABASE_URL=f"sqlite:///{tmp_path}/{name}.db") as base:
        _nothing_is_found(f"{base}/api/{version}/openapi.json", tmp_path)


@pytest.mark.parametrize(("place", "version"), [("header", "v2"), ("query", "v1"), ("media_type", "v2")])
def test_nothing_is_found_wherever_versions_are_named(tmp_path: Path, place: str, version: str) -> None:
    spec = (EXAMPLES / "shop" / "api.yaml").read_text("utf-8")
    project = make(tmp_path, "shop", spec.replace("locate: [path]", f"locate: [{place}]"))
    for source in (EXAMPLES / "shop").rglob("*.py"):
        (project / source.relative_to(EXAMPLES / "shop")).write_bytes(source.read_bytes())
    # Of `Accept` OpenAPI says nothing (3.1, 4.8.12.1), so there it is the client who knows.
    options = ("-H", f"Accept: application/vnd.shop+json; version={version[1:]}") if place == "media_type" else ()
    with served(project, "shop", DATABASE_URL=f"sqlite:///{tmp_path}/shop.db") as base:
        _nothing_is_found(f"{base}/api/{version}/openapi.json", tmp_path, *options)


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_nothing_is_found_in_example_mode_behind_credentials(tmp_path: Path, version: str) -> None:
    project = make(tmp_path, "guarded", GUARDED.read_text())
    with served(project, "guarded", DATABASE_URL=f"sqlite:///{tmp_path}/guarded.db", GUARDED_EXAMPLES="1") as base:
        url = f"{base}/pal/servlet/Cards/{version}/openapi.json"
        _nothing_is_found(url, tmp_path, "-H", "X-API-Key: example", "-H", "Authorization: Bearer example")


@pytest.mark.parametrize("version", ["v1", "v3"])
def test_nothing_is_found_by_who_asks_for_values_that_are_held_back(tmp_path: Path, version: str) -> None:
    project = make(tmp_path, "held-api", ROOT / "tests" / "golden" / "held" / "api.yaml")
    asking = ("-H", "X-Preview-Values: true", "-H", "X-Preview-Moods: true")
    with served(project, "held_api", DATABASE_URL=f"sqlite:///{tmp_path}/held.db", HELD_API_EXAMPLES="1") as base:
        _nothing_is_found(f"{base}/api/{version}/openapi.json", tmp_path, *asking)


def _nothing_is_found(url: str, folder: Path, *options: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", url, *options, "--max-examples", "25", "--seed", "7"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert "No issues found" in done.stdout, done.stdout[-8000:]
    assert done.returncode == 0, json.dumps(done.stdout[-4000:])
