"""`scaffold explain` says what a code means, in 80 columns, and as data."""

from __future__ import annotations

import json

import pytest

from scaffold.cli import main
from scaffold.diagnostics.explained import every_row

CODES = [row.code for row in every_row()]


def explain(capsys: pytest.CaptureFixture[str], *codes: str) -> str:
    assert main(["explain", *codes]) == 0
    return capsys.readouterr().out


def test_a_code_is_explained_with_a_snippet_wrong_and_right(capsys: pytest.CaptureFixture[str]) -> None:
    told = explain(capsys, "SC326")
    assert told.startswith("SC326: a broken promise without a waiver\n\nThe policy refuses")
    assert "\nWrong, under `changes:` of a version:\n\n    - change: User.name\n" in told
    assert "      waiver: {name: Ada Lovelace" in told.partition("Right, ")[2]


def test_codes_may_be_written_as_one_types_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(capsys, "sc103", "104").count("\nWrong:\n") == 2


def test_every_code_is_explained_in_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert max(map(len, explain(capsys, *CODES).splitlines())) <= 80


def test_without_a_code_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = explain(capsys)
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ")] == CODES
    assert max(map(len, listed.splitlines())) <= 80


def test_programs_are_told_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = json.loads(explain(capsys, "SC103", "--json"))["codes"]
    assert (row["title"], row["reads"]) == ("the same key twice", "spec")
    assert {"means", "why", "way_out", "wrong", "right"} < set(row)
    assert [r["code"] for r in json.loads(explain(capsys, "--json"))["codes"]] == CODES


def test_an_unknown_code_is_told_with_those_near_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "SC112"]) == 2
    told = capsys.readouterr().err
    assert "error[SC903]: `SC112` is no code of a diagnostic" in told
    assert "near it are `SC111`" in told
