"""What an answer says to who used something deprecated below the version: headers made once, as bytes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from .freshness import Header
from .notices import Notice
from .stages import instant


class Uses:
    """The headers for each thing that is deprecated; `since` has by what it is called the day on which it was said.

    `Deprecation` (RFC 9745) is about the message: what was asked for in this way. So it stands on answers to who used
    such a thing, and on no others; of several the earliest day counts. There is no `Sunset`, since nothing stops
    answering, and nothing is added where the version or the operation has a `Deprecation` of its own.
    """

    def __init__(self, since: Mapping[str, date | datetime]) -> None:
        self._when = {what: int(instant(day).timestamp()) for what, day in since.items()}
        self._headers = {when: (b"deprecation", b"@%d" % when) for when in self._when.values()}

    def told(self, used: Iterable[str], notice: Notice, operation: str) -> list[Header]:
        """The headers of an answer of `operation` to who used these."""
        days = [self._when[what] for what in used if what in self._when]
        if not days or any(name == b"deprecation" for name, _ in notice.own.get(operation, notice.headers)):
            return []
        made: list[Header] = [self._headers[min(days)]]
        if notice.guides is not None and not notice.linked:
            before, after = notice.guides
            made.append((b"link", f"{before}#{operation.replace('_', '-')}{after}".encode("latin-1", "replace")))
        return made
