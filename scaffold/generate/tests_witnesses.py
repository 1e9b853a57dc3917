"""One witness for each declared change: a record that a client of one version makes, and what the other one sees of it.

What is to be seen follows from the two contracts alone, by the identities of their fields and of the values of their
enums: the same field has the same value under another name, in another place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ..contract.changes import AddEnumValue, AddField, RemoveEnumValue, RemoveField, RenameEnumValue
from ..contract.contract import Contract
from ..contract.examples import example
from ..contract.history import Applied, History, owner
from ..contract.message import View
from ..contract.named_types import EnumType, Field, ObjectType
from ..contract.types import MISSING, Json, ListOf, MapOf, Ref, Type
from ..contract.views import view_fields
from ..convert.records import Records
from .tests_calendar import both_served_at
from .tests_clients import readable
from .tests_keys import without_references

Way = tuple[str | int, ...]
"""Where a value stands below a resource: names of fields, 0 for the items of a list, `key` for the values of a map."""

Witness = dict[str, Any]


def witnesses(history: History, records: Records, documents: Mapping[str, Mapping[str, Any]]) -> Iterator[Witness]:
    """The witnesses of every change that shows in a resource, in order; `documents` are those of the stored clients.

    A change has one for each direction in which something of it is seen. Where versions on both sides do not make
    and show the resource it has none: then nothing of it can be seen from outside.
    """
    for applied in history.applied:
        newer = owner(applied.version, history)
        place = history.index(newer)
        older = newer if newer != applied.version or place == 0 else history.versions[place - 1].id
        moment = both_served_at(history.version(older), history.version(newer)).isoformat()
        for identity, record in records.objects.items():
            stored = [documents[v]["resources"].get(record.name) for v in (older, newer)]
            if not all(s is not None and _works(s) for s in stored):
                continue
            ways = ((older, newer),) if older == newer else ((older, newer), (newer, older))
            found = [w for by, to in ways if (w := _Side(history, applied, by, to, identity).witness()) is not None]
            if found:
                said = {"says": applied.change.sentence(), "moment": moment, "resource": record.name}
                yield from (said | w for w in found)
                break


def _works(stored: Mapping[str, Any]) -> bool:
    return {"create", "get"} <= {step["does"] for step in stored["steps"]}


@dataclass
class _Side:
    """A change as a client of `to` sees it in what a client of `by` made."""

    history: History
    applied: Applied
    by: str
    to: str
    resource: str
    shows: dict[str, Json] = field(default_factory=dict)
    has: set[str] = field(default_factory=set)
    hides: set[str] = field(default_factory=set)

    def witness(self) -> Witness | None:
        """The witness, None where the change cannot be seen in the resource."""
        self.mine, self.theirs = self.history.contract(self.by), self.history.contract(self.to)
        here, there = self._root(self.mine), self._root(self.theirs)
        self.sent = self._sent(here)
        if not isinstance(self.sent, dict):
            return None
        ours, others = _ways(self.mine, here), _ways(self.theirs, there)
        for identity in sorted(self.applied.touched & (ours.keys() | others.keys())):
            self._look(identity, ours.get(identity), others.get(identity), there)
        self._look_at_value(ours, others)
        if not (self.shows or self.has or self.hides):
            return None
        return {
            "by": self.by,
            "to": self.to,
            "sends": self.sent,
            "shows": self.shows,
            "has": sorted(self.has),
            "hides": sorted(self.hides),
        }

    def _root(self, contract: Contract) -> ObjectType:
        """The resource in one of the two versions."""
        found = [t for n in contract.resources if (t := contract.object(n)) is not None]
        return next(t for t in found if t.identity == self.resource)

    def _sent(self, root: ObjectType) -> Json:
        chosen = readable(self.history, self.mine)
        value, enum = self._value(self.by)
        if value is not None and enum is not None:
            chosen[enum.identity] = value
        return without_references(root, example(self.mine, Ref(root.name), View.CREATE, chosen=chosen))

    def _look(self, identity: str, mine: _Place | None, theirs: _Place | None, there: ObjectType) -> None:
        """What is to be seen of a field that is not what it was."""
        if theirs is not None and theirs.field.alias_of is not None:
            ours = _ways(self.mine, self._root(self.mine))
            mine = ours.get(theirs.field.alias_of)  # another name of what was sent
        sent = MISSING if mine is None else _at(self.sent, mine.way)
        if theirs is None:
            if mine is not None and sent is not MISSING and len(mine.way) == 1 and there.field(mine.field.name) is None:
                self.hides.add(mine.field.name)
            return
        if mine is None:
            self._look_at_new(theirs)
        elif (
            sent is not MISSING
            and mine.field.refers is None
            and _alike(self.mine, mine.field, self.theirs, theirs.field)
        ):
            same = self.applied.change.converts(self.applied.before) != identity
            if same and not self._changed_later(identity) and not theirs.field.write_only:
                self._expect(theirs.way, sent)
        elif theirs.field.required and not theirs.field.write_only:
            self._expect_some(theirs.way)

    def _look_at_new(self, theirs: _Place) -> None:
        """What is shown of a field that the client that made the record does not know."""
        change = self.applied.change
        stated: object = MISSING
        if isinstance(change, AddField) and change.field.name == theirs.field.name:
            stated = theirs.field.default if change.old_sends is MISSING else change.old_sends
        elif isinstance(change, RemoveField):
            stated = change.old_sees
        plain = isinstance(stated, str | int | float | bool | list | dict) and len(theirs.way) == 1
        if plain and not self._changed_later(theirs.field.identity):
            self._expect(theirs.way, stated)
        elif theirs.field.required and not theirs.field.write_only:
            self._expect_some(theirs.way)
        elif isinstance(change, AddField | RemoveField) and stated is MISSING and len(theirs.way) == 1:
            self.hides.add(theirs.field.name)

    def _look_at_value(self, ours: Mapping[str, _Place], others: Mapping[str, _Place]) -> None:
        """What is to be seen of an enum's value that came, went or was renamed."""
        sent, enum = self._value(self.by)
        seen, other = self._value(self.to)
        if sent is None or seen is None or enum is None or other is None or self._changed_later(enum.identity):
            return
        for identity, mine in ours.items():
            theirs = others.get(identity)
            if mine.field.type != Ref(enum.name) or theirs is None or theirs.field.type != Ref(other.name):
                continue
            if _at(self.sent, mine.way) == sent:
                self._expect(theirs.way, seen)
                return

    def _value(self, version: str) -> tuple[str | None, EnumType | None]:
        """The value that stands in a version for the one that the change is about; None where there is none."""
        change, older = self.applied.change, version != owner(self.applied.version, self.history)
        back = self.history.index(self.by) > self.history.index(self.to)
        if self.by == self.to:
            return None, None
        value: object = None
        match change:
            case AddEnumValue() if back:
                value = change.old_sees if older else change.at.name
            case RemoveEnumValue() if not back:
                value = change.at.name if older else change.old_sends
            case RenameEnumValue():
                value = change.at.name if older else change.to
            case _:
                return None, None
        identity = self.applied.before.types[change.at.type].identity
        enum = self.history.contract(version).types_by_identity.get(identity)
        if not isinstance(enum, EnumType) or not isinstance(value, str) or enum.value(value) is None:
            return None, None
        return value, enum

    def _changed_later(self, identity: str) -> bool:
        """Whether another change since the older of the two touches it: then what is seen is not stated here alone."""
        first = min(self.by, self.to, key=self.history.index)
        later = self.history.since_about(first, [identity]) if self.by != self.to else ()
        return any(a is not self.applied for a in later)

    def _expect(self, way: Way, value: Json) -> None:
        _lay(self.shows, way, value)

    def _expect_some(self, way: Way) -> None:
        if len(way) == 1:
            self.has.add(str(way[0]))


