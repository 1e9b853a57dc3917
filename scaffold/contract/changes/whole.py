"""Changes of what holds for every operation of the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from keyword import iskeyword

from ...diagnostics import did_you_mean
from ..contract import Contract, PageStyle, Pagination
from ..error_form import ErrorFormat, Errors, facts_in, form_of
from ..operation import Action, Operation
from ..paging import repaged
from ..parameter import Parameter
from .base import Change, refuse, taken


@dataclass(frozen=True, kw_only=True)
class ChangeErrors(Change):
    """Every error is written in another form: body and media type, also of those that the framework answers."""

    to: Errors

    @property
    def address(self) -> str:
        return "errors"

    def apply(self, contract: Contract, version: str) -> Contract:
        if self.to == contract.errors:
            how = f"as `{self.to}`" if isinstance(self.to, ErrorFormat) else "so"
            raise refuse("SC307", f"errors are written {how} already", "remove the line, or say what changes")
        return replace(contract, errors=self.to)

    def inverse(self, before: Contract) -> Change:
        return ChangeErrors(to=before.errors)

    def sentence(self) -> str:
        return f"Errors are written as {spoken_form(self.to)}."


def spoken_form(errors: Errors) -> str:
    """A form of errors in words."""
    if isinstance(errors, ErrorFormat):
        return _SPOKEN[errors]
    places = dict.fromkeys(".".join(way).replace(".[]", "[]") for way, _ in facts_in(dict(form_of(errors).body)))
    said = [f"`{place}`" for place in places]
    return f"an object with {', '.join(said[:-1])}{' and ' if said[:-1] else ''}{said[-1]}"


_SPOKEN = {
    ErrorFormat.PROBLEM: "problem details (RFC 9457)",
    ErrorFormat.SIMPLE: "a flat object with `error` and `message`",
}


@dataclass(frozen=True, kw_only=True)
class ChangePagination(Change):
    """Lists are paged otherwise, in the whole API, but those of resources that have a pagination of their own."""

    to: Pagination
    lists: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)
    """What lists take exactly, by their identities: an inverse knows it."""

    @property
    def address(self) -> str:
        return "pagination"

    def apply(self, contract: Contract, version: str) -> Contract:
        if self.to == contract.pagination:
            raise refuse("SC307", "lists are paged so already", "remove the line, or say what changes")
        after = replace(contract, pagination=self.to)
        for operation in _lists(contract):
            after = after.with_operation(self._repaged(operation, version))
        return after

    def _repaged(self, operation: Operation, version: str) -> Operation:
        if operation.identity in self.lists:
            return replace(operation, parameters=self.lists[operation.identity])
        after = repaged(operation, self.to, version)
        places = [(p.name, p.location) for p in after.parameters]
        for name, location in places:
            if places.count((name, location)) > 1:
                raise taken("a parameter", f"{operation.address}?{name}")
        return after

    def inverse(self, before: Contract) -> Change:
        return ChangePagination(to=before.pagination, lists={o.identity: o.parameters for o in _lists(before)})

    def sentence(self) -> str:
        if self.to.style is PageStyle.NONE:
            return "Lists are answered whole."
        return f"Lists are paged by {BY[self.to.style]}, {self.to.limit} at once and at most {self.to.max_limit}."


BY = {PageStyle.OFFSET: "offset", PageStyle.PAGE: "page number", PageStyle.CURSOR: "cursor"}
"""How lists are paged, in words."""


def _lists(contract: Contract) -> list[Operation]:
    """The lists that are paged as the whole contract says."""
    own = {name for name, resource in contract.resources.items() if resource.pagination is not None}
    return [o for o in contract.operations if o.action is Action.LIST and o.resource not in own]


@dataclass(frozen=True, kw_only=True)
class ChangeBehaviour(Change):
    """Something is done otherwise from this version on, which no document shows; handlers ask for it by `name`."""

    name: str
    on: bool = True
    """False where it is done as before again."""

    @property
    def address(self) -> str:
        return f"behaviour {self.name}"

    def apply(self, contract: Contract, version: str) -> Contract:
        if not self.name.isidentifier() or iskeyword(self.name) or self.name.startswith("_"):
            raise refuse("SC313", f"`{self.name}` cannot name a behaviour", "write one word: `strict_rounding`")
        there = self.name in contract.behaviours
        if self.on and there:
            raise taken("a behaviour", self.name)
        if not self.on and not there:
            help_ = did_you_mean(self.name, contract.behaviours) if contract.behaviours else "remove the line"
            raise refuse("SC302", f"there is no behaviour `{self.name}` here", help_)
        left = tuple(name for name in contract.behaviours if name != self.name)
        return replace(contract, behaviours=(*left, self.name) if self.on else left)

    def inverse(self, before: Contract) -> Change:
        return ChangeBehaviour(name=self.name, on=not self.on)

    def sentence(self) -> str:
        return f"Behaves by `{self.name}`." if self.on else f"Behaves as before `{self.name}` again."


@dataclass(frozen=True, kw_only=True)
class ChangeBasePath(Change):
    """It is served below another path; older versions stay where they are. None is the path that the API has."""

    to: str | None

    @property
    def address(self) -> str:
        return "base_path"

    def apply(self, contract: Contract, version: str) -> Contract:
        if self.to == contract.base_path:
            raise refuse("SC307", "the base path is the same as before", "remove the line, or say what changes")
        return replace(contract, base_path=self.to)

    def inverse(self, before: Contract) -> Change:
        return ChangeBasePath(to=before.base_path)

    def sentence(self) -> str:
        if self.to is None:
            return "Everything is served below the usual path again."
        return f"Everything is served below `{self.to or '/'}`."
