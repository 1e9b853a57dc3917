"""What a migration does to a row before the older forms of its values go, and how these are worked out again."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..contract.changes.joints import lacks
from ..contract.types import Ref
from .home import Form
from .kept_by_record import kept_by_record
from .python import text
from .record_joints import StoredJoints
from .record_storage import Kept
from .stored_values import Values, as_is, downwards, function, upwards
from .table_model import StoredJoint, Table, Tables, Value


@dataclass
class Settling:
    """The lines of two functions, and the columns they are about: `restored` go, and follow from those `beside`."""

    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    restored: dict[str, None] = field(default_factory=dict)
    beside: dict[str, None] = field(default_factory=dict)
    followed: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    """The columns that go, by the newer ones that they are written along with."""
    unsure: list[str] = field(default_factory=list)
    """Those of them that a program which knows them takes for cleared where another one writes the newer ones."""


def settling(table: Table, left: Table, before: Tables) -> Settling:
    """What happens to the rows of `table`, of which `left` is left.

    A value of which an older program wrote the older form last is what that says (see `stored.newest`): it is put into
    the newer form, for the older one goes. On the way back an older form is what it was, where the newer is still the
    same, else what older programs would be shown of that.
    """
    return _Rows(table, left, Values(before, raw=True)).found()


@dataclass
class _Rows:
    table: Table
    left: Table
    values: Values
    up: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)
    made: Settling = field(default_factory=Settling)
    fresh: set[str] = field(default_factory=set)
    """The columns that were settled by now."""

    def found(self) -> Settling:
        forms = {v.path: v.slot.forms for v in self.left.values()}
        known = {id(j.joint.applied) for j in self.left.joints}
        self._joined(tuple(j for j in self.table.joints if id(j.joint.applied) not in known))
        for value in self.table.values():
            left = forms.get(value.path, ())
            gone = [f for f in value.slot.forms if left and f not in left]
            if gone:
                self._formed(value, value.slot.forms[: len(gone) + 1])
        self._inherited()
        self.made.up, self.made.down = tuple(self.up), tuple(self.down)
        return self.made

    # A value of an enum that is gone, which a program of long ago wrote.

    def _inherited(self) -> None:
        """What it became takes its place; the word for it is kept for those versions that still have it."""
        kept = kept_by_record(self.values.tables).get(self.table.record.identity, Kept())
        keeps = False
        for value in self.left.values():
            form = value.slot.newest
            enum = self.values.tables.enums.get(form.type.name) if isinstance(form.type, Ref) else None
            if enum is None or len(form.keys) > 1 or len(value.slot.forms) > 1:
                continue
            if not enum.loaded.keys() - enum.stored.values():
                continue
            column = text(form.keys[0])
            if len(value.path) == 1:
                for key, words in kept.heirs.get(value.field.identity, {}).items():
                    loaded = self.values.enum_table(enum.identity, "LOADED")
                    self.up += [] if keeps else ['kept: Kept = dict(row["kept"])']
                    self.up.append(f"inherit(kept, {key}, row[{column}], {words}, {loaded})")
                    keeps = True
            self.up.append(f"new[{column}] = or_null({self._dumped(form, self._loaded(form, self._filled(form)))})")
        if keeps:
            self.up.append('new["kept"] = kept')

    # A value that had another type.

    def _formed(self, value: Value, forms: tuple[Form, ...]) -> None:
        reads = [self._loaded(form, self._filled(form)) for form in forms]
        found = reads[0]
        where, key = f"{self.table.name}.{forms[0].keys[0]}", text(self.table.key_column.name)
        for _, newer, read in zip(forms, forms[1:], reads[1:], strict=False):
            up = f"lambda item: read({text(where)}, row[{key}], {function(upwards(newer.crossing))}, item)"
            told = ""
            if newer is forms[-1]:
                told = f", lambda item: older(item, {function(downwards(newer.crossing))})"
            found = f"newest({read}, {found}, {up}{told})"
        last = forms[-1]
        column = last.keys[0]
        self.up.append(f"new[{text(column)}] = or_null({self._dumped(last, found)})")
        self.fresh.add(column)
        self._follow([column], [(form, self._older(value, form, forms)) for form in forms[:-1]])

    def _older(self, value: Value, form: Form, forms: tuple[Form, ...]) -> str:
        steps = [downwards(newer.crossing) for newer in forms[forms.index(form) + 1 :]]

        def down(item: str) -> str:
            for step in reversed(steps):
                item = step(item)
            return item

        read = self._loaded(forms[-1], f"filled(row[{text(forms[-1].keys[0])}])")
        return f"older({read}, {function(down)})"

    # Values that were split or merged.

    def _joined(self, joints: tuple[StoredJoint, ...]) -> None:
        """The newer fields as the older ones say, where those were written last."""
        if not joints:
            return
        ends = {v.field.identity: v for v in self.table.values()}
        joined = StoredJoints(joints, ends, self.values, True, Kept())
        self.up += joined.loading(lambda form: f"row[{text(form.keys[0])}]")
        for stored in joints:
            for form in stored.newer:
                made = self._dumped(form, joined.locals[form.keys])
                self.up.append(f"new[{text(form.keys[0])}] = or_null({made})")
                self.fresh.add(form.keys[0])
        lines = StoredJoints(joints, ends, self.values, True, Kept())
        written = lines.dumping(lambda _, form: self._loaded(form, f"filled(row[{text(form.keys[0])}])"))
        beside = [form.keys[0] for stored in joints for form in stored.newer]
        self.down += written
        places = {form.keys: form for stored in joints for form in stored.older}
        known = {c.name for c in self.left.columns}
        gone = [(form, lines.locals[keys]) for keys, form in places.items() if keys[0] not in known]
        maybe = {f.keys[0] for s in joints if all(map(lacks, s.joint.newer)) for f in s.older}
        self.made.unsure += [form.keys[0] for form, _ in gone if form.keys[0] in maybe]
        self._follow(beside, gone)

    def _follow(self, beside: list[str], gone: list[tuple[Form, str]]) -> None:
        """An older form is what it was where what it follows from is, else as it would be written along with that."""
        same = ", ".join(map(text, beside))
        if gone:
            self.made.followed.append((tuple(form.keys[0] for form, _ in gone), tuple(beside)))
        for form, shown in gone:
            column = text(form.keys[0])
            made = f"or_null({self._dumped(form, shown)})"
            kept = f"record[{column}]"
            self.down.append(f"data[{column}] = {kept} if as_it_was(row, record, {column}, {same}) else {made}")
            self.made.restored[form.keys[0]] = None
        self.made.beside |= dict.fromkeys(beside)

    def _filled(self, form: Form) -> str:
        column = text(form.keys[0])
        return f"filled(new.get({column}, row[{column}]))" if form.keys[0] in self.fresh else f"filled(row[{column}])"

    def _loaded(self, form: Form, read: str) -> str:
        load = self.values.loaded(form.type, column=True)
        return read if load is as_is else f"maybe({read}, {function(load)})"

    def _dumped(self, form: Form, value: str) -> str:
        dump = self.values.dumped(form.type, column=True)
        return value if dump is as_is else f"maybe({value}, {function(dump)})"
