"""The bodies of generated functions that load a record from storage and dump it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ..contract.types import Kind, Ref, Scalar
from ..convert.records import Record
from .homes import Form
from .python import text
from .stored_values import Crossing, Values, as_is, downwards, function, upwards
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

    getters: Mapping[str, str] = field(default_factory=dict)
    older: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By field and the version that brought the form: the arguments that find the shadow, `"price@v1"`."""
    heirs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field, for each shadow: the stored names of removed values, and how the shadow's version calls them."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """By field: the value it has in JSON that is older than the field."""


@dataclass(frozen=True)
class Both:
    """The bodies of the two functions of one record."""

    load: tuple[str, ...]
    dump: tuple[str, ...]


def bodies(record: Record, nodes: tuple[Node, ...], values: Values, *, table: bool, keeps: bool, kept: Kept) -> Both:
    """The bodies for a record that lives in a table of its own, or as JSON inside others."""
    load = Loading(record, nodes, values, table, keeps, kept).lines()
    dump = Dumping(record, nodes, values, table, keeps, kept).lines()
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


@dataclass
class Loading:
    """Writes how a record is made of a row or of JSON."""

    record: Record
    nodes: tuple[Node, ...]
    values: Values
    table: bool
    keeps: bool
    kept: Kept

    def lines(self) -> list[str]:
        """The body."""
        made: list[str] = []
        arguments = [a for n in self.nodes for a in self._argument(n, made)]
        source = 'row["kept"]' if self.table else "data"
        names = {"null": "NULL", "here": "HERE"}
        body = "\n".join((*made, *arguments))
        marks = [f"{n} = {source}.get({c}, ())" for n, c in names.items() if f" in {n}" in body]
        if self.keeps:
            kept = 'shadows(row["kept"])' if self.table else 'dict(data.get("kept", {}))'
            remembered = [line for v in leaves(self.nodes) for line in self._remembered(v)]
            made += [f"kept = {kept}", *remembered] if remembered else []
            arguments.append("kept=kept" if remembered else f"kept={kept}")
        return [*marks, *made, *_call(f"return records.{self.record.name}", arguments)]

    def _argument(self, node: Node, made: list[str]) -> Iterator[str]:
        if isinstance(node, Value):
            yield f"{node.field.attr}={self._value(node)}"
        elif optional(node):
            self._optional_group(node, made)
            yield f"{node.field.attr}={local(node)}"
        else:
            inner = [a for n in node.children for a in self._argument(n, made)]
            yield f"{node.field.attr}={' '.join(_call(f'records.{node.record.name}', inner))}"

    def _optional_group(self, group: Group, made: list[str]) -> None:
        inner = [a for n in group.children for a in self._argument(n, made)]
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

    def _value(self, value: Value) -> str:
        read, first = self._stored_value(value), value.slot.forms[0].keys
        missing = self.kept.missing.get(value.field.identity)
        if missing is None or not value.field.required or (self.table and len(first) == 1):
            return read
        there = self._read(value.slot.newest) if len(value.slot.forms) == 1 else self._forms(value, False)
        return f"{read} if {there} is not ABSENT else {missing}"

    def _stored_value(self, value: Value) -> str:
        f, newest = value.field, value.slot.newest
        column = self.table and len(newest.keys) == 1
        load = self.values.loaded(newest.type, column=column)
        read = self._read(newest)
        sure = f.required and len(value.slot.forms) == 1 and not (self.table and len(newest.keys) > 1)
        if sure and len(newest.keys) == 1:
            read = read if self.table else f"data[{text(newest.keys[0])}]"
            return f"maybe({read}, {function(load)})" if f.nullable and load is not as_is else load(read)
        if len(value.slot.forms) > 1:
            read = self._forms(value, column)
            null = f"{text(value.slot.mark)} in null"
            if not column:
                return read
            if f.required:
                return f"or_null({read})" if f.nullable else read
            return f"filled({read}, {null})" if f.nullable else read
        if column:
            null = f", {text(value.slot.mark)} in null" if may_be_null(value) else ""
            read = f"filled({read}{null})"
        return read if load is as_is else f"maybe({read}, {function(load)})"

    def _forms(self, value: Value, column: bool) -> str:
        """The newest form there is, made newer step by step."""
        made, older = "", value.slot.forms[0]
        for form in value.slot.forms:
            load = self.values.loaded(form.type, column=column)
            read = f"filled({self._read(form)})" if column else self._read(form)
            read = read if load is as_is else f"maybe({read}, {function(load)})"
            made = read if not made else f"newest({read}, {made}, {function(upwards(older.type, form.type))})"
            older = form
        return made

    def _remembered(self, value: Value) -> Iterator[str]:
        """The lines that keep what only an older program wrote, word for word."""
        column = self.table and len(value.slot.newest.keys) == 1
        for key, words in self.kept.heirs.get(value.field.identity, {}).items():
            assert isinstance(value.slot.newest.type, Ref)
            loaded = self.values.enum_table(value.slot.newest.type.name, "LOADED")
            yield f"inherit(kept, {key}, {self._read(value.slot.newest)}, {words}, {loaded})"
        for older, newer in pairwise(value.slot.forms[-2:]):
            shadow = self.kept.older.get((value.field.identity, older.version))
            if shadow is not None and isinstance(older.type, Scalar):
                read = [self._read(f) for f in (newer, older)]
                read = [f"filled({r})" for r in read] if column else read
                load = self.values.loaded(older.type, column=column)
                read[1] = read[1] if load is as_is else f"maybe({read[1]}, {function(load)})"
                ways = function(upwards(older.type, newer.type)), function(downwards(newer.type, older.type))
                yield f"remember(kept, {shadow.partition(', ')[0]}, {', '.join((*read, *ways))})"


