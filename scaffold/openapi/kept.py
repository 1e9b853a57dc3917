"""What a contract keeps of the document it was read from, put over the schemas that are made of it."""

from __future__ import annotations

from ..contract.types import Extra
from .reading.keywords import SHAPES, inferred_type
from .scalars import Schema

SPECIFIC = frozenset().union(*SHAPES.values(), {"format"})
"""Keywords that bound values of one type and let all others pass."""

ERRORS = "x-errors"
"""How every error is written, where that is not as problem details; the answers as served have the schema."""


def over(made: Schema, kept: Extra, said: Schema | None = None) -> Schema:
    """`made`, with what is `said` of it and what is `kept` of its document over both.

    Two things are kept so that a document comes back as it was, and hold only while they fit what is made:
    a `type` of no types, where the document stated none because the other keywords speak of one alone; and a
    `oneOf` or `anyOf` beside a `type` that does not leave all variants of it, where what is made are among them.
    """
    left = dict(kept)
    if left.get("type") == []:
        del left["type"]
        stateless = {word: value for word, value in made.items() if word != "type"}
        if inferred_type({**stateless, **left}) == made.get("type"):
            made = stateless
    elif "type" in left:
        word = next((w for w in ("oneOf", "anyOf") if w in left), None)
        variants = made.get("oneOf") or made.get("anyOf") or [made]
        if word is not None and all(variant in left[word] for variant in variants):
            made = {key: made[key] for key in made.keys() & {"discriminator"}}
        elif word is not None:
            del left["type"], left[word]
        elif "type" in made:
            del left["type"]
    return {**made, **(said or {}), **left}
