"""Strategies of histories of operations without storage: bodies and answers of unions, open objects, any type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from hypothesis import assume
from hypothesis import strategies as st

from scaffold.contract.changes import (
    AddEnumValue,
    AddField,
    AddVariant,
    Change,
    ChangeField,
    ChangeType,
    MoveFields,
    RemoveEnumValue,
    RemoveField,
    RemoveVariant,
    RenameEnumValue,
    RenameFields,
    RenameType,
)
from scaffold.contract.changes.named import need_union, need_variant
from scaffold.contract.contract import Contract, identity
from scaffold.contract.expand import without_aliases
from scaffold.contract.history import Applied, History, Version
from scaffold.contract.message import Body, Response
from scaffold.contract.named_types import AliasType, NamedType, ObjectType
from scaffold.contract.operation import Operation
from scaffold.contract.types import UNDECIDED, ListOf, MapOf, Ref, Type, UnionOf
from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.spec.invariants import broken_promises, endless_types

from .changes import STRATEGIES
from .drawing import Strategy
from .histories import history_of
from .made_types import Draw
from .published_changes import PUBLISHED
from .published_types import Scope, named_type, union
from .values import values

CLASSES: tuple[type[Change], ...] = (
    *(AddVariant, RemoveVariant, AddVariant, RemoveVariant, ChangeType, ChangeField, RenameType, RenameFields),
    *(AddField, RemoveField, MoveFields, AddEnumValue, RemoveEnumValue, RenameEnumValue),
)
"""What happens to types; what has variants more often."""

NAMES = ("Card", "Wallet", "Account", "Status", "Colour", "Method", "Money", "Codes")
_STRATEGIES: Mapping[type[Change], Strategy] = {**STRATEGIES, **PUBLISHED}


@st.composite
def called(draw: Draw, version: str = "v1") -> Contract:
    """A contract of operations that answer with the type that they take."""
    named = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True)))
    scope = Scope(draw, named, version)
    for name in named:
        scope.types[name] = named_type(scope, name)
    made = []
    for number in range(draw(st.integers(1, 3))):
        chosen = union(scope, f"Call{number}", 1) if draw(st.booleans()) else Ref(draw(st.sampled_from(named)))
        type_: Type = draw(st.sampled_from((chosen, chosen, ListOf(chosen), MapOf(chosen))))
        born = identity(version, f"POST /call{number}")
        answer = Response(200, "Done.", type_)
        made.append(Operation(born, f"call{number}", "POST", f"/call{number}", (answer,), body=Body(type_)))
    types = {n: _answerable(t) for n, t in scope.types.items()}
    return untold(Contract(version, types, operations=tuple(made)))


T = TypeVar("T")


def untold(value: T) -> T:
    """`value` without discriminators, which say of random types what is not so, and lists that may never end."""
    if isinstance(value, Mapping):
        return cast("T", {key: untold(held) for key, held in value.items()})
    if isinstance(value, tuple):
        return cast("T", tuple(untold(held) for held in value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made: Any = replace(value, **{f.name: untold(getattr(value, f.name)) for f in fields(value)})
    made = replace(made, discriminator=None) if isinstance(made, UnionOf) else made
    made = replace(made, min_items=None) if isinstance(made, ListOf) else made
    return cast("T", replace(made, tag=None) if isinstance(made, AddVariant) else made)


def _answerable(type_: NamedType) -> NamedType:
    """A type of which what was sent is a whole answer: what only the server writes may be left out."""
    if not isinstance(type_, ObjectType):
        return type_
    fields = (replace(f, required=False, write_only=False) if f.read_only else f for f in type_.fields)
    return replace(type_, fields=tuple(fields))


@st.composite
def calls(draw: Draw, *, most: int = 4) -> History:
    """A history of up to `most` versions; what lacks a policy is left undecided."""
    contract = draw(called())
    assume(not any(endless_types(contract)))
    versions, contracts, applied = [Version("v1", None)], [contract], []
    for number in range(2, draw(st.integers(2, most)) + 1):
        id_, mine = f"v{number}", []
        for _ in range(draw(st.integers(1, 3))):
            made = draw(crossed_call(contract, id_))
            if made is not None:
                mine.append(made)
                contract = made.after
        contract = replace(contract, version=id_)
        versions.append(Version(id_, None, changes=tuple(a.change for a in mine)))
        contracts.append(contract)
        applied += mine
    history = history_of(versions, contracts, applied)
    assume(all(d.code == "SC321" for _, d in findings(history)))
    return history


@st.composite
def crossed_call(
    draw: Draw, contract: Contract, version: str, classes: Sequence[type[Change]] = CLASSES
) -> Applied | None:
    """A change of one of `classes` that fits, with the policies that it needs, stated or left open."""
    class_ = draw(st.sampled_from(classes))
    try:
        change = _STRATEGIES[class_](draw, contract, version)
        if change is None or (isinstance(change, ChangeType) and change.open):
            return None
        change = _with_policies(draw, untold(change), contract)
        after = change.apply(contract, version)
        if any(broken_promises(contract, after)) or any(endless_types(after)):
            return None
        if any(_answerable(t) != t for t in after.types.values()):
            return None
    except ScaffoldError:
        return None
    made = Applied(version, change, contract, after)
    alone = history_of([Version(version, None)], [after], [made])
    if any(d.code != "SC321" for _, d in findings(alone)):
        change = _left_open(change)
        made = Applied(version, change, contract, after)
        alone = history_of([Version(version, None)], [after], [made])
    return None if any(d.code != "SC321" for _, d in findings(alone)) else made


def _with_policies(draw: Draw, change: Change, contract: Contract) -> Change:
    """Variants that come or go with a value of another one."""
    if not isinstance(change, AddVariant | RemoveVariant):
        return change
    union_ = need_union(contract, change.at)
    if isinstance(change, RemoveVariant):
        gone = need_variant(union_, change.at)
        union_ = replace(union_, variants=tuple(v for v in union_.variants if v is not gone))
    plain = without_aliases(contract)
    stated: Any = draw(values(plain, _expanded(contract, union_)))
    return replace(change, **{"old_sees" if isinstance(change, AddVariant) else "old_sends": stated})


def _expanded(contract: Contract, union_: UnionOf) -> Type:
    """A union without aliases."""
    held = AliasType("v0:Held", "Held", union_)
    made = without_aliases(replace(contract, types={**contract.types, "Held": held}, operations=(_holding(),)))
    body = made.operations[0].body
    assert body is not None
    return body.type


def _holding() -> Operation:
    return Operation("v0:POST /held", "held", "POST", "/held", (), body=Body(Ref("Held")))


def _left_open(change: Change) -> Change:
    """A change whose policies nobody has decided."""
    stated: dict[str, Any] = {}
    if isinstance(change, AddEnumValue) and change.opt_in is not None:
        return change  # what others see is never left open
    if isinstance(change, AddVariant | AddEnumValue | RemoveField):
        stated = {"old_sees": UNDECIDED}
    elif isinstance(change, RemoveVariant | RemoveEnumValue | AddField):
        stated = {"old_sends": UNDECIDED}
    elif isinstance(change, ChangeField):
        stated = {"old_sends": UNDECIDED, "old_sees": UNDECIDED, "policy": "keep"}
        stated |= {"codec": UNDECIDED} if change.type is not None else {}
    elif isinstance(change, ChangeType):
        stated = {"codec": UNDECIDED}
    return replace(change, **stated)


__all__ = ["called", "calls", "crossed_call"]
