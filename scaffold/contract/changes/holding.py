"""What may hold a value of an enum back, and what becomes of that when other values go."""

from __future__ import annotations

import re
from dataclasses import replace

from ..named_types import EnumType, EnumValue
from .base import refuse

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TAKEN = frozenset(
    {"accept", "accept-encoding", "accept-language", "api-version", "authorization", "connection", "content-encoding"}
    | {"content-length", "content-type", "cookie", "host", "if-match", "if-none-match", "idempotency-key", "origin"}
    | {"prefer", "referer", "te", "transfer-encoding", "upgrade", "user-agent", "x-client-id", "x-request-id"}
)


def header_fault(name: str) -> str | None:
    """Why a header called `name` cannot ask for values; None where it can (RFC 9110, 5.1)."""
    if not _TOKEN.fullmatch(name):
        return "is no name of a header"
    return "says something else already" if name.lower() in _TAKEN else None


def left_without(
    enum: EnumType, gone: tuple[EnumValue, ...], left: tuple[EnumValue, ...], heir: EnumValue | None
) -> tuple[EnumValue, ...]:
    """`left`, the values without those that are `gone`: what was shown as one of these is shown as `heir`.

    Raises ScaffoldError (SC341) where there is none, or none that everybody sees.
    """
    lost = {v.identity for v in gone}
    made = []
    for value in left:
        if value.opt_in is not None and value.opt_in.shown in lost:
            if heir is None or heir.opt_in is not None:
                shown = next(v.value for v in gone if v.identity == value.opt_in.shown)
                raise refuse(
                    "SC341",
                    f"`{enum.name}.{value.value}` is held back, and others are shown `{shown}` for it, which goes",
                    "say what they are shown from then on: `old_sends: VALUE`",
                )
            value = replace(value, opt_in=replace(value.opt_in, shown=heir.identity))
        made.append(value)
    return tuple(made)
