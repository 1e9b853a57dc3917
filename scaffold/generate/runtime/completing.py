"""What was kept word for word, with the defaults and the other names that a release added since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from .aliases import settled
from .shapes import Shape
from .taking import filled


def completed(
    held: Any,
    defaults: Mapping[str, Any],
    inside: Mapping[str, Callable[[Any], Any]],
    names: Mapping[str, tuple[str, ...]],
) -> Any:
    """An object that was kept word for word, `filled` with what its version says by now.

    It may have a value under another one of its `names`: the one that was the only name then.
    """
    return filled(settled(held, names), defaults, inside, names)


def completed_variant(shape: Shape[Any], held: Any, ways: Mapping[str, Callable[[Any], Any]]) -> Any:
    """JSON of one of several types, `held` before there was all that `shape` has now, as its own way makes it whole.

    Where no word in it says which it is, it is what it can be made.
    """
    reader = shape.one  # with it the type is known, too
    of: Any = shape.type
    if isinstance(held, dict) and of.told_by in held:
        way = ways.get(of.words.get(held[of.told_by], ""))
        return held if way is None else way(held)
    for complete in (lambda value: value, *ways.values()):
        try:
            made = complete(held)
            reader.validate_python(made, strict=True)
        except (ValidationError, TypeError, AttributeError):
            continue
        return made
    return held


__all__ = ["completed", "completed_variant"]
