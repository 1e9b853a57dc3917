"""Changes of the spec as changes of the contract; the kind of the address decides which."""

from __future__ import annotations

from collections.abc import Mapping

from ..contract.address import (
    ApiAddress,
    MemberAddress,
    OperationAddress,
    ParameterAddress,
    TypeAddress,
    find_field,
)
from ..contract.changes import (
    AddEnumValue,
    AddOperation,
    AddParameter,
    AddResource,
    AddType,
    Change,
    ChangeEnvelope,
    RemoveEnumValue,
    RemoveField,
    RemoveOperation,
    RemoveParameter,
    RemoveResource,
    RemoveType,
)
from ..contract.types import EnumType, ObjectType
from .base import read_envelope
from .change_addresses import enum_value, holder, only, read_address, said
from .change_fields import add_field, change_field, change_parameter
from .change_names import move, rename
from .change_shapes import AddSpec, ChangeBase, ChangeSpec, MoveSpec, RemoveSpec, RenameSpec
from .fields import build_type, settle, usable_type_name
from .operations import build_operation, build_resource
from .parameters import build_parameter
from .point import Point, fail
from .shapes import BOUNDS

_TYPED = ("type", "enum", "fields", "items", "values", "nullable", "description")
_MODES = ("default", "example", "read_only", "write_only", "create_only", "unique", "on_create", "deprecated")
KEYS: Mapping[str, tuple[str, ...]] = {
    "a field": (*_TYPED, *BOUNDS, *_MODES, "unknown", "old_sends", "existing"),
    "a value of an enum": ("description", "old_sees"),
    "a type": ("enum", "fields", "unknown", "description"),
    "a resource": ("path", "fields", "operations", "filters", "sort", "handler", "unknown", "description"),
    "an operation": (
        *("id", "summary", "description", "handler", "tags", "deprecated"),
        *("parameters", "body", "response", "responses"),
    ),
    "a parameter": (
        *("type", "enum", "items", "description", *BOUNDS),
        *("default", "example", "required", "deprecated", "old_sends"),
    ),
}
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
            made = rename(spec, point)
        case MoveSpec():
            made = move(spec, point)
        case ChangeSpec():
            made = _change(spec, point)
        case _:
            made = ()
    if len(point.findings.errors) > before:
        return ()
    return made


def _add(spec: AddSpec, point: Point) -> tuple[Change, ...]:
    where = spec.place("add")
    text = spec.add.strip()
    method = text.split(maxsplit=1)[0] if text else ""
    is_operation = " /" in text and method.isalpha()
    optional = text.endswith("?") and not is_operation
    if "|" in text and not is_operation:
        raise fail("SC390", "variants of unions are not supported yet", where, "use one type with optional fields")
    address = read_address(text[:-1] if optional else text, where)
    if isinstance(address, MemberAddress):
        if isinstance(holder(address, point), EnumType):
            only(spec, "add", "a value of an enum", KEYS["a value of an enum"])
            at = enum_value(address, where)
            return (
                AddEnumValue(
                    at=at, description=spec.description, old_sees=point.policy(spec, "old_sees"), **said(spec)
                ),
            )
        only(spec, "add", "a field", KEYS["a field"])
        return (add_field(spec, address, not optional, point, said(spec)),)
    if isinstance(address, TypeAddress):
        return _add_type(spec, address.name, point)
    if isinstance(address, OperationAddress):
        only(spec, "add", "an operation", KEYS["an operation"])
        scope = point.scope()
        operation = build_operation(str(address), spec, scope, where)
        settle(scope)
        return () if operation is None else (AddOperation(operation=operation, types=scope.new_types, **said(spec)),)
    if isinstance(address, ParameterAddress):
        only(spec, "add", "a parameter", KEYS["a parameter"])
        scope = point.scope()
        parameter = build_parameter(address.name, address.location, spec, scope, f"`{address}`", "")
        if parameter is None:
            return ()
        old_sends = point.policy(spec, "old_sends", parameter.type)
        return (AddParameter(at=address, parameter=parameter, old_sends=old_sends, **said(spec)),)
    raise fail("SC390", f"adding `{address}` is not supported", where, "use `change: envelope`")


def _add_type(spec: AddSpec, name: str, point: Point) -> tuple[Change, ...]:
    where, kind = spec.place("add"), "a resource" if spec.path is not None else "a type"
    only(spec, "add", kind, KEYS[kind])
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
        return () if type_ is None else (AddType(types=scope.new_types, **said(spec)),)
    if not isinstance(type_, ObjectType):
        return ()
    made = build_resource(name, spec, type_, scope)
    if made is None:
        return ()
    resource, operations = made
    return (AddResource(resource=resource, types=scope.new_types, operations=operations, **said(spec)),)


def _remove(spec: RemoveSpec, point: Point) -> tuple[Change, ...]:
    where = spec.place("remove")
    address = read_address(spec.remove, where)
    if isinstance(address, MemberAddress):
        if isinstance(holder(address, point), EnumType):
            only(spec, "remove", "a value of an enum", ("old_sends",))
            at = enum_value(address, where)
            return (RemoveEnumValue(at=at, old_sends=point.policy(spec, "old_sends"), **said(spec)),)
        only(spec, "remove", "a field", ("old_sees",))
        field = find_field(point.contract, address).field
        old_sees = point.policy(spec, "old_sees", field.type, nullable=field.nullable)
        return (RemoveField(at=address, old_sees=old_sees, **said(spec)),)
    only(spec, "remove", f"`{address}`", ())
    match address:
        case TypeAddress(name):
            gone: type[RemoveResource | RemoveType] = RemoveResource if name in point.contract.resources else RemoveType
            return (gone(name=name, **said(spec)),)
        case OperationAddress():
            return (RemoveOperation(at=address, **said(spec)),)
        case ParameterAddress():
            return (RemoveParameter(at=address, **said(spec)),)
    raise fail(
        "SC390",
        f"removing `{address}` is not supported",
        where,
        "to answer lists bare write `change: envelope` with `to: none`",
    )


def _change(spec: ChangeSpec, point: Point) -> tuple[Change, ...]:
    where = spec.place("change")
    address = read_address(spec.change, where)
    if isinstance(address, ApiAddress):
        if address.name != "envelope":
            raise fail("SC390", f"changing `{address}` is not supported yet", where, "`change: envelope` is")
        only(spec, "change", "the envelope", CHANGE_KEYS["the envelope"])
        if "to" not in spec.stated() and spec.cut():
            return ()
        if "to" not in spec.stated():
            raise fail("SC313", "the envelope is not stated", where, "add `to: {data: $items}`, or `to: none`")
        envelope = read_envelope(spec.to, spec.place("to"), point.findings)
        return () if envelope is None else (ChangeEnvelope(to=envelope, **said(spec)),)
    if isinstance(address, MemberAddress):
        if isinstance(holder(address, point), EnumType):
            raise fail("SC313", f"`{address}` is a value of an enum", where, "values are added, removed or renamed")
        only(spec, "change", "a field", CHANGE_KEYS["a field"])
        return (change_field(spec, address, point, said(spec)),)
    if isinstance(address, ParameterAddress):
        only(spec, "change", "a parameter", CHANGE_KEYS["a parameter"])
        return (change_parameter(spec, address, point, said(spec)),)
    raise fail(
        "SC390", f"changing `{address}` is not supported yet", where, "fields, parameters and the envelope change"
    )
