"""Addresses: how a change names a place in a contract."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..diagnostics import Diagnostic, ScaffoldError, did_you_mean
from .contract import Contract
from .named_types import AliasType, Field, ObjectType
from .parameter import Location
from .types import ListOf, MapOf, Ref

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")

_SEGMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|([^.\s"]+)')


@dataclass(frozen=True)
class TypeAddress:
    """A named type or resource: `User`."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class MemberAddress:
    """A place inside a named type: a field (`User.address.city`, `Order.lines[].price`) or an enum value."""

    type: str
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """The last segment: the member's own name."""
        return self.path[-1]

    def __str__(self) -> str:
        return ".".join((self.type, *(quoted(p) for p in self.path)))


@dataclass(frozen=True)
class OperationAddress:
    """One operation: `GET /users/{id}`."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class ParameterAddress:
    """A parameter of an operation: `GET /users?status`, `GET /users header X-Foo`."""

    operation: OperationAddress
    location: Location
    name: str

    def __str__(self) -> str:
        if self.location is Location.QUERY:
            return f"{self.operation}?{self.name}"
        return f"{self.operation} {self.location} {self.name}"


@dataclass(frozen=True)
class BodyAddress:
    """What an operation's request carries: `POST /users body`."""

    operation: OperationAddress

    def __str__(self) -> str:
        return f"{self.operation} body"


@dataclass(frozen=True)
class ResponseAddress:
    """One answer of an operation: `POST /users 201`, `POST /users default`, `POST /users 4XX`."""

    operation: OperationAddress
    status: str

    def __str__(self) -> str:
        return f"{self.operation} {self.status}"


@dataclass(frozen=True)
class HeaderAddress:
    """A header of an answer: `POST /users 201 header X-Id`."""

    response: ResponseAddress
    name: str

    def __str__(self) -> str:
        return f"{self.response} header {self.name}"


@dataclass(frozen=True)
class VariantAddress:
    """One variant of a union, by its type: `Payment.method|Wallet` in a field, `Filter|Range` in a named union."""

    holder: TypeAddress | MemberAddress
    variant: str

    def __str__(self) -> str:
        return f"{self.holder}|{self.variant}"


@dataclass(frozen=True)
class ApiAddress:
    """Something of the whole API: `envelope`, `pagination`, `errors`, `auth`, `base_path`."""

    name: str

    def __str__(self) -> str:
        return self.name


Address = (
    TypeAddress
    | MemberAddress
    | OperationAddress
    | ParameterAddress
    | BodyAddress
    | ResponseAddress
    | HeaderAddress
    | VariantAddress
    | ApiAddress
)
API_WORDS = ("envelope", "pagination", "errors", "auth", "base_path")


def parse_address(text: str) -> Address:
    """The address written as `text`.

    Raises:
        ScaffoldError: SC301 when it is none.
    """
    text = text.strip()
    if text in API_WORDS:
        return ApiAddress(text)
    head, _, rest = text.partition(" ")
    if head.upper() in METHODS and rest:
        return _operation(head.upper(), rest.strip(), text)
    found = _VARIANT.fullmatch(text)
    if found is not None:
        holder, variant = found.groups()
        held = parse_address(holder)
        if not isinstance(held, TypeAddress | MemberAddress) or not variant.strip():
            raise _bad(text, "a variant is written `Payment.method|Wallet`")
        return VariantAddress(held, variant.strip())
    segments = _segments(text)
    if len(segments) == 1:
        return TypeAddress(segments[0])
    return MemberAddress(segments[0], tuple(segments[1:]))


_VARIANT = re.compile(r'((?:"(?:[^"\\]|\\.)*"|[^"|])*)\|(.*)')
_STATUS = re.compile(r"default|[1-5](XX|\d\d)")


