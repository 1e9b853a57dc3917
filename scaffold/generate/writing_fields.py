"""What a version's write makes of single fields: the values that the record gets."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.message import View
from ..contract.names import is_sent
from ..contract.naming import safe_name
from ..contract.types import MISSING, Json, Kind, ListOf, MapOf, Ref, Scalar, Type
from ..contract.views import ViewField, added_by_release, settled_fields
from ..convert.conversions import Chosen, Listed, Mapped, Same, Then
from ..convert.innermost import holds_object, innermost, makes_null
from ..convert.nodes import Leaf, Node
from ..convert.stated import is_rest
from .converters import Converter, Mode
from .expressions import Crossing
from .filling import filler, settler
from .grouping import Path
from .local_names import Locals
from .mentions import Names
from .merging import Merging, in_place
from .own_parts import own_parts
from .python import grouped, snake, text, version_suffix
from .record_access import Place, place
from .record_values import moment
from .refusing import refusing
from .shown_parts import innermost_type, kept_in_shape, known_names, plainly
from .shown_values import complex_, helper_names, shown
from .sides import Side


class FieldWriting:
    """Writes the lines for single fields, and holds what the lines of one converter are made with."""

    def __init__(self, names: Names, converter: Converter) -> None:
        self.names, self.converter = names, converter
        self.mode = converter.mode
        self.contract = names.converters.contracts[converter.side.version]
        self.cross = Crossing(names, self.contract)
        self.lines: list[str] = []
        self.values: dict[Path, str] = {}
        """The expression of what each record path gets."""
        self.stays: dict[Path, str] = {}
        """The names of fields that an object does not know and of which a write takes none away."""
        self.locals = Locals()
        self.first: dict[str, str] = {}
        """Locals that say that nothing is taken away of what stands for a missing object, until more is known."""
        self._declared: set[str] = set()
        self.path: tuple[str, ...] = ()
        """The fields of the payload around what is looked at."""
        self.unsent: str | None = None
        """The condition that the object around it is not sent, where that may be."""
        shown_side = Side(self.contract.version, converter.side.type, View.OUTPUT)
        self.output = names.converters.of.get((shown_side, Mode.SHOW))
        self.helpers = {} if self.output is None else helper_names(self.output)
        self.merging = Merging(names, self.cross, self.contract)

    def written(self, leaf: Leaf, container: str, *, sure: bool) -> None:
        """Create and replace: an absent field takes its default, or goes."""
        key, f = text(leaf.field.name), leaf.field
        clears = f.nullable and not f.field.nullable
        default = f.field.default
        if is_rest(f.field):
            names = known_names(self.names, self.contract, leaf, self.converter.side.view)
            sent = f"unknown({container}, {names})"
            if self.mode is not Mode.CREATE:
                self.stays[leaf.record] = names
                sent = f"still({self._seen_rest(leaf)}, {sent}, {names})"
            self._store(leaf, sent, lacks=True, null=False)
        elif self.kept_when_absent(leaf):
            start = len(self.lines)
            sent = f"cleared({container}[{key}])" if clears else f"{container}[{key}]"
            self._store(leaf, sent, lacks=clears, null=f.field.nullable)
            self.only_if(f"{key} in {container}", start, [leaf])
        elif f.required and sure:
            self._store(leaf, self.taken(f, container), lacks=False, null=f.field.nullable)
        elif default is not MISSING and not (clears and self.mode is Mode.CREATE):
            value = self.cross.typed(default, leaf)
            self._store(leaf, f"{container}.get({key}, {value})", lacks=False, null=f.field.nullable)
        elif clears:
            self._store(leaf, f"cleared({container}.get({key}))", lacks=True, null=False)
        else:
            self._store(leaf, f"{container}.get({key}, ABSENT)", lacks=True, null=f.field.nullable)

    def taken(self, f: ViewField, container: str) -> str:
        """What `container` has in a field that is always there, once it is known what stands for it."""
        key = text(f.name)
        if f.default is not MISSING:
            return f"{container}.get({key}, {self.cross.literal(f.default, f.type, f.nested)})"
        return f"{container}[{key}]" if f.required and is_sent(self.contract, f) else f"{container}.get({key}, {{}})"

    def updated(self, leaf: Leaf, container: str) -> None:
        """A partial update: only what is sent changes (RFC 7396)."""
        key, f = text(leaf.field.name), leaf.field
        at = place("current", leaf.record)
        if is_rest(f.field):
            names = known_names(self.names, self.contract, leaf, self.converter.side.view)
            self.stays[leaf.record] = f"unsent({at.or_absent}, {container}, {names})"
            self._store(leaf, f"patched({self._seen_rest(leaf)}, {container}, {names})", lacks=True, null=False)
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
            sent = f"merged_keys({self._seen(leaf, written=True)}, {sent}{depth_of(f.type)})"
        sent = f"cleared({sent})" if clears else sent
        self._store(leaf, sent, lacks=clears, null=f.field.nullable)
        self.only_if(f"{key} in {container}", start, [leaf])

    def _store(self, leaf: Leaf, sent: str, *, lacks: bool, null: bool) -> None:
        """Let the record have what was `sent`, which may be ABSENT (`lacks`) or None (`null`)."""
        sent = self._within(leaf, sent)
        local = self.local(leaf)
        crosses = not isinstance(leaf.conversion, Same)
        helped = (lacks and self._nothing(leaf) != "ABSENT") or (null and leaf.stored_null is not MISSING)
        if not (self._complex(leaf) or helped or (crosses and (lacks or null or self._merges(leaf)))):
            made = self.cross.up(leaf.conversion, sent, self._view(leaf)) if crosses else sent
            if self.cross.guarded(leaf.conversion):
                made = f"inside({text(leaf.field.name)}, lambda: {made})"
            self.values[leaf.record] = made
            return
        is_word = isinstance(leaf.conversion, Mapped | Then) and sent.startswith("cleared(")  # mypy widens literals
        typed = f": {self.names.plain(self.contract, leaf.field.type, View.OUTPUT)} | Absent" if is_word else ""
        self.lines.append(f"{local}_sent{typed} = {sent}")
        sent = f"{local}_sent"
        self.values[leaf.record] = local
        if not self._complex(leaf):
            self.lines.append(f"{local} = {self._made(leaf, sent, lacks, null)}")
        elif self.mode is Mode.CREATE:
            self.lines += [
                f"{local} = {self._made(leaf, sent, lacks, null)}",
                *self._keep(leaf, sent, local, lacks, null),
            ]
        else:
            start = len(self.lines)
            made = self._made(leaf, sent, lacks, null)
            self.lines += [f"{local} = {made}", *self._keep(leaf, sent, local, lacks, null)]
            body = self.lines[start:]
            del self.lines[start:]
            self.lines += [
                f"{local} = {place('current', leaf.record).or_absent}",
                f"if {self._unseen(leaf, sent, lacks, null)}:",
                *(f"    {line}" for line in body),
            ]
            if leaf.left_out:
                self.first[f"{local}_gone"] = "False"
                self.lines.append(
                    f"{local}_gone = {sent} is ABSENT and {self.helper(leaf.record)}(current) is not ABSENT"
                )

    def _complex(self, leaf: Leaf) -> bool:
        """Whether what is shown decides; nothing is ever shown of a type that only requests reach."""
        return complex_(leaf) and leaf.record in self.helpers

    def declared(self, local: str, type_: str) -> str:
        """`local` with its type, where it is assigned for the first time."""
        first = local not in self._declared
        self._declared.add(local)
        return f"{local}: {type_}" if first else local

    def helper(self, shown: object) -> str:
        """The name of the small function by which the caller is shown a place of the record."""
        assert self.output is not None
        self.names.converter(self.output)  # the function stands beside it
        return self.helpers[shown]

    def local(self, leaf: Leaf) -> str:
        """The local name of what the record gets."""
        return self.locals.of(leaf.record, "_".join(step.attr for step in leaf.record))

    def kept_when_absent(self, node: Node) -> bool:
        """Whether a release added the field: callers who do not know it leave it alone, null takes it away."""
        return self.mode is Mode.REPLACE and added_by_release(node.field.field, self.contract.version)

    def only_if(self, condition: str, start: int, leaves: list[Leaf]) -> None:
        """Put the lines since `start` under `condition`; otherwise the record keeps what it has in `leaves`."""
        self.assign(start, leaves)
        body = self.lines[start:]
        self.lines[start:] = [f"{self.local(leaf)} = {place('current', leaf.record).or_absent}" for leaf in leaves]
        self.lines += [f"if {condition}:", *(f"    {line}" for line in body)] if body else []

    def assign(self, start: int, leaves: list[Leaf]) -> None:
        """Let the lines since `start` end with what the record gets in `leaves`, each in its local."""
        for leaf in leaves:
            local = self.local(leaf)
            value = self.values[leaf.record]
            if value != local:
                self.lines.append(f"{local} = {value}")
            self.values[leaf.record] = local

    def _within(self, leaf: Leaf, sent: str) -> str:
        """`sent`, held to what the version may write unless it is what it was shown."""
        return self.held(leaf, leaf.field, sent, self._seen(leaf)) if self._is_held(leaf) else sent

    def held(self, node: Node, f: ViewField, sent: str, seen: str) -> str:
        """What is `sent` of a field, refused where it is neither what the version may write nor what it has `seen`."""
        field = f.field
        owner = f"{self.converter.mapping.type.name}_{field.name}_{version_suffix(self.contract.version)}"
        extra, whole = refusing(node, field.identity, self.names) if f.late else ((), False)
        strict = self.names.wire(self.contract, field.check or field.type, f.nested, extra, whole=whole)
        check = self.names.check(snake(safe_name(owner)).upper(), strict)
        names = ", ".join(text(name) for name in (*self.path, field.name))
        return f"within({check}, {sent}, {seen}, {names})"

    def _is_held(self, leaf: Leaf) -> bool:
        """Whether what is written is held to more than its shape says."""
        return bounded(leaf.field)

    def _seen(self, leaf: Leaf, *, written: bool = False) -> str:
        """What the caller is shown where `leaf` stands, before the write; with `written`, what it only writes too."""
        mine: Leaf | None = None
        if self.mode is not Mode.CREATE and self.output is not None and not leaf.field.field.write_only:
            identity = leaf.field.field.identity
            mine = next((n for n in self.output.mapping.leaves() if n.field.field.identity == identity), None)
        if mine is None:  # only written, or in an object that clients only write
            alike = written and not isinstance(innermost(leaf.conversion), Chosen)
            return shown(self.cross, leaf, place("current", leaf.record))[0] if alike else "ABSENT"
        if mine.record in self.helpers:
            return f"{self.helper(mine.record)}(current)"
        return shown(self.cross, mine, place("current", mine.record))[0]

    def _seen_rest(self, leaf: Leaf) -> str:
        """The fields that an object does not know as its sender sees them, those that have names of others too."""
        plain = isinstance(leaf.conversion, Same) and not self._complex(leaf)
        return place("current", leaf.record).or_absent if plain else self._seen(leaf)

    def fixed(self, leaf: Leaf) -> str:
        """The line that refuses to change what clients may not write any more."""
        name = text(leaf.field.name)
        if is_rest(leaf.field.field):
            names = known_names(self.names, self.contract, leaf, self.converter.side.view)
            return f"none_new(unknown(payload, {names}), {self._seen(leaf)})"
        return f"unchanged(payload.get({name}, ABSENT), {self._seen(leaf)}, {name})"

    def _unseen(self, leaf: Leaf, sent: str, lacks: bool, null: bool) -> str:
        """Whether `sent` is something else than what the caller is shown."""
        seen = f"{self.helper(leaf.record)}(current)"
        settled = settler(self.cross, leaf.field.type)
        if settled is not None:
            seen = f"plainly({seen}, {settled})"
        if not holds_object(leaf.conversion):
            inner = innermost_type(leaf.field.type)
            written_apart = isinstance(inner, Scalar) and inner.kind in (Kind.DECIMAL, Kind.JSON)
            return f"differs({sent}, {seen})" if written_apart else f"{sent} != {seen}"
        # Objects are merged anyway, except where the caller is shown one that the record does not have.
        at = place("current", leaf.record)
        there = [*at.parents]
        there += [f"{at.access} is not ABSENT"] if at.optional else []
        there += [f"{at.access} is not None"] if at.nullable and not leaf.field.field.nullable else []
        stated = [v for v in (leaf.shown_absent, leaf.shown_outside, leaf.shown_null) if v is not MISSING]
        other = f"{sent} != {seen}" + "".join(f" and {c}" for c in self._unlike(leaf, sent, stated))
        real = [f"{sent} is not ABSENT"] * lacks + [f"{sent} is not None"] * null
        if not real:
            return f"({' and '.join(there)}) or ({other})" if there else "True"
        merged = f"({' and '.join(real)}) or {sent} != {seen}"
        return f"({merged}) if {' and '.join(there)} else ({other})" if there else merged

    def _unlike(self, leaf: Leaf, sent: str, stated: list[Json]) -> Iterator[str]:
        """Whether `sent` is not what the reader of each value that is `stated` can send of it, where it is shown."""
        for value in stated:
            sendable = self._sendable(value, leaf.field.type)
            if sendable != value:
                back, whole = (self.cross.literal(v, leaf.field.type) for v in (sendable, value))
                yield f"({sent} != {back} or {self.helper(leaf.record)}(current) != {whole})"

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
        return self.mode is not Mode.CREATE and in_place(leaf.conversion)

    def _view(self, leaf: Leaf) -> View:
        """The side from which objects inside are made."""
        return View.REPLACE if leaf.field.nested is View.UPDATE else leaf.field.nested

    def _nothing(self, leaf: Leaf) -> str:
        """What the record has where nothing was sent."""
        if leaf.target.field.on_create is not None and self.mode is Mode.CREATE:
            return moment(leaf.target)
        if leaf.stored_absent is not MISSING:
            return self.cross.stored(leaf.stored_absent, leaf.target.type)
        if leaf.stored_outside is MISSING or self.unsent is None:
            return "ABSENT"
        stated = self.cross.stored(leaf.stored_outside, leaf.target.type)
        return stated if leaf.field.required else f"({stated} if {self.unsent} else ABSENT)"

    def _made(self, leaf: Leaf, sent: str, lacks: bool, null: bool) -> str:
        if self._merges(leaf):
            current = place("current", leaf.record).or_absent
            now = f"{self.local(leaf)}_now"
            self.lines.append(f"{now} = {current}")
            seen = f"{self.helper(leaf.record)}(current)" if self._complex(leaf) else ""
            made = self.merging.merged(leaf, sent, now, self.mode, now_there=_surely_there(leaf), seen=seen)
        else:
            made = self.cross.up(leaf.conversion, sent, self._view(leaf))
            if self.cross.guarded(leaf.conversion):
                made = f"inside({text(leaf.field.name)}, lambda: {made})"
        if leaf.record in self.stays:
            made = f"restored({made}, {place('current', leaf.record).or_absent}, {self.stays[leaf.record]})"
        if null:
            there = "None" if leaf.stored_null is MISSING else self.cross.stored(leaf.stored_null, leaf.target.type)
            if (made, there) != (sent, "None"):
                made = f"{there} if {sent} is None else {grouped(made)}"
        if lacks and (made, self._nothing(leaf)) != (sent, "ABSENT"):
            made = f"{self._nothing(leaf)} if {sent} is ABSENT else {grouped(made)}"
        return made

    def keep_unsent(self, leaf: Leaf, local: str) -> list[str]:
        """The line that keeps that nothing was sent where the record has to have something."""
        return self._keep(leaf, "ABSENT", local, lacks=True, null=True)

    def _keep(self, leaf: Leaf, sent: str, local: str, lacks: bool, null: bool) -> list[str]:
        if not leaf.shadowed:
            return []
        if holds_object(leaf.conversion):
            # What an object holds is kept inside it: here only whether there was one.
            at = Place(local, (), not leaf.target.required, leaf.target.nullable)
            value, _ = shown(self.cross, leaf, at)
            return [f"mark(kept, {text(leaf.shadow)}, {sent}, {local}, {local}, lambda: {value})"]
        if isinstance(leaf.conversion, Listed) and holds_object(leaf.conversion.inner):
            value, _ = shown(self.cross, leaf, Place(local, (), lacks and not leaf.target.required, False))
            return [f"mark(kept, {text(leaf.shadow)}, {sent}, {local}, {value})"]
        null = null or makes_null(leaf.conversion)
        at = Place(local, (), lacks and not leaf.target.required, null and leaf.target.nullable)
        value, _ = shown(self.cross, leaf, at)
        written = kept_in_shape(self.names, self.cross, leaf, self._view(leaf))
        seen = kept_in_shape(self.names, self.cross, leaf)
        if written is not None and seen is not None:
            held = innermost_type(leaf.field.type)
            sent = plainly(leaf.field.type, sent, written, filler(self.cross, held, self._view(leaf)))
            value = plainly(leaf.field.type, value, seen)
            own = own_parts(self.cross, leaf.field.type, self._view(leaf))
            value = value if own is None else f"{value}, {own}"
        return [f"keep(kept, {text(leaf.shadow)}, {sent}, {local}, {value})"]


def bounded(f: ViewField) -> bool:
    """Whether a field takes more on the wire than its version may write, or less than it is shown."""
    stated = f.field.loose is not None or f.field.check is not None
    return f.late or (stated and f.nested not in (View.CREATE, View.INPUT))


def depth_of(type_: Type) -> str:
    """How deep maps stand in a map, as one more argument."""
    depth = 0
    while isinstance(type_, MapOf):
        type_, depth = type_.values, depth + 1
    return f", {depth}" if depth > 1 else ""


def _surely_there(leaf: Leaf) -> bool:
    return leaf.target.required and not leaf.target.nullable and len(leaf.record) == 1
