"""The records and types of a history as imported modules: the code that a project would have, without a disk."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import itertools
import json
import sys
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any
from uuid import UUID

import pydantic

from scaffold.contract.contract import Contract
from scaffold.contract.history import History
from scaffold.contract.message import View
from scaffold.contract.places import body_place, operation_of, type_at
from scaffold.contract.reach import Direction
from scaffold.contract.types import Json, Type
from scaffold.convert.conversions import Conversion
from scaffold.convert.prepared import prepared
from scaffold.convert.records import Records, records
from scaffold.convert.values import conversion
from scaffold.generate import runtime
from scaffold.generate.conversion_plan import converters
from scaffold.generate.converters import Converter, Converters, Mode
from scaffold.generate.expressions import Crossing
from scaffold.generate.hooks_view import hook_views
from scaffold.generate.meanings_view import meanings
from scaffold.generate.mentions import Names, constant_of
from scaffold.generate.records_view import enum_views, record_views
from scaffold.generate.referring import refers
from scaffold.generate.render import render
from scaffold.generate.runtime import codecs, coding, constraints, list_codecs, scalars, unit_codecs
from scaffold.generate.runtime.absent import ABSENT
from scaffold.generate.runtime.held_back import Withheld
from scaffold.generate.runtime.promised import Promised
from scaffold.generate.runtime.relations import Refers, referred
from scaffold.generate.runtime.shapes import Shape
from scaffold.generate.runtime.taking import inside
from scaffold.generate.runtime.wire import Edit
from scaffold.generate.shapes import shapes
from scaffold.generate.sides import Side
from scaffold.generate.types_view import types_modules

from .hooks import HOOKS
from .one_row import OneRow

RUNTIME = tuple(sorted(p.stem for p in Path(runtime.__file__).parent.glob("*.py") if not p.stem.startswith("__")))
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_numbers = itertools.count()


def sources(made: Converters) -> dict[str, str]:
    """The text of `records.py` and of the modules of `types/`, by module name."""
    held = made.records
    enums, views = enum_views(held), record_views(held, made.keeping)
    found = {"records": render("records.py.jinja", enums=enums, records=views)}
    found["meanings"] = render("meanings.py.jinja", **vars(meanings(made.history, held)))
    found["hooks"] = render("hooks.py.jinja", hooks=hook_views(made.history))
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
        return getattr(self.module(f"types.{shape.module}"), constant_of(shape))

    def read(self, version: str, type_: str, view: View, value: Json) -> Any:
        """`value` as the version's route reads it from the bytes of a request; answers as those are checked."""
        before = coding.SHOWN.set(view is View.OUTPUT)
        try:
            return self.shape(version, type_, view).read(json.dumps(value).encode())
        finally:
            coding.SHOWN.reset(before)

    def show(self, version: str, type_: str, record: Any) -> Json:
        """What a client of the version is shown, as JSON."""
        made = self.find(version, type_, View.OUTPUT, Mode.SHOW)(record)
        return json.loads(self.shape(version, type_, View.OUTPUT).write(made))

    def create(self, version: str, type_: str, payload: Json) -> Any:
        """The record that a creation makes; it has no key yet where the server gives one."""
        sent = self.read(version, type_, View.CREATE, payload)
        made = self.find(version, type_, View.CREATE, Mode.CREATE)(sent, NOW)
        return dataclasses.replace(made, **self._known(version, type_, View.CREATE, Mode.CREATE, sent))

    def replace(self, version: str, type_: str, record: Any, payload: Json) -> Any:
        """The record after a PUT."""
        return self._written(version, type_, record, payload, View.REPLACE, Mode.REPLACE)

    def update(self, version: str, type_: str, record: Any, payload: Json) -> Any:
        """The record after a PATCH."""
        return self._written(version, type_, record, payload, View.UPDATE, Mode.UPDATE)

    def _written(self, version: str, type_: str, record: Any, payload: Json, view: View, mode: Mode) -> Any:
        sent = self.read(version, type_, view, payload)
        known = self._known(version, type_, view, mode, sent)
        return Edit(self.find(version, type_, view, mode), sent, NOW, known).apply(record)

    def _known(self, version: str, type_: str, view: View, mode: Mode, sent: Any) -> dict[str, Any]:
        """What a route finds out of the rows that a body refers to."""
        identity = self.history.contract(version).types[type_].identity
        stated, _ = refers(self.converters, self.converters.of[Side(version, identity, view), mode].mapping)
        if not stated:
            return {}
        fields = tuple(eval(field, {"Refers": Refers}) for field in stated)
        return asyncio.run(referred(OneRow(self.records), sent, fields, whole=mode is not Mode.UPDATE))

    # What operations carry, at the places of `contract/places.py`.

    def crossing(self, version: str, place: str) -> Conversion:
        """How what stands at a place crosses to what a handler is given, or from what it returns."""
        contract, type_, view = self._carried(version, place)
        way = Direction.RESPONSE if view is View.OUTPUT else Direction.REQUEST
        return conversion(self.history, version, place, type_, contract, way)

    def sent(self, version: str, place: str, payload: Json) -> Any:
        """What a handler is given of what a request carries at a place."""
        contract, type_, view = self._carried(version, place)
        crossing = self.crossing(version, place)
        names = Names(self.converters, "")
        read = self._shape(names, version, type_, view).read(json.dumps(payload).encode())
        return self._value(Crossing(names, contract).up(crossing, "payload", view), names, payload=read)

    def answered(self, version: str, place: str, record: Any) -> Json:
        """What a client is shown of a handler's answer, as JSON."""
        contract, type_, view = self._carried(version, place)
        crossing = self.crossing(version, place)
        names = Names(self.converters, "")
        shown = self._value(Crossing(names, contract).down(crossing, "record"), names, record=record)
        return json.loads(self._shape(names, version, type_, view).write(shown))

    def carried(self, version: str, place: str) -> Any:
        """The reader and writer of what stands at a place."""
        _, type_, view = self._carried(version, place)
        return self._shape(Names(self.converters, ""), version, type_, view)

    def _carried(self, version: str, place: str) -> tuple[Contract, Type, View]:
        contract = self.history.contract(version)
        operation, type_ = operation_of(contract, place), type_at(contract, place)
        assert operation is not None
        assert type_ is not None
        sent = operation.body is not None and place.startswith(body_place(operation))
        return contract, type_, operation.body.view if sent and operation.body else View.OUTPUT

    def _shape(self, names: Names, version: str, type_: Type, view: View) -> Any:
        return self._value(f"Shape({names.wire(self.history.contract(version), type_, view)})", names)

    def _value(self, expression: str, names: Names, **given: Any) -> Any:
        found = {f"{m}_shapes": self.module(f"types.{m}") for m in names.imports}
        return eval(expression, {**NAMES, **found, "records": self.module("records"), "now": NOW, **given})


