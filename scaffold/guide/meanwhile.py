"""What holds for older clients in the meantime, as their policy says it."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import AddResponse, ChangeHeader, RemoveHeader
from ..contract.types import UNDECIDED
from .field_words import undecided
from .scene import Scene, stated
from .words import value


def goes_on(change: object, scene: Scene) -> Iterator[str]:
    """That the older version goes on as it did, where that is not plain, and what is still undecided."""
    if not scene.harmless:
        yield f"{scene.older} goes on as it did."
    yield from _open_policy(change)


def read_otherwise(change: AddResponse | RemoveHeader | ChangeHeader, scene: Scene) -> Iterator[str]:
    """What clients of the older version read instead."""
    if stated(change.old_sees):
        what = f"the answer {change.old_sees}" if isinstance(change, AddResponse) else value(change.old_sees)
        yield f"{scene.older} reads {what} instead."
        yield from _open_policy(change)
    else:
        yield from goes_on(change, scene)


def _open_policy(change: object) -> Iterator[str]:
    if getattr(change, "codec", None) is UNDECIDED:
        yield "How the one becomes the other is not decided yet; until then it is answered with 501."
    yield from undecided(change)
