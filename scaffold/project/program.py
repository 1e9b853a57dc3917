"""The program of a project, asked who calls it: `python -m <package> usage --json`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scaffold.diagnostics import Diagnostic, ScaffoldError
from scaffold.project.layout import Project

SECONDS = 60


def ask_usage(project: Project) -> str:
    """What the program says, with the settings of this environment.

    Raises:
        ScaffoldError: SC571 when it does not say it.
    """
    command = [_python(project.root), "-m", project.package, "usage", "--json"]
    path = os.pathsep.join(filter(None, [str(project.root / "src"), os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(
            command,
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScaffoldError(_silent(command, str(error))) from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise ScaffoldError(_silent(command, said[-1] if said else f"exit code {done.returncode}"))
    return done.stdout


def _python(root: Path) -> str:
    """The Python that has what the program needs: that of the project, else of the environment that is active."""
    own = root / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    return str(own) if own.is_file() else shutil.which("python") or sys.executable


def _silent(command: list[str], why: str) -> Diagnostic:
    return Diagnostic(
        "SC571",
        f"the program does not say who calls it: {why}",
        help="ask it where it runs, and give what it says: "
        f"`python -m {command[2]} usage --json > report.json`, then `--usage report.json`",
    )
