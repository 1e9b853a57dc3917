"""Changes of who is let in, of prose, and of what clients should not use any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar, cast

from ...diagnostics import nearest
from ..address import MemberAddress, OperationAddress, ParameterAddress, find_field
from ..contract import Contract
from ..documentation import documentation, documented
from ..instead import USE, beside, find
from ..named_types import EnumType, EnumValue, Field
from ..operation import Operation
from ..parameter import Parameter
from ..security import Requirement, SecurityScheme
from ..types import Extra
from .base import Change, listing, need_operation, need_parameter, need_value, refuse


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
        return f"Changed who may call `{self.at}`: it asks for {ways(self.to)}."


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
        known = listing(self.schemes) if self.schemes else "none"
        return f"Changed who is let in: the API asks for {ways(self.to)}, and its schemes are {known}."


def ways(requirements: tuple[Requirement, ...] | None) -> str:
    """The ways to be let in, as a sentence says them."""
    if requirements is None:
        return "what the whole API asks for"
    if not requirements:
        return "nothing"
    return " or ".join(" with ".join(f"`{name}`" for name, _ in way) or "nothing" for way in requirements)


@dataclass(frozen=True, kw_only=True)
class Describe(Change):
    """Documents say something else in places: prose, examples, `x-` keywords. No promise changes.

    `texts` has, for each address, the keywords that are new there; one that is None goes. `nulls` has those that are
    null: an example, say.
    """

    texts: Mapping[str, Extra]
    nulls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return next(iter(self.places), "api")

    @property
    def places(self) -> tuple[str, ...]:
        """The addresses it speaks of, each once."""
        return tuple(dict.fromkeys((*self.texts, *self.nulls)))

    def apply(self, contract: Contract, version: str) -> Contract:
        known = documentation(contract, empty=True)
        unknown = [at for at in self.places if at not in known]
        if unknown:
            raise refuse("SC302", f"there is no {listing(unknown)} to describe here", "write the address of a place")
        return documented(contract, self.texts, self.nulls)

    def inverse(self, before: Contract) -> Change:
        said = documentation(before)
        words = {at: (*self.texts.get(at, ()), *self.nulls.get(at, ())) for at in self.places}
        null = {at: [w for w, value in said.get(at, {}).items() if value is None] for at in words}
        nulls = {at: tuple(w for w in null[at] if w in new) for at, new in words.items()}
        texts = {at: {w: said.get(at, {}).get(w) for w in new if w not in nulls[at]} for at, new in words.items()}
        return Describe(
            texts={at: new for at, new in texts.items() if new}, nulls={at: new for at, new in nulls.items() if new}
        )

    def sentence(self) -> str:
        places = self.places
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""
        return f"Documents say more, or otherwise, of {listing(places[:3])}{more}."


SUNSET = "x-sunset"
"""The keyword by which documents say when something deprecated ends."""

_INSTEAD = "add it above; a sibling is named, all else has its address: `User.name`, `GET /users`, `GET /users?name`"

M = TypeVar("M", Operation, Parameter, Field, EnumValue)


@dataclass(frozen=True, kw_only=True)
class Deprecate(Change):
    """Clients should not use something any more; it works as it did. `use` names what stands in for it: a sibling by
    its name, anything by its address.

    An operation answers 410 from `sunset` on, in this version and later ones; of anything else it is only said.
    """

    at: OperationAddress | ParameterAddress | MemberAddress
    use: str | None = None
    sunset: date | datetime | None = None
    deprecated: bool = True
    """False where the mark is taken back."""

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        match self.at:
            case OperationAddress():
                return contract.with_operation(self._marked(need_operation(contract, self.at), contract))
            case ParameterAddress():
                operation, parameter = need_parameter(contract, self.at)
                marked = self._marked(parameter, contract)
                changed = tuple(marked if p is parameter else p for p in operation.parameters)
                return contract.with_operation(replace(operation, parameters=changed))
            case MemberAddress() if isinstance(contract.types.get(self.at.type), EnumType):
                enum, value = need_value(contract, self.at)
                marked_value = self._marked(value, contract)
                values = tuple(marked_value if v is value else v for v in enum.values)
                return contract.with_type(replace(enum, values=values))
            case MemberAddress():
                place = find_field(contract, self.at)
                field = self._marked(place.field, contract)
                fields = tuple(field if f is place.field else f for f in place.owner.fields)
                return contract.with_type(replace(place.owner, fields=fields))

    def _marked(self, value: M, contract: Contract) -> M:
        """`value` with the mark, and what documents say of it beside; without both where it is taken back."""
        held: Any = value
        self._look(held.deprecated)
        self._look_for_use(held.identity, contract)
        said = {USE: self.use, SUNSET: None if self.sunset is None else self.sunset.isoformat()}
        kept = {word: told for word, told in held.extra.items() if word not in said}
        told = {word: about for word, about in said.items() if about is not None} if self.deprecated else {}
        return cast(M, replace(held, deprecated=self.deprecated, extra={**kept, **told}))

    def _look(self, deprecated: bool) -> None:
        """Refuse to say what is said already."""
        if deprecated == self.deprecated:
            how = "is deprecated already" if deprecated else "is not deprecated"
            raise refuse("SC307", f"`{self.at}` {how}", "remove the line")

    def _look_for_use(self, identity: str, contract: Contract) -> None:
        """Refuse to lead clients to what is not there."""
        if self.use is None or not self.deprecated:
            return
        found = find(contract, self.at, self.use)
        if found is None:
            meant = nearest(self.use, beside(contract, self.at))
            help_ = f"did you mean `{meant}`?" if meant else _INSTEAD
            raise refuse("SC302", f"there is no `{self.use}` here to use instead of `{self.at}`", help_)
        if found == identity:
            raise refuse("SC307", f"`{self.at}` does not stand in for itself", "name another, or leave `use` out")

    def inverse(self, before: Contract) -> Change:
        return Deprecate(at=self.at, use=self.use, sunset=self.sunset, deprecated=not self.deprecated)

    def sentence(self) -> str:
        if not self.deprecated:
            return f"Took back that `{self.at}` is deprecated."
        ends = "" if self.sunset is None else f"; it ends on {self.sunset.isoformat()}"
        return f"Deprecated `{self.at}`{f'; use `{self.use}`' if self.use else ''}{ends}."
