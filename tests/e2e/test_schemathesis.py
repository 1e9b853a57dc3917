"""What is served is what is promised: schemathesis with its default checks finds nothing, in any version."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..projects import served

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["shop", "payments"])
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_nothing_is_found(example: Callable[[str], Path], tmp_path: Path, name: str, version: str) -> None:
    project = example(name)
    assert version in {p.stem for p in (project / "openapi").glob("*.json")}
    with served(project, name, DATABASE_URL=f"sqlite:///{tmp_path}/{name}.db") as base:
        url = f"{base}/api/{version}/openapi.json"
        done = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "run", url, "--max-examples", "25", "--seed", "7"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert "No issues found" in done.stdout, done.stdout[-8000:]
    assert done.returncode == 0, json.dumps(done.stdout[-4000:])
