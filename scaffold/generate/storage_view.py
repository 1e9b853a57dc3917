"""What `storage.py` says: the view for its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..contract.types import Kind, Scalar, Type
from ..convert.records import Records
from .columns import Column
from .hiding_view import HidesView, blind, hides
from .kept_by_record import kept_by_record
from .python import text
from .record_dumping import Dumping
from .record_loading import Loading
from .record_storage import Kept, groups, shadow_table
from .searching import searched
from .storage_unions import UnionView, union_views
from .stored_unions import mentioned
from .stored_values import Values, sql_type
from .table_model import StoredEnum, Table, Tables, leaves
from .table_rules import escaped
from .table_rules import rules as rules_of


@dataclass(frozen=True)
class ColumnView:
    """One column, as it stands in the table's definition."""

    name: str
    arguments: str
    comment: str | None


@dataclass(frozen=True)
class TableView:
    """One table."""

    variable: str
    name: str
    columns: tuple[ColumnView, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class EnumView:
    """How the values of an enum are stored, where that is not as records have them."""

    name: str
    stored: str
    loaded: str
    to_stored: tuple[tuple[str, str], ...]
    to_loaded: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ObjectView:
    """A record that is stored as JSON."""

    name: str
    record: str
    load: tuple[str, ...]
    dump: tuple[str, ...]


@dataclass(frozen=True)
class ShadowsView:
    """What each shadow is the shadow of, for a record inside others."""

    name: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class StoreView:
    """The store of one resource."""

    name: str
    attr: str
    record: str
    table: str
    variable: str
    settings: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    shadows: tuple[tuple[str, str], ...]
    load: tuple[str, ...]
    dump: tuple[str, ...]


@dataclass(frozen=True)
class StorageView:
    """The module."""

    tables: tuple[TableView, ...]
    numbers: tuple[str, ...]
    enums: tuple[EnumView, ...]
    shadows: tuple[ShadowsView, ...]
    objects: tuple[ObjectView, ...]
    stores: tuple[StoreView, ...]
    unions: tuple[UnionView, ...]
    hides: tuple[HidesView, ...]


def storage_view(tables: Tables, records: Records) -> StorageView:
    """The view of `storage.py`."""
    values = Values(tables)
    kept = kept_by_record(tables)
    held = [c.type for t in tables.tables for c in t.columns]
    held += [form.type for t in tables.tables for v in t.values() for form in v.slot.forms]
    used = {n for type_ in held for n in _enums(type_, tables, set())}
    return StorageView(
        tables=tuple(_table(t, tables) for t in tables.tables),
        numbers=tuple(t.numbers(c) for t in tables.tables for c in t.counted),
        enums=tuple(_enum(e, values) for i, e in tables.enums.items() if i in used and not e.plain),
        shadows=tuple(_shadows(tables, kept)),
        objects=tuple(_object(i, values, kept) for i in tables.objects),
        stores=tuple(_store(t, values, kept) for t in tables.tables),
        unions=tuple(union_views(values)),
        hides=hides(tables),
    )


def _enums(type_: Type, tables: Tables, seen: set[str]) -> Iterator[str]:
    """The enums that values of `type_` hold."""
    for name in mentioned(type_):
        if name in seen:
            continue
        seen.add(name)
        if name in tables.enums:
            yield name
        elif name in tables.objects:
            forms = (form for value in leaves(tables.objects[name].nodes) for form in value.slot.forms)
            for form in forms:
                yield from _enums(form.type, tables, seen)


def variable(table: Table) -> str:
    """What generated code calls a table."""
    return f"{table.name}_table"


def _table(table: Table, tables: Tables) -> TableView:
    columns = []
    held = [rule for rule in rules_of(tables) if rule.table == table.name]
    filled = {rule.column for rule in held if rule.name is None}
    for column in table.columns:
        type_ = sql_type(column.type, tables, key=column.key)
        type_ += f", ForeignKey({text(column.refers)})" if column.refers else ""
        type_ += ", primary_key=True" if column.key else ", nullable=False" if column.name in filled else ""
        columns.append(ColumnView(text(column.name), type_, column.comment))
    unique = [c for c in table.columns if c.unique or c.became_unique]
    rules = [f"CheckConstraint({text(escaped(r.condition))}, name={text(r.name)})" for r in held if r.name is not None]
    rules += [f"Index({text(table.unique_index(c))}, {text(c.name)}, unique=True)" for c in unique]
    key = table.key_column.type
    if isinstance(key, Scalar) and key.kind is Kind.INT:
        rules.append("sqlite_autoincrement=True")
    return TableView(variable(table), text(table.name), tuple(columns), tuple(rules))


def _enum(enum: StoredEnum, values: Values) -> EnumView:
    return EnumView(
        name=f"records.{enum.name}",
        stored=values.enum_table(enum.identity, "STORED"),
        loaded=values.enum_table(enum.identity, "LOADED"),
        to_stored=tuple((text(k), text(v)) for k, v in enum.stored.items()),
        to_loaded=tuple((text(k), text(v)) for k, v in enum.loaded.items()),
    )


def _object(identity: str, values: Values, kept: Mapping[str, Kept]) -> ObjectView:
    found = values.tables.objects[identity]
    load = Loading(found.record, found.nodes, values, False, kept, found.joints).lines()
    dump = Dumping(found.record, found.nodes, values, False, kept, found.joints).lines()
    return ObjectView(values.object_name(identity), found.record.name, tuple(load), tuple(dump))


def _shadows(tables: Tables, kept: Mapping[str, Kept]) -> Iterator[ShadowsView]:
    """The shadows of records inside others: as JSON, or put together from columns."""
    nodes = [*(t.nodes for t in tables.tables), *(o.nodes for o in tables.objects.values())]
    inside = [*tables.objects, *(g.record.identity for n in nodes for g in groups(n))]
    for identity in dict.fromkeys(inside):
        getters = kept[identity].getters
        if getters:
            rows = tuple((text(key), getter) for key, getter in getters.items())
            yield ShadowsView(shadow_table(tables.records.objects[identity].name), rows)


def _store(table: Table, values: Values, kept: Mapping[str, Kept]) -> StoreView:
    mine = kept[table.record.identity]
    key = table.key
    settings = [f"key = {text(key.slot.newest.keys[0])}", f"key_attribute = {text(key.field.attr)}"]
    given = ", ".join(f"{text(c.name)}: {_given(table, c)}" for c in table.key_columns)
    settings.append(f"keys: ClassVar[Mapping[str, Callable[[Connection], Any] | None]] = {{{given}}}")
    settings += _relations(table, values.tables)
    unique = {c.name for c in table.columns if c.unique}
    columns = {c.name for c in table.columns}
    distinct = [
        text(v.slot.newest.keys[0])
        for v in table.values()
        if v.field.field.unique and not v.field.field.key and v.slot.newest.keys[0] in columns - unique
    ]
    if distinct:
        settings.append(f"distinct = ({', '.join(distinct)},)")
    owner = next((v.slot.newest.keys[0] for v in table.values() if v.field.field.owner), None)
    if owner is not None:
        settings.append(f"owner = {text(owner)}")
    if table.hides is not None:
        unseeing = ", ".join(map(text, blind(values.tables, table)))
        settings += [f"hides = {text(table.hides)}", f"blind = frozenset({{{unseeing}}})"]
    return StoreView(
        name=f"{table.record.name}Store",
        attr=table.attr,
        record=table.record.name,
        table=table.name,
        variable=variable(table),
        settings=tuple(settings),
        fields=tuple(searched(table, variable(table), values, kept)),
        shadows=tuple((text(k), v) for k, v in mine.getters.items()),
        load=tuple(Loading(table.record, table.nodes, values, True, kept, table.joints).lines()),
        dump=tuple(Dumping(table.record, table.nodes, values, True, kept, table.joints, table.hides).lines()),
    )


def _relations(table: Table, tables: Tables) -> Iterator[str]:
    """What a table refers to, and what refers to it."""
    held = {c.name for c in table.columns if c.refers}
    stated = []
    for reference in table.references:
        target = tables.table(reference.target)
        if target is not None and (len(reference.columns) > 1 or reference.columns[0][0] not in held):
            pairs = ", ".join(f"{text(own)}: {text(key)}" for own, key in reference.columns)
            stated.append(f"Reference(lambda: {target.record.name}Store, {{{pairs}}})")
    if stated:
        yield f"references = ({', '.join(stated)},)"
    stated = [
        f"Referrer({text(other.record.name)}, {variable(other)}.c[{text(own)}], {text(key)})"
        for other in tables.tables
        for reference in other.references
        if reference.target == table.record.identity
        for own, key in reference.columns[-1:]
    ]
    if stated:
        yield f"referrers = ({', '.join(stated)},)"


def _given(table: Table, column: Column) -> str:
    """What gives a key its value where no client does."""
    value = next(v for v in table.values() if v.slot.newest.keys == (column.name,))
    match getattr(value.field.type, "kind", None):
        case Kind.UUID:
            return "new_uuid"
        case Kind.INT:
            return "None" if column.key else f"{table.numbers(column)}.following"
        case _:
            alone = len(table.key_columns) == 1 and not value.field.field.read_only
            return "None" if alone else "new_text"
