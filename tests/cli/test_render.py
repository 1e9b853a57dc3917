"""Diagnostics look as ruff shows them, fit 80 columns, and have forms for programs."""

from __future__ import annotations

import io
import json
import time
import unicodedata
from pathlib import Path

import pytest

from scaffold.cli.excerpt import excerpt
from scaffold.cli.progress import progress
from scaffold.cli.render import Line, Sources, colored, render_all
from scaffold.diagnostics import Diagnostic, Severity, Span

UNKNOWN = Diagnostic(
    "SC201",
    "unknown key `tpye`",
    Span("api.yaml", 12, 5, 12, 9),
    help="did you mean `type`?",
    notes=("keys are fixed",),
)
PLACELESS = Diagnostic("SC503", "no project here", severity=Severity.WARNING)


def line(text: str) -> Line:
    """A source in which every line is `text`."""
    return lambda file, number: text


def test_a_diagnostic_shows_code_place_line_carets_and_the_way_out() -> None:
    assert render_all([UNKNOWN, PLACELESS], line("    tpye: str")) == (
        "error[SC201]: unknown key `tpye`\n"
        "  --> api.yaml:12:5\n"
        "   |\n"
        "12 |     tpye: str\n"
        "   |     ^^^^\n"
        "   = note: keys are fixed\n"
        "   = help: did you mean `type`?\n"
        "\n"
        "warning[SC503]: no project here\n"
    )


def test_without_the_source_the_place_is_still_named() -> None:
    assert render_all([UNKNOWN]).splitlines()[:3] == [
        "error[SC201]: unknown key `tpye`",
        "  --> api.yaml:12:5",
        "   = note: keys are fixed",
    ]


def test_long_messages_and_lines_fit_eighty_columns() -> None:
    wordy = Diagnostic("SC301", "very " * 60, Span("api.yaml", 1, 300, 1, 340), help="do " * 60, notes=("see " * 60,))
    text = render_all([wordy], line("x: " + "abcdefghi " * 100))
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("^") >= 30


def test_a_note_of_several_lines_is_shown_as_it_is() -> None:
    edited = Diagnostic("SC510", "edited", notes=("your edit:\n--- a/x\n+++ b/x\n+  mine\n",))
    assert render_all([edited]) == ("error[SC510]: edited\n = note: your edit:\n   --- a/x\n   +++ b/x\n   +  mine\n")


@pytest.mark.parametrize(
    ("text", "column", "end", "shown", "marks"),
    [
        ("a: b", 4, 5, "a: b", "   ^"),
        ("\ta: b", 2, 3, "    a: b", "    ^"),
        ("a\tb", 3, 4, "a   b", "    ^"),
        ("日本: b", 5, 6, "日本: b", "      ^"),
        ("日本: b", 1, 3, "日本: b", "^^^^"),
        ("e\u0301: b", 5, 6, "e\u0301: b", "   ^"),
        ("a\x1b[31m: b", 1, 2, "a�[31m: b", "^"),
        ("a: b", 9, 9, "a: b", "    ^"),
        ("a: b", 2, 2, "a: b", " ^"),
        ("", 1, 1, "", "^"),
        ("a: b\r", 1, 99, "a: b", "^^^^"),
    ],
)
def test_carets_stand_below_what_they_mean(text: str, column: int, end: int, shown: str, marks: str) -> None:
    assert excerpt(text, Span("a", 1, column, 1, end), 70) == (shown, marks)


def test_a_span_over_several_lines_marks_its_first_to_the_end() -> None:
    assert excerpt("a: [b,  ", Span("a", 1, 4, 3, 2), 70) == ("a: [b,", "   ^^^")


@pytest.mark.parametrize("column", [1, 40, 200, 480, 500])
def test_a_very_long_line_is_cut_around_its_carets(column: int) -> None:
    text = "".join(chr(97 + n % 26) for n in range(500))
    shown, marks = excerpt(text, Span("a", 1, column, 1, column + 3), 60)
    assert len(shown) <= 60
    marked = shown[marks.index("^") : len(marks)]
    assert marked == text[column - 1 : column + 2]
    assert shown.startswith("…") == (column > 30)


def test_wide_characters_in_a_long_line_are_counted_twice() -> None:
    shown, marks = excerpt("日" * 200, Span("a", 1, 100, 1, 102), 40)
    assert sum(2 if unicodedata.east_asian_width(c) == "W" else 1 for c in shown) <= 40
    assert marks.count("^") == 4


def test_concise_is_one_line_each() -> None:
    several = Diagnostic("SC202", "two\nlines", Span("a.yaml", 1, 2, 1, 3))
    assert render_all([UNKNOWN, several, PLACELESS], format="concise") == (
        "api.yaml:12:5: SC201 unknown key `tpye`\na.yaml:1:2: SC202 two lines\nSC503 no project here\n"
    )


def test_github_gets_workflow_commands() -> None:
    odd = Diagnostic("SC202", "100%\nbad", Span("a,b:c.yaml", 1, 2, 1, 2), severity=Severity.WARNING)
    assert render_all([UNKNOWN, odd, PLACELESS], format="github") == (
        "::error file=api.yaml,line=12,col=5,title=SC201,endLine=12,endColumn=9"
        "::unknown key `tpye`%0Adid you mean `type`?\n"
        "::warning file=a%2Cb%3Ac.yaml,line=1,col=2,title=SC202::100%25%0Abad\n"
        "::warning title=SC503::no project here\n"
    )


def test_json_has_a_schema_number_and_every_part() -> None:
    data = json.loads(render_all([UNKNOWN, PLACELESS], format="json"))
    assert data["schema"] == 1
    assert data["diagnostics"][0] == {
        "code": "SC201",
        "severity": "error",
        "message": "unknown key `tpye`",
        "file": "api.yaml",
        "line": 12,
        "column": 5,
        "end_line": 12,
        "end_column": 9,
        "help": "did you mean `type`?",
        "notes": ["keys are fixed"],
    }
    assert "file" not in data["diagnostics"][1]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert colored(Terminal())
    assert not colored(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colored(Terminal())
    plain = render_all([UNKNOWN], line("    tpye: str"))
    painted = render_all([UNKNOWN], line("    tpye: str"), color=True)
    assert "\x1b[" in painted
    assert "\x1b" not in plain


def test_source_lines_are_found_in_the_project_from_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text("one\ntwo\u2028still two\nthree\n")
    (tmp_path / "src").mkdir()
    lines = Sources(tmp_path / "src")
    assert lines.line("api.yaml", 2) == "two\u2028still two"
    assert lines.line("api.yaml", 99) is None
    assert lines.line("none.yaml", 1) is None


def test_a_progress_line_comes_late_and_goes_away() -> None:
    out = Terminal()
    with progress("working", out, patience=5):
        pass
    assert out.getvalue() == ""
    with progress("working", out, patience=0.01):
        for _ in range(500):
            if "working" in out.getvalue():
                break
            time.sleep(0.01)
    assert out.getvalue().startswith("\r| working …")
    assert out.getvalue().endswith("\r           \r")


def test_no_progress_line_into_a_pipe() -> None:
    out = io.StringIO()
    with progress("working", out, patience=0):
        pass
    assert out.getvalue() == ""
