"""The command line: parse flags, call a workflow, render what it says, choose the exit code."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; `arguments` are those of the process unless given. Returns the exit code, never
    raises.
    """
    from scaffold.cli.app import run

    return run(arguments)
