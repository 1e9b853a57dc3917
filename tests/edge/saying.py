"""How a request says a version in each place: the columns of the reader matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .services import IDS


@dataclass
class Asked:
    """A request to be sent: its path, its headers, its query."""

    path: str = "/api/users"
    headers: list[tuple[str, str]] = field(default_factory=list)
    query: list[tuple[str, str]] = field(default_factory=list)


def say(asked: Asked, place: str, text: str) -> None:
    """Let `asked` say `text` in a place."""
    if place == "path":
        asked.path = f"/api/{text}/users"
    elif place == "header":
        asked.headers.append(("API-Version", text))
    elif place == "query":
        asked.query.append(("version", text))
    else:
        asked.headers.append(("Accept", f"application/vnd.shop+json; version={text.removeprefix('v')}"))


def accept(asked: Asked, value: str) -> None:
    """Let `asked` say an `Accept` as it stands."""
    asked.headers.append(("Accept", value))


NOTHING, MALFORMED = "nothing", "malformed"


@dataclass(frozen=True)
class Cell:
    """What a request says in one place, and what that means: versions, `?…` for one that there is not.

    `NOTHING` is said where it looks like no version, `MALFORMED` where it should be one.
    """

    name: str
    write: Callable[[Asked], None]
    means: tuple[str, ...]


def cells(place: str, scheme: str) -> Sequence[Cell]:
    """Everything that is said in a place, with what it means there."""
    retired, old, new = IDS[scheme]
    typed = (new,) if place == "media_type" else _odd(place)
    made = [
        Cell("missing", lambda asked: None, ()),
        Cell("named", lambda asked: say(asked, place, new), (new,)),
        Cell("another", lambda asked: say(asked, place, old), (old,)),
        Cell("retired", lambda asked: say(asked, place, retired), (retired,)),
        Cell("unknown", lambda asked: say(asked, place, "v9"), ("?9",)),
        Cell("a release", lambda asked: say(asked, place, "v3.1"), ("?3.1",)),
        Cell("malformed", lambda asked: say(asked, place, "latest"), _odd(place)),
        Cell("quoted", lambda asked: say(asked, place, _quoted(new)), typed),
        Cell(
            "weighted",
            lambda asked: _weighted(asked, place, old, new),
            typed,
        ),
    ]
    if place != "path":
        made += [
            Cell("empty", lambda asked: say(asked, place, ""), (MALFORMED,)),
            Cell("twice", lambda asked: (say(asked, place, new), say(asked, place, new))[0], (new,)),
            Cell("contradictory", lambda asked: (say(asked, place, new), say(asked, place, old))[0], (new, old)),
        ]
    if place == "header":
        made += [
            Cell("as a list", lambda asked: say(asked, place, f"{new}, {new}"), (new,)),
            Cell("a contradictory list", lambda asked: say(asked, place, f"{new},{old}"), (new, old)),
        ]
    if place == "media_type":
        made += list(_media_types(scheme))
    return [*made, *(_days(place) if scheme == "date" else ())]


def _quoted(text: str) -> str:
    return f'"{text.removeprefix("v")}"'


def _odd(place: str) -> tuple[str, ...]:
    """What looks like no version is a path like any; elsewhere it is a mistake."""
    return () if place == "path" else (MALFORMED,)


def _weighted(asked: Asked, place: str, old: str, new: str) -> None:
    if place != "media_type":
        say(asked, place, f"{new};q=0.5")
        return
    one, other = (f"application/vnd.shop+json;version={v.removeprefix('v')}" for v in (old, new))
    accept(asked, f"{one};q=0.2, text/html;q=0.9, {other};q=0.8")


def _days(place: str) -> Sequence[Cell]:
    """Days that are no version's id: in a path they are unknown, elsewhere the newest version before counts."""
    _, old, new = IDS["date"]
    between = ("?2025-12-24",) if place == "path" else (old,)
    today = ("?2026-09-01",) if place == "path" else (new,)
    none = ("?2026-02-30",) if place == "path" else (MALFORMED,)
    return [
        Cell("between", lambda asked: say(asked, place, "2025-12-24"), between),
        Cell("today", lambda asked: say(asked, place, "2026-09-01"), today),
        Cell("before the first", lambda asked: say(asked, place, "2025-01-14"), ("?2025-01-14",)),
        Cell("tomorrow", lambda asked: say(asked, place, "2026-09-02"), ("?2026-09-02",)),
        Cell(
            "no day",
            lambda asked: say(asked, place, "2026-02-30"),
            none,
        ),
    ]


def _media_types(scheme: str) -> Sequence[Cell]:
    _, old, new = IDS[scheme]
    kind, body = "application/vnd.shop+json", "Content-Type"
    oldest, older, newer = (f"{kind};version={version.removeprefix('v')}" for version in IDS[scheme])

    def accepting(name: str, value: str, *means: str) -> Cell:
        return Cell(name, lambda asked: accept(asked, value), means)

    return [
        accepting("vendor", f"application/vnd.shop.{new}+json", new),
        accepting("capitals", newer.replace("vnd.shop", "Vnd.Shop").replace("version", "Version"), new),
        accepting("vendor and parameter", f"application/vnd.shop.{new}+json;{newer.partition(';')[2]}", new),
        accepting("vendor against parameter", f"application/vnd.shop.{new}+json;{older.partition(';')[2]}", new, old),
        accepting("of equal weight", f"{newer};q=0.5, {older};q=0.50", new, old),
        accepting("one that is retired first", f"{oldest}, {older};q=0.1", old),
        accepting("one that is unknown first", f"{kind};version=9, {older};q=0.1", old),
        accepting("refused", f"{newer};q=0"),
        accepting("without a version", f"{kind}, */*;q=0.1"),
        accepting("anything", "*/*"),
        accepting("another's", "application/vnd.other.v9+json, application/json;version=9"),
        accepting("with a comma in quotes", f'text/plain;x="a,{kind};version=9", {newer}', new),
        accepting("a weight that is none", f"{newer};q=high", MALFORMED),
        accepting("a quote without an end", f'{kind};version="3', MALFORMED),
        Cell("a body", lambda asked: asked.headers.append((body, newer)), (new,)),
        Cell("a body of no version", lambda asked: asked.headers.append((body, f"{kind}; version=9")), ("!9",)),
        Cell("a body of JSON", lambda asked: asked.headers.append((body, "application/json; version=9")), ()),
    ]
