"""A key of another kind: every row has both, and each version goes on with its own, wherever the key is named."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from . import specs
from .apps import App, apps, migrate, ok

GOLDEN = (
    specs.HEAD
    + """
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: str
      email: email
    filters: [name, id]
    sort: [id, name]
operations:
  POST /users/{id}/ban:
    response: User
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2026-01-15
    changes:
      - rename: User.id
        to: uuid
      - change: User.uuid
        type: uuid
        keep: int
      - move: [User.name, User.email]
        to: User.profile
"""
)
ADA, EVE = {"name": "Ada", "email": "ada@example.com"}, {"name": "Eve", "email": "eve@example.com"}


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> dict[str, App]:
    return apps(GOLDEN, tmp_path_factory.mktemp("users"))


def test_both_keys_name_one_row_whichever_version_made_it(users, url):
    migrate(users, url, "v1")
    with users["v1"].client(url) as client:
        old = ok(client.post("/api/v1/users", json=ADA), 201)
        assert old == {"id": 1, **ADA}
    migrate(users, url, "v2")
    with users["v2"].client(url) as client:
        (ada,) = ok(client.get("/api/v2/users"))
        assert UUID(ada["uuid"]).version == 4
        assert ada == {"uuid": ada["uuid"], "profile": ADA}
        assert ok(client.get("/api/v1/users/1")) == old
        assert ok(client.get(f"/api/v2/users/{ada['uuid']}")) == ada

        made = client.post("/api/v2/users", json={"profile": EVE})
        eve = ok(made, 201)
        assert made.headers["location"].endswith(f"/api/v2/users/{eve['uuid']}")
        assert ok(client.get("/api/v1/users/2")) == {"id": 2, **EVE}
        born_in_v1 = client.post("/api/v1/users", json={"name": "Bob", "email": "bob@example.com"})
        assert born_in_v1.headers["location"].endswith("/api/v1/users/3")
        (bob,) = ok(client.get("/api/v2/users", params={"name": "Bob"}))
        assert ok(client.get("/api/v1/users", params={"id": 3}))[0]["name"] == "Bob"
        assert ok(client.get("/api/v2/users", params={"uuid": bob["uuid"]})) == [bob]

        assert ok(client.patch("/api/v1/users/2", json={"name": "Eva"}))["name"] == "Eva"
        assert ok(client.get(f"/api/v2/users/{eve['uuid']}"))["profile"]["name"] == "Eva"
        again = ok(client.put(f"/api/v2/users/{eve['uuid']}", json={"profile": EVE}))
        assert again["uuid"] == eve["uuid"]
        ok(client.delete(f"/api/v2/users/{ada['uuid']}"), 204)
        gone = client.get("/api/v1/users/1")
        assert (gone.status_code, gone.json()["detail"]) == (404, "There is no User 1.")
        ok(client.delete("/api/v1/users/3"), 204)
        ok(client.get(f"/api/v2/users/{bob['uuid']}"), 404)


def test_the_order_of_a_list_is_that_of_birth_in_every_version(users, url):
    migrate(users, url, "v1")
    migrate(users, url, "v2")
    with users["v2"].client(url) as client:
        for n in range(9):
            ok(client.post("/api/v2/users", json={"profile": {"name": str(n), "email": "a@example.com"}}), 201)
        assert [u["id"] for u in ok(client.get("/api/v1/users"))] == list(range(1, 10))
        assert [u["profile"]["name"] for u in ok(client.get("/api/v2/users"))] == [str(n) for n in range(9)]
        assert [u["id"] for u in ok(client.get("/api/v1/users?sort=-id&limit=2"))] == [9, 8]


def test_no_path_leads_to_what_it_cannot_name(users):
    first, _ = users["v2"].package.module("versions").EDITIONS
    assert first.version.successors["GET /users/{id}"] is None
    assert "GET /users" not in first.version.successors


def test_a_path_that_is_no_key_of_the_version_is_refused_there(users, url):
    migrate(users, url, "v1")
    migrate(users, url, "v2")
    with users["v2"].client(url) as client:
        ok(client.post("/api/v2/users", json={"profile": ADA}), 201)
        refused = client.get("/api/v2/users/1")
        assert (refused.status_code, refused.json()["errors"][0]["loc"]) == (422, ["path", "uuid"])
        assert client.get("/api/v1/users/9f8b4d1e-3c55-4d5e-9b39-0d2a4c1f6a77").status_code == 422
        assert client.get("/api/v1/users/99999999999999999").status_code == 404


def test_a_row_that_an_older_program_writes_gets_its_key_when_it_is_met(users, url):
    migrate(users, url, "v1")
    migrate(users, url, "v2")
    with users["v1"].client(url) as client:
        ok(client.post("/api/v1/users", json=ADA), 201)
    with users["v2"].client(url) as client:
        assert ok(client.get("/api/v1/users/1"))["name"] == "Ada"
        (ada,) = ok(client.get("/api/v2/users"))
        assert ok(client.get(f"/api/v2/users/{ada['uuid']}")) == ada


def test_the_migration_runs_down_and_up_again_with_rows(users, url):
    migrate(users, url, "v1")
    program = users["v1"].package
    storage = program.module("database").Storage(url)
    with storage.engine.begin() as connection:
        rows = [{"name": f"n{n}", "email": "a@example.com", "kept": {}} for n in range(1500)]
        connection.execute(insert(program.storage.users_table), rows)
    migrate(users, url, "v2")
    table = users["v2"].package.storage.users_table
    with storage.engine.begin() as connection:
        found = connection.scalars(select(table.c.uuid)).all()
    assert len(set(found)) == 1500
    assert None not in found
    migrate(users, url, "v2", "downgrade")
    with users["v1"].client(url) as client:
        assert ok(client.get("/api/v1/users/1500"))["name"] == "n1499"
    migrate(users, url, "v2")
    follow = storage.follow(users["v2"].package.storage.metadata)
    assert asyncio.run(follow) == ()
    storage.engine.dispose()


KINDS = [("int", "uuid"), ("int", "str"), ("uuid", "int"), ("uuid", "str"), ("str", "int"), ("str", "uuid")]


def of_kinds(*kinds: str) -> str:
    """A resource whose key is of one kind after the other."""
    first, *later = kinds
    versions = "".join(
        f"""
  - id: v{n}
    released: 202{n}-01-15
    changes:
      - {{change: Note.id, to: {kind}, keep: {kinds[n - 2]}}}
      - {{rename: Note.text{"" if n == 2 else n - 1}, to: text{n}}}"""
        for n, kind in enumerate(later, 2)
    )
    return f"""{specs.HEAD}
