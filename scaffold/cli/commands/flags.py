"""The flags that several commands share, and what their texts mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from scaffold.workflows.questions import Ask


@dataclass(frozen=True, slots=True)
class Settings:
    """What stands before the command: where the project is."""

    start: Path


class Format(StrEnum):
    """How findings are shown."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


class Stage(StrEnum):
    """How much a new version promises."""

    PREVIEW = "preview"
    BETA = "beta"
    STABLE = "stable"


Json = Annotated[bool, typer.Option("--json", help="Print data for programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]
Diff = Annotated[bool, typer.Option("--diff", help="Print what would change as a diff, and write nothing.")]
NoGuess = Annotated[bool, typer.Option("--no-guess", help="Take nothing as renamed or moved: removed and added.")]
UsageReport = Annotated[
    str | None,
    typer.Option(
        "--usage",
        metavar="FILE",
        help="Who calls, by this report of the program; `-` is standard input, `run` asks the program itself.",
    ),
]
Version = Annotated[str, typer.Argument(metavar="VERSION", help="A version, as `v2`.")]


def started_in(context: typer.Context) -> Path:
    """The folder that a command works in: that of `--project`, else the current one."""
    return context.obj.start if isinstance(context.obj, Settings) else Path()


def given_answers(given: list[str]) -> dict[str, str]:
    """`key=value` words as a mapping; raises ScaffoldError SC902."""
    pairs = [word.partition("=") for word in given]
    for key, equals, value in pairs:
        if not key or not equals:
            raise misuse(f"`--data {key}{equals}{value}` is not `KEY=VALUE`", "SC902")
    return {key.strip(): value for key, _, value in pairs}


def given_date(text: str | None, option: str) -> date | None:
    """The date that an option gives; raises ScaffoldError SC902."""
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise misuse(f"`{option} {text}` is not a date, as `2026-03-01` is", "SC902") from None


def whom_to_ask() -> Ask | None:
    """The way to ask for policies, where there is somebody to ask."""
    from scaffold.cli.questions import asking

    return asking()


def today() -> date:
    """The day it is, in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def misuse(message: str, code: str = "SC901") -> Exception:
    """What to raise where flags do not go together, or one cannot be read."""
    from scaffold.diagnostics import Diagnostic, ScaffoldError

    return ScaffoldError(Diagnostic(code, message))
