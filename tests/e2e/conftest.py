"""Projects that the whole way is walked with, made once for all tests of a process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ..projects import make_example


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """An example of the repository as a project; do not change it."""
    folder = tmp_path_factory.mktemp("examples")
    done: dict[str, Path] = {}

    def get(name: str) -> Path:
        return done.setdefault(name, done[name] if name in done else make_example(folder, name))

    return get


@pytest.fixture
def shop(example: Callable[[str], Path], tmp_path: Path) -> Path:
    """A copy of the shop, to be changed."""
    return Path(shutil.copytree(example("shop"), tmp_path / "shop"))
