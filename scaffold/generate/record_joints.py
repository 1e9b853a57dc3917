"""Splits and merges of what is stored: older fields stay, written along, and newer ones are made of them.

A row that no newer program has written yet has only the older ones; one that an older program wrote last has others
than those that were written along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ..contract.changes.joints import lacks
from ..convert.joints import Joint
from .home import Form
from .python import text
from .record_storage import RESERVED, Kept, KeptJoint
from .stored_values import Values, as_is, function
from .table_model import StoredJoint, Value

Keys = tuple[str, ...]


@dataclass
class StoredJoints:
    """Writes how the joints of one home are loaded and dumped. `ends` are its attributes, by identity of the field."""

    joints: tuple[StoredJoint, ...]
    ends: Mapping[str, Value]
    values: Values
    table: bool
    kept: Kept
    holders: tuple[tuple[str, Kept], ...] = ()
    """Who keeps shadows: the record, and objects inside it that have no JSON of their own."""
    locals: dict[Keys, str] = field(default_factory=dict)
    """The names of values that were looked at, by their place."""

    def loading(self, read: Callable[[Form], str]) -> Iterator[str]:
        """The lines that work out the newer fields; `read` gives what is stored in a form."""
        for stored in self.joints:
            older = [self._older(stored, n, read) for n in range(len(stored.older))]
            newer = [self._newer(stored, n, read) for n in range(len(stored.newer))]
            made = [self._local(form) for form in stored.newer]
            arguments = [f"[{', '.join(newer)}]", f"[{', '.join(older)}]", self._up(stored.joint)]
            arguments.append(f"lambda newer: {self._along(stored, 'newer', 'kept')}")
            joint = stored.joint
            needed = [n for n, f in enumerate(joint.newer) if not lacks(f)]
            optional = [n for n, f in enumerate(joint.newer) if self._optional(f.identity)]
            places = (("needed", needed), ("optional", optional))
            arguments += [f"{name}={tuple(found)!r}" for name, found in places if found]
            keys = ((name, held.joints.get(stored.identities)) for name, held in self.holders)
            keeping = [f"({', '.join([name, key.key, *_order(key)])})" for name, key in keys if key is not None]
            arguments += [f"keeping=[{', '.join(keeping)}]"] if keeping else []
            names = f"({made[0]},)" if len(made) == 1 else ", ".join(made)
            yield f"{names} = rejoined({', '.join(arguments)})"

    def dumping(self, attribute: Callable[[Value, Form], str]) -> Iterator[str]:
        """The lines that work out what is written along; `attribute` gives a value in its first form."""
        for stored in reversed(self.joints):
            newer = []
            for n, f in enumerate(stored.joint.newer):
                form = stored.newer[n]
                newer.append(attribute(self.ends[f.identity], form) if f.identity in self.ends else self._local(form))
            names = [self._local(form) for form in stored.older]
            target = f"({names[0]},)" if len(names) == 1 else ", ".join(names)
            yield f"{target} = {self._along(stored, '[' + ', '.join(newer) + ']', 'record.kept')}"

    def written(self) -> Iterator[tuple[Keys, str]]:
        """The place of each older field, and what is written there."""
        for stored in self.joints:
            for form in stored.older:
                column = self.table and len(form.keys) == 1
                dump, name = self.values.dumped(form.type, column=column), self._local(form)
                made = name if dump is as_is else f"maybe({name}, {function(dump)})"
                yield form.keys, f"or_null({made})" if column else made

    def _local(self, form: Form) -> str:
        if form.keys not in self.locals:
            name = "_".join(form.keys)
            name = f"{name}_" if name in RESERVED or not name.isidentifier() else name
            while name in self.locals.values():
                name += "_"
            self.locals[form.keys] = name
        return self.locals[form.keys]

    def _optional(self, identity: str) -> bool:
        return identity in self.ends and not self.ends[identity].field.required

    def _loaded(self, form: Form, read: Callable[[Form], str]) -> str:
        column = self.table and len(form.keys) == 1
        load = self.values.loaded(form.type, column=column)
        return read(form) if load is as_is else f"maybe({read(form)}, {function(load)})"

    def _older(self, stored: StoredJoint, position: int, read: Callable[[Form], str]) -> str:
        form, field_ = stored.older[position], stored.joint.older[position]
        if form.keys in self.locals:
            return self.locals[form.keys]
        loaded = self._loaded(form, read)
        if field_.required or not (self.table and len(form.keys) == 1):
            return loaded
        return f"filled({loaded}, {text(stored.marks[position])} in null)" if field_.nullable else f"filled({loaded})"

    def _newer(self, stored: StoredJoint, position: int, read: Callable[[Form], str]) -> str:
        form, identity = stored.newer[position], stored.joint.newer[position].identity
        loaded = self._loaded(form, read)
        end = self.ends.get(identity)
        if end is None or end.field.required or not (self.table and len(form.keys) == 1):
            return loaded
        return f"filled({loaded}, {text(end.slot.mark)} in null)" if end.field.nullable else f"filled({loaded})"

    def _up(self, joint: Joint) -> str:
        return f"lambda older: converted({self._way(joint, 0)}, older, {len(joint.newer)}{self._lacks(joint)})"

    def _along(self, stored: StoredJoint, values: str, kept: str) -> str:
        joint = stored.joint
        shadow = self.kept.joints.get(stored.identities, KeptJoint())
        kept = kept if self.kept.keeps else "{}"
        reader = f", read={shadow.read}" if shadow.read else ""
        reader += "".join(f", order={order}" for order in _order(shadow))
        way, count = self._way(joint, 1), len(joint.older)
        return f"along({kept}, {shadow.key}, {values}, {way}, {count}{self._lacks(joint)}{reader})"

    def _way(self, joint: Joint, direction: int) -> str:
        """The function, for what it converts and nothing else."""
        way = joint.ways[direction]
        made = joint.newer if direction == 0 else joint.older
        if joint.hook or len(made) == 1:
            return way
        return f"lambda value: {way}(value, {len(made)})"

    def _lacks(self, joint: Joint) -> str:
        return ", lacks=True" if joint.may_lack else ""


def _order(shadow: KeptJoint) -> list[str]:
    return [repr(shadow.order)] if shadow.order else []
