"""Where the record has the fields of an object of some version, and which of its parts live outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.contract import Contract
from ..contract.named_types import ObjectType
from ..contract.types import MISSING, Ref
from .records import Record, RecordField, Records
from .relocated import Moved, Relocation


class ElsewhereError(Exception):
    """A field of a type is not in its record any more."""


@dataclass(frozen=True)
class Places:
    """Finds the fields of one version's objects in the records."""

    contract: Contract
    records: Records
    moved: Moved

    def locate(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Where the field at `path` of identities is found by now."""
        return self.moved.locate(path)

    def left(self, type_: ObjectType, path: tuple[str, ...]) -> bool:
        """Whether something of the object at `path` no longer lives inside it."""
        here = self.locate(path)
        found = self._paths(type_, path, frozenset({type_.identity}))
        return any(end[: len(here)] != here for below in found for end in self.moved.located(below))

    def joined(self, record: Record, path: tuple[str, ...]) -> bool:
        """Whether something that stood outside of the object at `path` of a record lives inside of it by now."""
        here, type_ = self.locate(path), self.contract.types_by_identity[record.identity]
        assert isinstance(type_, ObjectType)
        return any(
            end[: len(here)] == here
            for found in self._paths(type_, (), frozenset({type_.identity}))
            if found[: len(path)] != path
            for end in self.moved.located(found)
        )

    def entered(self, identity: str) -> bool:
        """Whether something moved into the object that a field holds, from outside of it."""
        moves = [event for event in self.moved.events if isinstance(event, Relocation)]
        return any(identity in move.target[:-1] and identity not in move.source[:-1] for move in moves)

    def unsure(self, record: Record, type_: ObjectType, path: tuple[str, ...]) -> bool:
        """Whether the object at `path` may be without what it needs, since that moved out of it and back.

        An object in it that may be missing, or null, does without it by itself.
        """
        moved = {event.source[-1] for event in self.moved.events if isinstance(event, Relocation)}
        for found in self._paths(type_, path, frozenset({type_.identity})) if moved else ():
            fields = [self.contract.fields_by_identity[identity][1] for identity in found[len(path) :]]
            needed = all(f.required and f.default is MISSING for f in fields) and not any(
                f.nullable for f in fields[:-1]
            )
            if found[-1] in moved and needed:
                place = self.place(record, self.locate(found))
                if place is not None and not place[-1].required:
                    return True
        return False

    def _paths(self, type_: ObjectType, prefix: tuple[str, ...], seen: frozenset[str]) -> Iterator[tuple[str, ...]]:
        for f in type_.fields:
            if f.alias_of is not None:
                continue
            path = (*prefix, f.identity)
            yield path
            inner = self.contract.object(f.type.name) if isinstance(f.type, Ref) else None
            if inner is not None and inner.identity not in seen:
                yield from self._paths(inner, path, seen | {inner.identity})

    def place(self, record: Record, path: tuple[str, ...]) -> tuple[RecordField, ...] | None:
        """The attributes on the way to `path`, where the record has all of them."""
        try:
            return self.resolve(record, path)
        except ElsewhereError:
            return None

    def resolve(self, record: Record, path: tuple[str, ...]) -> tuple[RecordField, ...]:
        """The attributes on the way to `path`, of identities.

        Raises:
            ElsewhereError: one of them is not there.
        """
        found = []
        for identity in path:
            field = record.by_identity.get(identity)
            if field is None:
                raise ElsewhereError(identity)
            found.append(field)
            if isinstance(field.type, Ref) and field.type.name in self.records.objects:
                record = self.records.objects[field.type.name]
        return tuple(found)
