"""How further names of fields are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.address import MemberAddress
from ..contract.changes import AliasFields, MoveFields
from .scene import Scene, Words
from .words import codes


def _old(change: AliasFields | MoveFields) -> str:
    return codes(".".join(s.path) for s in _sources(change))


def _sources(change: AliasFields | MoveFields) -> tuple[MemberAddress, ...]:
    return (change.at,) if isinstance(change, AliasFields) else change.sources


def _new(change: AliasFields | MoveFields) -> str:
    if isinstance(change, AliasFields):
        return codes(".".join((*change.at.path[:-1], name)) for name in change.names)
    return codes(".".join(t.path) for t in change.targets())


def _heading(change: AliasFields | MoveFields, scene: Scene) -> str:
    verb = "is" if len(_sources(change)) == 1 else "are"
    return f"{codes(str(s) for s in _sources(change))} {verb} {_new(change)} too"


def _todo(change: AliasFields | MoveFields, scene: Scene) -> str:
    return f"Nothing; use {_new(change)} from now on"


def _meanwhile(change: AliasFields | MoveFields, scene: Scene) -> Iterator[str]:
    yield f"{scene.older} goes on with {_old(change)} alone. Both versions show and write the same values."
    if scene.asks:
        yield f"Requests to {scene.newer} may still say {_old(change)}, and answers show it, until a later version."
        yield (
            f"Where {scene.newer} is sent both and they differ, the one holds that is not what answers show already; "
            "two new values are refused with 422 and the code `alias-conflict`."
        )


def _steps(change: AliasFields | MoveFields, scene: Scene) -> Iterator[str]:
    if scene.sends:
        yield f"Send {_new(change)} instead of {_old(change)}{scene.requests()}."
    if scene.tells:
        yield f"Read {_new(change)} instead of {_old(change)} in the answers{scene.responses()}."


ALIAS = Words("alias", _heading, _todo, _meanwhile, _steps)
