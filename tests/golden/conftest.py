"""The projects of the golden cases, made once, and clients of their programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module, invalidate_caches
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import make, once
from .cases import spec, written

Golden = Callable[[str], Path]
Serve = Callable[..., TestClient]


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Golden:
    """The project of a case, with what is written by hand for it; do not change it."""

    def get(case: str) -> Path:
        def build(folder: Path) -> Path:
            place = make(folder, f"{case}-api", spec(case))
            for path, text in written(case):
                (place / path).write_text(text, "utf-8")
            return place

        return once(tmp_path_factory, f"golden-{case}", build)

    return get


@pytest.fixture(scope="session")
def module(golden: Golden) -> Callable[[str, str], Any]:
    """A module of the program of a case: `module("titles", "main")`."""

    def get(case: str, name: str) -> Any:
        source = str(golden(case) / "src")
        if source not in sys.path:
            sys.path.insert(0, source)
            invalidate_caches()
        return import_module(f"{case}_api.{name}")

    return get


@pytest.fixture
def serve(module: Callable[[str, str], Any]) -> Iterator[Serve]:
    """A client of the program of a case, which starts with an empty database: one in memory, if none is given."""
    with ExitStack() as stack:

        def start(case: str, url: str = "sqlite://") -> TestClient:
            settings = module(case, "settings").Settings(environment="test", database_url=url)
            app = module(case, "main").build(settings)
            return stack.enter_context(TestClient(app, base_url="http://t/api", raise_server_exceptions=False))

        yield start
