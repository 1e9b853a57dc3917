"""The credentials of a request: where each scheme has its own, and how it is read. Nothing is verified here."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Literal

from starlette.requests import HTTPConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One way for a caller to say who it is.

    An API key travels at `location` under the name `parameter`; `word` is that of the `Authorization` header
    (RFC 9110, 11.1), in small letters.
    """

    kind: Literal["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]
    location: Literal["header", "query", "cookie"] = "header"
    parameter: str = ""
    word: str = "bearer"

    @property
    def place(self) -> tuple[str, str]:
        """Where in a request it stands; two schemes may share a place."""
        if self.kind == "mutualTLS":
            return "tls", ""
        return (self.location, self.parameter.lower()) if self.kind == "apiKey" else ("header", "authorization")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key, in a header, the query or a cookie. `scheme` is the name that the contract gives to this way."""

    scheme: str
    key: str = field(repr=False)
    connection: HTTPConnection = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Basic:
    """A user and a password (RFC 7617)."""

    scheme: str
    username: str
    password: str = field(repr=False)
    connection: HTTPConnection = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token (RFC 6750): of HTTP bearer, OAuth 2 and OpenID Connect."""

    scheme: str
    token: str = field(repr=False)
    connection: HTTPConnection = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Authorization:
    """What the `Authorization` header says in any other way: `word` is its first one, such as `digest`."""

    scheme: str
    word: str
    value: str = field(repr=False)
    connection: HTTPConnection = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The caller's certificate, as the server verified it (the TLS extension of ASGI); `chain` is PEM."""

    scheme: str
    name: str | None
    chain: tuple[str, ...] = field(repr=False)
    connection: HTTPConnection = field(repr=False, compare=False)


Credential = ApiKey | Basic | Bearer | Authorization | Certificate
"""What a caller shows. `connection` is the request without its body, which leads to `connection.app.state`."""


def is_sent(scheme: Scheme, connection: HTTPConnection) -> bool:
    """Whether a request has something where the credential stands."""
    if scheme.kind == "mutualTLS":
        return bool(_certificate(connection))
    location, name = scheme.place
    if location == "header":
        return name in connection.headers
    values = connection.query_params if location == "query" else connection.cookies
    return scheme.parameter in values


def _certificate(connection: HTTPConnection) -> tuple[str, ...]:
    tls = connection.scope.get("extensions", {}).get("tls", {})
    return tuple(tls.get("client_cert_chain") or ())


def shown(name: str, scheme: Scheme, connection: HTTPConnection) -> Credential | None:
    """The credential of a request by the scheme called `name`; None where there is none, or more than one."""
    if scheme.kind == "mutualTLS":
        chain = _certificate(connection)
        subject = connection.scope.get("extensions", {}).get("tls", {}).get("client_cert_name")
        return Certificate(name, subject, chain, connection) if chain else None
    if scheme.kind == "apiKey":
        key = _only(_sent(scheme, connection))
        return ApiKey(name, key, connection) if key else None
    word, _, value = _only(connection.headers.getlist("authorization")).partition(" ")
    value = value.strip()
    if word.lower() != scheme.word or not value:
        return None
    if scheme.word == "bearer":
        return Bearer(name, value, connection)
    if scheme.word == "basic":
        return _basic(name, value, connection)
    return Authorization(name, scheme.word, value, connection)


def _sent(scheme: Scheme, connection: HTTPConnection) -> list[str]:
    if scheme.location == "query":
        return connection.query_params.getlist(scheme.parameter)
    if scheme.location == "cookie":
        return [connection.cookies.get(scheme.parameter, "")]
    return connection.headers.getlist(scheme.parameter)


def _only(values: list[str]) -> str:
    return values[0].strip() if len(values) == 1 else ""


def _basic(name: str, value: str, connection: HTTPConnection) -> Basic | None:
    try:
        user, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return Basic(name, user, password, connection) if colon else None
