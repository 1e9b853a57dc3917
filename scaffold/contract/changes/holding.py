"""Values of an enum that are held back: by what, how that begins and ends, and what becomes of it when others go."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..address import MemberAddress
from ..contract import Contract
from ..named_types import EnumType, EnumValue, OptIn
from ..types import MISSING, UNDECIDED, Json, Missing, Undecided
from .base import Change, listing, need_value, refuse

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


def held(enum: EnumType, value: str, header: str, seen: Json | Missing | Undecided) -> OptIn:
    """What holds `value` back: callers of `enum` who do not send `header` are shown `seen` for it.

    Raises ScaffoldError: SC340 where the header cannot ask, SC341 for a value that not everybody is shown, SC342 where
    nothing is decided, SC310 where `seen` is no value.
    """
    others = [v for v in enum.values if v.opt_in is None and v.value != value]
    choices = f"one of {listing(v.value for v in others)}" if others else "keep one value that everybody is shown"
    fault = header_fault(header)
    if fault is not None:
        raise refuse("SC340", f"`opt_in: {header}` {fault}", "name a header of your own, `X-Preview-Values`")
    if seen is UNDECIDED:
        raise refuse("SC342", f"callers who do not send `{header}` are shown something already", choices)
    shown = enum.value(seen) if isinstance(seen, str) else None
    if isinstance(seen, str) and shown is None:
        raise refuse("SC310", f"`old_sees: {seen}` is no value of `{enum.name}` before this change", choices)
    if shown is not None and shown not in others:
        raise refuse("SC341", f"`old_sees: {shown.value}` is held back itself", choices)
    return OptIn(header, None if shown is None else shown.identity)


@dataclass(frozen=True, kw_only=True)
class ChangeEnumValue(Change):
    """A value of an enum is held back from here on, by `opt_in`, the name of a header; None: by nothing any more.

    What callers who do not send the header are shown for it is `old_sees`, or what they were shown before.
    """

    at: MemberAddress
    opt_in: str | None
    old_sees: Json | Missing | Undecided = MISSING

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        enum, value = need_value(contract, self.at)
        if self.opt_in is None and value.opt_in is None:
            raise refuse("SC351", f"`{self.at}` is not held back: everybody is shown it", "leave the change out")
        after = None if self.opt_in is None else self._held(enum, value, self.opt_in)
        if after == value.opt_in:
            raise refuse("SC351", f"`{self.at}` is held back in this way already", "leave the change out")
        values = tuple(replace(v, opt_in=after) if v is value else v for v in enum.values)
        return contract.with_type(replace(enum, values=values))

    def inverse(self, before: Contract) -> Change:
        enum, value = need_value(before, self.at)
        shown = None if value.opt_in is None or value.opt_in.shown is None else enum.by_identity(value.opt_in.shown)
        header = None if value.opt_in is None else value.opt_in.header
        return ChangeEnumValue(at=self.at, opt_in=header, old_sees=MISSING if shown is None else shown.value)

    def sentence(self) -> str:
        if self.opt_in is None:
            return f"Showed value `{self.at.name}` of `{self.at.type}` to everybody."
        return f"Held value `{self.at.name}` of `{self.at.type}` back, for callers who send `{self.opt_in}`."

    def _held(self, enum: EnumType, value: EnumValue, header: str) -> OptIn:
        stands_for = next((v for v in enum.values if v.opt_in is not None and v.opt_in.shown == value.identity), None)
        if stands_for is not None:
            raise refuse(
                "SC341",
                f"`{enum.name}.{stands_for.value}` is held back, and others are shown `{value.value}` for it",
                f"hold `{value.value}` back after that one is shown to everybody",
            )
        made = held(enum, value.value, header, self.old_sees)
        if self.old_sees is MISSING and value.opt_in is not None:
            return replace(made, shown=value.opt_in.shown)
        return made
