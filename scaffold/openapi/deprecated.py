"""What documents say, in words, of what is deprecated: what stands in for it, and when it ends."""

from __future__ import annotations

from ..contract.changes.general import SUNSET
from ..contract.instead import USE
from ..contract.named_types import EnumType
from ..contract.types import Extra

ENUM_DEPRECATED = "x-enum-deprecated"
"""The keyword that lists the values of an enum which are deprecated: OpenAPI marks a schema as a whole alone."""


def described(description: str | None, extra: Extra) -> str | None:
    """A description that says so too, once."""
    words = _words(extra)
    if not words:
        return description
    said = f"Deprecated: {words}."
    if description is None:
        return said
    return description if said in description else f"{description}\n\n{said}"


def deprecated_values(enum: EnumType) -> list[str]:
    """The values of an enum that are deprecated."""
    return [v.value for v in enum.values if v.deprecated]


def with_values(description: str | None, enum: EnumType) -> str | None:
    """The description of an enum, which names once each value that is deprecated, with what to use and until when."""
    lines = [] if description is None else [description]
    for value in enum.values:
        said = f"Deprecated value `{value.value}`"
        if value.deprecated and said not in (description or ""):
            words = _words(value.extra)
            lines.append(f"{said}{f': {words}' if words else ''}.")
    return "\n\n".join(lines) or None


def _words(extra: Extra) -> str:
    """What is to be used, and until when."""
    use, sunset = extra.get(USE), extra.get(SUNSET)
    words = [f"use `{use}` instead"] if isinstance(use, str) else []
    words += [f"it ends on {sunset}"] if isinstance(sunset, str) else []
    return ", and ".join(words)
