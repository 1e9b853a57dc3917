"""The bodies of converters that show a record to a version."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.changes.base import listing
from ..contract.naming import safe_name
from ..contract.types import MISSING
from ..convert.nodes import Group, Inline, Leaf, Node, SideMap
from .converters import Converter, marks_presence
from .entries import Entries
from .filling import completer
from .local_names import Locals
from .mentions import Names
from .python import text
from .record_access import place
from .shown_parts import (
    ALWAYS,
    complete,
    innermost_type,
    kept_in_shape,
    reader_of,
    restored,
    shown_together,
    stored_parts,
)
from .shown_values import complex_, shown


@dataclass(frozen=True)
class Function:
    """A function as it will stand in a module."""

    name: str
    parameters: str
    returns: str
    doc: str
    lines: tuple[str, ...]


class Showing:
    """Writes one showing converter, and the small functions for the fields that need one."""

    def __init__(self, names: Names, converter: Converter, doc: str) -> None:
        self.names, self.converter, self.doc = names, converter, doc
        self.entries = Entries(names, converter)
        self.contract, self.cross, self.helpers = self.entries.contract, self.entries.cross, self.entries.helpers
        self.record = names.record(converter.mapping.record.identity)

    def functions(self) -> list[Function]:
        """The converter, after its helpers."""
        shape = self.names.converters.shapes.of[self.converter.side]
        made = [made for node in self.converter.mapping.nodes for made in self._helpers(node)]
        lines = self._body(self.names.shape(shape), self.converter.mapping)
        return [
            *made,
            Function(self.converter.name, f"record: {self.record}", self.names.shape(shape), self.doc, lines),
        ]

    def _helpers(self, node: Node) -> list[Function]:
        if isinstance(node, Leaf):
            return [self.helper(node)] if complex_(node) else []
        if isinstance(node, Group):
            return [self._group_helper(node)] if node.shown else []
        inner = [made for child in node.children for made in self._helpers(child)]
        return [*inner, self._object_helper(node)] if marks_presence(node) else inner

    def helper(self, leaf: Leaf) -> Function:
        """What the version is shown for one field: the shadow while it stands."""
        at = place("record", leaf.record)
        value, absent = shown(self.cross, leaf, at)
        type_ = self.cross.wire_type(leaf)
        lacking = " | Absent" if absent or leaf.stored_absent is not MISSING else ""
        returns = f"{type_}{lacking}" + (" | None" if leaf.field.nullable else "")
        if not leaf.shadowed:
            return Function(
                self.helpers[leaf.record], f"record: {self.record}", returns, self._doc(leaf), (f"return {value}",)
            )
        kept = kept_in_shape(self.names, self.cross, leaf)
        if kept is None:
            reader = reader_of(leaf.field.type, self.names, self.contract)
        else:
            completed = completer(self.cross, innermost_type(leaf.field.type))
            reader = restored(leaf.field.type, kept, completed)
        read = f", {reader}" if reader else ""
        lines = (
            f"shown: {returns} = {value}",
            f"stored = {at.or_absent}",
            f"return written(record.kept, {text(leaf.shadow)}, stored, shown{read})",
        )
        return Function(self.helpers[leaf.record], f"record: {self.record}", returns, self._doc(leaf), lines)

    def _group_helper(self, node: Group) -> Function:
        """What the version is shown for fields that are converted together: a list where they are several."""
        joining = self.names.converters.joining_of(self.contract.version, node)
        stored = ", ".join(place("record", end.record).or_absent for end in node.ends)
        slots = [node.program.slots[m] for m in node.program.members]
        readers = [reader_of(s.field.type, self.names, self.contract) for s in slots]
        returns = shown_together(self.names, self.contract, node)
        read = f", {readers[0]}" if readers[0] else ""
        if len(slots) > 1:
            read = f", parted({', '.join(r or 'None' for r in readers)})"
        lines = (
            f"shown = {self.names.joining(joining, joining.shown)}({stored})",
            f"return written(record.kept, {text(node.shadow)}, [{stored}], shown{read})",
        )
        names = listing(s.field.name for s in slots)
        doc = (
            f"The {names} that {self.converter.side.version} is shown; word for word what it wrote, while that stands."
        )
        return Function(self.helpers[node.shadow], f"record: {self.record}", returns, doc, lines)

    def _object_helper(self, node: Inline) -> Function:
        """What is shown for an object in parts: nothing where a part that it needs is not there."""
        nothing = "ABSENT" if not node.field.field.required else "None"
        self.entries.locals = Locals()
        lines, made = self._parts(node, self.entries.locals.of(node.shadow, safe_name(node.field.name)))
        there = complete(node)
        lines += [
            f"made = {made}" if there == ALWAYS else f"made = {made} if {there} else {nothing}",
            f"return written(kept, {text(node.shadow)}, {stored_parts('record', node)}, made)",
        ]
        self.entries.locals = Locals()
        null = " | None" if node.field.field.nullable else ""
        return Function(
            self.helpers[node.shadow],
            f"record: {self.record}, kept: Kept",
            f"{self.entries.shape(node)}{null}{'' if node.field.required else ' | Absent'}",
            f"The `{node.field.name}` that {self.converter.side.version} is shown; `kept` says whether it sent one.",
            tuple(lines),
        )

    def _parts(self, node: Inline, local: str) -> tuple[list[str], str]:
        first, sure, later = self.entries.collect(
            self.entries.type_of(node), node.children, f"{local}_parts", again=node.again
        )
        return (
            [*first, f"{local}_parts: dict[str, Any] = {{{', '.join(sure)}}}", *later],
            f"cast({text(self.entries.shape(node))}, {local}_parts)",
        )

    def _doc(self, leaf: Leaf) -> str:
        how = "; word for word what it wrote, while that stands" if leaf.shadowed else ""
        return f"The `{leaf.field.name}` that {self.converter.side.version} is shown{how}."

    def _body(self, shape: str, mapping: SideMap) -> tuple[str, ...]:
        first, sure, later = self.entries.collect(
            mapping.type, mapping.nodes, "shown", again=mapping.again, computed=mapping.computed
        )
        return (*first, f"shown: {shape} = {{{', '.join(sure)}}}", *later, "return shown")
