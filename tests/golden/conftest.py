"""The projects of the golden cases, made once for all tests of a process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ..projects import make
from .cases import spec


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The project of a case; do not change it."""
    folder = tmp_path_factory.mktemp("golden")
    done: dict[str, Path] = {}

    def get(case: str) -> Path:
        if case not in done:
            done[case] = make(folder, f"{case}-api", spec(case))
        return done[case]

    return get


@pytest.fixture(scope="session")
def mypy_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy knows of the libraries of all projects."""
    return tmp_path_factory.mktemp("mypy")
