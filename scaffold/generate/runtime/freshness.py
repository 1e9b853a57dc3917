"""How long answers may be kept by caches: never beyond the instant at which their version stops answering."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from .stages import instant

Header = tuple[bytes, bytes]

_CONTROLS = frozenset({b"cache-control", b"cdn-cache-control"})
_FRESH = re.compile(rb'(?<![\w-])(max-age|s-maxage)(\s*=\s*"?)(\d+)', re.IGNORECASE)
_STALE = re.compile(rb'(?<![\w-])(stale-while-revalidate|stale-if-error)(\s*=\s*"?)(\d+)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Closing:
    """An instant at which answers end, and the same as an HTTP-date (RFC 9110, 5.6.7)."""

    at: datetime
    date: bytes

    @classmethod
    def of(cls, moment: datetime | None) -> "Closing | None":
        """The closing at `moment`, None where there is none."""
        return None if moment is None else cls(moment, http_date(moment))

    def cut(self, headers: list[Header], now: datetime) -> list[Header]:
        """The headers of an answer given at `now`, by which no cache keeps it beyond the closing.

        What is read is `Cache-Control` (RFC 9111, 5.2; RFC 5861; RFC 9213) and `Expires` (RFC 9111, 5.3); an answer
        that has neither is given back as it is.
        """
        if not any(name in _CONTROLS or name == b"expires" for name, _ in headers):
            return headers
        left = max(0, int((self.at - now).total_seconds()))
        return [(name, self._cut(name, value, left)) for name, value in headers]

    def _cut(self, name: bytes, value: bytes, left: int) -> bytes:
        if name in _CONTROLS:
            return _controlled(value, left)
        if name == b"expires":
            try:
                expires = parsedate_to_datetime(value.decode("latin-1"))
            except ValueError:  # no date: a cache takes the answer for stale, and so it may stay
                return value
            return self.date if expires.replace(tzinfo=expires.tzinfo or UTC) > self.at else value
        return value


def _controlled(value: bytes, left: int) -> bytes:
    """`Cache-Control` whose lifetimes are no longer than `left` seconds, those that go on stale included."""
    fresh = [min(_seconds(found[3]), left) for found in _FRESH.finditer(value)]
    value = _FRESH.sub(lambda found: _at_most(found, left), value)
    return _STALE.sub(lambda found: _at_most(found, left - max(fresh, default=0)), value)


def _at_most(found: re.Match[bytes], most: int) -> bytes:
    return b"%b%b%d" % (found[1], found[2], min(_seconds(found[3]), most))


def _seconds(digits: bytes) -> int:
    """RFC 9111, 1.2.2: more than 2147483648 is taken for that."""
    return 2**31 if len(digits) > 10 else min(int(digits), 2**31)


def http_date(moment: datetime) -> bytes:
    """An instant as HTTP writes it."""
    return format_datetime(instant(moment), usegmt=True).encode()


def until(one: Closing | None, others: Iterable[Closing | None]) -> Closing | None:
    """The earliest of those that are there."""
    return min((c for c in (one, *others) if c is not None), key=lambda c: c.at, default=None)
