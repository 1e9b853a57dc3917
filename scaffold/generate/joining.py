"""The functions that convert fields together: those of a version into what the record has, and back."""

from __future__ import annotations

from collections.abc import Callable

from ..contract.changes.joints import lacks
from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import Field
from ..contract.naming import safe_name
from ..contract.types import MISSING
from ..convert.conversions import Conversion, Same, Then
from ..convert.innermost import coded
from ..convert.joints import Joint, Slot
from ..convert.nodes import Leaf
from .converters import Joining
from .expressions import Crossing
from .local_names import Locals
from .mentions import Names
from .python import text, value_of
from .record_access import Place
from .showing import Function
from .shown_parts import around, around_missing, member_type, shown_together, stands_for
from .shown_values import shown


def joining_functions(names: Names, joining: Joining) -> list[Function]:
    """Both functions of a group."""
    return [_Down(names, joining).function(), _Up(names, joining).function()]


class _Way:
    """What both directions share: names of the values on the way, and the steps they take."""

    def __init__(self, names: Names, joining: Joining) -> None:
        self.names, self.joining, self.group = names, joining, joining.group
        self.contract: Contract = names.converters.contracts[joining.version]
        self.cross = Crossing(names, self.contract)
        self.program = joining.group.program
        self.last = {f.identity: f.type for j in self.program.joints for f in j.older}
        self.locals = Locals()
        self.lines: list[str] = []
        self.values: dict[str, str] = {}
        """By identity: the expression of each value, None where there is none."""
        self.lacking: list[str] = []
        """The conditions that together say that nothing is stored, where that may be."""

    def local(self, field: Field, stage: str) -> str:
        """A name for a value at one stage of its way."""
        return self.locals.of((field.identity, stage), safe_name(field.name).lower())

    def end_type(self, leaf: Leaf, *, stored: bool = False) -> str:
        """The annotation of what the record has, or lacks; of what is `stored` there is an object around it."""
        may_lack = not leaf.record[-1].required or (around(leaf) and not stored)
        return _or(self.names.held(leaf.target.type), may_lack, leaf.target.nullable)

    def returned(self, value: str) -> None:
        """The line that returns `value`, which may be what the line before it made."""
        if "," not in value and self.lines and self.lines[-1].startswith(f"{value} = "):
            value = self.lines.pop().removeprefix(f"{value} = ")
        self.lines.append(f"return {value}")

    def given(self, field: Field) -> None:
        """The line that makes nothing of what is absent."""
        local = self.local(field, "given")
        self.lines.append(f"{local} = given({self.values[field.identity]})")
        self.values[field.identity] = local

    def convert(
        self, given: tuple[Field, ...], made: tuple[Field, ...], call: str, stage: str, *, may_lack: bool
    ) -> None:
        """The line that converts fields together; nothing is, where all of them are missing and may be."""
        targets = [self.local(f, stage) for f in made]
        values = [self.values[f.identity] for f in given]
        if may_lack:
            there = " and ".join(f"{v} is None" for v in values)
            nothing = ", ".join("None" for _ in made)
            call = f"({nothing}) if {there} else {call}" if len(made) > 1 else f"None if {there} else {call}"
        self.lines.append(f"{', '.join(targets)} = {call}")
        self.values.update(zip((f.identity for f in made), targets, strict=True))

    def step(self, field: Field, stage: str, change: Callable[[str], str], otherwise: str) -> None:
        """The line that takes one value on: through its own conversion, None becoming what is stated for it."""
        value = self.values[field.identity]
        made = change(value)
        if made == value and otherwise == "None":
            return
        if lacks(field) or otherwise != "None":
            made = f"{otherwise} if {value} is None else {made}"
        local = self.local(field, stage)
        self.lines.append(f"{local} = {made}")
        self.values[field.identity] = local


