"""Each way to write a change gives the change that is meant."""

from __future__ import annotations

import pytest

from scaffold.contract.changes import (
    AddEnumValue,
    AddField,
    AddOperation,
    AddParameter,
    AddResource,
    AddType,
    Change,
    ChangeBasePath,
    ChangeBehaviour,
    ChangeEnvelope,
    ChangeErrors,
    ChangeField,
    ChangePagination,
    ChangeParameter,
    MoveFields,
    MoveOperation,
    MoveParameter,
    RemoveField,
    RemoveOperation,
    RemoveResource,
    RenameEnumValue,
    RenameFields,
    RenameOperation,
    RenameParameter,
    RenameType,
)
from scaffold.contract.named_types import ObjectType
from scaffold.contract.types import UNDECIDED, Kind, ListOf, Ref, Scalar
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load, parse_change

from .helpers import changed, history


def only(*lines: str) -> Change:
    """The one change that `lines` make."""
    (applied,) = history(*lines).applied
    return applied.change


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("- rename User.name to full_name", ["- rename: User.name", "  to: full_name"]),
        ("- add User.nickname? str", ["- add: User.nickname?", "  type: str"]),
        ('- add User.tags? list[str]', ["- add: User.tags?", '  type: "list[str]"']),
        ("- remove User.nick", ["- remove: User.nick"]),
        ("- move User.name, User.nick to User.who", ["- move: [User.name, User.nick]", "  to: User.who"]),
        ("- change User.name to int", ["- change: User.name", "  to: int"]),
        ('- add Status."in progress"', ["- add: 'Status.\"in progress\"'"]),
        ("- rename GET /users?limit to size", ["- rename: GET /users?limit", "  to: size"]),
        ("- move GET /users/{id} to GET /people/{pid}", ["- move: GET /users/{id}", "  to: GET /people/{pid}"]),
        ("- add POST /users/{id}/ban User", ["- add: POST /users/{id}/ban", "  response: User"]),
        ("- add GET /users?q str", ["- add: GET /users?q", "  type: str"]),
        ("- change envelope to none", ["- change: envelope", "  to: none"]),
    ],
)  # fmt: skip
def test_one_line_says_what_the_long_form_says(short: str, long: list[str]) -> None:
    if "none" in short:
        wrap = ["- change: envelope", "  to: {data: $items}"]
        assert history(*wrap, short).applied[1:] == history(*wrap, *long).applied[1:]
    else:
        assert history(short).applied == history(*long).applied


@pytest.mark.parametrize(
    ("lines", "class_"),
    [
        (["- add: User.x?", "  type: int"], AddField),
        (["- add: Status.gone", "  old_sees: draft"], AddEnumValue),
        (["- add: Order", "  fields: {a: int}"], AddType),
        (["- add: Kind", "  enum: [a]"], AddType),
        (["- add: Order", "  path: /orders", "  fields: {id: {type: int, key: true}}"], AddResource),
        (["- add: POST /users/{id}/ban"], AddOperation),
        (["- add: GET /users header X-Why", "  type: str"], AddParameter),
        (["- remove: User.nick"], RemoveField),
        (["- remove: User"], RemoveResource),
        (["- remove: GET /users"], RemoveOperation),
        (["- rename: User", "  to: Account"], RenameType),
        (["- rename: Status.draft", "  to: new"], RenameEnumValue),
        (["- rename: GET /users", "  to: all_users"], RenameOperation),
        (["- rename: GET /users?limit", "  to: size"], RenameParameter),
        (["- move: GET /users?limit", "  to: header X-Limit"], MoveParameter),
        (["- move: GET /users", "  to: GET /people"], MoveOperation),
        (["- change: User.name", "  max_length: 5", "  policy: clamp"], ChangeField),
        (["- change: GET /users?limit", "  default: 10"], ChangeParameter),
        (["- change: envelope", "  to: {data: $items}"], ChangeEnvelope),
        (["- change errors to simple"], ChangeErrors),
        (["- change base_path to /rest"], ChangeBasePath),
        (["- behaviour: strict_rounding", "  why: Half even."], ChangeBehaviour),
        (["- change pagination to page"], ChangePagination),
        (["- change: pagination", "  to: {style: cursor, max_limit: 50}"], ChangePagination),
    ],
)
def test_the_kind_of_the_address_decides_the_change(lines: list[str], class_: type[Change]) -> None:
    assert type(only(*lines)) is class_


