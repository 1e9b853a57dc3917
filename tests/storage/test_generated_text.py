"""Generated storage and migrations read like written by hand: typed, and clean under the linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.generate.migrations import migration

from . import packages, parts, specs


@pytest.mark.slow
def test_storage_and_migrations_pass_mypy_strict_and_ruff(tmp_path: Path) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "__init__.py").touch()
    checked = []
    for text in (specs.EVERYTHING, specs.SHOP, parts.MOVES, parts.NESTED):
        before = None
        for program in packages.programs(text, tmp_path).values():
            if migration(before, program.tables, package="x", down_revision=None) is not None:
                (scripts / f"{program.name}.py").write_text(packages.script(before, program).text)
            before = program.tables
            newest = program
        checked.append(newest)
    names = [part for program in checked for part in ("-p", f"{program.name}.generated.storage")]
    passes("mypy", "--strict", *names, "-p", "scripts", folder=tmp_path)
    places = [f"{program.name}/generated/storage.py" for program in checked]
    select = ["--select", "E,F,W,UP,B,C4,SIM,PIE,RET"]
    passes(
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--line-length",
        "120",
        *select,
        *places,
        "scripts",
        folder=tmp_path,
    )


def passes(*command: str, folder: Path) -> None:
    told = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
