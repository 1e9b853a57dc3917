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
    """What is made once is made by one process: tests that share it go together, those that take long first.

    Tests share what their module makes, or what is made of the `case` or `service` that they are of.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_shares(item)))
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def _shares(item: pytest.Item) -> str:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    folder, module = item.path.parent.name, item.path.stem
    if folder == "golden":
        return f"golden.{params.get('case', module.removeprefix('test_'))}"
    return f"{folder}.{params.get('service', module)}"


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected trees are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests, marked `anyio`, run on asyncio."""
    return "asyncio"
