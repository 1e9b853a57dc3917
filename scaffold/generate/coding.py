"""Expressions of codecs: a value's way through them, and the validators that refuse what they cannot read."""

from __future__ import annotations

from ..contract.types import MISSING, Json, Kind, ListOf, MapOf, Missing, Ref, Scalar, Type
from ..convert.codecs import AnyCodec, TableCodec
from ..convert.conversions import Coded
from .python import text, value_of


def each_item(value: str, mapping: bool, inner: object, only: str = "") -> str:
    """Every item of a list, or every value of a map, made by `inner`; `only` those that hold something so called."""
    made = inner("item")  # type: ignore[operator]  # a function from text to text
    kept = f" if {text(only)} in item" if only else ""
    if mapping:
        return f"{{key: {made} for key, item in {value}.items(){kept}}}"
    return f"[{made} for item in {value}{kept}]"


def encoded(coded: Coded, value: str, levels: tuple[bool, ...]) -> str:
    """`value`, `levels` deep in lists and maps, through the codecs to the newest form."""
    null = False
    for step in coded.steps:
        value = _through(step.codec, "up", value, levels, step.unread, null=null)
        null = null or step.unread is None
    return value


def decoded(coded: Coded, value: str, levels: tuple[bool, ...]) -> str:
    """`value`, `levels` deep in lists and maps, through the codecs back to the oldest form."""
    null = False
    for step in reversed(coded.steps):
        value = _through(step.codec, "down", value, levels, step.unshown, null=null)
        null = null or step.unshown is None
    return value


def ends_in_null(coded: Coded) -> bool:
    """Whether the way down may end in null, because a step says so where it fails."""
    return any(step.unshown is None for step in coded.steps)


SAME = ("as_int", "as_text")
"""Codecs that change nothing about a value."""


def _through(
    codec: AnyCodec, way: str, value: str, levels: tuple[bool, ...], otherwise: Json | Missing, *, null: bool
) -> str:
    """`value` through one codec; `otherwise` stands for all of it where that fails, `null`: it may be null."""
    name = codec.up if way == "up" else codec.down
    if name in SAME:
        return value
    called, deep = f"{codec.module}.{name}", (*levels, *codec.levels)
    if otherwise is MISSING and not null:
        return nested_each(value, deep, called)
    if deep:
        called = f"lambda value: {nested_each('value', deep, called)}"
    if otherwise is not MISSING:
        to = codec.newer if way == "up" else codec.older
        type_: Type = Scalar(to) if isinstance(to, Kind) else to
        for mapping in reversed(deep):
            type_ = MapOf(type_) if mapping else ListOf(type_)
        stated = value_of(otherwise, type_)
        if isinstance(codec, TableCodec) and isinstance(to, Ref) and otherwise is not None:
            # Where it is typed as a value of the enum.
            stated = f"meanings.{codec.table}_{'unread' if way == 'up' else 'unshown'}"
            stated = f"{'dict' if deep[0] else 'list'}({stated})" if deep else stated
        if not null:
            return f"coding.attempt({called}, {value}, {stated})"
        called = f"lambda value: coding.attempt({called}, value, {stated})"
    return f"coding.unless_null({called}, {value})"


def nested_each(value: str, levels: tuple[bool, ...], way: str) -> str:
    """The function `way` of what is inside `levels` lists and maps."""
    if not levels:
        return f"{way}({value})"
    return each_item(value, levels[0], lambda v: nested_each(v, levels[1:], way))


def readable(coded: Coded, more: tuple[str, ...] = (), *, before: str = "", deep: int = 0) -> tuple[str, ...]:
    """The validator that refuses what the way up, and `more` functions, cannot convert, as far as that is the caller's
    error; none where all can be. `before` is the table of an enum by which values go first; of maps `deep` inside each
    other keys may be null, which are not looked at.
    """
    strict = [n for n, step in enumerate(coded.steps) if step.strict]
    if not strict and not more:
        return ()
    steps = ["coding.keyed" if deep == 1 else f"lambda value: coding.keyed(value, {deep})"] if deep else []
    steps += [f"lambda value: {before}[value]"] if before else []
    for step in coded.steps if more else coded.steps[: strict[-1] + 1]:
        called = f"{step.codec.module}.{step.codec.up}"
        if step.codec.levels:
            called = f"lambda value: {nested_each('value', step.codec.levels, called)}"
        steps.append(f"coding.Lenient({called})" if step.codec.up_fails and not step.strict else called)
    return (f"AfterValidator(coding.readable({', '.join((*steps, *more))}))",)