NAMES: dict[str, Any] = {
    **{name: getattr(typing, name) for name in ("Annotated", "Any", "Literal", "cast")},
    "Field": pydantic.Field,
    "AfterValidator": pydantic.AfterValidator,
    "Shape": Shape,
    "ABSENT": ABSENT,
    "Decimal": Decimal,
    "UUID": UUID,
    "date": date,
    "datetime": datetime,
    "time": time,
    "timedelta": timedelta,
    "scalars": scalars,
    "codecs": codecs,
    "coding": coding,
    "constraints": constraints,
    "list_codecs": list_codecs,
    "unit_codecs": unit_codecs,
    "Promised": Promised,
    "Withheld": Withheld,
    "inside": inside,
    "base64": base64,
}
"""What expressions of routes mention."""


@contextmanager
def package(history: History, conversions: Any = None) -> Iterator[Package]:
    """The records and types of `history`, imported, on the hooks in `conversions`; forgotten afterwards."""
    history = prepared(history)
    made = converters(history, records(history), shapes(history))
    texts = sources(made)
    name = f"_made{next(_numbers)}"
    finder = _Finder(name, texts)
    sys.meta_path.insert(0, finder)
    try:
        root = import_module(name)
        for module in RUNTIME:
            found = import_module(f"scaffold.generate.runtime.{module}")
            sys.modules[f"{name}.{module}"] = found
            setattr(root, module, found)
        for module in texts:
            import_module(f"{name}.{module}")
        sys.modules[f"{name}.hooks"].use(conversions or HOOKS)
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
        place = f"<{module.__name__.removeprefix(self.name)}>"  # the same each time: failures are told apart by it
        exec(compile(self.texts[module.__name__], place, "exec"), module.__dict__)
