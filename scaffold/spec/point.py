"""A point of the history at which a change is read: the contract so far, and how values are read there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..contract.contract import Contract
from ..contract.types import MISSING, UNDECIDED, Json, Missing, Type, Undecided
from ..diagnostics import Diagnostic, ScaffoldError, Span
from .change_shapes import ChangeBase
from .findings import Findings
from .json_values import read_value
from .scalars import Raw
from .scope import Scope


@dataclass(frozen=True)
class Point:
    """The contract before a change, the version that declares it, and whether that is still open."""

    contract: Contract
    version: str
    findings: Findings
    open: bool = False

    def scope(self) -> Scope:
        """The names in force here."""
        return Scope(self.version, self.findings, types=self.contract.types, resources=self.contract.resources)

    def policy(
        self,
        spec: ChangeBase,
        key: str,
        type_: Type | None = None,
        *,
        nullable: bool = False,
        scope: Scope | None = None,
    ) -> Json | Missing | Undecided:
        """The value of `old_sends` or `old_sees`: of `type_`, or a text where that is None.

        Raises:
            ScaffoldError: SC213 for a value of another type, SC314 for `undecided` in a released version.
        """
        if key not in spec.stated():
            return MISSING
        raw = getattr(spec, key)
        if isinstance(raw, Raw) and raw == "undecided" and not raw.node.quoted:
            if not self.open:
                raise fail(
                    "SC314",
                    f"`{key}: undecided` cannot stand in a released version",
                    spec.place(key),
                    "decide: write the value that older clients are taken to send, or are shown",
                )
            return UNDECIDED
        types = self.contract.types if scope is None else scope.all_types
        if type_ is not None:
            return read_value(raw, type_, types, nullable=nullable)
        if not isinstance(raw, str):
            raise fail("SC213", "a text is needed here", spec.place(key))
        return None if isinstance(raw, Raw) and raw.null else str(raw)


def fail(code: str, message: str, span: Span | None, help_: Any = None) -> ScaffoldError:
    """An error with one diagnostic."""
    return ScaffoldError(Diagnostic(code, message, span, help_))
