"""What a version's write makes of objects that the record keeps in parts."""

from __future__ import annotations

from collections.abc import Callable

from ..contract.named_types import ObjectType
from ..contract.naming import safe_name
from ..contract.types import MISSING
from ..convert.nodes import Inline, inlines_of, leaves_of
from .converters import Mode, marks_presence
from .grouping import Path
from .python import text
from .record_access import place
from .shown_parts import stored_parts
from .writing_fields import FieldWriting


class PartsWriting:
    """Writes the lines of an object in parts; `node` writes those of one part."""

    def __init__(self, fields: FieldWriting, node: Callable[..., None]) -> None:
        self.fields, self.node = fields, node
        self.marks: dict[str, list[str]] = {}
        """What is done when the record is made: the objects it keeps in parts, by their shadows, are marked as sent or
        not."""
        self.bases: dict[Path, str] = {}
        self.sent: dict[Path, str] = {}
        self.shown: dict[Path, tuple[str, list[Path]]] = {}
        """For objects that the record keeps in parts, and in their place: see `Grouping`."""
        self.stated: set[Path] = set()
        """Where the record has what is stated if none is sent."""
        self.around: tuple[str, ...] = ()
        """What was sent of the objects around what is looked at, the outermost first."""
        self.first: dict[str, str] = {}
        """What objects inside of others were, and that they are not sent, until lines that may be left out say more."""

    def inline(self, node: Inline, container: str, *, sure: bool) -> None:
        """The lines of one object, whose field is a key of `container`; `sure` where that is always there."""
        key = text(node.field.name)
        sent = f"{self.fields.locals.of(node.shadow, safe_name(node.field.name))}_sent"
        f = node.field
        outer, self.around = self.around, (*self.around, sent)
        marked = marks_presence(node) and node.shadow in self.fields.helpers
        if self.fields.mode is Mode.UPDATE:
            self._inline_updated(node, container, sent)
        elif not marks_presence(node) and sure:
            self.fields.lines.append(f"{sent}: Mapping[str, Any] = {self.fields.taken(f, container)}")
            for child in node.children:
                self.node(child, sent, sure=True)
        else:
            nothing = "ABSENT" if f.default is MISSING else self.fields.cross.literal(f.default, f.type, f.nested)
            taken = f"cast(Any, {container}).get({key}, {nothing})"
            self.fields.lines.append(f"{self._typed(sent, 'Any', 'ABSENT')} = {taken}")
            if marked and outer:
                self._tell(sent, f"isinstance({outer[-1]}, dict)")
            kept = self.fields.kept_when_absent(node)
            if f.nullable and not f.field.nullable:
                start = len(self.fields.lines)
                self.fields.lines.append(f"{sent} = cleared({sent})")
                if kept:
                    self.fields.lines[start:] = [f"{sent}_is = {sent} is not ABSENT", *self.fields.lines[start:]]
            self._parts(node, sent, marked, kept=kept, clears=f.nullable and not f.field.nullable)
        self.around = outer
        if marked and self.fields.output is not None:
            self.marks.setdefault(node.shadow, self._mark(node, sent))

    def _typed(self, local: str, kind: str, nothing: str) -> str:
        """The target of an assignment to `local`: inside of another object it may be left out, or stand twice."""
        if self.fields.mode is Mode.CREATE or len(self.around) < 2:
            return f"{local}: {kind}"
        self.first[f"{local}: Any"] = nothing
        return local

    def _tell(self, sent: str, told: str) -> None:
        """Note whether the object around an object in parts is sent: else nothing is said of this one."""
        if self.fields.mode is not Mode.CREATE:
            self.first[f"{sent}_told"] = "False"
        self.fields.lines.append(f"{sent}_told = {told}")

    def _parts(self, node: Inline, sent: str, marked: bool, *, kept: bool, clears: bool) -> None:
        """Each part of an object that may be absent or null; as it was seen, it stays as it is."""
        start = len(self.fields.lines)
        parts = f"{sent.removesuffix('_sent')}_parts"
        self.fields.lines.append(f"{self._typed(parts, 'Mapping[str, Any]', '{}')} = {sent} or {{}}")
        held = self._held(node, sent)
        self._children(node, sent, parts)
        if self.fields.mode is Mode.CREATE or not marked:
            self.fields.lines[start:start] = held
            return
        condition = f"{sent} is not {self._seen(node)}"
        if kept:
            known = f"{sent}_is" if clears else f"{sent} is not ABSENT"
            condition = f"{known} and {condition}"
        self.fields.only_if(condition, start, list(leaves_of(node.children)))
        self.fields.lines[start:start] = held

    def _children(self, node: Inline, sent: str, parts: str) -> None:
        """The lines of each part of an object that may not be sent at all."""
        outer, self.fields.unsent = self.fields.unsent, f"{sent} is ABSENT or {sent} is None"
        for child in node.children:
            self.node(child, parts, sure=False)
        self.fields.unsent = outer

    def _held(self, node: Inline, sent: str, *, gone: bool = False) -> list[str]:
        """Note what becomes of the object itself, which is `gone` where these lines are; those that say what it was go
        before all others."""
        absent, null = self._stated(node)
        if node.record is None or (node.record[-1].required and not node.record[-1].nullable and not (absent or null)):
            return []
        if absent or null:
            self.stated.add(node.record)
        here = f"{sent} is not ABSENT and {sent} is not None"
        self.sent[node.record] = here
        if self.fields.mode is not Mode.CREATE and node.shadow in self.fields.helpers:
            outside = [p for leaf in leaves_of(node.children) if (p := leaf.record)[: len(node.record)] != node.record]
            self.shown[node.record] = (self._seen(node), outside)
        null = null or ("None" if node.record[-1].nullable else absent)
        absent = absent or (null if node.record[-1].required else "ABSENT")
        nothing = absent if null in ("", absent) else f"({null} if {sent} is None else {absent})"
        if self.fields.mode is Mode.CREATE:
            self.bases[node.record] = nothing
            return []
        was = f"{sent.removesuffix('_sent')}_now"
        self.bases[node.record] = was
        self.fields.lines += [f"{was} = {nothing}"] if gone else [f"if not ({here}):", f"    {was} = {nothing}"]
        now = place("current", node.record).or_absent
        if len(self.around) > 1:
            self.first[was] = now
            return []
        return [f"{was} = {now}"]

    def _stated(self, node: Inline) -> tuple[str, str]:
        """What the record has where nothing, and where null, is sent of an object that it cannot be without."""
        if node.record is None:
            return "", ""
        end, stated = node.record[-1], (node.stored_absent, node.stored_null)
        absent, null = ("" if v is MISSING else self.fields.cross.stored(v, end.type) for v in stated)
        return absent if end.required else "", "" if end.nullable else null

    def _seen(self, node: Inline) -> str:
        """What the caller is shown of an object in parts, before the write."""
        return f"{self.fields.helper(node.shadow)}(current, current.kept)"

    def _inline_updated(self, node: Inline, container: str, sent: str) -> None:
        """A partial update of an object in parts: part by part, or as a whole where there is none yet."""
        f, key = node.field, text(node.field.name)
        seen = f"{sent.removesuffix('_sent')}_seen"
        start = len(self.fields.lines)
        taken = f"cleared({container}[{key}])" if f.nullable and not f.field.nullable else f"{container}[{key}]"
        if not marks_presence(node) or node.shadow not in self.fields.helpers:
            self._unseen_updated(node, container, taken if f.nullable else "", sent)
            return
        self.fields.lines += [
            f"{sent} = {taken}",
            f"{seen} = {self._seen(node)}",
        ]
        if len(self.around) > 1:
            self._tell(sent, "True")
        before = dict(self.fields.values)
        inside = len(self.fields.lines)
        for child in node.children:
            self.node(child, sent, sure=False)
        self.fields.only_if(f"{sent} and {seen}", inside, list(leaves_of(node.children)))
        part_by_part = self.fields.lines[inside:]
        del self.fields.lines[inside:]
        self.fields.values = before
        self.fields.mode = Mode.REPLACE
        parts = f"{sent.removesuffix('_sent')}_parts"
        self.fields.lines.append(f"{self._typed(parts, 'Any', '{}')} = {{}}")
        self.fields.lines += [f"if {sent} or {sent} == {{}}:", f"    {parts} = {self._whole(node, sent)}"]
        held = self._held(node, sent)
        self._children(node, sent, parts)
        self.fields.only_if(f"{sent} is not {seen}", inside, list(leaves_of(node.children)))
        self.fields.mode = Mode.UPDATE
        as_whole = self.fields.lines[inside:]
        del self.fields.lines[inside:]
        self.fields.lines += [f"if {sent} is not ABSENT and {sent} is not None and {seen}:"]
        self.fields.lines += [f"    {line}" for line in part_by_part or ["pass"]]
        self.fields.lines += ["else:", *(f"    {line}" for line in as_whole)] if as_whole else []
        self.fields.only_if(f"{key} in {container}", start, list(leaves_of(node.children)))
        if len(self.around) > 1:
            self.first[f"{sent}: Any"] = "ABSENT"
        else:
            self.fields.lines[start:start] = [f"{sent}: Any = ABSENT", *held]

    def _unseen_updated(self, node: Inline, container: str, taken: str, sent: str) -> None:
        """A partial update of an object in parts that nobody is shown: part by part; `taken` may say that it goes."""
        key, leaves = text(node.field.name), list(leaves_of(node.children))
        start = len(self.fields.lines)
        if not taken:
            self.fields.lines.append(f"{sent}: Any = {container}[{key}] or {{}}")
            for child in node.children:
                self.node(child, sent, sure=False)
            self.fields.only_if(f"{key} in {container}", start, leaves)
            return
        self.fields.lines.append(f"{sent} = {taken}")
        before, inside = dict(self.fields.values), len(self.fields.lines)
        for child in node.children:
            self.node(child, sent, sure=False)
        self.fields.assign(inside, leaves)
        part_by_part = self.fields.lines[inside:]
        del self.fields.lines[inside:]
        self.fields.values, self.fields.mode = before, Mode.REPLACE
        parts = f"{sent.removesuffix('_sent')}_parts"
        self.fields.lines.append(f"{self._typed(parts, 'Mapping[str, Any]', '{}')} = {{}}")
        held = self._held(node, sent, gone=True)
        self._children(node, sent, parts)
        self.fields.assign(inside, leaves)
        self.fields.mode = Mode.UPDATE
        gone = self.fields.lines[inside:]
        del self.fields.lines[inside:]
        self.fields.lines += [f"if {sent} is not ABSENT and {sent} is not None:"]
        self.fields.lines += [f"    {line}" for line in part_by_part or ["pass"]]
        self.fields.lines += ["else:", *(f"    {line}" for line in gone)]
        self.fields.only_if(f"{key} in {container}", start, leaves)
        if len(self.around) > 1:
            self.first[f"{sent}: Any"] = "ABSENT"
        else:
            self.fields.lines[start:start] = [f"{sent}: Any = ABSENT", *held]

    def _whole(self, node: Inline, sent: str) -> str:
        type_ = self.fields.contract.types[node.type_name]
        assert isinstance(type_, ObjectType)
        return self.fields.merging.whole(type_, sent, self.fields.path)

    def _mark(self, node: Inline, sent: str) -> list[str]:
        assert self.fields.output is not None
        shown_node = next(n for n in inlines_of(self.fields.output.mapping.nodes) if n.shadow == node.shadow)
        stored = stored_parts("made", shown_node)
        made = f"mark(kept, {text(node.shadow)}, {sent}, {stored}, {self.fields.helper(node.shadow)}(made, {{}}))"
        told = [f"{sent}_told"] if self.around else []
        if self.fields.mode is Mode.UPDATE:
            told = told or [f"{text(node.field.name)} in payload"]
        elif self.fields.kept_when_absent(node):
            known = f"{sent}_is" if node.field.nullable and not node.field.field.nullable else f"{sent} is not ABSENT"
            told.append(known)
        return [f"if {' and '.join(told)}:", f"    {made}"] if told else [made]
