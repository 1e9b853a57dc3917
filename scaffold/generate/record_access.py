"""Where a value is in a record, as an expression."""

from __future__ import annotations

from dataclasses import dataclass

from ..convert.records import RecordField


@dataclass(frozen=True)
class Place:
    """A record attribute as an expression, with what must hold for it to be there."""

    access: str
    parents: tuple[str, ...]
    """Conditions under which the attribute can be reached at all."""
    optional: bool
    nullable: bool

    @property
    def present(self) -> tuple[str, ...]:
        """Conditions under which there is a value, null included."""
        return (*self.parents, f"{self.access} is not ABSENT") if self.optional else self.parents

    @property
    def or_absent(self) -> str:
        """The attribute, or ABSENT where it cannot be reached."""
        return f"{self.access} if {' and '.join(self.parents)} else ABSENT" if self.parents else self.access


def place(base: str, path: tuple[RecordField, ...]) -> Place:
    """Where `path` leads from the record called `base`."""
    access, parents = base, []
    for step in path[:-1]:
        access = f"{access}.{step.attr}"
        if not step.required:
            parents.append(f"{access} is not ABSENT")
        if step.nullable:
            parents.append(f"{access} is not None")
    end = path[-1]
    return Place(f"{access}.{end.attr}", tuple(parents), not end.required, end.nullable)
