"""The record that a write makes: its attributes, and the objects inside it that a version writes in pieces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import chain

from ..contract.message import View
from ..contract.types import MISSING, Ref
from ..convert.nodes import Inline, Leaf, Node, SideMap
from ..convert.records import Record, RecordField
from .converters import Mode, marks_presence
from .expressions import Crossing
from .local_names import Locals
from .mentions import Names
from .record_access import place
from .record_values import moment

Path = tuple[RecordField, ...]


class Grouping:
    """Makes the arguments of a record from the values of its paths; `lines` prepare them."""

    def __init__(
        self, names: Names, cross: Crossing, mapping: SideMap, mode: Mode, values: dict[Path, str], locals_: Locals
    ) -> None:
        self.names, self.cross, self.mode = names, cross, mode
        self.values, self.locals = values, locals_
        self.fills = {f.record: f.value for f in mapping.fills}
        self.leaves: dict[Path, Leaf] = {leaf.record: leaf for leaf in mapping.leaves()}
        self.lines: list[str] = []
        self.bases: dict[Path, str] = {}
        """What an object becomes when the version sends none in its place; else it stays, or is left out."""
        self.sent: dict[Path, str] = {}
        """The condition that the version sends an object in its place."""
        self.shown: dict[Path, tuple[str, list[Path]]] = {}
        """What the version is shown of an object in its place, and where those of its parts are that are not in it."""
        self.stated: set[Path] = set()
        """The objects of which the record has what is stated where the version sends none."""
        self.keep: Callable[[Leaf, str], list[str]] = lambda leaf, local: []
        """The lines that keep that nothing was sent for a leaf, which the record has in a local."""
        self.gone: Collection[str] = ()
        """The locals that say whether a part is taken away of which something is stated where there is no object."""
        self.surely = set(_surely(mapping.nodes))
        self.left_out = set(_left_out(mapping.nodes))
        self.around = set(_around(mapping.nodes))
        self.fresh: dict[Path, tuple[str, list[str]]] = {}
        """The locals of objects that may be made anew, with the lines that do so."""

    def arguments(self, record: Record, prefix: Path = ()) -> list[str]:
        """The arguments by which `record`, at `prefix`, is made or changed."""
        made = []
        for field in record.fields:
            path = (*prefix, field)
            if path in self.values:
                made.append(f"{field.attr}={self.values[path]}")
            elif any(p[: len(path)] == path for p in chain(self.values, self.sent, self._there())):
                made.append(f"{field.attr}={self._group(field, path)}")
            elif self.mode is Mode.CREATE:
                value = self._filled(field, path)
                if value is not None:
                    made.append(f"{field.attr}={value}")
        return made

    def _there(self) -> Iterator[Path]:
        """The objects that a creation has to make, since they are sent and could be null."""
        if self.mode is Mode.CREATE:
            yield from (p for p in self.around if p[-1].nullable)

    def _filled(self, field: RecordField, path: Path) -> str | None:
        """What a new record has where the version sends nothing; None leaves it absent."""
        if field.field.on_create is not None:
            return moment(field)
        value = self.fills.get(path, field.field.default)
        if value is not MISSING:
            return self.cross.stored(value, field.type)
        if field.field.key or not field.required:
            return "UNASSIGNED" if field.field.key else None
        inner = self.names.converters.records.objects.get(field.type.name) if isinstance(field.type, Ref) else None
        stated = any(p[: len(path)] == path and v is not MISSING for p, v in self.fills.items())
        if inner is None or (field.nullable and not stated) or any(step.type == field.type for step in path[:-1]):
            return "UNASSIGNED"
        parts = [(f.attr, self._filled(f, (*path, f))) for f in inner.fields]
        return f"{self.names.record(inner.identity)}({', '.join(f'{a}={v}' for a, v in parts if v is not None)})"

    def _group(self, field: RecordField, path: Path) -> str:
        """An object of the record that this version writes field by field."""
        assert isinstance(field.type, Ref)
        inner = self.names.converters.records.objects[field.type.name]
        cls = self.names.record(inner.identity)
        local = self.locals.of(path, "_".join(step.attr for step in path))
        below = [p for p in self.values if p[: len(path)] == path]
        for p in below:
            self._hoist(p)
        arguments = self.arguments(inner, path)
        here = [f"{self.values[p]} is not ABSENT" for p in below]
        for p in self.sent:  # an object inside of it needs it too
            if p[: len(path)] == path:
                here.append(f"({' and '.join([self.sent[p], *self._otherwise(p)])})")
        sent = f" and {self.sent[path]}" if path in self.sent else ""
        here += [f"({gone}{sent})" for p in below if (gone := self._gone(p)) is not None]
        present = " or ".join(here)
        always = field.required and (not field.nullable or path in self.around)
        sure = path not in self.stated and (always or any(p in self.surely for p in below))
        if self.mode is Mode.CREATE:
            sure = sure or any(p in self.left_out for p in below)
            made = f"{cls}({', '.join(arguments)})"
            otherwise = self.bases.get(path, "ABSENT")
            self.lines.append(f"{local} = {made if sure else f'{made} if {present} else {otherwise}'}")
            return local
        at = place("current", path)
        self.lines.append(f"{local} = {self.bases.get(path, at.or_absent)}")
        changed = f"{local} = replace({local}, {', '.join(self._narrowed(arguments, inner))})"
        stated = path in self.stated
        if not at.present and not at.nullable:
            if arguments:
                self.lines += [f"if {present}:", f"    {changed}"] if stated else [changed]
            return local
        fresh = f"{cls}({', '.join(self._complete(inner, path, arguments))})"
        anew = [*self._unsent(inner, path), f"{local} = {fresh}"]
        self.fresh[path] = (local, anew)
        there = f"{local} and ({present})" if stated else local
        changes = [f"if {there}:", f"    {changed}", f"elif {present}:"]
        changes = changes if arguments else [f"if not {local} and ({present}):"]
        self.lines += [*changes, *(f"    {line}" for line in anew)]
        stands = any(leaf.left_out for p, leaf in self.leaves.items() if p[:-1] == path)
        if all(not f.required for f in inner.fields) and not field.required and not stands:
            was = f"({at.or_absent})" if at.parents else at.access
            unsent = f" and not ({self.sent[path]})" if path in self.sent else ""
            self.lines += [f"if {local} == {cls}() != {was}{unsent}:", f"    {local} = ABSENT"]
        return local

    def _otherwise(self, path: Path) -> Iterator[str]:
        """Whether an object that is sent is not there at all as it is shown, or nothing of it is elsewhere any more.

        What stands for none comes back as it was, and parts elsewhere are there without it.
        """
        if path in self.shown:
            seen, outside = self.shown[path]
            another = f"not isinstance({seen}, dict)"
            for p in outside:
                self._hoist(p)
            if outside:
                gone = " and ".join(f"{self.values[p]} is ABSENT" for p in outside)
                there = [" and ".join(place("current", p).present) for p in outside]
                was = f" and ({' or '.join(f'({conditions})' for conditions in there)})" if all(there) else ""
                another = f"({another} or ({gone}{was}))"
            yield another

    def _narrowed(self, arguments: list[str], inner: Record) -> list[str]:
        """The arguments for changing an object that is there: what it must have it has."""
        needed = {f.attr for f in inner.fields if f.required}
        made = []
        for argument in arguments:
            attr, _, value = argument.partition("=")
            made.append(f"{attr}=cast(Any, {value})" if attr in needed else argument)
        return made

    def _unsent(self, inner: Record, path: Path) -> list[str]:
        """The lines before an object is made anew: what it must have and was not sent is stated, and kept as unsent."""
        lines: list[str] = []
        for field in inner.fields:
            there = (*path, field)
            if there in self.fresh and field.required:
                local, anew = self.fresh[there]
                anew = [f"{local} = None"] if field.nullable else anew
                lines += [f"if {local} is ABSENT:", *(f"    {line}" for line in anew)]
            leaf, value = self.leaves.get(there), self.values.get(there)
            if leaf is None or value is None or not field.required or leaf.stored_absent is MISSING:
                continue
            if kept := self.keep(leaf, value):
                lines += [
                    f"if {value} is ABSENT:",
                    *(f"    {line}" for line in (f"{value} = {self._stated(there)}", *kept)),
                ]
        return lines

    def _complete(self, inner: Record, path: Path, arguments: list[str]) -> list[str]:
        """The arguments for making the object anew: what this version does not send, or left as seen, is filled."""
        given = dict(a.partition("=")[::2] for a in arguments)
        made = []
        for field in inner.fields:
            value = given.get(field.attr)
            if value is None:
                filled = self._filled(field, (*path, field))
                if filled is not None:
                    made.append(f"{field.attr}={filled}")
            elif field.required and (*path, field) not in self.fresh:
                otherwise = self._stated((*path, field))
                made.append(f"{field.attr}={value} if {value} is not ABSENT else {otherwise}")
            elif (outside := self._outside((*path, field))) is not None:
                gone = self._gone((*path, field))
                there = f"{value} is not ABSENT{f' or {gone}' if gone else ''}"
                made.append(f"{field.attr}={value} if {there} else {outside}")
            else:
                made.append(f"{field.attr}={value}")
        return made

    def _stated(self, path: Path) -> str:
        """What a version that does not send the value at `path` is taken to have sent."""
        leaf = self.leaves.get(path)
        if leaf is None:
            return "UNASSIGNED"
        if leaf.stored_absent is not MISSING:
            return self.cross.stored(leaf.stored_absent, leaf.target.type)
        view = View.REPLACE if leaf.field.nested is View.UPDATE else leaf.field.nested
        if leaf.shown_absent is not MISSING:
            return self.cross.up(leaf.conversion, self.cross.typed(leaf.shown_absent, leaf), view)
        if leaf.field.field.default is not MISSING:
            literal = self.cross.typed(leaf.field.field.default, leaf)
            return self.cross.up(leaf.conversion, literal, view)
        filled = self._filled(leaf.target, path)
        return filled or "UNASSIGNED"

    def _outside(self, path: Path) -> str | None:
        """What was shown of a part while there was no object, which is not what is shown where that lacks it."""
        leaf = self.leaves.get(path)
        if leaf is None or leaf.shown_outside is MISSING:
            return None
        view = View.REPLACE if leaf.field.nested is View.UPDATE else leaf.field.nested
        return self.cross.up(leaf.conversion, self.cross.typed(leaf.shown_outside, leaf), view)

    def _gone(self, path: Path) -> str | None:
        """The local that says whether a part is taken away of which something is stated where there is no object."""
        local = f"{self.locals.of(path, '_'.join(step.attr for step in path))}_gone"
        return local if local in self.gone else None

    def _hoist(self, path: Path) -> None:
        """Give the value at `path` a name, so that it can be looked at twice."""
        value = self.values[path]
        local = self.locals.of(path, "_".join(step.attr for step in path))
        if value != local:
            self.lines.append(f"{local} = {value}")
            self.values[path] = local


def _surely(nodes: tuple[Node, ...]) -> Iterator[Path]:
    """The places of what is always sent, and never ABSENT in the record."""
    for node in nodes:
        if isinstance(node, Inline):
            if not marks_presence(node):
                yield from _surely(node.children)
        elif isinstance(node, Leaf) and node.field.required and node.field.field.required and node.target.required:
            yield node.record


def _around(nodes: tuple[Node, ...]) -> Iterator[Path]:
    """The places of objects that are sent with what they are in, and are never null."""
    for node in nodes:
        if isinstance(node, Inline):
            yield from _around(node.children)
            if node.record is not None and not marks_presence(node):
                yield node.record


def _left_out(nodes: tuple[Node, ...]) -> Iterator[Path]:
    """The places of what may be left out of an object that is always sent, and is stated where there is none."""
    for node in nodes:
        if isinstance(node, Inline):
            if not marks_presence(node):
                yield from _left_out(node.children)
        elif isinstance(node, Leaf) and node.left_out:
            yield node.record
