"""A history of twenty versions: what the oldest is shown, and what it writes, is worked out field by field, once."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ..projects import json_of
from .cases import loaded, oldest

pytestmark = pytest.mark.slow


@pytest.fixture
def functions(golden: Callable[[str], Path]) -> dict[str, ast.FunctionDef]:
    """The converters of v1, and what they are made of, by name."""
    text = oldest(golden("years") / "src/years_api/generated/types/account.py", "v1")
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}


def fields() -> list[str]:
    """What an account has in v1."""
    return [f.name for f in loaded("years").history.contract("v1").types["Account"].fields]


def written(function: ast.FunctionDef) -> list[str]:
    """The keys that a converter writes, each time that it does."""
    found: list[str] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            found += [k.value for k in node.keys if isinstance(k, ast.Constant)]
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            found.append(ast.literal_eval(node.targets[0].slice))
    return found


def statements(function: ast.FunctionDef) -> int:
    """How many statements a function has, without what it says of itself."""
    return sum(isinstance(n, ast.stmt) for n in ast.walk(function)) - 2


def test_the_history_is_long_and_reaches_every_field() -> None:
    history = loaded("years").history
    assert len(history.versions) == 20
    assert len(history.since("v1")) >= 20


def test_what_is_shown_has_one_expression_a_field(functions: dict[str, ast.FunctionDef]) -> None:
    assert sorted(written(functions["account_v1"])) == sorted(fields())


def test_each_expression_is_of_the_record_alone(functions: dict[str, ast.FunctionDef]) -> None:
    """A field that needs more than one expression has a function of its own, of at most three statements."""
    helpers = [f for name, f in functions.items() if name.startswith("_")]
    assert len(helpers) <= len(fields())
    assert all(statements(f) <= 3 for f in helpers)


@pytest.mark.parametrize("name", ["create_account_v1", "replace_account_v1"])
def test_what_is_written_grows_with_the_fields_alone(functions: dict[str, ast.FunctionDef], name: str) -> None:
    """At most what a field converted with a shadow takes: sent, now, a condition, the value, its shadow."""
    assert statements(functions[name]) <= 5 * len(fields())


def test_no_other_version_is_asked(functions: dict[str, ast.FunctionDef]) -> None:
    for function in functions.values():
        names = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
        names |= {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute)}
        assert [n for n in names if re.search(r"_v([2-9]|1\d|20)\b", n, re.I)] == []


def test_the_oldest_and_the_newest_speak_of_one_account(serve: Callable[[str], TestClient]) -> None:
    client = serve("years")
    mine = {"name": "Ada", "street": "Main St", "zip": "E1", "price": "1.50", "born": "1815-12-10"}
    mine |= {"left": "l", "right": "r", "status": "open", "note": "n"}
    made = json_of(client.post("/v1/accounts", json=mine))
    assert made == {"id": made["id"], **mine}
    newest = json_of(client.get(f"/v20/accounts/{made['id']}"))
    assert {k: newest[k] for k in ("name", "status", "left", "right", "country", "address", "billing")} == {
        "name": "Ada",
        "status": "active",
        "left": "r",
        "right": "l",
        "country": "GB",
        "address": {"line": "Main St"},
        "billing": {"amount": "1.50", "postcode": "E1"},
    }
    for version in range(2, 20):
        assert client.get(f"/v{version}/accounts/{made['id']}").status_code == 200
    newest["billing"] = {"amount": "2", "postcode": "E2"}
    theirs = {k: v for k, v in newest.items() if k not in ("id", "created_at")}
    json_of(client.put(f"/v20/accounts/{made['id']}", json=theirs))
    assert json_of(client.get(f"/v1/accounts/{made['id']}")) == {**made, "price": "2", "zip": "E2"}
