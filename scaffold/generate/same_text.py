"""What a converter does, whichever version it is of: equal where the same text would be said_of_node."""

from __future__ import annotations

from collections.abc import Hashable

from ..contract.message import View
from ..contract.views import added_by_release
from ..convert.conversions import Boxed, Chosen, Coded, Conversion, Each, Listed, Mapped, Nested, Picked, Then, Unboxed
from ..convert.nodes import Again, Computed, Fill, Group, Inline, Leaf, Node, SideMap
from .sides import Side


def said(conversion: Conversion) -> Hashable:
    """What a conversion does, whichever version it is of: equal where the same text would be said_of_node."""
    match conversion:
        case Mapped():
            tables = (tuple(conversion.up.items()), tuple(conversion.down.items()))
            return (conversion.enum, conversion.open, conversion.other, conversion.held, *tables)
        case Each(inner, mapping):
            return ("each", mapping, said(inner))
        case Nested(record):
            return ("nested", record)
        case Then(first, rest):
            return ("then", said(first), said(rest))
        case Listed(inner, last, fails, unshown):
            return ("listed", said(inner), last, fails, repr(unshown))
        case Picked(inner, pick, fails, unread):
            return ("picked", said(inner), pick, fails, repr(unread))
        case Boxed(name, inner):
            return ("boxed", name, said(inner))
        case Unboxed(record, held, inner):
            return ("unboxed", record, held, said(inner))
        case Coded():
            return repr(conversion)
        case Chosen():
            ways = (conversion.up, conversion.down)
            made = tuple(
                tuple(None if w is None else (w.to, said(w.conversion), repr(w.stated), w.hidden) for w in side)
                for side in ways
            )
            union = conversion.union
            told = None if union is None else (union.exclusive, repr(union.discriminator))
            return ("chosen", told, tuple(map(repr, conversion.here)), tuple(map(repr, conversion.record)), made)
        case _:
            return "same"


def said_of_group(group: Group) -> Hashable:
    """What the functions of a group do, whichever version it is of."""
    slots = group.program.slots
    steps = tuple((i, said(s.conversion), repr((s.stored_none, s.shown_none, s.field))) for i, s in slots.items())
    joints = tuple((j.ways, repr(j.unreadable)) for j in group.program.joints)
    return (group.program.members, steps, joints, tuple(_leaf(end) for end in group.ends))


def said_of_node(node: Node, side: Side) -> Hashable:
    """What a node of a converter for `side` does, whichever version it is of."""
    if isinstance(node, Group):
        late = tuple(added_by_release(f.field, side.version) and side.view is View.REPLACE for f in node.fields)
        sent = tuple((f.name, f.required, f.nullable, repr(f.default)) for f in node.fields)
        unsent = tuple(repr(s.unsent) for s in node.program.slots.values())
        return (node.shadow, tuple(node.beside.items()), late, sent, unsent, said_of_group(node))
    added = side.view is View.REPLACE and added_by_release(node.field.field, side.version)
    if isinstance(node, Inline):
        children = tuple(said_of_node(c, side) for c in node.children)
        sends = (node.alone, repr((node.stored_absent, node.stored_null)))
        return (node.field.name, node.beside, node.shadow, added, children, _again(node.again), sends)
    return (*_leaf(node), added)


def _leaf(leaf: Leaf) -> tuple[Hashable, ...]:
    shown = (leaf.shown_absent, leaf.shown_outside, leaf.shown_null)
    helped = (*shown, leaf.stored_absent, leaf.stored_null, leaf.field.field.default)
    path = tuple((f.identity, f.attr, f.required, f.nullable) for f in leaf.record)
    shadow = leaf.shadow if leaf.shadowed else None
    field, names = leaf.field.field, (leaf.field.name, *leaf.beside)
    tolerance = (repr(field.loose), repr(field.check), repr(field.cut), leaf.field.late)
    return (names, path, _crossing(leaf), shadow, leaf.as_seen, repr(helped), *tolerance)


def _crossing(leaf: Leaf) -> Hashable:
    return said(leaf.conversion)


def said_beside(mapping: SideMap) -> Hashable:
    """What a mapping does besides what it is sent."""
    return (
        tuple(_fill(f) for f in mapping.fills),
        tuple(_leaf(leaf) for leaf in mapping.fixed),
        tuple(map(_made, mapping.computed)),
        _again(mapping.again),
    )


def _again(fields: tuple[Again, ...]) -> Hashable:
    return tuple((a.field.name, a.required, tuple((f.name, f.required, f.nullable) for f in a.path)) for a in fields)


def _made(made: Computed) -> Hashable:
    return (made.field.name, made.beside, made.hook, made.field.nullable, said(made.conversion))


def _fill(fill: Fill) -> Hashable:
    return (tuple(f.identity for f in fill.record), repr(fill.value))
