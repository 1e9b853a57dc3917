"""A point of the history at which a change is read: the contract so far, and how values are read there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from ..contract.changes import Waiver
from ..contract.contract import Contract
from ..contract.hooks import MODULE, hook_name
from ..contract.types import MISSING, UNDECIDED, Json, Missing, Type, Undecided
from ..diagnostics import Diagnostic, ScaffoldError, Span
from .change_base import ChangeBase
from .change_shapes import AddSpec, RemoveSpec
from .change_verb import ChangeSpec
from .findings import Findings
from .json_values import read_policy, under
from .model import Model
from .scalars import Raw
from .scope import Scope
from .validate import read_part

Part = TypeVar("Part", bound=Model)


@dataclass(frozen=True)
class Point:
    """The contract before a change, and the version that declares it."""

    contract: Contract
    version: str
    findings: Findings
    places: dict[str, Span] = field(default_factory=dict)
    """Where what is looked at later is written."""

    released: date | datetime | None = None
    """When the version comes out, if that is known."""
    newer: Contract | None = None
    """The later version that stands before a release, which can only bring what that has."""

    def scope(self) -> Scope:
        """The names in force here."""
        return Scope(
            self.version,
            self.findings,
            types=self.contract.types,
            resources=self.contract.resources,
            pagination=self.contract.pagination,
            places=self.places,
        )

    def codec(self, spec: AddSpec | ChangeSpec) -> str | Undecided | None:
        """How values cross, as `spec` says.

        Raises:
            ScaffoldError: SC313 for what names no codec.
        """
        known = spec.codec in (None, "undecided") or "<->" in str(spec.codec) or hook_name(spec.codec) is not None
        if not known:
            help_ = f"write the name of a built-in one, `str<->decimal`, or of a hook, `{MODULE}.price`"
            raise fail("SC313", f"`{spec.codec}` names no codec", spec.place("codec"), help_)
        return UNDECIDED if spec.codec == "undecided" else spec.codec

    def waiver(self, spec: RemoveSpec | ChangeSpec) -> Waiver | None:
        """Who lets the change refuse something, as `spec` says."""
        return None if spec.waiver is None else Waiver(spec.waiver.name, spec.waiver.reason)

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
            ScaffoldError: SC213 for a value of another type.
        """
        if key not in spec.stated():
            return MISSING
        raw = getattr(spec, key)
        if isinstance(raw, Raw) and raw == "undecided" and not raw.node.quoted:
            return UNDECIDED
        types = self.contract.types if scope is None else scope.all_types
        if type_ is not None:
            with under(key, type_):
                return read_policy(raw, type_, types, nullable=nullable)
        if not isinstance(raw, str):
            raise fail("SC213", "a text is needed here", spec.place(key))
        return None if isinstance(raw, Raw) and raw.null else str(raw)


def fail(code: str, message: str, span: Span | None, help_: Any = None) -> ScaffoldError:
    """An error with one diagnostic."""
    return ScaffoldError(Diagnostic(code, message, span, help_))


def part(model: type[Part], spec: ChangeBase, key: str) -> Part:
    """What stands under `key` of `spec`, as one of `model`.

    Raises:
        ScaffoldError: SC2xx for what is wrong with it.
    """
    findings = Findings()
    made = read_part(model, getattr(spec, key), findings, key)
    if made is None or findings.errors:
        raise ScaffoldError(d.at(spec.place(key)) for d in findings.errors)
    return made
