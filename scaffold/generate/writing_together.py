"""What a version's write makes of fields that are converted together."""

from __future__ import annotations

from ..contract.naming import safe_name
from ..contract.types import MISSING
from ..contract.views import added_by_release
from ..convert.nodes import Group
from .converters import Mode
from .python import text, value_of
from .record_access import place
from .writing_fields import FieldWriting, bounded, depth_of


class TogetherWriting:
    """Writes the lines of a group: what is sent of it, the rest as it is shown."""

    def __init__(self, fields: FieldWriting) -> None:
        self.fields = fields

    def grouped(self, node: Group, container: str, *, sure: bool) -> None:
        """What is sent of them, the rest as it is shown; stored together, where that is not what is shown."""
        if not node.fields and self.fields.mode is not Mode.CREATE:
            return  # nobody sends any of it
        slots = [node.program.slots[m].field for m in node.program.members]
        fields = [f.field for f in node.fields] or slots
        base = self.fields.locals.of(node.shadow, "_".join(safe_name(f.name) for f in fields))
        ends = [self.fields.local(end) for end in node.ends]
        self.fields.values |= {end.record: local for end, local in zip(node.ends, ends, strict=True)}
        looks = self.fields.mode is not Mode.CREATE and node.shadow in self.fields.helpers
        seen = self.fields.helper(node.shadow) if looks else None
        sent = [self._sent_member(node, m, container, f"{base}_seen" if seen else "") for m in node.program.members]
        several = f"{self.fields.declared(f'{base}_sent', 'list[Any]')} = [{', '.join(sent)}]"
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
        if not sure and self.fields.mode is not Mode.UPDATE:
            body = [f"if {container}:", *(f"    {line}" for line in body)]
            if self.fields.mode is Mode.CREATE:
                body = [*(f"{self.fields.declared(local, 'Any')} = ABSENT" for local in ends), *body]
            else:
                body += ["else:", *(f"    {local} = cast(Any, ABSENT)" for local in ends)]
        if self.fields.mode is not Mode.CREATE:
            now = [place("current", end.record).or_absent for end in node.ends]
            self.fields.lines += [f"{local} = {value}" for local, value in zip(ends, now, strict=True)]
        if self.fields.mode is Mode.UPDATE:
            there = " or ".join(f"{text(f.name)} in {container}" for f in node.fields)
            body = [f"if {there}:", *(f"    {line}" for line in body)]
        self.fields.lines += body

    def _stored_together(self, node: Group, base: str, ends: list[str]) -> list[str]:
        joining = self.fields.names.converters.joining_of(self.fields.contract.version, node)
        many = "*" if len(node.program.members) > 1 else ""
        lines = [f"{', '.join(ends)} = {self.fields.names.joining(joining, joining.stored)}({many}{base}_sent)"]
        if node.fields and node.shadow in self.fields.helpers:
            shown_now = f"{self.fields.names.joining(joining, joining.shown)}({', '.join(ends)})"
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
        held = bounded(f)
        key, clears = text(f.name), f.nullable and not f.field.nullable

        def within(sent: str) -> str:
            return self.fields.held(node, f, sent, seen or "ABSENT") if held else sent

        if seen and (self.fields.mode is Mode.UPDATE or added_by_release(f.field, self.fields.contract.version)):
            sent = f"{container}[{key}]"
            if f.merges:
                sent = f"merged_keys({seen}, {sent}{depth_of(f.type)})"
            sent = within(f"cleared({sent})" if clears else sent)
            sure = self.fields.mode is Mode.UPDATE and len(node.program.members) == 1  # else nothing is looked at
            return sent if sure else f"{sent} if {key} in {container} else {seen}"
        if f.required:
            return within(f"{container}[{key}]")
        otherwise = "ABSENT" if f.default is MISSING else value_of(f.default, f.type)
        return within(f"{container}.get({key}, {otherwise})")
