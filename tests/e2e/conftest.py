"""Projects that the whole way is walked with, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ..projects import make_example, once


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """An example of the repository as a project; do not change it."""

    def get(name: str) -> Path:
        return once(tmp_path_factory, f"example-{name}", lambda folder: make_example(folder, name))

    return get


@pytest.fixture
def shop(example: Callable[[str], Path], tmp_path: Path) -> Path:
    """A copy of the shop, to be changed."""
    return Path(shutil.copytree(example("shop"), tmp_path / "shop"))
