"""Whether two types are alike while names are not settled: types written in place are compared by what they hold."""

from __future__ import annotations

from ...contract.contract import Contract
from ...contract.message import Body, Response
from ...contract.named_types import AliasType, EnumType, NamedType, ObjectType
from ...contract.types import ListOf, MapOf, Ref, Type, UnionOf
from .comparing import is_inline, same_type
from .draft import Draft


def alike(draft: Draft, one: Type, other: Type) -> bool:
    """Whether a type of the contract so far and one of the target are the same, as far as can be seen."""
    match one, other:
        case Ref(old), Ref(new):
            left, right = draft.contract.types.get(old), draft.target.types.get(new)
            if left is not None and right is not None and is_inline(left) and is_inline(right):
                return alike_inside(left, right)
            return old == new
        case ListOf(items=old_inner), ListOf(items=new_inner):
            return alike(draft, old_inner, new_inner)
        case MapOf(values=old_inner), MapOf(values=new_inner):
            return alike(draft, old_inner, new_inner)
        case UnionOf(old_variants), UnionOf(new_variants):
            return len(old_variants) == len(new_variants) and all(
                any(alike(draft, v, w) for w in new_variants) for v in old_variants
            )
        case _:
            return same_type(one, other)


def forms_alike(draft: Draft, one: Body | Response, other: Body | Response) -> bool:
    """Whether two bodies or answers travel in the same forms, each with the same type, as far as can be seen."""
    left, right = ({f.media_type: f.type for f in m.forms} for m in (one, other))
    if left.keys() != right.keys():
        return False
    pairs = [(left[name], right[name]) for name in left]
    return all(a is b or (a is not None and b is not None and alike(draft, a, b)) for a, b in pairs)


def alike_inside(one: NamedType, other: NamedType) -> bool:
    """Whether two named types have mostly the same members."""
    return members_alike(one, other) >= 0.6


def members_alike(one: NamedType, other: NamedType) -> float:
    """The share of members that two named types have in common; nothing for two of different nature."""
    match one, other:
        case ObjectType(), ObjectType():
            left = {f.name: shape(f.type) for f in one.fields}
            right = {f.name: shape(f.type) for f in other.fields}
            if not left and not right:
                return 0.5 if same_type(one.rest, other.rest) else 0.0
            met = sum(1.0 if left[n] == right[n] else 0.5 for n in left.keys() & right.keys())
            return met / len(left.keys() | right.keys())
        case EnumType(), EnumType():
            values = [{v.value for v in e.values} for e in (one, other)]
            return len(values[0] & values[1]) / (len(values[0] | values[1]) or 1)
        case AliasType(), AliasType():
            if shape(one.type) != shape(other.type):
                return 0.0
            return 1.0 if same_type(one.type, other.type) else 0.6
        case _:
            return 0.0


def shape(type_: Type) -> str:
    """What a type is made of, whatever its named types are called."""
    match type_:
        case Ref():
            return "ref"
        case ListOf(items=inner):
            return f"list[{shape(inner)}]"
        case MapOf(values=inner):
            return f"map[{shape(inner)}]"
        case UnionOf(variants):
            return " | ".join(sorted(map(shape, variants)))
        case _:
            return str(type_.kind)


def used_once(contract: Contract, name: str) -> bool:
    """Whether exactly one place mentions a type."""
    users = iter(contract.users_of(name))
    return next(users, None) is not None and next(users, None) is None
