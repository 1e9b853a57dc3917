"""What a rule looks at: one applied change, and what clients of the version before it meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..contract.changes import Change
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.named_types import NamedType, ObjectType
from ..contract.operation import Operation
from ..contract.types import references
from .reach import Sides, direction_of, sides
from .values import Turn
from .verdicts import Direction, Reason, Verdict


@dataclass(frozen=True)
class Case:
    """One change with the sides that old clients meet (`met`) and the operations that they know (`known`)."""

    applied: Applied
    met: Sides
    known: frozenset[str]

    @property
    def before(self) -> Contract:
        """The contract that the change was applied to."""
        return self.applied.before

    @property
    def after(self) -> Contract:
        """The contract that it led to."""
        return self.applied.after

    def directions(self, identity: str) -> tuple[Direction, ...]:
        """The ways in which old clients meet the type with this identity."""
        found = {direction_of(view) for view in self.met.get(identity, ())}
        return tuple(d for d in Direction if d in found)

    def operations(self) -> Iterator[tuple[Operation, Operation | None]]:
        """Every operation that old clients know, before the change and after it, if it is still there."""
        for operation in self.before.operations:
            if operation.identity in self.known:
                yield operation, self.after.operations_by_identity.get(operation.identity)


def case_of(applied: Applied, base: Contract | None = None) -> Case:
    """The case of `applied` for clients of `base`, which is the contract before the change if it is not given."""
    base = applied.before if base is None else base
    return Case(
        applied, {**sides(base), **_moved_into(applied.before, base)}, frozenset(o.identity for o in base.operations)
    )


def _moved_into(before: Contract, base: Contract) -> Sides:
    """The sides on which objects are met that moves made since `base`: clients of that meet what is inside."""
    made = [t for t in before.types.values() if t.identity not in base.types_by_identity]
    found: dict[str, str] = {}
    grown = True
    while grown:
        new = {t.name: t.identity for t in made if t.name not in found and _holds_known(t, base, found)}
        grown = bool(new)
        found.update(new)
    met = sides(before) if found else {}
    return {identity: met[identity] for identity in found.values() if identity in met}


def _holds_known(type_: NamedType, base: Contract, found: Mapping[str, str]) -> bool:
    """Whether a field that `base` has stands in `type_`, or an object of those that were `found` to hold one."""
    if not isinstance(type_, ObjectType):
        return False
    known = base.fields_by_identity
    return any(f.identity in known or not found.keys().isdisjoint(references(f.type)) for f in type_.fields)


@dataclass(frozen=True)
class Rule:
    """A row of the table: what doing it is called ("renaming `User.name`"), and what it means."""

    doing: Callable[[Change], str]
    reasons: Callable[[Case], Iterator[Reason]]


REQUEST_TURNS = {
    Turn.WIDER: Verdict.SAFE,
    Turn.NARROWER: Verdict.BREAKING,
    Turn.BOUNDED: Verdict.RISKY,
    Turn.OTHER: Verdict.BREAKING,
}
RESPONSE_TURNS = {
    Turn.WIDER: Verdict.BREAKING,
    Turn.NARROWER: Verdict.SAFE,
    Turn.BOUNDED: Verdict.SAFE,
    Turn.OTHER: Verdict.BREAKING,
}
TURN_SENTENCES = {
    (Direction.REQUEST, Turn.WIDER): "{what} takes every value it took, and more",
    (Direction.REQUEST, Turn.NARROWER): "{what} refuses values that old clients may send",
    (Direction.REQUEST, Turn.BOUNDED): "{what} has a bound that it did not have, which old clients may pass",
    (Direction.REQUEST, Turn.OTHER): "{what} takes other values than old clients send",
    (Direction.RESPONSE, Turn.WIDER): "{what} may hold values that old clients do not expect",
    (Direction.RESPONSE, Turn.NARROWER): "{what} holds only values that old clients know",
    (Direction.RESPONSE, Turn.BOUNDED): "{what} holds only values that old clients know",
    (Direction.RESPONSE, Turn.OTHER): "{what} holds other values than old clients read",
}


def turn_reason(direction: Direction, turn: Turn, code: str, what: str) -> Iterator[Reason]:
    """What it means that the values of `what` go this way; nothing if they stay."""
    if turn is not Turn.SAME:
        table = REQUEST_TURNS if direction is Direction.REQUEST else RESPONSE_TURNS
        sentence = TURN_SENTENCES[direction, turn].format(what=what) + "."
        yield Reason(direction, table[turn], f"{code}-{turn.value}", sentence)
