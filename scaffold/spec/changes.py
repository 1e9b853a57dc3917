"""Changes of the spec as changes of the contract; the kind of the address decides which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..contract.address import (
    Address,
    ApiAddress,
    MemberAddress,
    OperationAddress,
    ParameterAddress,
    TypeAddress,
    find_field,
    parse_address,
)
from ..contract.changes import (
    AddEnumValue,
    AddOperation,
    AddParameter,
    AddResource,
    AddType,
    Change,
    ChangeEnvelope,
    MoveFields,
    MoveOperation,
    MoveParameter,
    RemoveEnumValue,
    RemoveField,
    RemoveOperation,
    RemoveParameter,
    RemoveResource,
    RemoveType,
    RenameEnumValue,
    RenameFields,
    RenameOperation,
    RenameParameter,
    RenameType,
)
from ..contract.contract import Contract, Location
from ..contract.types import EnumType, ObjectType, Ref
from ..diagnostics import Diagnostic, ScaffoldError, Span, did_you_mean
from .base import read_envelope
from .change_fields import add_field, change_field, change_parameter
from .change_shapes import AddSpec, ChangeBase, ChangeSpec, MoveSpec, RemoveSpec, RenameSpec
from .fields import build_type, settle, usable_type_name
from .operations import build_operation, build_parameter, build_resource
from .point import Point, fail
from .scalars import Raw, Row
from .shapes import BOUNDS

_TYPED = ("type", "enum", "fields", "items", "values", "nullable", "description")
_MODES = ("default", "example", "read_only", "write_only", "create_only", "unique", "on_create", "deprecated")
KEYS: Mapping[str, tuple[str, ...]] = {
    "a field": (*_TYPED, *BOUNDS, *_MODES, "unknown", "old_sends", "existing"),
    "a value of an enum": ("description", "old_sees"),
    "a type": ("enum", "fields", "unknown", "description"),
    "a resource": ("path", "fields", "operations", "filters", "sort", "handler", "unknown", "description"),
    "an operation": ("id", "summary", "description", "handler", "tags", "parameters", "body", "response", "responses", "deprecated"),
    "a parameter": ("type", "enum", "items", "description", *BOUNDS, "default", "example", "required", "deprecated", "old_sends"),
}  # fmt: skip
"""Which keys an addition can have."""

CHANGE_KEYS: Mapping[str, tuple[str, ...]] = {
    "a field": tuple(
        n for n in ("from", "to", *(ChangeSpec.model_fields)) if n not in ("change", "from_", "why", "note")
    ),
    "a parameter": ("to", "type", "codec", "required", "default", "drop", *BOUNDS, "old_sends", "policy"),
    "the envelope": ("to",),
}


def build_change(spec: ChangeBase, point: Point) -> tuple[Change, ...]:
    """The changes that `spec` declares at `point` of the history.

    Raises:
        ScaffoldError: SC3xx or SC2xx, when it fits nothing there.
    """
    before = len(point.findings.errors)
    match spec:
        case AddSpec():
            made = _add(spec, point)
        case RemoveSpec():
            made = _remove(spec, point)
        case RenameSpec():
            made = _rename(spec, point)
        case MoveSpec():
            made = _move(spec, point)
        case ChangeSpec():
            made = _change(spec, point)
        case _:
            made = ()
    if len(point.findings.errors) > before:
        return ()
    return made


def _said(spec: ChangeBase) -> dict[str, Any]:
    return {"why": spec.why, "note": spec.note}


def _only(spec: ChangeBase, verb: str, kind: str, allowed: tuple[str, ...]) -> None:
    """Refuse the keys that say nothing about this kind of thing."""
    wrong = [key for key in spec.stated() if key not in (*allowed, verb, "why", "note")]
    if wrong:
        key = min(wrong, key=lambda k: (spec.place(k).line, spec.place(k).column))
        raise fail("SC312", f"`{key}` says nothing about {kind}", _key_place(spec, key), did_you_mean(key, allowed))


def _key_place(spec: ChangeBase, key: str) -> Span:
    from .tree import MapNode

    node = spec._node.entries.get(key) if isinstance(spec._node, MapNode) else None
    return node.key.span if node is not None and node.key is not None else spec.place(key)


def _address(text: str, span: Span) -> Address:
    try:
        return parse_address(text)
    except ScaffoldError as error:
        raise ScaffoldError(d.at(span) for d in error.diagnostics) from None


def _member(address: Address, point: Point) -> EnumType | ObjectType | None:
    return point.contract.types.get(address.type) if isinstance(address, MemberAddress) else None


def _enum_value(address: MemberAddress, span: Span) -> MemberAddress:
    if len(address.path) != 1:
        raise fail("SC301", f"`{address}` leads into an enum", span, "a value is written `Status.draft`")
    return address


def _add(spec: AddSpec, point: Point) -> tuple[Change, ...]:
    where = spec.place("add")
    text = spec.add.strip()
    method = text.split(maxsplit=1)[0] if text else ""
    is_operation = " /" in text and method.isalpha()
    optional = text.endswith("?") and not is_operation
    if "|" in text and not is_operation:
        raise fail("SC390", "variants of unions are not supported yet", where, "use one type with optional fields")
    address = _address(text[:-1] if optional else text, where)
    if isinstance(address, MemberAddress):
        if isinstance(_member(address, point), EnumType):
            _only(spec, "add", "a value of an enum", KEYS["a value of an enum"])
            at = _enum_value(address, where)
            return (
                AddEnumValue(
                    at=at, description=spec.description, old_sees=point.policy(spec, "old_sees"), **_said(spec)
                ),
            )
        _only(spec, "add", "a field", KEYS["a field"])
        return (add_field(spec, address, not optional, point, _said(spec)),)
    if isinstance(address, TypeAddress):
        return _add_type(spec, address.name, point)
    if isinstance(address, OperationAddress):
        _only(spec, "add", "an operation", KEYS["an operation"])
        scope = point.scope()
        operation = build_operation(str(address), spec, scope, where)
        settle(scope)
        return () if operation is None else (AddOperation(operation=operation, types=scope.new_types, **_said(spec)),)
    if isinstance(address, ParameterAddress):
        _only(spec, "add", "a parameter", KEYS["a parameter"])
        scope = point.scope()
        parameter = build_parameter(address.name, address.location, spec, scope, f"`{address}`", "")
        if parameter is None:
            return ()
        old_sends = point.policy(spec, "old_sends", parameter.type)
        return (AddParameter(at=address, parameter=parameter, old_sends=old_sends, **_said(spec)),)
    raise fail("SC390", f"adding `{address}` is not supported", where, "use `change: envelope`")


def _add_type(spec: AddSpec, name: str, point: Point) -> tuple[Change, ...]:
    where, kind = spec.place("add"), "a resource" if spec.path is not None else "a type"
    _only(spec, "add", kind, KEYS[kind])
    scope = point.scope()
    if not usable_type_name(name, where, scope):
        return ()
    if name in point.contract.types:
        raise fail(
            "SC303", f"a type `{name}` is there already", where, "choose a free name, or remove the other one first"
        )
    build_type(name, spec, scope)
    settle(scope)
    type_ = scope.made.get(name)
    if spec.path is None:
        return () if type_ is None else (AddType(types=scope.new_types, **_said(spec)),)
    if not isinstance(type_, ObjectType):
        return ()
    made = build_resource(name, spec, type_, scope)
    if made is None:
        return ()
    resource, operations = made
    return (AddResource(resource=resource, types=scope.new_types, operations=operations, **_said(spec)),)


def _remove(spec: RemoveSpec, point: Point) -> tuple[Change, ...]:
    where = spec.place("remove")
    address = _address(spec.remove, where)
    if isinstance(address, MemberAddress):
        if isinstance(_member(address, point), EnumType):
            _only(spec, "remove", "a value of an enum", ("old_sends",))
            at = _enum_value(address, where)
            return (RemoveEnumValue(at=at, old_sends=point.policy(spec, "old_sends"), **_said(spec)),)
        _only(spec, "remove", "a field", ("old_sees",))
        field = find_field(point.contract, address).field
        old_sees = point.policy(spec, "old_sees", field.type, nullable=field.nullable)
        return (RemoveField(at=address, old_sees=old_sees, **_said(spec)),)
    _only(spec, "remove", f"`{address}`", ())
    match address:
        case TypeAddress(name):
            gone: type[RemoveResource | RemoveType] = RemoveResource if name in point.contract.resources else RemoveType
            return (gone(name=name, **_said(spec)),)
        case OperationAddress():
            return (RemoveOperation(at=address, **_said(spec)),)
        case ParameterAddress():
            return (RemoveParameter(at=address, **_said(spec)),)
    raise fail(
        "SC390",
        f"removing `{address}` is not supported",
        where,
        "to answer lists bare write `change: envelope` with `to: none`",
    )


def _rename(spec: RenameSpec, point: Point) -> tuple[Change, ...]:
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
        if spec.to is None:
            raise fail("SC313", f"`{spec.rename}` gets no new name", where, "add `to:` with the new name")
        pairs = {spec.rename: spec.to}
    addresses = {_address(old, where): new.strip() for old, new in pairs.items()}
    first = next(iter(addresses))
    members = [a for a in addresses if isinstance(a, MemberAddress)]
    if isinstance(first, MemberAddress) and not isinstance(_member(first, point), EnumType):
        if len(members) < len(addresses) or len({(a.type, a.path[:-1]) for a in members}) > 1:
            raise fail(
                "SC313",
                "fields of one object are renamed together, and these are of several",
                where,
                "make a change for each object",
            )
        names = {a.name: _new_name(a, addresses[a], spec) for a in members}
        return (RenameFields(at=first, names=names, storage=spec.storage, **_said(spec)),)
    if spec.storage is not None:
        raise fail("SC312", f"`storage` says nothing about `{first}`", spec.place("storage"), "it is for fields")
    return tuple(_rename_one(a, new, spec, point) for a, new in addresses.items())


def _rename_one(address: Address, new: str, spec: RenameSpec, point: Point) -> Change:
    where = spec.place("rename")
    match address:
        case MemberAddress():
            return RenameEnumValue(at=_enum_value(address, where), to=_new_name(address, new, spec), **_said(spec))
        case TypeAddress(name):
            if not usable_type_name(new, spec.place("to"), point.scope()):
                raise ScaffoldError(())
            return RenameType(name=name, to=new, **_said(spec))
        case ParameterAddress():
            if address.location is Location.PATH and not new.isidentifier():
                raise fail(
                    "SC313",
                    f"`{new}` cannot name a path parameter",
                    spec.place("to"),
                    "letters, digits and underscores",
                )
            return RenameParameter(at=address, to=new, **_said(spec))
        case OperationAddress():
            if not new.isidentifier():
                help_ = "an id has letters, digits and underscores; to change the path write `move`"
                raise fail("SC313", f"`{new}` cannot be the id of an operation", spec.place("to"), help_)
            return RenameOperation(at=address, to=new, **_said(spec))
        case _:
            raise fail("SC390", f"`{address}` cannot be renamed", where, "use `change: envelope`")


def _new_name(address: MemberAddress, new: str, spec: RenameSpec) -> str:
    if len(new) > 1 and new.startswith('"') and new.endswith('"'):
        new = new[1:-1]
    holder = ".".join((address.type, *address.path[:-1])) + "."
    if new.startswith(holder):
        raise fail(
            "SC313",
            f"`{new}` is an address, and a rename takes the name alone",
            spec.place("to"),
            f"write `to: {new.removeprefix(holder)}`",
        )
    if not new or new.endswith("?"):
        raise fail(
            "SC313",
            f"`{new}` is no name",
            spec.place("to"),
            "a rename keeps whether the field is optional; leave the `?` out",
        )
    return new


def _move(spec: MoveSpec, point: Point) -> tuple[Change, ...]:
    where, there = spec.place("move"), spec.place("to")
    sources = [_address(text, where) for text in spec.move]
    if not sources:
        raise fail("SC313", "nothing is moved here", where, "write `move: User.city` and `to: User.address`")
    first = sources[0]
    members = tuple(s for s in sources if isinstance(s, MemberAddress))
    if len(members) == len(sources):
        to = _address(spec.to, there)
        if isinstance(_member(first, point), EnumType):
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
                f"write `to: {members[0].type}.{to}`",
            )
        into = isinstance(to, TypeAddress) or len(members) > 1 or _listed(spec) or _is_object(to, point)
        return (MoveFields(sources=members, to=to, into=into, type_name=spec.type_name, **_said(spec)),)
    if spec.type_name is not None:
        raise fail("SC312", "`type_name` is for fields", spec.place("type_name"), "leave it out")
    if len(sources) > 1:
        raise fail("SC313", "only fields move together", where, "make a change for each")
    if isinstance(first, OperationAddress):
        target = _address(spec.to, there)
        if not isinstance(target, OperationAddress):
            raise fail(
                "SC313", f"`{spec.to}` is no operation", there, "write a method and a path: `GET /accounts/{id}`"
            )
        return (MoveOperation(at=first, to=target, **_said(spec)),)
    if isinstance(first, ParameterAddress):
        place, _, name = spec.to.strip().partition(" ")
        if place not in ("query", "header", "cookie"):
            raise fail("SC313", f"`{spec.to}` is no place for a parameter", there, "write `to: header X-Status`")
        return (MoveParameter(at=first, to=Location(place), name=name.strip() or None, **_said(spec)),)
    raise fail("SC313", f"`{first}` does not move", where, "fields, operations and parameters do")


def _listed(spec: MoveSpec) -> bool:
    from .tree import ListNode, MapNode

    node = spec._node.entries.get("move") if isinstance(spec._node, MapNode) else None
    return isinstance(node, ListNode)


def _is_object(at: MemberAddress, point: Point) -> bool:
    try:
        type_ = find_field(point.contract, at).field.type
    except ScaffoldError:
        return False
    return isinstance(type_, Ref) and point.contract.object(type_.name) is not None


def _change(spec: ChangeSpec, point: Point) -> tuple[Change, ...]:
    where = spec.place("change")
    address = _address(spec.change, where)
    if isinstance(address, ApiAddress):
        if address.name != "envelope":
            raise fail("SC390", f"changing `{address}` is not supported yet", where, "`change: envelope` is")
        _only(spec, "change", "the envelope", CHANGE_KEYS["the envelope"])
        if "to" not in spec.stated():
            raise fail("SC313", "the envelope is not stated", where, "add `to: {data: $items}`, or `to: none`")
        envelope = read_envelope(spec.to, spec.place("to"), point.findings)
        return () if envelope is None else (ChangeEnvelope(to=envelope, **_said(spec)),)
    if isinstance(address, MemberAddress):
        if isinstance(_member(address, point), EnumType):
            raise fail("SC313", f"`{address}` is a value of an enum", where, "values are added, removed or renamed")
        _only(spec, "change", "a field", CHANGE_KEYS["a field"])
        return (change_field(spec, address, point, _said(spec)),)
    if isinstance(address, ParameterAddress):
        _only(spec, "change", "a parameter", CHANGE_KEYS["a parameter"])
        return (change_parameter(spec, address, point, _said(spec)),)
    raise fail(
        "SC390", f"changing `{address}` is not supported yet", where, "fields, parameters and the envelope change"
    )


__all__ = ["Contract", "Diagnostic", "Raw", "Row", "build_change"]
