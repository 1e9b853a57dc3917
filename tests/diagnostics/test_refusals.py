"""Codes that no snippet leads to and no other test looks at: each by the call that says it, in a small project."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scaffold.diagnostics import Diagnostic, ScaffoldError
from scaffold.openapi.reading import parse, read
from scaffold.project.journal import load as load_journal
from scaffold.project.lock import Lock, Released, write_lock
from scaffold.spec import load
from scaffold.workflows.check import check
from scaffold.workflows.import_openapi import import_openapi
from scaffold.workflows.import_report import findings
from scaffold.workflows.importing import Step
from scaffold.workflows.published import Source
from scaffold.workflows.release import release

TODAY = date(2026, 3, 1)
OPEN, DRAFTED = "  - id: v1\n", "  - {id: v1, released: 2025-01-01}\nnext:\n  - add GET /ping\n"


def project(root: Path, versions: str, lock: Lock | None = None) -> Path:
    """A project with nothing but a spec and a lock."""
    (root / "api.yaml").write_text(f"api: {{name: shop}}\nversions:\n{versions}", "utf-8")
    (root / "pyproject.toml").write_text('[tool.scaffold]\npackage = "shop"\n', "utf-8")
    if lock is not None:
        (root / "scaffold.lock").write_text(write_lock(lock), "utf-8")
    return root


def refused(work: Callable[[], object]) -> Diagnostic:
    with pytest.raises(ScaffoldError) as caught:
        work()
    return caught.value.diagnostics[0]


def test_a_text_that_is_too_large_is_not_read() -> None:
    assert refused(lambda: load("#" * 20_000_001)).code == "SC107"


def test_a_released_version_that_is_gone_is_told(tmp_path: Path) -> None:
    start = project(tmp_path, OPEN, Lock("shop", {"v1": Released(f"sha256:{'0' * 64}")}))
    assert refused(lambda: release(start, "v1", date=None, today=TODAY, dry_run=True)).code == "SC431"


def test_nothing_is_released_in_the_past(tmp_path: Path) -> None:
    start = project(tmp_path, OPEN, Lock("shop"))
    told = refused(lambda: release(start, "v1", date=date(2026, 2, 1), today=TODAY, dry_run=True))
    assert (told.code, told.message) == ("SC439", "2026-02-01 is in the past")


@pytest.mark.parametrize(("versions", "said"), [(OPEN, "v1 is not released yet"), (DRAFTED, "the draft is not empty")])
def test_a_document_becomes_a_version_after_all_that_is_open(tmp_path: Path, versions: str, said: str) -> None:
    start = project(tmp_path, versions, Lock("shop"))
    told = refused(
        lambda: import_openapi(
            start, ["v2.json"], project=True, output=None, guess=True, released=TODAY, dry_run=True, ask=None
        )
    )
    assert (told.code, told.message) == ("SC454", said)


def test_what_a_spec_cannot_say_of_a_document_is_told() -> None:
    document = parse("openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n", "v1.yaml")
    published = read(document, version="v1", file="v1.yaml")
    (told,) = findings([Step(Source("v1.yaml", "v1", document), published, remaining=("a place",))], {})
    assert (told.code, told.notes) == ("SC455", ("a place",))
    assert told.message == "v1 differs from v1.yaml in 1 place"


def test_a_journal_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.json").write_text("{", "utf-8")
    assert refused(lambda: load_journal(tmp_path)).code == "SC515"


def test_a_project_without_its_lock_is_told(tmp_path: Path) -> None:
    found = check(project(tmp_path, OPEN), today=TODAY).diagnostics
    assert "SC542" in {d.code for d in found}
