"""What is served is what is promised: schemathesis with its default checks and all its phases finds nothing.

In CI that is seen of each version of the examples, and of some ways to name one with few cases; at night of each
version with each way, and with many (`SCAFFOLD_HYPOTHESIS=nightly`).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..projects import ROOT, make, served
from .strategies import Strategy, history, project, strategies

pytestmark = pytest.mark.slow
GUARDED = ROOT / "tests" / "generated_tests" / "guarded.yaml"
NIGHTLY = os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly"
NAMES = ("shop", "payments")
IN_PATHS = Strategy(("path",))
LINES = re.compile(r"(?:API Links: .*|[0-9]+ generated.*|No issues found in [0-9.]+s)")
"""What is told of a run that found nothing."""


def runs() -> Iterator[object]:
    """Each example with each way to name its versions; in CI with some of them, by turns."""
    shown = [s for s in strategies() if s != IN_PATHS and len(s.places) in (0, 1, 4)]
    for name in NAMES:
        ways = list(strategies()) if NIGHTLY else [IN_PATHS, *shown[NAMES.index(name) :: len(NAMES)][::4]]
        yield from (pytest.param(name, way, id=f"{name} {way}") for way in ways)


@pytest.mark.parametrize(("name", "way"), list(runs()))
def test_nothing_is_found_wherever_versions_are_named(tmp_path: Path, name: str, way: Strategy) -> None:
    made = project(tmp_path, name, way)
    told = history(name, way)
    whole = NIGHTLY or way == IN_PATHS
    with served(made, name, DATABASE_URL=f"sqlite:///{tmp_path}/{name}.db") as base:
        for version in [v.id for v in told.versions][0 if whole else -1 :]:
            naming = told.locating.naming(version)
            # Of `Accept` OpenAPI says nothing (3.1, 4.8.12.1), so there it is the client who knows.
            typed = naming is not None and naming.header is not None and naming.header[0] == "Accept"
            options = ("-H", ": ".join(naming.header)) if typed else ()
            below = f"/{version}" if way.places else ""
            _nothing_is_found(f"{base}/api{below}/openapi.json", tmp_path, *options)


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
    many = "25" if NIGHTLY else "5"
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", url, *options, "--max-examples", many, "--seed", "7"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert "No issues found" in done.stdout, done.stdout[-8000:]
    assert done.returncode == 0, json.dumps(done.stdout[-4000:])
    links = re.search(r"API Links: +([0-9]+) covered", done.stdout)
    assert links is None or int(links[1]), done.stdout[-4000:]
    print(f"{url}: {' '.join(LINES.findall(done.stdout))}")
