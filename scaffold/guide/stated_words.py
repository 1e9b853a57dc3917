"""What policies state, as clients see it."""

from __future__ import annotations

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.types import Json, Ref, Type
from ..convert.stated import resolved
from .words import value


def stated_value(found: Json, type_: Type, contract: Contract, view: View) -> str:
    """A value of `type_` that a policy states, as inline code: a variant that is stated by its name as it is sent."""
    named = contract.alias(type_.name) if isinstance(type_, Ref) else None
    made = resolved(found, type_ if named is None else named.type, contract, view)
    return value(found if made is None else made[1])
