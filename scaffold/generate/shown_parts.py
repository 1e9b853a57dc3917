"""What of a record a version is shown whole, and how stored texts are read for it."""

from __future__ import annotations

from typing import Final

from ..contract.contract import Contract
from ..contract.held_back import headers_of
from ..contract.message import View
from ..contract.named_types import EnumType
from ..contract.types import MISSING, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..convert.conversions import NULL, Chosen, Picked, wrapped
from ..convert.innermost import innermost
from ..convert.joints import Joint, Slot
from ..convert.nodes import Group, Inline, Leaf, leaves_of
from .converters import marks_presence
from .expressions import Crossing
from .mentions import Names
from .python import snake
from .record_access import Place, place
from .sides import Side

ALWAYS: Final = "True"
"""The condition that always holds."""

PARSED = {
    Kind.DECIMAL: "Decimal",
    Kind.DATE: "date.fromisoformat",
    Kind.DATETIME: "datetime.fromisoformat",
    Kind.TIME: "time.fromisoformat",
    Kind.UUID: "UUID",
    Kind.BYTES: "bytes.fromhex",
    Kind.DURATION: "lambda seconds: timedelta(seconds=seconds)",
}
"""How the JSON of a shadow becomes a value again, for kinds that are not JSON."""


def member_type(names: Names, contract: Contract, slot: Slot) -> str:
    """The annotation of what a version has on the wire, or lacks, of a field that is converted with others."""
    plain = names.plain(contract, slot.field.type, View.OUTPUT)
    absent = " | Absent" if not slot.field.required and slot.none else ""
    return plain if plain == "Any" else plain + absent + " | None" * slot.field.nullable


def around_missing(group: Group) -> tuple[Leaf, ...]:
    """The ends that the record lacks only where an object around them is missing, if nothing stands for what they make.

    What the fields of the group are shown as is nothing then: neither is the object that they stand in. They may have
    left that object since: the record may lack then what was always there in it.
    """
    if all(j.may_lack or stands_for(group, j) for j in group.program.joints):
        return ()
    lacking = (leaf for leaf in group.ends if leaf.shown_absent is MISSING)
    return tuple(leaf for leaf in lacking if (around(leaf) if leaf.target.required else leaf.field.field.required))


def around(leaf: Leaf) -> bool:
    """Whether an object around what the record has may be missing."""
    return any(not s.required or s.nullable for s in leaf.record[:-1])


def stands_for(group: Group, joint: Joint) -> bool:
    """Whether it is stated what all that the joint makes is, where the object around what it takes is missing."""
    slots = [group.program.slots[f.identity] for f in joint.older]
    return any(around(leaf) for leaf in group.ends) and all(slot.shown_none is not MISSING for slot in slots)


def shown_together(names: Names, contract: Contract, group: Group) -> str:
    """The annotation of what a version is shown of fields that are converted together: a list of several."""
    if len(group.program.members) > 1:
        return "list[Any]"
    (member,) = group.program.members
    made = member_type(names, contract, group.program.slots[member])
    return f"{made} | None" if around_missing(group) and not made.endswith("None") and made != "Any" else made


def complete(node: Inline) -> str:
    """The condition that the record has what an object in parts cannot be without, or any of it if it needs nothing:
    also the object itself, where the record has one in its place for nothing else. `ALWAYS` where there is none.
    """
    needed = list(dict.fromkeys(c for leaf in _needed(node) for c in place("record", leaf.record).present))
    if needed:
        return " and ".join(needed)
    there = [place("record", leaf.record).present for leaf in leaves_of(node.children)]
    there += [_is_there(place("record", node.record))] if node.record is not None and node.alone else []
    if not all(there) or not there:
        return ALWAYS
    return " or ".join(f"({' and '.join(c)})" for c in dict.fromkeys(there))


def _is_there(at: Place) -> tuple[str, ...]:
    """The conditions that an object is there, and not null."""
    return (*at.present, f"{at.access} is not None") if at.nullable else at.present


