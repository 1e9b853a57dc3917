"""What kind of type is written in a place, and which keys say nothing about it."""

from __future__ import annotations

from typing import Any

from ..diagnostics import Span
from .scope import Scope
from .shapes import TYPES, Typed


def kinds_of(spec: Typed) -> list[str]:
    """The keys that say what type it is; those that only say more of `type` are not among them."""
    stated = spec.stated()
    found = [k for k in (*TYPES, "ref") if k in stated and (k == "const" or getattr(spec, k) is not None)]
    if spec.type in ("list", "map") and found in (["type", "items"], ["type", "values"]):
        return found[1:]
    return ["type"] if found in (["type", "enum"], ["type", "const"]) else found


def says_type(spec: Typed) -> bool:
    """Whether `spec` says a type at all."""
    return bool(kinds_of(spec))


def type_place(spec: Any) -> Span:
    """Where the type that `spec` says is written."""
    found: Span = next((spec.place(k) for k in ("to", *TYPES, "ref") if k in spec.stated()), spec.key_place())
    return found


_IDLE = {
    "unknown": ("fields", "fields that it does not know"),
    "rest": ("fields", "fields that it does not know"),
    "open": ("enum", "values of an enum"),
}


def refuse_idle(spec: Typed, kind: str, at: str, scope: Scope, *, named: bool) -> None:
    """SC210 for keys that say nothing about a type of this kind."""
    for key in spec.stated() & {*_IDLE, "name", "discriminator", "tags"}:
        if getattr(spec, key) is None:
            continue
        if key == "name":
            idle, why = named or kind not in ("enum", "fields"), "only a type that is written in its place has one"
        elif key in _IDLE:
            needed, about = _IDLE[key]
            idle, why = kind != needed, f"it speaks of {about}"
        else:
            idle, why = kind in ("enum", "fields"), "it speaks of a union"
        if idle:
            what = f"an {kind}" if kind == "enum" else at
            scope.findings.add("SC210", f"`{key}` says nothing about {what}", spec.place(key), f"leave it out: {why}")