resources:
  Note:
    path: /notes
    fields: {{id: {{type: {first}, key: true}}, text: str}}
    filters: [id]
versions:
  - id: v1
    released: 2021-01-15{versions}
"""


def sent(kind: str, number: int, first: bool) -> dict[str, str]:
    """What a client says of the key: texts are its own to give, where the resource began with one."""
    return {"id": f"note-{number}"} if kind == "str" and first else {}


@pytest.mark.parametrize("kinds", [*KINDS, ("int", "uuid", "str"), ("str", "uuid", "int")], ids="-".join)
def test_every_kind_of_key_can_become_every_other(kinds, url, tmp_path):
    programs = apps(of_kinds(*kinds), tmp_path)
    names = [f"v{n}" for n in range(1, len(kinds) + 1)]
    word = {v: "text" if v == "v1" else f"text{v[1:]}" for v in names}
    for place, version in enumerate(names):
        migrate(programs, url, version)
        known = names[: place + 1]
        with programs[version].client(url) as client:
            for number, writer in enumerate(known):
                body = {word[writer]: f"{version} by {writer}", **sent(kinds[number], 10 * place + number, not number)}
                ok(client.post(f"/api/{writer}/notes", json=body), 201)
            listed = {v: ok(client.get(f"/api/{v}/notes")) for v in known}
            for v in known:
                ids = [note["id"] for note in listed[v]]
                assert len(set(ids)) == len(ids) == (place + 1) * (place + 2) // 2
                for one, note in zip(listed[known[0]], listed[v], strict=True):
                    assert note[word[v]] == one["text"]
                    assert ok(client.get(f"/api/{v}/notes/{note['id']}")) == note
                    assert ok(client.get(f"/api/{v}/notes", params={"id": note["id"]})) == [note]
    for version in reversed(names[1:]):
        migrate(programs, url, version, "downgrade")
    with programs["v1"].client(url) as client:
        assert len(ok(client.get("/api/v1/notes"))) == len(listed["v1"])
