"""What names mean at one point of the history, and the types that are being made there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..contract.contract import Pagination, Resource
from ..contract.named_types import NamedType
from ..diagnostics import ScaffoldError, Span
from .expressions import Expression, parse_type
from .findings import Findings


@dataclass(frozen=True)
class Spot:
    """A place where a type may be written: what one written there is called, and how messages name the place.

    `bare`: an enum without a name is a text with choices there. `alias`: the name is taken by what is written.
    """

    name: str
    at: str
    bare: bool = False
    alias: bool = False

    def inside(self, part: str) -> Spot:
        """A place inside this one."""
        return replace(self, name=f"{self.name}{part}", alias=False)


@dataclass
class Scope:
    """The names in force while something is built; `made` collects new types in order of declaration."""

    version: str
    findings: Findings
    types: Mapping[str, NamedType] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    promised: tuple[str, ...] = ()
    made: dict[str, NamedType | None] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    known: dict[str, None] = field(default_factory=dict)
    pagination: Pagination = field(default_factory=Pagination)
    places: dict[str, Span] = field(default_factory=dict)
    """Where what is looked at later is written: fields, aliases, unions, names of schemes."""

    def __post_init__(self) -> None:
        self.known.update(dict.fromkeys((*self.types, *self.promised)))

    def reserve(self, name: str) -> None:
        """Make `name` a type that may be mentioned, and keep its place in the order."""
        self.known[name] = None
        self.made.setdefault(name, None)

    @property
    def all_types(self) -> dict[str, NamedType]:
        """The types there are, with those made so far."""
        return {**self.types, **{n: t for n, t in self.made.items() if t is not None}}

    @property
    def new_types(self) -> tuple[NamedType, ...]:
        """The types made here, in order of declaration."""
        return tuple(t for t in self.made.values() if t is not None)

    def expression(self, text: str, span: Span | None) -> Expression | None:
        """The type that `text` stands for; None, with a finding, when it cannot be read."""
        try:
            return parse_type(text, self.known)
        except ScaffoldError as error:
            for diagnostic in error.diagnostics:
                if not any(f"type `{name}`" in diagnostic.message for name in self.broken):
                    self.findings.put(diagnostic.at(span))
            return None
