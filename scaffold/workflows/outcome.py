"""What a command has to say when it is through; the commands share this, and the command line renders it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scaffold.diagnostics import Diagnostic, ScaffoldError, Severity

if TYPE_CHECKING:
    from scaffold.project.plan import Plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a command that could run.

    `summary` is told to the person at the terminal, line by line. `output` is the text that the command is
    asked for, and `data` the same for programs. `plan` is what was written, or would be. `diagnostics` are
    findings and warnings; an error among them, or `findings`, makes the exit code 1. `next_command` is what
    to do next.
    """

    summary: tuple[str, ...] = ()
    output: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    plan: Plan | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    next_command: str | None = None
    findings: bool = False

    @property
    def exit_code(self) -> int:
        """0 when all is clean, 1 when something was found."""
        return int(self.findings or any(d.severity is Severity.ERROR for d in self.diagnostics))


class Findings(ScaffoldError):
    """The command ran and says no: exit code 1, where any other ScaffoldError means that it could not run, 2."""
