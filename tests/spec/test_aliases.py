"""Second names and places in a spec: read, written back, refused where they make no sense."""

from __future__ import annotations

import pytest

from scaffold.contract.address import MemberAddress
from scaffold.contract.changes import AliasFields, MoveFields
from scaffold.contract.named_types import ObjectType
from scaffold.spec import load
from scaffold.spec.writing import change_items

from .helpers import BASE, changed, found, history, told

TAG = '- {add: "User.tag?", type: "int | str | bool"}'
TWICE = "- {alias: User.name, as: User.in.name}"
"""A name that stands at two places from then on."""


def fields(type_: object) -> dict[str, str | None]:
    """The fields of a type, each with the identity that it is another name of."""
    assert isinstance(type_, ObjectType)
    return {f.name: f.alias_of for f in type_.fields}


def test_the_old_name_lives_on_deprecated_beside_the_new_one() -> None:
    user = history("- alias: User.name", "  as: full_name").newest.types["User"]
    assert fields(user) == {
        "id": None,
        "full_name": None,
        "name": "v1:v1:User.name",
        "status": None,
        "nick": None,
    }
    assert isinstance(user, ObjectType)
    old, new = user.field("name"), user.field("full_name")
    assert old is not None
    assert new is not None
    assert (old.deprecated, new.deprecated, new.identity) == (True, False, "v1:v1:User.name")


def test_filters_and_sort_words_follow_under_both_names() -> None:
    list_ = history("- alias: User.name", "  as: full_name").newest.operations[0]
    assert [p.name for p in list_.parameters][:3] == ["full_name", "name", "sort"]
    assert list_.parameters[2].type.choices == ("full_name", "-full_name", "name", "-name")  # type: ignore[union-attr]  # what it is not would fail here too


def test_several_fields_get_a_second_place_inside_an_object() -> None:
    made = history("- alias: [User.name, User.nick]", "  as: User.names").newest
    assert fields(made.types["User"]) == {
        "id": None,
        "name": "v1:v1:User.name",
        "status": None,
        "nick": "v1:v1:User.nick",
        "names": None,
    }
    assert fields(made.types["UserNames"]) == {"name": None, "nick": None}


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("alias User.name as full_name", AliasFields(at=MemberAddress("User", ("name",)), names=("full_name",))),
        (
            "alias User.name as full_name, title",
            AliasFields(at=MemberAddress("User", ("name",)), names=("full_name", "title")),
        ),
        (
            "alias User.name, User.nick as User.names",
            MoveFields(
                sources=(MemberAddress("User", ("name",)), MemberAddress("User", ("nick",))),
                to=MemberAddress("User", ("names",)),
                stays=True,
            ),
        ),
    ],
)
def test_it_fits_on_one_line_and_is_written_as_it_is_read(line: str, change: object) -> None:
    made = history(f"- {line}")
    assert made.applied[0].change == change
    (item,) = change_items((made.applied[0].change,), made.applied[0].before)
    lines = item.splitlines()
    again = history(f"- {lines[0]}", *(f"  {rest}" for rest in lines[1:]))
    assert again.applied[0].change == change


def test_a_release_may_have_it() -> None:
    text = BASE.replace(
        "  - id: v2\n", "  - {id: v1.1, released: 2025-06-01, changes: [alias User.name as full_name]}\n  - id: v2\n"
    )
    assert fields(load(text + "      - remove: User.name\n").history.newest.types["User"]).get("name", "gone") == "gone"


def test_what_becomes_of_the_value_becomes_of_all_its_names() -> None:
    made = history("- alias User.name as full_name", "- {change: User.full_name, max_length: 9, policy: keep}").newest
    user = made.types["User"]
    assert isinstance(user, ObjectType)
    assert {f.name: f.type.max_length for f in user.fields[1:3]} == {"full_name": 9, "name": 9}  # type: ignore[union-attr]  # what it is not would fail here too


@pytest.mark.parametrize(
    ("lines", "code", "says"),
    [
        (("- alias User.id as key",), "SC304", "is a key and has one name"),
        (("- alias User.name as nick",), "SC303", "`User.nick` is there already"),
        (("- alias User.name as name",), "SC303", "one of its names already"),
        (("- alias User.name as User.full_name",), "SC313", "what is wanted is a name"),
        (("- alias Status.draft as new",), "SC313", "has one name"),
        (("- alias User as Person",), "SC313", "has one name"),
        (("- alias User.name, User.nick as both",), "SC313", "several fields get one place"),
        (("- alias User.nome as x",), "SC302", "no field `nome`"),
        (("- alias User.name as a", "- alias User.name as b"), "SC317", "is another name already"),
        (("- alias User.name as a", "- remove User.a"), "SC317", "`User.a` is `name` too"),
        (("- alias User.name as a", "- {change: User.name, max_length: 3}"), "SC317", "another name of `a`"),
        ((TAG, "- alias User.tag as a", "- add User.tag|list[int]"), "SC317", "another name of `a`"),
        ((TAG, "- alias User.tag as a", "- {remove: User.tag|int, old_sends: x}"), "SC317", "another name of `a`"),
        (("- alias User.name as a", "- move User.name to User.b"), "SC317", "stays where it is"),
        ((TWICE, "- {change: User.in, write_only: true, old_sees: {name: x}}"), "SC317", "`in`, which is not"),
        ((TWICE, "- {change: User.in, read_only: true, policy: drop}"), "SC317", "`in`, which may not"),
        ((TWICE, "- {change: User.in, nullable: true, old_sees: {name: x}}"), "SC317", "`in`, which may be null"),
        ((TWICE, "- {change: User.in, default: {name: x}}"), "SC317", "inside `in`, which has a default"),
        (("- {change: User.nick, default: x}", "- {alias: User.nick, as: User.in.nick}"), "SC317", "has a default"),
        (("- alias User.nick as User.in.nick", "- {add: UserIn.no, type: int, old_sends: 1}"), "SC317", "needs `no`"),
        (
            (
                "- {add: In, fields: {no: int}}",
                "- {add: User.in, type: In, default: {no: 1}}",
                "- alias User.nick as User.in.nick",
            ),
            "SC317",
            "needs `no`",
        ),
        ((TWICE, '- {add: "User.out?", type: UserIn}'), "SC317", "of both `in.name` and `out.name`"),
    ],
)
def test_what_makes_no_sense_is_refused(lines: tuple[str, ...], code: str, says: str) -> None:
    assert [c for c, _ in found(changed(*lines))] == [code]
    assert says in told(changed(*lines))
