"""What a record keeps for older versions: shadows, the words an older client wrote where its form cannot be undone.

A shadow is `{"written": [value], "image": [value]}`; an empty list stands for an absent value. It is shown as
long as what is stored still equals `image`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, ParamSpec, TypeAlias, TypeVar, cast
from uuid import UUID

from pydantic import ValidationError

from .absent import ABSENT, Absent
from .problems import Invalid
from .shapes import Shape
from .variants import OneOf

Kept: TypeAlias = dict[str, Any]
"""JSON that storage saves with a record and nobody else looks into."""

T = TypeVar("T")
R = TypeVar("R")
P = TypeVar("P")
Q = ParamSpec("Q")


def image(value: object) -> list[Any]:
    """A stored value as JSON, in a list that is empty for an absent one."""
    return [] if value is ABSENT else [_json(value)]


def _json(value: object) -> Any:
    if value is ABSENT:
        return {"absent": True}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, OneOf):
        return _json(value.value)
    if isinstance(value, list):
        return [_json(v) for v in value]
    if isinstance(value, dict):
        return {k: _json(v) for k, v in value.items()}
    if is_dataclass(value):
        # Without what it lacks, or keeps for others: a field that is new since is no other value.
        held = {f.name: getattr(value, f.name) for f in fields(value) if f.name != "kept"}
        return {name: _json(v) for name, v in held.items() if v is not ABSENT}
    return value


def written(kept: Kept, key: str, stored: object, shown: T, read: Callable[[Any], Any] | None = None) -> T:
    """What the caller's version is shown for `stored`: the shadow while it stands, else `shown`.

    `read` turns the shadow's JSON into the wire's own type, where that is not JSON already.
    """
    shadow = kept.get(key)
    if shadow is None or shadow["image"] != image(stored):
        return shown
    if not shadow["written"]:
        return cast("T", ABSENT)
    word = shadow["written"][0]
    if read is None or word is None:
        return cast("T", word)
    try:
        return cast("T", read(word))
    except ValidationError:  # what was sent lacks what is shown beside it
        return shown


def parted(*readers: Callable[[Any], Any] | None) -> Callable[[Any], list[Any]]:
    """The reader of a shadow of several values, each with its own reader, if it has one; some may be absent."""

    def read(values: Any) -> list[Any]:
        return [_part(value, reader) for value, reader in zip(values, readers, strict=True)]

    return read


def _part(value: Any, reader: Callable[[Any], Any] | None) -> Any:
    if value == {"absent": True}:
        return ABSENT
    return value if reader is None or value is None else reader(value)


def together(names: Sequence[str], convert: Callable[[], T]) -> T:
    """What fields make that are converted together.

    Raises Invalid, at the first of their `names`, where they cannot be: it is the mistake of who sent them.
    """
    try:
        return convert()
    except ValueError as error:
        told = {"type": "value_error", "loc": ["body", names[0]], "msg": f"Value error, {error}"}
        raise Invalid([told]) from None


def keep(kept: Kept, key: str, sent: object, stored: object, shown: object) -> None:
    """Keep what was `sent`, if the stored value would be `shown` differently; forget an older shadow if not."""
    if image(sent) == image(shown) and type(sent) is type(shown):
        kept.pop(key, None)
    else:
        kept[key] = {"written": image(sent), "image": image(stored)}


def plainly(value: Any, plain: Callable[[Any], Any]) -> Any:
    """`value` as JSON, by `plain`; what is absent or null stays so."""
    return value if value is ABSENT or value is None else plain(value)


def filled(sent: Any, defaults: Mapping[str, Any], inside: Mapping[str, Callable[[Any], Any]] = {}) -> Any:
    """An object that was `sent`, with what its version says where something was left out, also `inside` its fields."""
    made = {**defaults, **sent}
    for name, fill in inside.items():
        if made.get(name) is not None:
            made[name] = fill(made[name])
    return made


def without(shown: Any, names: Sequence[str], inside: Mapping[str, Callable[[Any], Any]] = {}) -> Any:
    """An object that is `shown` without the fields called `names`, also `inside` its other fields."""
    made = {name: value for name, value in shown.items() if name not in names}
    for name, way in inside.items():
        if made.get(name) is not None:
            made[name] = way(made[name])
    return made


def unknown(payload: Any, names: frozenset[str]) -> Any:
    """What a payload holds beside the fields called `names`; ABSENT where that is nothing."""
    return {key: value for key, value in payload.items() if key not in names} or ABSENT


def beside(shown: Any, rest: Any, names: frozenset[str]) -> None:
    """Show what an object keeps without knowing it, except under the names of its own fields."""
    shown.update({key: value for key, value in rest.items() if key not in names})


def differs(sent: object, seen: object) -> bool:
    """Whether two values are told apart when they are written: `1.5` and `1.50` are one number, true is not 1."""
    return json.dumps(image(sent), sort_keys=True) != json.dumps(image(seen), sort_keys=True)


def mark(kept: Kept, key: str, sent: object, stored: object, shown: object) -> None:
    """Keep whether an object was sent, if the values `stored` for its parts would show something else."""
    keep(kept, key, _presence(sent), stored, _presence(shown))


def _presence(value: object) -> object:
    return value if value is ABSENT or value is None else {}


def patched(rest: dict[str, T] | Absent, payload: Any, names: frozenset[str]) -> dict[str, T] | Absent:
    """Unknown fields after a partial update (RFC 7396): null takes one away."""
    sent = unknown(payload, names) or {}
    made = {**(rest or {}), **sent}
    return {key: value for key, value in made.items() if value is not None or key not in sent} or ABSENT


def still(seen: Any, sent: Any, names: frozenset[str]) -> Any:
    """The unknown fields that are `sent`, and those of the ones `seen` that have the `names` of the sender's own.

    It was not shown those, so leaving them out takes none of them away.
    """
    return {**(sent or {}), **{key: value for key, value in (seen or {}).items() if key in names}} or ABSENT


def unsent(rest: Mapping[str, Any] | Absent, payload: Any, names: frozenset[str]) -> frozenset[str]:
    """The names of unknown fields that a partial update leaves alone."""
    return frozenset(rest or ()) - frozenset(payload) | names


def restored(
    made: dict[str, T] | Absent, rest: Mapping[str, T] | Absent, names: frozenset[str]
) -> dict[str, T] | Absent:
    """The unknown fields that a write `made`, those of some `names` as the record has them."""
    if made is ABSENT or rest is ABSENT:
        return made
    return {key: rest[key] if key in names and key in rest else value for key, value in made.items()}


def given(value: T | Absent | None) -> T | None:
    """`value`, with nothing for what is absent."""
    return None if value is ABSENT else value


def cleared(value: T | None) -> T | Absent:
    """`value`, with null read as "take it away": what a partial update means by it (RFC 7396)."""
    return ABSENT if value is None else value


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


def none_new(sent: Any, seen: Any) -> None:
    """Let pass unknown fields that their sender has `seen` as they are. Raises Invalid, with the names of others."""
    known = seen or {}
    new = [key for key, value in (sent or {}).items() if key not in known or differs(value, known[key])]
    if new:
        said = "Extra inputs are not permitted"
        raise Invalid([{"loc": ("body", key), "msg": said, "type": "extra_forbidden"} for key in new])


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


def _without_nulls(value: Any) -> Any:
    return {k: _without_nulls(v) for k, v in value.items() if v is not None} if isinstance(value, dict) else value


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
