"""The tests of a project call it as its clients do, wherever its versions are named, and pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..projects import make, run
from .services import spec

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("scheme", "places"), [("major", ["query"]), ("date", ["media_type", "query"]), ("major", ["path", "header"])]
)
def test_its_tests_pass(tmp_path: Path, scheme: str, places: list[str]) -> None:
    done = run(make(tmp_path, "shop", spec(scheme, places)), "pytest", "-q", "-x")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
