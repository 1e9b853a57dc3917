"""Finds the version of a request: what its readers say, put together, and what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

from starlette.types import Scope

from .calendar import Almanac
from .readers import VERSION_LIKE, Asking, InPath, Malformed, Reader, Said
from .stages import Stage
from .ways import Place, Way

_NUMBER = re.compile(r"v?(0|[1-9]\d{0,5})(\.\d{1,6}){0,2}|next")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DOCUMENTS = frozenset({"/openapi.json"})
"""What is found below the path of its version, wherever requests name theirs: people follow a link there."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why no version answers: what kind of problem it is, in words, with its status."""

    kind: Literal["unspecified", "invalid", "ambiguous", "unsupported"]
    detail: str
    status: int = 400
    members: Mapping[str, Any] = field(default_factory=dict)
    accept: str | None = None


@dataclass(slots=True)
class Located:
    """Where a request is, and the version it names.

    `path` is what follows `prefix`, which has the version where the `way` of its address is the path, and `suffix` is
    what has it in the query. `in_path` says that this very path names it; `below`, that the path is one of a
    version's, whichever it is; `varies`, that headers were read; `refused`, that no version answers. `speaks` is the
    version in whose words it is answered, also where anything is wrong. `typed` makes the Content-Type that was asked
    for, and `accept` is what is accepted then, as the application reads it.
    """

    path: str
    prefix: str = ""
    suffix: str = ""
    way: Way = Way.BESIDE
    asked: str | None = None
    version: str | None = None
    in_path: bool = False
    below: bool = False
    varies: bool = False
    refused: bool = False
    trouble: Trouble | None = None
    speaks: str | None = None
    typed: Callable[[str], bytes] | None = None
    accept: bytes | None = None

    def address(self, path: str) -> str:
        """The address of a path of the same version, named in the same way."""
        return f"{self.prefix}{path}{self.suffix}"


