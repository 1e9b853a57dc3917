"""What may stand in any change, and in several verbs."""

from __future__ import annotations

from pydantic import Field, WithJsonSchema

from .model import Model
from .scalars import Prose, Share


class ChangeBase(Model):
    """What may stand in any change."""

    why: Prose | None = None
    note: Prose | None = None
    guessed: Share | None = Field(None, description="How sure an import was of it, between 0 and 1.")


class WaiverSpec(Model):
    """Who lets a change refuse what an older version promised to take, and why."""

    name: Prose
    reason: Prose


WITH = "How fields are converted together: `words`, `lines`, `comma`, or a hook, `conversions.split_name`."


def addresses(value: object) -> object:
    """A single address as a list of one."""
    return [value] if isinstance(value, str) else value


AnyAddresses = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})
"""How an address, or a list of them, is described to editors."""
