"""Questions to a person at a terminal; programs and pipes are asked nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scaffold.contract.changes import Change
    from scaffold.contract.types import Json
    from scaffold.workflows.importing import Ask

_WORDS = {
    "old_sends": "What are clients of older versions taken to have sent?",
    "old_sees": "What are clients of older versions shown?",
}


def asking() -> Ask | None:
    """The way to ask for policies, where there is a person at a terminal."""
    return _policy if sys.stdin.isatty() and sys.stderr.isatty() else None


def _policy(version: str, change: Change, key: str) -> Json:
    """The value of a policy; an empty answer leaves it undecided."""
    import json

    from scaffold.contract.types import UNDECIDED
    from scaffold.workflows.importing import fitting

    typer.echo(f"\n{version}: {change.sentence()}", err=True)
    while True:
        text = typer.prompt(f"{_WORDS[key]} [Enter: decide later]", default="", show_default=False, err=True)
        if not text.strip():
            return UNDECIDED
        try:
            value = json.loads(text)
        except json.JSONDecodeError:
            value = text
        if fitting(change, value):
            return value
        typer.echo(f"`{text}` is no value for `{change.address}`.", err=True)
