"""What a record keeps for older versions: shadows, the words an older client wrote where its form cannot be undone.

A shadow is `{"written": [value], "image": [value]}`; an empty list stands for an absent value. It is shown as
long as what is stored still equals `image`.

Later versions call the fields of objects otherwise, and hold them elsewhere or as another type. So the shadow of what
is stored as objects, or in parts, says more: `form` is how records had it then, and `seen` what its client would have
been shown instead. Where records have another form by now, it stands as long as that would still be shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, ParamSpec, TypeAlias, TypeVar, cast
from uuid import UUID
from zlib import crc32

from pydantic import ValidationError

from .absent import ABSENT
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
    if shadow is None or not (shadow["image"] == image(stored) or _as_seen(shadow, stored, shown, read)):
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


def _as_seen(shadow: Mapping[str, Any], stored: object, shown: object, read: Callable[[Any], Any] | None) -> bool:
    """Whether a shadow is of another form of records, and its client would be `shown` what it would have been then."""
    if shadow.get("form") in (None, form(stored)):
        return False
    seen = shadow["seen"]
    if read is None or seen in ([], [None]):
        return bool(seen == image(shown))
    try:
        return bool(read(seen[0]) == shown)
    except ValidationError:
        return False


def form(stored: object) -> str | None:
    """How records have what is stored as objects, or in parts: another text where they have it otherwise."""
    found = _form(stored)
    return f"{crc32(repr(found).encode()):08x}" if isinstance(found, list) and found else None


def _form(value: object) -> object:
    if isinstance(value, OneOf):
        return _form(value.value)
    if is_dataclass(value):
        held = [(f, _form(getattr(value, f.name))) for f in fields(value) if f.name != "kept"]
        # Of a single value the type says all: another value is no other form.
        return [[f.name, str(f.type), inner if isinstance(inner, list) else None] for f, inner in held]
    if isinstance(value, list):
        return [_form(v) for v in value]
    if isinstance(value, dict):
        return [_form(v) for v in value.values()]
    return type(value).__name__


def parted(*readers: Callable[[Any], Any] | None) -> Callable[[Any], list[Any]]:
    """The reader of a shadow of several values, each with its own reader, if it has one; some may be absent."""

    def read(values: Any) -> list[Any]:
        return [_part(value, reader) for value, reader in zip(values, readers, strict=True)]

    return read


def _part(value: Any, reader: Callable[[Any], Any] | None) -> Any:
    if value == {"absent": True}:
        return ABSENT
    return value if reader is None or value is None else reader(value)


def keep(
    kept: Kept, key: str, sent: object, stored: object, shown: object, whole: Callable[[Any, Any], Any] | None = None
) -> None:
    """Keep what was `sent`, if the stored value would be `shown` differently; forget an older shadow if not.

    `whole` puts into it what its sender is shown and cannot send.
    """
    _keep(kept, key, sent, stored, shown, lambda: shown, whole)


def _keep(
    kept: Kept,
    key: str,
    sent: object,
    stored: object,
    shown: object,
    seen: Callable[[], object],
    whole: Callable[[Any, Any], Any] | None = None,
) -> None:
    sent = sent if whole is None else whole(sent, shown)
    if image(sent) == image(shown) and type(sent) is type(shown):
        kept.pop(key, None)
    else:
        now = form(stored)
        more = {} if now is None else {"form": now, "seen": image(seen())}
        kept[key] = {"written": image(sent), "image": image(stored), **more}


def differs(sent: object, seen: object) -> bool:
    """Whether two values are told apart when they are written: `1.5` and `1.50` are one number, true is not 1."""
    return json.dumps(image(sent), sort_keys=True) != json.dumps(image(seen), sort_keys=True)


def mark(
    kept: Kept, key: str, sent: object, stored: object, shown: object, seen: Callable[[], object] | None = None
) -> None:
    """Keep whether an object was sent, if the values `stored` for its parts would show something else.

    `seen` makes what would be shown, where that is not what is `shown`: then that only says whether there is one.
    """
    _keep(kept, key, _presence(sent), stored, _presence(shown), seen or (lambda: shown))


def _presence(value: object) -> object:
    return value if value is ABSENT or value is None else {}
