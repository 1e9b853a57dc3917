"""From what a workflow says to what the terminal shows: data on stdout, narration on stderr, one exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from scaffold.diagnostics import Diagnostic
    from scaffold.workflows.outcome import Outcome

SCHEMA = 1
WIDTH = 80
EXPLAIN = "more: scaffold explain"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a command shows its result.

    `drift` makes a plan that is not clean exit 1; `checks` puts findings on stdout, since they are what was
    asked for; `doing` is what the progress line says when it takes long, empty for a command that may ask.
    """

    json: bool = False
    diff: bool = False
    drift: bool = False
    dry_run: bool = False
    checks: bool = False
    format: str = "full"
    doing: str = "working"


def finish(work: Callable[[], Outcome], start: Path, shown: Shown) -> NoReturn:
    """Do the work, show what came of it, and leave with its exit code. Raises typer.Exit, always."""
    from scaffold.cli.progress import progress
    from scaffold.diagnostics import ScaffoldError

    try:
        with progress(shown.doing):
            outcome = work()
    except ScaffoldError as error:
        raise typer.Exit(_failed(error, start, shown)) from error
    code = 1 if shown.drift and outcome.plan is not None and not outcome.plan.clean else outcome.exit_code
    if shown.json:
        _print_json(_data(outcome))
    else:
        _tell(outcome, start, shown)
    raise typer.Exit(code)


def _failed(error: Exception, start: Path, shown: Shown) -> int:
    """Show why a command could not run, or what it found."""
    from scaffold.diagnostics import ScaffoldError
    from scaffold.workflows.outcome import Findings

    found = error.diagnostics if isinstance(error, ScaffoldError) else ()
    if shown.json:
        _print_json({"diagnostics": _described(found)})
    else:
        _show(found, start, shown)
    return 1 if isinstance(error, Findings) else 2


def _tell(outcome: Outcome, start: Path, shown: Shown) -> None:
    """Show an outcome to a person."""
    if outcome.diagnostics:
        _show(outcome.diagnostics, start, shown)
    if shown.diff and outcome.plan is not None:
        sys.stdout.write(outcome.plan.diff())
    elif outcome.output is not None:
        sys.stdout.write(outcome.output if outcome.output.endswith("\n") else f"{outcome.output}\n")
    planned = () if outcome.plan is None or shown.diff else outcome.plan.summary()
    lines = [*planned, *outcome.summary]
    if shown.dry_run:
        lines.append("dry run: nothing was written")
    if outcome.next_command:
        lines.append(f"next: {outcome.next_command}")
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def _show(found: Sequence[Diagnostic], start: Path, shown: Shown) -> None:
    """Show diagnostics in the chosen format."""
    from scaffold.cli.render import Sources, colored, render_all

    stream = sys.stdout if shown.checks else sys.stderr
    text = render_all(found, Sources(start).line, format=shown.format, color=colored(stream))
    stream.write(text)
    if shown.format == "full":
        if shown.checks:
            sys.stderr.write(_counted(found))
        sys.stderr.write(more(found))


def more(found: Sequence[Diagnostic]) -> str:
    """The command that explains what was found: as many of the codes as fit in a line; misuse explains itself."""
    codes = sorted({d.code for d in found if not d.code.startswith("SC9")})
    fitting = (WIDTH - len(EXPLAIN)) // len(" SC100")
    return f"{' '.join([EXPLAIN, *codes[:fitting]])}\n" if codes else ""


def _counted(found: Sequence[Diagnostic]) -> str:
    errors = sum(d.severity == "error" for d in found)
    said = [
        f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (len(found) - errors, "warning")) if n
    ]
    return f"Found {' and '.join(said)}.\n" if said else ""


def _data(outcome: Outcome) -> dict[str, object]:
    data = dict(outcome.data)
    if outcome.plan is not None:
        data["plan"] = outcome.plan.data()
    data["diagnostics"] = _described(outcome.diagnostics)
    if outcome.next_command:
        data["next"] = outcome.next_command
    return data


def _described(found: Sequence[Diagnostic]) -> list[dict[str, object]]:
    from scaffold.cli.render import described

    return [described(diagnostic) for diagnostic in found]


def _print_json(data: dict[str, object]) -> None:
    import json

    sys.stdout.write(json.dumps({"schema": SCHEMA, **data}, indent=2, ensure_ascii=False) + "\n")
