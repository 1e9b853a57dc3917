"""Projects that the tests of the commands begin with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ..projects import make, make_example, once


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Each kind of project, made once: `shop`, `payments` or `starter`."""

    def get(name: str) -> Path:
        build = make if name == "starter" else make_example
        return once(tmp_path_factory, f"example-{name}", lambda folder: build(folder, name))

    return get


@pytest.fixture
def shop(made: Callable[[str], Path], tmp_path: Path) -> Path:
    """A fresh copy of the shop."""
    return Path(shutil.copytree(made("shop"), tmp_path / "shop"))


@pytest.fixture
def starter(made: Callable[[str], Path], tmp_path: Path) -> Path:
    """A fresh copy of the project that the starter spec gives: v1, unreleased."""
    return Path(shutil.copytree(made("starter"), tmp_path / "starter"))
