"""Prints the oldest releases that generated projects say they run on, as pip takes constraints."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
BOUND = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?>=([0-9.]+)")


def oldest() -> Iterator[str]:
    """`name==version` for each dependency of a generated project, and for what both it and the tool need."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    for dependency in (*project["optional-dependencies"]["project"], *project["dependencies"]):
        if found := BOUND.fullmatch(dependency):
            yield f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    print(*oldest(), sep="\n")
