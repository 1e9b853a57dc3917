"""Edits of the spec do what they say and disturb nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.diagnostics import ScaffoldError
from scaffold.spec import append_changes, cut_next, load, set_dates
from scaffold.spec.edits import comments
from scaffold.spec.tree import read_tree

from .helpers import outcome

SHOP = (Path(__file__).parents[2] / "examples" / "shop" / "api.yaml").read_text(encoding="utf-8")
HEAD = "api: {name: x}\nresources:\n  A:\n    path: /a\n    fields: {id: {type: int, key: true}, name: str}\n"


def test_the_draft_is_cut_into_a_version() -> None:
    text = SHOP.replace(
        "next: []                   #",
        "next:                      #",
    )
    text += (
        "  # a title says too much\n  - rename Product.title to name   # short\n\n  - add: User.nick?\n    type: str\n"
    )
    made = cut_next(text, "v3", released=date(2027, 1, 15), changes=["remove User.nick"])
    assert made.endswith(
        "        to: {data: $items, meta: {total: $total}}\n"
        "\n"
        "  - id: v3\n"
        "    released: 2027-01-15\n"
        "    changes:\n"
        "      # a title says too much\n"
        "      - rename Product.title to name   # short\n"
        "\n"
        "      - add: User.nick?\n"
        "        type: str\n"
        "      - remove User.nick\n"
        "\n"
        "next: []                   # the draft; bump-version cuts it into the next version\n"
    )
    assert [v.id for v in load(made).history.versions] == ["v1", "v2", "v3"]


def test_changes_go_into_the_empty_draft() -> None:
    made = append_changes(SHOP, ["rename Product.title to name", "add: User.nick?\ntype: str"])
    assert made.endswith(
        "next:                      # the draft; bump-version cuts it into the next version\n"
        "  - rename Product.title to name\n"
        "  - add: User.nick?\n"
        "    type: str\n"
    )
    assert len(load(made).history.versions[-1].changes) == 2


def test_dates_are_set_where_they_belong() -> None:
    made = set_dates(SHOP, "v2", deprecated=date(2027, 1, 1), sunset=datetime(2028, 1, 1, 12, tzinfo=UTC))
    assert (
        "    released: 2026-07-15\n    deprecated: 2027-01-01\n    sunset: 2028-01-01T12:00:00Z\n    changes:\n" in made
    )
    again = set_dates(made, "v2", deprecated=date(2027, 2, 1))
    assert again == made.replace("deprecated: 2027-01-01", "deprecated: 2027-02-01")


@pytest.mark.parametrize(
    "tail", ["", "next: []", "next: []\n", "next: [ ]\n", "next:\n  []\n", "next:\n- remove A.name", "# end"]
)
@pytest.mark.parametrize("versions", ["", "versions: []\n", "versions:\n- id: v1\n", "versions: [{id: v1}] # v\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_style_of_list_can_be_edited(tail: str, versions: str, newline: str) -> None:
    text = (HEAD + versions + tail).replace("\n", newline)
    made = append_changes(text, ["add A.x? int"])
    made = cut_next(made, "v1" if versions == "versions: []\n" else "v2", changes=["add A.y? int"])
    made = set_dates(made, "v1", released=date(2025, 1, 1))
    assert "\r\n".join(made.splitlines()) == "\r\n".join(made.replace(newline, "\n").split("\n")).removesuffix("\r\n")
    assert sorted(comments(made, read_tree(made, "a"))) == sorted(comments(text, read_tree(text, "a")))


def test_a_version_that_is_not_there_yet_is_written() -> None:
    made = set_dates(HEAD, "v1", released=date(2025, 1, 1))
    assert made == HEAD + "\nversions:\n  - id: v1\n    released: 2025-01-01\n"


def test_changes_can_go_into_a_version() -> None:
    text = HEAD + "versions:\n  - id: v1\n  - id: v2\n    # why not\n    note: x # y\nnext: []\n"
    assert append_changes(text, ["remove A.name"], to="v2") == text.replace(
        "    note: x # y\n", "    note: x # y\n    changes:\n      - remove A.name\n"
    )


def test_a_text_that_yaml_would_misread_is_quoted() -> None:
    made = append_changes(HEAD + "next: []\n", ['add A."x y"? int', "rename A.name to name #2"])
    assert made.endswith('next:\n  - add A."x y"? int\n  - "rename A.name to name #2"\n')


@pytest.mark.parametrize(
    ("change", "code"), [("frobnicate A.x", "SC301"), ("alias A.x to y", "SC301"), ("add: A.x\ntyp: int", "SC203")]
)
def test_what_is_no_change_is_refused(change: str, code: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        append_changes(HEAD, [change])
    assert caught.value.diagnostics[0].code == code


def test_an_empty_draft_is_not_cut() -> None:
    with pytest.raises(ScaffoldError, match="SC440"):
        cut_next(SHOP, "v3")


def test_an_unknown_version_has_no_dates() -> None:
    with pytest.raises(ScaffoldError, match="SC433"):
        set_dates(SHOP, "v9", sunset=date(2030, 1, 1))


def test_a_spec_in_braces_is_refused_rather_than_spoiled() -> None:
    with pytest.raises(ScaffoldError, match="SC111"):
        cut_next('{api: {name: x}, next: ["remove A.x"]}', "v2")


# ---------------------------------------------------------------- any layout

SPACE = st.sampled_from(["", "", "", "  # c", " # é", "   "])
ABOVE = st.sampled_from(["", "", "", "\n", "# above\n", "    # in\n", "\n# apart\n\n"])
ONE_LINE = st.sampled_from(["remove A.name", "rename A.name to b", "add A.x? list[str]", '"remove A.name"'])
LONG = st.sampled_from(
    [
        ["add: A.x?", "type: int"],
        ["add: A.x?", "type: str   # t", "description: >-", "  one", "", "  two"],
        ["{remove: A.name, why: because}"],
        ["move: [A.name,", "  A.x]", "to: A.y"],
        ["remove: A.name", "why: |", "  # no comment", "  text"],
        ["remove: A.name", "why: 'a", "  b # c'"],
    ]
)


@st.composite
def item(draw: st.DrawFn, column: int) -> str:
    """One change as an item of a block list."""
    lines = draw(st.one_of(ONE_LINE.map(lambda line: [line]), LONG))
    pad = " " * column
    made = [f"{pad}- {lines[0]}", *(f"{pad}  {line}" if line else "" for line in lines[1:])]
    if len(lines) == 1:
        made[0] += draw(SPACE)
    return draw(ABOVE) + "\n".join(made) + "\n"


@st.composite
def listing(draw: st.DrawFn, key: str, column: int) -> str:
    """A list of changes under `key`, in any style."""
    pad = " " * column
    style = draw(st.sampled_from(["absent", "empty", "flow", "block"]))
    if style == "absent":
        return ""
    if style == "empty":
        return f"{pad}{key}: []{draw(SPACE)}\n"
    if style == "flow":
        inner = draw(
            st.sampled_from(["remove A.name", "remove A.name, # one\n      remove A.x # two\n    ", "{remove: A.name}"])
        )
        return f"{pad}{key}: [{inner}]{draw(SPACE)}\n"
    indent = column + draw(st.sampled_from([0, 1, 2, 4]))
    items = draw(st.lists(item(indent), min_size=1, max_size=3))
    return f"{pad}{key}:{draw(SPACE)}\n{''.join(items)}"


@st.composite
def specs(draw: st.DrawFn) -> str:
    """A spec whose versions and draft are laid out in any way."""
    dash = draw(st.sampled_from([0, 2, 4]))
    inner = dash + 2
    versions = draw(st.sampled_from(["none", "flow", "block"]))
    body = ""
    if versions == "flow":
        body = f"versions: [{{id: v1}}, {{id: v2, note: x}}]{draw(SPACE)}\n"
    if versions == "block":
        pad = " " * dash
        body = f"versions:{draw(SPACE)}\n{draw(ABOVE)}{pad}- id: v1{draw(SPACE)}\n"
        body += f"{draw(ABOVE)}{pad}- id: v2\n" + draw(listing("changes", inner)) + draw(ABOVE)
    draft = draw(listing("next", 0))
    parts = [body, draft] if draw(st.booleans()) else [draft, body]
    text = HEAD + draw(ABOVE) + draw(ABOVE).join(parts) + draw(ABOVE)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return text.rstrip("\r\n") if draw(st.booleans()) else text


EXTRA = st.lists(st.sampled_from(["remove A.z", "add: A.z?\ntype: str", "{remove: A.z, why: it goes}"]), max_size=2)


def kept(before: str, after: str) -> None:
    """Comments are the same, and every line with one still has it at its end."""
    old, new = comments(before, read_tree(before, "a")), comments(after, read_tree(after, "a"))
    assert sorted(old) == sorted(new)


@settings(max_examples=200, deadline=None)
@given(specs(), EXTRA)
def test_cutting_keeps_every_comment_and_means_what_it_should(text: str, extra: list[str]) -> None:
    made = outcome(lambda: cut_next(text, "v3", released=date(2027, 1, 1), changes=extra))
    if isinstance(made, tuple):
        assert [d.code for d in made] == ["SC440"]
        return
    kept(text, made)
    assert "\r\n" not in text or "\n" not in made.replace("\r\n", "")


@settings(max_examples=200, deadline=None)
@given(specs(), EXTRA, st.sampled_from(["next", "v2"]))
def test_adding_keeps_every_comment_and_means_what_it_should(text: str, extra: list[str], to: str) -> None:
    made = outcome(lambda: append_changes(text, extra, to=to))
    if isinstance(made, tuple):
        assert [d.code for d in made] == ["SC433"]
        return
    kept(text, made)
    for line in text.splitlines():
        if line.lstrip().startswith("#") and "# no comment" not in line:
            assert line in made.splitlines()


@settings(max_examples=100, deadline=None)
@given(specs(), st.sampled_from(["v1", "v2"]))
def test_dating_changes_only_the_lines_of_the_dates(text: str, version: str) -> None:
    made = outcome(lambda: set_dates(text, version, released=date(2025, 1, 1), sunset=date(2027, 1, 1)))
    if isinstance(made, tuple):
        assert [d.code for d in made] == ["SC433"]
        return
    kept(text, made)
    if "versions: [" not in text and "versions:" in text:
        others = [line for line in made.splitlines() if "2025-01-01" not in line and "2027-01-01" not in line]
        assert others == text.splitlines()
