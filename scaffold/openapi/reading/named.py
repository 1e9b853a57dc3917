"""The schemas that a document names, as the named types of a contract."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...contract.named_types import AliasType, EnumType, NamedType, ObjectType
from ...contract.types import Ref
from .problems import RemarkKind, child
from .schemas import read_schema
from .state import Own, Reading, Said


def read_named(reading: Reading) -> None:
    """Put every type of `components.schemas` into the reading, and what references lead to beside them."""
    for component, schema in reading.schemas.items():
        name = reading.names.of_component(component)
        at = child("#", "components", "schemas", component)
        if name != component:
            reading.remark(RemarkKind.NAMED, at, f"`{component}` cannot name a type, and is called `{name}`")
        _read(reading, name, None if name == component else component, schema, at)
    read_waiting(reading)


def read_waiting(reading: Reading) -> None:
    """Read the schemas that references led to and that are no components, as types with a name."""
    while reading.waiting:
        at, name = reading.waiting.pop()
        _read(reading, name, None, reading.target(at), at)


def _read(reading: Reading, name: str, component: str | None, schema: Any, at: str) -> None:
    reading.types.setdefault(name, None)
    said = read_schema(reading, schema, name, at, Own(name, component))
    reading.types[name] = _spoken(reading, name, component, said)


def _spoken(reading: Reading, name: str, component: str | None, said: Said) -> NamedType:
    """The type called `name` with what is said of it."""
    words = dict(said.words)
    description = words.pop("description", None)
    own = reading.types.get(name)
    if said.type == Ref(name) and isinstance(own, ObjectType | EnumType):
        return replace(own, description=description, extra=words)
    return AliasType(
        reading.identity(name), name, said.type, said.nullable, description, component=component, extra=words
    )
