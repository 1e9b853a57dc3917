"""The contract so far on the way from the old one to the new one, with the changes that led there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ...contract.changes import Change
from ...contract.changes.base import written_in
from ...contract.contract import Contract, identity
from ...contract.named_types import EnumType, NamedType, ObjectType
from ...contract.operation import Operation
from ...contract.reach import Direction, directions
from ...contract.types import Json, Type, Undecided
from ...diagnostics import ScaffoldError


@dataclass(frozen=True)
class Guess:
    """A change that was held for the likeliest, how sure it is between 0 and 1, and what speaks for it."""

    change: Change
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """A policy that an inferred change was given, and why; undecided where no choice is safe."""

    change: Change
    key: str
    value: Json | Undecided
    why: str


@dataclass
class Draft:
    """What is inferred so far: `contract` is what `changes` make of `base`; `target` is where they have to lead."""

    base: Contract
    target: Contract
    version: str
    guess: bool = True
    contract: Contract = field(init=False)
    changes: list[Change] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.contract = self.base

    def make(self, change: Change, reasons: Iterable[str] = (), chosen: Iterable[tuple[str, Json, str]] = ()) -> bool:
        """Make a change; False, and nothing is done, where it does not fit.

        `chosen` has the policies it was given: their key, value and why.
        """
        try:
            self.contract = change.apply(self.contract, self.version)
        except ScaffoldError:
            return False
        self.changes.append(change)
        if change.guessed is not None:
            self.guesses.append(Guess(change, change.guessed, tuple(reasons)))
        self.choices += [Choice(change, key, value, why) for key, value, why in chosen]
        return True

    def ways(self, type_: NamedType) -> Direction:
        """The directions in which clients of the old contract know a type."""
        return directions(self.base).get(type_.identity, Direction.NONE)

    def brought(self, types: Iterable[Type]) -> tuple[NamedType, ...]:
        """The types that the target writes in the place of `types` and that are not there yet, as if born now."""
        found = written_in(self.target, types)
        return tuple(self.born(t) for t in found if t.name not in self.contract.types)

    def born(self, type_: NamedType) -> NamedType:
        """A type of the target with identities of this version."""
        known = self.contract.types_by_identity
        born, number = identity(self.version, type_.name), 1
        while born in known:
            number += 1
            born = f"{identity(self.version, type_.name)}#{number}"
        match type_:
            case ObjectType():
                named = tuple(replace(f, identity=identity(self.version, born, f.name)) for f in type_.fields)
                return replace(type_, identity=born, fields=named)
            case EnumType():
                values = tuple(replace(v, identity=identity(self.version, born, v.value)) for v in type_.values)
                return replace(type_, identity=born, values=values)
            case _:
                return replace(type_, identity=born)

    def born_operation(self, operation: Operation) -> Operation:
        """An operation of the target with identities of this version."""
        born, number = identity(self.version, operation.address), 1
        while born in self.contract.operations_by_identity:
            number += 1
            born = f"{identity(self.version, operation.address)}#{number}"
        parameters = tuple(
            replace(p, identity=identity(self.version, born, p.location, p.name)) for p in operation.parameters
        )
        return replace(operation, identity=born, parameters=parameters)

    def free_name(self, wanted: str) -> str:
        """`wanted`, or a name made of it that no type has, here or in the target."""
        found, number = wanted, 1
        while found in self.contract.types or found in self.target.types:
            number += 1
            found = f"{wanted}{number}"
        return found
