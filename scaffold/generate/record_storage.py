"""What loading and dumping a record have in common: names, who keeps shadows, and older forms of a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from ..contract.listings import Structural
from ..contract.naming import version_key
from ..contract.types import Kind, Scalar
from ..convert.conversions import Coded, Conversion
from ..convert.records import Record
from .home import Form
from .python import snake
from .stored_values import downwards, function
from .table_model import Group, Node, Value

RESERVED = frozenset(
    (
        *("row", "data", "kept", "null", "here", "record", "records", "codecs", "self", "item", "key", "metadata"),
        *("coding", "filled", "gone", "marked", "maybe", "newest", "older", "opened", "or_null", "part", "parts"),
        *(
            "present",
            "shadows",
            "some",
            "standing",
            "seconds",
            "written",
            "remember",
            "rejoined",
            "converted",
            "along",
            "parted",
            "newer",
            "inherit",
            "lacking",
            "regained",
            "bytes_to_text",
            "text_to_bytes",
            "text_to_time",
        ),
        *("time_to_text", "duration_to_int", "int_to_duration", "datetime", "date", "time"),
    )
)


@dataclass(frozen=True)
class KeptJoint:
    """The shadow of fields that a split or merge took away: its `key`, and how it is `read` back."""

    key: str = '""'
    read: str = ""
    order: tuple[int, ...] = ()
    """Where each of its values stands among those fields, if it has them in another order."""


@dataclass(frozen=True)
class Kept:
    """What one record keeps: the getter of each shadow, and the shadow that an older form of a value has."""

    keeps: bool = False
    getters: Mapping[str, str] = field(default_factory=dict)
    older: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    """By field and version: the key of the shadow, and how its value is read back."""
    again: Mapping[str, Set[str]] = field(default_factory=dict)
    """By field: the versions whose words records hold as they are."""
    heirs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field, for each shadow: the stored names of removed values, and how the shadow's version calls them."""
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field that holds several, for each shadow: the stored names of all other values, and how they are called."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """By field: the value it has in JSON that is older than the field."""
    lacking: Mapping[str, Mapping[str, Mapping[str, None]]] = field(default_factory=dict)
    """By field: the shadows of versions in which it may be "absent", and of those in which it may be "null"."""
    nullable: frozenset[str] = frozenset()
    """The fields that were null in some version."""
    joints: Mapping[tuple[str, ...], KeptJoint] = field(default_factory=dict)
    """By the fields that a split or merge took away: the newest shadow of them."""

    def once(self, value: Value) -> Form | None:
        """The form that was as the newest one is, with others in between that do not hold all of it."""
        *before, newest = value.slot.forms
        if _any_of_objects(value.slot.forms) or all(f.crossing is None or f.crossing.exact for f in before):
            return None
        versions = self.again.get(value.field.identity, ())
        alike = [f for f in before if f.type == newest.type and f.version in versions]
        return alike[-1] if alike else None

    def shadow(self, value: Value, form: Form) -> tuple[str, str] | None:
        """The shadow of the last version that has a value in an older form; of objects there is none."""
        forms = value.slot.forms
        if _any_of_objects(forms):
            return None
        after = version_key(forms[forms.index(form) + 1].version)
        known = self.older.get(value.field.identity, {})
        covered = [v for v in known if version_key(form.version) <= version_key(v) < after]
        return known[max(covered, key=version_key)] if covered else None


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


def _any_of_objects(forms: tuple[Form, ...]) -> bool:
    return any(_of_objects(form.crossing) for form in forms)


def _of_objects(crossing: Conversion | None) -> bool:
    """Whether a form is a list of what the one before was one of, or the other way round, and that has a name."""
    steps = crossing.steps if isinstance(crossing, Coded) else ()
    return any(isinstance(step.codec, Structural) and step.codec.named for step in steps)


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


def as_older(value: Value, form: Form, read: str, among: list[tuple[str, Kept]]) -> str:
    """A value in an older form, as it is written along: word for word while its shadow stands."""
    forms = value.slot.forms
    steps = [downwards(newer.crossing) for newer in forms[forms.index(form) + 1 :]]

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


def shadow_table(record: str) -> str:
    """Where the getters of the shadows of a record inside others are."""
    return f"{snake(record).upper()}_SHADOWS"


def call(head: str, arguments: list[str]) -> list[str]:
    """A call, one argument a line."""
    return [f"{head}(", *(f"    {a}," for a in arguments), ")"] if arguments else [f"{head}()"]
