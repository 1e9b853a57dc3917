"""Strategies of changes of which types and resources there are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.changes import (
    AddResource,
    AddType,
    Change,
    ChangeType,
    MoveResource,
    RemoveResource,
    RemoveType,
    RenameType,
    Waiver,
)
from scaffold.contract.contract import Contract
from scaffold.contract.named_types import EnumType, ObjectType, Unknown

from .contracts import resources
from .drawing import enums, objects, pick, way_to
from .made_types import Draw, enum_types, object_types, scalars
from .variant_changes import retag

WAIVER = Waiver("Ada", "Nobody sends it.")


def add_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(("Extra", "Place", "Part", "Level")))
    if draw(st.booleans()):
        return AddType(types=(draw(enum_types(name, version)),))
    return AddType(types=(draw(object_types(contract, name, version, key=draw(st.booleans()), most=3)),))


def remove_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    unused = [n for n in contract.types if not any(contract.users_of(n)) and n not in contract.resources]
    name = pick(draw, unused)
    return None if name is None else RemoveType(name=name)


def rename_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(list(contract.types)))
    to = draw(st.sampled_from(("Account", "Place", "Part", "State", "Item")))
    moves = name in contract.resources and draw(st.booleans())
    return RenameType(name=name, to=to, path=f"/{to.lower()}s" if moves else None)


def add_resource(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(("Invoice", "User", "Order", "Team")))
    if name in contract.types:
        return None
    resource, types, made = draw(resources(contract, name, version))
    return AddResource(resource=resource, types=types, operations=made)


def remove_resource(draw: Draw, contract: Contract, version: str) -> Change | None:
    if len(contract.resources) < 2:
        return None
    return RemoveResource(name=draw(st.sampled_from(list(contract.resources))))


def move_resource(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(list(contract.resources)))
    return MoveResource(name=name, to=f"/m{draw(st.integers(0, 99))}{contract.resources[name].path}")


def change_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    """An object takes other fields that it does not know, an enum other texts, or variants are told apart otherwise."""
    match way_to(draw, "unknown", "open", "retag"):
        case "unknown":
            type_ = pick(draw, objects(contract))
            return None if type_ is None else _of_unknown(draw, type_)
        case "open":
            enum = pick(draw, enums(contract))
            return None if enum is None else _opened(draw, enum)
        case _:
            return retag(draw, contract, version)


def _opened(draw: Draw, enum: EnumType) -> ChangeType:
    """Clients of the version that has it closed are shown, or are taken to have sent, what they know, or all of it."""
    change = ChangeType(name=enum.name, open=not enum.open)
    known = draw(st.sampled_from([v.value for v in enum.values]))
    policies: list[dict[str, Any]] = [{"old_sends" if enum.open else "old_sees": known}, {"policy": "keep"}]
    policies += [{"policy": "refuse", "waiver": WAIVER}] if enum.open else []
    return replace(change, **draw(st.sampled_from(policies)))


def _of_unknown(draw: Draw, type_: ObjectType) -> ChangeType:
    unknown = draw(st.sampled_from([u for u in Unknown if u is not type_.unknown]))
    policies = ["strip", "refuse", *(["keep"] if type_.unknown is Unknown.KEEP else [])]
    policy = draw(st.sampled_from(policies)) if closes(type_, unknown) else None
    waiver = WAIVER if policy == "refuse" else None
    rest = draw(scalars()) if unknown is Unknown.KEEP and draw(st.booleans()) else None
    return ChangeType(name=type_.name, unknown=unknown, rest=rest, policy=policy, waiver=waiver)


def closes(type_: ObjectType, unknown: Unknown) -> bool:
    """Whether an object that does `unknown` takes less than it did."""
    order = (Unknown.REFUSE, Unknown.IGNORE, Unknown.KEEP)
    return order.index(unknown) < order.index(type_.unknown)
