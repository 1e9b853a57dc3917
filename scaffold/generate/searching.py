"""Where the attributes of a record are searched: in columns of their own, or inside of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..contract.types import Kind, Ref, Scalar, Type
from .python import text
from .record_storage import Kept
from .stored_values import SEARCHED, Values, function
from .table_model import Table, Tables, leaves

_ALIKE = (Kind.STR, Kind.INT, Kind.BOOL, Kind.UUID, Kind.DATE, Kind.EMAIL, Kind.URL)
"""Kinds of which equal values are alike inside of an object that is JSON."""


@dataclass(frozen=True)
class Searched:
    """An attribute by its path, a value of `type`, and the column and the keys inside of it that lead there."""

    name: str
    keys: tuple[str, ...]
    type: Type
    object: tuple[str, ...] = ()
    """The column and the keys that lead to the object around it, where that is JSON with shadows of its own."""


def searched(table: Table, variable: str, values: Values, kept: Mapping[str, Kept]) -> Iterator[tuple[str, str]]:
    """Where each attribute is searched that has one plain value; `variable` is what the table is called.

    An older form of it goes by the version that began it too, and what joints took away by its identity. `kept`
    says which objects have shadows.
    """
    tables = values.tables
    shadowed = frozenset(identity for identity in tables.objects if kept[identity].getters)
    for found in _found(table, tables, shadowed):
        enum = isinstance(found.type, Ref) and found.type.name in tables.enums
        if not enum and not (isinstance(found.type, Scalar) and found.type.kind is not Kind.JSON):
            continue
        place = f"{variable}.c[{text(found.keys[0])}]"
        inside = "".join(f"[{text(k)}]" for k in found.keys[1:])
        if inside:
            how = SEARCHED.get(found.type.kind, "as_string") if isinstance(found.type, Scalar) else "as_string"
            place = f"{place}{inside}.{how}()"
        write = function(values.dumped(found.type, column=not inside))
        stated = [place, *([] if write == "lambda item: item" else [write])]
        if found.object:
            way = ", ".join(text(key) for key in (*found.object[1:], "kept"))
            stated.append(f"kept=({variable}.c[{text(found.object[0])}], ({way},))")
        yield text(found.name), f"Stored({', '.join(stated)})"


def _found(table: Table, tables: Tables, shadowed: frozenset[str]) -> Iterator[Searched]:
    held = list(table.values())
    names = [".".join(step.attr for step in v.path) for v in held]
    for name, v in zip(names, held, strict=True):
        yield Searched(name, v.slot.newest.keys, v.slot.newest.type)
    for name, v in zip(names, held, strict=True):
        yield from (Searched(f"{name}@{form.version}", form.keys, form.type) for form in v.slot.forms[:-1])
    for joint in table.joints:
        for field, form in zip(joint.joint.older, joint.older, strict=True):
            yield Searched(field.identity, form.keys, form.type)
    for name, v in zip(names, held, strict=True):
        yield from _inside(name, v.slot.newest.keys, v.slot.newest.type, tables, shadowed, frozenset())


def _inside(
    name: str, keys: tuple[str, ...], type_: Type, tables: Tables, shadowed: frozenset[str], seen: frozenset[str]
) -> Iterator[Searched]:
    """What is inside of an object that is stored whole, as far as equal values are alike there."""
    if not isinstance(type_, Ref) or type_.name in seen or type_.name not in tables.objects:
        return
    for value in leaves(tables.objects[type_.name].nodes):
        path = ".".join((name, *(step.attr for step in value.path)))
        for form in value.slot.forms:
            at = path if form is value.slot.newest else f"{path}@{form.version}"
            if not isinstance(form.type, Scalar) or form.type.kind in _ALIKE:
                yield Searched(at, (*keys, *form.keys), form.type, keys if type_.name in shadowed else ())
        newest = value.slot.newest
        yield from _inside(path, (*keys, *newest.keys), newest.type, tables, shadowed, seen | {type_.name})