def test_an_added_field_carries_its_policies() -> None:
    change = only(
        "- add: User.x", "  type: int", "  ge: 1", "  old_sends: 3", "  existing: {from: User.id}", "  why: Because."
    )
    assert isinstance(change, AddField)
    assert (change.field.type, change.field.required) == (Scalar(Kind.INT, ge=1), True)
    assert (change.old_sends, change.existing, change.why) == (3, {"from": "User.id"}, "Because.")


def test_types_written_inside_an_added_field_come_with_it() -> None:
    change = only("- add: User.address?", "  fields: {street: str, kind: {enum: [a, b]}}")
    assert isinstance(change, AddField)
    assert [t.name for t in change.types] == ["UserAddress", "UserAddressKind"]
    assert change.field.type == Ref("UserAddress")


def test_fields_swap_their_names_at_once() -> None:
    made = history("- rename: {User.name: nick, User.nick: name}")
    user = made.newest.types["User"]
    assert isinstance(made.applied[0].change, RenameFields)
    assert isinstance(user, ObjectType)
    assert [f.name for f in user.fields] == ["id", "nick", "status", "name"]


def test_a_move_nests_flattens_or_takes_one_whole_address() -> None:
    made = history(
        "- move: [User.name, User.nick]", "  to: User.who", "- move: User.who.nick", "  to: User",
        "- move: User.nick", "  to: User.who.alias",
    )  # fmt: skip
    assert [c.change.into for c in made.applied if isinstance(c.change, MoveFields)] == [True, True, False]
    who = made.newest.types["UserWho"]
    assert isinstance(who, ObjectType)
    assert [f.name for f in who.fields] == ["name", "alias"]


def test_a_changed_field_carries_what_changes() -> None:
    change = only(
        "- change: User.nick", "  from: str", "  to: \"list[str]\"", "  required: true", "  nullable: false",
        "  max_items: 3", "  old_sends: [a]", "  old_sees: null", "  unreadable: refuse", "  as_seen: write",
    )  # fmt: skip
    assert isinstance(change, ChangeField)
    assert (change.type, change.bounds) == (ListOf(Scalar(Kind.STR)), {"max_items": 3})
    assert (change.required, change.nullable, change.old_sends, change.old_sees) == (True, False, ["a"], None)
    assert (change.unreadable, change.as_seen) == ("refuse", "write")


def test_the_draft_is_a_version_of_its_own() -> None:
    loaded = load(changed("- remove: User.nick") + "next:\n  - add: User.x\n    type: int\n    old_sends: undecided\n")
    draft = loaded.history.versions[-1]
    change = draft.changes[0]
    assert (draft.id, draft.draft, draft.released) == ("next", True, None)
    assert isinstance(change, AddField)
    assert change.old_sends is UNDECIDED
    assert loaded.history.newest.version == "next"
    assert loaded.history.released.newest.version == "v2"


def test_an_empty_draft_is_no_version() -> None:
    assert [v.id for v in load(changed("- remove: User.nick") + "next: []\n").history.versions] == ["v1", "v2"]


def test_a_release_belongs_to_its_version() -> None:
    made = load(changed("- add: User.x?", "  type: int").replace("id: v2", "id: v1.1")).history
    assert [(v.id, [r.id for r in v.releases]) for v in made.versions] == [("v1", ["v1.1"])]
    user = made.newest.types["User"]
    assert isinstance(user, ObjectType)
    assert (made.newest.version, user.fields[-1].identity) == ("v1", "v1.1:v1:User.x")


def test_a_spec_without_versions_is_an_unreleased_first_one() -> None:
    made = load("api: {name: x}\ntypes: {A: {fields: {a: int}}}\n").history
    assert [(v.id, v.released) for v in made.versions] == [("v1", None)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rename",
        "rename a",
        "frobnicate User.x",
        "add",
        "- add: User.x\n- remove: User.y",
        "a: [",
        "alias User.a to b",
    ],
)
def test_what_is_no_change_on_the_command_line_is_refused(text: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        parse_change(text)
    assert caught.value.diagnostics
