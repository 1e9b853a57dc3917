"""Texts of documents that differ from what was said before in a few words only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..contract.types import Extra, Json


def replaced(value: Json, pairs: Mapping[str, str]) -> Json:
    """`value` with each text of `pairs` put for the one it is of, in order, in every text inside; keys stay.

    A text is found where it stands by itself: `v1` is not in `v12`, and not in `dev1`.
    """
    if isinstance(value, str):
        for old, new in pairs.items():
            value = _word(old).sub(new.replace("\\", r"\\"), value) if old else value
        return value
    if isinstance(value, Mapping):
        return {key: replaced(held, pairs) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [replaced(held, pairs) for held in value]
    return value


@lru_cache(maxsize=256)
def _word(text: str) -> re.Pattern[str]:
    """`text` where neither a letter nor a digit of it goes on before or behind."""
    before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", text) else ""
    behind = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]\Z", text) else ""
    return re.compile(before + re.escape(text) + behind)


def edits(said: Extra, pairs: Mapping[str, str]) -> dict[str, Json]:
    """The keywords of `said` that `pairs` change, with what they are then."""
    made = {word: replaced(value, pairs) for word, value in said.items()}
    return {word: value for word, value in made.items() if value != said[word]}
