"""What a migration does to one field of a row whose values, or what older versions are shown of them, change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ..contract.changes import ChangeField
from ..contract.history import Applied
from ..contract.types import MISSING, Json, ListOf, MapOf, Missing, Ref, Scalar, Type, UnionOf
from ..convert.conversions import Coded, Conversion, Each, Mapped, Same
from ..convert.innermost import innermost
from ..convert.nodes import Leaf
from .fills import filled_field
from .python import text, value_of
from .row_state import RowChanges, State
from .script_meanings import of_before
from .stored_values import READ_BACK, Crossing, as_is, called, downwards, each, function, upwards
from .table_model import Table, Value

Shadow: TypeAlias = tuple[str, str]
"""The mark of the object that keeps it, empty for the row's own record, and its key."""


@dataclass
class FieldChange:
    """Writes the lines for one field whose values, or what older versions are shown of them, change."""

    before: State
    after: State
    table: Table
    applied: tuple[Applied, ...]
    found: RowChanges
    was: Value
    now: Value
    filled: str | None
    """The value, as the record has it, for rows in which the field may no longer be absent or null."""
    guard: str
    """The condition that the object around the field is there."""
    null_is_new: bool
    """Whether NULL in the column meant null, and would be read as absent."""
    null_is_gone: bool
    """Whether a field that was null is absent from now on."""
    null_alone: bool
    """Whether that, or what `null_is_new` says, is all that changes."""
    moves: bool
    """Whether what columns hold changes, and not only how records call it."""
    shadows: dict[Shadow, tuple[Leaf, Leaf]]
    """By key: how a version crossed before that keeps words of its own, and how it does now."""
    again: dict[Shadow, tuple[Leaf, Leaf]]
    """The same of versions whose words are what records hold from now on."""
    around: tuple[str, ...]
    """The marks of the objects that moves made around the field, and that may be absent."""
    keepers: tuple[tuple[str, str], ...]
    """The records that may keep shadows: the marks of their objects, which the row's own has not, and their types."""

    def write(self) -> None:
        """Add the lines to both functions."""
        name = "_".join(s.attr for s in self.now.path)
        self.name = f"{name}_value" if name in ("row", "kept", "new", "now", "value") else name
        old, new = self.was.slot.newest, self.now.slot.newest
        self.old_column, self.new_column = old.keys[0], new.keys[0]
        self.load_old = self.before.values.loaded(old.type, column=True)
        self.load_new = self.after.values.loaded(new.type, column=True)
        self.found.read[self.old_column] = None
        done = len(self.found.up), len(self.found.down)
        if self.null_is_gone and self.null_alone:
            self._without_null()
        else:
            self._upgrade()
            self._downgrade()
        self.found.up[done[0] :] = self._opened(self.found.up[done[0] :])
        self.found.down[done[1] :] = self._opened(self.found.down[done[1] :])
        if self.shadows or self.again or self._mark_up() or self._marked(self.was) or self._marked(self.now):
            self.found.keeps = True

    def _opened(self, lines: list[str]) -> list[str]:
        """Lines that find what objects inside keep, and put it back."""
        for mark, _ in self.keepers:
            if mark and any(_keeper(mark) in line for line in lines):
                found = f'{_keeper(mark)} = dict(kept.get("~inside", {{}}).get({text(mark)}, {{}}))'
                lines = [found, *lines, f"put_inside(kept, {text(mark)}, {_keeper(mark)})"]
        return lines

    def _without_null(self) -> None:
        """Rows that hold null, and those that were left without it, and no others."""
        name, new = self.name, f"{self.name}_new"
        self.found.up += [f"{name} = {self._boxed(self.was, self.old_column)}", f"if {name} == [None]:"]
        for key, (before, after) in self.shadows.items():
            kept = self._keep(key, name, of_before(self._shown(name, before)), "[]", self._shown("[]", after))
            self.found.up.append(f"    {kept}")
        self.found.up += [f"    {line}" for line in self._mark_up()]
        if self.around:
            marks = ", ".join(map(text, self.around))
            self.found.up.append(f'    kept["~here"] = [*kept.get("~here", ()), {marks}]')
        before_last = len(self.found.down)
        self._downgrade()
        read, *undone = self.found.down[before_last:]
        self.found.down[before_last:] = [read, f"if not {new}:", *(f"    {line}" for line in undone)]

    def _upgrade(self) -> None:
        name, new, old = self.name, f"{self.name}_new", self.was.slot.newest.type
        box = self._boxed(self.was, self.old_column)
        self.found.up.append(f"{name} = {self._loaded(box, self.load_old)}")
        if self.old_column != self.new_column:
            said = self._loaded(box, self.after.values.loaded(old, column=True)) if self._reworded(old) else name
            self.found.up.append(f"{new} = {self._loaded(said, self._up())}")
        else:
            same = self.load_old is as_is and self.load_new is as_is
            self.found.up.append(f"{new} = {name if same else self._loaded(box, self.load_new)}")
        for key, (_, after) in self.again.items():
            self.found.up += [
                f"words = kept_words({_held(key)}, {name})",
                f"{new} = {new} if words is None else {self._as_words(after)}",
                _forget(key),
            ]
        if self.null_is_gone:
            self.found.up.append(f"{new} = [v for v in {new} if v is not None]")
        if self.filled is not None:
            lines = []
            if self.now.field.required and not self.was.field.required:
                lines.append(f"{new} = {new} or [{self.filled}]")
            if self.was.field.nullable and not self.now.field.nullable:
                lines.append(f"{new} = [{self.filled} if v is None else v for v in {new}]")
            self.found.up += [f"if {self.guard}:", *(f"    {line}" for line in lines)] if self.guard else lines
        dumped = self.after.values.dumped(self.now.slot.newest.type, column=True)
        if self.moves:
            self.found.up.append(f"new[{text(self.new_column)}] = only({self._loaded(new, dumped)})")
            self.found.written[self.new_column] = None
        self.found.up += self._mark_up()
        for key, (before, after) in self.shadows.items():
            shown = of_before(self._shown(name, before)), self._shown(new, after)
            self.found.up.append(self._keep(key, name, shown[0], new, shown[1]))

    def _reworded(self, type_: Type) -> bool:
        """Whether values of the form before are called otherwise by now, where codecs take them."""
        match type_:
            case ListOf(items=inner) | MapOf(values=inner):
                return self._reworded(inner)
            case UnionOf(variants):
                return any(map(self._reworded, variants))
            case Ref(name):
                one, other = (state.tables.enums.get(name) for state in (self.before, self.after))
                return one is not None and other is not None and one.loaded != other.loaded
            case _:
                return False

    def _mark_up(self) -> list[str]:
        mark = text(self.now.slot.mark)
        if self.null_is_new:
            return [f"mark(kept, {mark}, {self.name}_new == [None])"]
        gone = self._marked(self.was) and not self._marked(self.now)
        return [f"mark(kept, {mark}, False)"] if gone else []

    def _downgrade(self) -> None:
        name, new = self.name, f"{self.name}_new"
        values = self.after.values
        load = values.loaded(self.now.slot.newest.type, column=True)
        read = [f"{new} = {self._loaded(self._boxed(self.now, self.new_column), load)}"]
        kept = []
        for key, (before, after) in (*self.shadows.items(), *self.again.items()):
            if before.shadowed:
                shown = self._shown(new, after), of_before(self._shown(name, before))
                kept.append(self._keep(key, new, shown[0], name, shown[1]))
            else:
                kept.append(_forget(key))
        if self.old_column == self.new_column:
            read += self._restored(name, new)
        elif any(before.shadowed for before, _ in (*self.shadows.values(), *self.again.values())):
            read.append(f"{name} = {self._loaded(self._boxed(self.was, self.old_column), self.load_old)}")
        elif not (marked := self._null_again(new)):
            read = []  # the older column has been written along
        else:
            read += marked
        self.found.down += [*read, *kept]

    def _null_again(self, new: str) -> list[str]:
        """Null that newer rows lack, where the older column holds it as it holds nothing."""
        mark, leaf = self._last()
        if not self.null_is_gone or not self._marked(self.was) or leaf is None or not leaf.shadowed:
            return []
        words = f"kept_words({_held((mark, leaf.shadow))}, {new})"
        return [f"mark(kept, {text(self.was.slot.mark)}, {words} == [None])"]

    def _last(self) -> tuple[str, Leaf | None]:
        """How the last version before crosses by now, and the mark of the object that keeps its shadow."""
        last = self.before.tables.history.versions[-1].id
        for mark, record in self.keepers:
            leaf = self.after.leaves(record, self.now.field.identity).get(last)
            if leaf is not None:
                return mark, leaf
        return "", None

    def _restored(self, name: str, new: str) -> list[str]:
        """The value as it was: what was kept of it, else what the older version is shown of it."""
        mark, leaf = self._last()
        shown = self._loaded(new, as_is if leaf is None else _down(leaf.conversion))
        lines = [f"{name} = {shown}"]
        if leaf is not None and leaf.shadowed:
            lines = [
                f"words = kept_words({_held((mark, leaf.shadow))}, {new})",
                f"{name} = {shown} if words is None else {self._as_words(leaf)}",
            ]
        dumped = self.before.values.dumped(self.was.slot.newest.type, column=True)
        if self.moves:
            lines.append(f"new[{text(self.old_column)}] = only({self._loaded(name, dumped)})")
            self.found.restored[self.old_column] = None
        if self._marked(self.was):
            lines.append(f"mark(kept, {text(self.was.slot.mark)}, {name} == [None])")
        elif self._marked(self.now):
            lines.append(f"mark(kept, {text(self.now.slot.mark)}, False)")
        return lines

    def _as_words(self, leaf: Leaf) -> str:
        """The `words` of a shadow as the values that they are for its version."""
        type_ = leaf.field.type
        reader = READ_BACK.get(type_.kind) if isinstance(type_, Scalar) else None
        return self._loaded("words", called(reader or ""))

    def _loaded(self, boxed: str, crossing: Crossing) -> str:
        """A crossing of what a box holds; null stays null."""
        made = crossing("v")
        if self.was.field.nullable or self.now.field.nullable:
            made = f"None if v is None else {made}" if made != "v" else made
        return boxed if made == "v" else f"[{made} for v in {boxed}]"

    def _keep(self, key: Shadow, *parts: str) -> str:
        return f"keep({_held(key)}, {', '.join(parts)})"

    def _shown(self, value: str, leaf: Leaf) -> str:
        """What a version is shown of a value, without shadows."""
        made = self._loaded(value, _down(leaf.conversion))
        type_ = leaf.field.type
        if leaf.field.nullable is False and leaf.shown_null is not MISSING:
            made = f"[{value_of(leaf.shown_null, type_)} if v is None else v for v in {made}]"
        absent: Json | Missing = leaf.shown_absent
        absent = leaf.field.field.default if absent is MISSING else absent
        if leaf.field.required and not leaf.target.required and absent is not MISSING:
            made = f"({made} or [{value_of(absent, type_)}])"
        return made

    def _marked(self, value: Value) -> bool:
        return not value.field.required and value.field.nullable

    def _boxed(self, value: Value, column: str) -> str:
        """What a column holds, in a list that is empty for an absent value."""
        read = f"row[{text(column)}]"
        if value.field.nullable and value.field.required:
            return f"[{read}]"
        null = f', {text(value.slot.mark)} in kept.get("~null", ())' if self._marked(value) else ""
        return f"boxed({read}{null})"

    def _up(self) -> Crossing:
        """From the form before to the newest, step by step; says which row cannot be converted."""
        forms = self.now.slot.forms
        steps = forms[forms.index(self.was.slot.newest) + 1 :]

        def up(value: str) -> str:
            for newer in steps:
                value = upwards(newer.crossing)(value)
            return value

        otherwise = self._otherwise()
        convert = function(up)
        if otherwise is not None:
            return lambda value: f"coding.attempt({convert}, {value}, {otherwise})"
        key = self.table.key_column.name
        self.found.read[key] = None
        where = f"{self.table.name}.{self.old_column}"
        return lambda value: f"read({text(where)}, row[{text(key)}], {convert}, {value})"

    def _otherwise(self) -> str | None:
        """What rows get whose value cannot be converted; None where only the codec says so."""
        for applied in reversed(self.applied):
            change = applied.change
            changed = filled_field(applied)
            if not isinstance(change, ChangeField) or changed is None or changed.identity != self.now.field.identity:
                continue
            if change.existing is not MISSING and not isinstance(change.existing, dict):
                return value_of(change.existing, self.now.field.type)
        return None


def _keeper(mark: str) -> str:
    return f"{mark}_kept" if mark else "kept"


def _held(shadow: Shadow) -> str:
    mark, key = shadow
    return f"{_keeper(mark)}, {text(key)}"


def _forget(shadow: Shadow) -> str:
    mark, key = shadow
    return f"{_keeper(mark)}.pop({text(key)}, None)"


def is_own_again(leaf: Leaf) -> bool:
    """Whether records hold a value as its version writes it."""
    return isinstance(leaf.conversion, Same) and not leaf.shadowed


def _down(conversion: Conversion) -> Crossing:
    """How a version is shown a value of the record."""
    match conversion:
        case Coded() | Each() if isinstance(innermost(conversion), Coded):
            return downwards(conversion)
        case Mapped():
            rows = {new: old for new, old in conversion.down.items() if new != old}
            if not rows:
                return as_is
            table = "{" + ", ".join(f"{text(k)}: {text(v)}" for k, v in rows.items()) + "}"
            return lambda value: f"{table}.get({value}, {value})"
        case Each(inner, mapping):
            return each(_down(inner), mapping)
        case _:
            return as_is
