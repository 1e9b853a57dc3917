"""Collects what is wrong, so that all of it is told at once."""

from __future__ import annotations

from ..diagnostics import Diagnostic, Severity, Span


class Findings:
    """Diagnostics in the order in which they were found."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def add(
        self,
        code: str,
        message: str,
        span: Span | None,
        help_: str | None = None,
        *,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Note an error at `span`."""
        self.put(Diagnostic(code, message, span, help_, notes))

    def warn(self, code: str, message: str, span: Span | None, help_: str | None = None) -> None:
        """Note a warning at `span`."""
        self.put(Diagnostic(code, message, span, help_, severity=Severity.WARNING))

    def put(self, diagnostic: Diagnostic) -> None:
        """Note `diagnostic`, unless the very same is noted already."""
        if diagnostic not in self.found:
            self.found.append(diagnostic)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What stops the work."""
        return tuple(d for d in self.found if d.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What does not."""
        return tuple(d for d in self.found if d.severity is Severity.WARNING)
