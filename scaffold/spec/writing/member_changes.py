"""Changes of fields, enum values, named types, variants and resources, as a spec states them."""

from __future__ import annotations

import json
from dataclasses import replace

from ...contract.address import MemberAddress, find_field, find_owner, quoted
from ...contract.changes import (
    AddEnumValue,
    AddField,
    AddResource,
    AddType,
    AddVariant,
    AliasFields,
    ChangeEnumValue,
    ChangeField,
    ChangeParameter,
    ChangeType,
    CustomType,
    MergeEnumValues,
    MergeFields,
    MoveFields,
    MoveResource,
    RemoveEnumValue,
    RemoveField,
    RemoveResource,
    RemoveType,
    RemoveVariant,
    RenameEnumValue,
    RenameFields,
    RenameType,
    SplitEnumValue,
    SplitField,
)
from ...contract.changes.resources import path_named
from ...contract.contract import Contract
from ...contract.named_types import Field, ObjectType
from ...contract.naming import pascal
from ...contract.types import MISSING, Fallback, Ref, Type
from ...diagnostics import ScaffoldError
from .keys import Keys, Naming, short
from .layout import Value
from .resources import resource_keys
from .rows import Here, Rows, line, stated, waiver
from .scalars import Line, Quoted
from .types import bare, field_keys, in_place, named, typed


def _add_field(change: AddField, at: Here) -> Keys:
    owner = find_owner(at.contract, change.at)[0].name
    keys = field_keys(owner, change.field, at.places)
    if set(keys) == {"type", "nullable"}:
        keys = {"type": f"{keys['type']} | null"}
    fields = {"fields": keys.pop("fields")} if "fields" in keys else {}
    return {"add": line(change.address), **keys, **fields, **stated(change, "old_sends", "existing")}


def _remove_field(change: RemoveField, at: Here) -> Keys:
    return {"remove": line(change.at), **stated(change, "old_sees")}


def _rename_fields(change: RenameFields, at: Here) -> Keys:
    owner = MemberAddress(change.at.type, change.at.path[:-1]) if change.at.path[1:] else change.at.type
    pairs = {Line(f"{owner}.{quoted(old)}"): new_name(new, str(owner)) for old, new in change.names.items()}
    if len(pairs) == 1:
        ((old, new),) = pairs.items()
        return {"rename": old, "to": new, **stated(change, "storage")}
    return {"rename": pairs, **stated(change, "storage")}


def new_name(name: str, owner: str) -> Line:
    """A new name as `to` has it: in quotes of its own where it would be read otherwise."""
    inside = len(name) > 1 and name.startswith('"') and name.endswith('"')
    return Line(f'"{name}"' if inside or name != name.strip() or name.startswith(f"{owner}.") else name)


def _move_fields(change: MoveFields, at: Here) -> Keys:
    sources: Value = [line(s) for s in change.sources]
    told = not change.into or not isinstance(change.to, MemberAddress) or _is_object(at.contract, change.to)
    if len(sources) == 1 and told:
        (sources,) = sources
    verb, where = ("alias", "as") if change.stays else ("move", "to")
    return {verb: sources, where: line(change.to), **stated(change, "type_name")}


def _alias_fields(change: AliasFields, at: Here) -> Keys:
    owner = ".".join((change.at.type, *change.at.path[:-1]))
    names: Value = [new_name(name, owner) for name in change.names]
    return {"alias": line(change.at), "as": names[0] if len(names) == 1 else names}


def _split_field(change: SplitField, at: Here) -> Keys:
    return {"split": line(change.at), **_joined(change, change.into, change.at, at), **stated(change, "old_sees")}


def _merge_fields(change: MergeFields, at: Here) -> Keys:
    return {"merge": [line(s) for s in change.sources], **_joined(change, (change.into,), change.sources[0], at)}


def _custom_type(change: CustomType, at: Here) -> Keys:
    made: Keys = {"custom": line(change.name), "up": change.up, "down": change.down}
    made["fields"] = _fields(change.name, change.into, at)
    return made | ({"lossless": True} if change.lossless else {})


def _joined(change: SplitField | MergeFields, into: tuple[Field, ...], first: MemberAddress, at: Here) -> Keys:
    owner = find_owner(at.contract, first)[0].name
    # Its modes are those of what it is made of.
    plain = tuple(replace(f, read_only=False, write_only=False, create_only=False) for f in into)
    return {"into": _fields(owner, plain, at), "with": change.by}


def _fields(owner: str, fields: tuple[Field, ...], at: Here) -> Keys:
    """Fields with their types, by name."""
    made: Keys = {}
    for f in fields:
        keys = field_keys(owner, f, at.places)
        if set(keys) == {"type", "nullable"}:
            keys = {"type": f"{keys['type']} | null"}
        made[f"{f.name}{'' if f.required else '?'}"] = short(keys)
    return made


def _is_object(contract: Contract, at: MemberAddress) -> bool:
    try:
        type_ = find_field(contract, at).field.type
    except ScaffoldError:
        return False
    return isinstance(type_, Ref) and contract.object(type_.name) is not None


def _change_field(change: ChangeField, at: Here) -> Keys:
    made: Keys = {"change": line(change.at)}
    if change.from_type is not None:
        made["from"] = str(change.from_type)
    if change.type is not None:
        owner = find_owner(at.contract, change.at)[0].name
        made["to"] = type_to(change.type, at, owner + pascal(change.at.name))
    made |= stated(change, "codec", "required", "nullable", "default")
    made |= bounds_of(change.bounds)
    if change.accepts is not None:
        made["accepts"] = list(change.accepts)
    if change.drop:
        made["drop"] = list(change.drop)
    made |= dict(change.marks or {})
    made |= {} if change.keep is None else {"keep": str(change.keep)}
    made |= policies(change, "old_sends", "old_sees", "unreadable", "pick", "policy", "as_seen", "existing")
    return made | waiver(change)


