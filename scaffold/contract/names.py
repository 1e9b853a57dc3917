"""Several names for one value: which fields are other names, and whether what they stand for is reached."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..diagnostics import Diagnostic, ScaffoldError
from .contract import Contract
from .named_types import Field, ObjectType
from .types import MISSING, Ref
from .views import ViewField, settled_fields


@dataclass(frozen=True)
class OtherName:
    """A field that is another name of a value; `path` leads from the object that has it to the value's own field."""

    field: Field
    path: tuple[Field, ...]

    @property
    def beside(self) -> bool:
        """Whether both names stand in one object."""
        return len(self.path) == 1


def other_names(contract: Contract, type_: ObjectType) -> tuple[OtherName, ...]:
    """The fields of an object that are other names, in order; worked out once."""
    known: dict[str, tuple[OtherName, ...]] = contract.__dict__.setdefault("_other_names", {})
    if type_.identity not in known:
        known[type_.identity] = tuple(_found(contract, type_))
    return known[type_.identity]


def _found(contract: Contract, type_: ObjectType) -> Iterator[OtherName]:
    for field in type_.fields:
        if field.alias_of is not None:
            paths = list(ways_to(contract, type_, field.alias_of))
            if not paths:
                raise ScaffoldError(
                    Diagnostic(
                        "SC317",
                        f"`{type_.name}.{field.name}` would be another name of what is not below `{type_.name}`",
                        help="remove that name first",
                    )
                )
            if len(paths) > 1:
                one, other = (".".join(f.name for f in path) for path in paths[:2])
                raise ScaffoldError(
                    Diagnostic(
                        "SC317",
                        f"`{type_.name}.{field.name}` would be another name of both `{one}` and `{other}`",
                        help="give one of the two objects a type of its own, or remove the other name first",
                    )
                )
            yield OtherName(field, paths[0])


def ways_to(
    contract: Contract, type_: ObjectType, identity: str, seen: frozenset[str] = frozenset()
) -> Iterator[tuple[Field, ...]]:
    """The fields that lead from an object to those called `identity`, through objects only, each by its own name."""
    own = type_.by_identity(identity)
    if own is not None:
        yield (own,)
        return
    seen |= {type_.identity}
    for field in type_.fields:
        if field.alias_of is not None:
            continue
        inner = contract.object(field.type.name) if isinstance(field.type, Ref) else None
        if inner is None or inner.identity in seen:
            continue
        for below in ways_to(contract, inner, identity, seen):
            yield (field, *below)


def is_sent(contract: Contract, f: ViewField) -> bool:
    """Whether a required field is there once each value stands at its own place.

    An object that may be left out is not where a replacement can change nothing of what makes it required.
    """
    held = contract.object(f.type.name) if f.field.elsewhere and isinstance(f.type, Ref) else None
    if held is None or names_of(contract, f.field.identity):
        return True
    return any(part.required and is_sent(contract, part) for part in settled_fields(held, f.nested, contract.version))


def names_of(contract: Contract, identity: str) -> tuple[Field, ...]:
    """The other names of a field, wherever they stand."""
    held = (t.fields for t in contract.types.values() if isinstance(t, ObjectType))
    return tuple(f for fields in held for f in fields if f.alias_of == identity)


def stands_for(contract: Contract, identity: str) -> str:
    """The identity of the value that a field, or another name of it, stands for."""
    found = contract.fields_by_identity.get(identity)
    return identity if found is None else found[1].alias_of or identity


def with_names(contract: Contract) -> Contract:
    """`contract` with a mark at each field that requests may leave out because they may say it elsewhere.

    An object that is required for such fields alone may be left out too.

    Raises:
        ScaffoldError: SC317 where another name does not lead to its value.
    """
    aliased = {f.alias_of for t in _objects(contract) for f in t.fields if f.alias_of is not None}
    marked = aliased | {f.identity for t in _objects(contract) for f in t.fields if f.elsewhere}
    if not marked:
        return contract
    for type_ in _objects(contract):
        for name in other_names(contract, type_):
            for holder in reversed(name.path[:-1]):
                if _only_elsewhere(contract, holder, aliased):
                    aliased.add(holder.identity)
                said = _unlike(name.path[-1], holder)
                if said is not None:
                    at, (what, help_) = f"{type_.name}.{name.field.name}", said
                    message = f"`{at}` {what[0]}, and its other place is inside `{holder.name}`, which {what[1]}"
                    raise ScaffoldError(Diagnostic("SC317", message, help=f"{help_}, or remove one of the two places"))
            lacking = _lacking(contract, name.path)
            if lacking is not None:
                holder, needed = lacking
                at, inside = f"{type_.name}.{name.field.name}", f"inside `{holder.name}`, which may be missing"
                message = f"`{at}` may be said alone, and its other place is {inside} and needs `{needed.name}`"
                help_ = f"make `{holder.name}` required or `{needed.name}` optional, or remove one of the two places"
                raise ScaffoldError(Diagnostic("SC317", message, help=help_))
    for type_ in _objects(contract):
        fields = tuple(_marked(f, f.identity in aliased) for f in type_.fields)
        if any(new is not old for new, old in zip(fields, type_.fields, strict=True)):
            contract = contract.with_type(replace(type_, fields=fields))
    return contract


