"""Releases of an older version that stand after a later one: they bring what it has, or deprecate."""

from __future__ import annotations

import pytest

from scaffold.contract.changes import Backport
from scaffold.contract.history import History, Release
from scaffold.contract.named_types import ObjectType
from scaffold.spec import load
from scaffold.spec.writing import spec_files

from .helpers import found, told

PHONE = "v2:v1:User.phone"
SPEC = """\
api: {name: shop}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str}
    operations: [list, get, create, replace]
versions:
  - id: v1
    released: 2025-01-01
  - id: v2
    released: 2025-06-01
    changes:
      - rename User to Account
      - {add: "Account.phone?", type: str}
      - {add: Account.tier, type: str, old_sends: basic}
      - {add: Team, fields: {name: str}}
      - {add: "Account.team?", type: Team}
      - add: POST /users/{id}/ban
        response: Account
  - id: v1.1
    released: 2025-07-01
"""


def spec(*changes: str) -> str:
    return SPEC + "    changes:\n" + "".join(f"      - {c}\n" for c in changes)


def history(*changes: str) -> History:
    return load(spec(*changes)).history


def names(history: History, version: str, type_: str) -> list[str]:
    found = history.contract(version).types[type_]
    assert isinstance(found, ObjectType)
    return [f.name for f in found.fields]


def test_a_field_comes_under_its_identity_to_the_type_as_it_is_called_there() -> None:
    made = history("backport: Account.phone")
    assert names(made, "v1", "User") == ["id", "name", "phone"]
    phone = [c.fields_by_identity[PHONE][1] for c in made.contracts]
    assert phone[0] == phone[1]
    assert made.version("v1").number == "1.1"
    assert made.is_backport("v1", PHONE)


def test_an_operation_comes_with_the_types_of_the_older_version() -> None:
    ban = history("backport POST /users/{id}/ban").contract("v1").operation("POST", "/users/{id}/ban")
    assert ban is not None
    assert (ban.identity, str(ban.responses[0].type)) == ("v2:POST /users/{id}/ban", "User")


def test_later_versions_stay_what_they_are() -> None:
    plain, brought = load(SPEC).history, history("backport: Account.phone", "deprecate: User.name")
    assert (plain.contracts[1], plain.applied) == (brought.contracts[1], brought.applied)
    assert [id_ for id_, _ in brought.promises("v1")] == ["v1", "v1.1"]
    assert next(iter(brought.promises("v1")))[1].types == plain.contracts[0].types


def test_it_is_written_where_it_stands() -> None:
    made = history("backport: Account.phone", "deprecate: User.name")
    (text,) = spec_files(made).values()
    again = load(text).history
    assert (again.contracts, again.versions) == (made.contracts, made.versions)
    assert isinstance(again.versions[0].releases[0], Release)
    assert isinstance(again.versions[0].releases[0].changes[0], Backport)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ("backport: Account.tier", "SC419", "required in v2"),
        ("backport: Account.team", "SC419", "v1 has no `Team`"),
        ("backport: Team.name", "SC419", "v1 has no `Team`"),
        ("backport: Account.name", "SC303", "there already"),
        ("backport: Account.fone", "SC302", "did you mean `phone`?"),
        ("backport: GET /accounts", "SC303", "there already"),
        ("backport: Account", "SC419", "fields and operations are"),
        ("add User.nick? str", "SC405", "can only backport, or deprecate"),
    ],
)
def test_what_cannot_be_brought_is_told(change: str, code: str, words: str) -> None:
    assert (code, SPEC.count("\n") + 2) in found(spec(change))
    assert words in told(spec(change))


def test_in_a_folder_it_says_what_it_stands_after() -> None:
    made = history("backport: Account.phone")
    files = spec_files(made, folder=True)
    assert "after: v2" in files["versions/v1.1.yaml"]
    assert load(files).history.contracts == made.contracts


def test_a_place_that_is_not_where_it_stands_is_told() -> None:
    text = SPEC.replace("  - id: v1.1\n", "  - id: v1.1\n    after: v1\n")
    assert "SC405" in [code for code, _ in found(text)]


def test_only_a_release_after_a_later_version_backports() -> None:
    text = SPEC.replace(
        "      - rename User to Account\n", "      - backport: User.name\n      - rename User to Account\n"
    )
    assert "SC419" in [code for code, _ in found(text)]


def test_a_field_that_moved_is_not_brought() -> None:
    text = spec("backport: Account.place.phone").replace(
        "      - {add: Account.tier", "      - {move: [Account.phone], to: Account.place}\n      - {add: Account.tier"
    )
    assert [code for code, _ in found(text)] == ["SC419"]


def test_a_release_is_not_before_what_it_stands_after() -> None:
    assert "SC410" in [code for code, _ in found(SPEC.replace("released: 2025-07-01", "released: 2025-03-01"))]
