"""Changes of what operations carry: their bodies, their answers and the headers of these."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..address import BodyAddress, HeaderAddress, ResponseAddress
from ..contract import Body, Contract, Header, Operation, Response
from ..types import NamedType, Type, Undecided
from .base import (
    Change,
    gone_with,
    listing,
    need_body,
    need_operation,
    need_response,
    refuse,
    taken,
    tidied,
    with_types,
    written_in,
)


@dataclass(frozen=True, kw_only=True)
class AddBody(Change):
    """Requests of an operation carry something from now on."""

    at: BodyAddress
    body: Body
    types: tuple[NamedType, ...] = ()
    codec: str | Undecided | None = None

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation = need_operation(contract, self.at.operation)
        if operation.body is not None:
            raise taken("a body of", str(self.at.operation))
        return with_types(contract, self.types).with_operation(replace(operation, body=self.body))

    def inverse(self, before: Contract) -> Change:
        return RemoveBody(at=self.at)

    def sentence(self) -> str:
        how = "a required" if self.body.required else "an optional"
        return f"Added {how} body to `{self.at.operation}`: {self.body.type}."


@dataclass(frozen=True, kw_only=True)
class RemoveBody(Change):
    """Requests of an operation carry nothing any more; what older clients send is not read."""

    at: BodyAddress

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, _ = need_body(contract, self.at)
        return tidied(contract.with_operation(replace(operation, body=None)))

    def inverse(self, before: Contract) -> Change:
        _, body = need_body(before, self.at)
        return AddBody(at=self.at, body=body, types=written_in(before, _body_types(body)))

    def sentence(self) -> str:
        return f"Removed the body of `{self.at.operation}`."


@dataclass(frozen=True, kw_only=True)
class ChangeBody(Change):
    """What requests of an operation carry is stated anew: its type, its forms, whether it must be there.

    `codec` says how one type becomes the other where they are two: a hook, or that it is undecided.
    """

    at: BodyAddress
    to: Body
    types: tuple[NamedType, ...] = ()
    codec: str | Undecided | None = None

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, found = need_body(contract, self.at)
        if self.to == found:
            raise refuse("SC307", f"nothing about `{self.at}` changes here", "remove the line, or say what changes")
        made = with_types(contract, self.types).with_operation(replace(operation, body=self.to))
        return tidied(made)

    def inverse(self, before: Contract) -> Change:
        _, found = need_body(before, self.at)
        types = gone_with(before, _body_types(found), _body_types(self.to))
        return ChangeBody(at=self.at, to=found, types=types, codec=self.codec)

    def sentence(self) -> str:
        how = "required" if self.to.required else "optional"
        forms = listing(f.media_type for f in self.to.forms)
        return f"Changed the body of `{self.at.operation}`: it is {self.to.type}, {how}, as {forms}."


@dataclass(frozen=True, kw_only=True)
class AddResponse(Change):
    """An operation may answer in one more way."""

    at: ResponseAddress
    response: Response
    types: tuple[NamedType, ...] = ()

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation = need_operation(contract, self.at.operation)
        if any(str(r.status) == self.at.status for r in operation.responses):
            raise taken("an answer", str(self.at))
        made = replace(operation, responses=(*operation.responses, self.response))
        return with_types(contract, self.types).with_operation(made)

    def inverse(self, before: Contract) -> Change:
        return RemoveResponse(at=self.at)

    def sentence(self) -> str:
        what = "" if self.response.type is None else f": {self.response.type}"
        return f"Added answer {self.at.status} to `{self.at.operation}`{what}."


@dataclass(frozen=True, kw_only=True)
class RemoveResponse(Change):
    """An operation answers in one way less."""

    at: ResponseAddress

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, gone = need_response(contract, self.at)
        left = tuple(r for r in operation.responses if r is not gone)
        if not left:
            raise refuse("SC305", f"`{self.at}` is its only answer", "add another one first, or remove the operation")
        return tidied(contract.with_operation(replace(operation, responses=left)))

    def inverse(self, before: Contract) -> Change:
        _, gone = need_response(before, self.at)
        held = [*_response_types(gone), *(h.type for h in gone.headers)]
        return AddResponse(at=self.at, response=gone, types=written_in(before, held))

    def sentence(self) -> str:
        return f"Removed answer {self.at.status} from `{self.at.operation}`."


@dataclass(frozen=True, kw_only=True)
class ChangeResponse(Change):
    """An answer is stated anew: its status, its type, its forms. Headers and prose stay as they are.

    `codec` says how one type becomes the other where they are two: a hook, or that it is undecided.
    """

    at: ResponseAddress
    to: Response
    types: tuple[NamedType, ...] = ()
    codec: str | Undecided | None = None

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, found = need_response(contract, self.at)
        changed = replace(self.to, headers=found.headers, description=found.description, extra=found.extra)
        if changed == found:
            raise refuse("SC307", f"nothing about `{self.at}` changes here", "remove the line, or say what changes")
        if changed.status != found.status and any(r.status == changed.status for r in operation.responses):
            raise taken("an answer", f"{self.at.operation} {changed.status}")
        made = replace(operation, responses=tuple(changed if r is found else r for r in operation.responses))
        return tidied(with_types(contract, self.types).with_operation(made))

    def inverse(self, before: Contract) -> Change:
        _, found = need_response(before, self.at)
        return ChangeResponse(
            at=replace(self.at, status=str(self.to.status)),
            to=found,
            types=gone_with(before, _response_types(found), _response_types(self.to)),
            codec=self.codec,
        )

    def sentence(self) -> str:
        status = f"its status is {self.to.status}, " if str(self.to.status) != self.at.status else ""
        what = (
            "no body" if self.to.type is None else f"{self.to.type} as {listing(f.media_type for f in self.to.forms)}"
        )
        return f"Changed answer {self.at.status} of `{self.at.operation}`: {status}it carries {what}."


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
    """An answer carries a header no more."""

    at: HeaderAddress

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
    """A header of an answer is stated anew: its name, its type, whether it is always there."""

    at: HeaderAddress
    to: Header
    types: tuple[NamedType, ...] = ()
    """Those that are written in the place of its new type."""

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
        return ChangeHeader(at=replace(self.at, name=self.to.name), to=old, types=types)

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


def _body_types(body: Body) -> list[Type]:
    return [f.type for f in body.forms if f.type is not None]


def _response_types(response: Response) -> list[Type]:
    return [f.type for f in response.forms if f.type is not None]
