"""Whatever command comes after one that died says what became of that one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scaffold.project.files import File
from scaffold.project.journal import stage
from scaffold.project.lock import Lock, write_lock
from scaffold.project.plan import make_plan
from scaffold.workflows.check import check
from scaffold.workflows.export import export_openapi
from scaffold.workflows.gateway import export_nginx
from scaffold.workflows.generate import generate
from scaffold.workflows.guide import guide
from scaffold.workflows.outcome import Outcome
from scaffold.workflows.release import release
from scaffold.workflows.show import show
from scaffold.workflows.status import status

TODAY = date(2026, 3, 1)
COMMANDS: dict[str, Callable[[Path], Outcome]] = {
    "check": lambda root: check(root, today=TODAY),
    "export": lambda root: export_openapi(root, "v1", yaml=False),
    "gateway": lambda root: export_nginx(
        root, upstreams=(), listen="8080", docs_base=None, problem_base=None, environment={}
    ),
    "generate": lambda root: generate(root, draft=False, write=False),
    "guide": lambda root: guide(root, "v1", "v2"),
    "release": lambda root: release(root, "v2", date=None, today=TODAY, dry_run=True),
    "show": lambda root: show(root, "v1"),
    "status": lambda root: status(root, today=TODAY),
}


@pytest.fixture
def interrupted(tmp_path: Path) -> Path:
    """A project in which `scaffold generate` died before it switched its first file."""
    versions = "versions:\n  - {id: v1, released: 2025-01-01}\n  - id: v2\n"
    (tmp_path / "api.yaml").write_text(f"api: {{name: shop}}\n{versions}", "utf-8")
    (tmp_path / "scaffold.lock").write_text(write_lock(Lock("shop")), "utf-8")
    plan = make_plan(tmp_path, [File("openapi/v1.json", "{}\n")], Lock("shop"), Lock("shop"))
    stage(tmp_path, "scaffold generate", plan.changes, False, lambda step: None)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_command_says_what_became_of_one_that_was_interrupted(
    command: Callable[[Path], Outcome], interrupted: Path
) -> None:
    (told,) = [d for d in command(interrupted).diagnostics if d.code == "SC516"]
    assert told.message == "`scaffold generate` was interrupted earlier, and was finished now"
