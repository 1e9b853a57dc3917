"""What changed in the texts of documents, as a few words put for others where that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...contract.types import Extra, Json
from ..replacing import edits

_WORTH = 160
"""How many characters less there must be to read."""
_LONGEST = 40
"""How long a text may be that is put for another."""
_WORD = re.compile(r"[A-Za-z0-9_.]")


def substitution(before: Extra, new: Extra) -> dict[str, str]:
    """The texts to put for others in `before` so that most of `new` comes out, and nothing else; none if few do."""
    found: dict[tuple[str, str], None] = {}
    for word, value in new.items():
        if word in before:
            found.update(dict.fromkeys(pair for texts in _texts(before[word], value) for pair in _pairs(*texts)))
    pairs = sorted(found, key=lambda pair: (-len(pair[0]), pair))[:8]
    options = [dict([pair]) for pair in pairs]
    options.append({old: other for old, other in pairs if sum(o == old for o, _ in pairs) == 1})
    best: dict[str, str] = {}
    most = _WORTH
    for option in options:
        made = edits(before, option)
        gain = sum(len(repr(value)) for word, value in made.items() if same(new.get(word), value))
        if made.keys() <= new.keys() and gain > most:
            best, most = option, gain
    return best


def same(one: Json, other: Json) -> bool:
    """Whether two JSON values are the same, `1` and `true` apart."""
    return repr(one) == repr(other)


def _texts(before: Json, new: Json) -> Iterator[tuple[str, str]]:
    """The texts in the same places of two values that differ."""
    if isinstance(before, str) and isinstance(new, str):
        if before != new:
            yield before, new
    elif isinstance(before, Mapping) and isinstance(new, Mapping):
        for key in before:
            if key in new:
                yield from _texts(before[key], new[key])
    elif isinstance(before, list | tuple) and isinstance(new, list | tuple):
        for one, other in zip(before, new, strict=False):
            yield from _texts(one, other)


def _pairs(before: str, new: str) -> Iterator[tuple[str, str]]:
    """What is between the beginning and the end that two texts share, as whole words."""
    start, least = 0, min(len(before), len(new))
    while start < least and before[start] == new[start]:
        start += 1
    end = 0
    while end < least - start and before[-1 - end] == new[-1 - end]:
        end += 1
    while start and _WORD.fullmatch(before[start - 1]):
        start -= 1
    while end and _WORD.fullmatch(before[-end]):
        end -= 1
    old, other = before[start : len(before) - end], new[start : len(new) - end]
    if old and len(old) <= _LONGEST and len(other) <= _LONGEST and "\n" not in old + other:
        yield old, other
