"""Lay out generated Python: one isolated `ruff` call for imports, sorted and only those in use, one for the format.

The first sees to it, too, that every name is one that is known there.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ruff import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no types

from scaffold.diagnostics import Diagnostic, ScaffoldError
from scaffold.project.files import checked_path

LINE_LENGTH = 120
TARGET = "py311"


def format_files(
    files: Mapping[str, str],
    *,
    packages: Sequence[str] = (),
    line_length: int = LINE_LENGTH,
    target: str = TARGET,
) -> dict[str, str]:
    """The same files with every `.py` among them laid out by ruff; others come back as they are.

    `packages` are the project's own, whose imports stand last. Nothing outside `files` has a say: no
    configuration, no environment, no cache. Raises ScaffoldError SC518 when ruff cannot read a file, or finds a name
    that nothing defines.
    """
    python = sorted(path for path in files if path.endswith(".py"))
    if not python:
        return dict(files)
    with tempfile.TemporaryDirectory(prefix="scaffold-") as name:
        folder = Path(name)
        for path in python:
            place = folder / checked_path(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(files[path].encode())
        shared = _options(packages, line_length, target)
        _run(["check", "--select", "I,F401,F821", "--fix", "--quiet", *shared], folder)
        _run(["format", "--quiet", *shared], folder)
        return {p: (folder / p).read_bytes().decode() if p.endswith(".py") else files[p] for p in files}


def _options(packages: Sequence[str], line_length: int, target: str) -> list[str]:
    """Everything ruff must know, said on its command line."""
    inline = {
        "line-length": line_length,
        "exclude": [],  # ruff's own list would skip a package called `build` or `dist`
        "respect-gitignore": False,
        "lint.isort.known-first-party": sorted({package.partition(".")[0] for package in packages}),
    }
    said = [f"{key} = {json.dumps(value)}" for key, value in inline.items()]
    configs = [part for text in said for part in ("--config", text)]
    return ["--isolated", "--no-cache", "--target-version", target, *configs, "."]


def _run(arguments: Sequence[str], folder: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RUFF_")}
    done = subprocess.run(
        [find_ruff_bin(), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        told = (done.stdout + done.stderr).strip()
        raise ScaffoldError(
            Diagnostic(
                "SC518",
                "the generated code could not be laid out by ruff",
                help="this is a fault of the tool: please report it with the spec that led to it",
                notes=(told,) if told else (),
            )
        )
