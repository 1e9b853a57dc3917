"""Whole generated programs, one for each version of a spec, that serve a database which migrations lead along."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from scaffold.convert.prepared import prepared
from scaffold.generate.handlers_view import Handler
from scaffold.generate.migrations import migration
from scaffold.generate.model import model
from scaffold.generate.table_model import Tables
from scaffold.spec import load
from tests.generated_tests.rendered import files_of

from .packages import Package, run, script, tables_of, until

_numbers = count(1)


@dataclass(frozen=True)
class App:
    """The program of one version."""

    package: Package
    handlers: tuple[Handler, ...]

    @contextmanager
    def client(self, url: str) -> Iterator[TestClient]:
        """A client of it, on the database at `url`; its storage is `client.app.state.stores`."""
        storage = self.package.module("database").Storage(url)
        providers = {
            h.name: getattr(importlib.import_module(f"{self.package.name}.handlers.{h.name}"), f"{h.name}_provider")
            for h in self.handlers
        }
        app = self.package.module("app").create_app(**providers, conversions=object(), storage=storage)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client


def apps(text: str, folder: Path) -> dict[str, App]:
    """The program of each version of a spec."""
    whole = load(text).history
    made = {}
    sys.path.insert(0, str(folder))
    for version in whole.versions:
        history = until(whole, version.id)
        name = f"app{next(_numbers)}_{version.id}"
        for path, body in files_of(history, name).items():
            if path.startswith(("src/", "openapi/")):
                place = folder / path.removeprefix("src/")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(body)
        (folder / name / "__init__.py").touch()
        importlib.invalidate_caches()
        package = Package(name, folder, tables_of(prepared(history)))
        made[version.id] = App(package, model(history, name).handlers)
    return made


def migrate(programs: dict[str, App], url: str, version: str, way: str = "upgrade") -> None:
    """Migrate the database at `url` from the version before to `version`, or back, where that takes anything."""
    names = list(programs)
    place = names.index(version)
    before: Tables | None = programs[names[place - 1]].package.tables if place else None
    package = programs[version].package
    if migration(before, package.tables, package=package.name, down_revision=None) is not None:
        run(script(before, package), package, url, way)


def ok(answer: Any, status: int = 200) -> Any:
    """What an answer of the status holds."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    return answer.json() if answer.content else None
