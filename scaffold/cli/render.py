"""Diagnostics as text: code, message, place, the line with carets, the way out; also one line each, JSON and
GitHub.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from scaffold.cli.excerpt import excerpt
from scaffold.diagnostics import Diagnostic

WIDTH = 80
Line = Callable[[str, int], str | None]

_STYLES = {"error": "1;31", "warning": "1;33", "bold": "1", "frame": "1;34", "help": "1;36"}


@dataclass(frozen=True, slots=True)
class Sources:
    """The source lines of diagnostics, read when they are shown; files are looked for in the project, then
    here.
    """

    start: Path
    _read: dict[str, list[str]] = field(default_factory=dict)

    def line(self, file: str, number: int) -> str | None:
        """One line of a file, None when there is none."""
        if file not in self._read:
            self._read[file] = self._lines(file)
        lines = self._read[file]
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _lines(self, file: str) -> list[str]:
        here = self.start.absolute()
        for folder in (here, *here.parents, Path()):
            try:
                return (folder / file).read_text(encoding="utf-8", errors="replace").split("\n")
            except OSError:
                continue
        return []


def colored(stream: TextIO) -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def render_all(
    diagnostics: Sequence[Diagnostic],
    line: Line = lambda file, number: None,
    *,
    format: str = "full",
    color: bool = False,
) -> str:
    """All diagnostics in one of the formats `full`, `concise`, `json` and `github`; `line` gives source
    lines.
    """
    if format == "json":
        import json

        found = [described(diagnostic) for diagnostic in diagnostics]
        return json.dumps({"schema": 1, "diagnostics": found}, indent=2, ensure_ascii=False) + "\n"
    if format == "concise":
        return "".join(f"{concise(diagnostic)}\n" for diagnostic in diagnostics)
    if format == "github":
        return "".join(f"{github(diagnostic)}\n" for diagnostic in diagnostics)
    return "\n".join(full(diagnostic, line, color=color) for diagnostic in diagnostics)


def full(diagnostic: Diagnostic, line: Line, *, color: bool = False) -> str:
    """One diagnostic as a person wants it, within 80 columns but for what cannot be broken."""

    def paint(style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if color else text

    severity = diagnostic.severity.value
    label = f"{severity}[{diagnostic.code}]"
    message = _wrapped(f"{label}: {diagnostic.message}", "")
    lines = [
        paint(severity, label) + paint("bold", message[0].removeprefix(label)),
        *(paint("bold", m) for m in message[1:]),
    ]
    span, margin = diagnostic.span, ""
    if span is not None:
        margin = " " * len(str(span.line))
        lines.append(f"{margin}{paint('frame', '-->')} {span}")
        source = line(span.file, span.line) if span.text is None else span.text
        if source is not None:
            shown, marks = excerpt(source, span, WIDTH - len(margin) - 3)
            bar = paint("frame", "|")
            lines.append(f"{margin} {bar}")
            lines.append(f"{paint('frame', str(span.line))} {bar} {shown}".rstrip())
            lines.append(f"{margin} {bar} {paint(severity, marks)}")
    for note in diagnostic.notes:
        lines += _block(note, f"{margin} {paint('frame', '=')} {paint('bold', 'note')}: ", f"{margin} = note: ")
    if diagnostic.help:
        lines += _block(
            diagnostic.help, f"{margin} {paint('frame', '=')} {paint('help', 'help')}: ", f"{margin} = help: "
        )
    return "\n".join(lines) + "\n"


def concise(diagnostic: Diagnostic) -> str:
    """One diagnostic on one line."""
    place = "" if diagnostic.span is None else f"{diagnostic.span}: "
    return f"{place}{diagnostic.code} {' '.join(diagnostic.message.split())}"


def github(diagnostic: Diagnostic) -> str:
    """One diagnostic as a workflow command of GitHub Actions.

    See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    span = diagnostic.span
    properties = {"title": diagnostic.code}
    if span is not None:
        properties = {"file": span.file, "line": str(span.line), "col": str(span.column), **properties}
        if (span.end_line, span.end_column) > (span.line, span.column):
            properties |= {"endLine": str(span.end_line), "endColumn": str(span.end_column)}
    text = diagnostic.message if diagnostic.help is None else f"{diagnostic.message}\n{diagnostic.help}"
    written = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{diagnostic.severity.value} {written}::{_escaped(text)}"


def described(diagnostic: Diagnostic) -> dict[str, object]:
    """One diagnostic as data for `--json`."""
    span = diagnostic.span
    place: dict[str, object] = {}
    if span is not None:
        place = {
            "file": span.file,
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
        }
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **place,
        "help": diagnostic.help,
        "notes": list(diagnostic.notes),
    }


def _block(text: str, painted: str, plain: str) -> list[str]:
    """A labelled text; its first line is wrapped, further ones are shown as they are."""
    first, *rest = text.rstrip("\n").split("\n")
    head = _wrapped(plain + first, " " * len(plain))
    indent = " " * (len(plain) - len("note: "))
    return [painted + head[0].removeprefix(plain), *head[1:], *(f"{indent}{line}".rstrip() for line in rest)]


def _wrapped(text: str, indent: str) -> list[str]:
    found = textwrap.wrap(
        text,
        WIDTH,
        subsequent_indent=indent or "  ",
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=True,
    )
    return found or [""]


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
