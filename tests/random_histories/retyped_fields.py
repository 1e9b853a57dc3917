"""Strategies of changes of what the values of a field are: another type, another unit, a list, an enum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.address import MemberAddress
from scaffold.contract.changes import ChangeField
from scaffold.contract.codecs import CODECS, Codec
from scaffold.contract.contract import Contract
from scaffold.contract.message import View
from scaffold.contract.named_types import EnumType, Field, ObjectType
from scaffold.contract.types import MISSING, Fallback, Kind, ListOf, MapOf, Ref, Scalar, Type

from .drawing import enums, pick, value_of
from .hooks import PAIRS
from .made_types import Draw

Way = Callable[[Draw, Contract, ObjectType, Field], ChangeField | None]
"""Draws a change of a field, which gets its address later; None where there is none."""

NOWHERE = MemberAddress("", ())
DAYS = frozenset({Kind.DATE, Kind.DATETIME})


def _recoded(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    return _through(draw, contract, field, recoded(draw, field.type))


def _reformatted(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    assert isinstance(field.type, Scalar)
    codec = draw(st.sampled_from(_formats(field.type)))
    return _through(draw, contract, field, _crossed(field.type, codec))


def _scaled(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    assert isinstance(field.type, Scalar)
    codec = draw(st.sampled_from(_units(field.type)))
    return _through(draw, contract, field, _crossed(field.type, codec))


def _formats(type_: Type) -> list[Codec]:
    """The codecs that lead to another form of the same thing."""
    return [c for c in _codecs(type_) if {c.older, c.newer} == DAYS or (c.older is c.newer and c.alike)]


def _units(type_: Type) -> list[Codec]:
    """The codecs that lead to another unit."""
    return [c for c in _codecs(type_) if c.older is c.newer and not c.alike]


def _codecs(type_: Type) -> list[Codec]:
    if not isinstance(type_, Scalar) or type_.choices:
        return []
    small = type_.format == "int32"
    return [c for c in CODECS if c.older is type_.kind and (small or c.name != "int32<->int64")]


def recoded(draw: Draw, type_: Type) -> tuple[Type, Codec] | None:
    """Another type, or the same one for another unit, and the codec that leads there."""
    match type_:
        case Scalar():
            rows: Sequence[Codec] = _codecs(type_)
            return _crossed(type_, draw(st.sampled_from(rows))) if rows else None
        case ListOf(items=inner):
            made = recoded(draw, inner)
            return None if made is None else (replace(type_, items=made[0]), made[1])
        case MapOf(values=inner):
            made = recoded(draw, inner)
            return None if made is None else (MapOf(made[0]), made[1])
    return None


def _crossed(type_: Scalar, codec: Codec) -> tuple[Type, Codec]:
    if codec.older is codec.newer and not codec.alike:
        return type_, codec
    return Scalar(codec.newer, format="int32" if codec.name == "int64<->int32" else None), codec


def _through(draw: Draw, contract: Contract, field: Field, made: tuple[Type, Codec] | None) -> ChangeField | None:
    """The change of a field to what a codec makes of it."""
    if made is None:
        return None
    new, codec = made
    more: dict[str, Any] = {"old_sees": value_of(draw, contract, field.type, field.nullable)}
    if field.default is not MISSING:
        more["default"] = value_of(draw, contract, new)
    if codec.up_fails:
        ways = (None, *(["null"] if field.nullable else []), *(["default"] if "default" in more else []), Fallback)
        way = draw(st.sampled_from(ways))
        more["unreadable"] = Fallback(value_of(draw, contract, new)) if way is Fallback else way
    named = not codec.natural or draw(st.booleans())
    return ChangeField(at=NOWHERE, type=new if new != field.type else None, codec=codec.name if named else None, **more)


def _tabled(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    """An enum becomes a text, a bool or another enum, or something becomes an enum."""
    sees = value_of(draw, contract, field.type, field.nullable)
    held = contract.types.get(field.type.name) if isinstance(field.type, Ref) else None
    enum = pick(draw, enums(contract))
    if enum is None:
        return None
    words = st.sampled_from([v.value for v in enum.values])
    match field.type:
        case Scalar(kind=Kind.STR):
            return ChangeField(at=NOWHERE, type=Ref(enum.name), unreadable=Fallback(draw(words)))
        case Scalar(kind=Kind.BOOL):
            rows = tuple((flag, draw(words)) for flag in (True, False))
            return ChangeField(at=NOWHERE, type=Ref(enum.name), values=rows, old_sees=sees)
        case _ if not isinstance(held, EnumType):
            return None
    others = (Scalar(Kind.STR), Scalar(Kind.BOOL), *([Ref(enum.name)] if enum.name != held.name else []))
    new = draw(st.sampled_from(others))
    rows = tuple((v.value, value_of(draw, contract, new)) for v in held.values)
    said = None if new == Scalar(Kind.STR) else rows
    return ChangeField(at=NOWHERE, type=new, values=said, old_sees=sees)


def _is_tabled(contract: Contract, field: Field) -> bool:
    if field.default is not MISSING:
        return False
    if isinstance(field.type, Ref):
        return isinstance(contract.types.get(field.type.name), EnumType)
    return isinstance(field.type, Scalar) and field.type.kind in (Kind.STR, Kind.BOOL) and not field.type.choices


def _listed(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    """One value or object becomes a list of such, or a list one of its items."""
    sees = value_of(draw, contract, field.type, field.nullable)
    match field.type:
        case Scalar(kind=Kind.STR, choices=()) as one if draw(st.booleans()):
            return ChangeField(at=NOWHERE, type=ListOf(Scalar(Kind.STR)), codec="csv<->list")
        case Scalar(choices=()) | Ref() as one:
            pick = draw(st.sampled_from(("first", "last")))
            return ChangeField(at=NOWHERE, type=ListOf(one), pick=pick, old_sees=sees)
        case ListOf(items=Scalar(kind=Kind.STR, choices=())) if draw(st.booleans()):
            return ChangeField(at=NOWHERE, type=Scalar(Kind.STR), codec="list<->csv", old_sees=sees)
        case ListOf(items=Scalar(choices=()) | Ref() as one):
            pick = draw(st.sampled_from(("first", "last", "refuse")))
            instead = Fallback(value_of(draw, contract, one, view=View.CREATE))
            return ChangeField(at=NOWHERE, type=one, pick=pick, unreadable=instead)
    return None


def _is_listed(contract: Contract, field: Field) -> bool:
    one = field.type.items if isinstance(field.type, ListOf) else field.type
    if isinstance(one, Ref):
        return field.default is MISSING and contract.object(one.name) is not None
    return field.default is MISSING and isinstance(one, Scalar) and not one.choices


def _by_hand(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    """A text through a pair of functions of the project's own."""
    name = draw(st.sampled_from(sorted(PAIRS)))
    new = Scalar(PAIRS[name])
    more: dict[str, Any] = {} if field.default is MISSING else {"default": value_of(draw, contract, new)}
    sees = value_of(draw, contract, field.type, field.nullable)
    type_ = new if new != field.type else None
    return ChangeField(at=NOWHERE, type=type_, codec=f"conversions.{name}", old_sees=sees, **more)


RETYPED: Mapping[str, tuple[Callable[[Contract, Field], bool], Way]] = {
    "type": (lambda contract, field: isinstance(field.type, Scalar | ListOf | MapOf), _recoded),
    "format": (lambda contract, field: bool(_formats(field.type)), _reformatted),
    "unit": (lambda contract, field: not field.key and not field.refers and bool(_units(field.type)), _scaled),
    "table": (_is_tabled, _tabled),
    "list": (_is_listed, _listed),
    "hook": (lambda contract, field: field.type == Scalar(Kind.STR), _by_hand),
}
"""What the values of a field may become: of which field, and how it is drawn."""