def _operation(method: str, rest: str, text: str) -> Address:
    words = rest.split()
    path, question, name = words[0].partition("?")
    if not path.startswith("/"):
        raise _bad(text, f"the path `{path}` does not begin with a slash")
    operation = OperationAddress(method, path)
    if question:
        if not name or len(words) > 1:
            raise _bad(text, "a query parameter is written `GET /users?status`")
        return ParameterAddress(operation, Location.QUERY, name)
    if len(words) == 1:
        return operation
    if words[1] == "body" and len(words) == 2:
        return BodyAddress(operation)
    if _STATUS.fullmatch(words[1]):
        response = ResponseAddress(operation, words[1])
        if len(words) == 2:
            return response
        if len(words) == 4 and words[2] == "header":
            return HeaderAddress(response, words[3])
        raise _bad(text, "after a status comes nothing, or `header` and a name")
    places = ("path", "header", "cookie", "query")
    if len(words) != 3 or words[1] not in places:
        raise _bad(text, f"after an operation comes `body`, a status, or one of {', '.join(places)} and a name")
    return ParameterAddress(operation, Location(words[1]), words[2])


def _segments(text: str) -> list[str]:
    segments: list[str] = []
    position = 0
    while position < len(text):
        found = _SEGMENT.match(text, position)
        if found is None:
            raise _bad(text, f"nothing readable at column {position + 1}")
        segments.append(found[2] if found[1] is None else re.sub(r"\\(.)", r"\1", found[1]))
        position = found.end()
        if position < len(text):
            if text[position] != "." or position + 1 == len(text):
                raise _bad(text, f"expected a dot and a name at column {position + 1}")
            position += 1
    if not segments:
        raise _bad(text, "it is empty")
    return segments


def _bad(text: str, cause: str) -> ScaffoldError:
    return ScaffoldError(
        Diagnostic(
            "SC301",
            f"`{text}` is not an address: {cause}",
            help="a type is `User`, a field `User.address.city`, an operation `GET /users`, "
            "a parameter `GET /users?status`",
        )
    )


def quoted(name: str) -> str:
    """A name as an address has it: in quotes where it is not one word."""
    if re.fullmatch(r'[^.\s"|\\?]+', name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass(frozen=True)
class Place:
    """Where a member address leads: the owning type, the field, and the fields passed on the way."""

    owner: ObjectType
    field: Field
    passed: tuple[Field, ...]


def find_owner(contract: Contract, address: MemberAddress) -> tuple[ObjectType, tuple[Field, ...]]:
    """The object type that holds the last segment of `address`, and the fields passed on the way to it.

    Raises:
        ScaffoldError: SC302 when the type or a segment before the last does not exist.
    """
    root = contract.types.get(address.type)
    if root is None:
        names = [n for n, t in contract.types.items() if isinstance(t, ObjectType)]
        raise ScaffoldError(
            Diagnostic("SC302", f"there is no type `{address.type}` here", help=did_you_mean(address.type, names))
        )
    if isinstance(root, AliasType):
        raise ScaffoldError(Diagnostic("SC302", f"`{address.type}` is {root.type} and has no fields"))
    if not isinstance(root, ObjectType):
        raise ScaffoldError(
            Diagnostic(
                "SC302",
                f"`{address.type}` is an enum and has no fields",
                help="name one of its values instead",
            )
        )
    owner, passed = root, []
    for segment in address.path[:-1]:
        name = segment.rstrip("[]{}")
        found = owner.field(name)
        if found is None:
            raise ScaffoldError(no_field(owner, name))
        inner = found.type
        while isinstance(inner, ListOf | MapOf):
            inner = inner.items if isinstance(inner, ListOf) else inner.values
        target = contract.object(inner.name) if isinstance(inner, Ref) else None
        if target is None:
            raise ScaffoldError(
                Diagnostic(
                    "SC302",
                    f"`{owner.name}.{name}` is {found.type}, not an object: `{address}` leads nowhere",
                    help=f"end the address at `{owner.name}.{name}`",
                )
            )
        passed.append(found)
        owner = target
    return owner, tuple(passed)


def find_field(contract: Contract, address: MemberAddress) -> Place:
    """The field that `address` names.

    Raises:
        ScaffoldError: SC302 when there is none.
    """
    owner, passed = find_owner(contract, address)
    found = owner.field(address.name)
    if found is None:
        raise ScaffoldError(no_field(owner, address.name))
    return Place(owner, found, passed)


def no_field(owner: ObjectType, name: str) -> Diagnostic:
    """The finding that `owner` has no field `name`."""
    return Diagnostic(
        "SC302",
        f"`{owner.name}` has no field `{name}` at this point of the history",
        help=did_you_mean(name, [f.name for f in owner.fields]),
    )
