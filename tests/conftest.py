"""Fixtures for all tests; `postgres_url` is the one that generated projects get."""

import pytest

from scaffold.generate.runtime.testing import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests, marked `anyio`, run on asyncio."""
    return "asyncio"
