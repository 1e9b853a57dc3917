"""What tells the rows of one class apart: predicates on a change with the contracts on both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..address import MemberAddress, find_field
from ..changes import ChangeBody, ChangeField, ChangeParameter, ChangeResponse, ChangeType, Deprecate
from ..changes.base import need_parameter
from ..history import Applied
from ..message import Body, Response
from ..named_types import AliasType, EnumType, Field
from ..parameter import Role
from ..types import CONSTRAINTS, LIST_CONSTRAINTS, Json, Kind, ListOf, Scalar, Type

Test = Callable[[Applied], bool]

_FLOORS = frozenset({"ge", "gt", "min_length", "min_items"})
_CEILINGS = frozenset({"le", "lt", "max_length", "max_items"})
_KIN = (frozenset({Kind.DATE, Kind.DATETIME}),)


def field(test: Callable[[Field, Field], bool]) -> Test:
    """A changed field that passes `test` as it was and as it is."""

    def told(applied: Applied) -> bool:
        change = applied.change
        if not isinstance(change, ChangeField):
            return False
        return test(find_field(applied.before, change.at).field, find_field(applied.after, change.at).field)

    return told


def deprecates_value(applied: Applied) -> bool:
    """A mark on a value of an enum."""
    at = applied.change.at if isinstance(applied.change, Deprecate) else None
    return isinstance(at, MemberAddress) and isinstance(applied.before.types.get(at.type), EnumType)


def names(word: str) -> Test:
    """A change that says `word` at all."""
    return lambda applied: bool(getattr(applied.change, word, None))


def both(*tests: Test) -> Test:
    """All of `tests` hold."""
    return lambda applied: all(test(applied) for test in tests)


def retyped(before: Field, after: Field) -> bool:
    """The field, which is no key, holds values of another kind."""
    return (
        not after.key
        and bare(before.type) != bare(after.type)
        and not relisted(before, after)
        and not reformatted(before, after)
    )


def reformatted(before: Field, after: Field) -> bool:
    """The field holds the same kind of value, written or bounded by another format."""
    old, new = before.type, after.type
    if not (isinstance(old, Scalar) and isinstance(new, Scalar)):
        return False
    return (old.kind == new.kind and old.format != new.format) or {old.kind, new.kind} in _KIN


def relisted(before: Field, after: Field) -> bool:
    """One value became several, or several one."""
    return isinstance(before.type, ListOf) != isinstance(after.type, ListOf)


def tightened(before: Field, after: Field) -> bool:
    """A bound of the field takes less than it did."""
    return "tighter" in turns(before.type, after.type)


def loosened(before: Field, after: Field) -> bool:
    """A bound of the field takes more than it did."""
    return "looser" in turns(before.type, after.type)


def turns(before: Type, after: Type) -> frozenset[str]:
    """Which ways the bounds of one type go: `tighter`, `looser`; nothing where the type is another one."""
    if bare(before) != bare(after):
        return frozenset()
    old, new = _bounds(before), _bounds(after)
    return frozenset(way for name in old.keys() | new.keys() for way in _turn(name, old.get(name), new.get(name)))


def _turn(name: str, old: Json, new: Json) -> tuple[str, ...]:
    if old == new:
        return ()
    if old is None or new is None:
        return ("tighter",) if old is None else ("looser",)
    if name in _FLOORS:
        return ("tighter",) if new > old else ("looser",)
    if name in _CEILINGS:
        return ("tighter",) if new < old else ("looser",)
    return ("tighter", "looser")


def _bounds(type_: Type) -> Mapping[str, Json]:
    known = (*CONSTRAINTS[1:], *LIST_CONSTRAINTS)
    return {name: value for name in known if (value := getattr(type_, name, None))} | _zeros(type_)


def _zeros(type_: Type) -> dict[str, Json]:
    """Bounds of zero, which say something too."""
    return {name: 0 for name in ("ge", "gt", "le", "lt") if getattr(type_, name, None) == 0}


def bare(type_: Type) -> Type:
    """A type without its bounds."""
    match type_:
        case Scalar(kind, format_):
            return Scalar(kind, format_, choices=type_.choices)
        case ListOf(items=inner):
            return ListOf(bare(inner))
        case _:
            return type_


def marked(*marks: str) -> Test:
    """A change of a field that sets or drops one of `marks`."""
    return lambda applied: isinstance(applied.change, ChangeField) and bool(set(applied.change.marks or ()) & {*marks})


def union_retagged(applied: Applied) -> bool:
    """The property or the values that tell the variants of a named union apart are others."""
    change = applied.change
    assert isinstance(change, ChangeType)
    old, new = applied.before.types.get(change.name), applied.after.types.get(change.name)
    if not (isinstance(old, AliasType) and isinstance(new, AliasType)):
        return False
    tags = [getattr(t.type, "discriminator", None) for t in (old, new)]
    return tags[0] != tags[1] and getattr(old.type, "variants", None) == getattr(new.type, "variants", None)


def restated(test: Callable[[Body | Response, Body | Response], bool]) -> Test:
    """A body or an answer stated anew that passes `test` as it was and as it is."""

    def told(applied: Applied) -> bool:
        change = applied.change
        assert isinstance(change, ChangeBody | ChangeResponse)
        at = change.at.operation
        found = applied.before.operation(at.method, at.path)
        assert found is not None  # the change was applied there
        if isinstance(change, ChangeBody):
            return found.body is not None and test(found.body, change.to)
        was = next(r for r in found.responses if str(r.status) == change.at.status)
        return test(was, change.to)

    return told


def other_forms(before: Body | Response, after: Body | Response) -> bool:
    """A message travels in other media types."""
    return {f.media_type for f in before.forms} != {f.media_type for f in after.forms}


def reading(applied: Applied) -> bool:
    """A filter or the order of a list is another one."""
    change = applied.change
    assert isinstance(change, ChangeParameter)
    return need_parameter(applied.before, change.at)[1].role in (Role.FILTER, Role.SORT)


def rewrapped(before: Body | Response, after: Body | Response) -> bool:
    """A message stands under a field of an object, or comes out of one."""
    return before.wrap != after.wrap


def other_type(before: Body | Response, after: Body | Response) -> bool:
    """A message carries something else."""
    return before.type is not None and after.type is not None and bare(before.type) != bare(after.type)


def other_status(before: Body | Response, after: Body | Response) -> bool:
    """An answer has another status."""
    return isinstance(before, Response) and isinstance(after, Response) and before.status != after.status
