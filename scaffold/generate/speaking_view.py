"""How versions show and send records where there is no request: the table behind `render` and `parse`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.history import History
from ..contract.message import View
from .converters import Converter, Converters, Mode
from .mentions import Names
from .python import text
from .sides import Side
from .types_view import Made, wanted


@dataclass(frozen=True)
class FormView:
    """How a type is shown and sent from a version on: expressions, empty where it is not."""

    since: str
    shown: str
    sent: str


@dataclass(frozen=True)
class SpokenView:
    """The forms of the records of one class."""

    record: str
    forms: tuple[FormView, ...]


@dataclass(frozen=True)
class SpeakingView:
    """What `speaking.py` says."""

    modules: tuple[str, ...]
    types: tuple[SpokenView, ...]


def speaking_view(history: History, converters: Converters) -> SpeakingView:
    """The forms of each type that some version's operations carry; a row where it differs from the version before."""
    names, made = Names(converters, ""), set(wanted(converters))
    spoken = (
        SpokenView(f"records.{record.name}", tuple(_forms(history, identity, names, made)))
        for identity, record in converters.records.objects.items()
    )
    types = tuple(s for s in spoken if s.forms)
    return SpeakingView(tuple(sorted(names.imports)), types)


def _forms(history: History, identity: str, names: Names, made: set[Made]) -> Iterator[FormView]:
    last = ("", "")
    for version in history.versions:
        now = (
            _pair(Side(version.id, identity, View.OUTPUT), Mode.SHOW, names, made),
            _pair(Side(version.id, identity, View.CREATE), Mode.CREATE, names, made),
        )
        if now != last:
            yield FormView(text(version.id), *now)
        last = now


def _pair(side: Side, mode: Mode, names: Names, made: set[Made]) -> str:
    """A shape and the converter beside it, where an operation has them."""
    found: Converter | None = names.converters.of.get((side, mode))
    if found is None or found not in made:
        return ""
    return f"{names.constant(names.converters.shapes.of[side])}, {names.converter(found)}"
