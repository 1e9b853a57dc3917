"""Splits and merges, for values that a spec states: what `joint_codecs.py` of generated projects does to those read."""

from __future__ import annotations

from collections.abc import Sequence


def joined(way: str, parts: Sequence[str | None]) -> str:
    """The text that `parts` make together by the built-in pair `way`."""
    if way == "lines":
        return "\n".join(part or "" for part in parts)
    return {"words": " ", "comma": ", "}[way].join(part for part in parts if part)


def divided(way: str, text: str, count: int) -> list[str]:
    """The `count` parts of `text` by the built-in pair `way`; what is not there is empty."""
    if way == "words":
        parts = text.rsplit(" ", count - 1)
    elif way == "lines":
        parts = text.split("\n", count - 1)
    else:
        parts = [part.strip() for part in text.split(",", count - 1)]
    return [*parts, *[""] * (count - len(parts))]
