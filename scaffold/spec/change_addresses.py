"""What every change of the spec does first: read its address, and refuse keys that say nothing there."""

from __future__ import annotations

from typing import Any

from ..contract.address import Address, MemberAddress, parse_address
from ..contract.named_types import NamedType
from ..diagnostics import ScaffoldError, Span, did_you_mean
from .change_base import ChangeBase
from .nodes import MapNode
from .point import Point, fail

ALWAYS = ("why", "note", "guessed")
"""Keys that may stand in every change."""


def said(spec: ChangeBase) -> dict[str, Any]:
    return {"why": spec.why, "note": spec.note, "guessed": spec.guessed}


def only(spec: ChangeBase, verb: str, kind: str, allowed: tuple[str, ...]) -> None:
    """Refuse the keys that say nothing about this kind of thing."""
    wrong = [key for key in spec.stated() if key not in (*allowed, verb, *ALWAYS)]
    if "openapi" not in allowed:
        wrong += spec.marked
    if wrong:
        key = min(wrong, key=lambda k: (spec.place(k).line, spec.place(k).column))
        raise fail("SC312", f"`{key}` says nothing about {kind}", _key_place(spec, key), did_you_mean(key, allowed))


def _key_place(spec: ChangeBase, key: str) -> Span:
    node = spec.node.entries.get(key) if isinstance(spec.node, MapNode) else None
    return node.key.span if node is not None and node.key is not None else spec.place(key)


def read_address(text: str, span: Span) -> Address:
    try:
        return parse_address(text)
    except ScaffoldError as error:
        raise ScaffoldError(d.at(span) for d in error.diagnostics) from None


def holder(address: Address, point: Point) -> NamedType | None:
    return point.contract.types.get(address.type) if isinstance(address, MemberAddress) else None


def enum_value(address: MemberAddress, span: Span) -> MemberAddress:
    if len(address.path) != 1:
        raise fail("SC301", f"`{address}` leads into an enum", span, "a value is written `Status.draft`")
    return address
