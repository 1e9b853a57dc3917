"""How a route looks up what a body refers to: the store, and what records call the other kinds of a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from ..contract.message import View
from ..contract.naming import safe_name
from ..contract.types import MISSING, Json, Kind, Scalar
from ..convert.identifiers import references, root
from ..convert.nodes import Group, Inline, Leaf, Node, SideMap
from .converters import Converters
from .python import text


def refers(converters: Converters, mapping: SideMap) -> tuple[tuple[str, ...], bool]:
    """The fields of a body that refer to other rows, as expressions, and whether records hold other kinds of keys."""
    stated = list(_refers(converters, mapping))
    return tuple(stated), any("{" in s for s in stated)


def _refers(converters: Converters, mapping: SideMap) -> Iterator[str]:
    known = references(converters.history)
    for leaf, name in _named(mapping.nodes):
        f = leaf.field.field
        if f.refers is None:
            continue
        target, key = known[f.identity]
        theirs = converters.records.objects[target]
        others = {
            own.attr: theirs.by_identity[known[own.identity][1]].attr
            for own in mapping.record.fields
            if own.identity != f.identity and root(own.identity) == root(f.identity)
        }
        if not name and not others:
            continue  # what a function made of other fields is looked up by what stores the record
        said = [text(name), text(safe_name(theirs.resource or "")), text(theirs.by_identity[key].attr)]
        if others:
            said.append(f"{{{', '.join(f'{text(k)}: {text(v)}' for k, v in others.items())}}}")
            said += ["nullable=True"] if f.nullable else []
        shown = dict.fromkeys(map(str, _stand_ins(leaf))) if mapping.view is not View.CREATE else {}
        if shown:
            said.append(f"shown=({', '.join(map(text, shown))},)")
        yield f"Refers({', '.join(said)})"


def _named(nodes: Iterable[Node]) -> Iterator[tuple[Leaf, str]]:
    """Every leaf, and the name that the version sends it by: none for what is made of fields that are sent together."""
    for node in nodes:
        match node:
            case Leaf():
                yield node, node.field.name
            case Inline(children=children):
                yield from _named(children)
            case Group(ends=ends, fields=fields):
                names = {f.field.identity: f.name for f in fields}
                yield from ((leaf, names.get(leaf.field.field.identity, "")) for leaf in ends)


def _stand_ins(leaf: Leaf) -> Iterator[Json]:
    """What clients are shown where there is no key."""
    uuid = isinstance(leaf.field.type, Scalar) and leaf.field.type.kind is Kind.UUID
    for value in (leaf.shown_absent, leaf.shown_outside, leaf.shown_null):
        if value is not MISSING and value is not None:
            yield str(UUID(value)) if uuid else value
