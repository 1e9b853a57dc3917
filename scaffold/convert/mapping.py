"""One composed mapping for each side of a type in a version: its fields, and where the record keeps them.

Nothing here walks from version to version when a request comes: all changes since a version are folded into
one tree, whose leaves pair a place on the wire with a place in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import TypeAlias

from ..contract.changes import AddField, ChangeField
from ..contract.contract import Contract, View
from ..contract.history import Applied, History
from ..contract.hooks import hook_name
from ..contract.names import other_names
from ..contract.reach import Direction
from ..contract.types import MISSING, EnumType, Field, Json, ListOf, MapOf, Missing, ObjectType, Ref, Type, UnionOf
from ..contract.views import ViewField, reached_types, settled_fields, view_fields
from .joints import Joint, Program, Slot, connected
from .records import Record, RecordField, Records
from .relocated import moved
from .stating import born, concerns, newest, oldest, promised, shown_for, stored_for
from .values import Conversion, Mapped, Nested, NoWay, Same, conversion, directions_of


@dataclass(frozen=True)
class Leaf:
    """One wire value and its place in the record.

    `shown_absent` and `shown_null` are what the version is shown where the record has nothing or null and the
    version cannot say so; `stored_absent` and `stored_null` what is kept when the version sends nothing or null
    and the record cannot say so. MISSING: the case does not arise, or needs no help.
    """

    field: ViewField
    record: tuple[RecordField, ...]
    conversion: Conversion
    shadow: str
    shown_absent: Json | Missing = MISSING
    shown_null: Json | Missing = MISSING
    stored_absent: Json | Missing = MISSING
    stored_null: Json | Missing = MISSING
    always_written: bool = False
    """`as_seen: write`: what comes back as it was shown is written all the same."""
    beside: tuple[str, ...] = ()
    """The other names that it is shown under, in the same object."""

    @property
    def target(self) -> RecordField:
        """The record's attribute itself."""
        return self.record[-1]

    @property
    def as_seen(self) -> bool:
        """Whether two record values can look the same here, so that what comes back as shown changes nothing."""
        if self.field.field.write_only or self.always_written or not self._shows:
            return False
        if self.field.field.cut:
            return True
        helped = self.shown_absent is not MISSING or self.shown_null is not MISSING
        return helped or not self.conversion.one_to_one

    @property
    def _shows(self) -> bool:
        return Direction.RESPONSE in directions_of(self.conversion)

    @property
    def shadowed(self) -> bool:
        """Whether what is written may come back differently, so that the record keeps it word for word."""
        if self.field.field.write_only or not self._shows:
            return False
        filled = self.stored_null is not MISSING or self.stored_absent is not MISSING
        return filled or not self.conversion.exact


@dataclass(frozen=True)
class Inline:
    """A wire object whose fields the record keeps in several places; built and taken apart on the spot."""

    field: ViewField
    type_name: str
    view: View
    children: tuple[Node, ...]
    shadow: str
    record: tuple[RecordField, ...] | None = None
    """The object in the record that has its place, where there still is one."""
    beside: tuple[str, ...] = ()
    """The other names that it is shown under, in the same object."""


@dataclass(frozen=True)
class Group:
    """Fields that are converted together: one that was split, several that were merged.

    `fields` are those of this side; `ends` the places in the record, each with its way from where the last joint
    made it. The record keeps what was written word for word, for all of them together.
    """

    fields: tuple[ViewField, ...]
    ends: tuple[Leaf, ...]
    program: Program
    shadow: str
    beside: Mapping[str, tuple[str, ...]] = dataclass_field(default_factory=dict)
    """The other names that each of the fields is shown under, in the same object."""

    @property
    def field(self) -> ViewField:
        """The first of them."""
        return self.fields[0]

    @property
    def shown(self) -> bool:
        """Whether anything of it is shown to the version: then that decides what a write changes."""
        return bool(self.fields) and not all(self.program.slots[m].field.write_only for m in self.program.members)


