"""How splits and merges of fields are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.address import MemberAddress
from ..contract.changes import CustomType, MergeFields, SplitField
from .field_words import or_nothing, undecided
from .scene import Scene, Words, stated
from .words import code, codes, value

Joint = SplitField | MergeFields


def _old(change: Joint) -> list[str]:
    return [change.at.name] if isinstance(change, SplitField) else [s.name for s in change.sources]


def _new(change: Joint) -> list[str]:
    return [f.name for f in change.into] if isinstance(change, SplitField) else [change.into.name]


def _heading(change: Joint, scene: Scene) -> str:
    sources: list[MemberAddress] = [change.at] if isinstance(change, SplitField) else list(change.sources)
    verb = "is" if len(sources) == 1 else "are"
    return f"{codes(map(str, sources))} {verb} now {codes(_new(change))}"


def _todo(change: Joint, scene: Scene) -> str:
    return or_nothing(f"Use {codes(_new(change))}", scene)


def _meanwhile(change: Joint, scene: Scene) -> Iterator[str]:
    older, old = scene.older, codes(_old(change))
    yield f"{older} goes on to have {old}. Values are converted in both directions, all of them together."
    if scene.asks and scene.tells:
        yield f"What a client writes through {older} is shown to {older} word for word until somebody changes it."
    if scene.updates and isinstance(change, MergeFields):
        yield f"A partial update that has some of {old} takes the others as {older} shows them."
    if isinstance(change, SplitField) and scene.tells and stated(change.old_sees):
        yield f"Where {codes(_new(change))} cannot be shown as {old}, {older} shows {value(change.old_sees)}."
    yield from undecided(change)


def _steps(change: Joint, scene: Scene) -> Iterator[str]:
    said = f"{codes(_new(change))} instead of {codes(_old(change))}"
    if scene.sends:
        yield f"Send {said}{scene.requests()}."
    if scene.tells:
        yield f"Read {said} in the answers{scene.responses()}."
    yield from scene.parameter_steps()


SPLIT = Words("split", _heading, _todo, _meanwhile, _steps)
MERGE = Words("merge", _heading, _todo, _meanwhile, _steps)


def _custom_todo(change: CustomType, scene: Scene) -> str:
    return or_nothing(f"Adapt sending and reading {code(change.name)}", scene)


def _custom_meanwhile(change: CustomType, scene: Scene) -> Iterator[str]:
    yield f"{scene.older} goes on to have it as it was. It is converted as a whole, in both directions."
    if scene.asks and scene.tells and not change.lossless:
        yield f"What a client writes through {scene.older} is shown to {scene.older} word for word until it changes."


def _custom_steps(change: CustomType, scene: Scene) -> Iterator[str]:
    names = codes(f.name for f in change.into)
    if scene.sends:
        yield f"Send {names} as {scene.newer} means them{scene.requests()}."
    if scene.tells:
        yield f"Read {names} as {scene.newer} means them in the answers{scene.responses()}."


CUSTOM = Words("custom", lambda c, s: f"{code(c.name)} is another one", _custom_todo, _custom_meanwhile, _custom_steps)
