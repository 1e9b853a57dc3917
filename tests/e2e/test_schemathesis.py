"""What is served is what is promised: schemathesis with its default checks finds nothing, in any version."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..projects import ROOT, make, served

pytestmark = pytest.mark.slow
GUARDED = ROOT / "tests" / "generated_tests" / "guarded.yaml"


@pytest.mark.parametrize("name", ["shop", "payments"])
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_nothing_is_found(example: Callable[[str], Path], tmp_path: Path, name: str, version: str) -> None:
    project = example(name)
    assert version in {p.stem for p in (project / "openapi").glob("*.json")}
    with served(project, name, DATABASE_URL=f"sqlite:///{tmp_path}/{name}.db") as base:
        _nothing_is_found(f"{base}/api/{version}/openapi.json", tmp_path)


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_nothing_is_found_in_example_mode_behind_credentials(tmp_path: Path, version: str) -> None:
    project = make(tmp_path, "guarded", GUARDED.read_text())
    with served(project, "guarded", DATABASE_URL=f"sqlite:///{tmp_path}/guarded.db", GUARDED_EXAMPLES="1") as base:
        url = f"{base}/pal/servlet/Cards/{version}/openapi.json"
        _nothing_is_found(url, tmp_path, "-H", "X-API-Key: example", "-H", "Authorization: Bearer example")


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
