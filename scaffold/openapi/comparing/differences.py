"""What one document says and another does not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...contract.types import MISSING, Json
from .documents import METHODS, canonical
from .references import pointer
from .values import same, text


@dataclass(frozen=True)
class Difference:
    """A place at which two documents do not say the same; `MISSING` is nothing at all.

    The pointer (RFC 6901) is one into the canonical documents.
    """

    pointer: str
    one: Json
    other: Json

    def __str__(self) -> str:
        return f"{self.pointer or 'the whole document'}: {_shown(self.one)} here, {_shown(self.other)} there"


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every place at which two documents differ in what they say, in order; none if they say the same.

    An operation that has no id in one of them has none to compare: exported operations always have one.
    """
    left, right = canonical(one), canonical(other)
    _drop_lonely_ids(left, right)
    return tuple(_between(left, right, []))


def _drop_lonely_ids(left: dict[str, Any], right: dict[str, Any]) -> None:
    for part in ("paths", "webhooks"):
        for path, item in left.get(part, {}).items():
            found = right.get(part, {}).get(path, {})
            for method in METHODS if isinstance(item, dict) and isinstance(found, dict) else ():
                here, there = item.get(method), found.get(method)
                if (
                    isinstance(here, dict)
                    and isinstance(there, dict)
                    and ("operationId" in here) != ("operationId" in there)
                ):
                    here.pop("operationId", None)
                    there.pop("operationId", None)


def _between(one: Any, other: Any, at: list[str]) -> Iterator[Difference]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for word in sorted({*one, *other}, key=str):
            yield from _between(one.get(word, MISSING), other.get(word, MISSING), [*at, str(word)])
    elif _alike(one) and _alike(other) and len(one) == len(other):
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from _between(a, b, [*at, str(number)])
    elif MISSING in (one, other):
        if one is not other:
            yield Difference(pointer(at), one, other)
    elif not same(one, other):
        yield Difference(pointer(at), one, other)


def _alike(value: Any) -> bool:
    """Whether a list is one of mappings, which are told apart one by one."""
    return isinstance(value, list) and all(isinstance(inner, Mapping) for inner in value)


def _shown(value: Any) -> str:
    if value is MISSING:
        return "nothing"
    shown = json.dumps(value, ensure_ascii=False, default=text)
    return shown if len(shown) <= 120 else f"{shown[:117]}…"
