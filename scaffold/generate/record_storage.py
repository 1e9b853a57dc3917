"""The bodies of generated functions that load a record from storage and dump it there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ..contract.history import version_key
from ..contract.types import Kind, Ref, Scalar
from ..convert.records import Record
from .homes import Form
from .python import snake, text
from .stored_values import Values, as_is, downwards, function, upwards
from .tables import Group, Node, Value, leaves

RESERVED = frozenset(
    (
        *("row", "data", "kept", "null", "here", "record", "records", "codecs", "self", "item", "key", "metadata"),
        *("filled", "gone", "marked", "maybe", "newest", "older", "opened", "or_null", "part", "parts", "present"),
        *(
            "shadows",
            "some",
            "standing",
            "seconds",
            "written",
            "remember",
            "inherit",
            "bytes_to_text",
            "text_to_bytes",
            "text_to_time",
        ),
        *("time_to_text", "duration_to_int", "int_to_duration", "datetime", "date", "time"),
    )
)


@dataclass(frozen=True)
class Kept:
    """What one record keeps: the getter of each shadow, and the shadow that an older form of a value has."""

    keeps: bool = False
    getters: Mapping[str, str] = field(default_factory=dict)
    older: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    """By field and version: the key of the shadow, and how its value is read back."""
    heirs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field, for each shadow: the stored names of removed values, and how the shadow's version calls them."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """By field: the value it has in JSON that is older than the field."""

    def shadow(self, value: Value, form: Form) -> tuple[str, str] | None:
        """The shadow of the last version that has a value in an older form."""
        forms = value.slot.forms
        after = version_key(forms[forms.index(form) + 1].version)
        known = self.older.get(value.field.identity, {})
        covered = [v for v in known if version_key(form.version) <= version_key(v) < after]
        return known[max(covered, key=version_key)] if covered else None


@dataclass(frozen=True)
class Both:
    """The bodies of the two functions of one record."""

    load: tuple[str, ...]
    dump: tuple[str, ...]


def bodies(record: Record, nodes: tuple[Node, ...], values: Values, kept: Mapping[str, Kept], *, table: bool) -> Both:
    """The bodies for a record that lives in a table of its own, or as JSON inside others.

    `kept` is what each record keeps, by identity.
    """
    load = Loading(record, nodes, values, table, kept).lines()
    dump = Dumping(record, nodes, values, table, kept).lines()
    return Both(tuple(load), tuple(dump))


def local(group: Group) -> str:
    """The name of an object inside a record, while its fields are read or written."""
    name = "_".join(step.attr for step in group.path)
    return f"{name}_" if name in RESERVED else name


def may_lack(node: Node) -> bool:
    """Whether the object that holds a node may be missing or null."""
    return any(not step.required or step.nullable for step in node.path[:-1])


def optional(node: Node) -> bool:
    """Whether an attribute may be missing or null itself."""
    return not node.field.required or node.field.nullable


def groups(nodes: tuple[Node, ...]) -> Iterator[Group]:
    """Every group, outer ones first."""
    for node in nodes:
        if isinstance(node, Group):
            yield node
            yield from groups(node.children)


def marked_null(value: Value) -> bool:
    """Whether NULL in the column of an attribute has two meanings."""
    return not value.field.required and may_be_null(value) and len(value.slot.newest.keys) == 1


def may_be_null(value: Value) -> bool:
    """Whether null is among the values of an attribute."""
    type_ = value.slot.newest.type
    return value.field.nullable or (isinstance(type_, Scalar) and type_.kind is Kind.JSON)


@dataclass(frozen=True)
class Holder:
    """Who keeps shadows of a value: the record itself, or an object inside it that has a record of its own."""

    local: str
    read: str
    kept: Kept


def holders(record: Record, nodes: tuple[Node, ...], kept: Mapping[str, Kept]) -> Mapping[tuple[str, ...], Holder]:
    """The holders among a record and its groups, by path of identities; outer ones first."""
    found: dict[tuple[str, ...], Holder] = {}
    if kept[record.identity].keeps:
        found[()] = Holder("kept", "record.kept", kept[record.identity])
    for group in groups(nodes):
        mine = kept[group.record.identity]
        if mine.keeps:
            read = f"{local(group)}.kept"
            lacks = may_lack(group) or optional(group)
            key = tuple(step.identity for step in group.path)
            found[key] = Holder(
                f"{local(group)}_kept", f"({read} if {local(group)} else {{}})" if lacks else read, mine
            )
    return found


def around(value: Value, among: Mapping[tuple[str, ...], Holder]) -> list[Holder]:
    """The holders that `value` is inside of."""
    path = tuple(step.identity for step in value.path)
    return [h for key, h in among.items() if path[: len(key)] == key]


@dataclass
class Loading:
    """Writes how a record is made of a row or of JSON."""

    record: Record
    nodes: tuple[Node, ...]
    values: Values
    table: bool
    kept: Mapping[str, Kept]

    def lines(self) -> list[str]:
        """The body."""
        self.holders = holders(self.record, self.nodes, self.kept)
        made: list[str] = []
        arguments = [a for n in self.nodes for a in self._argument(n, made)]
        for value in leaves(self.nodes):
            made = [*self._inherited(value), *made]
        source = 'row["kept"]' if self.table else "data"
        body = "\n".join((*made, *arguments))
        names = {"null": "NULL", "here": "HERE"}
        before = [f"{n} = {source}.get({c}, ())" for n, c in names.items() if f" in {n}" in body]
        for path, holder in self.holders.items():
            inside = text(self._mark(path)) if path else ""
            whole = 'shadows(row["kept"])' if self.table else 'dict(data.get("kept", {}))'
            if path or re.search(r"\bkept,", body):
                before.append(f"{holder.local} = {f'within({source}, {inside})' if path else whole}")
                whole = holder.local
            if not path:
                arguments.append(f"kept={whole}")
        return [*before, *made, *_call(f"return records.{self.record.name}", arguments)]

    def _mark(self, path: tuple[str, ...]) -> str:
        return next(g.slot.mark for g in groups(self.nodes) if tuple(s.identity for s in g.path) == path)

    def _argument(self, node: Node, made: list[str]) -> Iterator[str]:
        if isinstance(node, Value):
            yield f"{node.field.attr}={self._value(node, made)}"
        elif optional(node):
            self._optional_group(node, made)
            yield f"{node.field.attr}={local(node)}"
        else:
            yield f"{node.field.attr}={' '.join(_call(f'records.{node.record.name}', self._inner(node, made)))}"

    def _inner(self, group: Group, made: list[str]) -> list[str]:
        """The arguments for the object of a group."""
        inner = [a for n in group.children for a in self._argument(n, made)]
        holder = self.holders.get(tuple(step.identity for step in group.path))
        return [*inner, f"kept={holder.local}"] if holder else inner

    def _optional_group(self, group: Group, made: list[str]) -> None:
        inner = self._inner(group, made)
        name, f, mark = local(group), group.field, text(group.slot.mark)
        type_ = f"records.{group.record.name}" + " | None" * f.nullable + " | Absent" * (not f.required)
        made.append(f"{name}: {type_} = {'None' if f.required else 'ABSENT'}")
        if group.slot.made:
            there = f"{mark} in here or {self._some(list(leaves(group.children)))}"
            is_null = f"{mark} in null" if f.nullable and not f.required else ""
        else:
            json = self._read(group.slot.newest)
            if self.table and f.nullable and not f.required:
                json = f"filled({json}, {mark} in null)"
            made.append(f"{name}_json = opened({json})")
            keys = group.slot.newest.keys
            elsewhere = [v for v in leaves(group.children) if v.slot.newest.keys[: len(keys)] != keys]
            there = " or ".join([f"isinstance({name}_json, dict)", *([self._some(elsewhere)] if elsewhere else [])])
            is_null = f"{name}_json is None" if f.nullable and not f.required else ""
        made.append(f"if {there}:")
        made += [f"    {line}" for line in _call(f"{name} = records.{group.record.name}", inner)]
        if is_null:
            made += [f"elif {is_null}:", f"    {name} = None"]

    def _some(self, values: list[Value]) -> str:
        return f"some({', '.join(self._read(f) for v in values for f in v.slot.forms)})"

    def _read(self, form: Form) -> str:
        """What is stored in one form: None or ABSENT where there is nothing."""
        first, rest = form.keys[0], form.keys[1:]
        if self.table:
            whole = f"row[{text(first)}]"
        elif rest:
            return f"part(data, {', '.join(text(k) for k in form.keys)})"
        else:
            whole = f"data.get({text(first)}, ABSENT)"
        return f"part({whole}, {', '.join(text(k) for k in rest)})" if rest else whole

    def _value(self, value: Value, made: list[str]) -> str:
        f, newest = value.field, value.slot.newest
        column = self.table and len(newest.keys) == 1
        load = self.values.loaded(newest.type, column=column)
        if len(value.slot.forms) > 1:
            read = self._forms(value, column, made)
            if not column:
                return self._or_missing(value, read, read)
            if f.required:
                return f"or_null({read})" if f.nullable else read
            return f"filled({read}, {text(value.slot.mark)} in null)" if f.nullable else read
        read = self._read(newest)
        if f.required and len(newest.keys) == 1:
            there = read
            read = read if self.table else f"data[{text(newest.keys[0])}]"
            read = f"maybe({read}, {function(load)})" if f.nullable and load is not as_is else load(read)
            return read if self.table else self._or_missing(value, read, there)
        if column:
            null = f", {text(value.slot.mark)} in null" if may_be_null(value) else ""
            read = f"filled({read}{null})"
        loaded = read if load is as_is else f"maybe({read}, {function(load)})"
        return loaded if column else self._or_missing(value, loaded, read)

    def _or_missing(self, value: Value, loaded: str, there: str) -> str:
        """A value in JSON, or what it is taken to be where the JSON is older than the field."""
        missing = self.kept[self.record.identity].missing.get(value.field.identity)
        if missing is None or not value.field.required:
            return loaded
        return f"{loaded} if {there} is not ABSENT else {missing}"

    def _forms(self, value: Value, column: bool, made: list[str]) -> str:
        """The value in its newest form: as an older program left it, where that wrote last."""
        forms = value.slot.forms
        name = "_".join(step.attr for step in value.path)
        name = f"{name}_" if name in RESERVED else name
        reads = []
        for form in forms:
            load = self.values.loaded(form.type, column=column)
            read = f"filled({self._read(form)})" if column else self._read(form)
            reads.append(read if load is as_is else f"maybe({read}, {function(load)})")
        found = reads[0]
        for older, newer, read in zip(forms, forms[1:], reads[1:], strict=False):
            up = function(upwards(older.type, newer.type))
            last = newer is forms[-1]
            told = f", lambda item: {self._as_older(value, older, 'item')}" if last else ""
            found = f"newest({read}, {found}, {up}{told})"
        made.append(f"{name} = {found}")
        for form, read in zip(forms[:-1], reads, strict=False):
            for holder in around(value, self.holders):
                shadow = holder.kept.shadow(value, form)
                if shadow is not None:
                    shown = self._as_older(value, form, name, holder)
                    made.append(f"remember({holder.local}, {shadow[0]}, {read}, {name}, {shown})")
        return name

    def _as_older(self, value: Value, form: Form, read: str, holder: Holder | None = None) -> str:
        among = [holder] if holder else around(value, self.holders)
        return as_older(value, form, read, [(h.local, h.kept) for h in among])

    def _inherited(self, value: Value) -> Iterator[str]:
        """The lines that keep a value that was removed, where only an older program wrote it."""
        for holder in around(value, self.holders):
            for key, words in holder.kept.heirs.get(value.field.identity, {}).items():
                assert isinstance(value.slot.newest.type, Ref)
                loaded = self.values.enum_table(value.slot.newest.type.name, "LOADED")
                yield f"inherit({holder.local}, {key}, {self._read(value.slot.newest)}, {words}, {loaded})"


def as_older(value: Value, form: Form, read: str, among: list[tuple[str, Kept]]) -> str:
    """A value in an older form, as it is written along: word for word while its shadow stands."""
    forms = value.slot.forms
    steps = [downwards(n.type, o.type) for o, n in pairwise(forms[forms.index(form) :])]

    def down(item: str) -> str:
        for step in reversed(steps):
            item = step(item)
        return item

    made = f"older({read}, {function(down)})"
    for kept, held in among:
        shadow = held.shadow(value, form)
        if shadow is not None:
            key, reader = shadow
            return f"written({kept}, {key}, {read}, {made}{', ' * bool(reader)}{reader})"
    return made


@dataclass
class Dumping:
    """Writes how a record becomes a row or JSON."""

    record: Record
    nodes: tuple[Node, ...]
    values: Values
    table: bool
    kept: Mapping[str, Kept]

    def lines(self) -> list[str]:
        """The body."""
        self.holders = holders(self.record, self.nodes, self.kept)
        locals_ = [self._local(g) for g in groups(self.nodes)]
        tree: dict[str, object] = {}
        self._put(tree, self.nodes)
        rows = [f"{text(key)}: {self._entry(found)}" for key, found in tree.items()]
        rows += self._kept()
        made = [f"    {row}," for row in rows]
        if self.table:
            return [*locals_, "return {", *made, "}"]
        return [*locals_, "return present({", *made, "})"]

    def _put(self, tree: dict[str, object], nodes: tuple[Node, ...]) -> None:
        """Every value in its place: a column or a key, and the keys inside."""
        for node in nodes:
            if isinstance(node, Value):
                for form in node.slot.forms:
                    _put(tree, form.keys, self._form(node, form))
                continue
            if not node.slot.made:
                _put(tree, (*node.slot.newest.keys, ""), f"gone({self._attribute(node)})")
            self._put(tree, node.children)

    def _entry(self, found: object) -> str:
        if isinstance(found, str):
            return found
        return f"or_null({self._parts(found)})" if self.table else self._parts(found)

    def _parts(self, found: object) -> str:
        assert isinstance(found, dict)
        rows = [
            f"{text(key) if key else 'GONE'}: {inner if isinstance(inner, str) else self._parts(inner)}"
            for key, inner in found.items()
        ]
        return f"parts({{{', '.join(rows)}}})"

    def _local(self, group: Group) -> str:
        return f"{local(group)} = {self._attribute(group)}"

    def _attribute(self, node: Node) -> str:
        """The attribute of a node, ABSENT where the object around it is not there."""
        if len(node.path) == 1:
            return f"record.{node.field.attr}"
        holder = "_".join(step.attr for step in node.path[:-1])
        holder = f"{holder}_" if holder in RESERVED else holder
        read = f"{holder}.{node.field.attr}"
        return f"{read} if {holder} else ABSENT" if may_lack(node) else read

    def _inside(self, value: Value, group: Group) -> str:
        """The attribute of a value, where `group` is known to be there."""
        return f"{local(group)}.{value.field.attr}" if value.path[:-1] == group.path else self._attribute(value)

    def _form(self, value: Value, form: Form) -> str:
        read = self._attribute(value)
        sure = value.field.required and not may_lack(value)
        column = self.table and len(form.keys) == 1
        dump = self.values.dumped(form.type, column=column)
        if form is not value.slot.newest:
            read = as_older(value, form, read, [(h.read, h.kept) for h in around(value, self.holders)])
            sure = False
        if not sure or (value.field.nullable and dump is not as_is):
            read = read if dump is as_is else f"maybe({read}, {function(dump)})"
        else:
            read = dump(read)
        return f"or_null({read})" if column and not sure else read

    def _kept(self) -> list[str]:
        arguments = self._marks()
        own = self.holders.get(())
        kept = self._standing(own, "record", "self.shadows" if self.table else None) if own else "{}"
        if self.table:
            return [f'"kept": marked({", ".join([kept, *arguments])})']
        rows = []
        if arguments:
            rows.append(f"**marked({', '.join(['{}', *arguments])})")
        if own:
            rows.append(f'"kept": {kept} or ABSENT')
        return rows

    def _standing(self, holder: Holder, record: str, constant: str | None, name: str = "") -> str:
        """What a holder keeps, without the shadows of what has changed."""
        if not holder.kept.getters:
            return f"{record}.kept"
        return f"standing({record}.kept, {constant or shadow_table(name or self.record.name)}, {record})"

    def _marks(self) -> list[str]:
        null: list[str] = []
        here: list[str] = []
        for group in groups(self.nodes):
            mark = text(group.slot.mark)
            if group.slot.made and optional(group):
                inner = ", ".join(self._inside(v, group) for v in leaves(group.children))
                here.append(f"{mark}: ({inner},) if {local(group)} else None")
                if group.field.nullable and not group.field.required:
                    null.append(f"{mark}: {self._attribute(group)}")
        for value in leaves(self.nodes):
            if self.table and marked_null(value):
                null.append(f"{text(value.slot.mark)}: {self._attribute(value)}")
        inside = []
        for group in groups(self.nodes):
            holder = self.holders.get(tuple(step.identity for step in group.path))
            if holder is not None:
                kept = self._standing(holder, local(group), None, group.record.name)
                lacks = may_lack(group) or optional(group)
                inside.append(f"{text(group.slot.mark)}: {kept}{f' if {local(group)} else {{}}' if lacks else ''}")
        found = {"null": null, "here": here, "inside": inside}
        return [f"{name}={{{', '.join(rows)}}}" for name, rows in found.items() if rows]


def shadow_table(record: str) -> str:
    """Where the getters of the shadows of a record inside others are."""
    return f"{snake(record).upper()}_SHADOWS"


def _put(tree: dict[str, object], keys: tuple[str, ...], value: str) -> None:
    for key in keys[:-1]:
        inner = tree.setdefault(key, {})
        assert isinstance(inner, dict)
        tree = inner
    tree[keys[-1]] = value


def _call(head: str, arguments: list[str]) -> list[str]:
    return [f"{head}(", *(f"    {a}," for a in arguments), ")"] if arguments else [f"{head}()"]
