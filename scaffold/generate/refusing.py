"""The validators that refuse what a version sends and no codec reads."""

from __future__ import annotations

from collections.abc import Iterator

from ..convert.conversions import Coded, Conversion, Each, Picked, Then
from ..convert.innermost import coded
from ..convert.nodes import Group, Leaf, Node
from .coding import nested_each, readable
from .mentions import Names


def refusing(node: Node, identity: str, names: Names, deep: int = 0) -> tuple[tuple[str, ...], bool]:
    """The validators of the field called `identity`, whose values cross as `node` says, and whether they take whole
    values: else they are of single ones.

    `deep` is how many maps inside each other a partial update merges: null takes a key of one away (RFC 7396).
    """
    crossing, splits = _crossing(node, identity)
    found = None if crossing is None else coded(crossing)
    steps = (found.rest if isinstance(found, Then) else found) or Coded(())
    before = names.enum_map(found.first, "UP") if isinstance(found, Then) else ""
    splits = (*splits, *_picking(crossing))
    whole = bool(splits) or steps.whole
    return readable(steps, splits, before=before, deep=deep if whole else 0), whole


def _crossing(node: Node, identity: str) -> tuple[Conversion | None, tuple[str, ...]]:
    """How the values of a field cross, and the hook that splits them then."""
    if isinstance(node, Group):
        first = next(j for j in node.program.joints if identity in (f.identity for f in j.older))
        splits = (first.ways[0],) if first.hook and first.splits else ()
        return node.program.slots[identity].conversion, splits
    return (node.conversion if isinstance(node, Leaf) else None), ()


def _picking(conversion: Conversion | None) -> Iterator[str]:
    """The function that refuses a list of which no item can be picked."""
    levels: list[bool] = []
    while isinstance(conversion, Each):
        levels, conversion = [*levels, conversion.mapping], conversion.inner
    if isinstance(conversion, Picked) and conversion.refuses:
        way = f"list_codecs.{conversion.pick}"
        yield f"lambda value: {nested_each('value', tuple(levels), way)}" if levels else way
