"""The tables of who is let in: right for every operation of every version, and no longer than what changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scaffold.contract.contract import Contract
from scaffold.contract.history import Api, History, Policy, Scheme, Version
from scaffold.contract.message import Response
from scaffold.contract.operation import Operation
from scaffold.contract.parameter import Location
from scaffold.contract.security import Requirement, SecurityKind, SecurityScheme
from scaffold.generate.access_view import access_view, asks, required
from scaffold.generate.runtime import security

KEY: tuple[Requirement, ...] = ((("Key", ()),),)
OAUTH: tuple[Requirement, ...] = ((("OAuth", ("write",)),), ())
SCHEMES = {
    "Key": SecurityScheme("Key", SecurityKind.API_KEY, Location.QUERY, "key"),
    "OAuth": SecurityScheme("OAuth", SecurityKind.OAUTH2, flows={}),
    "Login": SecurityScheme("Login", SecurityKind.HTTP, scheme="Basic"),
    "Unused": SecurityScheme("Unused", SecurityKind.MUTUAL_TLS),
}


def operation(id_: str, security: tuple[Requirement, ...] | None = None) -> Operation:
    return Operation(f"v1:{id_}", id_, "GET", f"/{id_}", (Response(204, ""),), security=security)


def contract(version: str, *operations: Operation, security: tuple[Requirement, ...] = KEY) -> Contract:
    return Contract(version, operations=operations, security=security, security_schemes=SCHEMES)


def history(*contracts: Contract) -> History:
    versions = tuple(Version(c.version, None) for c in contracts)
    return History(Api("shop", "Shop"), Policy(), Scheme.MAJOR, versions, contracts, ())


def tables(made: History) -> dict[str, security.Access]:
    """What the statements of `access.py` give."""
    view = access_view(made)
    names: dict[str, Any] = {"Access": security.Access, "Scheme": security.Scheme}
    for name, statement in view.tables:
        names[name] = eval(statement, dict(names))
    return {version.strip('"'): names[name] for version, name in view.of}


def test_every_operation_of_every_version_requires_what_its_contract_says() -> None:
    made = history(
        contract("v1", operation("a"), operation("b", ()), operation("c", OAUTH), operation("d")),
        contract("v2", operation("a"), operation("b", OAUTH), operation("c"), operation("d"), operation("e")),
        contract("2026-03-01", operation("a"), operation("b", KEY), operation("e"), security=()),
    )
    found = tables(made)
    for each in made.contracts:
        for one in each.operations:
            assert found[each.version].required(one.id) == required(each, one), (each.version, one.id)


def test_schemes_say_where_a_credential_is_and_only_those_in_use() -> None:
    login: tuple[Requirement, ...] = ((("Login", ()),),)
    found = tables(history(contract("v1", operation("a"), operation("b", OAUTH), operation("c", login))))["v1"]
    assert found.schemes == {
        "Key": security.Scheme(kind="apiKey", location="query", parameter="key"),
        "OAuth": security.Scheme(kind="oauth2"),
        "Login": security.Scheme(kind="http", word="basic"),
    }


def test_equal_tables_are_stated_once() -> None:
    one = [operation("a"), operation("b", OAUTH)]
    made = history(contract("v1", *one), contract("v2", *one), contract("v3", *one, operation("c")))
    view = access_view(made)
    assert [name for name, _ in view.tables] == ["V1"]
    assert view.of == (('"v1"', "V1"), ('"v2"', "V1"), ('"v3"', "V1"))


def test_what_is_said_for_each_operation_is_said_once_for_all() -> None:
    made = history(contract("v1", *(operation(i, KEY) for i in "abcdef"), security=()))
    assert access_view(made).tables[0][1].count('("Key", ())') == 1


def test_a_change_is_told_as_a_difference() -> None:
    many = [operation(f"op{n}", OAUTH if n % 2 else None) for n in range(9)]
    changed = [*many[:-2], replace(many[-2], security=()), many[-1]]
    view = access_view(history(contract("v1", *many), contract("v2", *changed)))
    assert dict(view.tables)["V2"] == 'V1.but({"op7": ()})'


def test_an_api_that_asks_nobody_is_known() -> None:
    assert not asks(history(contract("v1", operation("a"), security=())))
    assert not asks(history(contract("v1", operation("a", ((),)), security=KEY)))
    assert asks(history(contract("v1", operation("a"), security=()), contract("v2", operation("a"))))
