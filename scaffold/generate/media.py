"""Media types by name (RFC 9110, 8.3)."""

from __future__ import annotations


def kind_of(media_type: str) -> str:
    """A media type without its parameters, in small letters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(kind: str) -> bool:
    """Whether a media type is JSON, by its name or its suffix (RFC 6839)."""
    return kind in ("application/json", "text/json") or kind.endswith("+json")
