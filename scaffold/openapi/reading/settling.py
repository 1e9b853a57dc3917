"""Defaults and examples are values of the types beside them, or only words of the document."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ...contract.contract import Contract
from ...contract.fitting import fits
from ...contract.message import View
from ...contract.named_types import Field, NamedType, ObjectType
from ...contract.parameter import Parameter
from ...contract.types import MISSING, Json
from .problems import RemarkKind, said
from .state import Reading

H = TypeVar("H", Field, Parameter)


def settled(reading: Reading, contract: Contract) -> Contract:
    """`contract` with each default and example that does not fit its type put with what is only kept."""
    types: dict[str, NamedType] = {}
    for name, type_ in contract.types.items():
        if isinstance(type_, ObjectType):
            type_ = replace(type_, fields=tuple(_settled(reading, contract, f) for f in type_.fields))
        types[name] = type_
    operations = tuple(
        replace(o, parameters=tuple(_settled(reading, contract, p) for p in o.parameters)) for o in contract.operations
    )
    return replace(contract, types=types, operations=operations)


def _settled(reading: Reading, contract: Contract, held: H) -> H:
    """`held` with a default and an example that fit."""
    if held.default is not MISSING and not _fits(contract, held, held.default):
        message = f"the default {said(held.default)!r} is no {held.type}: it is published and never used"
        reading.remark(RemarkKind.RAW, reading.places[held.identity], message)
        left = {"default": held.default}
        if isinstance(held, Parameter):
            held = replace(held, default=MISSING, type=replace(held.type, extra={**held.type.extra, **left}))
        else:
            held = replace(held, default=MISSING, extra={**held.extra, **left})
    if held.example is not MISSING and not _fits(contract, held, held.example):
        held = replace(held, example=MISSING, extra={**held.extra, "example": held.example})
    return held


def _fits(contract: Contract, held: Field | Parameter, value: Json) -> bool:
    if value is None:
        return isinstance(held, Field) and held.nullable
    return fits(contract, held.type, value, view=View.INPUT)
