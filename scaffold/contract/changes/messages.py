"""Changes of what operations carry: their bodies and their answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..address import BodyAddress, ResponseAddress
from ..contract import Contract
from ..message import Body, Response
from ..named_types import NamedType
from ..operation import Action, Operation
from ..types import MISSING, ListOf, Missing, Ref, Type, Undecided
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
        _stays(operation, None, self.address)
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
        _stays(operation, self.to.type, self.address)
        made = with_types(contract, self.types).with_operation(replace(operation, body=self.to))
        return tidied(made)

    def inverse(self, before: Contract) -> Change:
        _, found = need_body(before, self.at)
        types = gone_with(before, _body_types(found), _body_types(self.to))
        return ChangeBody(at=self.at, to=found, types=types, codec=self.codec)

    def sentence(self) -> str:
        how = "required" if self.to.required else "optional"
        forms = listing(f.media_type for f in self.to.forms)
        under = "" if self.to.wrap is None else f" under `{self.to.wrap}`"
        return f"Changed the body of `{self.at.operation}`: it is {self.to.type}{under}, {how}, as {forms}."


@dataclass(frozen=True, kw_only=True)
class AddResponse(Change):
    """An operation may answer in one more way; clients of older versions read it as their answer `old_sees`."""

    at: ResponseAddress
    response: Response
    types: tuple[NamedType, ...] = ()
    old_sees: int | Missing | Undecided = MISSING

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

    `codec` says how one type becomes the other where they are two: a hook, or that it is undecided. `flag` says
    that neither becomes the other: handlers are told under that name whether the caller's version has this change,
    and answer older ones as they did.
    """

    at: ResponseAddress
    to: Response
    types: tuple[NamedType, ...] = ()
    codec: str | Undecided | None = None
    flag: str | None = None

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
        if self.to.type is not None or operation.action not in _EMPTIED:
            _stays(operation, _item(self.to), self.address)
        made = replace(operation, responses=tuple(changed if r is found else r for r in operation.responses))
        return tidied(with_types(contract, self.types).with_operation(made))

    def inverse(self, before: Contract) -> Change:
        _, found = need_response(before, self.at)
        return ChangeResponse(
            at=replace(self.at, status=str(self.to.status)),
            to=found,
            types=gone_with(before, _response_types(found), _response_types(self.to)),
            codec=self.codec,
            flag=self.flag,
        )

    def sentence(self) -> str:
        status = f"its status is {self.to.status}, " if str(self.to.status) != self.at.status else ""
        what = "no body"
        if self.to.type is not None:
            under = "" if self.to.wrap is None else f" under `{self.to.wrap}`"
            what = f"{self.to.type}{under} as {listing(f.media_type for f in self.to.forms)}"
        return f"Changed answer {self.at.status} of `{self.at.operation}`: {status}it carries {what}."


_EMPTIED = (Action.CREATE, Action.UPDATE, Action.REPLACE, Action.DELETE)
"""The standard operations that may answer without a body."""


def _item(response: Response) -> Type | None:
    """What an answer holds: of a page its items."""
    return response.type.items if response.page and isinstance(response.type, ListOf) else response.type


def _stays(operation: Operation, type_: Type | None, at: str) -> None:
    """Refuse another type where a standard operation carries its resource: its handler has records of that alone."""
    if operation.resource is not None and type_ != Ref(operation.resource):
        help_ = "change the type itself, or remove the operation and add one with another id"
        raise refuse("SC305", f"`{at}` is that of {operation.resource}, and stays so", help_)


def _body_types(body: Body) -> list[Type]:
    return [f.type for f in body.forms if f.type is not None]


def _response_types(response: Response) -> list[Type]:
    return [f.type for f in response.forms if f.type is not None]
