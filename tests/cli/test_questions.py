"""Questions at a real terminal: what is asked, what answers do, and how one leaves."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = str(Path(__file__).parents[2])
COMMAND = [sys.executable, "-m", "scaffold.cli", "import", "openapi"]
MARK = "later]: "
"""How a question ends."""


@dataclass(frozen=True)
class Session:
    """What a terminal showed, how the program ended, and what it wrote to its output."""

    shown: str
    code: int
    output: str

    def questions(self) -> int:
        """How often something was asked."""
        return self.shown.count(MARK)


def at_terminal(arguments: Sequence[str], answers: Sequence[str], folder: Path) -> Session:
    """Run the program at a terminal of 80 columns; each question gets the next of `answers`, typed as it is."""
    output = folder / "output.yaml"
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover: the child becomes the program
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.chdir(folder)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # who runs the tests may have it ignored
        os.execvpe(COMMAND[0], [*COMMAND, *arguments], {**os.environ, "PYTHONPATH": HERE, "TERM": "xterm"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown, left, asked, end = b"", list(answers), 0, time.monotonic() + 20
    try:
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.5)[0]:
                try:
                    read = os.read(terminal, 4096)
                except OSError:  # Linux: the program has gone
                    break
                if not read:
                    break
                shown += read
            if shown.count(MARK.encode()) > asked and left:
                asked += 1
                os.write(terminal, left.pop(0).encode())
        else:
            os.kill(pid, signal.SIGKILL)
    finally:
        _, status = os.waitpid(pid, 0)
        os.close(terminal)
    return Session(shown.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(status), output.read_text())


def published(version: int, fields: dict[str, Any], required: list[str], colours: list[str]) -> dict[str, Any]:
    """A document of one operation that takes and gives a user, whose fields are these."""
    user = {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}
    operation = {
        "operationId": "make_user",
        "requestBody": {"required": True, "content": user},
        "responses": {"200": {"description": "Made.", "content": user}},
    }
    colour = {"$ref": "#/components/schemas/Colour"}
    schemas = {
        "User": {"type": "object", "properties": {"name": {"type": "string"}, "colour": colour, **fields}}
        | {"required": ["name", *required]},
        "Colour": {"type": "string", "enum": colours},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "People", "version": str(version)},
        "paths": {"/users": {"post": operation}},
        "components": {"schemas": schemas},
    }


@pytest.fixture
def documents(tmp_path: Path) -> list[str]:
    """Two documents, the second of which needs three policies: an age, a country and a colour for mauve."""
    fields = {"age": {"type": "integer", "minimum": 0, "maximum": 150}, "country": {"type": "string"}}
    first = published(1, {}, [], ["red", "blue", "mauve"])
    second = published(2, fields, ["age", "country"], ["red", "blue"])
    for name, document in (("v1.json", first), ("v2.json", second)):
        (tmp_path / name).write_text(json.dumps(document))
    return ["v1.json", "v2.json"]


Ask = Callable[..., Session]


@pytest.fixture
def asked(documents: list[str], tmp_path: Path) -> Ask:
    """Takes in the two documents at a terminal, with these answers."""

    def run(*answers: str, more: Sequence[str] = ()) -> Session:
        return at_terminal([*documents, *more], answers, tmp_path)

    return run


def test_answers_stand_in_the_spec_and_what_is_skipped_stays_undecided(asked: Ask) -> None:
    session = asked("30\n", "\n", "red\n")
    assert session.code == 0
    assert session.questions() == 3
    assert session.output.count("old_sends:") == 3
    assert "old_sends: 30\n" in session.output
    assert "old_sends: undecided\n" in session.output
    assert "old_sends: red\n" in session.output
    assert "Traceback" not in session.shown


def test_an_answer_that_does_not_fit_is_refused_with_what_would_and_asked_again(asked: Ask) -> None:
    session = asked("abc\n", "200\n", "30\n", "12\n", "mauve\n", "red\n")
    assert session.code == 0
    assert session.questions() == 6
    assert "`abc`" in session.shown
    assert "0 to 150" in session.shown
    assert "red, blue" in session.shown
    assert "old_sends: '12'\n" in session.output or 'old_sends: "12"\n' in session.output  # a text, as it was typed
    assert "mauve\n        old_sends: red" in session.output


def test_one_can_say_undecided_too(asked: Ask) -> None:
    session = asked("undecided\n", "undecided\n", "undecided\n")
    assert session.code == 0
    assert session.output.count("old_sends: undecided\n") == 3


@pytest.mark.parametrize("leaving", ["\x03", "\x04"])
@pytest.mark.parametrize("answers", [[], ["30\n"]])
def test_leaving_in_the_middle_writes_nothing(leaving: str, answers: list[str], asked: Ask, tmp_path: Path) -> None:
    session = asked(*answers, leaving, more=["--output", "spec"])
    assert session.code == 130
    assert not (tmp_path / "spec").exists()
    assert session.output == ""
    assert "Interrupted." in session.shown
    assert "Traceback" not in session.shown


def test_questions_fit_a_terminal_of_80_columns_with_room_for_the_answer(asked: Ask) -> None:
    session = asked("abc\n", "30\n", "\n", "red\n")
    assert max(map(len, session.shown.splitlines())) <= 80
    assert all(len(line) <= 60 for line in session.shown.splitlines() if MARK in line)


def test_what_was_answered_is_not_reported_as_open(asked: Ask) -> None:
    session = asked("30\n", "\n", "red\n")
    report = session.shown[session.shown.index("Took in") :]
    assert "User.country" in report
    assert "User.age" not in report
    assert "Colour.mauve" not in report


def test_without_questions_nothing_is_asked_at_a_terminal(asked: Ask) -> None:
    session = asked(more=["--no-input"])
    assert session.code == 0
    assert session.questions() == 0
    assert session.output.count("old_sends: undecided\n") == 3


def test_programs_are_asked_nothing(documents: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, *documents],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": HERE},
        input="30\nFR\nred\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert MARK not in done.stderr
    assert done.stdout.count("old_sends: undecided\n") == 3
