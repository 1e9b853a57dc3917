"""The records and types of a history as imported modules: the code that a project would have, without a disk."""

from __future__ import annotations

import itertools
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

from scaffold.contract.contract import View
from scaffold.contract.history import History
from scaffold.contract.types import Json
from scaffold.convert.records import Records, records
from scaffold.generate.converters import Converter, Converters, Mode, converters
from scaffold.generate.python import text
from scaffold.generate.render import render
from scaffold.generate.shapes import Side, shapes
from scaffold.generate.types_view import EnumView, constant, record_views, types_modules

RUNTIME = ("absent", "codecs", "kept", "problems", "scalars", "shapes")
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_numbers = itertools.count()


def sources(made: Converters) -> dict[str, str]:
    """The text of `records.py` and of the modules of `types/`, by module name."""
    held = made.records
    enums = [EnumView(e.name, "", tuple(text(v.value) for v in e.type.values)) for e in held.enums.values()]
    found = {"records": render("records.py.jinja", enums=enums, records=record_views(held, made.keeping))}
    for module in types_modules(made):
        view = {name: getattr(module, name) for name in module.__dataclass_fields__}
        found[f"types.{module.name}"] = render("types.py.jinja", **view)
    return found


@dataclass(frozen=True)
class Package:
    """The imported code of one history."""

    history: History
    converters: Converters
    sources: dict[str, str]
    module: Callable[[str], Any]

    @property
    def records(self) -> Records:
        """The record classes as the generator knows them."""
        return self.converters.records

    def find(self, version: str, type_: str, view: View, mode: Mode) -> Any:
        """The converter of the type called `type_` in `version`; None where no operation reaches it."""
        identity = self.history.contract(version).types[type_].identity
        found: Converter | None = self.converters.of.get((Side(version, identity, view), mode))
        return None if found is None else getattr(self.module(f"types.{found.module}"), found.name, None)

    def shape(self, version: str, type_: str, view: View) -> Any:
        """The reader and writer of one side of a type."""
        identity = self.history.contract(version).types[type_].identity
        shape = self.converters.shapes.of[Side(version, identity, view)]
        return getattr(self.module(f"types.{shape.module}"), constant(shape))

    def read(self, version: str, type_: str, view: View, value: Json) -> Any:
        """`value` as the version's route reads it from the bytes of a request."""
        import json

        return self.shape(version, type_, view).read(json.dumps(value).encode())

    def show(self, version: str, type_: str, record: Any) -> Json:
        """What a client of the version is shown, as JSON."""
        import json

        made = self.find(version, type_, View.OUTPUT, Mode.SHOW)(record)
        return json.loads(self.shape(version, type_, View.OUTPUT).write(made))

    def create(self, version: str, type_: str, payload: Json) -> Any:
        """The record that a creation makes; it has no key yet where the server gives one."""
        sent = self.read(version, type_, View.CREATE, payload)
        return self.find(version, type_, View.CREATE, Mode.CREATE)(sent, NOW)

    def replace(self, version: str, type_: str, record: Any, payload: Json) -> Any:
        """The record after a PUT."""
        sent = self.read(version, type_, View.REPLACE, payload)
        return self.find(version, type_, View.REPLACE, Mode.REPLACE)(record, sent, NOW)

    def update(self, version: str, type_: str, record: Any, payload: Json) -> Any:
        """The record after a PATCH."""
        sent = self.read(version, type_, View.UPDATE, payload)
        return self.find(version, type_, View.UPDATE, Mode.UPDATE)(record, sent, NOW)


@contextmanager
def package(history: History) -> Iterator[Package]:
    """The records and types of `history`, imported; forgotten afterwards."""
    made = converters(history, records(history), shapes(history))
    texts = sources(made)
    name = f"_made{next(_numbers)}"
    finder = _Finder(name, texts)
    sys.meta_path.insert(0, finder)
    try:
        root = import_module(name)
        for runtime in RUNTIME:
            found = import_module(f"scaffold.generate.runtime.{runtime}")
            sys.modules[f"{name}.{runtime}"] = found
            setattr(root, runtime, found)
        for module in texts:
            import_module(f"{name}.{module}")
        yield Package(history, made, texts, lambda module: sys.modules[f"{name}.{module}"])
    finally:
        sys.meta_path.remove(finder)
        for module in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
            del sys.modules[module]


class _Finder(MetaPathFinder, Loader):
    """Finds the modules of one package in memory."""

    def __init__(self, name: str, texts: dict[str, str]) -> None:
        self.name = name
        self.texts = {f"{name}.{module}": body for module, body in texts.items()}
        self.texts |= {name: "", f"{name}.types": ""}

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname not in self.texts:
            return None
        return ModuleSpec(fullname, self, is_package=fullname in (self.name, f"{self.name}.types"))

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self.texts[module.__name__], f"<{module.__name__}>", "exec"), module.__dict__)
