"""Whose an object is: the field of a resource that holds who made it, by which callers see their own alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..contract.contract import Contract
from ..contract.named_types import Field, ObjectType
from ..contract.nesting import above
from ..contract.operation import Action
from ..contract.types import MISSING, Kind, Scalar
from ..diagnostics import Diagnostic, did_you_mean
from .scope import Scope


def owned(type_: ObjectType, spec: Any, scope: Scope) -> ObjectType:
    """`type_` with the mark at the field that `owner` names: the server alone gives it its value.

    Told are SC346 for a field that is not there, and SC347 for one that cannot hold who calls.
    """
    name, where = str(spec.owner), spec.place("owner")
    field = type_.field(name)
    if field is None:
        names = [f.name for f in type_.fields if isinstance(f.type, Scalar) and f.type.kind is Kind.STR]
        help_ = did_you_mean(name, names) if names else f"add it under `fields`: `{name}: str`"
        scope.findings.add("SC346", f"`{type_.name}` has no field `{name}` that says whose it is", where, help_)
        return type_
    marked = replace(field, owner=True, read_only=True)
    problem = owner_problem(marked)
    if problem is not None:
        help_ = f"write it as `{name}: str`: the server puts in the id of who calls"
        scope.findings.add("SC347", f"`{type_.name}.{name}` says whose an object is, and {problem}", where, help_)
        return type_
    return replace(type_, fields=tuple(marked if f is field else f for f in type_.fields))


def owner_problem(field: Field) -> str | None:
    """Why `field` cannot hold who calls, if it cannot: the end of a sentence."""
    if field.type != Scalar(Kind.STR):
        return "must be a text without bounds, as ids of callers are"
    if not field.required or field.nullable:
        return "must always be there, and never be null"
    if field.key or field.unique:
        return "cannot be unique: a caller has many objects"
    if not field.read_only or field.create_only or field.write_only:
        return "is put in by the server: clients read it, and never send it"
    if field.on_create is not None or field.computed is not None or field.default is not MISSING or field.refers:
        return "gets its value from who calls, and from nothing else"
    return None


def unowned(contract: Contract) -> Iterator[tuple[str, Diagnostic]]:
    """Operations on objects that are somebody's, which do not ask who calls: SC348, by the name of the type."""
    for operation in contract.operations:
        if operation.action is Action.FREE or operation.resource is None:
            continue
        type_ = contract.object(operation.resource)
        met = [] if type_ is None else [type_, *above(contract, operation)]
        found = next(((t, f) for t in met for f in t.fields if f.owner), None)
        ways = contract.security if operation.security is None else operation.security
        if type_ is not None and found is not None and (not ways or not all(ways)):
            whose = f"`{found[0].name}.{found[1].name}` says whose an object is"
            help_ = "state who is let in, under `auth`, in every version that has it"
            yield type_.name, Diagnostic("SC348", f"`{operation.address}` lets anybody in, and {whose}", help=help_)


def owner_lost(before: Contract, after: Contract) -> Iterator[Diagnostic]:
    """Fields that said whose an object is, and are gone from it though it is not: SC349."""
    if before.types is after.types:
        return
    kept = {(t.identity, f.identity) for t in after.types.values() if isinstance(t, ObjectType) for f in t.fields}
    for type_ in before.types.values():
        if isinstance(type_, ObjectType) and type_.identity in after.types_by_identity:
            for field in type_.fields:
                if field.owner and (type_.identity, field.identity) not in kept:
                    yield Diagnostic(
                        "SC349",
                        f"`{type_.name}.{field.name}` says whose an object is: without it everybody would see all",
                        help="leave it; a field may be renamed",
                    )
