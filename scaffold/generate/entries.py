"""What an answer of a version has of each field of a record."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.naming import safe_name
from ..contract.types import MISSING
from ..contract.views import ViewField
from ..convert.conversions import Same
from ..convert.key_order import key_order
from ..convert.nodes import Again, Computed, Group, Inline, Leaf, Node
from ..convert.stand_ins import promised
from ..convert.stated import is_rest
from .converters import Converter, marks_presence
from .expressions import Crossing
from .local_names import Locals
from .mentions import Names
from .python import text
from .record_access import place
from .shown_parts import known_names
from .shown_values import complex_, helper_names, shown


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


class Entries:
    """Puts together the keys of an answer, and of the objects in it that the record has in parts."""

    def __init__(self, names: Names, converter: Converter) -> None:
        self.names, self.converter = names, converter
        self.contract = names.converters.contracts[converter.side.version]
        self.cross = Crossing(names, self.contract)
        self.helpers = helper_names(converter)
        self.locals = Locals()

    def collect(
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
            value, lacks = f"{self.helpers[leaf.record]}(record)", may_lack(self.cross, leaf)
            if lacks:
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
        first, sure, later = self.collect(self.type_of(node), node.children, local, again=node.again)
        made = f"{{{', '.join(sure)}}}"
        if not later and not hold:
            return first, made
        return [*first, f"{local}: {self.shape(node)} = {made}", *later], local

    def type_of(self, node: Inline) -> ObjectType:
        """The type of an object in parts."""
        found = self.contract.object(node.type_name)
        assert found is not None
        return found

    def shape(self, node: Inline) -> str:
        shapes = self.names.converters.shapes
        return self.names.shape(shapes.object(self.contract, node.type_name, node.view))

    def _kept(self) -> str:
        return "record.kept" if self.converter.mapping.record.identity in self.names.converters.keeping else "{}"

    def _computed(self, made: Computed) -> str:
        """What a hook makes of the record, as the version has it."""
        call = f"hooks.{made.hook}(record)"
        if isinstance(made.conversion, Same) or not made.field.nullable:
            return self.cross.down(made.conversion, call)
        return f"None if (made := {call}) is None else {self.cross.down(made.conversion, 'made')}"


def may_lack(cross: Crossing, leaf: Leaf) -> bool:
    """Whether nothing may be shown for a field."""
    return shown(cross, leaf, place("record", leaf.record))[1] or leaf.stored_absent is not MISSING