@dataclass(frozen=True)
class _Place:
    """A field below a resource, and the way to it."""

    field: Field
    way: Way


def _ways(contract: Contract, root: ObjectType) -> dict[str, _Place]:
    """The way to each field that the resource shows, by its identity; the first where there are several."""
    found: dict[str, _Place] = {}
    waiting: list[tuple[ObjectType, Way]] = [(root, ())]
    seen = {root.identity}
    while waiting:
        type_, way = waiting.pop(0)
        for f in view_fields(type_, View.OUTPUT, contract.version):
            found.setdefault(f.field.identity, _Place(f.field, (*way, f.name)))
            inner, more = _inside(contract, f.type)
            if inner is not None and inner.identity not in seen:
                seen.add(inner.identity)
                waiting.append((inner, (*way, f.name, *more)))
    return found


def _inside(contract: Contract, type_: Type) -> tuple[ObjectType | None, Way]:
    """The object that a value, its items or its values are, and the way to it."""
    match type_:
        case Ref(name):
            return contract.object(name), ()
        case ListOf(items=inner):
            found, way = _inside(contract, inner)
            return found, (0, *way)
        case MapOf(values=inner):
            found, way = _inside(contract, inner)
            return found, ("key", *way)
        case _:
            return None, ()


def _at(value: Json, way: Way) -> Json:
    """The value at the end of a way, MISSING where there is none."""
    for step in way:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and len(value) == 1 and step == 0:
            value = value[0]
        else:
            return MISSING
    return value


def _lay(into: dict[str, Json], way: Way, value: Json) -> None:
    """Put a value at the end of a way, with what leads there."""
    here: Any = into
    for step, following in pairwise(way):
        empty: Json = [{}] if following == 0 else {}
        here = here[step] if step == 0 else here.setdefault(step, empty)
    here[way[-1]] = value


def _alike(mine: Contract, one: Field, theirs: Contract, other: Field) -> bool:
    """Whether a value of one field is the same value of the other, whatever else the versions say of it."""
    named = [(t.name, c) for t, c in ((one.type, mine), (other.type, theirs)) if isinstance(t, Ref)]
    if len(named) == 2:
        enums = [c.types[n] for n, c in named]
        return all(isinstance(e, EnumType) for e in enums) and enums[0] == enums[1]
    return one.type == other.type and not named and not isinstance(one.type, ListOf | MapOf)


__all__ = ["Witness", "witnesses"]
