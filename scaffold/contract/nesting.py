"""Resources below others: which parameter of a path names which object above, by which field of the one below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..diagnostics import Diagnostic, did_you_mean
from .contract import Contract
from .named_types import Field, NamedType, ObjectType
from .operation import Operation
from .parameter import Parameter, Role


@dataclass(frozen=True)
class Level:
    """One object above: the field of `holder` that refers to it, after which the parameter is called, and its type."""

    holder: ObjectType
    field: Field
    above: ObjectType


class NoLevel(Exception):
    """A parameter of a path names no object above: `holder` and `name` are the field that it would be.

    `problem` says what is wrong with the field, as the end of a sentence; None where it is not there.
    """

    def __init__(self, holder: ObjectType, name: str, problem: str | None) -> None:
        super().__init__(name)
        self.holder, self.name, self.problem = holder, name, problem


def levels(type_: ObjectType, path: str, by_identity: Mapping[str, NamedType]) -> tuple[Level, ...]:
    """What objects of `type_` stand below at `path`, the outermost first; `by_identity` has all types.

    The last parameter names a field of `type_`, the one before it a field of what that refers to, and so on.

    Raises:
        NoLevel: A parameter names no such field.
    """
    found: list[Level] = []
    holder = type_
    for name in reversed(re.findall(r"{([^}]+)}", path)):
        field = holder.field(name)
        problem = None if field is None else level_problem(field)
        above = by_identity.get(field.refers or "") if field is not None else None
        if above is not None and above.identity == holder.identity:
            problem = "refers to its own resource: the first one would stand below nothing"
        if field is None or problem is not None or not isinstance(above, ObjectType):
            raise NoLevel(holder, name, problem)
        found.append(Level(holder, field, above))
        holder = above
    return tuple(reversed(found))


def level_problem(field: Field) -> str | None:
    """Why `field` cannot say what its object stands below, if it cannot: the end of a sentence."""
    if field.key:
        return "is its own key"
    if field.refers is None:
        return "refers to no resource"
    if not field.required or field.nullable:
        return "must always be there, and never be null"
    if field.unique:
        return "cannot be unique: several stand below one"
    if field.write_only or field.create_only:
        return "clients would send: the path puts it in"
    return None


def unplaced(path: str, wrong: NoLevel) -> Diagnostic:
    """SC236 for a parameter of a resource's path that is no field, SC237 for a field that leads to nothing above."""
    example = _after_segment(path, wrong.name)
    if wrong.problem is None:
        known = [f.name for f in wrong.holder.fields if level_problem(f) is None]
        help_ = f"name the field that refers there, and state it: `{example}: {{ref: …}}`"
        problem = f"`{{{wrong.name}}}` in `{path}` is no field of `{wrong.holder.name}`"
        return Diagnostic("SC236", problem, help=did_you_mean(wrong.name, known) if known else help_)
    help_ = f"name a field that refers there: `{{{example}}}`, and `{example}: {{ref: …}}` under `fields`"
    message = f"`{{{wrong.name}}}` in `{path}` is `{wrong.holder.name}.{wrong.name}`, which {wrong.problem}"
    return Diagnostic("SC237", message, help=help_)


def _after_segment(path: str, name: str) -> str:
    """What a field that refers to the objects before `{name}` in a path may be called: `user_id` for `/users/{id}`."""
    before = [s for s in path.partition(f"{{{name}}}")[0].split("/") if s and not s.startswith("{")]
    word = re.sub(r"\W+", "_", before[-1]).lower() if before else "parent"
    return f"{word.removesuffix('s')}_id"


def put_below(type_: ObjectType, above: Sequence[Level]) -> ObjectType:
    """`type_` with the mark at the field that says what its objects stand below; without one where they are on top."""
    parent = above[-1].field.identity if above else None

    def marked(f: Field) -> Field:
        if f.identity == parent:
            return replace(f, parent=True, read_only=True)
        return replace(f, parent=False, read_only=False) if f.parent else f

    return replace(type_, fields=tuple(marked(f) for f in type_.fields))


def parent_of(type_: ObjectType) -> Field | None:
    """The field that says what objects of `type_` stand below, where they stand below others."""
    return next((f for f in type_.fields if f.parent), None)


def parents_in(operation: Operation) -> tuple[Parameter, ...]:
    """The parameters of an operation that name objects above, the outermost first."""
    return tuple(p for p in operation.parameters if p.role is Role.PARENT)


def above(contract: Contract, operation: Operation) -> Iterator[ObjectType]:
    """The types of the objects above which the path of an operation names, the outermost first."""
    for parameter in parents_in(operation):
        held = contract.fields_by_identity.get(parameter.fields[0])
        found = None if held is None else contract.types_by_identity.get(held[1].refers or "")
        if isinstance(found, ObjectType):
            yield found


def rest_below(path: str, base: str) -> str | None:
    """What follows `base` in `path`, whatever the parameters of `base` are called there; None where it is not below."""
    segments, own = path.split("/"), base.split("/")
    if [_bare(s) for s in segments[: len(own)]] != [_bare(s) for s in own]:
        return None
    return "".join(f"/{s}" for s in segments[len(own) :])


def _bare(segment: str) -> str:
    return "{}" if re.fullmatch(r"{[^}]+}", segment) else segment
