"""Strategies of changes of which types and resources there are."""

from __future__ import annotations

from hypothesis import strategies as st

from scaffold.contract.changes import AddResource, AddType, Change, MoveResource, RemoveResource, RemoveType, RenameType
from scaffold.contract.contract import Contract

from .contracts import Draw, enum_types, object_types, resources
from .drawing import pick


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
