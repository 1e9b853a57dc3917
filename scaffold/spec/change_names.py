"""Renames and moves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..contract.address import (
    METHODS,
    Address,
    HeaderAddress,
    MemberAddress,
    OperationAddress,
    ParameterAddress,
    TypeAddress,
    find_field,
)
from ..contract.changes import (
    Change,
    MoveFields,
    MoveOperation,
    MoveParameter,
    MoveResource,
    RenameEnumValue,
    RenameFields,
    RenameOperation,
    RenameParameter,
    RenameType,
)
from ..contract.changes.resources import path_named
from ..contract.named_types import EnumType
from ..contract.parameter import Location
from ..contract.types import Ref
from ..diagnostics import ScaffoldError
from .change_addresses import enum_value, holder, read_address, said
from .change_base import ChangeBase
from .change_messages import rename_header
from .change_shapes import MoveSpec, RenameSpec
from .field_checks import usable_type_name
from .nodes import ListNode, MapNode
from .paths import path_problem
from .point import Point, fail


def rename(spec: RenameSpec, point: Point) -> tuple[Change, ...]:
    where = spec.place("rename")
    if isinstance(spec.rename, Mapping):
        if spec.to is not None:
            raise fail(
                "SC312",
                "`to` says nothing beside a mapping of names",
                spec.place("to"),
                "write the new names in the mapping",
            )
        pairs = dict(spec.rename)
        if not pairs:
            raise fail("SC313", "nothing is renamed here", where, "write `{User.a: b}`")
    else:
        if spec.to is None and spec.cut():
            raise ScaffoldError(())
        if spec.to is None:
            raise fail("SC313", f"`{spec.rename}` gets no new name", where, "add `to:` with the new name")
        pairs = {spec.rename: spec.to}
    addresses = {read_address(old, where): new.strip() for old, new in pairs.items()}
    first = next(iter(addresses))
    members = [a for a in addresses if isinstance(a, MemberAddress)]
    if spec.path is not None and not (isinstance(first, TypeAddress) and len(addresses) == 1):
        raise fail("SC312", f"`path` says nothing about `{first}`", spec.place("path"), "it is for resources")
    if isinstance(first, MemberAddress) and not isinstance(holder(first, point), EnumType):
        if len(members) < len(addresses) or len({(a.type, a.path[:-1]) for a in members}) > 1:
            raise fail(
                "SC313",
                "fields of one object are renamed together, and these are of several",
                where,
                "make a change for each object",
            )
        if spec.component is not None:
            raise fail("SC312", "`component` says nothing about fields", spec.place("component"), "it is for types")
        names = {a.name: new_name(a, addresses[a], spec) for a in members}
        return (RenameFields(at=first, names=names, storage=spec.storage, **said(spec)),)
    if spec.storage is not None:
        raise fail("SC312", f"`storage` says nothing about `{first}`", spec.place("storage"), "it is for fields")
    if spec.component is not None and not (isinstance(first, TypeAddress) and len(addresses) == 1):
        raise fail("SC312", f"`component` says nothing about `{first}`", spec.place("component"), "it is for types")
    return tuple(_rename_one(a, new, spec, point) for a, new in addresses.items())


def _rename_one(address: Address, new: str, spec: RenameSpec, point: Point) -> Change:
    where = spec.place("rename")
    match address:
        case MemberAddress():
            return RenameEnumValue(at=enum_value(address, where), to=new_name(address, new, spec), **said(spec))
        case TypeAddress(name):
            if not usable_type_name(new, spec.place("to"), point.scope()):
                raise ScaffoldError(())
            path = _new_path(name, new, spec, point)
            return RenameType(name=name, to=new, component=spec.component, path=path, **said(spec))
        case ParameterAddress():
            if address.location is Location.PATH and not new.isidentifier():
                raise fail(
                    "SC313",
                    f"`{new}` cannot name a path parameter",
                    spec.place("to"),
                    "letters, digits and underscores",
                )
            return RenameParameter(at=address, to=new, **said(spec))
        case OperationAddress():
            if not new.strip() or not new.isprintable() or new.split(maxsplit=1)[0] in METHODS or new.startswith("/"):
                help_ = "an id is one word, as `cancel_order`; to change the path write `move`"
                raise fail("SC313", f"`{new}` cannot be the id of an operation", spec.place("to"), help_)
            return RenameOperation(at=address, to=new, **said(spec))
        case HeaderAddress():
            return rename_header(address, new, point, said(spec))
        case _:
            raise fail("SC390", f"`{address}` cannot be renamed", where, "use `change: envelope`")


def _new_path(name: str, new: str, spec: RenameSpec, point: Point) -> str | None:
    """Where a resource is from now on; None where it stays, or is a type alone."""
    resource = point.contract.resources.get(name)
    if resource is None:
        return spec.path
    problem = None if spec.path is None else path_problem(spec.path, resource=True)
    if problem is not None:
        raise fail("SC221", f"`{spec.path}` is no path: {problem}", spec.place("path"))
    path = spec.path or path_named(resource.path, name, new)
    return None if path == resource.path else path


def new_name(address: MemberAddress, new: str, spec: ChangeBase, key: str = "to") -> str:
    """A new name for the field or value at `address`, which the spec states under `key`.

    Raises:
        ScaffoldError: SC313 when it is no name.
    """
    quoted = len(new) > 1 and new.startswith('"') and new.endswith('"')
    if quoted:
        new = new[1:-1]
    owner = ".".join((address.type, *address.path[:-1])) + "."
    if new.startswith(owner) and not quoted:
        raise fail(
            "SC313",
            f"`{new}` is an address, and what is wanted is a name",
            spec.place(key),
            f"write `{key.rstrip('_')}: {new.removeprefix(owner)}`",
        )
    if not new or new.endswith("?"):
        raise fail(
            "SC313",
            f"`{new}` is no name",
            spec.place(key),
            "a new name keeps whether the field is optional; leave the `?` out",
        )
    return new


def move(spec: MoveSpec, point: Point) -> tuple[Change, ...]:
    where, there = spec.place("move"), spec.place("to")
    sources = [read_address(text, where) for text in spec.move]
    if not sources:
        raise fail("SC313", "nothing is moved here", where, "write `move: User.city` and `to: User.address`")
    first = sources[0]
    members = tuple(s for s in sources if isinstance(s, MemberAddress))
    if len(members) == len(sources):
        _only_operations(spec)
        to = read_address(spec.to, there)
        if isinstance(holder(first, point), EnumType):
            raise fail("SC313", "values of an enum do not move", where, "use `rename`")
        if not isinstance(to, MemberAddress | TypeAddress):
            raise fail(
                "SC313", f"`{to}` is no place for a field", there, "write the address of an object: `User.address`"
            )
        if isinstance(to, TypeAddress) and to.name != members[0].type:
            raise fail(
                "SC313",
                f"a field moves to a place below its own type, and `{to}` is none",
                there,
                "write the address of an object: `User.address`",
            )
        into = isinstance(to, TypeAddress) or len(members) > 1 or is_listed(spec, "move") or is_object(to, point)
        return (MoveFields(sources=members, to=to, into=into, type_name=spec.type_name, **said(spec)),)
    if not isinstance(first, OperationAddress):
        _only_operations(spec)
    if isinstance(first, TypeAddress) and len(sources) == 1 and spec.type_name is None:
        return (_move_resource(spec, first.name),)
    if spec.type_name is not None:
        raise fail("SC312", "`type_name` is for fields", spec.place("type_name"), "leave it out")
    if len(sources) > 1:
        raise fail("SC313", "only fields move together", where, "make a change for each")
    if isinstance(first, OperationAddress):
        target = read_address(spec.to, there)
        if not isinstance(target, OperationAddress):
            raise fail(
                "SC313", f"`{spec.to}` is no operation", there, "write a method and a path: `GET /accounts/{id}`"
            )
        if spec.redirect not in (None, 307, 308):
            help_ = "308 says that it stays so, 307 that it may come back"
            raise fail("SC213", f"{spec.redirect} does not keep what was sent", spec.place("redirect"), help_)
        if spec.redirect is not None and spec.keep:
            help_ = "say `keep` where it works in both places, `redirect` where callers are sent on"
            raise fail("SC312", "`redirect` and `keep` say different things", spec.place("keep"), help_)
        return (MoveOperation(at=first, to=target, redirect=spec.redirect, alias=spec.keep, **said(spec)),)
    if isinstance(first, ParameterAddress):
        return (_move_parameter(spec, first, said(spec)),)
    raise fail("SC313", f"`{first}` does not move", where, "fields, operations and parameters do")


def _move_resource(spec: MoveSpec, name: str) -> MoveResource:
    path = spec.to.strip()
    problem = path_problem(path, resource=True)
    if problem is not None:
        raise fail("SC221", f"`{path}` is no path: {problem}", spec.place("to"), "write `to: /users/{user_id}/emails`")
    return MoveResource(name=name, to=path, **said(spec))


def _only_operations(spec: MoveSpec) -> None:
    for key in ("redirect", "keep"):
        if key in spec.stated():
            raise fail("SC312", f"`{key}` is for operations", spec.place(key), "leave it out")


def _move_parameter(spec: MoveSpec, at: ParameterAddress, told: dict[str, Any]) -> MoveParameter:
    """`to` is a place with a name, or `path` with the path that the operation has from then on."""
    place, _, name = spec.to.strip().partition(" ")
    name, path = name.strip(), None
    if place not in [str(location) for location in Location]:
        raise fail("SC313", f"`{spec.to}` is no place for a parameter", spec.place("to"), "write `to: header X-Status`")
    if place == Location.PATH:
        path = name
        added = set(_NAMED.findall(path)) - set(_NAMED.findall(at.operation.path))
        if not path.startswith("/") or len(added) != 1:
            help_ = "write `to: path /reports/{year}`, with the path that the operation has from now on"
            raise fail("SC313", f"`{spec.to}` is no path with one more name", spec.place("to"), help_)
        name = added.pop()
    elif at.location is Location.PATH:
        path = re.sub(rf"/{{{re.escape(at.name)}}}(?=/|$)", "", at.operation.path) or "/"
        if path == at.operation.path:
            problem = f"`{{{at.name}}}` is no segment of its own in `{at.operation.path}`"
            raise fail("SC313", problem, spec.place("move"), "move the operation to a path where it is one first")
    name = "" if name == at.name else name
    return MoveParameter(at=at, to=Location(place), name=name or None, path=path, **told)


_NAMED = re.compile(r"{([^}]+)}")


def is_listed(spec: ChangeBase, key: str) -> bool:
    """Whether the spec states a list under `key`."""
    node = spec.node.entries.get(key) if isinstance(spec.node, MapNode) else None
    return isinstance(node, ListNode)


def is_object(at: MemberAddress, point: Point) -> bool:
    """Whether there is a field at `at` that holds an object."""
    try:
        type_ = find_field(point.contract, at).field.type
    except ScaffoldError:
        return False
    return isinstance(type_, Ref) and point.contract.object(type_.name) is not None
