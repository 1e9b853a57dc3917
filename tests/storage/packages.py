"""Generated packages to test: the storage of a history, with the modules it needs, imported from a folder."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from importlib.resources import files as resources
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from scaffold.contract.history import History
from scaffold.convert.prepared import prepared
from scaffold.convert.records import records
from scaffold.generate.conversion_plan import converters
from scaffold.generate.enum_tables import EnumView
from scaffold.generate.hooks_view import hook_views
from scaffold.generate.migration_script import Migration
from scaffold.generate.migrations import migration
from scaffold.generate.python import text
from scaffold.generate.records_view import record_views
from scaffold.generate.render import render
from scaffold.generate.shapes import shapes
from scaffold.generate.storage_view import storage_view
from scaffold.generate.table_model import Tables
from scaffold.generate.tables import tables
from scaffold.project.ruff import format_files
from scaffold.spec import load

_numbers = count(1)


def history(text: str) -> History:
    """The history in a spec, prepared."""
    return prepared(load(text).history)


def until(history: History, version: str) -> History:
    """The history as it was when `version` was the newest, and none was dropped."""
    history = history.whole
    size = history.index(version) + 1
    ids = {v.id for v in history.versions[:size]}
    versions = tuple(
        replace(v, releases=tuple(r for r in v.releases if r.after is None or r.after in ids), dropped=None)
        for v in history.versions[:size]
    )
    known = ids | {r.id for v in versions for r in v.releases}
    contracts = tuple(
        replace([c for id_, c in history.promises(v.id) if id_ in known][-1], version=v.id) for v in versions
    )
    return replace(
        history,
        versions=versions,
        contracts=contracts,
        applied=tuple(a for a in history.applied if a.version in known),
        backported=tuple(a for a in history.backported if a.version in known),
    )


def dropped_to(history: History, version: str | None) -> History:
    """The history as it was when `version` was the last that was dropped; None: when none was."""
    history = history.whole
    size = 0 if version is None else history.index(version) + 1
    versions = (replace(v, dropped=v.dropped if n < size else None) for n, v in enumerate(history.versions))
    return replace(history, versions=tuple(versions))


@dataclass(frozen=True)
class Package:
    """A package on disk, and its modules."""

    name: str
    root: Path
    tables: Tables

    def module(self, name: str) -> ModuleType:
        """One of its modules: `storage`."""
        return importlib.import_module(f"{self.name}.generated.{name}")

    @property
    def records(self) -> Any:
        """The record classes."""
        return self.module("records")

    @property
    def storage(self) -> Any:
        """The tables and stores."""
        return self.module("storage")


def tables_of(history: History) -> Tables:
    """The tables of a history."""
    held = records(history)
    return tables(history, held, converters(history, held, shapes(history)).keeping)


def package(history: History, folder: Path, conversions: str = "") -> Package:
    """The storage of `history`, written to `folder` with the text of its `conversions`, and ready to be imported."""
    name = f"pack{next(_numbers)}_{folder.name.replace('-', '_')}"
    held = records(history)
    keeping = converters(history, held, shapes(history)).keeping
    found = tables(history, held, keeping)
    view = storage_view(found, held)
    enums = [EnumView(e.name, "", tuple(text(v.value) for v in e.type.values)) for e in held.enums.values()]
    made = {
        f"{name}/generated/records.py": render("records.py.jinja", enums=enums, records=record_views(held, keeping)),
        f"{name}/generated/storage.py": render(
            "storage.py.jinja", **{f.name: getattr(view, f.name) for f in fields(view)}
        ),
    }
    made[f"{name}/generated/hooks.py"] = render("hooks.py.jinja", hooks=hook_views(history))
    made = format_files(made)
    made[f"{name}/conversions.py"] = conversions
    made[f"{name}/__init__.py"] = made[f"{name}/generated/__init__.py"] = ""
    for entry in resources("scaffold.generate").joinpath("runtime").iterdir():
        if entry.name.endswith(".py"):
            made[f"{name}/generated/{entry.name}"] = entry.read_text("utf-8")
    for path, body in made.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(body, "utf-8")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    program = Package(name, folder, found)
    program.module("hooks").use(importlib.import_module(f"{name}.conversions"))
    return program


def script(before: Tables | None, package: Package, down_revision: str | None = None) -> Migration:
    """The migration from `before` to the tables of `package`, laid out."""
    made = migration(before, package.tables, package=package.name, down_revision=down_revision)
    assert made is not None
    return replace(made, text=format_files({"m.py": made.text}, packages=[package.name])["m.py"])


def run(script: Migration, package: Package, url: str, way: str = "upgrade") -> None:
    """Run a migration, in one transaction, on the database at `url`."""
    path = package.root / f"{package.name}_{script.revision}.py"
    path.write_text(script.text, "utf-8")
    spec = importlib.util.spec_from_file_location(f"{package.name}_{script.revision}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    engine = package.module("database").Storage(url).engine
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        getattr(module, way)()
    engine.dispose()


def programs(text: str, folder: Path, conversions: str = "") -> dict[str, Package]:
    """The program of each version of a spec."""
    found = history(text)
    return {v.id: package(until(found, v.id), folder, conversions) for v in found.versions}


def migrate(programs: dict[str, Package], url: str, version: str, way: str = "upgrade") -> None:
    """Migrate the database at `url` from the version before to `version`, or back."""
    names = list(programs)
    before = programs[names[names.index(version) - 1]].tables if version != names[0] else None
    made = migration(before, programs[version].tables, package=programs[version].name, down_revision=None)
    if made is not None:
        run(script(before, programs[version]), programs[version], url, way)


@contextmanager
def stores(program: Package, url: str) -> Iterator[Any]:
    """The stores of a program on the database at `url`."""
    storage = program.module("database").Storage(url)
    yield program.storage.Stores(storage)
    asyncio.run(storage.close())
