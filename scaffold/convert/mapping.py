"""One composed mapping for each side of a type in a version: its fields, and where the record keeps them.

Nothing here walks from version to version when a request comes: all changes since a version are folded into
one tree, whose leaves pair a place on the wire with a place in the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.hooks import hook_name
from ..contract.message import View
from ..contract.named_types import Field, ObjectType
from ..contract.names import OtherName, other_names
from ..contract.reach import Direction
from ..contract.types import MISSING, Ref
from ..contract.views import ViewField, settled_fields, view_fields
from .fills import Filling
from .joints import Joint, Program, connected
from .leaves import Leaves
from .nodes import Again, Computed, Group, Inline, Leaf, Node, SideMap, inlines_of, leaves_of, whole, with_names
from .record_places import ElsewhereError, Places
from .records import Record, Records
from .relocated import moved
from .shadow_keys import ShadowKeys
from .values import NoWay, conversion


class Mapper:
    """Makes the side maps of one version; everything shared between them is worked out once."""

    def __init__(self, history: History, records: Records, version: str) -> None:
        self.history, self.records, self.version = history, records, version
        self.contract: Contract = history.contract(version)
        self.moved = moved(history, version)
        self.later = tuple(history.since(version))
        self.places = Places(self.contract, records, self.moved)
        self.keys = ShadowKeys(history, self.contract, version)
        self.leaves = Leaves(history, self.contract, version, self.keys)
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
            fixed = tuple(self._leaf(record, f, (f.field.identity,), None) for f in refused)
            if view is not View.OUTPUT:
                self._named(record, type_, View.OUTPUT, (), None)  # what is shown in parts is written in parts
        except ElsewhereError:
            return None  # whoever holds it puts it together
        except NoWay:
            self.lost.add((type_.identity, view))
            return None
        nodes += () if view is View.OUTPUT else tuple(self._unsent(record, type_, view, way, set(_together(nodes))))
        written = {leaf.record for leaf in leaves_of(nodes)}
        held = {node.record for node in inlines_of(nodes) if node.record is not None}
        filling = Filling(self.history, self.records, self.version)
        fills = () if view is View.OUTPUT else tuple(filling.fills(record, (), written, held))
        computed = tuple(self._computed(type_)) if view is View.OUTPUT else ()
        return SideMap(self.version, type_, record, view, nodes, fills, fixed, computed, self._again(type_, view))

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

    def _named(
        self, record: Record, type_: ObjectType, view: View, prefix: tuple[str, ...], way: Direction | None
    ) -> tuple[Node, ...]:
        """The nodes of an object, each value once, with its names."""
        written = tuple(f for f in settled_fields(type_, view, self.version) if not dropped(f, view))
        made = self._nodes(record, type_, written, prefix, way)
        beside: dict[str, list[str]] = {}
        for other, f in self._others(type_, view):
            if other.beside and f.field.computed is None:
                beside.setdefault(other.path[-1].identity, []).append(f.name)
        return tuple(with_names(node, beside) for node in made) if beside else made

    def _others(self, type_: ObjectType, view: View) -> Iterator[tuple[OtherName, ViewField]]:
        """The other names that are shown, none for what is written: requests are settled before."""
        shown = {f.name: f for f in view_fields(type_, view, self.version)} if view is View.OUTPUT else {}
        for other in other_names(self.contract, type_):
            if other.field.name in shown:
                yield other, shown[other.field.name]

    def _again(self, type_: ObjectType, view: View) -> tuple[Again, ...]:
        """What of an object is shown at a second place."""
        return tuple(Again(f, other.path) for other, f in self._others(type_, view) if not other.beside)

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

    def _unsent(self, record: Record, type_: ObjectType, view: View, way: Direction, sent: set[str]) -> Iterator[Group]:
        """The groups of which this side sends nothing: what it creates has what is stated for their members.

        `sent` are the members of those that it sends, inside of objects too.
        """
        seen = sent | {f.field.identity for f in view_fields(type_, view, self.version)}
        for joint in self.moved.joints:
            joints_ = connected(joint.older[0].identity, self.moved.joints)
            mine = {f.identity for j in joints_ for f in j.older}
            owner_, _ = joint.applied.before.fields_by_identity[joint.older[0].identity]
            if owner_.identity == type_.identity and mine.isdisjoint(seen):
                seen |= mine
                with suppress(ElsewhereError):  # they stand outside of it: whoever holds it sends them
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
        leaves = tuple(self._leaf(record, whole(born[i]), places[i], way) for i in ends)
        holders = dict.fromkeys(s.identity for leaf in leaves for s in reversed(leaf.record[:-1]))
        return Group(
            fields=tuple(f for f in fields if f.field.identity in members),
            ends=leaves,
            program=Program(
                members=tuple(members),
                slots={i: self.leaves.slot(first[i], way, holders) for i in first if i in gone},
                joints=joints_,
                ends=tuple(ends),
            ),
            shadow=self.keys.of_group(members, record),
        )

    def _added(self, identity: str) -> Iterator[tuple[str, Field]]:
        """A field that came after this version, as it came."""
        for applied in self.later:
            found = applied.after.fields_by_identity.get(identity)
            if found is not None:
                yield identity, found[1]

    def _node(
        self, record: Record, type_: ObjectType, f: ViewField, prefix: tuple[str, ...], way: Direction | None
    ) -> Node:
        path = (*prefix, f.field.identity)
        inner = self._object(f)
        if inner is not None and self._in_parts(record, inner, path):
            children = self._named(record, inner, f.nested, path, way)
            shadow = self.keys.of(f.field.identity, record, parts=True)
            held = self.places.place(record, self.places.locate(path))
            sends = self.leaves.stored(f, held[-1]) if held else (MISSING, MISSING)
            alone = held is not None and not self.places.entered(f.field.identity)
            again = self._again(inner, f.nested)
            return Inline(f, inner.name, f.nested, children, shadow, held, alone, (), again, *sends)
        return self._leaf(record, f, self.places.locate(path), way)

    def _in_parts(self, record: Record, inner: ObjectType, path: tuple[str, ...]) -> bool:
        """Whether the object at `path` is put together of its parts."""
        places = self.places
        return places.left(inner, path) or places.joined(record, path) or places.unsure(record, inner, path)

    def _leaf(self, record: Record, f: ViewField, path: tuple[str, ...], way: Direction | None) -> Leaf:
        return self.leaves.leaf(record, f, self.places.resolve(record, path), way)

    def _object(self, f: ViewField) -> ObjectType | None:
        return self.contract.object(f.type.name) if isinstance(f.type, Ref) else None


def _together(nodes: Iterable[Node]) -> Iterator[str]:
    """The fields that are converted together, in objects in parts too."""
    for node in nodes:
        if isinstance(node, Group):
            yield from node.program.members
        elif isinstance(node, Inline):
            yield from _together(node.children)


def dropped(f: ViewField, view: View) -> str | None:
    """Whether clients may not write a field from side `view` any more: what is done where they do."""
    if f.field.dropped is None or view is View.OUTPUT:
        return None
    mark, policy = f.field.dropped
    return policy if mark == "read_only" or view in (View.REPLACE, View.UPDATE) else None


def side_maps(history: History, records: Records) -> Mapping[str, Mapper]:
    """A mapper for each version, by version id."""
    return {v.id: Mapper(history, records, v.id) for v in history.versions}
