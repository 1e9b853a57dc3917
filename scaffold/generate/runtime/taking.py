"""What a write takes of its payload: what is left out filled in, what may not change left alone, mistakes in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar

from pydantic import ValidationError

from .absent import ABSENT, Absent
from .aliases import at
from .kept import differs
from .problems import Invalid
from .shapes import Shape

T = TypeVar("T")
Q = ParamSpec("Q")


def together(names: Sequence[str], convert: Callable[[], T]) -> T:
    """What fields make that are converted together.

    Raises Invalid, at the first of their `names`, where they cannot be: it is the mistake of who sent them.
    """
    try:
        return convert()
    except ValueError as error:
        told = {"type": "value_error", "loc": ["body", names[0]], "msg": f"Value error, {error}"}
        raise Invalid([told]) from None


def inside(place: str | int, make: Callable[Q, T], *arguments: Q.args, **named: Q.kwargs) -> T:
    """What `make` makes of its arguments, which stand at `place`: where it raises Invalid, the errors say so."""
    try:
        return make(*arguments, **named)
    except Invalid as error:
        raise Invalid([{**e, "loc": (e["loc"][0], place, *e["loc"][1:])} for e in error.errors]) from None


def within(shape: Shape[Any], sent: T, seen: object, *names: str) -> T:
    """`sent`, which is of `shape` unless it is what its sender has `seen` there: that stays as it is.

    Raises Invalid, with the field's `names` from the outermost on, for anything else.
    """
    if sent is ABSENT or sent is None or not differs(sent, seen):
        return sent
    try:
        shape.take(sent)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise Invalid([{**e, "loc": ("body", *names, *e["loc"])} for e in found]) from None
    return sent


def unchanged(sent: object, seen: object, name: str) -> None:
    """Let pass what its sender has `seen` in a field that clients may not change any more, and no field at all.

    Raises Invalid, with the field `name`, for anything else.
    """
    if sent is not ABSENT and differs(sent, seen):
        said = "Clients may not change this any more"
        raise Invalid([{"loc": ("body", name), "msg": said, "type": "not_writable"}])


def given(value: T | Absent | None) -> T | None:
    """`value`, with nothing for what is absent."""
    return None if value is ABSENT else value


def cleared(value: T | None) -> T | Absent:
    """`value`, with null read as "take it away": what a partial update means by it (RFC 7396)."""
    return ABSENT if value is None else value


def filled(
    sent: Any,
    defaults: Mapping[str, Any],
    inside: Mapping[str, Callable[[Any], Any]] = {},
    names: Mapping[str, Sequence[str]] = {},
) -> Any:
    """An object that was `sent`, with what its version says where something was left out, also `inside` its fields.

    `names` are the other names of its values, each with where the value is.
    """
    made = {**defaults, **sent}
    for name, fill in inside.items():
        if made.get(name) is not None:
            made[name] = fill(made[name])
    for name, (*around, last) in names.items():
        held = at(made, around)
        if isinstance(held, dict) and last in held:
            made[name] = held[last]
    return made


def without(shown: Any, names: Sequence[str], inside: Mapping[str, Callable[[Any], Any]] = {}) -> Any:
    """An object that is `shown` without the fields called `names`, also `inside` its other fields."""
    made = {name: value for name, value in shown.items() if name not in names}
    for name, way in inside.items():
        if made.get(name) is not None:
            made[name] = way(made[name])
    return made


def plainly(value: Any, plain: Callable[[Any], Any]) -> Any:
    """`value` as JSON, by `plain`; what is absent or null stays so."""
    return value if value is ABSENT or value is None else plain(value)
