"""What documents say, in words, of what is deprecated: what stands in for it, and when it ends."""

from __future__ import annotations

from ..contract.changes.general import SUNSET, USE
from ..contract.types import Extra


def described(description: str | None, extra: Extra) -> str | None:
    """A description that says so too, once."""
    use, sunset = extra.get(USE), extra.get(SUNSET)
    words = [f"use `{use}` instead"] if isinstance(use, str) else []
    words += [f"it ends on {sunset}"] if isinstance(sunset, str) else []
    if not words:
        return description
    said = f"Deprecated: {', and '.join(words)}."
    if description is None:
        return said
    return description if said in description else f"{description}\n\n{said}"
