"""The examples with their versions named in other places, by days instead of numbers, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from scaffold.contract.history import History, Version
from scaffold.contract.locating import Locating

from ..generated_tests.rendered import history_of, render_project
from ..projects import EXAMPLES

PLACES = ("media_type", "header", "query", "path")


@dataclass(frozen=True)
class Strategy:
    """Where requests name their version, in order of precedence, and whether versions are days."""

    places: tuple[str, ...]
    scheme: str = "major"

    def __str__(self) -> str:
        named = "+".join(self.places) or "nowhere"
        return f"{named} by day" if self.scheme == "date" else named


def strategies() -> Iterator[Strategy]:
    """Every one: each place and each set of places; by days each place and all of them; and none at all."""
    sets = [some for number in range(1, 5) for some in combinations(PLACES, number)]
    yield from (Strategy(some) for some in sets)
    yield from (Strategy(some, "date") for some in sets if len(some) in (1, 4))
    yield Strategy(())


def history(example: str, strategy: Strategy) -> History:
    """The history of an example in which versions are named so."""
    text = (EXAMPLES / example / "api.yaml").read_text("utf-8")
    text = _replaced(text, "scheme: major", f"scheme: {strategy.scheme}")
    if strategy.places:
        text = _replaced(text, "locate: [path]", f"locate: [{', '.join(strategy.places)}]")
    if strategy.scheme == "date":
        text = re.sub(r"id: v[0-9.]+\n    released: ([0-9-]+)", r"id: \1\n    released: \1", text)
    return history_of(text) if strategy.places else _alone(history_of(text))


def _alone(told: History) -> History:
    """What the newest version promises as the only one: handlers are written against it."""
    newest, contract = told.versions[-1], told.contracts[-1]
    one = Version("v1", newest.released)
    return replace(
        told,
        versions=(one,),
        contracts=(replace(contract, version="v1"),),
        applied=(),
        locating=Locating(()),
    )


def project(folder: Path, example: str, strategy: Strategy) -> Path:
    """The example as a project whose versions are named so, with what is written by hand."""
    made = render_project(folder, example, history(example, strategy))
    for source in (EXAMPLES / example).rglob("*.py"):
        place = made / source.relative_to(EXAMPLES / example)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.read_bytes())
    return made


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)