def policies(change: ChangeField | ChangeParameter, *names: str) -> Keys:
    """What a change states for what does not cross by itself."""
    made = stated(change, *names)
    if change.values is not None:
        made["values"] = {json.dumps(old) if isinstance(old, bool) else str(old): new for old, new in change.values}
    if isinstance(change.unreadable, Fallback):
        value = change.unreadable.value
        made["unreadable"] = Quoted(value) if value in ("refuse", "default", "null") else value
    elif change.unreadable == "null":
        made["unreadable"] = None
    return made


def type_to(type_: Type, at: Here, name: str | None) -> Value:
    """A new type as `to` has it; one that is written in its place is called `name`."""
    return short(bare(type_, at.places, Naming(name)))


def bounds_of(bounds: object) -> Keys:
    """New bounds, under their names."""
    held = dict(bounds) if isinstance(bounds, dict) else {}
    return {name: Quoted(value) if name == "pattern" else value for name, value in held.items()}


def _add_enum_value(change: AddEnumValue, at: Here) -> Keys:
    return {"add": line(change.at), **stated(change, "description", "opt_in", "old_sees")}


def _remove_enum_value(change: RemoveEnumValue, at: Here) -> Keys:
    return {"remove": line(change.at), **stated(change, "old_sends", "policy", "existing"), **waiver(change)}


def _change_enum_value(change: ChangeEnumValue, at: Here) -> Keys:
    return {"change": line(change.at), "opt_in": change.opt_in, **stated(change, "old_sees")}


def _split_enum_value(change: SplitEnumValue, at: Here) -> Keys:
    return {"split": line(change.at), "into": [line(name) for name in change.into], "pick": line(change.pick)}


def _merge_enum_values(change: MergeEnumValues, at: Here) -> Keys:
    return {"merge": [line(v) for v in change.values], "into": line(change.into), "pick": line(change.pick)}


def _rename_enum_value(change: RenameEnumValue, at: Here) -> Keys:
    return {"rename": line(change.at), "to": new_name(change.to, change.at.type)}


def _add_type(change: AddType, at: Here) -> Keys:
    first = at.places.take(change.types[0].name)
    keys = {} if first is None else named(first, at.places)
    return {"add": line(change.address), **(keys if isinstance(keys, dict) else {"type": keys})}


def _remove_type(change: RemoveType | RemoveResource, at: Here) -> Keys:
    return {"remove": line(change.name)}


def _rename_type(change: RenameType, at: Here) -> Keys:
    made: Keys = {"rename": line(change.name), "to": change.to, **stated(change, "component")}
    resource = at.contract.resources.get(change.name)
    if resource is not None and (path := change.path or resource.path) != path_named(
        resource.path, change.name, change.to
    ):
        made["path"] = path
    return made


def _move_resource(change: MoveResource, at: Here) -> Keys:
    return {"move": line(change.name), "to": line(change.to)}


def _add_resource(change: AddResource, at: Here) -> Keys:
    first = at.places.take(change.resource.type)
    if not isinstance(first, ObjectType):
        raise ValueError(f"{change.resource.type} comes without its type")
    return {"add": line(change.address), **resource_keys(change.resource, first, change.operations, at.places)}


def _change_type(change: ChangeType, at: Here) -> Keys:
    made: Keys = {"change": line(change.name)}
    if change.type is not None:
        made["to"] = short(bare(change.type, at.places, Naming(change.name, "Item", "Value")))
    made |= {} if change.unknown is None else {"unknown": str(change.unknown)}
    if change.rest is not MISSING:
        made["rest"] = short(typed(change.rest, at.places, Naming(f"{change.name}Rest"))) if change.rest else None
    if change.component is not MISSING:
        made["component"] = change.component
    made |= stated(change, "nullable", "open", "inline", "codec", "policy", "old_sends", "old_sees")
    return made | waiver(change)


def _add_variant(change: AddVariant, at: Here) -> Keys:
    made: Keys = {"add": line(change.at)}
    held = at.places.take(change.at.variant) if change.variant == Ref(change.at.variant) else None
    keys = in_place(held, at.places, None) if held is not None else typed(change.variant, at.places, Naming(None))
    if keys != {"type": change.at.variant}:
        made |= keys
    return made | stated(change, "tag", "old_sees") | ({"hide": True} if change.hide else {})


def _remove_variant(change: RemoveVariant, at: Here) -> Keys:
    return {"remove": line(change.at), **stated(change, "old_sends")}


ROWS: Rows = {
    AddField: _add_field,
    RemoveField: _remove_field,
    RenameFields: _rename_fields,
    MoveFields: _move_fields,
    SplitField: _split_field,
    MergeFields: _merge_fields,
    AliasFields: _alias_fields,
    CustomType: _custom_type,
    ChangeField: _change_field,
    AddEnumValue: _add_enum_value,
    RemoveEnumValue: _remove_enum_value,
    RenameEnumValue: _rename_enum_value,
    SplitEnumValue: _split_enum_value,
    MergeEnumValues: _merge_enum_values,
    ChangeEnumValue: _change_enum_value,
    AddType: _add_type,
    RemoveType: _remove_type,
    RenameType: _rename_type,
    AddResource: _add_resource,
    MoveResource: _move_resource,
    RemoveResource: _remove_type,
    ChangeType: _change_type,
    AddVariant: _add_variant,
    RemoveVariant: _remove_variant,
}
"""How each change of what is inside the types is written."""
