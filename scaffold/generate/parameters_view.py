"""How a parameter is read: by FastAPI where it knows the way, else by a reader that is made with the module."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..contract.contract import Contract
from ..contract.named_types import EnumType
from ..contract.operation import Operation
from ..contract.parameter import Location, Parameter
from ..contract.types import MISSING, Kind, ListOf, Ref, Scalar, Type
from .media import is_json, kind_of
from .python import text, value_of
from .readings import tree
from .reserved import MODULE
from .signatures import argument_name

FASTAPI = {Location.PATH: "Path", Location.QUERY: "Query", Location.HEADER: "Header", Location.COOKIE: "Cookie"}
_IDENTIFIER = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*", re.ASCII)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
"""What a header may be called (RFC 9110, 5.6.2)."""
_USUAL = {Location.PATH: "simple", Location.QUERY: "form", Location.HEADER: "simple", Location.COOKIE: "form"}


@dataclass(frozen=True)
class ReadBy:
    """One parameter: its name in the route, and what declares it or reads it."""

    parameter: Parameter
    name: str
    native: bool


def read_by(operation: Operation, contract: Contract, taken: frozenset[str] = frozenset()) -> tuple[ReadBy, ...]:
    """Every parameter of an operation, each under a name of its own."""
    names: set[str] = {*MODULE, *taken}
    made = []
    for p in operation.parameters:
        name = argument_name(p.name)
        while name in names or name.endswith("_shapes"):
            name += "_"
        names.add(name)
        made.append(ReadBy(p, name, native(p, contract)))
    return tuple(made)


def native(p: Parameter, contract: Contract) -> bool:
    """Whether FastAPI reads it the way its contract says."""
    if p.media_type is not None or p.style not in (None, _USUAL[p.location]):
        return False
    if p.location is Location.PATH and not _IDENTIFIER.fullmatch(p.name):
        return False
    if p.location is Location.HEADER and not _TOKEN.fullmatch(p.name):
        return False
    if p.location is Location.QUERY and isinstance(p.type, ListOf):
        return p.explode is not False and p.default is MISSING and _single(p.type.items, contract)
    return _single(p.type, contract)


def _single(type_: Type, contract: Contract) -> bool:
    match type_:
        case Scalar(kind=Kind.JSON | Kind.NULL):
            return False
        case Scalar(choices=choices):
            return all(isinstance(value, str) for value in choices)
        case Ref(name):
            return isinstance(contract.types[name], EnumType)
        case _:
            return False


def route_path(operation: Operation, read: tuple[ReadBy, ...]) -> str | None:
    """The path with names that a route can have, where those of the contract are no Python names."""
    names = {r.parameter.name: r.name for r in read if r.parameter.location is Location.PATH}

    def named(found: re.Match[str]) -> str:
        return found[0] if _IDENTIFIER.fullmatch(found[1]) else f"{{{names.get(found[1]) or argument_name(found[1])}}}"

    made = re.sub(r"{([^{}]+)}", named, operation.path)
    return None if made == operation.path else made


def declared(r: ReadBy, spelled: str, *, alias: bool = False) -> str:
    """The parameter as the route function declares it; `spelled` is its type."""
    p = r.parameter
    optional = not p.required and p.default is MISSING
    stated = f"alias={text(p.name)}" if p.location is Location.HEADER or r.name != p.name or alias else ""
    where = f"{FASTAPI[p.location]}({stated})"
    if spelled.startswith("Annotated[") and not optional:
        made = f"{r.name}: {spelled[:-1]}, {where}]"
    else:
        made = f"{r.name}: Annotated[{spelled}{' | None' if optional else ''}, {where}]"
    if p.location is Location.PATH or p.required:
        return made
    return f"{made} = {'None' if optional else value_of(p.default, p.type)}"


def made_reader(r: ReadBy, spelled: str, operation: Operation, contract: Contract) -> str:
    """The reader of a parameter that FastAPI does not read by itself, as an expression."""
    p = r.parameter
    document = p.media_type is not None and is_json(kind_of(p.media_type))
    reading = tree(p.type, contract, deep=p.style == "deepObject")
    if p.media_type is not None:
        reading = "texts.document" if document else "texts.text"
    stated = [text(p.name), text(p.location.value), f"Shape({spelled})"]
    stated += [] if reading == "texts.text" else [reading]
    stated += [] if p.style is None else [f"style={text(p.style)}"]
    stated += [] if p.explode is None else [f"explode={p.explode}"]
    stated += ["required=True"] if p.required or p.location is Location.PATH else []
    stated += [] if p.default is MISSING else [f"default={value_of(p.default, p.type)}"]
    stated += [] if p.media_type is None else [f"media_type={text(p.media_type)}"]
    if p.location is Location.PATH and not _IDENTIFIER.fullmatch(p.name):
        stated.append(f"key={text(r.name)}")
    if p.location is Location.QUERY and "rest=" in reading and p.style in (None, "form") and p.explode is not False:
        others = [text(o.name) for o in operation.parameters if o.location is Location.QUERY and o is not p]
        stated += [f"others=frozenset({{{', '.join(others)}}})"] if others else []
    return f"Parameter({', '.join(stated)})"


def singles(read: tuple[ReadBy, ...]) -> str:
    """The arguments of `once`: the parameters that FastAPI would take the last of; empty where there are none."""
    mine = [r.parameter for r in read if r.native]
    query = [text(p.name) for p in mine if p.location is Location.QUERY and not isinstance(p.type, ListOf)]
    headers = [f"b{text(p.name.lower())}" for p in mine if p.location is Location.HEADER]
    if not query and not headers:
        return ""
    return ", ".join([*query, *([f"headers=({', '.join(headers)},)"] if headers else [])])
