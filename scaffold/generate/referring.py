"""How a route looks up what a body refers to: the store, and what records call the other kinds of a key."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.naming import safe_name
from ..convert.identifiers import references, root
from ..convert.nodes import SideMap
from .converters import Converters
from .python import text


def refers(converters: Converters, mapping: SideMap) -> tuple[tuple[str, ...], bool]:
    """The fields of a body that refer to other rows, as expressions, and whether records hold other kinds of keys."""
    stated = list(_refers(converters, mapping))
    return tuple(stated), any("{" in s for s in stated)


def _refers(converters: Converters, mapping: SideMap) -> Iterator[str]:
    known = references(converters.history)
    for leaf in mapping.leaves():
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
        said = [text(leaf.field.name), text(safe_name(theirs.resource or "")), text(theirs.by_identity[key].attr)]
        if others:
            said.append(f"{{{', '.join(f'{text(k)}: {text(v)}' for k, v in others.items())}}}")
            said += ["nullable=True"] if f.nullable else []
        yield f"Refers({', '.join(said)})"
