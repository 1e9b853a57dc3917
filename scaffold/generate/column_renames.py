"""Columns that take the new name of their attribute, where a rename asks for it, once nobody knows the old one.

A program of a version from before the rename works on the old column, so the name waits until these were dropped.
Columns of keys keep theirs: rows of other tables refer to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..contract.history import History
from .home import Form, Home, Slot
from .table_model import Group, Node, StoredJoint, Table, Tables, Value

Names = Mapping[str, str]
"""Columns by the names they were born with."""


def renamed_by_now(home: Home, history: History) -> dict[str, str]:
    """The columns of a table that have another name than at birth, since older versions were dropped."""
    gone = sum(v.dropped is not None for v in history.whole.versions)
    found = {born: name for version, born, name in home.renames if history.whole.index(version) <= gone and gone}
    return {born: name for born, name in found.items() if born != name}


def renamed_since(before: Table, after: Table) -> dict[str, str]:
    """The columns of a table that take another name, by those they had."""
    births = {name: born for born, name in before.renamed.items()}
    now = {c.name: after.renamed.get(births.get(c.name, c.name), births.get(c.name, c.name)) for c in before.columns}
    left = {c.name for c in after.columns}
    return {old: new for old, new in now.items() if old != new and new in left}


def with_names(table: Table, names: Names, renamed: Names) -> Table:
    """`table` with columns under other names; `renamed` are then those that do not have that of their birth."""
    columns = tuple(
        replace(c, name=names.get(c.name, c.name), comment=None if c.comment == names.get(c.name) else c.comment)
        for c in table.columns
    )
    references = tuple(
        replace(r, columns=tuple((names.get(name, name), key) for name, key in r.columns)) for r in table.references
    )
    return replace(
        table,
        columns=columns,
        nodes=tuple(_node(n, names) for n in table.nodes),
        joints=tuple(_joint(j, names) for j in table.joints),
        references=references,
        renamed=dict(renamed),
    )


def named_as(before: Tables, after: Tables) -> Tables:
    """`before` with its columns under the names that they have in `after`."""
    made = []
    for table in before.tables:
        left = after.table(table.record.identity)
        names = {} if left is None else renamed_since(table, left)
        made.append(with_names(table, names, {} if left is None else left.renamed) if names else table)
    return replace(before, tables=tuple(made))


def _node(node: Node, names: Names) -> Node:
    if isinstance(node, Group):
        return replace(node, slot=_slot(node.slot, names), children=tuple(_node(n, names) for n in node.children))
    return Value(node.path, _slot(node.slot, names))


def _slot(slot: Slot, names: Names) -> Slot:
    return replace(slot, forms=tuple(_form(f, names) for f in slot.forms))


def _form(form: Form, names: Names) -> Form:
    return replace(form, keys=(names.get(form.keys[0], form.keys[0]), *form.keys[1:]))


def _joint(joint: StoredJoint, names: Names) -> StoredJoint:
    older, newer = (tuple(_form(f, names) for f in forms) for forms in (joint.older, joint.newer))
    return replace(joint, older=older, newer=newer)
