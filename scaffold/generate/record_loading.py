"""The bodies of generated functions that make a record of a row or of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..convert.records import Record
from .home import Form
from .python import text
from .record_joints import StoredJoints
from .record_storage import (
    RESERVED,
    Holder,
    Kept,
    around,
    as_older,
    call,
    groups,
    holders,
    local,
    marked_null,
    may_be_null,
    optional,
)
from .stored_values import Values, as_is, enum_of, function, upwards
from .table_model import Group, Node, StoredJoint, Value, leaves

LACKED, NULLED = "absent", "null"
"""What a stored value may be that a record cannot be."""


@dataclass
class Loading:
    """Writes how a record is made of a row or of JSON."""

    record: Record
    nodes: tuple[Node, ...]
    values: Values
    table: bool
    kept: Mapping[str, Kept]
    joints: tuple[StoredJoint, ...] = ()

    def lines(self) -> list[str]:
        """The body."""
        self.holders = holders(self.record, self.nodes, self.kept)
        ends = {v.field.identity: v for v in leaves(self.nodes)}
        keeping = tuple((h.local, h.kept) for h in self.holders.values())
        joined = StoredJoints(self.joints, ends, self.values, self.table, self.kept[self.record.identity], keeping)
        first = list(joined.loading(self._read))
        self.joined = {form.keys: joined.locals[form.keys] for stored in self.joints for form in stored.newer}
        made: list[str] = []
        arguments = [a for n in self.nodes for a in self._argument(n, made)]
        for value in leaves(self.nodes):
            made = [*self._inherited(value), *made]
        made = [*first, *made]
        source = 'row["kept"]' if self.table else "data"
        body = "\n".join((*made, *arguments))
        names = {"null": "NULL", "here": "HERE"}
        before = [f"{n} = {source}.get({c}, ())" for n, c in names.items() if f" in {n}" in body]
        for path, holder in self.holders.items():
            inside = text(self._mark(path)) if path else ""
            whole = 'shadows(row["kept"])' if self.table else 'dict(data.get("kept", {}))'
            if path or re.search(r"\bkept,", body):
                before.append(f"{holder.local} = {f'within({source}, {inside})' if path else whole}")
                whole = holder.local
            if not path:
                arguments.append(f"kept={whole}")
        return [*before, *made, *call(f"return records.{self.record.name}", arguments)]

    def _mark(self, path: tuple[str, ...]) -> str:
        return next(g.slot.mark for g in groups(self.nodes) if tuple(s.identity for s in g.path) == path)

    def _argument(self, node: Node, made: list[str]) -> Iterator[str]:
        if isinstance(node, Value):
            yield f"{node.field.attr}={self._value(node, made)}"
        elif optional(node):
            self._optional_group(node, made)
            yield f"{node.field.attr}={local(node)}"
        else:
            yield f"{node.field.attr}={' '.join(call(f'records.{node.record.name}', self._inner(node, made)))}"

    def _inner(self, group: Group, made: list[str]) -> list[str]:
        """The arguments for the object of a group."""
        inner = [a for n in group.children for a in self._argument(n, made)]
        holder = self.holders.get(tuple(step.identity for step in group.path))
        return [*inner, f"kept={holder.local}"] if holder else inner

    def _optional_group(self, group: Group, made: list[str]) -> None:
        inner = self._inner(group, made)
        name, f, mark = local(group), group.field, text(group.slot.mark)
        type_ = f"records.{group.record.name}" + " | None" * f.nullable + " | Absent" * (not f.required)
        made.append(f"{name}: {type_} = {'None' if f.required else 'ABSENT'}")
        if group.slot.made:
            there = " or ".join([f"{mark} in here", *self._some(list(leaves(group.children)))])
            is_null = f"{mark} in null" if f.nullable and not f.required else ""
        else:
            json = self._read(group.slot.newest)
            if self.table and f.nullable and not f.required:
                json = f"filled({json}, {mark} in null)"
            made.append(f"{name}_json = opened({json})")
            keys = group.slot.newest.keys
            elsewhere = [v for v in leaves(group.children) if v.slot.newest.keys[: len(keys)] != keys]
            there = " or ".join([f"isinstance({name}_json, dict)", *self._some(elsewhere)])
            is_null = f"{name}_json is None" if f.nullable and not f.required else ""
        made.append(f"if {there}:")
        made += [f"    {line}" for line in call(f"{name} = records.{group.record.name}", inner)]
        if is_null:
            made += [f"elif {is_null}:", f"    {name} = None"]

    def _some(self, values: list[Value]) -> list[str]:
        """The conditions of which one holds where one of the values is there; null is there too."""
        reads = [self.joined.get(f.keys, self._read(f)) for v in values for f in v.slot.forms]
        null = [v for v in values if not v.field.required and may_be_null(v)]
        marked = [f"{text(v.slot.mark)} in null" for v in null if self.table and marked_null(v)]
        stated = [f"{self._read(v.slot.newest)} is None" for v in null if not (self.table and marked_null(v))]
        return [*([f"some({', '.join(reads)})"] if reads else []), *marked, *stated]

    def _read(self, form: Form) -> str:
        """What is stored in one form: None or ABSENT where there is nothing."""
        first, rest = form.keys[0], form.keys[1:]
        if self.table:
            whole = f"row[{text(first)}]"
        elif rest:
            return f"part(data, {', '.join(text(k) for k in form.keys)})"
        else:
            whole = f"data.get({text(first)}, ABSENT)"
        return f"part({whole}, {', '.join(text(k) for k in rest)})" if rest else whole

    def _value(self, value: Value, made: list[str]) -> str:
        f, newest = value.field, value.slot.newest
        column = self.table and len(newest.keys) == 1
        load = self.values.loaded(newest.type, column=column)
        if len(value.slot.forms) == 1 and newest.keys in self.joined:
            joined = self.joined[newest.keys]
            return f"or_null({joined})" if f.required and f.nullable else joined
        if len(value.slot.forms) > 1:
            read = self._forms(value, column, made)
            if not column:
                return self._or_missing(value, read, read, made)
            if f.required:
                return f"or_null({read})" if f.nullable else read
            return f"filled({read}, {text(value.slot.mark)} in null)" if f.nullable else read
        read = self._read(newest)
        if f.required and len(newest.keys) == 1:
            there = read
            if not self.table and (self._keys(value, LACKED) or self._null_is_gone(value)):
                return self._or_missing(
                    value, read if load is as_is else f"maybe({read}, {function(load)})", read, made
                )
            read = read if self.table else f"data[{text(newest.keys[0])}]"
            read = f"maybe({read}, {function(load)})" if f.nullable and load is not as_is else load(read)
            return read if self.table else self._or_missing(value, read, there, made)
        if column:
            null = f", {text(value.slot.mark)} in null" if may_be_null(value) else ""
            read = f"filled({read}{null})"
        loaded = read if load is as_is else f"maybe({read}, {function(load)})"
        return loaded if column else self._or_missing(value, loaded, read, made)

    def _or_missing(self, value: Value, loaded: str, there: str, made: list[str]) -> str:
        """A value in JSON, or what it is taken to be where the JSON is older than the field, or may be null no more."""
        own = self.kept[self.record.identity]
        missing = own.missing.get(value.field.identity) if value.field.required else None
        absent, gone = self._keys(value, LACKED), self._null_is_gone(value)
        if not gone and (missing is None or not absent):
            return loaded if missing is None else f"{loaded} if {there} is not ABSENT else {missing}"
        name = "_".join(step.attr for step in value.path)
        name = f"{name}_" if name in RESERVED else name
        made.append(f"{name} = {loaded}")
        if missing is not None:
            made += [f"if {name} is ABSENT:", f"    {name} = {_lacking('ABSENT', missing, absent)}"]
        if gone:
            instead = own.missing.get(value.field.identity, "ABSENT")
            word = "elif" if missing is not None else "if"
            made += [f"{word} {name} is None:", f"    {name} = {_lacking('None', instead, self._keys(value, NULLED))}"]
        return name

    def _null_is_gone(self, value: Value) -> bool:
        return not may_be_null(value) and value.field.identity in self.kept[self.record.identity].nullable

    def _keys(self, value: Value, what: str) -> list[tuple[str, str]]:
        """Who keeps shadows of what versions were shown of rows that lack a value, and the keys."""
        found = [
            (h.local, h.kept.lacking.get(value.field.identity, {}).get(what, {})) for h in around(value, self.holders)
        ]
        return [(holder, key) for holder, keys in found for key in keys]

    def _forms(self, value: Value, column: bool, made: list[str]) -> str:
        """The value in its newest form: as an older program left it, where that wrote last."""
        forms = value.slot.forms
        name = "_".join(step.attr for step in value.path)
        name = f"{name}_" if name in RESERVED else name
        reads = []
        for form in forms:
            load = self.values.loaded(form.type, column=column)
            read = f"filled({self._read(form)})" if column else self._read(form)
            read = read if load is as_is else f"maybe({read}, {function(load)})"
            reads.append(self.joined.get(form.keys, read))
        found = reads[0]
        for older, newer, read in zip(forms, forms[1:], reads[1:], strict=False):
            last = newer is forms[-1]
            up = self._up(value, newer, reads) if last else function(upwards(newer.crossing))
            told = f", lambda item: {self._as_older(value, older, 'item')}" if last else ""
            found = f"newest({read}, {found}, {up}{told})"
        made.append(f"{name} = {found}")
        for form, read in zip(forms[:-1], reads, strict=False):
            for holder in around(value, self.holders):
                shadow = holder.kept.shadow(value, form)
                if shadow is not None:
                    shown = self._as_older(value, form, name, holder)
                    made.append(f"remember({holder.local}, {shadow[0]}, {read}, {name}, {shown})")
        return name

    def _up(self, value: Value, form: Form, reads: list[str]) -> str:
        """How a value becomes the newest `form`: as an older form has it still, where that was this one once."""
        up, forms = upwards(form.crossing), value.slot.forms
        once = self.kept[self.record.identity].once(value)
        if once is None:
            return function(up)
        between = [upwards(newer.crossing) for newer in forms[forms.index(once) + 1 : -1]]

        def again(item: str) -> str:
            for step in between:
                item = step(item)
            return item

        read = reads[forms.index(once)]
        return f"lambda item: regained({read}, item, {function(again)}, {up('item')})"

    def _as_older(self, value: Value, form: Form, read: str, holder: Holder | None = None) -> str:
        among = [holder] if holder else around(value, self.holders)
        return as_older(value, form, read, [(h.local, h.kept) for h in among])

    def _inherited(self, value: Value) -> Iterator[str]:
        """The lines that keep a value that was removed, where only an older program wrote it."""
        for holder in around(value, self.holders):
            for key, words in holder.kept.heirs.get(value.field.identity, {}).items():
                loaded = self.values.enum_table(enum_of(value.slot.newest.type), "LOADED")
                others = holder.kept.others.get(value.field.identity, {}).get(key, "")
                said = ", ".join(filter(None, (self._read(value.slot.newest), words, loaded, others)))
                yield f"inherit({holder.local}, {key}, {said})"


def _lacking(stored: str, filled: str, keys: list[tuple[str, str]]) -> str:
    """What a record has where nothing, or null, is `stored`; those who kept something go on being shown it."""
    for holder, key in keys:
        filled = f"lacking({holder}, {key}, {stored}, {filled})"
    return filled
