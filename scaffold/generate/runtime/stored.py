"""How a record stands in rows and in JSON: what is absent, what is null, and the marks that tell them apart."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from .absent import ABSENT
from .kept import Kept, form, image, written

NULL = "~null"
"""In `kept`: the attributes that are null, among those whose column is NULL when they are absent."""
HERE = "~here"
"""In `kept`: the objects that are there though nothing inside them has a value."""
INSIDE = "~inside"
"""In `kept`: what the objects keep that a move made, by their marks."""
GONE = "~gone"
"""In a JSON object that also holds parts of others: it is absent ("absent") or null ("null") itself."""


def filled(value: Any, null: bool = False) -> Any:
    """What a column holds for an optional attribute: NULL is absent, unless it is marked as `null`."""
    if value is None or value is ABSENT:
        return None if null else ABSENT
    return value


def or_null(value: Any) -> Any:
    """An attribute as its column holds it: NULL where it is absent."""
    return None if value is ABSENT else value


def maybe(value: Any, convert: Callable[[Any], Any]) -> Any:
    """`convert(value)`; null and absent stay what they are."""
    return value if value is None or value is ABSENT else convert(value)


def newest(value: Any, older: Any, convert: Callable[[Any], Any], along: Callable[[Any], Any] | None = None) -> Any:
    """The value in its newest form.

    Where only its `older` form is stored, that one converted; also where that one is not what is written
    `along` with the value: then an older program wrote after the newest did.
    """
    if value is ABSENT:
        return maybe(older, convert)
    if along is not None and some(older) and not same(older, along(value)):
        return convert(older)
    return value


def regained(once: Any, value: Any, convert: Callable[[Any], Any], otherwise: Any) -> Any:
    """What was stored `once` in the form that is the newest again, while it converts to `value`; else `otherwise`."""
    return once if some(once) and same(older(once, convert), value) else otherwise


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same word for word; instants are so whatever their offset."""
    if isinstance(one, Decimal | list | dict):
        return image(one) == image(other)
    return bool(one == other)


def older(value: Any, convert: Callable[[Any], Any]) -> Any:
    """The value in an older form, written along for older programs; null where it has none."""
    try:
        return maybe(value, convert)
    except (ValueError, OverflowError):
        return None


def part(data: Any, *keys: str) -> Any:
    """What JSON `data` holds at `keys`, absent where it does not go that far."""
    for key in keys:
        if not isinstance(data, dict) or key not in data:
            return ABSENT
        data = data[key]
    return data


def some(*values: Any) -> bool:
    """Whether any of `values` is there."""
    return any(value is not None and value is not ABSENT for value in values)


def opened(value: Any) -> Any:
    """The JSON of an object that may also hold parts of others: absent or null where it says so itself."""
    gone = part(value, GONE)
    if gone is ABSENT:
        return value
    return None if gone == "null" else ABSENT


def present(values: dict[str, Any]) -> dict[str, Any]:
    """`values` without those that are absent."""
    return {key: value for key, value in values.items() if value is not ABSENT}


def gone(value: Any) -> Any:
    """The mark of an object that is not there, beside the parts of others in its JSON."""
    if value is None:
        return "null"
    return "absent" if value is ABSENT else ABSENT


def parts(values: dict[str, Any]) -> Any:
    """JSON put together from several attributes; absent where there are none of them."""
    found = present(values)
    return ABSENT if set(found) <= {GONE} and found.get(GONE) != "null" else found


def marked(
    kept: Kept,
    null: Mapping[str, object] | None = None,
    here: Mapping[str, Iterable[object] | None] | None = None,
    inside: Mapping[str, Kept] | None = None,
) -> dict[str, Any]:
    """The column `kept`: what a record keeps, and the marks.

    `null` are the attributes to be marked if they are null; `here` the objects, each with what it holds, or
    None where it is not there; `inside` what objects keep that have no JSON of their own.
    """
    found = dict(kept)
    held = {name: inner for name, inner in (inside or {}).items() if inner}
    if held:
        found[INSIDE] = held
    names = [name for name, value in (null or {}).items() if value is None]
    empty = [name for name, values in (here or {}).items() if values is not None and not some(*values)]
    if names:
        found[NULL] = names
    if empty:
        found[HERE] = empty
    return found


def shadows(kept: Mapping[str, Any]) -> Kept:
    """What a record keeps, from the column of that name: all but the marks."""
    return {key: value for key, value in kept.items() if key not in (NULL, HERE, INSIDE)}


def within(kept: Mapping[str, Any], mark: str) -> Kept:
    """What an object keeps that has no JSON of its own."""
    return dict(kept.get(INSIDE, {}).get(mark, {}))


def standing(kept: Kept, getters: Mapping[str, Callable[[Any], object]], record: object) -> Kept:
    """What is kept of `record`, without the shadows whose value has changed since, as far as its form can say."""
    return {key: value for key, value in kept.items() if key not in getters or _stands(value, getters[key](record))}


def _stands(shadow: Mapping[str, Any], stored: object) -> bool:
    return bool(shadow["image"] == image(stored)) or shadow.get("form") not in (None, form(stored))


