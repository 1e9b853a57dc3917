"""A generated application of a small spec, called in each of its versions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module, invalidate_caches
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent
from types import ModuleType
from typing import Any

from starlette.testclient import TestClient

from scaffold.convert.policies import findings
from scaffold.spec import load
from tests.generated_tests.rendered import files_of

NOW = datetime(2025, 6, 1, tzinfo=UTC)
_numbers = count(1)


def spec(first: str, *versions: str, releases: str = "") -> str:
    """A spec: the first version as it stands, then the changes of v2, v3 and so on; `releases` are those of v1.1."""
    lines = ["api: {name: shop}", dedent(first).strip(), "versions:", "  - {id: v1, released: 2020-01-01}"]
    if releases:
        lines += ["  - id: v1.1", "    released: 2020-06-01", "    changes:", indent(dedent(releases).strip(), " " * 6)]
    for number, changes in enumerate(versions, start=2):
        lines += [f"  - id: v{number}", f"    released: {2019 + number}-01-01", "    changes:"]
        lines += [indent(dedent(changes).strip(), "      ")]
    return "\n".join(lines) + "\n"


class Service:
    """The application, with handlers that note what they are given and answer what a test says."""

    def __init__(self, package: str, files: dict[str, str]) -> None:
        self.package, self.files = package, files
        self.given: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.now = NOW
        self.client: TestClient

    def module(self, name: str) -> ModuleType:
        """One of its generated modules."""
        return import_module(f"{self.package}.generated.{name}")

    def record(self, name: str, **values: Any) -> Any:
        """A record as a handler makes it."""
        return getattr(self.module("records"), name)(**values)

    def reply(self, status: int, record: Any = None, **headers: Any) -> Any:
        """An answer with a status of its own; underscores in the names of headers are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.module("wire").Reply(status, record, named)

    def call(self, version: str, at: str, **sent: Any) -> Any:
        """What `GET /users` of a version answers; `json`, `headers`, `params` … go with it."""
        method, _, path = at.partition(" ")
        return self.client.request(method, f"/api/{version}{path}", follow_redirects=False, **sent)

    def text(self, module: str) -> str:
        """The text of a generated module: `v2/operations`."""
        return self.files[f"src/{self.package}/generated/{module}.py"]

    def _application(self) -> Any:
        handlers, providers = self.module("handlers"), {}
        for name, resource in self.module("app").HANDLERS.items():
            providers[name] = self._provider(getattr(handlers, resource.base.__name__))
        storage = self.module("database").Storage("sqlite://")
        return self.module("app").create_app(
            conversions=None, storage=storage, environment="test", clock=lambda: self.now, **providers
        )

    def _provider(self, base: Any) -> Any:
        class Handler(base):  # type: ignore[misc]  # a class of the generated package
            pass

        for name in getattr(base, "__abstractmethods__", ()):
            setattr(Handler, name, self._method(name))
        Handler.__abstractmethods__ = frozenset()

        async def provide(request: Any) -> Any:
            return Handler(request.app.state.stores)

        provide.__annotations__ |= {"return": Handler, "request": _request()}
        return provide

    def _method(self, name: str) -> Callable[..., Any]:
        async def method(handler: Any, **arguments: Any) -> Any:
            self.given = arguments
            answer = self.answers.get(name)
            return answer(arguments) if callable(answer) else answer

        return method


def _request() -> type:
    from fastapi import Request

    return Request


@contextmanager
def service(first: str, *versions: str, releases: str = "") -> Iterator[Service]:
    """The application of a spec; every change in it has the policy that it needs."""
    history = load(spec(first, *versions, releases=releases)).history
    assert not findings(history)
    package = f"operations{next(_numbers)}"
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = Service(package, files_of(history, package))
        for path, text in made.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
        (folder / f"src/{package}/__init__.py").touch()
        sys.path.insert(0, str(folder / "src"))
        invalidate_caches()
        try:
            with TestClient(made._application(), raise_server_exceptions=False) as made.client:
                yield made
        finally:
            sys.path.remove(str(folder / "src"))
