"""Strategies of contracts with all that a published document can say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from scaffold.contract.contract import Contract, identity
from scaffold.contract.message import Body, Header, Media, Response
from scaffold.contract.naming import pascal
from scaffold.contract.operation import Operation
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.security import Requirement, SecurityKind, SecurityScheme
from scaffold.contract.types import MISSING, Kind, Scalar

from .made_types import Draw
from .published_types import ALIASES, ENUMS, OBJECTS, Scope, extras, named_type, prose, scalar, type_of

PATHS = ("/cards", "/cards/{id}", "/cards/{card}/limits", "/payments")


SCHEMES = ("Key", "Basic", "Token")


def media(scope: Scope, owner: str) -> tuple[Media, ...]:
    """Other forms of a body or an answer."""
    draw = scope.draw
    names = draw(st.lists(st.sampled_from(("text/csv", "application/xml")), max_size=1))
    made = []
    for n in names:
        type_ = draw(st.sampled_from((None, Scalar(Kind.STR))))
        made.append(Media(n, type_, extra=extras(draw, "examples")))
    return tuple(made)


def body(scope: Scope, owner: str) -> Body:
    """What a request carries."""
    draw = scope.draw
    return Body(
        type_of(scope, f"{owner}Body"),
        required=draw(st.booleans()),
        description=prose(draw),
        others=media(scope, owner),
        media=extras(draw, "examples"),
        extra=extras(draw),
    )


def response(scope: Scope, owner: str, status: int | str) -> Response:
    """One answer."""
    draw = scope.draw
    type_ = None if draw(st.integers(0, 2)) == 0 else type_of(scope, f"{owner}{status}")
    names = draw(st.lists(st.sampled_from(("X-Rate", "Location")), max_size=2, unique=True))
    return Response(
        status,
        draw(st.sampled_from(("Done.", "It is done.", ""))),
        type_,
        others=() if type_ is None else media(scope, owner),
        headers=tuple(header(scope, f"{owner}{status}", n) for n in names),
        media={} if type_ is None else extras(draw, "examples"),
        extra=extras(draw, "links"),
    )


def header(scope: Scope, owner: str, name: str) -> Header:
    """One header."""
    draw = scope.draw
    type_ = type_of(scope, owner + pascal(name), 1)
    return Header(name, type_, draw(st.booleans()), prose(draw), draw(st.booleans()), extra=extras(draw))


def parameter(scope: Scope, born: str, owner: str, location: Location, name: str) -> Parameter:
    """One parameter."""
    draw = scope.draw
    in_path = location is Location.PATH
    type_ = scalar(draw) if in_path else type_of(scope, owner + pascal(name), 1)
    return Parameter(
        identity(scope.version, born, location, name),
        name,
        location,
        replace(type_, extra=extras(draw, "title")),
        required=in_path or draw(st.booleans()),
        description=prose(draw),
        example=draw(st.sampled_from((MISSING, "Ada", None))),
        deprecated=draw(st.integers(0, 5)) == 0,
        style=draw(st.sampled_from((None, "form"))) if location is Location.QUERY else None,
        explode=draw(st.sampled_from((None, False))) if location is Location.QUERY else None,
        extra=extras(draw),
    )


def operation(scope: Scope, method: str, path: str, id_: str) -> Operation:
    """One operation."""
    draw = scope.draw
    born = identity(scope.version, f"{method} {path}")
    owner = pascal(id_)
    made = [parameter(scope, born, owner, Location.PATH, n.strip("{}")) for n in path.split("/") if n.startswith("{")]
    more = st.sampled_from(((Location.QUERY, "q"), (Location.QUERY, "limit"), (Location.HEADER, "X-Trace")))
    made += [parameter(scope, born, owner, *place) for place in draw(st.lists(more, max_size=2, unique=True))]
    statuses = draw(
        st.lists(st.sampled_from((200, 201, 204, 422, "4XX", "default")), min_size=1, max_size=3, unique=True)
    )
    return Operation(
        born,
        id_,
        method,
        path,
        tuple(response(scope, owner, s) for s in statuses),
        tuple(made),
        body(scope, owner) if method == "POST" and draw(st.integers(0, 3)) else None,
        summary=prose(draw),
        description=prose(draw),
        tags=draw(st.sampled_from(((), ("a",), ("b", "a")))),
        deprecated=draw(st.integers(0, 5)) == 0,
        security=draw(st.none() | requirements()),
        extra=extras(draw, "callbacks"),
    )


@st.composite
def requirements(draw: Draw) -> tuple[Requirement, ...]:
    """Ways to be let in."""
    ways = st.lists(st.sampled_from(SCHEMES), max_size=2, unique=True)
    return tuple(tuple((n, ()) for n in way) for way in draw(st.lists(ways, max_size=2)))


def schemes(draw: Draw) -> dict[str, SecurityScheme]:
    """The ways there are."""
    made = {
        "Key": SecurityScheme("Key", SecurityKind.API_KEY, Location.HEADER, draw(st.sampled_from(("X-Key", "X-K")))),
        "Basic": SecurityScheme("Basic", SecurityKind.HTTP, scheme="basic", description=prose(draw)),
        "Token": SecurityScheme("Token", SecurityKind.HTTP, scheme="bearer", extra=extras(draw)),
    }
    return {n: s for n, s in made.items() if draw(st.booleans())}


@st.composite
def published(draw: Draw, version: str = "v1") -> Contract:
    """A contract with all that a published document can say."""
    pools = (OBJECTS, ENUMS, ALIASES)
    named = tuple(n for pool in pools for n in draw(st.lists(st.sampled_from(pool), max_size=3, unique=True)))
    scope = Scope(draw, named, version)
    for name in named:
        scope.types[name] = named_type(scope, name)
    made = []
    for path in draw(st.lists(st.sampled_from(PATHS), max_size=3, unique=True)):
        for method in draw(st.lists(st.sampled_from(("GET", "POST")), min_size=1, max_size=2, unique=True)):
            free = [i for i in ("one", "two", "three", "four", "five", "six") if all(o.id != i for o in made)]
            made.append(operation(scope, method, path, draw(st.sampled_from(free))))
    servers = {"servers": [{"url": draw(st.sampled_from(("/", "/v2")))}]} if draw(st.booleans()) else {}
    return Contract(
        version,
        scope.types,
        operations=tuple(made),
        security=draw(requirements()),
        security_schemes=schemes(draw),
        extra={"info": {"title": "Cards", "version": version.removeprefix("v")}, **servers},
    )
