"""`scaffold guide`: the migration guide from one version to another."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ..guide import guide as make_guide
from ..guide import render_markdown
from ..project.writer import session
from .outcome import Outcome
from .project_state import read_state
from .versions import known_version


def guide(start: Path, older: str, newer: str) -> Outcome:
    """The guide for clients of `older` that go to `newer`, as Markdown.

    Raises:
        ScaffoldError: SC433 for a version that is not there, SC434 when `newer` does not come after `older`.
    """
    with session(start, writes=False) as (project, earlier):
        state = read_state(project)
    known_version(state.history, older)
    known_version(state.history, newer, after=older)
    made = make_guide(state.history, older, newer)
    return Outcome(
        output=render_markdown(made), data={"from": older, "to": newer, "guide": asdict(made)}, diagnostics=earlier
    )
