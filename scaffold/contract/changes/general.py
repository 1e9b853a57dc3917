"""Changes of who is let in, of prose, and of what clients should not use any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..address import MemberAddress, OperationAddress, ParameterAddress, find_field
from ..contract import Contract, Requirement, SecurityScheme
from ..documentation import documentation, documented
from ..types import Extra
from .base import Change, listing, need_operation, need_parameter, refuse


@dataclass(frozen=True, kw_only=True)
class ChangeSecurity(Change):
    """One operation lets others in: `to` lists the ways, None is what the whole contract says."""

    at: OperationAddress
    to: tuple[Requirement, ...] | None

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        found = need_operation(contract, self.at)
        if found.security == self.to:
            raise refuse("SC307", f"who `{self.at}` lets in stays as it is", "remove the line, or say what changes")
        return contract.with_operation(replace(found, security=self.to))

    def inverse(self, before: Contract) -> Change:
        return ChangeSecurity(at=self.at, to=need_operation(before, self.at).security)

    def sentence(self) -> str:
        return f"`{self.at}` asks for {ways(self.to)}."


@dataclass(frozen=True, kw_only=True)
class ChangeAuth(Change):
    """The whole API lets others in: the ways there are, and those that any operation without its own asks for."""

    to: tuple[Requirement, ...]
    schemes: Mapping[str, SecurityScheme]

    @property
    def address(self) -> str:
        return "auth"

    def apply(self, contract: Contract, version: str) -> Contract:
        if self.to == contract.security and dict(self.schemes) == dict(contract.security_schemes):
            raise refuse("SC307", "who is let in stays as it is", "remove the line, or say what changes")
        return replace(contract, security=self.to, security_schemes=dict(self.schemes))

    def inverse(self, before: Contract) -> Change:
        return ChangeAuth(to=before.security, schemes=before.security_schemes)

    def sentence(self) -> str:
        return f"Callers are asked for {ways(self.to)}; schemes: {', '.join(self.schemes) or 'none'}."


def ways(requirements: tuple[Requirement, ...] | None) -> str:
    """The ways to be let in, as a sentence says them."""
    if requirements is None:
        return "what the whole API asks for"
    if not requirements:
        return "nothing"
    return " or ".join(" with ".join(name for name, _ in way) or "nothing" for way in requirements)


@dataclass(frozen=True, kw_only=True)
class Describe(Change):
    """Documents say something else in places: prose, examples, `x-` keywords. No promise changes.

    `texts` has, for each address, the keywords that are new there; one that is None goes.
    """

    texts: Mapping[str, Extra]

    @property
    def address(self) -> str:
        return next(iter(self.texts), "api")

    def apply(self, contract: Contract, version: str) -> Contract:
        known = documentation(contract, empty=True)
        unknown = [at for at in self.texts if at not in known]
        if unknown:
            raise refuse("SC302", f"there is no {listing(unknown)} to describe here", "write the address of a place")
        return documented(contract, self.texts)

    def inverse(self, before: Contract) -> Change:
        said = documentation(before)
        return Describe(
            texts={at: {word: said.get(at, {}).get(word) for word in words} for at, words in self.texts.items()}
        )

    def sentence(self) -> str:
        places = list(self.texts)
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""
        return f"Documents say more, or otherwise, of {listing(places[:3])}{more}."


@dataclass(frozen=True, kw_only=True)
class Deprecate(Change):
    """Clients should not use something any more; it works as it did. `use` names what stands in for it."""

    at: OperationAddress | ParameterAddress | MemberAddress
    use: str | None = None
    deprecated: bool = True
    """False where the mark is taken back."""

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        made: dict[str, Any] = {"deprecated": self.deprecated}
        match self.at:
            case OperationAddress():
                return contract.with_operation(replace(need_operation(contract, self.at), **made))
            case ParameterAddress():
                operation, found = need_parameter(contract, self.at)
                changed = tuple(replace(p, **made) if p is found else p for p in operation.parameters)
                return contract.with_operation(replace(operation, parameters=changed))
            case MemberAddress():
                place = find_field(contract, self.at)
                fields = tuple(replace(f, **made) if f is place.field else f for f in place.owner.fields)
                return contract.with_type(replace(place.owner, fields=fields))

    def inverse(self, before: Contract) -> Change:
        return Deprecate(at=self.at, use=self.use, deprecated=not self.deprecated)

    def sentence(self) -> str:
        if not self.deprecated:
            return f"`{self.at}` is not deprecated any more."
        return f"Deprecated `{self.at}`{f'; use `{self.use}`' if self.use else ''}."
