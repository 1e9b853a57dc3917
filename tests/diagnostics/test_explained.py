"""Every code has a row that explains it, and the snippets of the row are wrong and right as it says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from scaffold.diagnostics.explained import AREAS, Explained, Reads, every_row, explained, nearest_codes, rows

from .snippets import codes_of

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"\bSC\d{3}\b")
ROWS = {row.code: row for row in every_row()}
SHOWN = [row for row in ROWS.values() if row.wrong is not None]

WITHOUT_SNIPPET = {
    "tests/spec/test_tree.py": ("too long to print", "SC106"),
    "tests/diagnostics/test_refusals.py": (
        "too large to print, or said of a project on disk",
        "SC107 SC431 SC439 SC454 SC455 SC515 SC542",
    ),
    "tests/spec/test_splice.py": ("said by commands that edit the spec", "SC111 SC433"),
    "tests/compat/test_number.py": ("said when a version is cut with `--even-if-safe`", "SC442"),
    "tests/guide/test_guide.py": ("said of two versions that a command names", "SC434"),
    "tests/openapi/test_reading_text.py": ("too long to print", "SC703"),
    "tests/workflows/test_commands.py": (
        "said of a project on disk",
        "SC432 SC435 SC438 SC445 SC517 SC540 SC541 SC584 SC585",
    ),
    "tests/workflows/test_interrupted.py": ("said of a project on disk", "SC516"),
    "tests/workflows/test_bump.py": ("said of a project on disk", "SC444"),
    "tests/workflows/test_published.py": ("said of files beside each other", "SC450 SC451 SC452 SC453 SC460"),
    "tests/workflows/test_versions_in_paths.py": ("said of files beside each other", "SC457"),
    "tests/workflows/test_migration_drift.py": ("said of migrations beside a spec", "SC560 SC561 SC562 SC563"),
    "tests/workflows/test_usage_reports.py": ("said of a report beside a project", "SC570 SC571 SC572 SC573"),
    "tests/workflows/test_gateway.py": ("said of flags in a project", "SC581 SC582 SC583"),
    "tests/workflows/test_drop.py": (
        "said of a project on disk, and of a report beside it",
        "SC594 SC595 SC596 SC597 SC598 SC599",
    ),
    "tests/project/test_files_and_layout.py": ("said of places on disk", "SC501 SC502 SC503 SC504"),
    "tests/project/test_plan.py": ("said of files on disk", "SC508 SC510 SC511 SC512"),
    "tests/project/test_writer.py": ("said of a disk that fails, or of another process", "SC513 SC514"),
    "tests/project/test_ruff.py": ("a fault of the program", "SC518"),
    "tests/project/test_undo.py": ("said of a project on disk", "SC520 SC521"),
    "tests/skeleton/test_rendering.py": ("the right answers make a whole project", "SC530 SC531 SC532"),
    "tests/cli/test_program.py": ("a fault of the program", "SC999"),
    "scaffold/workflows/import_openapi.py": ("a fault of the program, to which nothing known leads", "SC456"),
}
"""Codes that no short text leads to: by the test that does, why, and which."""


def used() -> set[str]:
    """Every code that a file of the program mentions, the rows apart."""
    own = ROOT / "scaffold/diagnostics/rows"
    found = (f for f in (ROOT / "scaffold").rglob("*") if f.suffix in (".py", ".jinja") and own not in f.parents)
    return {code for file in found for code in CODE.findall(file.read_text("utf-8"))}


def test_every_code_has_a_row_and_every_row_is_used() -> None:
    assert used() - set(ROWS) == set(), "each needs a row in `scaffold/diagnostics/rows/`"
    assert set(ROWS) - used() == set(), "nothing says these: drop their rows"


def test_rows_stand_in_their_area_in_order() -> None:
    for area in AREAS:
        codes = list(rows(area))
        assert codes == sorted(codes)
        assert {code[2] for code in codes} == {area}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_is_plain_and_short(row: Explained) -> None:
    assert row.title
    assert len(f"  {row.code}  {row.title}") <= 80
    assert not row.title.endswith(".")
    for text in (row.means, row.why, row.way_out):
        assert text.endswith(".")
        assert len(text) < 400
    for snippet in (row.wrong, row.right):
        if snippet is not None:
            assert snippet.endswith("\n")
            assert max(map(len, snippet.splitlines())) <= 76
    assert (row.wrong is None) == (row.right is None)


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.code)
def test_what_is_shown_as_wrong_is_told_under_this_code_alone(row: Explained) -> None:
    assert row.wrong is not None
    assert codes_of(row, row.wrong) == {row.code}


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.code)
def test_what_is_shown_as_right_is_right(row: Explained) -> None:
    assert row.right is not None
    found = codes_of(row, row.right)
    if row.reads is Reads.COMMAND:  # whether there is a project to run it in is another question
        assert row.code not in found
    else:
        assert found == set()


def test_rows_without_a_snippet_are_known_and_another_test_leads_to_their_code() -> None:
    known = sorted(code for _, codes in WITHOUT_SNIPPET.values() for code in codes.split())
    assert known == sorted(row.code for row in ROWS.values() if row.wrong is None)
    for test, (_, codes) in WITHOUT_SNIPPET.items():
        assert set(codes.split()) <= set(CODE.findall((ROOT / test).read_text("utf-8")))


def test_unknown_codes_have_neighbours() -> None:
    assert explained("SC1") is explained("XX999") is explained("") is None
    assert "SC111" in nearest_codes("SC112")


def test_the_page_of_errors_is_as_it_is_made() -> None:
    made = runpy.run_path(str(ROOT / "scripts/errors_page.py"))["page"]()
    assert (ROOT / "docs/errors.md").read_text("utf-8") == made, "`make docs` writes it anew"
