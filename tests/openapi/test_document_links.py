"""Links: an answer that shows a resource says what can be done with it next, and where the parameters are from."""

from __future__ import annotations

from typing import Any

from scaffold.openapi import document
from scaffold.spec import load

SPEC = """\
api: {name: shop, base_path: /api}
types:
  Note: {fields: {id: int, text: str}}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str}
    operations: [list, get, create, update, delete]
  Order:
    path: /orders
    fields: {number: {type: str, key: true}, user: int}
    operations: [get, create]
operations:
  POST /users/{id}/greet: {id: greet_user, responses: {204: null}}
  GET /users/{id}/notes/{note}: {id: get_note, responses: {200: Note}}
  POST /notes: {id: create_note, body: Note, responses: {201: Note}}
versions:
  - {id: v1, released: 2025-01-01}
  - id: v2
    released: 2026-01-01
    changes:
      - rename User.id to uid
      - {move: "DELETE /users/{uid}", to: "DELETE /people/{uid}"}
"""


def links_of(version: int, method: str, path: str, status: str) -> Any:
    history = load(SPEC).history.released
    found = document(history.contracts[version], history.api, history.versions[version])
    return found["paths"][path][method]["responses"][status].get("links")


def to(id_: str, **parameters: str) -> dict[str, Any]:
    return {"operationId": id_, "parameters": parameters}


def test_what_was_made_can_be_read_changed_deleted_and_acted_on() -> None:
    shown = "$response.body#/id"
    assert links_of(0, "post", "/users", "201") == {
        "get_user": to("get_user", id=shown),
        "update_user": to("update_user", id=shown),
        "delete_user": to("delete_user", id=shown),
        "greet_user": to("greet_user", id=shown),
    }


def test_an_answer_does_not_lead_to_itself() -> None:
    assert list(links_of(0, "get", "/users/{id}", "200")) == ["update_user", "delete_user", "greet_user"]


def test_the_key_has_the_name_that_it_has_in_this_version() -> None:
    assert links_of(0, "post", "/orders", "201") == {"get_order": to("get_order", number="$response.body#/number")}
    shown = "$response.body#/uid"
    assert links_of(1, "post", "/users", "201")["delete_user"] == to("delete_user", uid=shown)


def test_lists_deletions_and_what_is_no_resource_lead_nowhere() -> None:
    assert links_of(0, "get", "/users", "200") is None
    assert links_of(0, "delete", "/users/{id}", "204") is None
    assert links_of(0, "post", "/notes", "201") is None
