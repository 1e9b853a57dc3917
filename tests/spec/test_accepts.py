"""Forms that requests may send a value in: stated, written back, undone, refused where there is none."""

from __future__ import annotations

import pytest

from scaffold.compat import Verdict, judge
from scaffold.contract.changes import ChangeField
from scaffold.contract.history import evolve
from scaffold.contract.message import View
from scaffold.contract.named_types import ObjectType
from scaffold.convert.policies import findings
from scaffold.spec import load
from scaffold.spec.writing import change_items

from ..random_histories import package
from .helpers import BASE, changed, found, history, told

LISTED = BASE.replace("      nick?: str | null\n", '      nick?: str | null\n      tags: "list[str]"\n      age: int\n')


def test_it_is_one_more_form_and_safe() -> None:
    made = load(LISTED + "      - {change: User.tags, accepts: csv}\n").history
    user = made.newest.types["User"]
    assert isinstance(user, ObjectType)
    field = user.field("tags")
    assert field is not None
    assert field.accepts == ("csv",)
    judgement = judge(made.applied[0])
    assert (judgement.request, judgement.response) == (Verdict.SAFE, Verdict.NONE)
    assert not findings(made)
    back, _ = evolve(made.newest, [made.applied[0].change.inverse(made.contracts[0])], "v3")
    assert back.types == made.contracts[0].types


def test_taking_one_away_breaks() -> None:
    made = load(LISTED + "      - {change: User.age, accepts: text}\n      - {change: User.age, accepts: []}\n").history
    assert judge(made.applied[1]).request is Verdict.BREAKING


def test_it_is_written_as_it_is_read() -> None:
    made = load(LISTED + "      - {change: User.tags, accepts: csv}\n").history
    (item,) = change_items((made.applied[0].change,), made.applied[0].before)
    lines = item.splitlines()
    again = load(LISTED + f"      - {lines[0]}\n" + "".join(f"        {rest}\n" for rest in lines[1:])).history
    assert again.applied[0].change == made.applied[0].change


def test_a_release_may_have_it_and_nothing_beside_it() -> None:
    release = "  - {id: v1.1, released: 2025-06-01, changes: [{change: User.tags, accepts: csv%s}]}\n  - id: v2\n"
    assert load(LISTED.replace("  - id: v2\n", release % "") + "      - remove: User.nick\n")
    assert [c for c, _ in found(LISTED.replace("  - id: v2\n", release % ", deprecated: true") + "      []\n")]


def test_another_type_ends_it() -> None:
    made = load(LISTED + "      - {change: User.age, accepts: text}\n      - {change: User.age, to: str}\n").history
    change = made.applied[1].change
    assert isinstance(change, ChangeField)
    user = made.newest.types["User"]
    assert isinstance(user, ObjectType)
    assert user.field("age").accepts is None  # type: ignore[union-attr]  # None would fail here too


@pytest.mark.parametrize("line", ["- {change: User.name, accepts: csv}", "- {change: User.status, accepts: text}"])
def test_what_has_no_such_form_is_refused(line: str) -> None:
    assert [c for c, _ in found(changed(line))] == ["SC323"]
    assert "cannot be sent as" in told(changed(line))


def test_nothing_to_change_is_told() -> None:
    assert history("- {change: User.name, required: false, old_sees: a}").applied
    assert [c for c, _ in found(changed("- {change: User.name, accepts: []}"))] == ["SC307"]


def test_what_refers_to_a_key_of_another_type_has_the_forms_of_that_type() -> None:
    text = BASE.replace("      nick?: str | null\n", "      nick?: str | null\n      boss?: {ref: User}\n")
    later = "  - id: v3\n    released: 2027-01-01\n    changes:\n      - {change: User.id, to: uuid, keep: int}\n"
    made = load(text + "      - {change: User.boss, accepts: text}\n" + later).history
    found = [(c.object("User") or ObjectType("", "", ())).field("boss") for c in made.contracts]
    forms = [None if f is None else f.accepts for f in found]
    assert forms == [None, ("text",), None]
    with package(made) as shop:
        assert shop.read("v2", "User", View.CREATE, {"name": "a", "boss": "7"})["boss"] == 7
