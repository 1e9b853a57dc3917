"""What callers of a version call the unique places of a record: so they are told which value is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..convert.nodes import Inline, Leaf, Node, SideMap
from ..convert.records import Record


def own_names(mapping: SideMap) -> dict[str, str]:
    """By the path of each unique value in the record: the path of it in what the version is shown."""
    return dict(_named(mapping.nodes, ""))


def _named(nodes: Iterable[Node], around: str) -> Iterable[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, Inline):
            yield from _named(node.children, f"{around}{node.field.name}.")
        elif isinstance(node, Leaf) and node.target.field.unique:
            yield ".".join(step.attr for step in node.record), f"{around}{node.field.name}"


def unique_places(record: Record, names: Mapping[str, str]) -> set[str]:
    """The paths of a record whose values are unique, those that a version does not know included."""
    return {f.attr for f in record.fields if f.field.unique and not f.field.key} | names.keys()