def remember(kept: Kept, key: str, word: Any, value: Any, shown: Any) -> None:
    """Keep the `word` that is stored for an older version, where that would be `shown` another for `value`."""
    if some(word) and not same(word, shown):
        kept[key] = {"written": image(word), "image": image(value)}


def converted(way: Callable[..., Any], values: Sequence[Any], made: int, *, lacks: bool = False) -> list[Any]:
    """What fields become that are converted together, `made` of them; where all may be missing, nothing of nothing."""
    held = [or_null(value) for value in values]
    if lacks and not some(*held):
        return [None] * made
    found = way(*held)
    return list(found) if made > 1 else [found]


def along(
    kept: Kept,
    key: str,
    values: Sequence[Any],
    way: Callable[..., Any],
    made: int,
    *,
    lacks: bool = False,
    read: Callable[[Any], Any] | None = None,
    order: Sequence[int] = (),
) -> list[Any]:
    """What older programs read of fields that `values` stand for now: what was kept word for word while that stands.

    Where it was kept in another `order`, that gives the place of each.
    """
    try:
        shown = converted(way, values, made, lacks=lacks)
    except (ValueError, OverflowError):
        shown = [None] * made
    placed = [shown[place] for place in order] or shown
    found: Any = written(kept, key, list(values), placed if made > 1 else placed[0], read)
    if order:
        return [found[order.index(place)] for place in range(made)]
    return list(found) if made > 1 else [found]


def rejoined(
    newer: list[Any],
    older: list[Any],
    up: Callable[[list[Any]], list[Any]],
    along: Callable[[list[Any]], list[Any]],
    *,
    needed: Sequence[int] = (),
    optional: Sequence[int] = (),
    keeping: Sequence[tuple[Kept, str] | tuple[Kept, str, Sequence[int]]] = (),
) -> list[Any]:
    """Fields that others became by a split or a merge.

    They are made of the `older` ones where no newer program has written them yet, so that those `needed` are not
    there, or where an older one wrote last, so that `older` is not what is written `along`. What an older program
    wrote is kept word for word, under the keys, and in the order, that those who show it are `keeping`. Where those
    needed are there and nothing older is, a program wrote them that knows no older.
    """
    there = all(or_null(newer[place]) is not None for place in needed)
    if there and ((needed and not some(*older)) or _as_one(older, along(newer))):
        return newer
    made = [ABSENT if value is None and place in optional else value for place, value in enumerate(up(older))]
    if keeping and not _as_one(older, along(made)):
        for kept, key, *order in keeping:
            words = [older[place] for place in order[0]] if order else older
            kept[key] = {"written": image(words if len(words) > 1 else words[0]), "image": image(made)}
    return made


def _as_one(older: Sequence[Any], along: Sequence[Any]) -> bool:
    return all(same(or_null(one), or_null(other)) for one, other in zip(older, along, strict=True))


def lacking(kept: Kept, key: str, stored: Any, filled: Any) -> Any:
    """What a record has, `filled`, for what is `stored` as nothing or null; `key` keeps what that was shown as."""
    shadow = kept.get(key)
    words = shadow["written"] if shadow is not None and shadow["image"] == image(stored) else image(stored)
    kept[key] = {"written": words, "image": image(filled)}
    return filled


def inherit(
    kept: Kept,
    key: str,
    stored: Any,
    words: Mapping[str, str],
    loaded: Mapping[str, Any],
    others: Mapping[str, str] | None = None,
) -> None:
    """Keep a value that is stored though it was removed, in the `words` of the version that still has it.

    Lists and maps may hold such values beside `others`.
    """
    if _holds(stored, words):
        kept[key] = {"written": [_said(stored, {**(others or {}), **words})], "image": [_said(stored, loaded)]}


def _holds(stored: Any, words: Mapping[str, str]) -> bool:
    if isinstance(stored, list | dict):
        return any(_holds(item, words) for item in (stored.values() if isinstance(stored, dict) else stored))
    return stored in words


def _said(stored: Any, words: Mapping[str, Any]) -> Any:
    if isinstance(stored, list):
        return [_said(item, words) for item in stored]
    if isinstance(stored, dict):
        return {key: _said(item, words) for key, item in stored.items()}
    return words.get(stored, stored)


def time_to_text(value: time) -> str:
    """A time of day as ISO 8601 writes it, its offset kept."""
    return value.isoformat()


def text_to_time(text: str) -> time:
    """The time of day in `text`."""
    return time.fromisoformat(text)


def duration_to_int(value: timedelta) -> int:
    """A length of time in microseconds."""
    return value // timedelta(microseconds=1)


def int_to_duration(value: int) -> timedelta:
    """The length of time of so many microseconds."""
    return timedelta(microseconds=value)


def bytes_to_text(value: bytes) -> str:
    """Bytes in base64."""
    return base64.b64encode(value).decode("ascii")


def text_to_bytes(text: str) -> bytes:
    """The bytes in base64 text."""
    return base64.b64decode(text)


def seconds(value: float) -> timedelta:
    """The length of time that a shadow holds as seconds."""
    return timedelta(seconds=value)
