"""Where values live in storage: a place is given at birth, and no rename or move of the API changes it.

A home is what holds the fields of a type: a table, or the JSON of an object inside a row. The history is
played through each home once. A field that is born gets a name there, which stays its name; a field that moves
takes its place along; an object that a move made has no place of its own, as its fields have theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..contract.address import find_field, find_owner
from ..contract.changes import ChangeField, MoveFields, RenameFields
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import ObjectType
from ..contract.naming import safe_name
from ..contract.standard import plural
from ..contract.types import Kind, Ref, Scalar
from ..convert.identifiers import root
from ..convert.records import identified
from ..convert.steps import crossing_of
from .home import Born, Form, Home, Path, Slot
from .stored_unions import hiding, holds_union, settled, stored

OWN_COLUMNS = frozenset({"kept", "revision"})
"""What every table has."""

USAGE = "_api_usage"
"""The table of who called what, which every program has."""

UNUSABLE = frozenset(
    ("nothing", "returning", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "alembic_version", USAGE)
)
"""Names that a database keeps for itself, though SQLAlchemy does not quote them, and that no resource has."""


class Homes:
    """Every home of a history: `tables` of the types that ever were resources, and the JSON of each type.

    Versions that were dropped count: a place is given at birth.
    """

    def __init__(self, history: History) -> None:
        self.history = history = history.whole
        self.tables: dict[str, Home] = {}
        self.json: dict[str, Home] = {}
        self.made: set[str] = set()
        """The fields that moves made to hold others."""
        self._names = Home("", None, taken={*UNUSABLE})
        first = history.applied[0].before if history.applied else history.contracts[0]
        self._enter(first, history.contracts[0].version)
        for applied in history.applied:
            self._play(applied)
            self._enter(applied.after, applied.version)
        for home in self._all():
            home.slots = {path: self._settled(path[-1], slot) for path, slot in home.slots.items()}

    def _settled(self, identity: str, slot: Slot) -> Slot:
        """A slot whose newest form says what has become of variants that are gone."""
        if slot.made or not holds_union(slot.newest.type):
            return slot
        newest = replace(slot.newest, type=settled(self.history, identity, slot.newest.type))
        return replace(slot, forms=(*slot.forms[:-1], newest))

    def resolve(self, home: Home, path: Path) -> Slot:
        """The slot of the field at `path`; for one inside a JSON object, as its place in this home.

        Raises:
            KeyError: the home never had such a field.
        """
        if path in home.slots:
            return home.slots[path]
        if len(path) < 2:
            raise KeyError(path)
        size = next((n for n in range(len(path) - 1, 0, -1) if path[:n] in home.slots), 0)
        if size == 0 or home.slots[path[:size]].made:
            raise KeyError(path)
        outer = home.slots[path[:size]].newest
        if not isinstance(outer.type, Ref):
            raise KeyError(path)
        inner = self.resolve(self.json[outer.type.name], path[size:])
        mark = "_".join((home.slots[path[:size]].mark, inner.mark))
        return Slot(mark, tuple(f.below(outer.keys) for f in inner.forms))

    def _all(self) -> Iterator[Home]:
        yield from self.tables.values()
        yield from self.json.values()

    # What is new in a contract gets its place.

    def _enter(self, contract: Contract, version: str) -> None:
        for type_ in contract.types.values():
            if isinstance(type_, ObjectType):
                self.json.setdefault(type_.identity, Home(type_.identity, None))
        for resource in contract.resources.values():
            root = contract.types[resource.type].identity
            if root not in self.tables:
                name = self._names.name(plural(resource.path), version)
                self.tables[root] = Home(root, name, taken={*OWN_COLUMNS, *UNUSABLE})
        for home in self._all():
            found = contract.types_by_identity.get(home.root)
            if isinstance(found, ObjectType) and (found is not home.seen or home.made):
                home.seen = found
                fresh = not home.slots
                self._enter_fields(home, contract, found, (), "", version, fresh)

    def _enter_fields(
        self, home: Home, contract: Contract, type_: ObjectType, path: Path, prefix: str, version: str, fresh: bool
    ) -> None:
        for f in type_.fields:
            here = (*path, f.identity)
            if here not in home.slots:
                name = home.name(prefix + safe_name(f.name), version)
                if f.identity in self.made:
                    home.slots[here] = Slot(name, ())
                    home.made = True
                else:
                    kept_as = stored(identified(f.type, contract))
                    mark = next((s.mark for p, s in home.slots.items() if _forms(p) == _forms(here)), name)
                    home.slots[here] = Slot(mark, (Form((name,), kept_as, version),))
                    unique = f.unique if fresh else f.key and not path
                    home.born.append(Born(name, f.identity, kept_as, version, unique, fresh))
            slot = home.slots[here]
            if not slot.made and (holds_union(f.type) or holds_union(slot.newest.type)):
                kept_as = stored(identified(f.type, contract), slot.newest.type)
                slot = replace(slot, forms=(*slot.forms[:-1], replace(slot.newest, type=kept_as)))
                home.slots[here] = slot
            inner = contract.types.get(f.type.name) if isinstance(f.type, Ref) else None
            if slot.made and isinstance(inner, ObjectType):
                self._enter_fields(home, contract, inner, here, f"{slot.mark}_", version, fresh)

    # What a change does to places that are there.

    def _play(self, applied: Applied) -> None:
        change = applied.change
        if isinstance(change, MoveFields):
            before, after = applied.before.fields_by_identity, applied.after.fields_by_identity
            self.made |= {i for i in after if i not in before}
            for source, target in zip(change.sources, change.targets(), strict=True):
                old, new = find_field(applied.before, source), find_field(applied.after, target)
                self._move(
                    applied.before,
                    applied.before.types[source.type].identity,
                    (*(f.identity for f in old.passed), old.field.identity),
                    (*(f.identity for f in new.passed), new.field.identity),
                )
        elif isinstance(change, ChangeField):
            self._retype(applied)
        elif isinstance(change, RenameFields) and change.storage == "rename":
            self._rename(applied, change)
        self._hide(applied)

    def _move(self, contract: Contract, root: str, source: Path, target: Path) -> None:
        """Take what is at `source` below the type `root` to `target`, in every home that holds one."""
        while len(source) > 1 and len(target) > 1 and source[0] == target[0]:
            holder = contract.fields_by_identity[source[0]][1].type
            assert isinstance(holder, Ref)  # a move passes through objects only
            root, source, target = contract.types[holder.name].identity, source[1:], target[1:]
        found = []
        for home in self._all():
            for at in _positions(contract, home.root, root):
                taken = self._taken(home, (*at, *source), at == () or self._is_made(home, at))
                found.append((home, (*at, *source), (*at, *target), taken))
        for home, gone, place, taken in found:
            for below in taken:
                home.slots.pop((*gone, *below), None)
            home.slots.update({(*place, *below): slot for below, slot in taken.items()})
            home.made = home.made or any(slot.made for slot in taken.values())

    def _is_made(self, home: Home, path: Path) -> bool:
        return path in home.slots and home.slots[path].made

    def _taken(self, home: Home, source: Path, own: bool) -> dict[Path, Slot]:
        """The slots of what moves, by their paths below it.

        Inside a JSON object the home of that object sees to it, unless this home has taken hold of it.
        """
        held = {path[len(source) :]: s for path, s in home.slots.items() if path[: len(source)] == source}
        if not own and not held:
            return {}
        if () not in held:
            held = {**self._adopted(home, source), **held}
        return held

    def _adopted(self, home: Home, source: Path) -> dict[Path, Slot]:
        """What moves out of a JSON object, and, where a move made it, its fields."""
        slot = self.resolve(home, source)
        if not slot.made:
            return {(): slot}
        size = next(n for n in range(len(source) - 1, 0, -1) if source[:n] in home.slots)
        outer = home.slots[source[:size]].newest.type
        assert isinstance(outer, Ref)
        rest = source[size:]
        below = [p[len(rest) :] for p in self.json[outer.name].slots if p[: len(rest)] == rest]
        return {path: self.resolve(home, (*source, *path)) for path in below}

    def _retype(self, applied: Applied) -> None:
        assert isinstance(applied.change, ChangeField)
        identity = find_field(applied.before, applied.change.at).field.identity
        crossing = crossing_of(self.history, applied, identity)
        if crossing is None:
            return
        kept_as = stored(identified(applied.after.fields_by_identity[identity][1].type, applied.after))
        for home in self._all():
            for path, slot in list(home.slots.items()):
                if path[-1] == identity and not slot.made:
                    base = slot.forms[0].keys[-1]
                    name = home.name(f"{base}_{safe_name(applied.version)}", applied.version)
                    keys = (*slot.newest.keys[:-1], name)
                    home.slots[path] = replace(
                        slot, forms=(*slot.forms, Form(keys, kept_as, applied.version, crossing))
                    )
                    if len(keys) == 1:
                        home.born.append(Born(name, identity, kept_as, applied.version))

    def _hide(self, applied: Applied) -> None:
        """Give each table that can hold the new variant a column for the versions that do not see a row."""
        for identity in hiding(applied):
            home = self.tables[identity]
            if home.hides is None:
                home.hides = home.name("hidden_from", applied.version)
                home.born.append(Born(home.hides, "", Scalar(Kind.STR), applied.version))

    def _rename(self, applied: Applied, change: RenameFields) -> None:
        """Keep the new names free: columns get them once no version is left from before. Keys inside JSON stay."""
        owner, _ = find_owner(applied.before, change.at)
        wanted = {f.identity: change.names[f.name] for f in owner.fields if f.name in change.names and not f.key}
        for home in self.tables.values():
            for path, slot in home.slots.items():
                if path[-1] in wanted and not slot.made and len(slot.newest.keys) == 1:
                    column, name = slot.newest.keys[0], safe_name(wanted[path[-1]])
                    name = column if name == column else home.name(name, applied.version)
                    home.renames.append((applied.version, column, name))


def _forms(path: Path) -> Path:
    """A path by what its fields were born as: another kind of a key is at the same."""
    return tuple(root(identity) for identity in path)


def _positions(contract: Contract, root: str, wanted: str) -> Iterator[Path]:
    """Where objects of the type `wanted` stand below the type `root`, lists and maps not counted."""

    def walk(type_: ObjectType, path: Path, passed: frozenset[str]) -> Iterator[Path]:
        if type_.identity == wanted:
            yield path
        for f in type_.fields:
            inner = contract.types.get(f.type.name) if isinstance(f.type, Ref) else None
            if isinstance(inner, ObjectType) and inner.identity not in passed:
                yield from walk(inner, (*path, f.identity), passed | {inner.identity})

    start = contract.types_by_identity.get(root)
    if isinstance(start, ObjectType):
        yield from walk(start, (), frozenset({root}))