class Locator:
    """Finds the version of each request, by `readers` in order of precedence.

    `bases` has the path below which each version is, `places` where it is in each way. Versions are numbers, or, with
    `dates`, days: then a day between two versions means the newest that is not after it. `own` are the paths of
    routes that carry no version wherever they are.
    """

    def __init__(
        self,
        readers: Sequence[Reader],
        bases: Mapping[str, str],
        places: Mapping[str, Mapping[Way, Place]],
        *,
        dates: bool = False,
        own: Iterable[str] = (),
    ) -> None:
        self.readers = readers
        self.vary = ", ".join(dict.fromkeys(name for reader in readers for name in reader.vary))
        self._bases, self._places = bases, places
        self._own = frozenset(own)
        self._own_starts = tuple({path.partition("{")[0] for path in self._own if "{" in path})
        self._in_path = any(reader.way is Way.PATH for reader in readers)
        self._path_alone = all(isinstance(reader, InPath) for reader in readers)
        self._starts: dict[str, set[str]] = {}
        for id, base in bases.items():
            self._starts.setdefault(f"{base}/", set()).add(id)
        self._days = sorted(id for id in bases if _DATE.fullmatch(id)) if dates else []
        self._known = {id: id for id in bases} | {id[1:]: id for id in bases if id[:1] == "v" and _NUMBER.fullmatch(id)}
        self._newest = list(bases)[-1] if bases else "v1"
        self._typed = [reader.example(id)[8:] for reader in readers for id in bases if "Accept" in reader.vary]

    def find(self, scope: Scope, path: str, moment: datetime, almanac: Almanac) -> Located:
        """Where the request to `path` is, at `moment`."""
        if path in self._own or (self._own_starts and path.startswith(self._own_starts)):
            return Located(path)
        start, segment = self._segment(path)
        if start is None:
            return Located(path)
        if not self._in_path and segment is not None:
            document = path[len(start) + len(segment) :] in DOCUMENTS
            if document and self.readers and segment in self._starts[start]:
                return self._at(path, segment, segment, Way.PATH, f"{start}{segment}")
            segment = None
        if self._path_alone:
            return self._by_segment(path, start, segment, almanac)
        return self._by_readers(scope, path, start, segment, moment, almanac)

    def _segment(self, path: str) -> tuple[str | None, str | None]:
        """The base path that `path` is below, with a slash, and the segment that looks like a version."""
        below = None
        for start, versions in self._starts.items():
            if path.startswith(start):
                segment = path[len(start) :].partition("/")[0]
                if segment in versions or VERSION_LIKE.fullmatch(segment):
                    return start, segment
                below = start
            elif path == start[:-1]:
                below = start
        return below, None

    def _by_segment(self, path: str, start: str, segment: str | None, almanac: Almanac) -> Located:
        if segment is None:
            return Located(path, below=True, trouble=self._unspecified(almanac))
        found = self._at(path, segment, None, Way.PATH, f"{start}{segment}")
        if segment in self._starts[start]:
            found.version = found.speaks = segment
        else:
            found.trouble = self._unsupported([Said(segment, None, 404)], None)
        return found

    def _by_readers(
        self, scope: Scope, path: str, start: str, segment: str | None, moment: datetime, almanac: Almanac
    ) -> Located:
        today: list[str] = []

        def meaning(text: str) -> str | None:
            if text not in self._known and not today:
                today.append(moment.astimezone(UTC).date().isoformat())
            return self._meaning(text, today[0] if today else "")

        def served(id: str) -> bool:
            return almanac.notices[id].stage is not Stage.RETIRED

        asking = Asking(scope, segment, meaning, served)
        said: list[Said] = []
        trouble, way = None, Way.BESIDE
        for reader in self.readers:
            try:
                found = reader.read(asking)
            except Malformed as error:
                trouble = trouble or self._invalid(str(error), almanac)
                continue
            said += found
            if found and reader.way is not Way.BESIDE and way is not Way.PATH:
                way = reader.way
        speaks = next((s.version for s in said if s.version is not None), None)
        named = {s.version or f"?{s.text.removeprefix('v')}": s.text for s in said}
        if trouble is None and not said:
            trouble = self._unspecified(almanac)
        elif trouble is None and len(named) > 1:
            trouble = self._ambiguous(list(named.values()))
        elif trouble is None and speaks is None:
            trouble = self._unsupported(said, today[0] if today else None)
        asked = said[0].text if said else None
        if trouble is not None:
            made = Located(path, way=way, asked=asked, below=True, varies=True, trouble=trouble, speaks=speaks)
            made.in_path = way is Way.PATH
        else:
            assert speaks is not None  # it is the one that was named
            place, base = self._places[speaks][way], self._bases[speaks]
            if way is Way.PATH and segment is not None:
                made = self._at(path, asked, speaks, way, f"{start}{segment}")
            elif path == base or path.startswith(f"{base}/"):
                made = self._at(path, asked, speaks, way, base, place.suffix)
            else:
                return Located(path)  # it is below the path of another version
            made.varies = True
        made.typed = asking.content_type
        made.accept = asking.accept
        return made

    def _at(
        self, path: str, asked: str | None, version: str | None, way: Way, prefix: str, suffix: str = ""
    ) -> Located:
        return Located(path[len(prefix) :], prefix, suffix, way, asked, version, way is Way.PATH, True, speaks=version)

    def _meaning(self, text: str, today: str) -> str | None:
        """The version that `text` means, None where there is none. Raises Malformed for what could be none."""
        found = self._known.get(text)
        if found is not None:
            return found
        if _DATE.fullmatch(text):
            try:
                date.fromisoformat(text)
            except ValueError:
                raise Malformed(text) from None
            before = [day for day in self._days if day <= text] if text <= today else []
            return before[-1] if before else None
        if not _NUMBER.fullmatch(text):
            raise Malformed(text)
        return None

    def _unspecified(self, almanac: Almanac) -> Trouble:
        return Trouble("unspecified", f"This request names no version: say {self._how(almanac)}.")

    def _invalid(self, text: str, almanac: Almanac) -> Trouble:
        shown = text[:64]
        return Trouble("invalid", f"{shown!r} is no version: say {self._how(almanac)}.", members={"requested": shown})

    def _how(self, almanac: Almanac) -> str:
        """How a request names a version: the newest of those that are on offer."""
        newest = almanac.supported[-1] if almanac.supported else self._newest
        return " or ".join(f"`{reader.example(newest)}`" for reader in self.readers)

    def _ambiguous(self, texts: Sequence[str]) -> Trouble:
        shown = [text[:64] for text in texts[:8]]
        return Trouble("ambiguous", f"This request names {' and '.join(shown)}: say one.", members={"named": shown})

    def _unsupported(self, said: Sequence[Said], today: str | None) -> Trouble:
        text, status = said[0].text, said[0].status
        detail = f"There is no version {text}."
        if status != 404 and today is not None and self._days and _DATE.fullmatch(text):  # a day in a path is itself
            after = text > today
            detail = f"{text} is after today, {today} (UTC)." if after else f"The first version is {self._days[0]}."
        accept = ", ".join(self._typed) if status == 415 else None
        return Trouble("unsupported", detail, status, {"requested": text}, accept)


__all__ = ["DOCUMENTS", "Located", "Locator", "Trouble"]
