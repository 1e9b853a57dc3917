"""The bodies of converters that turn a version's write into a record: create, replace, update."""

from __future__ import annotations

from ..contract.contract import View
from ..contract.naming import safe_name
from ..contract.types import MISSING, Json, Kind, ListOf, MapOf, ObjectType, Ref, Scalar, Type
from ..contract.views import added_by_release, settled_fields
from ..convert.conversions import Same, holds_object, makes_null
from ..convert.nodes import Group, Inline, Leaf, Node, leaves_of
from ..convert.stated import is_rest
from .converters import Converter, Mode, keeps, marks_presence
from .expressions import Crossing, Locals, Names, Place, complex_, helper_names, moment, place, shown
from .grouping import Grouping, Path
from .merging import Merging
from .python import snake, text, value_of, version_suffix
from .shapes import Side
from .showing import Function, kept_in_shape, known_names, plainly, stored_parts

_SIGNATURES = {
    Mode.CREATE: "payload: {wire}, now: datetime",
    Mode.REPLACE: "current: {record}, payload: {wire}, now: datetime",
    Mode.UPDATE: "current: {record}, payload: {wire}, now: datetime",
}


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
        self.marks: list[str] = []
        """What is done when the record is made: the objects it keeps in parts are marked as sent or not."""
        self.bases: dict[Path, str] = {}
        self.sent: dict[Path, str] = {}
        """For objects that the record keeps in parts, and in their place: see `Grouping`."""
        self.locals = Locals()
        self.path: tuple[str, ...] = ()
        """The fields of the payload around what is looked at."""
        shown_side = Side(self.contract.version, converter.side.type, View.OUTPUT)
        self.output = names.converters.of.get((shown_side, Mode.SHOW))
        self.helpers = {} if self.output is None else helper_names(self.output)
        self.merging = Merging(names, self.cross, self.contract)

    def functions(self) -> list[Function]:
        """The converter."""
        wire = self.names.shape(self.names.converters.shapes.of[self.converter.side])
        keeping = self.record.identity in self.names.converters.keeping
        keeps_some = bool(keeps(self.mapping))
        if keeps_some:
            self.lines.append("kept: Kept = {}" if self.mode is Mode.CREATE else "kept = dict(current.kept)")
        self._settle(self.converter.side.view, self.mapping.type.name, self.mapping.nodes, ())
        self.lines += [self._fixed(leaf) for leaf in self.mapping.fixed]
        for node in self.mapping.nodes:
            self._node(node, "payload", sure=True)
        grouping = Grouping(self.names, self.cross, self.mapping, self.mode, self.values, self.locals)
        grouping.bases, grouping.sent = self.bases, self.sent
        arguments = grouping.arguments(self.record)
        self.lines += grouping.lines
        if keeps_some:
            arguments.append("kept=kept")
        elif keeping and self.mode is Mode.CREATE:
            arguments.append("kept={}")
        record = self.names.record(self.record.identity)
        if self.mode is Mode.CREATE:
            made = f"{record}({', '.join(arguments)})"
        else:
            made = f"replace(current, {', '.join(arguments)})" if arguments else "current"
        self.lines += [f"made = {made}", *self.marks, "return made"] if self.marks else [f"return {made}"]
        signature = _SIGNATURES[self.mode].format(wire=wire, record=record)
        return [Function(self.converter.name, signature, record, self.doc, tuple(self.lines))]

    def _settle(self, view: View, type_: str, nodes: tuple[Node, ...], inside: tuple[str, ...]) -> None:
        """The lines after which each value of the payload has one name, in objects that are kept in parts too."""
        shape = self.names.converters.shapes.object(self.contract, type_, view)
        if shape.other_names:
            seen = f"lambda: {self.names.converter(self.output)}(current)" if self.output is not None else ""
            stated = [*([seen] if seen and self.mode is not Mode.CREATE else []), *map(text, inside)]
            call = f"settled({', '.join(['payload', f'{self.names.constant(shape)}_ALIASES', *stated])})"
            self.lines.append(f"payload = {call}")
        for node in nodes:
            if isinstance(node, Inline):
                self._settle(node.view, node.type_name, node.children, (*inside, node.field.name))

    # What each field of the payload becomes.

    def _node(self, node: Node, container: str, *, sure: bool) -> None:
        if isinstance(node, Inline):
            outer, self.path = self.path, (*self.path, node.field.name)
            self._inline(node, container, sure=sure)
            self.path = outer
        elif isinstance(node, Group):
            self._grouped(node, container, sure=sure)
        elif self.mode is Mode.UPDATE:
            self._updated(node, container)
        else:
            self._written(node, container, sure=sure)

    def _local(self, leaf: Leaf) -> str:
        return self.locals.of(leaf.record, "_".join(step.attr for step in leaf.record))

    def _complex(self, leaf: Leaf) -> bool:
        """Whether what is shown decides; nothing is ever shown of a type that only requests reach."""
        return complex_(leaf) and leaf.record in self.helpers

    def _kept_when_absent(self, node: Node) -> bool:
        """Whether a release added the field: callers who do not know it leave it alone, null takes it away."""
        return self.mode is Mode.REPLACE and added_by_release(node.field.field, self.contract.version)

    def _written(self, leaf: Leaf, container: str, *, sure: bool) -> None:
        """Create and replace: an absent field takes its default, or goes."""
        key, f = text(leaf.field.name), leaf.field
        clears = f.nullable and not f.field.nullable
        default = f.field.default
        if is_rest(f.field):
            names = known_names(self.names, self.contract, leaf, self.converter.side.view)
            self._store(leaf, f"unknown({container}, {names})", lacks=True, null=False)
        elif self._kept_when_absent(leaf):
            local = self._local(leaf)
            start = len(self.lines)
            sent = f"cleared({container}[{key}])" if clears else f"{container}[{key}]"
            self._store(leaf, sent, lacks=clears, null=f.field.nullable)
            self._only_if(f"{key} in {container}", start, [leaf], local)
        elif f.required and sure:
            self._store(leaf, f"{container}[{key}]", lacks=False, null=f.field.nullable)
        elif default is not MISSING and not (clears and self.mode is Mode.CREATE):
            value = self.cross.typed(default, leaf)
            self._store(leaf, f"{container}.get({key}, {value})", lacks=False, null=f.field.nullable)
        elif clears:
            self._store(leaf, f"cleared({container}.get({key}))", lacks=True, null=False)
        else:
            self._store(leaf, f"{container}.get({key}, ABSENT)", lacks=True, null=f.field.nullable)

    def _only_if(self, condition: str, start: int, leaves: list[Leaf], *locals_: str) -> None:
        """Put the lines since `start` under `condition`; otherwise the record keeps what it has in `leaves`."""
        body = self.lines[start:]
        del self.lines[start:]
        for leaf in leaves:
            local = self._local(leaf)
            value = self.values[leaf.record]
            self.lines.append(f"{local} = {place('current', leaf.record).or_absent}")
            if value != local:
                body.append(f"{local} = {value}")
            self.values[leaf.record] = local
        self.lines += [f"if {condition}:", *(f"    {line}" for line in body)] if body else []

    def _store(self, leaf: Leaf, sent: str, *, lacks: bool, null: bool) -> None:
        """Let the record have what was `sent`, which may be ABSENT (`lacks`) or None (`null`)."""
        sent = self._within(leaf, sent)
        local = self._local(leaf)
        crosses = not isinstance(leaf.conversion, Same)
        helped = (lacks and self._nothing(leaf) != "ABSENT") or (null and leaf.stored_null is not MISSING)
        if not (self._complex(leaf) or helped or (crosses and (lacks or null or self._merges(leaf)))):
            made = self.cross.up(leaf.conversion, sent, self._view(leaf)) if crosses else sent
            if self.cross.guarded(leaf.conversion):
                made = f"inside({text(leaf.field.name)}, lambda: {made})"
            self.values[leaf.record] = made
            return
        self.lines.append(f"{local}_sent = {sent}")
        sent = f"{local}_sent"
        self.values[leaf.record] = local
        if not self._complex(leaf):
            self.lines.append(f"{local} = {self._made(leaf, sent, lacks, null)}")
        elif self.mode is Mode.CREATE:
            self.lines += [f"{local} = {self._made(leaf, sent, lacks, null)}", *self._keep(leaf, local, lacks, null)]
        else:
            start = len(self.lines)
            made = self._made(leaf, sent, lacks, null)
            self.lines += [f"{local} = {made}", *self._keep(leaf, local, lacks, null)]
            body = self.lines[start:]
            del self.lines[start:]
            self.lines += [
                f"{local} = {place('current', leaf.record).or_absent}",
                f"if {self._unseen(leaf, sent, lacks, null)}:",
                *(f"    {line}" for line in body),
            ]

    def _within(self, leaf: Leaf, sent: str) -> str:
        """`sent`, held to what the version may write unless it is what it was shown."""
        field = leaf.field.field
        if not self._is_held(leaf):
            return sent
        owner = f"{self.converter.mapping.type.name}_{field.name}_{version_suffix(self.contract.version)}"
        strict = self.names.wire(self.contract, field.check or field.type, leaf.field.nested)
        check = self.names.check(snake(safe_name(owner)).upper(), strict)
        names = ", ".join(text(name) for name in (*self.path, field.name))
        return f"within({check}, {sent}, {self._seen(leaf)}, {names})"

    def _is_held(self, leaf: Leaf) -> bool:
        """Whether what is written is held to more than its shape says."""
        field = leaf.field.field
        stated = field.loose is not None or field.check is not None
        return stated and leaf.field.nested not in (View.CREATE, View.INPUT)

    def _seen(self, leaf: Leaf) -> str:
        """What the caller is shown where `leaf` stands, before the write."""
        if self.mode is Mode.CREATE or self.output is None or leaf.field.field.write_only:
            return "ABSENT"
        mine = next(n for n in self.output.mapping.leaves() if n.field.field.identity == leaf.field.field.identity)
        if mine.record in self.helpers:
            return f"{self.helpers[mine.record]}(current)"
        return shown(self.cross, mine, place("current", mine.record))[0]

    def _fixed(self, leaf: Leaf) -> str:
        """The line that refuses to change what clients may not write any more."""
        name = text(leaf.field.name)
        if is_rest(leaf.field.field):
            names = known_names(self.names, self.contract, leaf, self.converter.side.view)
            return f"none_new(unknown(payload, {names}), {self._seen(leaf)})"
        return f"unchanged(payload.get({name}, ABSENT), {self._seen(leaf)}, {name})"

    def _unseen(self, leaf: Leaf, sent: str, lacks: bool, null: bool) -> str:
        """Whether `sent` is something else than what the caller is shown."""
        seen = f"{self.helpers[leaf.record]}(current)"
        if not holds_object(leaf.conversion):
            inner = leaf.field.type
            while isinstance(inner, ListOf | MapOf):
                inner = inner.items if isinstance(inner, ListOf) else inner.values
            written_apart = isinstance(inner, Scalar) and inner.kind in (Kind.DECIMAL, Kind.JSON)
            return f"differs({sent}, {seen})" if written_apart else f"{sent} != {seen}"
        # Objects are merged anyway, except where the caller is shown one that the record does not have.
        at = place("current", leaf.record)
        there = [*at.parents]
        there += [f"{at.access} is not ABSENT"] if at.optional else []
        there += [f"{at.access} is not None"] if at.nullable and not leaf.field.field.nullable else []
        stated = [v for v in (leaf.shown_absent, leaf.shown_null) if v is not MISSING]
        sendable = [self.cross.literal(self._sendable(v, leaf.field.type), leaf.field.type) for v in stated]
        other = f"{sent} != {seen}" + "".join(f" and {sent} != {v}" for v in sendable)
        real = [f"{sent} is not ABSENT"] * lacks + [f"{sent} is not None"] * null
        if not real:
            return f"({' and '.join(there)}) or ({other})" if there else "True"
        merged = f"({' and '.join(real)}) or {sent} != {seen}"
        return f"({merged}) if {' and '.join(there)} else ({other})" if there else merged

    def _sendable(self, value: Json, type_: Type) -> Json:
        """The part of a shown value that its reader may send back."""
        match type_:
            case _ if value is None:
                return None
            case ListOf(items=inner):
                return [self._sendable(v, inner) for v in value]
            case MapOf(values=inner):
                return {k: self._sendable(v, inner) for k, v in value.items()}
            case Ref(name) if (found := self.contract.object(name)) is not None:
                fields = settled_fields(found, View.REPLACE, self.contract.version)
                return {f.name: self._sendable(value[f.name], f.type) for f in fields if f.name in value}
            case _:
                return value

    def _merges(self, leaf: Leaf) -> bool:
        return self.mode is not Mode.CREATE and holds_object(leaf.conversion)

    def _view(self, leaf: Leaf) -> View:
        """The side from which objects inside are made."""
        return View.REPLACE if leaf.field.nested is View.UPDATE else leaf.field.nested

    def _nothing(self, leaf: Leaf) -> str:
        """What the record has where nothing was sent."""
        if leaf.target.field.on_create is not None and self.mode is Mode.CREATE:
            return moment(leaf.target)
        if leaf.stored_absent is MISSING:
            return "ABSENT"
        return self.cross.stored(leaf.stored_absent, leaf.target.type)

    def _made(self, leaf: Leaf, sent: str, lacks: bool, null: bool) -> str:
        if self._merges(leaf):
            current = place("current", leaf.record).or_absent
            now = f"{self._local(leaf)}_now"
            self.lines.append(f"{now} = {current}")
            seen = f"{self.helpers[leaf.record]}(current)" if self._complex(leaf) else ""
            made = self.merging.merged(leaf, sent, now, self.mode, now_there=_surely_there(leaf), seen=seen)
        else:
            made = self.cross.up(leaf.conversion, sent, self._view(leaf))
            if self.cross.guarded(leaf.conversion):
                made = f"inside({text(leaf.field.name)}, lambda: {made})"
        if null:
            there = "None" if leaf.stored_null is MISSING else self.cross.stored(leaf.stored_null, leaf.target.type)
            if (made, there) != (sent, "None"):
                made = f"{there} if {sent} is None else ({made})"
        if lacks and (made, self._nothing(leaf)) != (sent, "ABSENT"):
            made = f"{self._nothing(leaf)} if {sent} is ABSENT else ({made})"
        return made

    def _keep(self, leaf: Leaf, local: str, lacks: bool, null: bool) -> list[str]:
        if not leaf.shadowed:
            return []
        sent = f"{local}_sent"
        if holds_object(leaf.conversion):
            # What an object holds is kept inside it: here only whether there was one.
            return [f"mark(kept, {text(leaf.shadow)}, {sent}, {local}, {local})"]
        null = null or makes_null(leaf.conversion)
        at = Place(local, (), lacks and not leaf.target.required, null and leaf.target.nullable)
        value, _ = shown(self.cross, leaf, at)
        written = kept_in_shape(self.names, self.cross, leaf, self._view(leaf))
        seen = kept_in_shape(self.names, self.cross, leaf)
        if written is not None and seen is not None:
            sent = plainly(leaf.field.type, sent, written)
            value = plainly(leaf.field.type, value, seen)
        return [f"keep(kept, {text(leaf.shadow)}, {sent}, {local}, {value})"]

    # Fields that are converted together.

    def _grouped(self, node: Group, container: str, *, sure: bool) -> None:
        """What is sent of them, the rest as it is shown; stored together, where that is not what is shown."""
        if not node.fields and self.mode is not Mode.CREATE:
            return  # nobody sends any of it
        slots = [node.program.slots[m].field for m in node.program.members]
        fields = [f.field for f in node.fields] or slots
        base = self.locals.of(node.shadow, "_".join(safe_name(f.name) for f in fields))
        ends = [self._local(end) for end in node.ends]
        self.values |= {end.record: local for end, local in zip(node.ends, ends, strict=True)}
        seen = self.helpers.get(node.shadow) if self.mode is not Mode.CREATE else None
        sent = [self._sent_member(node, m, container, f"{base}_seen" if seen else "") for m in node.program.members]
        several = f"{base}_sent: list[Any] = [{', '.join(sent)}]"
        body = [f"{base}_sent = {sent[0]}" if len(sent) == 1 else several]
        if seen and any("_seen" in part for part in sent):
            body.insert(0, f"{base}_seen = {seen}(current)")
            seen_now = f"{base}_seen"
        else:
            seen_now = f"{seen}(current)"
        stored = self._stored_together(node, base, ends)
        if seen:
            stored = [f"if differs({base}_sent, {seen_now}):", *(f"    {line}" for line in stored)]
        body += stored
        if not sure and self.mode is not Mode.UPDATE:
            nothing = [f"    {local} = cast(Any, ABSENT)" for local in ends]
            body = [f"if {container}:", *(f"    {line}" for line in body), "else:", *nothing]
        if self.mode is not Mode.CREATE:
            now = [place("current", end.record).or_absent for end in node.ends]
            self.lines += [f"{local} = {value}" for local, value in zip(ends, now, strict=True)]
        if self.mode is Mode.UPDATE:
            there = " or ".join(f"{text(f.name)} in {container}" for f in node.fields)
            body = [f"if {there}:", *(f"    {line}" for line in body)]
        self.lines += body

    def _stored_together(self, node: Group, base: str, ends: list[str]) -> list[str]:
        joining = self.names.converters.joining_of(self.contract.version, node)
        many = "*" if len(node.program.members) > 1 else ""
        lines = [f"{', '.join(ends)} = {self.names.joining(joining, joining.stored)}({many}{base}_sent)"]
        if node.fields and node.shadow in self.helpers:
            shown_now = f"{self.names.joining(joining, joining.shown)}({', '.join(ends)})"
            lines.append(f"keep(kept, {text(node.shadow)}, {base}_sent, [{', '.join(ends)}], {shown_now})")
        return lines

    def _sent_member(self, node: Group, member: str, container: str, seen: str) -> str:
        """What a write says of one of them; what it does not send is as its sender sees it."""
        slot, position = node.program.slots[member], node.program.members.index(member)
        if seen and len(node.program.members) > 1:
            seen = f"{seen}[{position}]"
        f = next((f for f in node.fields if f.field.identity == member), None)
        if f is None:
            unsent = "ABSENT" if not slot.field.required and slot.none else "None"
            return seen or (unsent if slot.unsent is MISSING else value_of(slot.unsent, slot.field.type))
        key, clears = text(f.name), f.nullable and not f.field.nullable
        if seen and (self.mode is Mode.UPDATE or added_by_release(f.field, self.contract.version)):
            sent = f"{container}[{key}]"
            if f.merges:
                sent = f"merged_keys({seen}, {sent}{_depth(f.type)})"
            sent = f"cleared({sent})" if clears else sent
            return sent if len(node.program.members) == 1 else f"{sent} if {key} in {container} else {seen}"
        if f.required:
            return f"{container}[{key}]"
        otherwise = "ABSENT" if f.default is MISSING else value_of(f.default, f.type)
        return f"{container}.get({key}, {otherwise})"

    # Objects that the record keeps in parts.

    def _inline(self, node: Inline, container: str, *, sure: bool) -> None:
        key = text(node.field.name)
        sent = f"{self.locals.of(node.shadow, safe_name(node.field.name))}_sent"
        f = node.field
        marked = marks_presence(node) and node.shadow in self.helpers
        if self.mode is Mode.UPDATE:
            self._inline_updated(node, container, sent)
        elif not marks_presence(node) and sure:
            self.lines.append(f"{sent}: Mapping[str, Any] = {container}[{key}]")
            for child in node.children:
                self._node(child, sent, sure=True)
        else:
            self.lines.append(f"{sent}: Any = cast(Any, {container}).get({key}, ABSENT)")
            kept = self._kept_when_absent(node)
            if f.nullable and not f.field.nullable:
                start = len(self.lines)
                self.lines.append(f"{sent} = cleared({sent})")
                if kept:
                    self.lines[start:] = [f"{sent}_is = {sent} is not ABSENT", *self.lines[start:]]
            self._parts(node, sent, marked, kept=kept, clears=f.nullable and not f.field.nullable)
        if marked and self.output is not None:
            self.marks += self._mark(node, sent)

    def _parts(self, node: Inline, sent: str, marked: bool, *, kept: bool, clears: bool) -> None:
        """Each part of an object that may be absent or null; as it was seen, it stays as it is."""
        start = len(self.lines)
        parts = f"{sent.removesuffix('_sent')}_parts"
        self.lines.append(f"{parts}: Mapping[str, Any] = {sent} or {{}}")
        held = self._held(node, sent)
        for child in node.children:
            self._node(child, parts, sure=False)
        if self.mode is Mode.CREATE or not marked:
            return
        condition = f"{sent} is not {self.helpers[node.shadow]}(current, current.kept)"
        if kept:
            known = f"{sent}_is" if clears else f"{sent} is not ABSENT"
            condition = f"{known} and {condition}"
        self._only_if(condition, start, list(leaves_of(node.children)))
        self.lines[start:start] = held

    def _held(self, node: Inline, sent: str) -> list[str]:
        """Note what becomes of the object itself; the lines that say what it was go before all others."""
        if node.record is None or (node.record[-1].required and not node.record[-1].nullable):
            return []
        here = f"{sent} is not ABSENT and {sent} is not None"
        self.sent[node.record] = here
        nothing = f"(None if {sent} is None else ABSENT)" if node.record[-1].nullable else "ABSENT"
        if node.record[-1].required:
            nothing = "None"
        if self.mode is Mode.CREATE:
            self.bases[node.record] = nothing
            return []
        was = f"{sent.removesuffix('_sent')}_now"
        self.bases[node.record] = was
        self.lines += [f"if not ({here}):", f"    {was} = {nothing}"]
        return [f"{was} = {place('current', node.record).or_absent}"]

    def _inline_updated(self, node: Inline, container: str, sent: str) -> None:
        """A partial update of an object in parts: part by part, or as a whole where there is none yet."""
        f, key = node.field, text(node.field.name)
        seen = f"{sent.removesuffix('_sent')}_seen"
        start = len(self.lines)
        if not marks_presence(node) or node.shadow not in self.helpers:
            self.lines.append(f"{sent}: Any = {container}[{key}] or {{}}")
            for child in node.children:
                self._node(child, sent, sure=False)
            self._only_if(f"{key} in {container}", start, list(leaves_of(node.children)))
            return
        taken = f"cleared({container}[{key}])" if f.nullable and not f.field.nullable else f"{container}[{key}]"
        self.lines += [
            f"{sent} = {taken}",
            f"{seen} = {self.helpers[node.shadow]}(current, current.kept)",
        ]
        before = dict(self.values)
        inside = len(self.lines)
        for child in node.children:
            self._node(child, sent, sure=False)
        self._only_if(f"{sent} and {seen}", inside, list(leaves_of(node.children)))
        part_by_part = self.lines[inside:]
        del self.lines[inside:]
        self.values = before
        self.mode = Mode.REPLACE
        parts = f"{sent.removesuffix('_sent')}_parts"
        self.lines.append(f"{parts}: Mapping[str, Any] = {{}}")
        self.lines += [f"if {sent} or {sent} == {{}}:", f"    {parts} = {self._whole(node, sent)}"]
        held = self._held(node, sent)
        for child in node.children:
            self._node(child, parts, sure=False)
        self._only_if(f"{sent} is not {seen}", inside, list(leaves_of(node.children)))
        self.mode = Mode.UPDATE
        as_whole = self.lines[inside:]
        del self.lines[inside:]
        self.lines += [f"if {sent} is not ABSENT and {sent} is not None and {seen}:"]
        self.lines += [f"    {line}" for line in part_by_part or ["pass"]]
        self.lines += ["else:", *(f"    {line}" for line in as_whole)] if as_whole else []
        self._only_if(f"{key} in {container}", start, list(leaves_of(node.children)))
        self.lines[start:start] = [f"{sent}: Any = ABSENT", *held]

    def _whole(self, node: Inline, sent: str) -> str:
        type_ = self.contract.types[node.type_name]
        assert isinstance(type_, ObjectType)
        return self.merging.whole(type_, sent, self.path)

    def _mark(self, node: Inline, sent: str) -> list[str]:
        assert self.output is not None
        shown_node = next(n for n in _inlines(self.output.mapping.nodes) if n.shadow == node.shadow)
        stored = stored_parts("made", shown_node)
        made = f"mark(kept, {text(node.shadow)}, {sent}, {stored}, {self.helpers[node.shadow]}(made, {{}}))"
        key = text(node.field.name)
        if self.mode is Mode.UPDATE:
            return [f"if {key} in payload:", f"    {made}"]
        if self._kept_when_absent(node):
            known = f"{sent}_is" if node.field.nullable and not node.field.field.nullable else f"{sent} is not ABSENT"
            return [f"if {known}:", f"    {made}"]
        return [made]

    # Partial updates: only what is sent changes (RFC 7396).

    def _updated(self, leaf: Leaf, container: str) -> None:
        key, f = text(leaf.field.name), leaf.field
        at = place("current", leaf.record)
        if is_rest(f.field):
            names = known_names(self.names, self.contract, leaf, self.converter.side.view)
            self.values[leaf.record] = f"patched({at.or_absent}, {container}, {names})"
            return
        clears = f.nullable and not f.field.nullable
        helped = (clears and self._nothing(leaf) != "ABSENT") or leaf.stored_null is not MISSING
        plain = isinstance(leaf.conversion, Same) and not self._complex(leaf) and not self._is_held(leaf)
        plain = plain and not f.merges
        if plain and not helped and not at.parents:
            cleared = f"cleared({container}[{key}]) if {key} in {container} else {at.access}"
            self.values[leaf.record] = cleared if clears else f"{container}.get({key}, {at.access})"
            return
        start = len(self.lines)
        sent = f"{container}[{key}]"
        if f.merges and not holds_object(leaf.conversion):
            sent = f"merged_keys({self._seen(leaf)}, {sent}{_depth(f.type)})"
        sent = f"cleared({sent})" if clears else sent
        self._store(leaf, sent, lacks=clears, null=f.field.nullable)
        self._only_if(f"{key} in {container}", start, [leaf])


def _depth(type_: Type) -> str:
    """How deep maps stand in a map, as one more argument."""
    depth = 0
    while isinstance(type_, MapOf):
        type_, depth = type_.values, depth + 1
    return f", {depth}" if depth > 1 else ""


def _surely_there(leaf: Leaf) -> bool:
    return leaf.target.required and not leaf.target.nullable and len(leaf.record) == 1


def _inlines(nodes: tuple[Node, ...]) -> list[Inline]:
    found: list[Inline] = []
    for node in nodes:
        if isinstance(node, Inline):
            found += [node, *_inlines(node.children)]
    return found
