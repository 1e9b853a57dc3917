"""The changes that give a value another type or meaning, and how each of them converts it."""

from __future__ import annotations

from dataclasses import replace

from ..contract.codecs import Codec
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.listings import Structural
from ..contract.places import meaning_at, operation_of, type_at
from ..contract.types import MISSING, Json, ListOf, MapOf, Missing, Type
from .codecs import AnyCodec, TableCodec, codec_of, hook_at
from .conversions import (
    Coded,
    Coding,
    Conversion,
    Each,
)
from .moved import moved
from .stated import identified
from .tables import in_record, table_at
from .unions import Step


def crossing_of(history: History, applied: Applied, place: str) -> Conversion | None:
    """How values at `place` are otherwise after a change than before it; None where they stay what they are."""
    older, newer = type_at(applied.before, place), type_at(applied.after, place)
    if older is None or newer is None:
        return None
    step = Step(applied, older, newer, meaning_at(applied.before, place), meaning_at(applied.after, place))
    stays = str(older) == str(newer) and step.was == step.means and not hook_at(applied, place)
    codec: AnyCodec | None = table_at(history, applied, place, older, newer)
    if codec is None and not stays:
        codec = codec_of(applied, place, older, newer)
    if codec is None or codec.alike:
        return None
    stated = step.coding(codec)
    how = coding(history, step, codec, stated.unread, stated.unshown)
    if isinstance(codec, Structural) and codec.named:  # what is stated is no record
        unread, unshown = (v if v is None else MISSING for v in (how.unread, how.unshown))
        how = replace(how, unread=unread, unshown=unshown)
    made: Conversion = Coded((how,))
    if isinstance(codec, Codec | TableCodec):
        for mapping in reversed(levels(newer)):
            made = Each(made, mapping)
    return made


def coding(history: History, step: Step, codec: AnyCodec, unread: Json | Missing, unshown: Json | Missing) -> Coding:
    """How a codec is applied at a step, with what stands for what it cannot convert, in the words of contracts."""
    if isinstance(codec, TableCodec):
        unread = in_record(history, step.applied, unread, codec, up=True)
        unshown = in_record(history, step.applied, unshown, codec, up=False)
    return Coding(codec, unread, unshown)


def steps_since(history: History, version: str, place: str, contract: Contract) -> list[Step]:
    """The changes since `version` that give `place` another type, bounds included, in order."""
    operation = operation_of(contract, place)
    found = []
    for applied in history.since_about(version, (place if operation is None else operation.identity,)):
        there = place if operation is None else moved(applied, operation, place)
        if there is None:
            break
        older, newer = type_at(applied.before, place), type_at(applied.after, there)
        before, place = place, there
        if older is None:
            continue
        if newer is None:
            break
        was, means = meaning_at(applied.before, before), meaning_at(applied.after, place)
        retyped = identified(older, applied.before) != identified(newer, applied.after)
        if retyped or was != means or hook_at(applied, before):
            found.append(Step(applied, older, newer, was, means))
    return found


def levels(type_: Type) -> tuple[bool, ...]:
    """The lists (False) and maps (True) around single values of `type_`."""
    found = []
    while isinstance(type_, ListOf | MapOf):
        found.append(isinstance(type_, MapOf))
        type_ = inner_type(type_)
    return tuple(found)


def inner_type(type_: Type) -> Type:
    """What a list or a map holds."""
    if isinstance(type_, ListOf):
        return type_.items
    assert isinstance(type_, MapOf)
    return type_.values
