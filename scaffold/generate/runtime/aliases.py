"""Values with several names: a request may send any of them, and one is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from .absent import ABSENT
from .kept import differs
from .problems import AliasConflict

C = TypeVar("C", bound=type)
T = TypeVar("T")

Path = tuple[str, ...]
"""The names that lead to a value, from the object around it."""


def named(aliases: Mapping[str, Path], *needed: Path) -> Callable[[C], C]:
    """For a TypedDict whose values have other names: what is read has each under its own, where they agree.

    Of the names of a value that is `needed` one must be sent.
    """

    def settle(value: Any) -> Any:
        made = dict(value)
        for name, path in aliases.items():
            if name in made and (at(made, path) is ABSENT or not differs(at(made, path), made[name])):
                made = put(made, path, made.pop(name))
        names = [p for path in needed if at(made, path) is ABSENT for p in (path, *_others(aliases, path))]
        if names:
            missing = [InitErrorDetails(type="missing", loc=path, input=value) for path in names]
            raise ValidationError.from_exception_data("names", missing)
        return made

    def decorated(cls: C) -> C:
        inner = cls.__dict__.get("__get_pydantic_core_schema__")

        def schema(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
            made: Any = handler.resolve_ref_schema(handler(source) if inner is None else inner(source, handler))
            bare = {key: value for key, value in made.items() if key != "ref"}
            # Where the type is used again Pydantic takes what its reference leads to: that is what settles, too.
            return core_schema.no_info_after_validator_function(settle, cast("CoreSchema", bare), ref=made.get("ref"))

        setattr(cls, "__get_pydantic_core_schema__", schema)  # noqa: B010  # what Pydantic asks a type for
        setattr(cls, "__aliases__", (dict(aliases), needed))  # noqa: B010  # no annotation of a TypedDict
        return cls

    return decorated


def _others(aliases: Mapping[str, Path], path: Path) -> list[Path]:
    return [(name,) for name, other in aliases.items() if other == path]


def settled(payload: T, aliases: Mapping[str, Path], seen: Callable[[], Any] = dict, *inside: str) -> T:
    """`payload` with each value under its own name alone, or the object `inside` it.

    Of two names that were sent with different values the one that is not as the caller has `seen` it holds. Raises
    AliasConflict where neither is, or both.
    """
    made: Any = at(payload, inside)
    sent = [name for name in aliases if made and name in made]
    if not sent:
        return payload
    made, shown, wrong = dict(made), at(seen(), inside), []
    for name in sent:
        path, value = aliases[name], made.pop(name)
        own, was = at(made, path), at(shown, path)
        if own is ABSENT or (_as_seen(own, was) and not _as_seen(value, was)):
            made = put(made, path, value)
        elif differs(own, value) and (_as_seen(own, was) or not _as_seen(value, was)):
            wrong += [("body", *inside, *path), ("body", *inside, name)]
    if wrong:
        raise AliasConflict(wrong)
    return cast("T", put(payload, inside, made) if inside else made)


def _as_seen(sent: Any, seen: Any) -> bool:
    """Whether what is sent says nothing else than what was seen, which may have more in it."""
    if isinstance(sent, dict) and isinstance(seen, dict):
        return all(_as_seen(value, seen.get(name, ABSENT)) for name, value in sent.items())
    return not differs(sent, seen)


def either(asked: Mapping[str, T | None]) -> T | None:
    """The value of a filter that has several names. Raises AliasConflict where two of them ask for other values."""
    sent = {name: value for name, value in asked.items() if value is not None}
    first = next(iter(sent.values()), None)
    if any(value != first for value in sent.values()):
        raise AliasConflict(("query", name) for name in sent)
    return first


def at(value: Any, path: Sequence[str]) -> Any:
    """What `path` leads to: None inside what is null, ABSENT where there is nothing."""
    for name in path:
        if value is None:
            return None
        value = value.get(name, ABSENT) if isinstance(value, dict) else ABSENT
    return value


def put(value: Any, path: Path, new: Any) -> Any:
    """A copy of the object `value` with `new` where `path` leads; objects on the way are made."""
    held = dict(value) if isinstance(value, dict) else {}
    return {**held, path[0]: new if len(path) == 1 else put(held.get(path[0]), path[1:], new)}


__all__ = ["at", "either", "named", "settled"]
