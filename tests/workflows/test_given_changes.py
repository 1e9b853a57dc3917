"""What is wrong with a change given on the command line is shown in that change, and in no line of the spec."""

from __future__ import annotations

import pytest

from scaffold.cli.render import render_all
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load
from scaffold.spec.splice import append_changes
from scaffold.workflows.given_changes import placed

SPEC = """\
api: {name: shop, title: Shop API}
DRAFT
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str}
    operations: [get]
versions:
  - id: v1
    released: 2025-01-15
"""


def found(draft: str, *changes: str) -> str:
    """What is told of `changes`, added to a spec with this draft in its middle."""
    before = SPEC.replace("DRAFT", draft)
    after = append_changes(before, changes)
    with pytest.raises(ScaffoldError) as caught, placed(before, after):
        load(after)
    return render_all(caught.value.diagnostics, lambda file, number: before.splitlines()[number - 1])


def told(place: str, line: int, text: str, marks: str) -> str:
    return f" --> {place}\n  |\n{line} | {text}\n  | {marks}\n"


@pytest.mark.parametrize("draft", ["next: []", "next:\n  - deprecate User.name"])
def test_a_change_on_one_line_is_shown_with_its_number(draft: str) -> None:
    text = found(draft, "add User.age? int", "rename User.nam to x")
    assert told("<change>:2:1", 2, "rename User.nam to x", "^" * 20) in text


def test_a_key_of_a_change_is_shown_where_it_stands() -> None:
    text = found("next: []", "rename: User.name\nto: title", "{change: User.title, to: strr}")
    assert told("<change>:3:26", 3, "{change: User.title, to: strr}", " " * 25 + "^^^^") in text


def test_what_stood_there_before_stays_where_it_is() -> None:
    text = found("next:\n  - rename User.nam to x", "add User.age? int")
    assert told("api.yaml:3:5", 3, "  - rename User.nam to x", "    " + "^" * 20) in text


def test_what_stands_behind_the_changes_is_told_by_its_own_line() -> None:
    before = SPEC.replace("DRAFT", "next: []").replace("name: str", "name: strr")
    after = append_changes(before, ["add User.age? int"])
    with pytest.raises(ScaffoldError) as caught, placed(before, after):
        load(after)
    assert str(caught.value.diagnostics[0].span).startswith("api.yaml:6:")
