"""Fields that an object keeps without knowing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .absent import ABSENT, Absent
from .kept import differs
from .problems import Invalid

T = TypeVar("T")


def unknown(payload: Any, names: frozenset[str]) -> Any:
    """What a payload holds beside the fields called `names`; ABSENT where that is nothing."""
    return {key: value for key, value in payload.items() if key not in names} or ABSENT


def beside(shown: Any, rest: Any, names: frozenset[str]) -> None:
    """Show what an object keeps without knowing it, except under the names of its own fields."""
    shown.update({key: value for key, value in rest.items() if key not in names})


def patched(rest: dict[str, T] | Absent, payload: Any, names: frozenset[str]) -> dict[str, T] | Absent:
    """Unknown fields after a partial update (RFC 7396): null takes one away."""
    sent = unknown(payload, names) or {}
    made = {**(rest or {}), **sent}
    return {key: value for key, value in made.items() if value is not None or key not in sent} or ABSENT


def still(seen: Any, sent: Any, names: frozenset[str]) -> Any:
    """The unknown fields that are `sent`, and those of the ones `seen` that have the `names` of the sender's own.

    It was not shown those, so leaving them out takes none of them away.
    """
    return {**(sent or {}), **{key: value for key, value in (seen or {}).items() if key in names}} or ABSENT


def unsent(rest: Mapping[str, Any] | Absent, payload: Any, names: frozenset[str]) -> frozenset[str]:
    """The names of unknown fields that a partial update leaves alone."""
    return frozenset(rest or ()) - frozenset(payload) | names


def restored(
    made: dict[str, T] | Absent, rest: Mapping[str, T] | Absent, names: frozenset[str]
) -> dict[str, T] | Absent:
    """The unknown fields that a write `made`, those of some `names` as the record has them."""
    if made is ABSENT or rest is ABSENT:
        return made
    return {key: rest[key] if key in names and key in rest else value for key, value in made.items()}


def none_new(sent: Any, seen: Any) -> None:
    """Let pass unknown fields that their sender has `seen` as they are. Raises Invalid, with the names of others."""
    known = seen or {}
    new = [key for key, value in (sent or {}).items() if key not in known or differs(value, known[key])]
    if new:
        said = "Extra inputs are not permitted"
        raise Invalid([{"loc": ("body", key), "msg": said, "type": "extra_forbidden"} for key in new])
