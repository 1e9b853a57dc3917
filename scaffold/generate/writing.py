"""The bodies of converters that turn a version's write into a record: create, replace, update."""

from __future__ import annotations

from itertools import chain

from ..contract.message import View
from ..convert.nodes import Group, Inline, Node
from .converters import Converter, Mode, keeps
from .grouping import Grouping
from .mentions import Names
from .python import text
from .showing import Function
from .writing_fields import FieldWriting
from .writing_parts import PartsWriting
from .writing_together import TogetherWriting

_SIGNATURES = {
    Mode.CREATE: "payload: {wire}, now: datetime",
    Mode.REPLACE: "current: {record}, payload: {wire}, now: datetime",
    Mode.UPDATE: "current: {record}, payload: {wire}, now: datetime",
}


class Writing:
    """Writes one converter of a version's write."""

    def __init__(self, names: Names, converter: Converter, doc: str) -> None:
        self.converter, self.doc = converter, doc
        self.mapping = converter.mapping
        self.record = self.mapping.record
        self.fields = FieldWriting(names, converter)
        self.together = TogetherWriting(self.fields)
        self.parts = PartsWriting(self.fields, self._node)

    def functions(self) -> list[Function]:
        """The converter."""
        fields = self.fields
        wire = fields.names.shape(fields.names.converters.shapes.of[self.converter.side])
        keeping = self.record.identity in fields.names.converters.keeping
        keeps_some = bool(keeps(self.mapping))
        if keeps_some:
            fields.lines.append("kept: Kept = {}" if fields.mode is Mode.CREATE else "kept = dict(current.kept)")
        self._settle(self.converter.side.view, self.mapping.type.name, self.mapping.nodes, ())
        fields.lines += [fields.fixed(leaf) for leaf in self.mapping.fixed]
        start = len(fields.lines)
        for node in self.mapping.nodes:
            self._node(node, "payload", sure=True)
        fields.lines[start:start] = [f"{name} = {value}" for name, value in (self.parts.first | fields.first).items()]
        grouping = Grouping(fields.names, fields.cross, self.mapping, fields.mode, fields.values, fields.locals)
        grouping.bases, grouping.sent, grouping.keep = self.parts.bases, self.parts.sent, fields.keep_unsent
        grouping.shown, grouping.stated = self.parts.shown, self.parts.stated
        grouping.gone = fields.first.keys()
        arguments = grouping.arguments(self.record)
        fields.lines += grouping.lines
        if keeps_some:
            arguments.append("kept=kept")
        elif keeping and fields.mode is Mode.CREATE:
            arguments.append("kept={}")
        record = fields.names.record(self.record.identity)
        if fields.mode is Mode.CREATE:
            made = f"{record}({', '.join(arguments)})"
        else:
            made = f"replace(current, {', '.join(arguments)})" if arguments else "current"
        marks = list(chain.from_iterable(self.parts.marks.values()))
        fields.lines += [f"made = {made}", *marks, "return made"] if marks else [f"return {made}"]
        signature = _SIGNATURES[fields.mode].format(wire=wire, record=record)
        return [Function(self.converter.name, signature, record, self.doc, tuple(fields.lines))]

    def _settle(self, view: View, type_: str, nodes: tuple[Node, ...], inside: tuple[str, ...]) -> None:
        """The lines after which each value of the payload has one name, in objects that are kept in parts too."""
        fields = self.fields
        shape = fields.names.converters.shapes.object(fields.contract, type_, view)
        if shape.other_names:
            seen = f"lambda: {fields.names.converter(fields.output)}(current)" if fields.output is not None else ""
            stated = [*([seen] if seen and fields.mode is not Mode.CREATE else []), *map(text, inside)]
            call = f"settled({', '.join(['payload', f'{fields.names.constant(shape)}_ALIASES', *stated])})"
            fields.lines.append(f"payload = {call}")
        for node in nodes:
            if isinstance(node, Inline):
                self._settle(node.view, node.type_name, node.children, (*inside, node.field.name))

    def _node(self, node: Node, container: str, *, sure: bool) -> None:
        fields = self.fields
        if isinstance(node, Inline):
            outer, fields.path = fields.path, (*fields.path, node.field.name)
            self.parts.inline(node, container, sure=sure)
            fields.path = outer
        elif isinstance(node, Group):
            self.together.grouped(node, container, sure=sure)
        elif fields.mode is Mode.UPDATE:
            fields.updated(node, container)
        else:
            fields.written(node, container, sure=sure)
