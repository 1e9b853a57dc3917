"""A history as converters see it: no aliases, and what an object keeps of fields it does not know is a field too."""

from __future__ import annotations

from dataclasses import replace

from ..contract.contract import Contract
from ..contract.expand import expanded
from ..contract.history import Applied, History
from ..contract.types import Field, Kind, MapOf, NamedType, ObjectType, Scalar, Unknown

REST = "unknown_fields"
"""What records call the fields that an object keeps without knowing them."""

_BORN = "|rest"


def prepared(history: History) -> History:
    """`history` without aliases, where each object that keeps unknown fields has a field for them.

    Doing it twice changes nothing.
    """
    plain = expanded(history)
    made: dict[int, tuple[Contract, Contract]] = {}
    types: dict[int, tuple[ObjectType, ObjectType]] = {}

    def once(contract: Contract) -> Contract:
        if id(contract) not in made:
            made[id(contract)] = (contract, _with_rest(contract, types))
        return made[id(contract)][1]

    steps = tuple((a, once(a.before), once(a.after)) for a in plain.applied)
    contracts = tuple(once(c) for c in plain.contracts)
    if all(old is new for old, new in made.values()):
        return plain
    applied = tuple(Applied(a.version, a.change, before, after) for a, before, after in steps)
    return replace(plain, contracts=contracts, applied=applied)


def is_rest(field: Field) -> bool:
    """Whether a field stands for all that its object does not know."""
    born = field.identity.partition(":")[2]
    return born.endswith(_BORN) and "." not in born


def _with_rest(contract: Contract, known: dict[int, tuple[ObjectType, ObjectType]]) -> Contract:
    """`contract` with a field for the rest of each object that keeps it; objects stay the same objects."""
    changed: dict[str, NamedType] = {}
    for name, type_ in contract.types.items():
        if isinstance(type_, ObjectType) and type_.unknown is Unknown.KEEP and not any(map(is_rest, type_.fields)):
            if id(type_) not in known:
                known[id(type_)] = (type_, replace(type_, fields=(*type_.fields, _rest(type_))))
            changed[name] = known[id(type_)][1]
    return replace(contract, types={**contract.types, **changed}) if changed else contract


def _rest(type_: ObjectType) -> Field:
    name = REST
    while type_.field(name) is not None:
        name += "_"
    return Field(f"{type_.identity}{_BORN}", name, MapOf(type_.rest or Scalar(Kind.JSON)), required=False)