def _needed(node: Inline) -> list[Leaf]:
    """The leaves without which the object cannot be shown."""
    found: list[Leaf] = []
    for child in node.children:
        if isinstance(child, Inline):
            found += [] if marks_presence(child) else _needed(child)
        elif isinstance(child, Group):
            found += child.ends if any(f.required for f in child.fields) else ()
        elif child.field.required and child.shown_absent is MISSING:
            found.append(child)
    return found


def stored_parts(base: str, node: Inline) -> str:
    """A list of all that the record called `base` keeps of an object in parts."""
    return f"[{', '.join(place(base, leaf.record).or_absent for leaf in leaves_of(node.children))}]"


def known_names(names: Names, contract: Contract, leaf: Leaf, view: View) -> str:
    """The constant with the names of all fields of the object whose rest `leaf` is."""
    type_, _ = contract.fields_by_identity[leaf.field.field.identity]
    shape = names.converters.shapes.of[Side(contract.version, type_.identity, view)]
    return f"{names.constant(shape)}_NAMES"


def kept_in_shape(names: Names, cross: Crossing, leaf: Leaf, view: View = View.OUTPUT) -> str | None:
    """The reader and writer by which a shadow of one of several types is kept as the wire has it; None for others."""
    if not isinstance(innermost(leaf.conversion), Chosen | Picked):
        return None
    inner = innermost_type(leaf.field.type)
    shapes, contract = names.converters.shapes, cross.contract
    if isinstance(inner, UnionOf) and not wrapped(inner.variants):
        inner = next((v for v in inner.variants if v != NULL), NULL)
    elif isinstance(inner, UnionOf):
        return names.constant(shapes.union(contract, inner, view))
    if isinstance(inner, Ref) and not isinstance(contract.types[inner.name], EnumType):
        return names.constant(shapes.object(contract, inner.name, view))
    return None


def innermost_type(type_: Type) -> Type:
    """What lists and maps hold at last."""
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return type_


def plainly(type_: Type, value: str, shape: str, filled: str | None = None) -> str:
    """`value` of `type_` as JSON, where `shape` writes what its lists and maps hold, after it was `filled`."""
    way = f"{shape}.plain" if filled is None else f"lambda one: {shape}.plain(({filled})(one))"
    return f"plainly({value}, {_every(type_, way)})"


def restored(type_: Type, shape: str, completed: str | None = None) -> str:
    """The function that makes a value of `type_` of JSON again, after it was `completed`."""
    way = f"{shape}.restored" if completed is None else f"lambda one: {shape}.restored(({completed})(one))"
    return _every(type_, way)


def _every(type_: Type, way: str) -> str:
    """The function that does to a list or map what `way` does to its values."""
    match type_:
        case ListOf(items=inner):
            return f"lambda value: [({_every(inner, way)})(item) for item in value]"
        case MapOf(values=inner):
            return f"lambda value: {{key: ({_every(inner, way)})(item) for key, item in value.items()}}"
        case _:
            return way


def reader_of(type_: Type, names: Names, contract: Contract) -> str | None:
    """How the JSON of a shadow becomes a value of the wire again; None where it is one already.

    What is held back is not read for callers who do not ask for it: they are shown what is stored.
    """
    match type_:
        case Scalar(kind=kind):
            return PARSED.get(kind)
        case Ref(name) if isinstance(enum := contract.types.get(name), EnumType) and headers_of(enum):
            shape = names.converters.shapes.enum(contract, name)
            return f"{names.check(snake(shape.name).upper(), names.shape(shape))}.take"
        case ListOf(items=inner) | MapOf(values=inner):
            item = reader_of(inner, names, contract)
            if item is None:
                return None
            if isinstance(type_, MapOf):
                return f"lambda value: {{key: ({item})(item) for key, item in value.items()}}"
            return f"lambda value: [({item})(item) for item in value]"
        case _:
            return None
