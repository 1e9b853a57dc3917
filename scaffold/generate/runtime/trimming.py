"""JSON in columns without what only a version needs that was dropped: members, and words that were kept for it.

What goes is told as data. An object has a name, and `GONE` of it the paths of keys that go, the shadows that go, and
where others stand in it. The shape of a value is `("object", name)`, `("list", shape)`, `("map", shape)`, or
`("words", {word: shape})` where one of several types stands under the word for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Shape = tuple[str, Any]
Path = tuple[str, ...]


@dataclass(frozen=True)
class Gone:
    """What goes of an object, and where objects of which something goes stand in it."""

    keys: tuple[Path, ...] = ()
    shadows: tuple[str, ...] = ()
    inside: Mapping[Path, Shape] = field(default_factory=dict)


def trimmed(value: Any, shape: Shape, gone: Mapping[str, Gone]) -> Any:
    """`value` without what goes; the one that is given stays as it is."""
    made = deepcopy(value)
    for found, what in _objects(made, shape, gone):
        for path in what.keys:
            _take(found, path)
        for shadow in what.shadows:
            _take(found, ("kept", shadow))
    return made


def grown(value: Any, was: Any, shape: Shape, gone: Mapping[str, Gone]) -> Any:
    """`value` with what went of it, as far as it can be told where it was: `was` is what it went from."""
    if trimmed(was, shape, gone) == value:
        return was
    kind, inner = shape
    match kind, value, was:
        case "object", dict(), dict():
            return _grown_object(value, was, gone.get(inner, Gone()), gone)
        case "list", list(), list():
            return _grown_list(value, was, inner, gone)
        case "map", dict(), dict():
            return {k: grown(v, was[k], inner, gone) if k in was else v for k, v in value.items()}
        case "words", dict(), dict():
            told = value.keys() & was.keys() & inner.keys()
            return {k: grown(v, was[k], inner[k], gone) if k in told else v for k, v in value.items()}
        case _:
            return value


def _objects(value: Any, shape: Shape, gone: Mapping[str, Gone]) -> Iterator[tuple[dict[str, Any], Gone]]:
    """The objects in `value` of which something goes, inner ones first."""
    kind, inner = shape
    match kind, value:
        case "object", dict():
            what = gone.get(inner, Gone())
            for path, below in what.inside.items():
                yield from _objects(_at(value, path), below, gone)
            yield value, what
        case "list", list():
            for item in value:
                yield from _objects(item, inner, gone)
        case "map", dict():
            for item in value.values():
                yield from _objects(item, inner, gone)
        case "words", dict():
            for word in value.keys() & inner.keys():
                yield from _objects(value[word], inner[word], gone)
        case _:
            return


def _grown_object(value: dict[str, Any], was: dict[str, Any], what: Gone, gone: Mapping[str, Gone]) -> dict[str, Any]:
    made = deepcopy(value)
    for path, below in what.inside.items():
        now, then = _at(made, path), _at(was, path)
        if now is not None and then is not None:
            _put(made, path, grown(now, then, below, gone))
    for path in (*what.keys, *(("kept", shadow) for shadow in what.shadows)):
        then = _at(was, path)
        if then is not None and _at(made, path) is None:
            _put(made, path, then)
    return made


def _grown_list(value: list[Any], was: list[Any], inner: Shape, gone: Mapping[str, Gone]) -> list[Any]:
    """Items that are what they were, wherever they stand now; others by their place, where none came or went."""
    left = [(item, trimmed(item, inner, gone)) for item in was]
    made = []
    for number, item in enumerate(value):
        same = next((pair for pair in left if pair[1] == item), None)
        if same is not None:
            left.remove(same)
            made.append(same[0])
        else:
            made.append(grown(item, was[number], inner, gone) if len(value) == len(was) else item)
    return made


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _put(value: dict[str, Any], path: Path, new: Any) -> None:
    for key in path[:-1]:
        inner = value.setdefault(key, {})
        if not isinstance(inner, dict):
            return
        value = inner
    value[path[-1]] = new


def _take(value: Any, path: Path) -> None:
    """Take out what stands at `path`, and what holds nothing without it."""
    first, rest = path[0], path[1:]
    if not isinstance(value, dict) or first not in value:
        return
    if rest:
        _take(value[first], rest)
    if not rest or value[first] == {}:
        del value[first]


__all__ = ["Gone", "Shape", "grown", "trimmed"]