class _Down(_Way):
    """What is shown of what is stored."""

    def function(self) -> Function:
        ends, nowhere = self.group.ends, around_missing(self.group)
        parameters = []
        for leaf in ends:
            name = self.locals.of(("end", leaf.record), leaf.target.attr)
            parameters.append(f"{name}: {self.end_type(leaf)}")
            may_lack = leaf not in nowhere and (not leaf.record[-1].required or around(leaf))
            value, absent = shown(self.cross, leaf, Place(name, (), may_lack, leaf.target.nullable))
            same = f"({name}) if {name} is not ABSENT else ABSENT"
            self.values[leaf.field.field.identity] = name if value == same else value
            if " if " in value and not absent:
                local = self.local(leaf.field.field, "end")
                self.lines.append(f"{local} = {value}")
                self.values[leaf.field.field.identity] = local
            if absent:
                self.given(leaf.field.field)
                self.lacking.append(f"{name} is ABSENT")
        self.lacking = self.lacking if len(self.lacking) == len(ends) else []
        if nowhere:
            there = " or ".join(
                f"{self.locals.of(('end', leaf.record), leaf.target.attr)} is ABSENT" for leaf in nowhere
            )
            count = len(self.program.members)
            self.lines[:0] = [f"if {there}:", f"    return {'None' if count == 1 else [None] * count}"]
        for joint in reversed(self.program.joints):
            for field in joint.newer:
                if field.identity in self.program.slots:
                    self._back(self.program.slots[field.identity])
            self._call(joint)
        for identity in self.program.members:
            self._back(self.program.slots[identity])
        made = [self._wire(self.program.slots[m]) for m in self.program.members]
        returns = shown_together(self.names, self.contract, self.group)
        self.returned(made[0] if len(made) == 1 else f"[{', '.join(made)}]")
        return Function(
            self.joining.shown, ", ".join(parameters), returns, f"{self._said()}, of what is stored.", tuple(self.lines)
        )

    def _said(self) -> str:
        fields = [f"`{self.program.slots[m].field.name}`" for m in self.program.members]
        return f"{' and '.join(fields)} as {self.joining.version} is shown {'it' if len(fields) == 1 else 'them'}"

    def _call(self, joint: Joint) -> None:
        arguments = ", ".join(self.values[f.identity] for f in joint.newer)
        way = joint.ways[1]
        count = "" if joint.hook or joint.splits else f", {len(joint.older)}"
        call = f"{way}({arguments}{count})"
        if joint.unreadable is not MISSING:
            otherwise = value_of(joint.unreadable, joint.older[0].type)
            call = f"coding.attempt(lambda parts: {way}(*parts), ({arguments}), {otherwise})"
        may_lack = joint.may_lack or stands_for(self.group, joint)
        self.convert(joint.newer, joint.older, call, "older", may_lack=may_lack)

    def _back(self, slot: Slot) -> None:
        """From what a field was last to what it was at first."""
        stated = "None" if slot.shown_none is MISSING else value_of(slot.shown_none, slot.field.type)
        if slot.field.nullable and stated != "None":  # null is null, and the rest is not there
            stated = f"({stated} if {' and '.join(self.lacking)} else None)" if self.lacking else "None"
        self.step(slot.field, "first", lambda v: self.cross.down(slot.conversion, v), stated)

    def _wire(self, slot: Slot) -> str:
        value = self.values[slot.field.identity]
        return f"cleared({value})" if not slot.field.required and slot.none else value


class _Up(_Way):
    """What is stored of what was sent."""

    def function(self) -> Function:
        parameters = []
        for identity in self.program.members:
            slot = self.program.slots[identity]
            name = self.locals.of(("sent", identity), safe_name(slot.field.name).lower())
            parameters.append(f"{name}: {member_type(self.names, self.contract, slot)}")
            self.values[identity] = name
            if not slot.field.required and slot.none:
                self.given(slot.field)
            self._onwards(slot)
        for joint in self.program.joints:
            self._call(joint)
            for field in joint.newer:
                if field.identity in self.program.slots:
                    self._onwards(self.program.slots[field.identity])
        made = [self._record(leaf) for leaf in self.group.ends]
        types = [self.end_type(leaf, stored=True) for leaf in self.group.ends]
        returns = types[0] if len(types) == 1 else f"tuple[{', '.join(types)}]"
        self.returned(", ".join(made))
        doc = f"What is stored of {self._said()}."
        return Function(self.joining.stored, ", ".join(parameters), returns, doc, tuple(self.lines))

    def _said(self) -> str:
        fields = [f"`{self.program.slots[m].field.name}`" for m in self.program.members]
        return f"{' and '.join(fields)} as {self.joining.version} sends {'it' if len(fields) == 1 else 'them'}"

    def _call(self, joint: Joint) -> None:
        arguments = ", ".join(self.values[f.identity] for f in joint.older)
        count = "" if joint.hook or not joint.splits else f", {len(joint.newer)}"
        call = f"{joint.ways[0]}({arguments}{count})"
        if joint.hook and not (joint.splits and len(self.program.members) == 1):
            call = self._refusing(call)
        self.convert(joint.older, joint.newer, call, "newer", may_lack=joint.may_lack)

    def _onwards(self, slot: Slot) -> None:
        """From what a field was at first to what it was last."""
        stated = slot.stored_none
        otherwise = "None" if stated is MISSING else value_of(stated, self.last[slot.field.identity])
        self.step(slot.field, "last", lambda v: self._up(slot.field, slot.conversion, v), otherwise)

    def _up(self, field: Field, conversion: Conversion, value: str) -> str:
        """A value on its way to the record; what a joint made of what was sent has been read by nobody yet."""
        made = self.cross.up(conversion, value, View.REPLACE)
        return made if field.identity in self.program.members or not refuses(conversion) else self._refusing(made)

    def _refusing(self, made: str) -> str:
        """What is `made` of the fields that were sent, where it may be their sender's mistake that nothing can be."""
        return f"together([{', '.join(text(f.name) for f in self.group.fields)}], lambda: {made})"

    def _record(self, leaf: Leaf) -> str:
        """A value as the record has it."""
        field, value = leaf.field.field, self.values[leaf.field.field.identity]
        made = value if isinstance(leaf.conversion, Same) else self._up(field, leaf.conversion, value)
        if not lacks(field):
            return made
        stated = leaf.stored_absent if leaf.stored_absent is not MISSING else leaf.stored_null
        if stated is not MISSING:
            return f"{self.cross.stored(stated, leaf.target.type)} if {value} is None else {made}"
        if made != value:
            made = f"None if {value} is None else {made}"
        is_null = field.required and leaf.target.nullable
        return made if leaf.target.required or is_null else f"cleared({made})"


def refuses(conversion: Conversion) -> bool:
    """Whether there are values that a codec cannot read, and nothing is stated for them."""
    found = coded(conversion)
    steps = found.rest if isinstance(found, Then) else found
    return steps is not None and any(step.strict for step in steps.steps)


def _or(plain: str, absent: bool, null: bool) -> str:
    if plain == "Any":
        return plain
    return plain + " | Absent" * absent + " | None" * null
