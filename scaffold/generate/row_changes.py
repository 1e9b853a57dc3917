"""What a migration does to the values of one row, and how it is undone: the lines of two functions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ..contract.address import MemberAddress, find_field, parse_address
from ..contract.history import Applied
from ..contract.hooks import hook_name
from ..contract.types import MISSING, Json, Kind, Scalar, Type
from ..convert.hooks import sources
from ..convert.identifiers import AddKey
from ..convert.stating import newest
from .field_change import FieldChange, is_own_again
from .fills import fill, filled_field, is_made, is_now
from .python import text
from .record_storage import groups, marked_null, may_be_null
from .row_state import RowChanges, State
from .stated_rows import StatedRows
from .stored_values import as_is, enum_of, function
from .table_model import StoredJoint, Table, Tables, Value


def row_changes(before: State, after: State) -> Iterator[RowChanges]:
    """What happens to the rows of each table that is there already."""
    applied = after.tables.history.applied[len(before.tables.history.applied) :]
    for table in after.tables.tables:
        old = before.tables.table(table.record.identity)
        if old is not None:
            made = _Table(before, after, old, table, applied).changes()
            if made.up:
                yield made


def missing_values(tables: Tables, table: Table, columns: Collection[str]) -> tuple[str, ...]:
    """The lines that give rows what `columns` lack in them: what the change says that made a value necessary.

    A program from before that change may have written such rows when it was migrated already.
    """
    state, found = State(tables), RowChanges(table)
    worker = _Table(state, state, table, table, tables.history.applied)
    lines: list[str] = []
    for value in table.values():
        column = value.slot.newest.keys[0]
        for applied in reversed(tables.history.applied) if column in columns else ():
            born = filled_field(applied)
            made = None
            if born is not None and born.identity == value.field.identity:
                made = worker._fill(found, applied, value)
            if made is not None:
                lines += [f"if row[{text(column)}] is None:", f"    new[{text(column)}] = {made}"]
                break
    return tuple(lines)


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
        for stored in self.new.joints:
            if stored.joint.applied in self.applied:
                self._joined(found, stored)
        return found

    def _joined(self, found: RowChanges, stored: StoredJoint) -> None:
        """What was split or merged, where no newer program has written it yet."""
        forms = (*stored.older, *stored.newer)
        if any(len(f.keys) > 1 for f in forms):
            return  # inside JSON: seen to when it is loaded
        joint, values = stored.joint, self.after.values
        there = {c.name for c in self.new.columns[: len(self.old.columns)]}
        older = []
        for form in stored.older:
            column, load = form.keys[0], values.loaded(form.type, column=True)
            read = f"row[{text(column)}]" if column in there else f"new.get({text(column)})"
            found.read.update({column: None} if column in there else {})
            older.append(read if load is as_is else f"maybe({read}, {function(load)})")
        ways, count = joint.ways[0], len(joint.newer)
        way = ways if joint.hook or count == 1 else f"lambda value: {ways}(value, {count})"
        lacks = ", lacks=True" if joint.may_lack else ""
        columns = [f.keys[0] for f in stored.newer]
        names = [f"new[{text(c)}]" for c in columns]
        convert = f"lambda older: converted({way}, older, {count}{lacks})"
        key = self.new.key_column.name
        found.read[key] = None
        where = f"{self.new.name}.{stored.older[0].keys[0]}"
        made = f"read({text(where)}, row[{text(key)}], {convert}, [{', '.join(older)}])"
        dumps = [values.dumped(f.type, column=True) for f in stored.newer]
        target = f"({names[0]},)" if count == 1 else ", ".join(names)
        lines = [f"{target} = {made}"]
        for name, dump in zip(names, dumps, strict=True):
            lines += [] if dump is as_is else [f"{name} = maybe({name}, {function(dump)})"]
        bare = " and ".join(f"row[{text(c)}] is None" for c in columns)
        some = " or ".join(f"{o} is not None" for o in older)
        found.up += [f"if {bare} and ({some}):", *(f"    {line}" for line in lines)]
        found.written.update(dict.fromkeys(columns))

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
                around = self._guard(found, value)
                made = None if around is None else self._fill(found, applied, value)
                if made is not None:
                    column = value.slot.newest.keys[0]
                    line = f"new[{text(column)}] = {made}"
                    bare = f"row[{text(column)}] is None"  # a draft, or a newer program, may have written it
                    guard = f"{bare} and ({around})" if around else bare
                    found.up += [f"if {guard}:", f"    {line}"]
                    found.written[column] = None

    def _guard(self, found: RowChanges, value: Value) -> str | None:
        """The condition that the object around a value is there: empty where it always is, None where it cannot be."""
        around = [s for s in value.path[:-1] if not s.required or s.nullable]
        if not around:
            return ""
        prefix = _ids(value.path[: value.path.index(around[-1]) + 1])
        inside = [v for v in self.new.values() if _ids(v.path[:-1])[: len(prefix)] == prefix]
        columns = dict.fromkeys(column for v in inside for column in self._held(v))
        found.read.update(dict.fromkeys(columns))
        marks = [g.slot.mark for g in groups(self.old.nodes) if g.field.identity == prefix[-1] and g.slot.made]
        here = [f'{text(m)} in row["kept"].get("~here", ())' for m in marks]  # there, and nothing inside
        null = [f'{text(v.slot.mark)} in row["kept"].get("~null", ())' for v in inside if self._was_marked(v)]
        return " or ".join([*(f"row[{text(c)}] is not None" for c in columns), *here, *null]) or None

    def _was_marked(self, value: Value) -> bool:
        return any(marked_null(old) for old in self.old.values() if old.field.identity == value.field.identity)

    def _held(self, value: Value) -> list[str]:
        """The columns, among those that are there, in which rows have a value so far."""
        old = {v.field.identity: v for v in self.old.values()}
        if value.field.identity in old:
            return [self._renamed(old[value.field.identity]).slot.newest.keys[0]]
        made = [j for j in self.new.joints if value.slot.newest.keys in [f.keys for f in j.newer]]
        there = {c.name for c in self.new.columns[: len(self.old.columns)]}
        return [f.keys[0] for j in made for f in j.older if f.keys[0] in there]

    def _fill(self, found: RowChanges, applied: Applied, value: Value) -> str | None:
        """The value that rows get, as an expression of what the column holds; None for none."""
        if isinstance(applied.change, AddKey):
            return self._key(found, value)
        wanted = fill(applied)
        born = filled_field(applied)
        if wanted is MISSING or born is None:
            return None
        if is_now(wanted, born):
            kind = born.type.kind if isinstance(born.type, Scalar) else Kind.DATETIME
            return {Kind.DATE: "now.date()", Kind.TIME: "now.timetz().isoformat()"}.get(kind, "now")
        if is_made(wanted):
            return self._made(found, applied, value, wanted)
        return self._stated(applied, wanted, value)

    def _made(self, found: RowChanges, applied: Applied, value: Value, wanted: dict[str, Json]) -> str:
        """What a sibling holds, or what a hook makes."""
        if "hook" not in wanted and "created" not in wanted:
            return self._sibling(found, applied, wanted["from"])[0]
        call = self._called(found, applied, wanted)
        dump = self.after.values.dumped(value.slot.newest.type, column=True)
        return call if dump is as_is else f"maybe({call}, {function(dump)})"

    def _called(self, found: RowChanges, applied: Applied, wanted: dict[str, Json]) -> str:
        """What a hook makes, of the siblings that it is handed or of the present instant."""
        if "created" in wanted:
            return f"hooks.{hook_name(wanted['created'])}(now)"
        arguments = []
        for address in sources(wanted):
            read, type_ = self._sibling(found, applied, address)
            load = self.after.values.loaded(type_, column=True)
            arguments.append(read if load is as_is else f"maybe({read}, {function(load)})")
        return f"hooks.{hook_name(wanted['hook'])}({', '.join(arguments)})"

    def _key(self, found: RowChanges, value: Value) -> str:
        """A key of another kind: made up, counted, or the text of the key before."""
        columns = self.new.key_columns
        mine = next(n for n, c in enumerate(columns) if c.name == value.slot.newest.keys[0])
        match getattr(value.field.type, "kind", None):
            case Kind.UUID:
                return "new_uuid(op.get_bind())"
            case Kind.INT:
                return f"{self.new.numbers(columns[mine])}.following(op.get_bind())"
            case _:
                before = columns[mine - 1].name
                found.read[before] = None
                return f"str(new.get({text(before)}, row[{text(before)}]))"

    def _stated(self, applied: Applied, wanted: Json, value: Value) -> str | None:
        """What a change states, as the column holds it; None where it cannot be said in the words of today."""
        history = self.after.tables.history
        place = next(n for n, a in enumerate(history.applied) if a is applied)
        said = newest(wanted, value.field.identity, applied.after, history.applied[place + 1 :])
        return None if said is MISSING else StatedRows(self.after.tables).of(said, value.slot.newest.type, column=True)

    def _sibling(self, found: RowChanges, applied: Applied, address: str) -> tuple[str, Type]:
        """What the column of another field of the same record holds, and its type."""
        at = parse_address(address)
        assert isinstance(at, MemberAddress)
        identity = find_field(applied.after, at).field.identity
        form = next(v for v in self.new.values() if v.field.identity == identity).slot.newest
        column = form.keys[0]
        if column in {c.name for c in self.new.columns[: len(self.old.columns)]}:
            found.read[column] = None
            return f"new.get({text(column)}, row[{text(column)}])", form.type
        return f"new.get({text(column)})", form.type

    # A field that was there and is another by now.

    def _changed(self, found: RowChanges, was: Value, now: Value) -> None:
        retyped = not was.slot.newest.is_as(now.slot.newest)
        filled = self._filled(found, was, now)
        guard = "" if filled is None else self._guard(found, now)
        filled = None if guard is None else filled
        told = self._enums_differ(now.slot.newest.type)
        null_is_gone = was.field.nullable and not may_be_null(now) and filled is None
        if not (retyped or told or filled or null_is_gone or self._null_is_new(was, now)):
            return
        shadows, again = {}, {}
        for mark, record in self._keepers(now):
            known = [state.leaves(record, now.field.identity) for state in (self.before, self.after)]
            for version in [v for v in known[0] if v in known[1]]:
                before, after = known[0][version], known[1][version]
                if after.shadowed:
                    shadows[mark, before.shadow] = before, after
                elif retyped and before.shadowed and is_own_again(after):
                    again[mark, before.shadow] = before, after
        heirs = self._has_heirs(now.slot.newest.type)
        if not (retyped or heirs or filled or shadows or self._null_is_new(was, now)):
            return
        FieldChange(
            before=self.before,
            after=self.after,
            table=self.new,
            applied=self.applied,
            found=found,
            was=was,
            now=now,
            filled=filled,
            guard=guard or "",
            null_is_new=self._null_is_new(was, now),
            null_is_gone=null_is_gone,
            null_alone=not (retyped or told or filled),
            moves=retyped or heirs or filled is not None,
            shadows=shadows,
            again=again,
            around=tuple(self._around(now)),
            keepers=tuple(self._keepers(now)),
        ).write()

    def _around(self, value: Value) -> Iterator[str]:
        path = _ids(value.path)
        for group in groups(self.new.nodes):
            if path[: len(group.path)] == _ids(group.path) and group.slot.made and not group.field.required:
                yield group.slot.mark

    def _keepers(self, value: Value) -> Iterator[tuple[str, str]]:
        """The records that may keep shadows of a value: the row's own, and those of objects around it, by mark."""
        yield "", self.new.record.identity
        path = _ids(value.path)
        for group in groups(self.new.nodes):
            inside = path[: len(group.path)] == _ids(group.path)
            if inside and group.record.identity in self.after.tables.keeping:
                yield group.slot.mark, group.record.identity

    def _filled(self, found: RowChanges, was: Value, now: Value) -> str | None:
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
                if wanted is MISSING:
                    continue
                if not is_made(wanted):
                    return self._read_back(self._stated(applied, wanted, now), now)
                if wanted.keys() & {"hook", "created"}:
                    return self._called(found, applied, wanted)
                return self._read_back(self._sibling(found, applied, wanted["from"])[0], now)
        return None

    def _read_back(self, held: str | None, value: Value) -> str | None:
        """What a column holds, as the record has it."""
        load = self.after.values.loaded(value.slot.newest.type, column=True)
        return held if held is None or load is as_is else f"maybe({held}, {function(load)})"

    def _null_is_new(self, was: Value, now: Value) -> bool:
        """Whether NULL in the column meant null, and would be read as absent."""
        return was.field.required and was.field.nullable and not now.field.required and now.field.nullable

    def _enums_differ(self, type_: Type) -> bool:
        enum = enum_of(type_)
        before, after = self.before.tables.enums.get(enum), self.after.tables.enums.get(enum)
        if before is None or after is None:
            return False
        return any(after.loaded.get(name) != value for name, value in before.loaded.items())

    def _has_heirs(self, type_: Type) -> bool:
        enum = enum_of(type_)
        before, after = self.before.tables.enums.get(enum), self.after.tables.enums.get(enum)
        if before is None or after is None:
            return False
        return any(name not in after.stored.values() and name in after.loaded for name in before.stored.values())


def _ids(path: tuple[object, ...]) -> list[str]:
    return [str(getattr(step, "identity", "")) for step in path]
