"""`owner`: which field says whose an object is, what it must be, and what must not become of it."""

from __future__ import annotations

import pytest

from scaffold.contract.named_types import ObjectType
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import Loaded, load

BASE = """\
api: {name: notes}
auth: api_key
resources:
  Note:
    path: /notes
    owner: user_id
    fields:
      id: {type: int, key: true}
      user_id: str
      text: str
versions:
  - {id: v1, released: 2025-01-01}
"""


def told(text: str) -> list[str]:
    with pytest.raises(ScaffoldError) as caught:
        load(text)
    return [d.code for d in caught.value.diagnostics]


def note(loaded: Loaded, version: str = "v1") -> ObjectType:
    found = loaded.history.contract(version).types["Note"]
    assert isinstance(found, ObjectType)
    return found


def changed(*lines: str) -> str:
    changes = "".join(f"      - {line}\n" for line in lines)
    return f"{BASE}  - id: v2\n    released: 2026-01-01\n    changes:\n{changes}"


def test_the_owner_is_a_field_that_the_server_alone_fills() -> None:
    field = note(load(BASE)).field("user_id")
    assert field is not None
    assert (field.owner, field.read_only) == (True, True)
    assert [f.name for f in note(load(BASE)).fields if f.owner] == ["user_id"]


def test_a_field_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(ScaffoldError) as caught:
        load(BASE.replace("owner: user_id", "owner: userid"))
    (found,) = caught.value.diagnostics
    assert (found.code, found.help) == ("SC346", "did you mean `user_id`?")
    assert found.span is not None
    assert found.span.line == 6


@pytest.mark.parametrize(
    "field",
    [
        "user_id: int",
        "user_id?: str",
        '"user_id": str | null',
        "user_id: {type: str, unique: true}",
        "user_id: {type: str, create_only: true}",
        "user_id: {type: str, default: me}",
        "user_id: {type: str, on_create: me}",
        "user_id: {type: str, max_length: 10}",
    ],
)
def test_what_cannot_hold_who_calls(field: str) -> None:
    assert "SC347" in told(BASE.replace("user_id: str", field))


@pytest.mark.parametrize(
    "auth", ["", "auth: none\n", "auth: {schemes: {Key: {type: http, scheme: basic}}, default: [Key, {}]}\n"]
)
def test_somebody_must_call(auth: str) -> None:
    assert set(told(BASE.replace("auth: api_key\n", auth))) == {"SC348"}


def test_somebody_must_call_in_every_version() -> None:
    assert set(told(changed("{change: auth, to: none}"))) == {"SC348"}
    assert load(changed("{change: auth, to: bearer}")).history.contract("v2").security == ((("Bearer", ()),),)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("remove: Note.user_id", "SC349"),
        ("move Note.user_id to Note.about.user_id", "SC349"),
        ("{change: Note.user_id, read_only: false}", "SC347"),
        ("{change: Note.user_id, nullable: true, old_sees: x}", "SC347"),
    ],
)
def test_it_stays_what_it_is(change: str, code: str) -> None:
    assert code in told(changed(change))


def test_it_may_be_called_otherwise() -> None:
    found = note(load(changed("rename Note.user_id to owner_id")), "v2").field("owner_id")
    assert found is not None
    assert found.owner


def test_a_resource_that_comes_later_may_have_one_too() -> None:
    added = "{add: Draft, path: /drafts, owner: who, fields: {id: {type: int, key: true}, who: str}}"
    type_ = load(changed(added)).history.contract("v2").types["Draft"]
    assert isinstance(type_, ObjectType)
    assert [f.name for f in type_.fields if f.owner] == ["who"]


def test_the_usual_ways_to_be_let_in_have_a_word() -> None:
    assert load(BASE).history.contract("v1").security == ((("ApiKey", ()),),)
    with pytest.raises(ScaffoldError) as caught:
        load(BASE.replace("auth: api_key", "auth: apikey"))
    assert "did you mean `api_key`?" in [d.help for d in caught.value.diagnostics]


@pytest.mark.parametrize("line", ["{change: Note, owner: text}", "{change: Note, owner: null}"])
def test_whose_objects_are_does_not_change(line: str) -> None:
    assert told(changed(line)) == ["SC358"]
