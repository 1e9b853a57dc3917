"""Resources below others: what their paths may say, what follows a change, and what is refused."""

from __future__ import annotations

import pytest

from scaffold.contract.named_types import ObjectType
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import Loaded, load

BASE = """\
api: {name: mail}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}}
  Email:
    path: /users/{user_id}/emails
    fields:
      id: {type: int, key: true}
      user_id: {ref: User}
  Check:
    path: /users/{user_id}/emails/{email_id}/checks
    fields:
      id: {type: int, key: true}
      email_id: {ref: Email}
operations:
  POST /users/{user_id}/emails/{id}/confirm:
    id: confirm
    responses: {200: Email}
versions:
  - {id: v1, released: 2025-01-01}
"""
NESTED = "/users/{user_id}/emails"


def changed(*lines: str) -> str:
    changes = "".join(f"      - {line}\n" for line in lines)
    return f"{BASE}  - id: v2\n    released: 2026-01-01\n    changes:\n{changes}"


def told(text: str) -> str:
    with pytest.raises(ScaffoldError) as caught:
        load(text)
    return " ".join(f"{d.code} {d.message}" for d in caught.value.diagnostics)


def paths(loaded: Loaded, version: str = "v2") -> dict[str, list[str]]:
    """The path parameters of each operation, by its address."""
    operations = loaded.history.contract(version).operations
    return {o.address: [p.name for p in o.parameters if p.location == "path"] for o in operations}


def email(loaded: Loaded, version: str = "v2") -> ObjectType:
    found = loaded.history.contract(version).types["Email"]
    assert isinstance(found, ObjectType)
    return found


def test_the_path_puts_in_what_an_object_stands_below() -> None:
    loaded = load(BASE)
    field = email(loaded, "v1").field("user_id")
    assert field is not None
    assert (field.parent, field.read_only) == (True, True)
    found = paths(loaded, "v1")
    assert found[f"POST {NESTED}"] == ["user_id"]
    assert found[f"GET {NESTED}/{{email_id}}/checks/{{id}}"] == ["user_id", "email_id", "id"]
    assert found[f"POST {NESTED}/{{id}}/confirm"] == ["user_id", "id"]


@pytest.mark.parametrize(
    ("path", "field", "code"),
    [
        ("/users/{id}/emails", "user_id: {ref: User}", "SC237"),
        ("/users/{user}/emails", "user_id: {ref: User}", "SC236"),
        ("/users/{user_id}/emails", "user_id: int", "SC237"),
        ("/users/{user_id}/emails", "user_id?: {ref: User}", "SC237"),
        ("/users/{user_id}/emails", "user_id: {ref: User, nullable: true}", "SC237"),
        ("/users/{user_id}/emails", "user_id: {ref: User, unique: true}", "SC237"),
        ("/users/{user_id}/emails", "user_id: {ref: User, create_only: true}", "SC237"),
        ("/emails/{user_id}/emails", "user_id: {ref: Email}", "SC237"),
        ("/orgs/{org_id}/users/{user_id}/emails", "user_id: {ref: User}", "SC236"),
        ("/users/{user_id}", "user_id: {ref: User}", "SC221"),
    ],
)
def test_what_a_path_cannot_say(path: str, field: str, code: str) -> None:
    text = BASE.replace(NESTED + "\n", f"{path}\n").replace("user_id: {ref: User}", field)
    assert code in told(text.partition("  Check:")[0] + "versions:\n  - {id: v1, released: 2025-01-01}\n")


@pytest.mark.parametrize(
    "line",
    [
        "remove Email.user_id",
        "{change: Email.user_id, required: false}",
        "{change: Email.user_id, nullable: true, old_sees: 1}",
        "{change: Email.user_id, read_only: false, old_sends: 1}",
    ],
)
def test_what_paths_name_stays(line: str) -> None:
    assert "SC356" in told(changed(line))


def test_paths_follow_the_names_of_fields_and_resources() -> None:
    found = paths(load(changed("{rename: Email.user_id, to: owner}", "{rename: User, to: Account}")))
    at = "/accounts/{owner}/emails"
    assert found[f"GET {at}"] == ["owner"]
    assert found[f"DELETE {at}/{{email_id}}/checks/{{id}}"] == ["owner", "email_id", "id"]
    assert found[f"POST {at}/{{id}}/confirm"] == ["owner", "id"]


def test_a_resource_leaves_with_what_stands_below_it_and_comes_back() -> None:
    loaded = load(changed("move Email to /emails"))
    found = paths(loaded)
    assert found["POST /emails"] == []
    assert found["GET /emails/{email_id}/checks/{id}"] == ["email_id", "id"]
    assert found["POST /emails/{id}/confirm"] == ["id"]
    field = email(loaded).field("user_id")
    assert field is not None
    assert (field.parent, field.read_only) == (False, False)
    back = load(changed("move Email to /emails", f"move Email to {NESTED}"))
    before, after = (back.history.contract(v) for v in ("v1", "v2"))
    assert (after.operations, after.types, after.resources) == (before.operations, before.types, before.resources)


def test_a_resource_goes_below_another_one() -> None:
    text = changed("move Email to /emails", "{add: Group, path: /groups, fields: {id: {type: int, key: true}}}")
    found = paths(load(text))
    assert found["GET /groups/{id}"] == ["id"]
    assert "SC236" in told(f"{text}      - {{move: Email, to: '/groups/{{group_id}}/emails'}}\n")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("move Nothing to /nothing", "SC302"),
        ("{move: Email, to: emails}", "SC221"),
        ("{move: Email, to: /emails, keep: true}", "SC312"),
        ("{move: Email, to: /emails, redirect: 308}", "SC312"),
        (f"move Email to {NESTED}", "SC307"),
        ("move Email to /users", "SC303"),
    ],
)
def test_moves_that_lead_nowhere(line: str, code: str) -> None:
    assert code in told(changed(line))


def test_a_name_of_one_operations_own_goes_along() -> None:
    found = paths(load(changed(f"rename GET {NESTED} path user_id to uid", "{rename: User, to: Account}")))
    assert found["GET /accounts/{uid}/emails"] == ["uid"]
    found = paths(load(changed(f"rename GET {NESTED} path user_id to uid", "move Email to /emails")))
    assert found["GET /emails"] == []
