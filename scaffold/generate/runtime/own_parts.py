"""What was sent, with the parts that its sender is shown beside it and cannot send: those that the server sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

Way: TypeAlias = Callable[[Any, Any], Any]
"""Makes JSON that was sent whole, by what is seen of it."""


def with_seen(sent: Any, seen: Any, names: Sequence[str], inside: Mapping[str, Way] | None = None) -> Any:
    """An object with the fields called `names` as they are seen; those in `inside` are made whole each by its way."""
    if not isinstance(sent, dict) or not isinstance(seen, dict):
        return sent
    made = {key: value for key, value in sent.items() if key not in names}
    made |= {name: seen[name] for name in names if name in seen}
    ways = inside or {}
    return made | {name: ways[name](made[name], seen[name]) for name in ways if name in made and name in seen}


def each_with_seen(sent: Any, seen: Any, way: Way) -> Any:
    """The items of a list, or the values of a map, each made whole by `way`."""
    if isinstance(sent, list) and isinstance(seen, list) and len(sent) == len(seen):
        return [way(one, other) for one, other in zip(sent, seen, strict=True)]
    if isinstance(sent, dict) and isinstance(seen, dict):
        return {key: way(one, seen[key]) if key in seen else one for key, one in sent.items()}
    return sent


def told_with_seen(sent: Any, seen: Any, told_by: str, ways: Mapping[str, Way]) -> Any:
    """One of several objects that the field `told_by` tells apart, made whole where the same one is seen."""
    if not isinstance(sent, dict) or not isinstance(seen, dict) or sent.get(told_by) != seen.get(told_by):
        return sent
    way = ways.get(sent.get(told_by, ""))
    return sent if way is None else way(sent, seen)


def variant_with_seen(sent: Any, seen: Any, ways: Sequence[Way]) -> Any:
    """One of several types that nothing tells apart, made whole where it is what is seen but for that."""
    return seen if any(way(sent, seen) == seen for way in ways) else sent


__all__ = ["each_with_seen", "told_with_seen", "variant_with_seen", "with_seen"]