@dataclass(frozen=True)
class Computed:
    """A field that a hook makes of the record when it is shown."""

    field: ViewField
    hook: str
    conversion: Conversion
    beside: tuple[str, ...] = ()
    """The other names that it is shown under, in the same object."""


Node: TypeAlias = Leaf | Inline | Group


@dataclass(frozen=True)
class Fill:
    """What a creation by this version stores in an attribute that it does not know."""

    record: tuple[RecordField, ...]
    value: Json | Missing
    """A JSON value of the record's type; MISSING leaves it absent, or is given by `on_create`."""


@dataclass(frozen=True)
class SideMap:
    """One side of a type in one version: the wire's fields in order, and what a creation adds."""

    version: str
    type: ObjectType
    record: Record
    view: View
    nodes: tuple[Node, ...]
    fills: tuple[Fill, ...]
    fixed: tuple[Leaf, ...] = ()
    """What its clients may not change any more: they are refused if they try."""
    computed: tuple[Computed, ...] = ()
    """What is shown and not kept."""

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf, those inside inlined objects too."""
        yield from leaves_of(self.nodes)


def leaves_of(nodes: tuple[Node, ...]) -> Iterator[Leaf]:
    """Every leaf among nodes: those inside inlined objects, and the ends of groups."""
    for node in nodes:
        match node:
            case Leaf():
                yield node
            case Group(ends=ends):
                yield from ends
            case Inline(children=children):
                yield from leaves_of(children)


def _with_names(node: Node, beside: Mapping[str, list[str]]) -> Node:
    """A node with the other names of its fields, by their identities."""
    if isinstance(node, Group):
        found = {f.name: tuple(beside[i]) for f in node.fields if (i := f.field.identity) in beside}
        return replace(node, beside=found) if found else node
    names = beside.get(node.field.field.identity)
    return node if names is None else replace(node, beside=tuple(names))


class _ElsewhereError(Exception):
    """A field of a type is not in its record any more."""


class Mapper:
    """Makes the side maps of one version; everything shared between them is worked out once."""

    def __init__(self, history: History, records: Records, version: str) -> None:
        self.history, self.records, self.version = history, records, version
        self.contract: Contract = history.contract(version)
        self.moved = moved(history, version)
        self.later = tuple(history.since(version))
        self.lost: set[tuple[str, View]] = self.records.__dict__.setdefault("_lost", {}).setdefault(version, set())
        """The sides that have a field for which no way is known."""

    def side(self, type_: ObjectType, view: View) -> SideMap | None:
        """The mapping of one side; None where the type has no record because its fields live elsewhere, or no way
        is known for one of them.

        Each is worked out once for the records it leads to: converters and storage both ask for it.
        """
        known: dict[tuple[str, str, View], SideMap | None] = self.records.__dict__.setdefault("_sides", {})
        asked = (self.version, type_.identity, view)
        if asked not in known:
            known[asked] = self._side(type_, view)
        return known[asked]

    def _side(self, type_: ObjectType, view: View) -> SideMap | None:
        record = self.records.objects.get(type_.identity)
        if record is None:
            return None
        way = Direction.RESPONSE if view is View.OUTPUT else Direction.REQUEST
        try:
            nodes = self._named(record, type_, view, (), way)
            refused = [f for f in view_fields(type_, view, self.version) if dropped(f, view) == "refuse"]
            fixed = tuple(self._leaf(record, f, self._resolve(record, (f.field.identity,)), None) for f in refused)
            shown = nodes if view is View.OUTPUT else self._all(record, type_)
        except _ElsewhereError:
            return None  # whoever holds it puts it together
        except NoWay:
            self.lost.add((type_.identity, view))
            return None
        nodes += () if view is View.OUTPUT else tuple(self._unsent(record, type_, view, way))
        written = {leaf.record for leaf in leaves_of(nodes)}
        visible = written | {leaf.record for leaf in leaves_of(shown)}
        fills = () if view is View.OUTPUT else tuple(self._fills(record, visible, (), written))
        computed = tuple(self._computed(type_)) if view is View.OUTPUT else ()
        return SideMap(self.version, type_, record, view, nodes, fills, fixed, computed)

    def _computed(self, type_: ObjectType) -> Iterator[Computed]:
        """The fields that hooks make."""
        others = [o for o in other_names(self.contract, type_) if o.beside]
        for f in settled_fields(type_, View.OUTPUT, self.version):
            hook = hook_name(f.field.computed)
            if hook is None:
                continue
            identity = f.field.identity
            beside = tuple(o.field.name for o in others if o.field.alias_of == identity)
            way = conversion(self.history, self.version, identity, f.type, self.contract, Direction.RESPONSE)
            yield Computed(f, hook, way, beside)

    def _all(self, record: Record, type_: ObjectType) -> tuple[Node, ...]:
        """The version's visible fields, whether or not this side may write them: where they are, not how they cross."""
        return self._named(record, type_, View.OUTPUT, (), None)

    def locate(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Where the field at `path` of identities is found by now."""
        return self.moved.locate(path)

    def _named(
        self, record: Record, type_: ObjectType, view: View, prefix: tuple[str, ...], way: Direction | None
    ) -> tuple[Node, ...]:
        """The nodes of an object: each value once, and once more where it is shown at another place too."""
        others = other_names(self.contract, type_)
        written = tuple(f for f in settled_fields(type_, view, self.version) if not dropped(f, view))
        made = list(self._nodes(record, type_, written, prefix, way))
        shown = {f.name: f for f in view_fields(type_, view, self.version)} if view is View.OUTPUT else {}
        beside: dict[str, list[str]] = {}
        for other in others:
            if other.field.name not in shown or other.field.computed is not None:
                continue
            path = (*prefix, *(f.identity for f in other.path))
            if other.beside:
                beside.setdefault(path[-1], []).append(other.field.name)
                continue
            f = shown[other.field.name]
            f = replace(f, field=replace(f.field, identity=path[-1]))
            made.append(self._leaf(record, f, self._resolve(record, self.locate(path)), way))
        return tuple(_with_names(node, beside) for node in made) if beside else tuple(made)

    def _nodes(
        self,
        record: Record,
        type_: ObjectType,
        fields: tuple[ViewField, ...],
        prefix: tuple[str, ...],
        way: Direction | None,
    ) -> tuple[Node, ...]:
        """The nodes of some fields of an object; fields that are converted together are one."""
        made: list[Node] = []
        grouped: set[str] = set()
        for f in fields:
            if f.field.identity in grouped or f.field.computed is not None:
                continue
            joints_ = connected(f.field.identity, self.moved.joints)
            if not joints_:
                made.append(self._node(record, type_, f, prefix, way))
                continue
            group = self._group(record, type_, fields, joints_, prefix, way)
            grouped.update(group.program.members)
            made.append(group)
        return tuple(made)

    def _unsent(self, record: Record, type_: ObjectType, view: View, way: Direction) -> Iterator[Group]:
        """The groups of which this side sends nothing: what it creates has what is stated for their members."""
        seen = {f.field.identity for f in view_fields(type_, view, self.version)}
        for joint in self.moved.joints:
            joints_ = connected(joint.older[0].identity, self.moved.joints)
            mine = {f.identity for j in joints_ for f in j.older}
            owner_, _ = joint.applied.before.fields_by_identity[joint.older[0].identity]
            if owner_.identity == type_.identity and mine.isdisjoint(seen):
                seen |= mine
                yield self._group(record, type_, (), joints_, (), way)

    def _group(
        self,
        record: Record,
        type_: ObjectType,
        fields: tuple[ViewField, ...],
        joints_: tuple[Joint, ...],
        prefix: tuple[str, ...],
        way: Direction | None,
    ) -> Group:
        born = {f.identity: f for j in joints_ for f in j.newer}
        gone = {f.identity: f for j in joints_ for f in j.older}
        here = {f.identity: f for f in type_.fields}
        members = [i for i in here if i in gone] + [i for i in gone if i not in here and i not in born]
        added = {i: next(f for i_, f in self._added(i)) for i in members if i not in here}
        first = {**gone, **born, **added, **{i: here[i] for i in members if i in here}}
        places = {p[-1]: p for i in members for p in self.moved.located((*prefix, i))}
        ends = [i for i in born if i not in gone]
        for i in ends:
            places.setdefault(i, (*prefix, i))
        return Group(
            fields=tuple(f for f in fields if f.field.identity in members),
            ends=tuple(self._leaf(record, _whole(born[i]), self._resolve(record, places[i]), way) for i in ends),
            program=Program(
                members=tuple(members),
                slots={i: self._slot(first[i], way) for i in first if i in gone},
                joints=joints_,
                ends=tuple(ends),
            ),
            shadow=self._group_shadow(members, record),
        )

    def _added(self, identity: str) -> Iterator[tuple[str, Field]]:
        """A field that came after this version, as it came."""
        for applied in self.later:
            found = applied.after.fields_by_identity.get(identity)
            if found is not None:
                yield identity, found[1]

    def _slot(self, field: Field, way: Direction | None) -> Slot:
        identity = field.identity
        later = self.history.since_about(self.version, {identity})
        sends = [stored_for(nothing, identity, later) for nothing in ("absent", "null")]
        sees = [shown_for(nothing, identity, later) for nothing in ("absent", "null")]
        if promised(field):
            sees.append(field.default)
        crossing: Conversion = Same()
        if way is not None:
            crossing = conversion(self.history, self.version, identity, field.type, self.contract, way)
        came = next((a for a in self.later if identity in a.after.fields_by_identity), None)
        unsent = MISSING if came is None else born(came, identity)
        return Slot(field, crossing, _first(sends), _first(sees), _first([unsent, field.default]))

    def _group_shadow(self, members: list[str], record: Record) -> str:
        """The key of a group's shadow: its fields, and the first version that represents them as this one does."""
        keys = [self._shadow(identity, record) for identity in members]
        names, first = [k.partition("@")[0] for k in keys], self.version
        for version, contract in zip(self.history.versions, self.history.contracts, strict=True):
            if all(self._representation(contract, i) == self._representation(self.contract, i) for i in members):
                first = version.id
                break
        return f"{'+'.join(names)}@{first}"

    def _node(
        self, record: Record, type_: ObjectType, f: ViewField, prefix: tuple[str, ...], way: Direction | None
    ) -> Node:
        path = (*prefix, f.field.identity)
        inner = self._object(f)
        if inner is not None and (self._left(inner, path) or self._joined(type_, prefix, path)):
            children = self._named(record, inner, f.nested, path, way)
            shadow = self._shadow(f.field.identity, record)
            return Inline(f, inner.name, f.nested, children, shadow, self._place(record, self.locate(path)))
        return self._leaf(record, f, self._resolve(record, self.locate(path)), way)

    def _object(self, f: ViewField) -> ObjectType | None:
        return self.contract.object(f.type.name) if isinstance(f.type, Ref) else None

    def _left(self, type_: ObjectType, path: tuple[str, ...]) -> bool:
        """Whether something of the object at `path` no longer lives inside it."""
        here = self.locate(path)
        found = self._paths(type_, path, frozenset({type_.identity}))
        return any(end[: len(here)] != here for below in found for end in self.moved.located(below))

    def _joined(self, type_: ObjectType, prefix: tuple[str, ...], path: tuple[str, ...]) -> bool:
        """Whether a sibling of the object at `path`, or part of one, lives inside of it by now."""
        here = self.locate(path)
        return any(
            end[: len(here)] == here
            for found in self._paths(type_, prefix, frozenset({type_.identity}))
            if found[: len(path)] != path
            for end in self.moved.located(found)
        )

    def _paths(self, type_: ObjectType, prefix: tuple[str, ...], seen: frozenset[str]) -> Iterator[tuple[str, ...]]:
        for f in type_.fields:
            if f.alias_of is not None:
                continue
            path = (*prefix, f.identity)
            yield path
            inner = self.contract.object(f.type.name) if isinstance(f.type, Ref) else None
            if inner is not None and inner.identity not in seen:
                yield from self._paths(inner, path, seen | {inner.identity})

    def _place(self, record: Record, path: tuple[str, ...]) -> tuple[RecordField, ...] | None:
        try:
            return self._resolve(record, path)
        except _ElsewhereError:
            return None

    def _resolve(self, record: Record, path: tuple[str, ...]) -> tuple[RecordField, ...]:
        found = []
        for identity in path:
            field = record.by_identity.get(identity)
            if field is None:
                raise _ElsewhereError(identity)
            found.append(field)
            if isinstance(field.type, Ref) and field.type.name in self.records.objects:
                record = self.records.objects[field.type.name]
        return tuple(found)

    def _leaf(self, record: Record, f: ViewField, target: tuple[RecordField, ...], way: Direction | None) -> Leaf:
        identity = f.field.identity
        later = self._about(f)
        end = target[-1]
        may_lack = any(not step.required for step in target) or any(step.nullable for step in target[:-1])
        optional = not f.field.required and f.field.default is MISSING
        return Leaf(
            field=f,
            record=target,
            conversion=Same()
            if way is None
            else conversion(self.history, self.version, identity, f.type, self.contract, way),
            shadow=self._shadow(identity, record),
            shown_absent=self._shown_absent(f, target) if may_lack and promised(f.field) else MISSING,
            shown_null=shown_for("null", identity, later) if end.nullable and not f.field.nullable else MISSING,
            stored_absent=stored_for("absent", identity, later) if optional else MISSING,
            stored_null=stored_for("null", identity, later) if f.field.nullable and not end.nullable else MISSING,
            always_written=any(
                isinstance(a.change, ChangeField) and a.change.as_seen == "write" and concerns(a, identity)
                for a in later
            ),
        )

    def _about(self, f: ViewField) -> tuple[Applied, ...]:
        """The changes since this version that can concern a field, or the values inside it."""
        inside = {t.identity for t in reached_types(self.contract, f.type)}
        return self.history.since_about(self.version, {f.field.identity, *inside})

    def _shown_absent(self, f: ViewField, target: tuple[RecordField, ...]) -> Json | Missing:
        """What a promised field shows where the record lacks it, or an object around it."""
        identity = f.field.identity
        found = shown_for("absent", identity, self._about(f))
        for step in reversed(target[:-1]):
            if found is MISSING:
                found = self._inside(step, identity)
        return f.field.default if found is MISSING else found

    def _inside(self, step: RecordField, identity: str) -> Json | Missing:
        """The part for `identity` in what a policy states for the object around it."""
        for nothing in ("absent", "null"):
            for position, applied in enumerate(self.later):
                place = applied.before.fields_by_identity.get(identity)
                if place is None or not concerns(applied, step.identity):
                    continue
                whole = shown_for(nothing, step.identity, self.later[position:])
                if isinstance(whole, dict) and place[1].name in whole:
                    return oldest(whole[place[1].name], identity, applied.before, self.later[:position])
        return MISSING

    def _shadow(self, identity: str, record: Record) -> str:
        """The key of a shadow: the field, and the first version that represents it as this one does.

        A field of another type than the record's is named with it: two objects in one record may have a street.
        """
        first = self.version
        mine = self._representation(self.contract, identity)
        for version, contract in zip(self.history.versions, self.history.contracts, strict=True):
            if self.history.is_backport(version.id, identity):
                continue  # or a key that is in rows already would be another one
            if self._representation(contract, identity) == mine:
                first = version.id
                break
        born = identity.partition(":")[0]
        owner, _, name = identity.rpartition(":")[2].rpartition(".")
        if owner != record.identity.rpartition(":")[2]:
            name = f"{owner}.{name}"
        return f"{name}@{first}" if born == self.history.versions[0].id else f"{name}@{first}+{born}"

    def _representation(self, contract: Contract, identity: str) -> object:
        found = contract.fields_by_identity.get(identity)
        if found is None:
            return None
        return _said(contract, found[1].type), found[1].meaning, found[1].required, found[1].nullable

    def _fills(
        self,
        record: Record,
        visible: set[tuple[RecordField, ...]],
        prefix: tuple[RecordField, ...],
        written: set[tuple[RecordField, ...]],
    ) -> Iterator[Fill]:
        """What a creation stores in the attributes that the version does not send."""
        for field in record.fields:
            path = (*prefix, field)
            if path in written:
                continue
            below = [p for p in written if p[: len(path)] == path]
            value = self._born(field)
            made = field.required and value is MISSING and field.field.on_create is None
            inner = self.records.objects.get(field.type.name) if isinstance(field.type, Ref) else None
            endless = inner is record or any(p.type == field.type for p in prefix)
            if inner is not None and (below or made) and not endless:
                yield from self._fills(inner, visible, path, written)
            else:
                yield Fill(path, value)

    def _born(self, field: RecordField) -> Json | Missing:
        identity = field.identity
        if not self.history.since_about(self.version, (identity,)):
            return field.field.default
        for position, applied in enumerate(self.later):
            change = applied.change
            if not isinstance(change, AddField) or identity in applied.before.fields_by_identity:
                continue
            if identity not in applied.after.fields_by_identity:
                continue
            value = born(applied, identity)
            if value is not MISSING:
                return newest(value, identity, applied.after, self.later[position + 1 :])
            found = stored_for("absent", identity, self.later[position + 1 :])
            if found is not MISSING and not promised(applied.after.fields_by_identity[identity][1]):
                return found
            if field.required and field.field.default is MISSING:
                return self._last_default(identity, position)
        return field.field.default

    def _last_default(self, identity: str, position: int) -> Json | Missing:
        """The default that a field born at `position` had at last, before it was dropped, in the newest words."""
        for place in range(len(self.later) - 1, position - 1, -1):
            after = self.later[place].after
            if identity in after.fields_by_identity:
                default = after.fields_by_identity[identity][1].default
                if default is not MISSING:
                    return newest(default, identity, after, self.later[place + 1 :])
        return MISSING


def _whole(field: Field) -> ViewField:
    """A field as it is where a joint made it: neither side of a request."""
    return ViewField(field, field.required or field.default is not MISSING, field.nullable, MISSING, View.OUTPUT)


def _first(values: list[Json | Missing]) -> Json | Missing:
    """The first of `values` that is stated."""
    return next((v for v in values if v is not MISSING), MISSING)


def dropped(f: ViewField, view: View) -> str | None:
    """Whether clients may not write a field from side `view` any more: what is done where they do."""
    if f.field.dropped is None or view is View.OUTPUT:
        return None
    mark, policy = f.field.dropped
    return policy if mark == "read_only" or view in (View.REPLACE, View.UPDATE) else None


def _said(contract: Contract, type_: Type) -> object:
    """What values of a type look like on the wire: kinds, the words of enums, whatever the types are called."""
    match type_:
        case ListOf(items=inner) | MapOf(values=inner):
            return (type(type_).__name__, _said(contract, inner))
        case Ref(name):
            target = contract.types[name]
            words = target.values if isinstance(target, EnumType) else ()
            return (target.identity, tuple(v.value for v in words))
        case UnionOf(variants):
            return ("UnionOf", *(_said(contract, v) for v in variants))
        case _:
            return str(type_)


def side_maps(history: History, records: Records) -> Mapping[str, Mapper]:
    """A mapper for each version, by version id."""
    return {v.id: Mapper(history, records, v.id) for v in history.versions}


__all__ = [
    "Fill",
    "Group",
    "Inline",
    "Leaf",
    "Mapped",
    "Mapper",
    "Nested",
    "Node",
    "Same",
    "SideMap",
    "leaves_of",
    "side_maps",
]
