"""The bodies of converters that show a record to a version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.changes.base import listing
from ..contract.message import View
from ..contract.naming import safe_name
from ..contract.types import MISSING
from ..contract.views import ViewField
from ..convert.conversions import Same
from ..convert.nodes import Again, Computed, Group, Inline, Leaf, Node, SideMap
from ..convert.stand_ins import promised
from ..convert.stated import is_rest
from .converters import Converter, marks_presence
from .expressions import Crossing
from .local_names import Locals
from .mentions import Names
from .python import text
from .record_access import place
from .shown_parts import complete, kept_in_shape, known_names, reader_of, restored, shown_together, stored_parts
from .shown_values import complex_, helper_names, quoted, shown


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
        reader = (
            reader_of(leaf.field.type, self.names, self.contract) if kept is None else restored(leaf.field.type, kept)
        )
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
        first, sure, later = self._collect(mapping.nodes, mapping.again, "shown")
        for made in mapping.computed:
            sure += [f"{text(name)}: {self._computed(made)}" for name in (made.field.name, *made.beside)]
        return (*first, f"shown: {shape} = {{{', '.join(sure)}}}", *later, "return shown")

    def _computed(self, made: Computed) -> str:
        """What a hook makes of the record, as the version has it."""
        call = f"hooks.{made.hook}(record)"
        if isinstance(made.conversion, Same) or not made.field.nullable:
            return self.cross.down(made.conversion, call)
        return f"None if (made := {call}) is None else {self.cross.down(made.conversion, 'made')}"

    def _collect(
        self, nodes: tuple[Node, ...], again: tuple[Again, ...], target: str
    ) -> tuple[list[str], list[str], list[str]]:
        """What is worked out first, the keys that are always there, and the lines that add the others."""
        first: list[str] = []
        sure: list[str] = []
        later: list[str] = []
        held = {a.path[0].name for a in again if a.required}
        groups: list[Group] = []
        places: list[tuple[int, int, int]] = []
        for node in nodes:
            if isinstance(node, Group):
                groups.append(node)
                continue
            places.append((self._position(node.field), len(sure), len(later)))
            if isinstance(node, Inline):
                if marks_presence(node) and not node.field.required:
                    later += self._inline(node, target)
                elif marks_presence(node):
                    local = self.locals.of(node.shadow, safe_name(node.field.name))
                    first.append(f"{local} = {self.helpers[node.shadow]}(record, {self._kept()})")
                    sure += [f"{text(name)}: {local}" for name in (node.field.name, *node.beside)]
                else:
                    lines, made = self._made(node, hold=node.field.name in held)
                    first += lines
                    sure += [f"{text(name)}: {made}" for name in (node.field.name, *node.beside)]
                continue
            keys = [quoted(node), *map(text, node.beside)]
            if complex_(node):
                value, absent = f"{self.helpers[node.record]}(record)", self._may_lack(node)
                if absent:
                    local = self.locals.of(node.record, safe_name(node.field.name))
                    taken = self._taken(node, target, local)
                    later += [f"{local} = {value}", f"if {local} is not ABSENT:", f"    {taken}"]
                else:
                    value = self._held(node, value, first) if node.field.name in held else value
                    sure += [f"{k}: {value}" for k in keys]
                continue
            at = place("record", node.record)
            value, absent = shown(self.cross, node, at)
            if absent:
                inner = value.removesuffix(" else ABSENT")
                bare = inner[1 : inner.rindex(f") if {' and '.join(at.present)}")]
                later += [f"if {' and '.join(at.present)}:", f"    {self._taken(node, target, bare)}"]
            else:
                value = self._held(node, value, first) if node.field.name in held else value
                sure += [f"{k}: {value}" for k in keys]
        end = (0, len(sure), len(later))
        for entry in sorted((e for g in groups for e in self._grouped(g, target, first)), key=lambda e: -e[0]):
            # What is converted together by now keeps the place of each in the answer: its bytes stay what they were.
            _, at_sure, at_later = next((p for p in places if p[0] > entry[0]), end)
            sure[at_sure:at_sure] = entry[1]
            later[at_later:at_later] = entry[2]
        for a in again:
            self._again(a, target, sure, later)
        return first, sure, later

    def _position(self, f: ViewField) -> int:
        """Which of the fields of its object it is."""
        held = self.contract.fields_by_identity.get(f.field.identity)
        return len(self.contract.fields_by_identity) if held is None else held[0].fields.index(held[1])

    def _held(self, leaf: Leaf, value: str, first: list[str]) -> str:
        """The local that holds what is shown, of which a part is shown once more."""
        local = self.locals.of(leaf.record, safe_name(leaf.field.name))
        first.append(f"{local} = {value}")
        return local

    def _again(self, again: Again, target: str, sure: list[str], later: list[str]) -> None:
        """The entry of what is shown a second time."""
        names = [text(f.name) for f in again.path]
        if again.required:
            local = next(s for s in sure if s.startswith(f"{names[0]}: ")).removeprefix(f"{names[0]}: ")
            sure.append(f"{text(again.field.name)}: {local}{''.join(f'[{n}]' for n in names[1:])}")
            return
        there, conditions = target, list[str]()
        for f, name in zip(again.path, names, strict=True):
            conditions += [] if promised(f) else [f"{name} in {there}"]
            there = f"{there}[{name}]"
            conditions += [f"{there} is not None"] if f.nullable and f is not again.path[-1] else []
        line = f"{target}[{text(again.field.name)}] = {there}"
        later += [f"if {' and '.join(conditions)}:", f"    {line}"] if conditions else [line]

    def _grouped(self, node: Group, target: str, first: list[str]) -> Iterator[tuple[int, list[str], list[str]]]:
        """The entries of fields that are converted together: where each stands, and what adds it."""
        value, single = f"{self.helpers[node.shadow]}(record)", len(node.program.members) == 1
        if not single or not node.field.required:
            local = self.locals.of(node.shadow, "_".join(safe_name(f.name) for f in node.fields))
            first.append(f"{local} = {value}")
            value = local
        for f in node.fields:
            part = value if single else f"{value}[{node.program.members.index(f.field.identity)}]"
            keys = [text(name) for name in (f.name, *node.beside.get(f.name, ()))]
            if f.required:
                yield self._position(f), [f"{key}: {part}" for key in keys], []
            else:
                targets = "".join(f"{target}[{key}] = " for key in keys)
                yield self._position(f), [], [f"if {part} is not ABSENT:", f"    {targets}{part}"]

    def _taken(self, leaf: Leaf, target: str, value: str) -> str:
        """The line that shows a value that is there."""
        if not is_rest(leaf.field.field):
            targets = [f"{target}[{key}] = " for key in (quoted(leaf), *map(text, leaf.beside))]
            return f"{''.join(targets)}{value}"
        return f"beside({target}, {value}, {known_names(self.names, self.contract, leaf, View.OUTPUT)})"

    def _may_lack(self, leaf: Leaf) -> bool:
        return shown(self.cross, leaf, place("record", leaf.record))[1] or self._absent_shadow(leaf)

    def _inline(self, node: Inline, target: str) -> list[str]:
        """An object put together from parts that the record keeps elsewhere, where it is there."""
        local = self.locals.of(node.shadow, safe_name(node.field.name))
        keys = map(text, (node.field.name, *node.beside))
        return [
            f"{local} = {self.helpers[node.shadow]}(record, {self._kept()})",
            f"if {local} is not ABSENT:",
            f"    {''.join(f'{target}[{key}] = ' for key in keys)}{local}",
        ]

    def _made(self, node: Inline, *, hold: bool = False) -> tuple[list[str], str]:
        """The lines and the value of an object that is always there, from parts that the record keeps elsewhere.

        The value is a local where it is to `hold`, since a part of it is shown once more.
        """
        local = self.locals.of(node.shadow, safe_name(node.field.name))
        first, sure, later = self._collect(node.children, node.again, local)
        made = f"{{{', '.join(sure)}}}"
        if not later and not hold:
            return first, made
        return [*first, f"{local}: {self._shape(node)} = {made}", *later], local

    def _kept(self) -> str:
        return "record.kept" if self.converter.mapping.record.identity in self.names.converters.keeping else "{}"

    def _parts(self, node: Inline, local: str) -> tuple[list[str], str]:
        first, sure, later = self._collect(node.children, node.again, f"{local}_parts")
        return (
            [*first, f"{local}_parts: dict[str, Any] = {{{', '.join(sure)}}}", *later],
            f"cast({text(self._shape(node))}, {local}_parts)",
        )

    def _shape(self, node: Inline) -> str:
        shapes = self.names.converters.shapes
        return self.names.shape(shapes.object(self.contract, node.type_name, node.view))

    def _object_helper(self, node: Inline) -> Function:
        """What is shown for an object in parts: nothing where a part that it needs is not there."""
        nothing = "ABSENT" if not node.field.field.required else "None"
        self.locals = Locals()
        lines, made = self._parts(node, self.locals.of(node.shadow, safe_name(node.field.name)))
        lines += [
            f"made = {made} if {complete(node)} else {nothing}",
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
