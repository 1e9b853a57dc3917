"""Payloads that a version accepts: JSON of one side of a type, with texts that its codecs can read."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.history import History
from scaffold.contract.message import View
from scaffold.contract.named_types import EnumType, ObjectType
from scaffold.contract.types import MISSING, Json, Kind, ListOf, MapOf, Scalar, Type
from scaffold.convert.codecs import HookCodec, TableCodec
from scaffold.convert.conversions import Coded
from scaffold.convert.innermost import innermost
from scaffold.convert.refused_values import refused
from scaffold.convert.values import NoWay, conversion

from .hooks import HOOKS
from .values import NUMBERS, READABLE, objects


def payloads(history: History, version: str, type_: ObjectType, view: View) -> st.SearchStrategy[dict[str, Json]]:
    """What a client of `version` may send (or is shown) of `type_` from side `view`."""
    return objects(history.contract(version), type_, view, readable=readable(history, version))


wire_values = payloads


def readable(history: History, version: str) -> dict[str, tuple[Json, ...]]:
    """By field, the texts and whole numbers that every codec on the way to the record can read."""
    contract = history.contract(version)
    found: dict[str, tuple[Json, ...]] = {}
    for identity, (_, field) in contract.fields_by_identity.items():
        try:
            crossing = innermost(conversion(history, version, identity, field.type, contract))
        except NoWay:
            continue  # what reaches it is not answered
        if not isinstance(crossing, Coded):
            continue
        words: tuple[Json, ...] = ()
        if _kind(field.type) is Kind.STR:
            newer = crossing.steps[0].codec.newer
            first = READABLE.get(newer, ()) if isinstance(newer, Kind) else ()
            words = (*first, *(w for rest in READABLE.values() for w in rest))
        elif _kind(field.type) is Kind.INT:
            words = NUMBERS
        if words:
            read = [w for w in words if _crosses(crossing, w, listed=isinstance(field.type, ListOf))]
            found[identity] = tuple(read)
    for type_ in contract.types.values():
        if isinstance(type_, EnumType):
            gone = refused(history, version, type_)
            left = tuple(v.value for v in type_.values if v.value not in gone and v.opt_in is None)
            if len(left) < len(type_.values):
                found[type_.identity] = left  # nobody asks for what is held back
    return found


def _crosses(crossing: Coded, word: Json, *, listed: bool) -> bool:
    value: Any = [word] if crossing.whole and listed else word
    lenient = False
    try:
        for step in crossing.steps:
            lenient = step.codec.up_fails and not step.strict
            if isinstance(step.codec, TableCodec):
                rows, other = dict(step.codec.up_rows), step.codec.up_other
                if value not in rows and not step.codec.up_open and other is MISSING:
                    raise ValueError(value)
                value = rows.get(value, value if other is MISSING else other)
            else:
                by_hand = isinstance(step.codec, HookCodec)
                module = HOOKS if by_hand else import_module(f"scaffold.generate.runtime.{step.codec.module}")
                value = _deep(getattr(module, step.codec.up), value, step.codec.levels)
    except ValueError:
        return lenient
    return True


def _deep(way: Callable[[Any], Any], value: Any, levels: tuple[bool, ...]) -> Any:
    if not levels:
        return way(value)
    if isinstance(value, dict):
        return {key: _deep(way, item, levels[1:]) for key, item in value.items()}
    return [_deep(way, item, levels[1:]) for item in value]


def _kind(type_: Type) -> Kind | None:
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return type_.kind if isinstance(type_, Scalar) else None
