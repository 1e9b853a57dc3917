"""The bodies of generated functions that make a row or JSON of a record."""

from __future__ import annotations

from collections.abc import Mapping
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
    groups,
    holders,
    local,
    marked_null,
    may_lack,
    optional,
    shadow_table,
)
from .stored_values import Values, as_is, function
from .table_model import Group, Node, StoredJoint, Value, leaves


@dataclass
class Dumping:
    """Writes how a record becomes a row or JSON."""

    record: Record
    nodes: tuple[Node, ...]
    values: Values
    table: bool
    kept: Mapping[str, Kept]
    joints: tuple[StoredJoint, ...] = ()
    hides: str | None = None
    """The column with the versions that do not see a row."""

    def lines(self) -> list[str]:
        """The body."""
        self.holders = holders(self.record, self.nodes, self.kept)
        locals_ = [self._local(g) for g in groups(self.nodes)]
        ends = {v.field.identity: v for v in leaves(self.nodes)}
        joined = StoredJoints(self.joints, ends, self.values, self.table, self.kept[self.record.identity])
        locals_ += joined.dumping(self._first)
        tree: dict[str, object] = {}
        self._put(tree, self.nodes)
        for keys, value in joined.written():
            _put(tree, keys, value)
        rows = [f"{text(key)}: {self._entry(found)}" for key, found in tree.items()]
        rows += self._kept()
        rows += [f"{text(self.hides)}: hidden_from(record, HIDING)"] if self.hides is not None else []
        made = [f"    {row}," for row in rows]
        if self.table:
            return [*locals_, "return {", *made, "}"]
        return [*locals_, "return present({", *made, "})"]

    def _put(self, tree: dict[str, object], nodes: tuple[Node, ...]) -> None:
        """Every value in its place: a column or a key, and the keys inside."""
        for node in nodes:
            if isinstance(node, Value):
                for form in node.slot.forms:
                    _put(tree, form.keys, self._form(node, form))
                continue
            if not node.slot.made:
                _put(tree, (*node.slot.newest.keys, ""), f"gone({self._attribute(node)})")
            self._put(tree, node.children)

    def _entry(self, found: object) -> str:
        if isinstance(found, str):
            return found
        return f"or_null({self._parts(found)})" if self.table else self._parts(found)

    def _parts(self, found: object) -> str:
        assert isinstance(found, dict)
        rows = [
            f"{text(key) if key else 'GONE'}: {inner if isinstance(inner, str) else self._parts(inner)}"
            for key, inner in found.items()
        ]
        return f"parts({{{', '.join(rows)}}})"

    def _local(self, group: Group) -> str:
        return f"{local(group)} = {self._attribute(group)}"

    def _attribute(self, node: Node) -> str:
        """The attribute of a node, ABSENT where the object around it is not there."""
        if len(node.path) == 1:
            return f"record.{node.field.attr}"
        holder = "_".join(step.attr for step in node.path[:-1])
        holder = f"{holder}_" if holder in RESERVED else holder
        read = f"{holder}.{node.field.attr}"
        return f"{read} if {holder} else ABSENT" if may_lack(node) else read

    def _inside(self, value: Value, group: Group) -> str:
        """The attribute of a value, where `group` is known to be there."""
        return f"{local(group)}.{value.field.attr}" if value.path[:-1] == group.path else self._attribute(value)

    def _form(self, value: Value, form: Form) -> str:
        read = self._attribute(value)
        sure = value.field.required and not may_lack(value)
        column = self.table and len(form.keys) == 1
        dump = self.values.dumped(form.type, column=column)
        if form is not value.slot.newest:
            read = as_older(value, form, read, [(h.read, h.kept) for h in around(value, self.holders)])
            sure = False
        if not sure or (value.field.nullable and dump is not as_is):
            read = read if dump is as_is else f"maybe({read}, {function(dump)})"
        else:
            read = dump(read)
        return f"or_null({read})" if column and not sure else read

    def _first(self, value: Value, form: Form) -> str:
        """An attribute in the form that it was born in."""
        read = self._attribute(value)
        if form is value.slot.newest:
            return read
        return as_older(value, form, read, [(h.read, h.kept) for h in around(value, self.holders)])

    def _kept(self) -> list[str]:
        arguments = self._marks()
        own = self.holders.get(())
        kept = self._standing(own, "record", "self.shadows" if self.table else None) if own else "{}"
        if self.table:
            return [f'"kept": marked({", ".join([kept, *arguments])})']
        rows = []
        if arguments:
            rows.append(f"**marked({', '.join(['{}', *arguments])})")
        if own:
            rows.append(f'"kept": {kept} or ABSENT')
        return rows

    def _standing(self, holder: Holder, record: str, constant: str | None, name: str = "") -> str:
        """What a holder keeps, without the shadows of what has changed."""
        if not holder.kept.getters:
            return f"{record}.kept"
        return f"standing({record}.kept, {constant or shadow_table(name or self.record.name)}, {record})"

    def _marks(self) -> list[str]:
        null: list[str] = []
        here: list[str] = []
        seen: set[str] = set()
        for group in groups(self.nodes):
            mark = text(group.slot.mark)
            if group.slot.made and optional(group):
                inner = ", ".join(self._inside(v, group) for v in leaves(group.children))
                here.append(f"{mark}: ({inner},) if {local(group)} else None")
                if group.field.nullable and not group.field.required:
                    null.append(f"{mark}: {self._attribute(group)}")
        for value in leaves(self.nodes):
            if self.table and marked_null(value) and value.slot.mark not in seen:
                seen.add(value.slot.mark)  # kinds of one key are null together
                null.append(f"{text(value.slot.mark)}: {self._attribute(value)}")
        inside = []
        for group in groups(self.nodes):
            holder = self.holders.get(tuple(step.identity for step in group.path))
            if holder is not None:
                kept = self._standing(holder, local(group), None, group.record.name)
                lacks = may_lack(group) or optional(group)
                inside.append(f"{text(group.slot.mark)}: {kept}{f' if {local(group)} else {{}}' if lacks else ''}")
        found = {"null": null, "here": here, "inside": inside}
        return [f"{name}={{{', '.join(rows)}}}" for name, rows in found.items() if rows]


def _put(tree: dict[str, object], keys: tuple[str, ...], value: str) -> None:
    for key in keys[:-1]:
        inner = tree.setdefault(key, {})
        assert isinstance(inner, dict)
        tree = inner
    tree[keys[-1]] = value
