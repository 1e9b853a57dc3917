"""Bodies and answers that are put under a field of an object, or taken out of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ..contract.address import BodyAddress, ResponseAddress
from ..contract.message import Body, Response
from .answers import unwrappable
from .change_verb import ChangeSpec
from .point import fail

C = TypeVar("C", Body, Response)


def rewrapped(spec: ChangeSpec, at: BodyAddress | ResponseAddress, found: C) -> C | None:
    """A body or an answer put under a field, or taken out of one; None where `spec` says nothing of that."""
    key = next((k for k in ("wrap", "unwrap") if k in spec.stated()), None)
    if key is None:
        return None
    others = [k for k in ("wrap", "unwrap", "to", "status", "codec", "flag") if k in spec.stated() and k != key]
    if others:
        raise fail("SC312", f"`{others[0]}` says nothing beside `{key}`", spec.place(others[0]), "make two changes")
    word = getattr(spec, key)
    if key == "unwrap":
        if found.wrap != word:
            now = "does not stand under a field" if found.wrap is None else f"stands under `{found.wrap}`"
            raise fail("SC313", f"`{at}` {now}", spec.place(key), "`unwrap` names the field it stands under")
        return replace(found, wrap=None)
    problem = None if found.wrap is None else f"it stands under `{found.wrap}` already"
    problem = problem or ("it has no body" if not found.forms else None)
    problem = problem or unwrappable(found.media_type, bool(found.others), getattr(found, "page", False))
    if problem is not None:
        raise fail("SC313", f"`{at}` cannot stand under `{word}`: {problem}", spec.place(key))
    return replace(found, wrap=word)