@dataclass
class Dumping:
    """Writes how a record becomes a row or JSON."""

    record: Record
    nodes: tuple[Node, ...]
    values: Values
    table: bool
    keeps: bool
    kept: Kept

    def lines(self) -> list[str]:
        """The body."""
        locals_ = [self._local(g) for g in groups(self.nodes)]
        tree: dict[str, object] = {}
        for group in groups(self.nodes):
            if not group.slot.made:
                _put(tree, (*group.slot.newest.keys, ""), f"gone({self._attribute(group)})")
        for value in leaves(self.nodes):
            for form in value.slot.forms:
                _put(tree, form.keys, self._form(value, form))
        rows = [f"{text(key)}: {self._entry(found)}" for key, found in tree.items()]
        rows += self._kept()
        made = [f"    {row}," for row in rows]
        if self.table:
            return [*locals_, "return {", *made, "}"]
        return [*locals_, "return present({", *made, "})"]

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
        newest = value.slot.newest
        if form is not newest:
            made = f"older({read}, {function(self._down(value, form))})"
            shadow = self.kept.older.get((value.field.identity, form.version))
            if shadow is not None:
                key, _, reader = shadow.partition(", ")
                made = f"written(record.kept, {key}, {read}, {made}{', ' + reader if reader else ''})"
            sure = False
            read = made
        if not sure or (value.field.nullable and dump is not as_is):
            read = read if dump is as_is else f"maybe({read}, {function(dump)})"
        else:
            read = dump(read)
        return f"or_null({read})" if column and not sure else read

    def _down(self, value: Value, form: Form) -> Crossing:
        """From the newest form down to an older one, step by step."""
        forms = value.slot.forms
        steps = [downwards(n.type, o.type) for o, n in pairwise(forms[forms.index(form) :])]

        def down(read: str) -> str:
            for step in reversed(steps):
                read = step(read)
            return read

        return down

    def _kept(self) -> list[str]:
        arguments = self._marks()
        kept = "{}"
        if self.keeps:
            kept = f"standing(record.kept, {self.shadow_table}, record)" if self.kept.getters else "record.kept"
        if self.table:
            return [f'"kept": marked({", ".join([kept, *arguments])})']
        rows = []
        if arguments:
            rows.append(f"**marked({', '.join(['{}', *arguments])})")
        if self.keeps:
            rows.append(f'"kept": {kept} or ABSENT')
        return rows

    @property
    def shadow_table(self) -> str:
        """Where the getters of the shadows are."""
        return "self.shadows" if self.table else f"{self.values.object_name(self.record.identity).upper()}_SHADOWS"

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
        arguments = [f"null={{{', '.join(null)}}}"] if null else []
        return [*arguments, f"here={{{', '.join(here)}}}"] if here else arguments


def _put(tree: dict[str, object], keys: tuple[str, ...], value: str) -> None:
    for key in keys[:-1]:
        inner = tree.setdefault(key, {})
        assert isinstance(inner, dict)
        tree = inner
    tree[keys[-1]] = value


def _call(head: str, arguments: list[str]) -> list[str]:
    return [f"{head}(", *(f"    {a}," for a in arguments), ")"] if arguments else [f"{head}()"]
