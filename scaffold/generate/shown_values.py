"""What a version is shown for one field, as an expression, and which fields have a small function for it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..contract.naming import safe_name
from ..contract.types import (
    MISSING,
    Json,
    Kind,
    Scalar,
    Type,
)
from ..convert.nodes import Group, Inline, Leaf, Node
from .converters import Converter, marks_presence
from .expressions import Crossing
from .python import value_of
from .record_access import Place


def shown(cross: Crossing, leaf: Leaf, at: Place) -> tuple[str, bool]:
    """The expression of what a version is shown for `leaf`, and whether it may be ABSENT."""
    value = cut(cross.down(leaf.conversion, at.access), leaf)
    type_ = leaf.field.type
    if at.nullable:
        if leaf.field.nullable:
            if value != at.access:
                value = f"{value} if {at.access} is not None else None"
        elif leaf.shown_null is not MISSING:
            value = f"{value} if {at.access} is not None else {cross.literal(leaf.shown_null, type_)}"
    if not at.present:
        return value, False
    condition = " and ".join(at.present)
    if leaf.shown_absent is not MISSING:
        absent = cross.literal(leaf.shown_absent, type_)
        if leaf.shown_outside is not MISSING and at.parents:
            absent = f"{absent} if {' and '.join(at.parents)} else {cross.literal(leaf.shown_outside, type_)}"
        return f"({value}) if {condition} else {absent}", False
    if leaf.left_out and at.parents:
        outside = cross.literal(leaf.shown_outside, type_)
        return f"({value}) if {condition} else ABSENT if {' and '.join(at.parents)} else {outside}", True
    return f"({value}) if {condition} else ABSENT", True


def cut(value: str, leaf: Leaf) -> str:
    """`value` within the bounds that the version promises, where records may go beyond them."""
    return within(value, dict(leaf.field.field.cut), leaf.field.type)


def within(value: str, bounds: dict[str, Json], type_: Type) -> str:
    """`value`, an expression of `type_`, cut to `bounds`."""
    most = bounds.get("max_length", bounds.get("max_items"))
    if most is not None:
        value = f"{value}[:{most}]"
    for name, bound in _inclusive(bounds, type_):
        value = f"{'max' if name == 'ge' else 'min'}({value}, {value_of(bound, type_)})"
    return value


def _inclusive(bounds: dict[str, Json], type_: Type) -> Iterator[tuple[str, Json]]:
    """The bounds of a number as the least and the most that it may be."""
    whole = isinstance(type_, Scalar) and type_.kind is Kind.INT
    for name, bound in bounds.items():
        if name in ("ge", "le"):
            yield name, (math.ceil(bound) if name == "ge" else math.floor(bound)) if whole else bound
        elif name in ("gt", "lt"):
            up = name == "gt"
            nearest = (math.floor(bound) + 1 if up else math.ceil(bound) - 1) if whole else None
            yield (
                "ge" if up else "le",
                math.nextafter(bound, math.inf if up else -math.inf) if nearest is None else nearest,
            )


def complex_(leaf: Leaf) -> bool:
    """Whether a leaf takes more than an expression: what is shown decides what is stored."""
    return leaf.shadowed or leaf.as_seen


def helper_names(converter: Converter) -> dict[object, str]:
    """The small functions beside a showing converter, by the place in the record that each looks at.

    There is one for each field whose shown value decides something, and one for each object that is put together.
    """
    found: dict[object, str] = {}
    taken: set[str] = set()

    def walk(nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, Group):
                named = "_".join(safe_name(f.name) for f in node.fields).lower() if node.shown else ""
            elif isinstance(node, Inline):
                named = safe_name(node.field.name).lower() if marks_presence(node) else ""
            else:
                named = safe_name(node.field.name).lower() if complex_(node) else ""
            if not named:
                if isinstance(node, Inline):
                    walk(node.children)
                continue
            name = f"_{named}_{converter.name}"
            if name in taken and isinstance(node, Leaf):
                name = f"_{'_'.join(step.attr for step in node.record)}_{converter.name}".lower()
            while name in taken:
                name += "_"
            taken.add(name)
            found[node.record if isinstance(node, Leaf) else node.shadow] = name
            if isinstance(node, Inline):
                walk(node.children)

    walk(converter.mapping.nodes)
    return found
