"""The bodies of converters that show a record to a version."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.naming import safe_name
from ..contract.types import MISSING, Kind, Scalar
from ..convert.mapping import Inline, Leaf, Node
from .converters import Converter, marks_presence
from .expressions import Crossing, Names, complex_, place, quoted, shown
from .python import text


@dataclass(frozen=True)
class Function:
    """A function as it will stand in a module."""

    name: str
    parameters: str
    returns: str
    doc: str
    lines: tuple[str, ...]


PARSED = {
    Kind.DECIMAL: "Decimal",
    Kind.DATE: "date.fromisoformat",
    Kind.DATETIME: "datetime.fromisoformat",
    Kind.TIME: "time.fromisoformat",
    Kind.UUID: "UUID",
    Kind.BYTES: "bytes.fromhex",
}
"""How the JSON of a shadow becomes a value again, for kinds that are not JSON."""


class Showing:
    """Writes one showing converter, and the small functions for the fields that need one."""

    def __init__(self, names: Names, converter: Converter, doc: str) -> None:
        self.names, self.converter, self.doc = names, converter, doc
        self.contract = names.converters.contracts[converter.side.version]
        self.cross = Crossing(names, self.contract)
        self.record = names.record(converter.mapping.record.identity)

    def functions(self) -> list[Function]:
        """The converter, after its helpers."""
        shape = self.names.converters.shapes.of[self.converter.side]
        helpers = [self.helper(leaf) for leaf in self.converter.mapping.leaves() if complex_(leaf)]
        lines = self._body(self.names.shape(shape), self.converter.mapping.nodes)
        return [
            *helpers,
            Function(self.converter.name, f"record: {self.record}", self.names.shape(shape), self.doc, lines),
        ]

    def helper_name(self, leaf: Leaf) -> str:
        """The function that says what is shown for one field."""
        base = safe_name(leaf.field.name).lower()
        return f"_{base}_{self.converter.name}"

    def helper(self, leaf: Leaf) -> Function:
        """What the version is shown for one field: the shadow while it stands."""
        at = place("record", leaf.record)
        value, absent = shown(self.cross, leaf, at)
        type_ = self.cross.wire_type(leaf)
        nullable = " | None" if leaf.field.nullable else ""
        returns = f"{type_}{nullable}" + (" | Absent" if absent or self._absent_shadow(leaf) else "")
        if not leaf.shadowed:
            return Function(
                self.helper_name(leaf), f"record: {self.record}", returns, self._doc(leaf), (f"return {value}",)
            )
        read = ""
        if isinstance(leaf.field.type, Scalar) and leaf.field.type.kind in PARSED:
            read = f", {PARSED[leaf.field.type.kind]}"
        lines = (
            f"shown: {returns} = {value}",
            f"stored = {at.or_absent}",
            f"return written(record.kept, {text(leaf.shadow)}, stored, shown{read})",
        )
        return Function(self.helper_name(leaf), f"record: {self.record}", returns, self._doc(leaf), lines)

    def _absent_shadow(self, leaf: Leaf) -> bool:
        return leaf.stored_absent is not MISSING

    def _doc(self, leaf: Leaf) -> str:
        how = "; word for word what it wrote, while that stands" if leaf.shadowed else ""
        return f"The `{leaf.field.name}` that {self.converter.side.version} is shown{how}."

    def _body(self, shape: str, nodes: tuple[Node, ...]) -> tuple[str, ...]:
        sure, later = self._collect(nodes, "shown")
        return (f"shown: {shape} = {{{', '.join(sure)}}}", *later, "return shown")

    def _collect(self, nodes: tuple[Node, ...], target: str) -> tuple[list[str], list[str]]:
        sure: list[str] = []
        later: list[str] = []
        for node in nodes:
            if isinstance(node, Inline):
                later += self._inline(node, target)
                continue
            key = quoted(node)
            if complex_(node):
                value, absent = f"{self.helper_name(node)}(record)", self._may_lack(node)
                if absent:
                    local = safe_name(node.field.name)
                    later += [f"{local} = {value}", f"if {local} is not ABSENT:", f"    {target}[{key}] = {local}"]
                else:
                    sure.append(f"{key}: {value}")
                continue
            at = place("record", node.record)
            value, absent = shown(self.cross, node, at)
            if absent:
                inner = value.removesuffix(" else ABSENT")
                bare = inner[1 : inner.rindex(f") if {' and '.join(at.present)}")]
                later += [f"if {' and '.join(at.present)}:", f"    {target}[{key}] = {bare}"]
            else:
                sure.append(f"{key}: {value}")
        return sure, later

    def _may_lack(self, leaf: Leaf) -> bool:
        return shown(self.cross, leaf, place("record", leaf.record))[1] or self._absent_shadow(leaf)

    def _inline(self, node: Inline, target: str) -> list[str]:
        """An object put together from parts that the record keeps elsewhere."""
        local = safe_name(node.field.name)
        shapes = self.names.converters.shapes
        shape = self.names.shape(shapes.object(self.contract, node.type_name, node.view))
        sure, later = self._collect(node.children, f"{local}_parts")
        lines = [f"{local}_parts: dict[str, Any] = {{{', '.join(sure)}}}", *later]
        made = f"cast({text(shape)}, {local}_parts)"
        key = text(node.field.name)
        required = [
            c for c in node.children if c.field.required and not (isinstance(c, Leaf) and not self._may_lack(c))
        ]
        if not marks_presence(node):
            return [*lines, f"{target}[{key}] = {made}"]
        complete = " and ".join([f"{text(c.field.name)} in {local}_parts" for c in required] or [f"{local}_parts"])
        stored = ", ".join(place("record", leaf.record).or_absent for leaf in _leaves(node))
        return [
            *lines,
            f"if {complete}:",
            f"    {target}[{key}] = {made}",
            "else:",
            f"    mark = written(record.kept, {text(node.shadow)}, [{stored}], ABSENT)",
            "    if mark is not ABSENT:",
            f"        {target}[{key}] = mark",
        ]


def _leaves(node: Inline) -> list[Leaf]:
    found: list[Leaf] = []
    for child in node.children:
        found += [child] if isinstance(child, Leaf) else _leaves(child)
    return found
