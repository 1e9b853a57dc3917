"""Strategies of contracts as published documents state them, and of the changes that only these have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.address import (
    BodyAddress,
    HeaderAddress,
    MemberAddress,
    OperationAddress,
    ParameterAddress,
    ResponseAddress,
    TypeAddress,
    VariantAddress,
)
from scaffold.contract.changes import (
    AddBody,
    AddHeader,
    AddResponse,
    AddVariant,
    Change,
    ChangeAuth,
    ChangeBody,
    ChangeHeader,
    ChangeResponse,
    ChangeSecurity,
    ChangeType,
    Deprecate,
    Describe,
    RemoveBody,
    RemoveHeader,
    RemoveResponse,
    RemoveVariant,
)
from scaffold.contract.changes.base import written_in
from scaffold.contract.contract import (
    Body,
    Contract,
    Header,
    Location,
    Media,
    Operation,
    Parameter,
    Requirement,
    Response,
    SecurityKind,
    SecurityScheme,
    identity,
)
from scaffold.contract.documentation import documentation
from scaffold.contract.naming import pascal
from scaffold.contract.types import (
    MISSING,
    AliasType,
    Discriminator,
    EnumType,
    EnumValue,
    Field,
    Kind,
    ListOf,
    MapOf,
    NamedType,
    ObjectType,
    Ref,
    Scalar,
    Type,
    UnionOf,
    Unknown,
)

from .changes import Strategy, _pick
from .contracts import Draw

OBJECTS = ("Card", "Wallet", "Account", "Address")
ENUMS = ("Status", "Colour")
ALIASES = ("Method", "Money", "Codes")
FIELDS = ("name", "number", "street", "city", "note", "kind", "home", "a-b")
VALUES = ("red", "blue", "dark green", "green")
PATHS = ("/cards", "/cards/{id}", "/cards/{card}/limits", "/payments")
SCHEMES = ("Key", "Basic", "Token")
WORDS = ("A text.", "Another text.", "")


@dataclass
class Scope:
    """The types of a contract while it is made, and what may be mentioned."""

    draw: Draw
    named: tuple[str, ...]
    version: str = "v1"
    types: dict[str, NamedType] = field(default_factory=dict)

    def inline(self, name: str) -> str:
        """A free name for a type that is written in a place."""
        found, number = name, 1
        while found in self.types or found in self.named:
            number += 1
            found = f"{name}{number}"
        return found


def extras(draw: Draw, *words: str) -> dict[str, Any]:
    """What is said beside: a keyword or two, now and then null."""
    if draw(st.integers(0, 3)):
        return {}
    chosen = draw(st.lists(st.sampled_from(("x-note", *words)), max_size=2, unique=True))
    return {word: draw(st.sampled_from(("kept", 1, True, {"a": [1.5]}, None))) for word in chosen}


def prose(draw: Draw) -> str | None:
    """A description, or none."""
    return draw(st.sampled_from(WORDS)) or None


def scalar(draw: Draw) -> Scalar:
    """A single value."""
    return draw(
        st.sampled_from(
            (
                Scalar(Kind.STR),
                Scalar(Kind.STR),
                Scalar(Kind.STR, max_length=9),
                Scalar(Kind.STR, format="hostname"),
                Scalar(Kind.INT, format="int32"),
                Scalar(Kind.INT, choices=(1, 2)),
                Scalar(Kind.BOOL),
                Scalar(Kind.JSON),
                Scalar(Kind.DATE),
            )
        )
    )


def type_of(scope: Scope, owner: str, depth: int = 0) -> Type:
    """A type that may stand in the place called `owner`."""
    draw = scope.draw
    shape = draw(st.sampled_from(("scalar", "scalar", "scalar", "ref", "list", "map", "inline", "enum", "union")))
    if depth > 1 or shape == "scalar":
        return scalar(draw)
    match shape:
        case "ref" if scope.named:
            return Ref(draw(st.sampled_from(scope.named)))
        case "list":
            inner = type_of(scope, owner, depth + 1)
            return ListOf(replace(inner, extra=extras(draw, "title")), draw(st.sampled_from((None, 1))))
        case "map":
            return MapOf(type_of(scope, owner, depth + 1))
        case "inline":
            name = scope.inline(owner)
            scope.types[name] = ObjectType("", name, ())  # its name is taken
            made = object_type(scope, name, depth + 1, inline=True)
            scope.types[name] = made
            return Ref(name)
        case "enum":
            name = scope.inline(owner)
            scope.types[name] = enum_type(scope, name, inline=True)
            return Ref(name)
        case "union":
            return union(scope, owner, depth + 1)
    return scalar(draw)


def union(scope: Scope, owner: str, depth: int) -> Type:
    """A union of named objects with a discriminator, or of anything."""
    draw = scope.draw
    named = [n for n in scope.named if n in OBJECTS]
    if len(named) > 1 and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(named), min_size=2, max_size=3, unique=True))
        tags = tuple((n.lower(), n) for n in chosen if draw(st.booleans()))
        told = Discriminator("kind", tags) if draw(st.booleans()) else None
        return UnionOf(tuple(map(Ref, chosen)), told, exclusive=draw(st.booleans()))
    variants: list[Type] = []
    for number in range(2):
        made = type_of(scope, f"{owner}{number}", depth)
        if made not in variants:
            variants.append(made)
    return UnionOf(tuple(variants), exclusive=draw(st.booleans())) if len(variants) > 1 else variants[0]


def object_type(scope: Scope, name: str, depth: int = 0, *, inline: bool = False) -> ObjectType:
    """An object of a few fields."""
    draw = scope.draw
    born = identity(scope.version, name)
    names = draw(st.lists(st.sampled_from(FIELDS), max_size=4, unique=True))
    unknown = draw(st.sampled_from(Unknown))
    rest = type_of(scope, f"{name}Rest", depth) if unknown is Unknown.KEEP and draw(st.booleans()) else None
    component = f"acme.{name}" if not inline and draw(st.integers(0, 3)) == 0 else None
    fields = tuple(field_of(scope, born, name, n, depth) for n in names)
    return ObjectType(
        born, name, fields, unknown, prose(draw), rest, inline=inline, component=component, extra=extras(draw, "title")
    )


def field_of(scope: Scope, born: str, owner: str, name: str, depth: int) -> Field:
    """A field of any kind."""
    draw = scope.draw
    type_ = type_of(scope, owner + pascal(name), depth)
    plain = isinstance(type_, Scalar) and type_.kind is Kind.STR and type_.format is None
    return Field(
        identity(scope.version, born, name),
        name,
        type_,
        required=draw(st.booleans()),
        nullable=draw(st.integers(0, 4)) == 0,
        default=draw(st.sampled_from((MISSING, MISSING, "x", ""))) if plain else MISSING,
        read_only=draw(st.integers(0, 5)) == 0,
        write_only=draw(st.integers(0, 9)) == 0,
        description=prose(draw),
        example=draw(st.sampled_from((MISSING, MISSING, "Ada", None, 1))),
        deprecated=draw(st.integers(0, 5)) == 0,
        extra=extras(draw, "title"),
    )


def enum_type(scope: Scope, name: str, *, inline: bool = False) -> EnumType:
    """An enum of a few texts."""
    draw = scope.draw
    born = identity(scope.version, name)
    words = draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=3, unique=True))
    values = tuple(EnumValue(identity(scope.version, born, w), w, prose(draw), extra=extras(draw)) for w in words)
    return EnumType(born, name, values, prose(draw), draw(st.booleans()), inline, extra=extras(draw, "title"))


def named_type(scope: Scope, name: str) -> NamedType:
    """A type of its own; one of another nature than its name has, now and then."""
    draw = scope.draw
    nature = "object" if name in OBJECTS else "enum" if name in ENUMS else "alias"
    nature = draw(st.sampled_from((nature,) * 8 + ("object", "enum", "alias")))
    match nature:
        case "object":
            return object_type(scope, name)
        case "enum":
            return enum_type(scope, name)
    type_ = type_of(scope, name, 1)
    if isinstance(type_, Ref) and type_.name not in scope.types:
        type_ = ListOf(type_)  # a name for a name may lead back to itself
    return AliasType(identity(scope.version, name), name, type_, draw(st.booleans()), prose(draw), extra=extras(draw))


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


# Changes that only such contracts have.


def _at(operation: Operation) -> OperationAddress:
    return OperationAddress(operation.method, operation.path)


def _scope(draw: Draw, contract: Contract, version: str) -> Scope:
    named = tuple(n for n, t in contract.types.items() if isinstance(t, AliasType) or not t.inline)
    return Scope(draw, named, version)


def _made(scope: Scope, contract: Contract) -> tuple[NamedType, ...] | None:
    """The types that were written on the way; None where a name is taken."""
    return None if scope.types.keys() & contract.types.keys() else tuple(scope.types.values())


def change_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    type_: NamedType | None = _pick(draw, contract.types.values())
    scope = _scope(draw, contract, version)
    stated: dict[str, Any] = {}
    match type_:
        case ObjectType():
            stated["unknown"] = draw(st.sampled_from(Unknown))
            stated["rest"] = type_of(scope, "FreshRest", 1) if stated["unknown"] is Unknown.KEEP else None
            if not type_.inline:
                stated["component"] = draw(st.sampled_from((None, "acme.Other")))
        case EnumType():
            stated["open"] = not type_.open
        case AliasType():
            stated["nullable"] = not type_.nullable
            if draw(st.booleans()):
                stated["type"] = ListOf(type_of(scope, "FreshItem", 1), 2)
        case None:
            return None
    types = _made(scope, contract)
    return None if types is None else ChangeType(name=type_.name, types=types, **stated)


def _unions(contract: Contract) -> list[tuple[TypeAddress | MemberAddress, UnionOf]]:
    found: list[tuple[TypeAddress | MemberAddress, UnionOf]] = []
    for t in contract.types.values():
        if isinstance(t, AliasType) and isinstance(t.type, UnionOf):
            found.append((TypeAddress(t.name), t.type))
        if isinstance(t, ObjectType):
            found += [(MemberAddress(t.name, (f.name,)), f.type) for f in t.fields if isinstance(f.type, UnionOf)]
    return found


def add_variant(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _pick(draw, _unions(contract))
    if found is None:
        return None
    holder, union_ = found
    scope = _scope(draw, contract, version)
    variant = draw(st.sampled_from([*map(Ref, scope.named), Scalar(Kind.DATE)])) if draw(st.booleans()) else None
    variant = variant or type_of(scope, "FreshVariant", 1)
    types = _made(scope, contract)
    tag = "fresh" if union_.discriminator is not None and isinstance(variant, Ref) and draw(st.booleans()) else None
    if types is None or str(variant) in map(str, union_.variants):
        return None
    return AddVariant(at=VariantAddress(holder, str(variant)), variant=variant, tag=tag, types=types)


def remove_variant(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _pick(draw, [(h, u) for h, u in _unions(contract) if len(set(map(str, u.variants))) == len(u.variants)])
    if found is None:
        return None
    holder, union_ = found
    return RemoveVariant(at=VariantAddress(holder, str(draw(st.sampled_from(union_.variants)))))


def add_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = _pick(draw, [o for o in contract.operations if o.body is None])
    if found is None:
        return None
    scope = _scope(draw, contract, version)
    made = body(scope, "Fresh")
    types = _made(scope, contract)
    return None if types is None else AddBody(at=BodyAddress(_at(found)), body=made, types=types)


def remove_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = _pick(draw, [o for o in contract.operations if o.body is not None])
    return None if found is None else RemoveBody(at=BodyAddress(_at(found)))


def change_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = _pick(draw, [o for o in contract.operations if o.body is not None])
    if found is None:
        return None
    assert found.body is not None
    if draw(st.booleans()):
        return ChangeBody(at=BodyAddress(_at(found)), to=replace(found.body, required=not found.body.required))
    scope = _scope(draw, contract, version)
    made = body(scope, "Fresh")
    types = _made(scope, contract)
    return None if types is None else ChangeBody(at=BodyAddress(_at(found)), to=made, types=types)


def _answer(draw: Draw, contract: Contract) -> tuple[Operation, Response] | None:
    chosen: tuple[Operation, Response] | None = _pick(draw, [(o, r) for o in contract.operations for r in o.responses])
    return chosen


def add_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = _pick(draw, contract.operations)
    if found is None:
        return None
    scope = _scope(draw, contract, version)
    made = response(scope, "Fresh", draw(st.sampled_from((202, 409, "5XX"))))
    types = _made(scope, contract)
    at = ResponseAddress(_at(found), str(made.status))
    return None if types is None else AddResponse(at=at, response=made, types=types)


def remove_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    return None if found is None else RemoveResponse(at=ResponseAddress(_at(found[0]), str(found[1].status)))


def change_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    if found is None:
        return None
    at = ResponseAddress(_at(found[0]), str(found[1].status))
    if draw(st.booleans()):
        return ChangeResponse(at=at, to=replace(found[1], status=draw(st.sampled_from((202, 205)))))
    scope = _scope(draw, contract, version)
    made = response(scope, "Fresh", found[1].status)
    scope.types = {n: t for n, t in scope.types.items() if not n.startswith(("FreshXRate", "FreshLocation"))}
    types = _made(scope, contract)
    plain = replace(made, headers=(), description="", extra={})
    mentioned = [f.type for f in plain.forms if f.type is not None]
    held = replace(contract, types={**contract.types, **scope.types})
    return None if types is None else ChangeResponse(at=at, to=plain, types=_new(contract, written_in(held, mentioned)))


def _new(contract: Contract, types: Sequence[NamedType]) -> tuple[NamedType, ...]:
    return tuple(t for t in types if t.name not in contract.types)


def add_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    if found is None:
        return None
    scope = _scope(draw, contract, version)
    made = header(scope, "Fresh", "X-Fresh")
    types = _made(scope, contract)
    at = HeaderAddress(ResponseAddress(_at(found[0]), str(found[1].status)), made.name)
    return None if types is None else AddHeader(at=at, header=made, types=types)


def _header(draw: Draw, contract: Contract) -> tuple[HeaderAddress, Header] | None:
    chosen: tuple[HeaderAddress, Header] | None = _pick(
        draw,
        [
            (HeaderAddress(ResponseAddress(_at(o), str(r.status)), h.name), h)
            for o in contract.operations
            for r in o.responses
            for h in r.headers
        ],
    )
    return chosen


def remove_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _header(draw, contract)
    return None if found is None else RemoveHeader(at=found[0])


def change_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _header(draw, contract)
    if found is None:
        return None
    if draw(st.booleans()):
        return ChangeHeader(at=found[0], to=replace(found[1], name="X-Number", required=not found[1].required))
    scope = _scope(draw, contract, version)
    made = header(scope, "Fresh", found[1].name)
    types = _made(scope, contract)
    return None if types is None else ChangeHeader(at=found[0], to=made, types=types)


def change_security(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = _pick(draw, contract.operations)
    return None if found is None else ChangeSecurity(at=_at(found), to=draw(st.none() | requirements()))


def change_auth(draw: Draw, contract: Contract, version: str) -> Change | None:
    return ChangeAuth(to=draw(requirements()), schemes=schemes(draw))


def deprecate(draw: Draw, contract: Contract, version: str) -> Change | None:
    marks: list[tuple[Any, bool]] = [(_at(o), o.deprecated) for o in contract.operations]
    for o in contract.operations:
        marks += [(ParameterAddress(_at(o), p.location, p.name), p.deprecated) for p in o.parameters]
    for t in contract.types.values():
        if isinstance(t, ObjectType):
            marks += [(MemberAddress(t.name, (f.name,)), f.deprecated) for f in t.fields]
    found = _pick(draw, marks)
    return None if found is None else Deprecate(at=found[0], deprecated=not found[1])


def describe(draw: Draw, contract: Contract, version: str) -> Change | None:
    known = documentation(contract, empty=True)
    places = draw(st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=3, unique=True))
    said = documentation(contract)
    texts = {
        at: {
            "x-note": draw(st.sampled_from(("new", 7, None))),
            **{w: None for w in said.get(at, {}) if draw(st.booleans())},
        }
        for at in places
    }
    nulls = {places[0]: ("x-null",)} if draw(st.booleans()) else {}
    return Describe(texts=texts, nulls=nulls)


PUBLISHED: Mapping[type[Change], Strategy] = {
    ChangeType: change_type,
    AddVariant: add_variant,
    RemoveVariant: remove_variant,
    AddBody: add_body,
    RemoveBody: remove_body,
    ChangeBody: change_body,
    AddResponse: add_response,
    RemoveResponse: remove_response,
    ChangeResponse: change_response,
    AddHeader: add_header,
    RemoveHeader: remove_header,
    ChangeHeader: change_header,
    ChangeSecurity: change_security,
    ChangeAuth: change_auth,
    Deprecate: deprecate,
    Describe: describe,
}
"""The strategy of each class of change that only published contracts have."""
