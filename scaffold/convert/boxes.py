"""Objects that hold one value only, and that value by itself: where one takes the place of the other."""

from __future__ import annotations

from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.named_types import Field, ObjectType
from ..contract.places import type_at
from ..contract.types import UNDECIDED, ListOf, MapOf, Ref, Type
from .stated import alike, identified


def packs(applied: Applied) -> bool:
    """Whether a change leaves it to the types how values cross: nobody said that it is undecided."""
    return getattr(applied.change, "codec", None) is not UNDECIDED


def listed(contract: Contract, place: str) -> bool:
    """Whether a place holds a list or a map: an object in it that holds nothing is left out."""
    return isinstance(type_at(contract, place), ListOf | MapOf)


def content(wrapper: Type, plain: Type, here: Contract, there: Contract) -> Field | None:
    """The only field of the object `wrapper`, as `here` has it, if that holds what `plain` is in `there`.

    An object that holds one of its own kind is no wrapper of it.
    """
    found = here.types.get(wrapper.name) if isinstance(wrapper, Ref) else None
    if not isinstance(found, ObjectType) or len(found.fields) != 1:
        return None
    (field,), held = found.fields, identified(plain, there)
    return field if alike(identified(field.type, here), held) and not alike(identified(wrapper, here), held) else None
