"""Which functions of the user's `conversions` module a history needs, with the types that its fields have there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..contract.address import MemberAddress, find_field, parse_address
from ..contract.changes import AddField, ChangeField, ChangeParameter, CustomType
from ..contract.changes.base import listing, need_parameter
from ..contract.changes.joints import lacks
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.hooks import MODULE, Hook, HookValue, hook_name, pair
from ..contract.named_types import EnumType, Field
from ..contract.naming import safe_name
from ..contract.types import Json, Kind, ListOf, MapOf, Ref, Scalar, Type
from ..diagnostics import Diagnostic
from .codecs import hook_at
from .joints import Joint, joint_of

NOW = HookValue("now", Scalar(Kind.DATETIME))


def hooks(history: History) -> tuple[Hook, ...]:
    """The hooks of `history`, which is prepared; each once, in order of the history.

    Those that changes name stay when versions are dropped: older migrations call them, and stored JSON is read by them.
    """
    found: dict[str, Hook] = {}
    fields: dict[str, tuple[Contract, Field]] = {}
    for contract in history.contracts:
        fields |= {identity: (contract, field) for identity, (_, field) in contract.fields_by_identity.items()}
    for contract, field in fields.values():
        name = hook_name(field.on_create)
        if name is not None:
            made = HookValue("", plain(field.type, contract), field.nullable)
            purpose = f"The `{field.name}` of what is created at `now`."
            found.setdefault(name, Hook(name, (NOW,), (made,), purpose))
    for contract, field in fields.values():
        name = hook_name(field.computed)
        if name is not None and field.alias_of is None:
            owner, _ = contract.fields_by_identity[field.identity]
            given = HookValue("record", Ref(owner.identity))
            made = HookValue("", plain(field.type, contract), field.nullable)
            found.setdefault(
                name, Hook(name, (given,), (made,), f"The `{field.name}` that is shown of `{owner.name}`.")
            )
    for applied in history.whole.applied:
        for hook in hooks_of(applied):
            found.setdefault(hook.name, hook)
    return tuple(found.values())


def hooks_of(applied: Applied) -> Iterator[Hook]:
    """The hooks that one change names."""
    change = applied.change
    if isinstance(change, ChangeField | ChangeParameter):
        yield from _codec(applied, change)
    if isinstance(change, AddField | ChangeField):
        yield from _existing(applied, change)
    joint = joint_of(applied)
    if joint is not None and joint.hook:
        yield from _joint(joint)


def _joint(joint: Joint) -> Iterator[Hook]:
    applied = joint.applied
    if isinstance(applied.change, CustomType):
        yield from _custom(joint, applied.change)
        return
    older, newer = (
        tuple(HookValue(safe_name(f.name), plain(f.type, contract), lacks(f)) for f in fields)
        for fields, contract in ((joint.older, applied.before), (joint.newer, applied.after))
    )
    up, down = (name.partition(".")[2] for name in joint.ways)
    one, other = (listing(f.name for f in fields) for fields in (joint.older, joint.newer))
    yield Hook(up, older, newer, f"{other} of {applied.version}, of {one} as older clients send it.", True, down)
    yield Hook(down, newer, older, f"{one} as older clients are shown it, of {other} of {applied.version}.")


def _custom(joint: Joint, change: CustomType) -> Iterator[Hook]:
    applied = joint.applied
    older, newer = (
        HookValue("value", MapOf(Scalar(Kind.JSON)), fields=tuple(_key(f, contract) for f in fields))
        for fields, contract in ((joint.older, applied.before), (joint.newer, applied.after))
    )
    up, down = hook_name(change.up) or "", hook_name(change.down) or ""
    said, version = f"`{change.name}`", applied.version
    yield Hook(up, (older,), (newer,), f"{said} as {version} has it, of one as older clients send it.", True, down)
    yield Hook(down, (newer,), (older,), f"{said} as older clients are shown it, of one of {version}.")


def _key(field: Field, contract: Contract) -> HookValue:
    return HookValue(field.name, plain(field.type, contract), lacks(field))


def _codec(applied: Applied, change: ChangeField | ChangeParameter) -> Iterator[Hook]:
    place = change.converts(applied.before)
    hook = None if place is None else hook_at(applied, place)
    if hook is None:
        return
    if isinstance(change, ChangeField):
        older, newer = (find_field(c, change.at).field.type for c in (applied.before, applied.after))
    else:
        older, newer = (need_parameter(c, change.at)[1].type for c in (applied.before, applied.after))
    one, other = plain(older, applied.before), plain(newer, applied.after)
    up, down = pair(hook)
    upwards = f"`{change.address}` as older clients send it, in the form of {applied.version}."
    downwards = f"`{change.address}` of {applied.version}, as older clients are shown it."
    yield Hook(up, (HookValue("value", one),), (HookValue("", other),), upwards, fails=True, back=down)
    yield Hook(down, (HookValue("value", other),), (HookValue("", one),), downwards)


def _existing(applied: Applied, change: AddField | ChangeField) -> Iterator[Hook]:
    stated = change.existing
    name = hook_name(stated.get("hook")) if isinstance(stated, dict) else None
    if name is None:
        return
    field = find_field(applied.after, change.at).field
    made = HookValue("", plain(field.type, applied.after), field.nullable or not field.required)
    assert isinstance(stated, dict)
    siblings = tuple(_sibling(applied.after, address) for address in sources(stated))
    yield Hook(name, siblings, (made,), f"The `{change.at}` of records from before {applied.version}.")


def sources(stated: Mapping[str, Json]) -> tuple[str, ...]:
    """The addresses whose values `existing` hands to its hook."""
    found = stated.get("from", ())
    return (found,) if isinstance(found, str) else tuple(map(str, found if isinstance(found, list | tuple) else ()))


def _sibling(contract: Contract, address: str) -> HookValue:
    at = parse_address(address)
    assert isinstance(at, MemberAddress)
    field = find_field(contract, at).field
    return HookValue(safe_name(at.name), plain(field.type, contract), field.nullable or not field.required)


def plain(type_: Type, contract: Contract) -> Type:
    """`type_` with the texts of enums in the place of their names."""
    match type_:
        case ListOf(items=inner):
            return ListOf(plain(inner, contract))
        case MapOf(values=inner):
            return MapOf(plain(inner, contract))
        case Ref(name) if isinstance(enum := contract.types.get(name), EnumType) and not enum.open:
            return Scalar(Kind.STR, choices=tuple(v.value for v in enum.values))
        case Ref(name) if isinstance(contract.types.get(name), EnumType):
            return Scalar(Kind.STR)
        case Scalar(kind=kind, choices=choices):
            return Scalar(kind, choices=choices)
        case _:
            return type_


def clashes(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The hooks that two changes name, each with other types."""
    known: dict[str, tuple[Hook, Applied]] = {}
    served = {id(applied) for applied in history.applied}
    for applied in history.whole.applied:
        for hook in hooks_of(applied):
            first, where = known.setdefault(hook.name, (hook, applied))
            if first.signature != hook.signature and id(applied) in served:
                yield (
                    applied,
                    Diagnostic(
                        "SC324",
                        f"`{MODULE}.{hook.name}` is asked for with other types by `{where.change.address}`",
                        help="name another function here",
                    ),
                )
                break
