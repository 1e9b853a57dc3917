"""What became of a thing that a change speaks of and that is not there any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..contract.history import Applied
from .change_base import ChangeBase
from .change_shapes import VERBS


def what_became(spec: ChangeBase, applied: Sequence[Applied]) -> tuple[str, ...]:
    """The last change so far that speaks of what `spec` is about: as it is addressed there, or else of its type."""
    for address in _addresses(spec):
        for past in reversed(applied):
            sentence = past.change.sentence()
            if f"`{address}`" in sentence:
                return (f"{past.version} says: {sentence}",)
    return ()


def _addresses(spec: ChangeBase) -> Iterator[str]:
    stated = next(iter(spec.model_dump(include=set(VERBS)).values()), None)
    texts = [str(text) for text in (stated if isinstance(stated, list | dict) else [stated])]
    yield from texts
    for text in texts:
        operation = re.match(r"[A-Z]+ [^ ?]+", text)
        if operation is not None:
            yield operation[0]
        else:
            yield from (text.rsplit(".", n)[0] for n in range(1, text.count(".") + 1))
