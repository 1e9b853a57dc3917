"""The tables of a history, and which attribute of which record each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..contract.changes.enums import stored_as
from ..contract.contract import Contract
from ..contract.history import History
from ..contract.named_types import EnumType
from ..contract.naming import safe_name
from ..contract.types import Ref
from ..convert.identifiers import references
from ..convert.joints import joints
from ..convert.records import Record, RecordField, Records
from .column_renames import renamed_by_now, with_names
from .columns import Column, relations
from .home import Form, Home, Slot
from .homes import Homes
from .python import snake
from .stored_unions import StoredUnion, birth_names, hiding, mentioned, unions_in
from .table_model import Group, Node, StoredEnum, StoredJoint, StoredObject, Table, Tables, Value, leaves
from .table_rules import became_unique


def tables(history: History, records: Records, keeping: frozenset[str]) -> Tables:
    """The tables of `history`, which is prepared; `keeping` are the record types that keep shadows."""
    homes = Homes(history)
    made = []
    attrs: set[str] = set()
    for root, home in homes.tables.items():
        record = records.objects.get(root)
        if record is None or not _is_needed(history, root):
            continue  # a resource that came and went before any version had it, or that went with its last version
        assert home.table is not None
        nodes = _nodes(homes, home, records, record, history)
        attr = safe_name(record.resource or home.table)
        attr = home.table if attr in attrs else attr
        attrs.add(attr)
        joined = _joints(home, history)
        hides = home.hides if _hides(history, root) else None
        columns = _columns(home, nodes, joined, hides, history)
        made.append(Table(home.table, attr, record, columns, nodes, joints=joined, hides=hides))
    made = _referring(made, references(history))
    for position, table in enumerate(made):
        names = renamed_by_now(homes.tables[table.record.identity], history)
        made[position] = with_names(table, names, names) if names else table
    objects: dict[str, StoredObject] = {}
    wanted = [f.type for t in made for v in t.values() for f in v.slot.forms]
    while wanted:
        for identity in mentioned(wanted.pop(0)):
            if identity not in records.objects or identity in objects:
                continue
            record = records.objects[identity]
            nodes = _nodes(homes, homes.json[identity], records, record, history)
            objects[identity] = StoredObject(record, nodes, _joints(homes.json[identity], history))
            wanted += [f.type for v in leaves(nodes) for f in v.slot.forms]
    return Tables(
        history,
        records,
        tuple(made),
        objects,
        stored_enums(history, records),
        keeping,
        words=birth_names(history),
        unions=tuple(_unions([*made, *objects.values()])),
    )


def _unions(holders: Sequence[Table | StoredObject]) -> Iterator[tuple[str, StoredUnion]]:
    """The unions that are stored under words, each called after the first attribute that has it."""
    known: list[StoredUnion] = []
    names: set[str] = set()
    for holder in holders:
        for value in leaves(holder.nodes):
            for union in (u for form in value.slot.forms for u in unions_in(form.type)):
                if union.worded and union not in known:
                    name = "_".join((snake(holder.record.name), *(step.attr for step in value.path)))
                    while name in names:
                        name += "_"
                    names.add(name)
                    known.append(union)
                    yield name, union


def _is_needed(history: History, root: str) -> bool:
    """Whether rows of a resource are still asked for: where nothing was dropped, what ever was one is."""
    if history.complete is None:
        return True
    return any(c.types[r.type].identity == root for c in history.contracts for r in c.resources.values())


def _hides(history: History, root: str) -> bool:
    """Whether some version does not see every row of a resource."""
    return any(root in hiding(applied) for applied in history.applied)


def _joints(home: Home, history: History) -> tuple[StoredJoint, ...]:
    """The splits and merges of what a home holds, in order; those that no version needs only inside JSON.

    What stands in JSON is converted when it is loaded, and never by a migration.
    """
    slots = {path[-1]: slot for path, slot in home.slots.items() if not slot.made}
    found = []
    needed = {id(applied) for applied in history.applied}
    for joint in joints(history.whole.applied):
        if all(f.identity in slots for f in (*joint.older, *joint.newer)):
            older = tuple(slots[f.identity].newest for f in joint.older)
            newer = tuple(slots[f.identity].forms[0] for f in joint.newer)
            inside = home.table is None or any(len(form.keys) > 1 for form in (*older, *newer))
            if id(joint.applied) in needed or inside:
                found.append(StoredJoint(joint, older, newer, tuple(slots[f.identity].mark for f in joint.older)))
    return tuple(found)


def _needed(slot: Slot, home: Home, history: History) -> Slot:
    """A slot without the columns of older forms that no version needs; inside JSON every form may still stand."""
    if slot.made or home.table is None or history.complete is None:
        return slot
    known = {applied.version for applied in history.applied}
    forms = zip(slot.forms, (*slot.forms[1:], None), strict=True)
    return replace(slot, forms=tuple(f for f, later in forms if _stays(f, later, known)))


def _stays(form: Form, later: Form | None, known: set[str]) -> bool:
    return later is None or len(form.keys) > 1 or later.version in known


def _referring(made: list[Table], known: Mapping[str, tuple[str, str]]) -> list[Table]:
    """The tables with what their columns refer to."""
    columns = {t.record.identity: (t.name, t.columns) for t in made}
    found = relations(columns, known)
    return [
        replace(
            t,
            columns=tuple(replace(c, refers=found.held.get((t.name, c.name))) for c in t.columns),
            references=found.references.get(t.record.identity, ()),
        )
        for t in made
    ]


Steps = tuple[RecordField, ...]


def _nodes(homes: Homes, home: Home, records: Records, record: Record, history: History) -> tuple[Node, ...]:
    """The attributes of a record with their places in one home, as far as the versions of `history` need them."""
    slots = dict(_slots(homes, home, records, record, (), frozenset({record.identity})))

    def walk(holder: Record, prefix: Steps) -> Iterator[Node]:
        for f in holder.fields:
            path = (*prefix, f)
            inner = _inner(records, f)
            if inner is not None and (slots[path].made or _parted(slots, path)):
                yield Group(path, slots[path], inner, tuple(walk(inner, path)))
            else:
                yield Value(path, _needed(slots[path], home, history))

    return tuple(walk(record, ()))


def _inner(records: Records, f: RecordField) -> Record | None:
    return records.objects.get(f.type.name) if isinstance(f.type, Ref) else None


def _slots(
    homes: Homes, home: Home, records: Records, record: Record, prefix: Steps, passed: frozenset[str]
) -> Iterator[tuple[Steps, Slot]]:
    """Every attribute of a record and of the objects in it, as far as they do not hold themselves."""
    for f in record.fields:
        path = (*prefix, f)
        yield path, homes.resolve(home, tuple(step.identity for step in path))
        inner = _inner(records, f)
        if inner is not None and inner.identity not in passed:
            yield from _slots(homes, home, records, inner, path, passed | {inner.identity})


def _parted(slots: Mapping[Steps, Slot], path: Steps) -> bool:
    """Whether parts of a JSON object are stored elsewhere, or parts of others inside it."""
    keys = slots[path].newest.keys
    for other, slot in slots.items():
        below = other[: len(path)] == path
        inside = [f.keys[: len(keys)] == keys and len(f.keys) > len(keys) for f in slot.forms]
        if other != path and inside and (not all(inside) if below else any(inside)):
            return True
    return False


def _columns(
    home: Home, nodes: tuple[Node, ...], joined: tuple[StoredJoint, ...], hides: str | None, history: History
) -> tuple[Column, ...]:
    """The columns in order of birth: where versions were dropped, those that something stands in."""
    all_born = history.complete is None
    needed = {f.keys[0] for joint in joined for f in (*joint.older, *joint.newer)} | {hides}
    needed |= {g.slot.newest.keys[0] for g in _groups(nodes) if not g.slot.made}
    held: dict[str, list[tuple[Value, Form]]] = {}
    for value in leaves(nodes):
        for form in value.slot.forms:
            held.setdefault(form.keys[0], []).append((value, form))
    made: list[Column] = []
    for born in home.born:
        found = held.get(born.name, [])
        if not (all_born or found or born.name in needed):
            continue
        whole = next((v for v, f in found if len(f.keys) == 1), None)
        names_rows = whole is not None and len(whole.path) == 1 and whole.field.field.key
        key = names_rows and not any(c.key for c in made)
        alone = whole is not None and len(whole.slot.forms) == 1 and len(whole.path) == 1
        unique = born.unique and not key and whole is not None and (names_rows or whole.field.field.unique)
        made.append(
            Column(
                name=born.name,
                type=born.type,
                field=born.field,
                unique=unique,
                became_unique=alone and not unique and not names_rows and became_unique(history, born.field),
                key=key,
                names_rows=names_rows,
                fresh=born.fresh,
                comment="the versions that do not see it" if born.name == hides else _comment(born.name, found),
            )
        )
    return tuple(made)


def _groups(nodes: tuple[Node, ...]) -> Iterator[Group]:
    """Every group, outer ones first."""
    for node in nodes:
        if isinstance(node, Group):
            yield node
            yield from _groups(node.children)


def _comment(name: str, found: list[tuple[Value, Form]]) -> str | None:
    """What a column holds, where its name does not say it."""
    if not found:
        return None
    said = []
    for value, form in found:
        attribute = ".".join(step.attr for step in value.path)
        older = form != value.slot.newest
        if older:
            said.append(f"{attribute}, as {form.type} for older programs")
        elif attribute != name or len(form.keys) > 1:
            said.append(attribute)
    return "; ".join(said) or None


def stored_enums(history: History, records: Records) -> Mapping[str, StoredEnum]:
    """How each enum's values are stored, by identity of the enum."""
    names: dict[str, dict[str, str]] = {}
    heirs: dict[str, str] = {}
    history = history.whole
    first = history.applied[0].before if history.applied else history.contracts[0]
    _name_values(first, first.version, names)
    for applied in history.applied:
        for type_ in _enums(applied.touched, applied.before):
            after = applied.after.types_by_identity.get(type_.identity)
            for gone in type_.values:
                heir = stored_as(applied.change, gone, type_, after) if isinstance(after, EnumType) else None
                if heir is not None:
                    heirs[gone.identity] = heir.identity
        _name_values(applied.after, applied.version, names)
    made = {}
    for identity, enum in records.enums.items():
        now = {v.identity: v.value for v in enum.type.values}
        loaded = {}
        for value, name in names[identity].items():
            heir_of = value
            while heir_of not in now and heir_of in heirs:
                heir_of = heirs[heir_of]
            if heir_of in now:
                loaded[name] = now[heir_of]
        stored = {now[value]: name for value, name in names[identity].items() if value in now}
        made[identity] = StoredEnum(identity, enum.name, stored, loaded, names[identity], enum.type.open)
    return made


def _enums(identities: Iterable[str], contract: Contract) -> Iterator[EnumType]:
    found = (contract.types_by_identity.get(i) for i in sorted(identities))
    return (t for t in found if isinstance(t, EnumType))


def _name_values(contract: Contract, version: str, names: dict[str, dict[str, str]]) -> None:
    for type_ in contract.types.values():
        if isinstance(type_, EnumType):
            mine = names.setdefault(type_.identity, {})
            for value in type_.values:
                if value.identity not in mine:
                    name = value.value if value.value not in mine.values() else f"{value.value}@{version}"
                    mine[value.identity] = name
