"""Changes of the spec as changes of the contract; the kind of the address decides which."""

from __future__ import annotations

from ..contract.address import (
    ApiAddress,
    BodyAddress,
    HeaderAddress,
    MemberAddress,
    OperationAddress,
    ParameterAddress,
    ResponseAddress,
    TypeAddress,
    VariantAddress,
    find_field,
)
from ..contract.changes import (
    AddOperation,
    AddParameter,
    AddResource,
    AddType,
    Change,
    RemoveField,
    RemoveOperation,
    RemoveParameter,
    RemoveResource,
    RemoveType,
)
from ..contract.changes.base import need_operation
from ..contract.named_types import EnumType, ObjectType
from ..contract.types import MISSING
from ..diagnostics import ScaffoldError
from .change_addresses import holder, only, read_address, said
from .change_aliases import alias
from .change_api import behave, bring, change_api
from .change_base import ChangeBase
from .change_fields import add_field, change_field, change_parameter
from .change_general import change_security, deprecate, describe
from .change_joints import custom, merge_fields, split_field
from .change_keys import ADD, CHANGE
from .change_lists import of_list
from .change_messages import add_message, change_message, change_status, remove_message
from .change_named import add_variant, change_type, remove_variant
from .change_names import move, rename
from .change_shapes import (
    AddSpec,
    AliasSpec,
    BackportSpec,
    BehaviourSpec,
    CustomSpec,
    DeprecateSpec,
    DescribeSpec,
    MergeSpec,
    MoveSpec,
    RemoveSpec,
    RenameSpec,
    SplitSpec,
)
from .change_values import add_value, addresses_of, hold_value, merge_values, remove_value, split_value
from .change_verb import ChangeSpec
from .field_checks import usable_type_name
from .fields import build_type
from .operations import build_operation, build_resource
from .parameters import build_parameter, parameter_spot
from .point import Point, fail
from .references import refer
from .settling import settle


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
        case AliasSpec():
            made = alias(spec, point)
        case MoveSpec():
            made = move(spec, point)
        case SplitSpec():
            made = _split(spec, point)
        case MergeSpec():
            made = _merge(spec, point)
        case ChangeSpec():
            made = _change(spec, point)
        case DeprecateSpec():
            made = (deprecate(spec, point),)
        case DescribeSpec():
            made = (describe(spec, point),)
        case CustomSpec():
            made = (custom(spec, point),)
        case BehaviourSpec():
            made = (behave(spec),)
        case BackportSpec():
            made = (bring(spec, point),)
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
    address = read_address(text[:-1] if optional else text, where)
    if isinstance(address, MemberAddress):
        if isinstance(holder(address, point), EnumType):
            return (add_value(spec, address, point, said(spec)),)
        only(spec, "add", "a field", ADD["a field"])
        return (add_field(spec, address, not optional, point, said(spec)),)
    if isinstance(address, TypeAddress):
        return _add_type(spec, address.name, point)
    if isinstance(address, OperationAddress):
        only(spec, "add", "an operation", ADD["an operation"])
        scope = point.scope()
        operation = build_operation(str(address), spec, scope, where)
        settle(scope)
        return () if operation is None else (AddOperation(operation=operation, types=scope.new_types, **said(spec)),)
    if isinstance(address, ParameterAddress):
        only(spec, "add", "a parameter", ADD["a parameter"])
        scope = point.scope()
        operation = need_operation(point.contract, address.operation)
        spot = parameter_spot(operation.id, address.name, f"`{address}`")
        parameter = build_parameter(address.name, address.location, spec, scope, spot, "")
        settle(scope)
        if parameter is None:
            return ()
        parameter = of_list(parameter, operation, point, spec)
        nullable = not parameter.required  # null: older callers send nothing, whatever its default
        old_sends = point.policy(spec, "old_sends", parameter.type, nullable=nullable, scope=scope)
        types = scope.new_types
        return (AddParameter(at=address, parameter=parameter, types=types, old_sends=old_sends, **said(spec)),)
    if isinstance(address, VariantAddress):
        return (add_variant(spec, address, point, said(spec)),)
    if isinstance(address, BodyAddress | ResponseAddress | HeaderAddress):
        return (add_message(spec, address, point, said(spec)),)
    raise fail("SC390", f"adding `{address}` is not supported", where, "use `change: envelope`")


