"""What goes from the JSON of columns with a version: members and shadows that none of those left needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..contract.types import ListOf, MapOf, Ref, Type, UnionOf
from .kept_by_record import kept_by_record
from .python import NULL, text
from .stored_unions import StoredUnion, word
from .table_model import Node, Table, Tables, leaves

Path = tuple[str, ...]


@dataclass(frozen=True)
class _Gone:
    keys: tuple[Path, ...]
    shadows: tuple[str, ...]
    inside: Mapping[Path, str]
    names: frozenset[str]
    """The objects that stand inside."""


@dataclass(frozen=True)
class Trimming:
    """As code: what goes of which object, and the shapes of the columns, by table, of which something goes."""

    objects: tuple[tuple[str, str], ...]
    columns: Mapping[str, Mapping[str, str]]


def trimming(before: Tables, after: Tables) -> Trimming:
    """What is in the JSON of `before` that `after` does not need."""
    kept = kept_by_record(before), kept_by_record(after)
    found: dict[str, _Gone] = {}
    for identity, stored in before.objects.items():
        left = after.objects.get(identity)
        if left is not None:
            getters = [k[identity].getters if identity in k else {} for k in kept]
            shadows = tuple(key for key in getters[0] if key not in getters[1])
            found[identity] = _of(stored.nodes, left.nodes, shadows, after)
    concerned = {identity for identity, gone in found.items() if gone.keys or gone.shadows}
    while more := {i for i, gone in found.items() if gone.names & concerned} - concerned:
        concerned |= more
    columns = {}
    objects = {i: found[i] for i in before.objects if i in concerned}
    for table in before.tables:
        left_table = after.table(table.record.identity)
        if left_table is not None:
            shapes, rows = _columns(table, left_table, after, concerned)
            columns[table.name] = shapes
            objects |= rows
    return Trimming(tuple((text(i), _code(gone, concerned)) for i, gone in objects.items()), columns)


def _of(before: tuple[Node, ...], after: tuple[Node, ...], shadows: tuple[str, ...], tables: Tables) -> _Gone:
    inside: dict[Path, str] = {}
    names: set[str] = set()
    for value in leaves(after):
        for form in value.slot.forms:
            shape = _shape(form.type, tables, names)
            if shape is not None:
                inside[form.keys] = shape
    return _Gone(tuple(_missing(before, after)), shadows, inside, frozenset(names))


def _missing(before: tuple[Node, ...], after: tuple[Node, ...]) -> Iterator[Path]:
    """The places that are not used any more, and that hold no other one that is."""
    left = {form.keys for value in leaves(after) for form in value.slot.forms}
    for keys in dict.fromkeys(form.keys for value in leaves(before) for form in value.slot.forms):
        if not any(other[: len(keys)] == keys or keys[: len(other)] == other for other in left):
            yield keys


def _columns(table: Table, left: Table, tables: Tables, concerned: set[str]) -> tuple[dict[str, str], dict[str, _Gone]]:
    """The shapes of the columns that stay, of which something goes; what goes of those that several values share."""
    whole = _of(table.nodes, left.nodes, (), tables)
    names = {c.name for c in left.columns}
    shapes: dict[str, str] = {}
    rows: dict[str, _Gone] = {}
    for column in dict.fromkeys(keys[0] for keys in (*whole.keys, *whole.inside)):
        gone = tuple(keys[1:] for keys in whole.keys if keys[0] == column and len(keys) > 1)
        inside = {k[1:]: shape for k, shape in whole.inside.items() if k[0] == column}
        touched = {k: s for k, s in inside.items() if any(text(name) in s for name in concerned)}
        if column not in names or not (gone or touched):
            continue
        if set(inside) == {()} and not gone:
            shapes[column] = inside[()]
        else:
            name = f"{table.name}.{column}"
            shapes[column] = f'("object", {text(name)})'
            rows[name] = _Gone(gone, (), {k: s for k, s in touched.items() if k}, frozenset())
    return shapes, rows


def _shape(type_: Type, tables: Tables, names: set[str]) -> str | None:
    """The shape of a value, where objects may stand in it; `names` gets theirs."""
    match type_:
        case ListOf(items=inner) | MapOf(values=inner):
            found = _shape(inner, tables, names)
            kind = "list" if isinstance(type_, ListOf) else "map"
            return None if found is None else f'("{kind}", {found})'
        case StoredUnion() if type_.worded:
            shapes = {word(v, tables.words): _shape(v, tables, names) for v in type_.variants}
            listed = ", ".join(f"{text(w)}: {shape}" for w, shape in shapes.items() if shape is not None)
            return f'("words", {{{listed}}})' if listed else None
        case UnionOf(variants):
            alone = [v for v in variants if v != NULL]
            return _shape(alone[0], tables, names) if len(alone) == 1 else None
        case Ref(name) if name in tables.objects:
            names.add(name)
            return f'("object", {text(name)})'
        case _:
            return None


def _code(gone: _Gone, concerned: set[str]) -> str:
    inside = {k: s for k, s in gone.inside.items() if any(text(name) in s for name in concerned)}
    said = [
        f"keys={gone.keys!r}" if gone.keys else "",
        f"shadows={gone.shadows!r}" if gone.shadows else "",
        f"inside={{{', '.join(f'{k!r}: {s}' for k, s in inside.items())}}}" if inside else "",
    ]
    return f"Gone({', '.join(filter(None, said))})"
