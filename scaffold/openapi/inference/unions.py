"""Variants of unions that come and go."""

from __future__ import annotations

from ...contract.address import MemberAddress, TypeAddress, VariantAddress
from ...contract.changes import AddVariant, RemoveVariant
from ...contract.reach import Direction
from ...contract.types import MISSING, UNDECIDED, Ref, Type, UnionOf
from .choosing import OPEN, Chosen
from .comparing import same_type
from .draft import Draft


def change_union(draft: Draft, holder: TypeAddress | MemberAddress, old: Type, new: Type) -> bool:
    """Add and remove variants until `old`, the type of `holder`, is `new`; False where more than variants differ."""
    if not isinstance(old, UnionOf) or not isinstance(new, UnionOf) or not _variants_only(old, new):
        return False
    names = [{str(v): v for v in union.variants} for union in (old, new)]
    come = {n: v for n, v in names[1].items() if n not in names[0]}
    gone = [n for n in names[0] if n not in names[1]]
    ways = draft.ways(draft.contract.types[holder.name if isinstance(holder, TypeAddress) else holder.type])
    for name, variant in come.items():
        chosen: Chosen = []
        if Direction.RESPONSE in ways:
            chosen.append(("old_sees", UNDECIDED, OPEN))
        draft.make(
            AddVariant(
                at=VariantAddress(holder, name),
                variant=variant,
                tag=next((value for value, of in _mapping(new) if Ref(of) == variant), None),
                types=draft.brought([variant]),
                old_sees=UNDECIDED if chosen else MISSING,
            ),
            chosen=chosen,
        )
    for name in gone:
        chosen = []
        if Direction.REQUEST in ways:
            chosen.append(("old_sends", UNDECIDED, OPEN))
        at = VariantAddress(holder, name)
        draft.make(RemoveVariant(at=at, old_sends=UNDECIDED if chosen else MISSING), chosen=chosen)
    return True


def _mapping(union: UnionOf) -> tuple[tuple[str, str], ...]:
    return () if union.discriminator is None else union.discriminator.mapping


def _variants_only(old: UnionOf, new: UnionOf) -> bool:
    """Whether two unions differ in whole variants, each with a name of its own, and keep at least one."""
    names = [[str(v) for v in union.variants] for union in (old, new)]
    if any(len(set(n)) < len(n) for n in names) or old.exclusive != new.exclusive or len(new.variants) < 2:
        return False
    one, other = old.discriminator, new.discriminator
    if (one is None) != (other is None) or (one is not None and other is not None and one.property != other.property):
        return False
    kept = set(names[0]) & set(names[1])
    left = {str(v): v for v in old.variants}
    if not kept or any(not same_type(left[str(v)], v) for v in new.variants if str(v) in kept):
        return False
    tags = [sorted(pair for pair in _mapping(union) if pair[1] in kept) for union in (old, new)]
    come = [of for _, of in _mapping(new) if of not in kept]
    return tags[0] == tags[1] and len(set(come)) == len(come) and set(come) <= set(names[1])
