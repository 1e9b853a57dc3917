"""Paths that handlers write into headers as the newest version has them: each caller reads those of its own version."""

import re
from collections.abc import Callable, Iterable, Mapping

from .calendar import Calendar
from .context import Context
from .successors import Successors

HEADERS = ("location", "content-location", "link")
"""The headers that lead to other operations (RFC 9110, 10.2.2 and 8.7; RFC 8288)."""

_TARGET = re.compile(r"<([^>]*)>")
_NAMED = re.compile(r"{[^}]*}")
_BEYOND = re.compile(r"[?#]")


class Links:
    """Leads paths of the newest version to those of the caller's.

    `calendar` knows where the versions are, newest last; `paths` gives the paths of the operations of one, `moved` has,
    for each, where it has what is elsewhere in the newest, and None for what it names by another kind of key. A path
    that is no operation of the newest version is left alone; one that the caller's version does not have leads to the
    newest.
    """

    def __init__(
        self,
        calendar: Calendar,
        paths: Callable[[str], Iterable[str]],
        moved: Mapping[str, Mapping[str, str | None]],
    ) -> None:
        self._newest = calendar.versions[-1].id
        self._places = calendar.ways[self._newest]
        self._place = calendar.places[self._newest]
        self._paths = paths
        self._moved = {id: Successors(table) for id, table in moved.items()}
        self._known: dict[str, re.Pattern[str]] = {}

    def here(self, header: str, value: str, found: Context) -> str:
        """The value of a header as the caller of `found` reads it."""
        if header == "link":
            return _TARGET.sub(lambda target: f"<{self._led(target[1], found)}>", value)
        return self._led(value, found)

    def _led(self, target: str, found: Context) -> str:
        mine = None if found.notice is None else found.notice.version.id
        if mine is None or not target.startswith("/"):
            return target
        cut = _BEYOND.search(target)
        path, beyond = (target, "") if cut is None else (target[: cut.start()], target[cut.start() :])
        path = path.removeprefix(found.root).removeprefix(self._place)
        if not self._has(self._newest, path):
            return target
        moved = self._moved[mine].follow("GET", path)
        if moved is not None and self._has(mine, moved):
            return _with(f"{found.prefix}{moved}", found.at.suffix, beyond)
        newest = self._places[found.at.way]
        return _with(f"{found.root}{newest.prefix}{path}", newest.suffix, beyond)

    def _has(self, version: str, path: str) -> bool:
        if version not in self._known:
            patterns = sorted({"[^/]+".join(map(re.escape, _NAMED.split(p))) for p in self._paths(version)})
            self._known[version] = re.compile("|".join(patterns) or "(?!)")
        return self._known[version].fullmatch(path) is not None


def _with(path: str, suffix: str, beyond: str) -> str:
    """A path with the version in its query, where addresses have it there, and with what stood behind it."""
    if suffix and beyond.startswith("?"):
        return f"{path}{suffix}&{beyond[1:]}"
    return f"{path}{suffix}{beyond}"


__all__ = ["HEADERS", "Links"]
