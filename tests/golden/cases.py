"""The golden cases: a folder each, with a spec, and in `expected/` the generated files that tell most of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scaffold.contract.history import Applied
from scaffold.generate.contraction import contraction
from scaffold.generate.migration_script import Migration
from scaffold.generate.migrations import migration
from scaffold.project.ruff import format_files
from scaffold.spec import Loaded, load
from scaffold.workflows.migrations import tables_of

from ..storage.packages import dropped_to, until

HERE = Path(__file__).parent
CASES = tuple(sorted(path.parent.name for path in HERE.glob("*/api.yaml")))

SOME = {"years": "v20"}
"""Of cases with very many versions those of their own tests that are run, as `pytest -k` says it."""


def spec(case: str) -> Path:
    """The spec of a case."""
    return HERE / case / "api.yaml"


def written(case: str) -> Iterator[tuple[Path, str]]:
    """The Python of a case that people write, by its place in the project."""
    for path in sorted(HERE.joinpath(case, "src").rglob("*.py")):
        yield path.relative_to(HERE / case), path.read_text("utf-8")


@cache
def loaded(case: str) -> Loaded:
    """The spec of a case with its history."""
    return load(spec(case).read_text("utf-8"))


def changes(case: str) -> tuple[Applied, ...]:
    """Every change that the history of a case declares."""
    return loaded(case).history.declared


def expected(case: str) -> dict[str, Path]:
    """The files that are expected of a case, by their names there."""
    place = HERE / case / "expected"
    return {p.relative_to(place).as_posix(): p for p in sorted(place.rglob("*")) if p.is_file()}


def telling(case: str, project: Path) -> dict[str, str]:
    """What tells what the changes of a case do: converters, guides, and the migration of each cut."""
    types = next(project.glob("src/*/generated/types"))
    first = loaded(case).history.versions[0].id
    found = {f"oldest/{p.name}": text for p in types.glob("*.py") if (text := oldest(p, first))}
    found |= {f"types/{p.name}": p.read_text("utf-8") for p in sorted(types.glob("*.py")) if p.name != "__init__.py"}
    found |= {f"guide/{p.name}": p.read_text("utf-8") for p in sorted(project.glob("docs/migration/*.md"))}
    return found | dict(_migrations(case))


def oldest(path: Path, version: str) -> str:
    """The functions of a module that are of one version alone."""
    text = path.read_text("utf-8")
    found = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name.endswith(f"_{version}")]
    return "".join(f"\n\n{ast.get_source_segment(text, node)}\n" for node in found).lstrip()


def migrations(case: str) -> Iterator[Migration]:
    """The migration of each cut of a case, one after the other, the first one too; then of each version dropped."""
    history, package = loaded(case).history, f"{case}_api"
    before, down = None, None
    for version in history.versions:
        after = tables_of(until(history, version.id))
        made = migration(before, after, package=package, down_revision=down)
        if made is not None:
            yield made
            down = made.revision
        before = after
    for version in history.dropped:
        assert before is not None
        after = tables_of(dropped_to(history, version.id))
        for script in contraction(before, after, version=version.id, package=package, down_revision=down).scripts:
            yield script
            down = script.revision
        before = after


def _migrations(case: str) -> Iterator[tuple[str, str]]:
    """What is told of the migrations after that of the first version: all but their digests."""
    package, first = f"{case}_api", loaded(case).history.versions[0].id
    for made in migrations(case):
        name = made.filename.partition("_")[2]
        if name != f"{first}.py":
            text = format_files({"m.py": made.text}, packages=[package])["m.py"]
            text = text.replace(f'"{made.down_revision}"', "None").replace(made.revision, "a digest of what it does")
            yield f"migrations/{name}", text
