"""Second names, and second places."""

from __future__ import annotations

from ..contract.address import MemberAddress, find_field
from ..contract.changes import AliasFields, Change, MoveFields
from ..contract.named_types import EnumType
from .change_addresses import holder, read_address, said
from .change_names import is_listed, is_object, new_name
from .change_shapes import AliasSpec
from .point import Point, fail


def alias(spec: AliasSpec, point: Point) -> tuple[Change, ...]:
    """The change that `spec` declares.

    Raises:
        ScaffoldError: SC3xx when it fits nothing there.
    """
    where, there = spec.place("alias"), spec.place("as_")
    sources: list[MemberAddress] = []
    for text in spec.alias:
        address = read_address(text, where)
        if not isinstance(address, MemberAddress) or isinstance(holder(address, point), EnumType):
            raise fail("SC313", f"`{address}` has one name", where, "fields can have several")
        sources.append(address)
        find_field(point.contract, address)
    if not sources or not spec.as_:
        raise fail("SC313", "nothing gets another name here", where, "write `alias: User.name` and `as: full_name`")
    first = sources[0]
    is_place = len(spec.as_) == 1 and spec.as_[0].strip().startswith(f"{first.type}.")
    to = read_address(spec.as_[0], there) if is_place else None
    together = len(sources) > 1 or is_listed(spec, "alias")
    if isinstance(to, MemberAddress) and (len(to.path) > len(first.path) or together):
        into = together or is_object(to, point)
        move = MoveFields(sources=tuple(sources), to=to, into=into, type_name=spec.type_name, stays=True, **said(spec))
        return (move,)
    if len(sources) > 1:
        help_ = f"write the address of an object for all of them: `{first.type}.details`"
        raise fail("SC313", "several fields get one place, and this is a name", there, help_)
    if spec.type_name is not None:
        raise fail("SC312", "`type_name` says nothing beside a name", spec.place("type_name"), "leave it out")
    names = tuple(new_name(first, name.strip(), spec, "as_") for name in spec.as_)
    twice = next((n for i, n in enumerate(names) if n in (first.name, *names[:i])), None)
    if twice is not None:
        raise fail("SC303", f"`{twice}` is one of its names already", there, "choose a free name")
    return (AliasFields(at=first, names=names, **said(spec)),)
