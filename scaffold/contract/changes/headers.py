"""Changes of the headers that answers carry."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..address import HeaderAddress, ResponseAddress
from ..contract import Contract
from ..message import Header, Response
from ..named_types import NamedType
from ..operation import Operation
from ..types import MISSING, Json, Missing, Undecided
from .base import Change, gone_with, need_response, refuse, taken, tidied, with_types, written_in


@dataclass(frozen=True, kw_only=True)
class AddHeader(Change):
    """An answer carries one more header."""

    at: HeaderAddress
    header: Header
    types: tuple[NamedType, ...] = ()
    """Those that are written in the place of its type."""

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, found = need_response(contract, self.at.response)
        if any(_same(h.name, self.at.name) for h in found.headers):
            raise taken("a header", str(self.at))
        return _with_headers(with_types(contract, self.types), operation, found, (*found.headers, self.header))

    def inverse(self, before: Contract) -> Change:
        return RemoveHeader(at=self.at)

    def sentence(self) -> str:
        return f"Added header `{self.at.name}` to {answer(self.at.response)}."


@dataclass(frozen=True, kw_only=True)
class RemoveHeader(Change):
    """An answer carries a header no more; `old_sees` is what clients of older versions read where handlers set none."""

    at: HeaderAddress
    old_sees: Json | Missing | Undecided = MISSING

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, found = need_response(contract, self.at.response)
        gone = need_header(found, self.at)
        return tidied(_with_headers(contract, operation, found, tuple(h for h in found.headers if h is not gone)))

    def inverse(self, before: Contract) -> Change:
        gone = need_header(need_response(before, self.at.response)[1], self.at)
        return AddHeader(at=self.at, header=gone, types=written_in(before, [gone.type]))

    def sentence(self) -> str:
        return f"Removed header `{self.at.name}` from {answer(self.at.response)}."


@dataclass(frozen=True, kw_only=True)
class ChangeHeader(Change):
    """A header of an answer is stated anew: its name, its type, whether it is always there.

    `old_sees` is what clients of older versions read where it is missing, or where its value is none of theirs.
    """

    at: HeaderAddress
    to: Header
    types: tuple[NamedType, ...] = ()
    """Those that are written in the place of its new type."""
    old_sees: Json | Missing | Undecided = MISSING
    codec: str | Undecided | None = None

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, found = need_response(contract, self.at.response)
        old = need_header(found, self.at)
        if self.to == old:
            raise refuse("SC307", f"nothing about `{self.at}` changes here", "remove the line, or say what changes")
        if any(_same(h.name, self.to.name) for h in found.headers if h is not old):
            raise taken("a header", self.to.name)
        headers = tuple(self.to if h is old else h for h in found.headers)
        return tidied(_with_headers(with_types(contract, self.types), operation, found, headers))

    def inverse(self, before: Contract) -> Change:
        old = need_header(need_response(before, self.at.response)[1], self.at)
        types = gone_with(before, [old.type], [self.to.type])
        return ChangeHeader(at=replace(self.at, name=self.to.name), to=old, types=types, codec=self.codec)

    def sentence(self) -> str:
        name = f"its name is `{self.to.name}`, " if self.to.name != self.at.name else ""
        how = "always there" if self.to.required else "not always there"
        return f"Changed header `{self.at.name}` of {answer(self.at.response)}: {name}it is {self.to.type}, {how}."


def answer(at: ResponseAddress) -> str:
    """An answer as a sentence names it."""
    return f"answer {at.status} of `{at.operation}`"


def need_header(response: Response, at: HeaderAddress) -> Header:
    """The header at `at`, or SC302."""
    found = next((h for h in response.headers if _same(h.name, at.name)), None)
    if found is None:
        raise refuse("SC302", f"`{at.response}` has no header `{at.name}`")
    return found


def _with_headers(
    contract: Contract, operation: Operation, response: Response, headers: tuple[Header, ...]
) -> Contract:
    changed = replace(response, headers=headers)
    responses = tuple(changed if r is response else r for r in operation.responses)
    return contract.with_operation(replace(operation, responses=responses))


def _same(one: str, other: str) -> bool:
    """Whether two header names are the same (RFC 9110, 5.1)."""
    return one.lower() == other.lower()