def _add_type(spec: AddSpec, name: str, point: Point) -> tuple[Change, ...]:
    where, kind = spec.place("add"), "a resource" if spec.path is not None else "a type"
    if "tags" in spec.stated() and not isinstance(spec.tags, dict):
        raise fail("SC231", "`tags` of a union is a mapping", spec.place("tags"), "write `{card: Card}`")
    only(spec, "add", kind, ADD[kind])
    scope = point.scope()
    if not usable_type_name(name, where, scope):
        return ()
    if name in point.contract.types:
        raise fail(
            "SC303", f"a type `{name}` is there already", where, "choose a free name, or remove the other one first"
        )
    build_type(name, spec, scope)
    refer(scope, (*point.contract.resources, *([] if spec.path is None else [name])))
    settle(scope)
    type_ = scope.made.get(name)
    if type_ is None and spec.path is None:
        raise ScaffoldError(())
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
            return (remove_value(spec, address, point, said(spec)),)
        only(spec, "remove", "a field", ("old_sees",))
        field = find_field(point.contract, address).field
        if "old_sees" in spec.stated() and (field.default is not MISSING or not field.required):
            shown = "left out" if field.default is MISSING else "shown by its default"
            message = f"`old_sees` says nothing about `{address}`: where there is none, it is {shown}"
            raise fail("SC312", message, spec.place("old_sees"), "leave it out")
        old_sees = point.policy(spec, "old_sees", field.type, nullable=field.nullable)
        return (RemoveField(at=address, old_sees=old_sees, **said(spec)),)
    if isinstance(address, VariantAddress):
        return (remove_variant(spec, address, point, said(spec)),)
    if isinstance(address, BodyAddress | ResponseAddress | HeaderAddress):
        return (remove_message(spec, address, point, said(spec)),)
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


def _split(spec: SplitSpec, point: Point) -> tuple[Change, ...]:
    (address,) = addresses_of(spec, "split", [spec.split])
    if isinstance(holder(address, point), EnumType):
        return (split_value(spec, address, point, said(spec)),)
    only(spec, "split", "a field", ("into", "with", "old_sees"))
    return (split_field(spec, address, point),)


def _merge(spec: MergeSpec, point: Point) -> tuple[Change, ...]:
    addresses = addresses_of(spec, "merge", spec.merge)
    if addresses and isinstance(holder(addresses[0], point), EnumType):
        return (merge_values(spec, addresses, point, said(spec)),)
    only(spec, "merge", "fields", ("into", "with"))
    return (merge_fields(spec, tuple(addresses), point),)


def _change(spec: ChangeSpec, point: Point) -> tuple[Change, ...]:
    where = spec.place("change")
    address = read_address(spec.change, where)
    if isinstance(address, ApiAddress):
        changed = change_api(spec, address, point)
        return () if changed is None else (changed,)
    if isinstance(address, MemberAddress):
        if isinstance(holder(address, point), EnumType):
            return (hold_value(spec, address, point, said(spec)),)
        only(spec, "change", "a field", CHANGE["a field"])
        return (change_field(spec, address, point, said(spec)),)
    if isinstance(address, ParameterAddress):
        only(spec, "change", "a parameter", CHANGE["a parameter"])
        return (change_parameter(spec, address, point, said(spec)),)
    match address:
        case TypeAddress(name):
            return (change_type(spec, name, point, said(spec)),)
        case BodyAddress() | ResponseAddress() | HeaderAddress():
            return (change_message(spec, address, point, said(spec)),)
        case OperationAddress():
            only(spec, "change", "an operation", CHANGE["an operation"])
            if "status" in spec.stated():
                return (change_status(spec, address, point, said(spec)),)
            return (change_security(spec, address, point),)
        case VariantAddress():
            raise fail("SC313", f"`{address}` is one type of a union", where, "change that type, or add and remove one")
