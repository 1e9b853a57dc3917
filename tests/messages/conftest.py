"""One project for all tests of messages, and clients of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from starlette.testclient import TestClient

from .api import Project, history


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of everything."""
    return Project(tmp_path_factory.mktemp("messages"), history())


class Calls:
    """What the handlers were called with, and what they answer."""

    def __init__(self) -> None:
        self.arguments: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}

    def __call__(self, name: str, arguments: dict[str, Any]) -> Any:
        self.arguments = arguments
        return self.answers.get(name, "ok")


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def client(project: Project, calls: Calls) -> Iterator[TestClient]:
    with ExitStack() as stack:
        yield stack.enter_context(project.client(calls))
