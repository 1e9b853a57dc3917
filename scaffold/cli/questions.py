"""Questions to a person at a terminal; programs and pipes are asked nothing."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scaffold.contract.types import Json, Undecided
    from scaffold.workflows.questions import Ask, Question

_WORDS = {
    "old_sends": "What are clients of older versions taken to have sent?",
    "old_sees": "What are clients of older versions shown?",
}
_WIDTH = 80


def asking() -> Ask | None:
    """The way to ask for policies, where there is a person at a terminal."""
    return _policy if sys.stdin.isatty() and sys.stderr.isatty() else None


def _policy(question: Question) -> Json | Undecided:
    """The value of a policy; an empty answer leaves it undecided."""
    from scaffold.cli.progress import paused

    with paused():
        _say(f"\n{question.version}: {question.change.sentence()}")
        _say(f"{_WORDS[question.key]} ({question.wanted})")
        while True:
            try:
                return question.answer(_typed("  value [Enter: decide later]: "))
            except ValueError as error:
                _say(f"  {error}.")


def _typed(prompt: str) -> str:
    """A line from the terminal. The prompt goes to stderr: stdout may be a file that the spec goes to.

    Raises:
        typer.Abort: there is nobody any more.
    """
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise typer.Abort
    return line


def _say(text: str) -> None:
    """A line on the terminal, wrapped where it is long."""
    typer.echo(textwrap.fill(text, _WIDTH, subsequent_indent="  ", replace_whitespace=False), err=True)
