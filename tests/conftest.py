"""Fixtures for all tests; `postgres_url` is the one that generated projects get."""

import os

import pytest
from hypothesis import settings

from scaffold.generate.runtime.testing import postgres_server, postgres_url

# The same examples each time, so that a change is judged by what it changes; nightly runs look further.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
if os.environ.get("SCAFFOLD_HYPOTHESIS") != "nightly":
    settings.load_profile("steady")

__all__ = ["postgres_server", "postgres_url"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`: expected trees are written anew instead of compared."""
    parser.addoption("--update-golden", action="store_true", help="write the expected trees anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that take long go first, so that no process waits for another one's last."""
    long = {item.path for item in items if item.get_closest_marker("slow") is not None}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected trees are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests, marked `anyio`, run on asyncio."""
    return "asyncio"
