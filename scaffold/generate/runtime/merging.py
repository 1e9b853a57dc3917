"""What is sent merged with what is there: partial updates (RFC 7396), and items of lists and maps in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from .absent import ABSENT, Absent
from .problems import Invalid
from .shapes import Shape
from .taking import inside

T = TypeVar("T")
R = TypeVar("R")
P = TypeVar("P")


def over(seen: Any, sent: Any, names: Sequence[str]) -> Any:
    """A partial update written over what its sender sees (RFC 7396), in the fields `names` that it may write."""
    if not isinstance(seen, dict):
        return sent
    return _merged({k: v for k, v in seen.items() if k in names}, sent)


def _merged(seen: Any, sent: Any) -> Any:
    if not isinstance(sent, dict):
        return sent
    made = dict(seen) if isinstance(seen, dict) else {}
    return {**made, **{k: _merged(made.get(k), v) for k, v in sent.items()}}


def whole(partial: Shape[Any], complete: Shape[T], sent: Any, names: Sequence[str], nullable: Sequence[str] = ()) -> T:
    """A partial update of an object that is not there yet: it has to be a `complete` one.

    Nulls take nothing away where nothing is (RFC 7396), except in fields that are `nullable`. Raises Invalid with
    what is missing in the field that `names` lead to.
    """
    left = {k: _without_nulls(v) for k, v in sent.items() if v is not None or k in nullable}
    try:
        return complete.read(partial.write(left))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise Invalid([{**e, "loc": ("body", *names, *e["loc"])} for e in found]) from None


def _without_nulls(value: Any) -> Any:
    return {k: _without_nulls(v) for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def merged_keys(seen: Any, sent: Any, depth: int = 1) -> Any:
    """A map after a partial update (RFC 7396): what is `sent` over what its sender has `seen`; null takes a key away.

    So are the maps in it merged, as deep as `depth` says.
    """
    if sent is None:
        return None
    made = dict(seen) if isinstance(seen, dict) else {}
    for key, value in sent.items():
        if value is None:
            made.pop(key, None)
        elif depth > 1:
            made[key] = merged_keys(made.get(key), value, depth - 1)
        else:
            made[key] = value
    return made


def merge_keys(
    current: Mapping[str, R] | Absent | None,
    sent: Mapping[str, P | None],
    change: Callable[[R, P], R],
    create: Callable[[P], R],
) -> dict[str, R]:
    """The records of a map after a partial update (RFC 7396): null takes a key away, and what is not sent stays."""
    made = dict(current or {})
    for key, item in sent.items():
        if item is None:
            made.pop(key, None)
        elif key in made:
            made[key] = inside(key, change, made[key], item)
        else:
            made[key] = inside(key, create, item)
    return made


def same_seen(shown: Any, sent: Any, names: Sequence[str]) -> bool:
    """Whether `sent` is what a caller was `shown`, in the fields that it may write."""
    return all(shown.get(name, ABSENT) == sent.get(name, ABSENT) for name in names)


def over_one(
    current: Sequence[R] | Absent | None, place: int, change: Callable[[R], R], create: Callable[[], R]
) -> list[R]:
    """The records of a list of which its caller sees one, at `place`: that is changed, or made where there is none."""
    made = list(current) if current else []
    if not made:
        return [create()]
    made[place] = change(made[place])
    return made


def match_items(
    current: Sequence[R] | Absent | None,
    sent: Sequence[P],
    same: Callable[[R, P], bool],
    replace: Callable[[R, P], R],
    create: Callable[[P], R],
    equal: Callable[[R, P], bool] | None = None,
) -> list[R]:
    """The records of a list that was written as `sent`: each item keeps what its caller could not see.

    Items are matched by `same` (their key) if they have one; else first those that `equal` what the caller is
    shown, in order, then the rest by position.
    """
    left = list(current) if current else []
    if equal is None:
        made = []
        for place, item in enumerate(sent):
            found = next((r for r in left if same(r, item)), None)
            if found is not None:
                left.remove(found)
            made.append(_item(place, found, item, replace, create))
        return made
    partners: list[R | None] = []
    for item in sent:
        found = next((r for r in left if equal(r, item)), None)
        if found is not None:
            left.remove(found)
        partners.append(found)
    result = []
    for place, (item, partner) in enumerate(zip(sent, partners, strict=True)):
        if partner is None and left:
            partner = left.pop(0)
        result.append(_item(place, partner, item, replace, create))
    return result


def _item(place: int, current: R | None, sent: P, replace: Callable[[R, P], R], create: Callable[[P], R]) -> R:
    return inside(place, create, sent) if current is None else inside(place, replace, current, sent)
