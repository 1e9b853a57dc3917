"""The program and its exit codes: 0 clean, 1 findings, 2 could not run, 130 interrupted; a traceback never."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from scaffold.cli import commands
from scaffold.cli.commands.flags import Settings

INTERRUPTED = 130

app = typer.Typer(
    name="scaffold",
    help="Evolve an HTTP API without breaking the people who call it.",
    epilog="Exit codes: 0 clean, 1 findings or drift, 2 could not run.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
commands.register(app)


@app.callback(invoke_without_command=True)
def scaffold(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Option("--project", "-C", metavar="DIR", help="Work as if started in this folder.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version of this program.")] = False,
) -> None:
    """Evolve an HTTP API without breaking the people who call it."""
    context.obj = Settings(project or Path())
    if version:
        from scaffold import __version__

        print(f"scaffold {__version__}")
    elif context.invoked_subcommand is None:
        print(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        done = app(given, prog_name="scaffold", standalone_mode=False)
        if done == INTERRUPTED:  # typer makes a code of Ctrl-C, and says nothing
            return _interrupted()
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except TyperException as error:
        return _misused(error.format_message(), given)
    except BrokenPipeError:  # the reader went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # the last resort: a fault of ours must not end in a traceback
        return _broken(error)
    return done if isinstance(done, int) else 0


def _interrupted() -> int:
    sys.stderr.write("\nInterrupted.\n")
    return INTERRUPTED


def _misused(message: str, given: Sequence[str]) -> int:
    from scaffold.cli.render import render_all
    from scaffold.diagnostics import Diagnostic

    named = [word for word in given if word in {command.name for command in app.registered_commands}]
    help_ = f"`{' '.join(['scaffold', *named[:1], '--help'])}` lists what there is"
    sys.stderr.write(render_all([Diagnostic("SC901", _sentence(message), help=help_)]))
    return 2


def _sentence(message: str) -> str:
    text = " ".join(message.split()).rstrip(".")
    return text[:1].lower() + text[1:]


def _broken(error: Exception) -> int:
    from scaffold.cli.render import render_all
    from scaffold.diagnostics import Diagnostic

    if os.environ.get("SCAFFOLD_DEBUG"):
        import traceback

        traceback.print_exception(error)
    told = Diagnostic(
        "SC999",
        f"a fault of the program: {type(error).__name__}: {error}",
        help="please report it, with what `SCAFFOLD_DEBUG=1` prints and the spec if you may share it",
    )
    sys.stderr.write(render_all([told]))
    return 2