def _lacking(contract: Contract, path: tuple[Field, ...]) -> tuple[Field, Field] | None:
    """An object around a value that may not be there, and what is left out of it where that is said elsewhere."""
    may_lack: Field | None = None
    for holder, part in itertools.pairwise(path):
        always = holder.required and holder.default is MISSING and not holder.nullable
        may_lack = may_lack or (None if always else holder)
        if may_lack is not None and not part.read_only:
            needed = next((f for f in _needed(contract, holder) if f.identity != part.identity), None)
            if needed is not None:
                return may_lack, needed
    return None


def _unlike(field: Field, holder: Field) -> tuple[tuple[str, str], str] | None:
    """What an object around the value does not allow that its other name does, and the way out."""
    always = "is required" if field.required else "has a default" if field.default is not MISSING else None
    if always and not holder.required:
        return (always, "may be missing"), f"add a required `{holder.name}` first"
    if field.required and field.default is MISSING and holder.default is not MISSING:
        return ("is required", "has a default"), f"say that default of `{field.name}`"
    if always and holder.nullable:
        return (always, "may be null"), f"make `{holder.name}` no longer nullable"
    for mark, words in MARKS.items():
        if getattr(holder, mark) and not getattr(field, mark):
            return words, f"say `{mark}` of `{field.name}` first"
    return None


MARKS = {
    "write_only": ("is shown", "is not"),
    "read_only": ("may be written", "may not"),
    "create_only": ("may be changed", "may not"),
}
"""By mark: what a field does that lacks it, and one that has it does not."""


def _objects(contract: Contract) -> tuple[ObjectType, ...]:
    return tuple(t for t in contract.types.values() if isinstance(t, ObjectType))


def _marked(field: Field, elsewhere: bool) -> Field:
    return field if bool(field.elsewhere) is elsewhere else replace(field, elsewhere=elsewhere or None)


def _only_elsewhere(contract: Contract, holder: Field, aliased: set[str]) -> bool:
    """Whether all that is required in an object may be said elsewhere."""
    needed = _needed(contract, holder)
    return bool(needed) and all(f.identity in aliased for f in needed)


def _needed(contract: Contract, holder: Field) -> tuple[Field, ...]:
    """What is always sent of an object."""
    assert isinstance(holder.type, Ref)
    held = contract.types[holder.type.name]
    assert isinstance(held, ObjectType)
    return tuple(f for f in held.fields if f.required and f.default is MISSING and not f.read_only)


def alone(contract: Contract, field: Field, at: str) -> None:
    """Refuse to take away a field while other names of it live.

    Raises:
        ScaffoldError: SC317.
    """
    others = names_of(contract, field.identity)
    if others:
        listed = ", ".join(f"`{f.name}`" for f in others)
        raise ScaffoldError(
            Diagnostic("SC317", f"`{at}` is {listed} too", help="remove its other names first, in changes before this")
        )


def main_one(contract: Contract, field: Field, at: str) -> None:
    """Refuse to change a field that is another name of a value: what its main name says is true of all of them.

    Raises:
        ScaffoldError: SC317.
    """
    if field.alias_of is not None:
        now = contract.fields_by_identity[field.alias_of][1].name
        help_ = f"change `{now}`: both are one value"
        raise ScaffoldError(Diagnostic("SC317", f"`{at}` is another name of `{now}`", help=help_))


def agreeing(contract: Contract, changed: Field) -> Contract:
    """`contract` with every other name of a field as the field is."""
    for type_ in _objects(contract):
        fields = tuple(_like(f, changed) for f in type_.fields)
        if fields != type_.fields:
            contract = contract.with_type(replace(type_, fields=fields))
    return contract


def _like(field: Field, changed: Field) -> Field:
    if field.alias_of != changed.identity:
        return field
    return replace(
        changed,
        identity=field.identity,
        name=field.name,
        description=field.description,
        example=field.example,
        deprecated=field.deprecated,
        extra=field.extra,
        alias_of=field.alias_of,
        elsewhere=None,
    )
