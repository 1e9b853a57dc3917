"""What a migration does to the values of one row, and how it is undone: the lines of two functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..contract.address import MemberAddress, find_field, parse_address
from ..contract.changes import ChangeField
from ..contract.contract import View
from ..contract.history import Applied
from ..contract.types import MISSING, Json, Kind, ListOf, MapOf, Missing, ObjectType, Ref, Scalar, Type
from ..convert.mapping import Leaf, Mapper
from ..convert.values import Coded, Conversion, Each, Mapped
from ..diagnostics import Diagnostic, ScaffoldError
from .fills import fill, filled_field, is_now
from .python import text, value_of
from .stored_values import READ_BACK, Crossing, Values, as_is, called, each, function, upwards
from .tables import Table, Tables, Value


@dataclass
class RowChanges:
    """The lines that change one row and those that change it back, and the columns they read and write."""

    table: Table
    up: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)
    read: dict[str, None] = field(default_factory=dict)
    written: dict[str, None] = field(default_factory=dict)
    restored: dict[str, None] = field(default_factory=dict)
    keeps: bool = False


@dataclass(frozen=True)
class State:
    """One side of a migration: the tables, and what each version is shown of their records."""

    tables: Tables
    suffix: str = ""

    @property
    def values(self) -> Values:
        """How its values are stored."""
        return Values(self.tables, self.suffix)

    def leaves(self, root: str, identity: str) -> dict[str, Leaf]:
        """By version: how the field of a resource crosses."""
        found = {}
        for contract in self.tables.history.contracts:
            type_ = contract.types_by_identity.get(root)
            if isinstance(type_, ObjectType):
                mapper = Mapper(self.tables.history, self.tables.records, contract.version)
                for view in (View.OUTPUT, View.CREATE):
                    mapping = mapper.side(type_, view)
                    for leaf in mapping.leaves() if mapping else ():
                        if leaf.field.field.identity == identity:
                            found.setdefault(contract.version, leaf)
        return found


def row_changes(before: State, after: State) -> Iterator[RowChanges]:
    """What happens to the rows of each table that is there already.

    Raises:
        ScaffoldError: SC390, rows are to be filled by a hook.
    """
    applied = after.tables.history.applied[len(before.tables.history.applied) :]
    for table in after.tables.tables:
        old = before.tables.table(table.record.identity)
        if old is not None:
            made = _Table(before, after, old, table, applied).changes()
            if made.up:
                yield made


@dataclass
class _Table:
    """Works out the changes of one table."""

    before: State
    after: State
    old: Table
    new: Table
    applied: tuple[Applied, ...]

    def changes(self) -> RowChanges:
        found = RowChanges(self.new)
        old = {v.field.identity: v for v in self.old.values()}
        for value in self.new.values():
            if any(len(f.keys) > 1 for f in value.slot.forms):
                continue  # inside JSON: seen to when it is loaded
            if value.field.identity in old:
                self._changed(found, self._renamed(old[value.field.identity]), value)
            else:
                self._added(found, value)
        return found

    def _renamed(self, value: Value) -> Value:
        """A value of the older tables, its columns under the names they have now."""
        names = {b.name: a.name for b, a in zip(self.old.columns, self.new.columns, strict=False)}
        forms = tuple(replace(f, keys=(names[f.keys[0]], *f.keys[1:])) for f in value.slot.forms)
        return replace(value, slot=replace(value.slot, forms=forms))

    # A field that is new.

    def _added(self, found: RowChanges, value: Value) -> None:
        for applied in self.applied:
            born = filled_field(applied)
            if born is not None and born.identity == value.field.identity:
                made = self._fill(found, applied, value)
                if made is not None:
                    column = value.slot.newest.keys[0]
                    line = f"new[{text(column)}] = {made}"
                    guard = self._guard(found, value)
                    found.up += [f"if {guard}:", f"    {line}"] if guard else [line]
                    found.written[column] = None

    def _guard(self, found: RowChanges, value: Value) -> str:
        """The condition that the object around a value is there."""
        around = [s for s in value.path[:-1] if not s.required or s.nullable]
        if not around:
            return ""
        prefix = value.path[: value.path.index(around[-1]) + 1]
        siblings = [v for v in self.old.values() if [s.identity for s in v.path[:-1]][: len(prefix)] == _ids(prefix)]
        columns = [self._renamed(v).slot.newest.keys[0] for v in siblings]
        found.read.update(dict.fromkeys(columns))
        return " or ".join(f"row[{text(c)}] is not None" for c in columns) or "False"

    def _fill(self, found: RowChanges, applied: Applied, value: Value) -> str | None:
        """The value that rows get, as an expression of what the column holds; None for none."""
        wanted = fill(applied)
        born = filled_field(applied)
        if wanted is MISSING or born is None:
            return None
        if is_now(wanted, born):
            kind = born.type.kind if isinstance(born.type, Scalar) else Kind.DATETIME
            return {Kind.DATE: "now.date()", Kind.TIME: "now.timetz().isoformat()"}.get(kind, "now")
        if isinstance(wanted, dict) and "from" in wanted and len(wanted) == 1:
            return self._sibling(found, applied, wanted["from"])
        if isinstance(wanted, dict) and "hook" in wanted and len(wanted) == 1:
            raise ScaffoldError(
                Diagnostic(
                    "SC390",
                    f"`existing: {{hook: {wanted['hook']}}}` is not supported yet",
                    help="give a value, `now` or `{from: …}`, and correct the rows in the migration",
                )
            )
        return self._literal(wanted, value.slot.newest.type)

    def _literal(self, wanted: Json, type_: Type) -> str:
        if isinstance(type_, Ref) and type_.name in self.after.tables.enums:
            return text(self.after.tables.enums[type_.name].stored.get(wanted, wanted))
        if not isinstance(type_, Scalar) or type_.kind is Kind.JSON:
            return repr(wanted)  # as the API writes it is as it is stored
        return self.after.values.dumped(type_, column=True)(value_of(wanted, type_))

    def _sibling(self, found: RowChanges, applied: Applied, address: str) -> str:
        """What another field of the same record holds."""
        at = parse_address(address)
        assert isinstance(at, MemberAddress)
        identity = find_field(applied.after, at).field.identity
        column = next(v for v in self.new.values() if v.field.identity == identity).slot.newest.keys[0]
        if column in {c.name for c in self.new.columns[: len(self.old.columns)]}:
            found.read[column] = None
            return f"new.get({text(column)}, row[{text(column)}])"
        return f"new.get({text(column)})"

    # A field that was there and is another by now.

    def _changed(self, found: RowChanges, was: Value, now: Value) -> None:
        retyped = was.slot.newest != now.slot.newest
        filled = self._filled(was, now)
        told = self._enums_differ(now.slot.newest.type)
        if not (retyped or told or filled or self._null_is_new(was, now)):
            return
        leaves = [self.before.leaves(self.new.record.identity, now.field.identity)]
        leaves.append(self.after.leaves(self.new.record.identity, now.field.identity))
        keys = {b.shadow: (b, leaves[1][v]) for v, b in leaves[0].items() if v in leaves[1] and leaves[1][v].shadowed}
        heirs = self._has_heirs(now.slot.newest.type)
        if not (retyped or heirs or filled or keys or self._null_is_new(was, now)):
            return
        moves = retyped or heirs or filled is not None
        _Crossed(self, found, was, now, filled, moves, keys).write()

    def _filled(self, was: Value, now: Value) -> str | None:
        """The value, as the record has it, for rows in which the field may no longer be absent or null."""
        absent = now.field.required and not was.field.required
        null = was.field.nullable and not now.field.nullable
        if not absent and not null:
            return None
        for applied in reversed(self.applied):
            changed = filled_field(applied)
            if changed is not None and changed.identity == now.field.identity:
                wanted = fill(applied)
                if is_now(wanted, changed):
                    return "now.date()" if str(changed.type) == "date" else "now"
                if wanted is not MISSING and not isinstance(wanted, dict):
                    return value_of(wanted, now.field.type)
        return None

    def _null_is_new(self, was: Value, now: Value) -> bool:
        """Whether NULL in the column meant null, and would be read as absent."""
        return was.field.required and was.field.nullable and not now.field.required and now.field.nullable

    def _enums_differ(self, type_: Type) -> bool:
        enum = _enum(type_)
        before, after = self.before.tables.enums.get(enum), self.after.tables.enums.get(enum)
        if before is None or after is None:
            return False
        return any(after.loaded.get(name) != value for name, value in before.loaded.items())

    def _has_heirs(self, type_: Type) -> bool:
        enum = _enum(type_)
        before, after = self.before.tables.enums.get(enum), self.after.tables.enums.get(enum)
        if before is None or after is None:
            return False
        return any(name not in after.stored.values() and name in after.loaded for name in before.stored.values())


@dataclass
class _Crossed:
    """Writes the lines for one field whose values, or what older versions are shown of them, change."""

    table: _Table
    found: RowChanges
    was: Value
    now: Value
    filled: str | None
    moves: bool
    """Whether what columns hold changes, and not only how records call it."""
    shadows: dict[str, tuple[Leaf, Leaf]]

    def write(self) -> None:
        """Add the lines to both functions."""
        name = "_".join(s.attr for s in self.now.path)
        self.name = f"{name}_value" if name in ("row", "kept", "new", "now", "value") else name
        old, new = self.was.slot.newest, self.now.slot.newest
        self.old_column, self.new_column = old.keys[0], new.keys[0]
        self.load_old = self.table.before.values.loaded(old.type, column=True)
        self.load_new = self.table.after.values.loaded(new.type, column=True)
        self.found.read[self.old_column] = None
        self._upgrade()
        self._downgrade()
        if self.shadows or self._mark_up() or self._marked(self.was) or self._marked(self.now):
            self.found.keeps = True

    def _upgrade(self) -> None:
        name, new = self.name, f"{self.name}_new"
        box = self._boxed(self.was, self.old_column)
        self.found.up.append(f"{name} = {self._loaded(box, self.load_old)}")
        if self.old_column != self.new_column:
            self.found.up.append(f"{new} = {self._loaded(name, self._up())}")
        else:
            same = self.load_old is as_is and self.load_new is as_is
            self.found.up.append(f"{new} = {name if same else self._loaded(box, self.load_new)}")
        if self.filled is not None:
            lines = []
            if self.now.field.required and not self.was.field.required:
                lines.append(f"{new} = {new} or [{self.filled}]")
            if self.was.field.nullable and not self.now.field.nullable:
                lines.append(f"{new} = [{self.filled} if v is None else v for v in {new}]")
            guard = self.table._guard(self.found, self.now)
            self.found.up += [f"if {guard}:", *(f"    {line}" for line in lines)] if guard else lines
        dumped = self.table.after.values.dumped(self.now.slot.newest.type, column=True)
        if self.moves:
            self.found.up.append(f"new[{text(self.new_column)}] = only({self._loaded(new, dumped)})")
            self.found.written[self.new_column] = None
        self.found.up += self._mark_up()
        for key, (before, after) in self.shadows.items():
            self.found.up.append(self._keep(key, name, before, new, after))

    def _mark_up(self) -> list[str]:
        mark = text(self.now.slot.mark)
        if self.table._null_is_new(self.was, self.now):
            return [f"mark(kept, {mark}, {self.name}_new == [None])"]
        gone = self._marked(self.was) and not self._marked(self.now)
        return [f"mark(kept, {mark}, False)"] if gone else []

    def _downgrade(self) -> None:
        name, new = self.name, f"{self.name}_new"
        values = self.table.after.values
        load = values.loaded(self.now.slot.newest.type, column=True)
        read = [f"{new} = {self._loaded(self._boxed(self.now, self.new_column), load)}"]
        kept = []
        for key, (before, after) in self.shadows.items():
            if before.shadowed:
                kept.append(self._keep(key, new, after, name, before))
            else:
                kept.append(f"kept.pop({text(key)}, None)")
        if self.old_column == self.new_column:
            read += self._restored(name, new)
        elif any(before.shadowed for before, _ in self.shadows.values()):
            read.append(f"{name} = {self._loaded(self._boxed(self.was, self.old_column), self.load_old)}")
        else:
            read = []  # the older column has been written along
        self.found.down += [*read, *kept]

    def _restored(self, name: str, new: str) -> list[str]:
        """The value as it was: what was kept of it, else what the older version is shown of it."""
        last = self.table.before.tables.history.versions[-1].id
        leaf = self.table.after.leaves(self.table.new.record.identity, self.now.field.identity).get(last)
        shown = self._loaded(new, as_is if leaf is None else _down(leaf.conversion))
        lines = [f"{name} = {shown}"]
        if leaf is not None and leaf.shadowed:
            type_ = leaf.field.type
            reader = READ_BACK.get(type_.kind) if isinstance(type_, Scalar) else None
            read = self._loaded("words", called(reader or ""))
            lines = [
                f"words = kept_words(kept, {text(leaf.shadow)}, {new})",
                f"{name} = {shown} if words is None else {read}",
            ]
        dumped = self.table.before.values.dumped(self.was.slot.newest.type, column=True)
        if self.moves:
            lines.append(f"new[{text(self.old_column)}] = only({self._loaded(name, dumped)})")
            self.found.restored[self.old_column] = None
        if self._marked(self.was):
            lines.append(f"mark(kept, {text(self.was.slot.mark)}, {name} == [None])")
        elif self._marked(self.now):
            lines.append(f"mark(kept, {text(self.now.slot.mark)}, False)")
        return lines

    def _loaded(self, boxed: str, crossing: Crossing) -> str:
        """A crossing of what a box holds; null stays null."""
        made = crossing("v")
        if self.was.field.nullable or self.now.field.nullable:
            made = f"None if v is None else {made}" if made != "v" else made
        return boxed if made == "v" else f"[{made} for v in {boxed}]"

    def _keep(self, key: str, value: str, shown: Leaf, new: str, shown_new: Leaf) -> str:
        parts = [value, self._shown(value, shown), new, self._shown(new, shown_new)]
        return f"keep(kept, {text(key)}, {', '.join(parts)})"

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
        steps = list(forms[forms.index(self.was.slot.newest) :])

        def up(value: str) -> str:
            for older, newer in pairwise(steps):
                value = upwards(older.type, newer.type)(value)
            return value

        otherwise = self._otherwise()
        convert = function(up)
        if otherwise is not None:
            return lambda value: f"codecs.attempt({convert}, {value}, {otherwise})"
        key = self.table.new.key_column.name
        self.found.read[key] = None
        where = f"{self.table.new.name}.{self.old_column}"
        return lambda value: f"read({text(where)}, row[{text(key)}], {convert}, {value})"

    def _otherwise(self) -> str | None:
        """What stands for a value that cannot be converted; None where that is an error."""
        for applied in reversed(self.table.applied):
            change = applied.change
            changed = filled_field(applied)
            if not isinstance(change, ChangeField) or changed is None or changed.identity != self.now.field.identity:
                continue
            if change.existing is not MISSING and not isinstance(change.existing, dict):
                return value_of(change.existing, self.now.field.type)
            if change.unreadable == "null":
                return "None"
            if change.unreadable == "default" and changed.default is not MISSING:
                return value_of(changed.default, self.now.field.type)
        return None


def _ids(path: tuple[object, ...]) -> list[str]:
    return [str(getattr(step, "identity", "")) for step in path]


def _enum(type_: Type) -> str:
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return type_.name if isinstance(type_, Ref) else ""


def _down(conversion: Conversion) -> Crossing:
    """How a version is shown a value of the record."""
    match conversion:
        case Coded(steps):

            def down(value: str) -> str:
                for step in reversed(steps):
                    value = f"codecs.{step.down}({value})"
                return value

            return down
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
