"""How a route looks up what a body refers to: the store, and what records call the other kinds of a key."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from ..contract.message import View
from ..contract.naming import safe_name
from ..contract.types import MISSING, Json, Kind, Scalar
from ..convert.identifiers import references, root
from ..convert.nodes import Leaf, SideMap
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
        shown = dict.fromkeys(map(str, _stand_ins(leaf))) if mapping.view is not View.CREATE else {}
        if shown:
            said.append(f"shown=({', '.join(map(text, shown))},)")
        yield f"Refers({', '.join(said)})"


def _stand_ins(leaf: Leaf) -> Iterator[Json]:
    """What clients are shown where there is no key."""
    uuid = isinstance(leaf.field.type, Scalar) and leaf.field.type.kind is Kind.UUID
    for value in (leaf.shown_absent, leaf.shown_outside, leaf.shown_null):
        if value is not MISSING and value is not None:
            yield str(UUID(value)) if uuid else value
