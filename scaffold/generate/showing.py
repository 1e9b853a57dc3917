"""The bodies of converters that show a record to a version."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.changes.base import listing
from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.naming import safe_name
from ..contract.types import MISSING
from ..contract.views import ViewField
from ..convert.conversions import Same
from ..convert.key_order import key_order
from ..convert.nodes import Again, Computed, Group, Inline, Leaf, Node, SideMap
from ..convert.stand_ins import promised
from ..convert.stated import is_rest
from .converters import Converter, marks_presence
from .expressions import Crossing
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
    known_names,
    reader_of,
    restored,
    shown_together,
    stored_parts,
)
from .shown_values import complex_, helper_names, shown


@dataclass(frozen=True)
class Function:
    """A function as it will stand in a module."""

    name: str
    parameters: str
    returns: str
    doc: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """What an answer has of one field: a value under its names, or the `lines` that add it where it may be missing."""

    field: ViewField
    keys: tuple[str, ...] = ()
    value: str = ""
    lines: tuple[str, ...] = ()

    def added(self, target: str) -> tuple[str, ...]:
        """The lines that add it to `target`, which has keys already."""
        return self.lines or (f"{''.join(f'{target}[{key}] = ' for key in self.keys)}{self.value}",)


class Showing:
    """Writes one showing converter, and the small functions for the fields that need one."""

    def __init__(self, names: Names, converter: Converter, doc: str) -> None:
        self.names, self.converter, self.doc = names, converter, doc
        self.contract = names.converters.contracts[converter.side.version]
        self.cross = Crossing(names, self.contract)
        self.record = names.record(converter.mapping.record.identity)
        self.helpers = helper_names(converter)
        self.locals = Locals()

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
        lacking = " | Absent" if absent or self._absent_shadow(leaf) else ""
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

    def _absent_shadow(self, leaf: Leaf) -> bool:
        return leaf.stored_absent is not MISSING

    def _doc(self, leaf: Leaf) -> str:
        how = "; word for word what it wrote, while that stands" if leaf.shadowed else ""
        return f"The `{leaf.field.name}` that {self.converter.side.version} is shown{how}."

    def _body(self, shape: str, mapping: SideMap) -> tuple[str, ...]:
        first, sure, later = self._collect(
            mapping.type, mapping.nodes, "shown", again=mapping.again, computed=mapping.computed
        )
        return (*first, f"shown: {shape} = {{{', '.join(sure)}}}", *later, "return shown")

    def _computed(self, made: Computed) -> str:
        """What a hook makes of the record, as the version has it."""
        call = f"hooks.{made.hook}(record)"
        if isinstance(made.conversion, Same) or not made.field.nullable:
            return self.cross.down(made.conversion, call)
        return f"None if (made := {call}) is None else {self.cross.down(made.conversion, 'made')}"

    def _collect(
        self,
        type_: ObjectType,
        nodes: tuple[Node, ...],
        target: str,
        *,
        again: tuple[Again, ...] = (),
        computed: tuple[Computed, ...] = (),
    ) -> tuple[list[str], list[str], list[str]]:
        """What is worked out first, the keys that are always there, and the lines that add the others.

        The keys are in one order, wherever the record has their values by now.
        """
        first: list[str] = []
        entries: list[Entry] = []
        held = {a.path[0].name for a in again if a.required}
        for node in nodes:
            match node:
                case Group():
                    entries += self._grouped(node, target, first)
                case Inline() if marks_presence(node):
                    entries.append(self._inline(node, target, first))
                case Inline():
                    lines, made = self._made(node, hold=node.field.name in held)
                    first += lines
                    entries.append(Entry(node.field, self._keys(node), made))
                case Leaf():
                    entries.append(self._leaf(node, target, first, hold=node.field.name in held))
        entries += [Entry(c.field, self._keys(c), self._computed(c)) for c in computed]
        entries += [self._again(a, target, entries) for a in again]
        order = key_order(self.contract, type_)
        entries.sort(key=lambda e: order[e.field.field.identity])
        sure = list(itertools.takewhile(lambda e: not e.lines, entries))
        later = [line for entry in entries[len(sure) :] for line in entry.added(target)]
        return first, [f"{key}: {entry.value}" for entry in sure for key in entry.keys], later

    def _leaf(self, leaf: Leaf, target: str, first: list[str], *, hold: bool) -> Entry:
        """The entry of one field; its value is a local where it is to `hold`, since a part of it is shown once more."""
        at = place("record", leaf.record)
        value, absent = shown(self.cross, leaf, at)
        if complex_(leaf):
            value, may_lack = f"{self.helpers[leaf.record]}(record)", self._may_lack(leaf)
            if may_lack:
                local = self.locals.of(leaf.record, safe_name(leaf.field.name))
                taken = self._taken(leaf, target, local)
                lines = (f"{local} = {value}", f"if {local} is not ABSENT:", f"    {taken}")
                return Entry(leaf.field, lines=lines)
        elif absent:
            inner = value.removesuffix(" else ABSENT")
            bare = inner[1 : inner.rindex(f") if {' and '.join(at.present)}")]
            taken = self._taken(leaf, target, bare)
            return Entry(leaf.field, lines=(f"if {' and '.join(at.present)}:", f"    {taken}"))
        return Entry(leaf.field, self._keys(leaf), self._held(leaf, value, first) if hold else value)

    def _keys(self, node: Leaf | Inline | Computed) -> tuple[str, ...]:
        """The names that a value is shown under, as literals."""
        return tuple(map(text, (node.field.name, *node.beside)))

    def _held(self, leaf: Leaf, value: str, first: list[str]) -> str:
        """The local that holds what is shown, of which a part is shown once more."""
        local = self.locals.of(leaf.record, safe_name(leaf.field.name))
        first.append(f"{local} = {value}")
        return local

    def _again(self, again: Again, target: str, entries: list[Entry]) -> Entry:
        """The entry of what is shown a second time."""
        names = [text(f.name) for f in again.path]
        key = (text(again.field.name),)
        if again.required:
            local = next(e.value for e in entries if names[0] in e.keys)
            return Entry(again.field, key, f"{local}{''.join(f'[{n}]' for n in names[1:])}")
        there, conditions = target, list[str]()
        for f, name in zip(again.path, names, strict=True):
            conditions += [] if promised(f) else [f"{name} in {there}"]
            there = f"{there}[{name}]"
            conditions += [f"{there} is not None"] if f.nullable and f is not again.path[-1] else []
        line = f"{target}[{key[0]}] = {there}"
        lines = (f"if {' and '.join(conditions)}:", f"    {line}") if conditions else (line,)
        return Entry(again.field, lines=lines)

    def _grouped(self, node: Group, target: str, first: list[str]) -> Iterator[Entry]:
        """The entries of fields that are converted together."""
        value, single = f"{self.helpers[node.shadow]}(record)", len(node.program.members) == 1
        if not single or not node.field.required:
            local = self.locals.of(node.shadow, "_".join(safe_name(f.name) for f in node.fields))
            first.append(f"{local} = {value}")
            value = local
        for f in node.fields:
            part = value if single else f"{value}[{node.program.members.index(f.field.identity)}]"
            keys = tuple(text(name) for name in (f.name, *node.beside.get(f.name, ())))
            if f.required:
                yield Entry(f, keys, part)
            else:
                targets = "".join(f"{target}[{key}] = " for key in keys)
                yield Entry(f, lines=(f"if {part} is not ABSENT:", f"    {targets}{part}"))

    def _taken(self, leaf: Leaf, target: str, value: str) -> str:
        """The line that shows a value that is there."""
        if not is_rest(leaf.field.field):
            targets = [f"{target}[{key}] = " for key in self._keys(leaf)]
            return f"{''.join(targets)}{value}"
        return f"beside({target}, {value}, {known_names(self.names, self.contract, leaf, View.OUTPUT)})"

    def _may_lack(self, leaf: Leaf) -> bool:
        return shown(self.cross, leaf, place("record", leaf.record))[1] or self._absent_shadow(leaf)

    def _inline(self, node: Inline, target: str, first: list[str]) -> Entry:
        """The entry of an object put together from parts that the record keeps elsewhere, where it may not be there."""
        local = self.locals.of(node.shadow, safe_name(node.field.name))
        line, keys = f"{local} = {self.helpers[node.shadow]}(record, {self._kept()})", self._keys(node)
        if node.field.required:
            first.append(line)
            return Entry(node.field, keys, local)
        targets = "".join(f"{target}[{key}] = " for key in keys)
        return Entry(node.field, lines=(line, f"if {local} is not ABSENT:", f"    {targets}{local}"))

    def _made(self, node: Inline, *, hold: bool = False) -> tuple[list[str], str]:
        """The lines and the value of an object that is always there, from parts that the record keeps elsewhere.

        The value is a local where it is to `hold`, since a part of it is shown once more.
        """
        local = self.locals.of(node.shadow, safe_name(node.field.name))
        first, sure, later = self._collect(self._type(node), node.children, local, again=node.again)
        made = f"{{{', '.join(sure)}}}"
        if not later and not hold:
            return first, made
        return [*first, f"{local}: {self._shape(node)} = {made}", *later], local

    def _kept(self) -> str:
        return "record.kept" if self.converter.mapping.record.identity in self.names.converters.keeping else "{}"

    def _parts(self, node: Inline, local: str) -> tuple[list[str], str]:
        first, sure, later = self._collect(self._type(node), node.children, f"{local}_parts", again=node.again)
        return (
            [*first, f"{local}_parts: dict[str, Any] = {{{', '.join(sure)}}}", *later],
            f"cast({text(self._shape(node))}, {local}_parts)",
        )

    def _type(self, node: Inline) -> ObjectType:
        """The type of an object in parts."""
        found = self.contract.object(node.type_name)
        assert found is not None
        return found

    def _shape(self, node: Inline) -> str:
        shapes = self.names.converters.shapes
        return self.names.shape(shapes.object(self.contract, node.type_name, node.view))

    def _object_helper(self, node: Inline) -> Function:
        """What is shown for an object in parts: nothing where a part that it needs is not there."""
        nothing = "ABSENT" if not node.field.field.required else "None"
        self.locals = Locals()
        lines, made = self._parts(node, self.locals.of(node.shadow, safe_name(node.field.name)))
        there = complete(node)
        lines += [
            f"made = {made}" if there == ALWAYS else f"made = {made} if {there} else {nothing}",
            f"return written(kept, {text(node.shadow)}, {stored_parts('record', node)}, made)",
        ]
        self.locals = Locals()
        null = " | None" if node.field.field.nullable else ""
        return Function(
            self.helpers[node.shadow],
            f"record: {self.record}, kept: Kept",
            f"{self._shape(node)}{null}{'' if node.field.required else ' | Absent'}",
            f"The `{node.field.name}` that {self.converter.side.version} is shown; `kept` says whether it sent one.",
            tuple(lines),
        )
