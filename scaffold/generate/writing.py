"""The bodies of converters that turn a version's write into a record: create, replace, update."""

from __future__ import annotations

from collections.abc import Sequence

from ..contract.contract import View
from ..contract.naming import safe_name
from ..contract.types import MISSING, ObjectType, Ref
from ..contract.views import objects_in
from ..convert.mapping import Fill, Inline, Leaf, Node
from ..convert.records import Record, RecordField
from ..convert.values import Each, Nested, Same, holds_object
from .converters import Converter, Mode, keeps, marks_presence
from .expressions import Crossing, Names, complex_, place, shown
from .python import text, value_of
from .shapes import Side
from .showing import Function

Path = tuple[RecordField, ...]

_SIGNATURES = {
    Mode.CREATE: "payload: {wire}, now: datetime",
    Mode.REPLACE: "current: {record}, payload: {wire}, now: datetime",
    Mode.UPDATE: "current: {record}, payload: {wire}, now: datetime",
}
_RESERVED = {"payload", "now", "current", "kept", "records", "codecs", "scalars", "replace", "item", "key"}


class Writing:
    """Writes one converter of a version's write."""

    def __init__(self, names: Names, converter: Converter, doc: str) -> None:
        self.names, self.converter, self.doc = names, converter, doc
        self.mode = converter.mode
        self.contract = names.converters.contracts[converter.side.version]
        self.cross = Crossing(names, self.contract)
        self.mapping = converter.mapping
        self.record = self.mapping.record
        self.lines: list[str] = []
        self.values: dict[Path, str] = {}
        """The expression of what each record path gets."""

    def functions(self) -> list[Function]:
        """The converter."""
        wire = self.names.shape(self.names.converters.shapes.of[self.converter.side])
        keeping = self.record.identity in self.names.converters.keeping
        keeps_some = bool(keeps(self.mapping))
        if keeps_some:
            self.lines.append("kept: Kept = {}" if self.mode is Mode.CREATE else "kept = dict(current.kept)")
        for node in self.mapping.nodes:
            self._node(node, "payload", typed=True)
        arguments = self._arguments(self.record, (), "current")
        if keeps_some:
            arguments.append("kept=kept")
        elif keeping and self.mode is Mode.CREATE:
            arguments.append("kept={}")
        record = self.names.record(self.record.identity)
        if self.mode is Mode.CREATE:
            self.lines.append(f"return {record}({', '.join(arguments)})")
        elif arguments:
            self.lines.append(f"return replace(current, {', '.join(arguments)})")
        else:
            self.lines.append("return current")
        signature = _SIGNATURES[self.mode].format(wire=wire, record=record)
        return [Function(self.converter.name, signature, record, self.doc, tuple(self.lines))]

    # What each field of the payload becomes.

    def _node(self, node: Node, container: str, *, typed: bool) -> None:
        if isinstance(node, Inline):
            self._inline(node, container, typed=typed)
        elif self.mode is Mode.UPDATE:
            self._updated(node, container)
        else:
            self._written(node, container, typed=typed)

    def _inline(self, node: Inline, container: str, *, typed: bool) -> None:
        local = f"{safe_name(node.field.name)}_sent"
        key = text(node.field.name)
        plain = typed and node.field.required and not node.field.nullable and self.mode is not Mode.UPDATE
        if self.mode is Mode.UPDATE:
            names = ", ".join(f"{text(c.field.name)}: None" for c in node.children)
            self.lines.append(f"{local}: Mapping[str, Any] = cast(Any, {container}).get({key}, {{}})")
            self.lines.append(f"{local} = {{{names}}} if {local} is None else {local}")
        elif plain:
            self.lines.append(f"{local}: Mapping[str, Any] = {container}[{key}]")
        else:
            self.lines.append(f"{local}: Mapping[str, Any] = cast(Any, {container}).get({key}) or {{}}")
        for child in node.children:
            self._node(child, local, typed=plain)
        if marks_presence(node) and self.mode is not Mode.UPDATE:
            stored = ", ".join(self.values[leaf.record] for leaf in _leaves(node) if leaf.record in self.values)
            sent = f"cast(Any, {container}).get({key}, ABSENT)"
            self.lines += [
                f"if not {local}:",
                f"    keep(kept, {text(node.shadow)}, {sent}, [{stored}], ABSENT)",
                "else:",
                f"    kept.pop({text(node.shadow)}, None)",
            ]

    def _local(self, leaf: Leaf) -> str:
        name = "_".join(step.attr for step in leaf.record)
        return f"{name}_" if name in _RESERVED else name

    def _written(self, leaf: Leaf, container: str, *, typed: bool) -> None:
        """Create and replace: an absent field takes its default, or goes."""
        key = text(leaf.field.name)
        f = leaf.field
        at = place("current", leaf.record)
        keeps_absent = self.mode is Mode.REPLACE and f.nullable and not f.field.nullable
        if f.required and typed:
            sent, lacks = f"{container}[{key}]", False
        elif f.default is not MISSING:
            sent, lacks = f"{container}.get({key}, {value_of(f.default, f.type)})", False
        else:
            sent, lacks = f"{container}.get({key}, ABSENT)", not f.required or not typed
        if keeps_absent:
            self._kept_when_absent(leaf, container, key, at.or_absent)
            return
        null = f.nullable
        if complex_(leaf):
            self._complex(leaf, sent, lacks=lacks, null=null)
        elif isinstance(leaf.conversion, Same):
            self.values[leaf.record] = sent
        elif holds_object(leaf.conversion):
            self._objects(leaf, sent, lacks=lacks, null=null)
        else:
            self._converted(leaf, sent, lacks=lacks, null=null)

    def _kept_when_absent(self, leaf: Leaf, container: str, key: str, now_there: str) -> None:
        """A field that a release added: callers who do not know it leave it alone; null takes it away."""
        local = self._local(leaf)
        made = self.cross.up(leaf.conversion, "sent", leaf.field.nested)
        self.lines += [
            f"{local} = {now_there}",
            f"if {key} in {container}:",
            f"    sent = {container}[{key}]",
            f"    {local} = ABSENT if sent is None else {made}",
        ]
        self.values[leaf.record] = local

    def _converted(self, leaf: Leaf, sent: str, *, lacks: bool, null: bool) -> None:
        if not lacks and not null:
            self.values[leaf.record] = self.cross.up(leaf.conversion, sent, leaf.field.nested)
            return
        local = self._local(leaf)
        made = self.cross.up(leaf.conversion, f"{local}_sent", leaf.field.nested)
        self.lines += [f"{local}_sent = {sent}", f"{local} = {self._guarded(made, f'{local}_sent', lacks, null)}"]
        self.values[leaf.record] = local

    def _guarded(self, made: str, sent: str, lacks: bool, null: bool) -> str:
        conditions = [f"{sent} is not ABSENT"] * lacks + [f"{sent} is not None"] * null
        if not conditions or made == sent:
            return made
        whole = f"({made})" if " if " in made else made
        return f"{whole} if {' and '.join(conditions)} else {sent}"

    def _complex(self, leaf: Leaf, sent: str, *, lacks: bool, null: bool) -> None:
        """A field whose shown value decides: what comes back as seen changes nothing; shadows are kept."""
        local = self._local(leaf)
        self.lines.append(f"{local}_sent = {sent}")
        made = self._decided(leaf, f"{local}_sent", lacks=lacks, null=null)
        if self.mode is Mode.CREATE:
            self.lines += [f"{local} = {made}", *self._keep(leaf, local)]
        else:
            at = place("current", leaf.record)
            self.lines.append(f"{local} = {at.or_absent}")
            self.lines.append(f"if {local}_sent != {self._shown_helper(leaf)}(current):")
            self.lines += [f"    {local} = {made}", *(f"    {line}" for line in self._keep(leaf, local))]
        self.values[leaf.record] = local

    def _decided(self, leaf: Leaf, sent: str, *, lacks: bool, null: bool) -> str:
        made = self.cross.up(leaf.conversion, sent, leaf.field.nested)
        if null:
            there = "None" if leaf.target.nullable else value_of(leaf.stored_null, leaf.target.type)
            made = f"{there} if {sent} is None else {made}"
        if lacks:
            absent = "ABSENT" if not leaf.target.required else value_of(leaf.stored_absent, leaf.target.type)
            made = f"{absent} if {sent} is ABSENT else {made}"
        return made

    def _keep(self, leaf: Leaf, local: str) -> list[str]:
        if not leaf.shadowed:
            return []
        flat = leaf.record[-1:]
        value, _ = shown(self.cross, leaf, place("x", flat))
        value = value.replace(f"x.{leaf.target.attr}", local)
        return [f"keep(kept, {text(leaf.shadow)}, {local}_sent, {local}, {value})"]

    def _shown_helper(self, leaf: Leaf) -> str:
        output = self.names.converters.of.get((self._output_side(), Mode.SHOW))
        base = safe_name(leaf.field.name).lower()
        if output is None:
            raise ValueError(f"{leaf.field.name} of {self.contract.version} is written but never shown")
        return f"_{base}_{output.name}"

    def _output_side(self) -> Side:
        return Side(self.contract.version, self.converter.side.type, View.OUTPUT)

    # Objects inside: replaced in place where there is one already, so that what the caller cannot see stays.

    def _objects(self, leaf: Leaf, sent: str, *, lacks: bool, null: bool) -> None:
        local = self._local(leaf)
        if self.mode is Mode.CREATE:
            self._converted(leaf, sent, lacks=lacks, null=null)
            return
        self.lines.append(f"{local}_sent = {sent}")
        made = self._merged(leaf, f"{local}_sent", place("current", leaf.record).or_absent, Mode.REPLACE)
        self.lines.append(f"{local} = {self._guarded(made, f'{local}_sent', lacks, null)}")
        self.values[leaf.record] = local

    def _merged(self, leaf: Leaf, sent: str, current: str, mode: Mode) -> str:
        """The object, list or map at `current` after `sent` was written over it."""
        local = self._local(leaf)
        conversion = leaf.conversion
        if isinstance(conversion, Nested):
            view = View.UPDATE if mode is Mode.UPDATE else View.REPLACE
            change = self.names.converter(self.cross.converter(conversion.record, view, mode))
            fresh = self._fresh(conversion, sent, view)
            self.lines.append(f"{local}_now = {current}")
            if leaf.target.required and not leaf.target.nullable and len(leaf.record) == 1:
                return f"{change}({local}_now, {sent}, now)"
            return f"{change}({local}_now, {sent}, now) if {local}_now else {fresh}"
        assert isinstance(conversion, Each)
        inner = conversion.inner
        if not isinstance(inner, Nested):
            return self.cross.up(conversion, sent, View.REPLACE)
        change = self.names.converter(self.cross.converter(inner.record, View.REPLACE, Mode.REPLACE))
        create = self.names.converter(self.cross.converter(inner.record, View.REPLACE, Mode.CREATE))
        self.lines.append(f"{local}_now = {current}")
        if conversion.mapping:
            return (
                f"{{key: {change}({local}_now[key], item, now) if {local}_now and key in {local}_now"
                f" else {create}(item, now) for key, item in {sent}.items()}}"
            )
        item_type = next(objects_in(self.contract, leaf.field.type))
        return (
            f"match_items({local}_now, {sent}, {self._same(inner, item_type)}, "
            f"lambda one, item: {change}(one, item, now), lambda item: {create}(item, now)"
            f"{self._equal(inner, item_type)})"
        )

    def _same(self, inner: Nested, item_type: ObjectType) -> str:
        key = item_type.key
        record = self.names.converters.records.objects[inner.record]
        if key is None or record.key is None:
            return "lambda one, item: False"
        return f"lambda one, item: one.{record.key.attr} == item.get({text(key.name)})"

    def _equal(self, inner: Nested, item_type: ObjectType) -> str:
        if item_type.key is not None:
            return ""
        show = self.names.converters.of.get((self._side_of(inner), Mode.SHOW))
        if show is None:
            return ", lambda one, item: False"
        return f", lambda one, item: {self.names.converter(show)}(one) == item"

    def _side_of(self, inner: Nested) -> Side:
        return Side(self.contract.version, inner.record, View.OUTPUT)

    def _fresh(self, conversion: Nested, sent: str, view: View) -> str:
        """A new object where there was none; from a partial update it must be whole."""
        if view is View.REPLACE:
            return f"{self.names.converter(self.cross.converter(conversion.record, view, Mode.CREATE))}({sent}, now)"
        create = self.cross.converter(conversion.record, View.REPLACE, Mode.CREATE)
        shape = self.names.converters.shapes.of[create.side]
        made = f"cast({text(self.names.shape(shape))}, whole({sent}, {self._needed(create)}))"
        return f"{self.names.converter(create)}({made}, now)"

    def _needed(self, create: Converter) -> str:
        needed = [text(n.field.name) for n in create.mapping.nodes if n.field.required]
        return f"({', '.join(needed)}{',' if len(needed) == 1 else ''})"

    # Partial updates: only what is sent changes (RFC 7396).

    def _updated(self, leaf: Leaf, container: str) -> None:
        key = text(leaf.field.name)
        at = place("current", leaf.record)
        f = leaf.field
        clears = f.nullable and not f.field.nullable
        if isinstance(leaf.conversion, Same) and not complex_(leaf) and not at.parents:
            cleared = f"cleared({container}[{key}]) if {key} in {container} else {at.access}"
            self.values[leaf.record] = cleared if clears else f"{container}.get({key}, {at.access})"
            return
        local = self._local(leaf)
        self.lines += [f"{local} = {at.or_absent}"]
        condition = f"{key} in {container}"
        if isinstance(leaf.conversion, Same) and not complex_(leaf):
            taken = f"cleared({container}[{key}])" if clears else f"{container}[{key}]"
            self.lines += [f"if {condition}:", f"    {local} = {taken}"]
            self.values[leaf.record] = local
            return
        sent = f"{local}_sent"
        start = len(self.lines)
        if clears:
            self.lines.append(f"{sent} = cleared({container}[{key}])")
        else:
            self.lines.append(f"{sent} = {container}[{key}]")
        if complex_(leaf):
            made = self._decided(leaf, sent, lacks=clears, null=f.field.nullable)
            self.lines.append(f"if {sent} != {self._shown_helper(leaf)}(current):")
            self.lines += [f"    {local} = {made}", *(f"    {line}" for line in self._keep(leaf, local))]
        elif holds_object(leaf.conversion):
            mode = Mode.UPDATE if isinstance(leaf.conversion, Nested) else Mode.REPLACE
            made = self._merged(leaf, sent, at.or_absent, mode)
            self.lines.append(f"{local} = {self._guarded(made, sent, clears, f.field.nullable)}")
        else:
            made = self.cross.up(leaf.conversion, sent, f.nested)
            self.lines.append(f"{local} = {self._guarded(made, sent, clears, f.field.nullable)}")
        body = self.lines[start:]
        del self.lines[start:]
        self.lines += [f"if {condition}:", *(f"    {line}" for line in body)]
        self.values[leaf.record] = local

    # The record itself, and the objects inside it that this version writes in pieces.

    def _arguments(self, record: Record, prefix: Path, base: str) -> list[str]:
        arguments = []
        fills = {f.record: f for f in self.mapping.fills}
        for field in record.fields:
            path = (*prefix, field)
            if path in self.values:
                arguments.append(f"{field.attr}={self.values[path]}")
            elif any(p[: len(path)] == path for p in self.values):
                arguments.append(f"{field.attr}={self._group(field, path)}")
            elif self.mode is Mode.CREATE:
                value = self._filled(field, fills.get(path))
                if value is not None:
                    arguments.append(f"{field.attr}={value}")
        return arguments

    def _filled(self, field: RecordField, fill: Fill | None) -> str | None:
        if field.field.on_create == "now":
            return "now"
        if field.field.on_create is not None:
            return value_of(field.field.on_create, field.type)
        if fill is not None and fill.value is not MISSING:
            return value_of(fill.value, field.type)
        if field.field.key:
            return "UNASSIGNED"
        return "UNASSIGNED" if field.required else None

    def _group(self, field: RecordField, path: Path) -> str:
        """An object of the record that this version writes field by field."""
        assert isinstance(field.type, Ref)
        inner = self.names.converters.records.objects[field.type.name]
        cls = self.names.record(inner.identity)
        local = "_".join(step.attr for step in path)
        below = [p for p in self.values if p[: len(path)] == path]
        for p in below:
            self._hoist(p)
        arguments = self._arguments(inner, path, f"current.{field.attr}")
        made = f"{cls}({', '.join(self._whole(inner, path, arguments))})"
        may_lack = [self.values[p] for p in below if len(p) == len(path) + 1 and not p[-1].required]
        sure = [p for p in below if len(p) == len(path) + 1 and p[-1].required]
        condition = " or ".join(f"{v} is not ABSENT" for v in may_lack)
        fresh = made if sure or field.required or not condition else f"{made} if {condition} else ABSENT"
        if self.mode is Mode.CREATE:
            self.lines.append(f"{local} = {fresh}")
            return local
        at = place("current", path)
        self.lines.append(f"{local} = {at.or_absent}")
        changed = f"{local} = replace({local}, {', '.join(arguments)})"
        if not at.present and not at.nullable:
            self.lines.append(changed)
            return local
        self.lines += [f"if {local}:", f"    {changed}", "else:", f"    {local} = {fresh}"]
        if all(not f.required for f in inner.fields) and not field.required:
            was = f"({at.or_absent})" if at.parents else at.access
            self.lines += [f"if {local} == {cls}() != {was}:", f"    {local} = ABSENT"]
        return local

    def _whole(self, inner: Record, path: Path, arguments: Sequence[str]) -> list[str]:
        """The arguments for making the object anew: what this version does not send is filled."""
        if self.mode is Mode.CREATE:
            return list(arguments)
        given = {a.partition("=")[0] for a in arguments}
        missing = []
        for field in inner.fields:
            if field.attr not in given and field.required:
                value = self._filled(field, None if field.field.default is MISSING else Fill((), field.field.default))
                missing.append(f"{field.attr}={value}")
        return [*arguments, *missing]

    def _hoist(self, path: Path) -> None:
        """Give the value at `path` a name, so that it can be looked at twice."""
        value = self.values[path]
        local = "_".join(step.attr for step in path)
        if value != local:
            self.lines.append(f"{local} = {value}")
            self.values[path] = local


def _leaves(node: Inline) -> list[Leaf]:
    found: list[Leaf] = []
    for child in node.children:
        found += [child] if isinstance(child, Leaf) else _leaves(child)
    return found
