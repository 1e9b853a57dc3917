"""The vocabulary is whole: every change has a row, every row that is done is shown, and the page says so."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scaffold.contract.changes import CHANGES
from scaffold.contract.vocabulary import GROUPS, ROWS, Row, State, rows_of
from tests.golden.cases import CASES, changes

ROOT = Path(__file__).resolve().parents[2]


def test_every_class_of_change_belongs_to_a_row() -> None:
    told = {class_ for row in ROWS for class_ in row.classes}
    assert [c.__name__ for c in CHANGES if c not in told] == []


def test_no_two_rows_have_one_title() -> None:
    titles = [row.title for row in ROWS]
    assert len(set(titles)) == len(titles) == sum(map(len, GROUPS.values()))


@pytest.mark.parametrize("row", [r for r in ROWS if r.golden], ids=lambda row: row.title)
def test_what_a_row_is_shown_by_has_such_a_change(row: Row) -> None:
    assert row.classes
    assert any(row.matches(applied) for applied in changes(row.golden or ""))


@pytest.mark.parametrize("row", [r for r in ROWS if r.state is not State.DONE], ids=lambda row: row.title)
def test_a_row_that_is_not_done_says_why(row: Row) -> None:
    assert row.missing or row.out


@pytest.mark.parametrize("case", CASES)
def test_every_change_of_a_golden_case_belongs_to_a_row(case: str) -> None:
    assert [a.change.sentence() for a in changes(case) if not rows_of(a)] == []


def test_the_page_of_changes_is_as_it_is_made() -> None:
    made = runpy.run_path(str(ROOT / "scripts/changes_page.py"))["page"]()
    assert (ROOT / "docs/changes.md").read_text("utf-8") == made, "`make docs` writes it anew"


def test_every_example_of_the_page_can_be_copied() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/changes.md").read_text("utf-8"), re.DOTALL)
    read = [YAML(typ="safe").load(example) for example in examples]
    assert len(read) > 80
    assert [r for r in read if not (isinstance(r, list) and len(r) == 1 and isinstance(r[0], dict | str))] == []
