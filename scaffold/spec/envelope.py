"""Envelopes: what stands around the items of a list."""

from __future__ import annotations

from collections.abc import Mapping

from ..contract.contract import Envelope
from ..contract.types import Json
from ..diagnostics import Span
from .findings import Findings
from .scalar_values import untyped
from .scalars import Raw

PLACEHOLDERS = ("$items", "$total", "$limit", "$offset", "$page", "$pages", "$next", "$version")


def read_envelope(raw: object, span: Span | None, findings: Findings) -> Envelope | None:
    """The envelope written as a JSON template, or `none`; None, with a finding, when it is none."""
    if isinstance(raw, Raw) and (raw.null or raw == "none"):
        return Envelope()
    template_ = untyped(raw)
    if not isinstance(template_, Mapping):
        findings.add(
            "SC229", "an envelope is a mapping or `none`", span, "write `{data: $items, meta: {total: $total}}`"
        )
        return None
    words = list(template_words(template_))
    unknown = [w for w in words if w.startswith("$") and w not in PLACEHOLDERS]
    if unknown:
        findings.add(
            "SC229",
            f"`{unknown[0]}` means nothing in an envelope",
            span,
            f"one of {', '.join(f'`{p}`' for p in PLACEHOLDERS)}",
        )
        return None
    if words.count("$items") != 1:
        findings.add(
            "SC229", "an envelope holds `$items` exactly once", span, "write `{data: $items, meta: {total: $total}}`"
        )
        return None
    if _in_list(template_):
        findings.add("SC229", "`$items` cannot stand inside a list", span, "put it under a key: `{data: $items}`")
        return None
    return Envelope(dict(template_))


def template_words(value: Json) -> list[str]:
    """Every text in an envelope: its places begin with a dollar sign."""
    if isinstance(value, Mapping):
        return [w for v in value.values() for w in template_words(v)]
    if isinstance(value, list):
        return [w for v in value for w in template_words(v)]
    return [value] if isinstance(value, str) else []


def _in_list(value: Json, inside: bool = False) -> bool:
    if isinstance(value, Mapping):
        return any(_in_list(v, inside) for v in value.values())
    if isinstance(value, list):
        return any(_in_list(v, True) for v in value)
    return inside and value == "$items"
