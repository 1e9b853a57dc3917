"""The command line: parse flags, call a workflow, render what it says, choose the exit code."""

from __future__ import annotations

import gc
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; `arguments` are those of the process unless given. Returns the exit code, never
    raises.
    """
    from scaffold.cli.app import run

    gc.set_threshold(200_000, 50, 100)  # a command is short and its values are trees: rarely is there a cycle to find
    return run(arguments)
