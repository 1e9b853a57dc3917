"""Every golden case: its project passes its own tests, is clean, and is made of the files that are expected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scaffold.diagnostics import Severity
from scaffold.project.layout import MIGRATIONS, Project
from scaffold.workflows.check import check
from scaffold.workflows.migration_drift import drift

from ..projects import NIGHTLY, run
from .cases import CASES, HERE, SOME, expected, loaded, migrations, telling

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("case", CASES if NIGHTLY else CASES[::6])
def test_its_own_tests_pass(golden: Callable[[str], Path], case: str) -> None:
    some = ("-k", SOME[case]) if case in SOME else ()
    done = run(golden(case), "pytest", "-q", "-p", "no:cacheprovider", *some)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("case", CASES if NIGHTLY else CASES[1::3])
def test_it_is_clean(golden: Callable[[str], Path], case: str) -> None:
    for command in (("ruff", "check", "."), ("ruff", "format", "--check", ".")):
        done = run(golden(case), *command)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("case", CASES if NIGHTLY else CASES[::8])
def test_its_types_hold(golden: Callable[[str], Path], case: str) -> None:
    done = run(golden(case), "mypy")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("case", CASES)
def test_its_files_are_as_expected(golden: Callable[[str], Path], update_golden: bool, case: str) -> None:
    made, found = telling(case, golden(case)), expected(case)
    if update_golden:
        for name in found or made:
            place = HERE / case / "expected" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(made[name], "utf-8")
        found = expected(case)
    assert found, "`make golden` writes all that may be expected; keep the few that tell most"
    for name, place in found.items():
        assert made.get(name) == place.read_text("utf-8"), f"{name}: look at what `make golden` changes"


@pytest.mark.parametrize("case", CASES if NIGHTLY else CASES[::3])
def test_check_finds_nothing(golden: Callable[[str], Path], case: str) -> None:
    found = check(golden(case), today=date(2026, 8, 1)).diagnostics
    assert [str(d) for d in found if d.severity is Severity.ERROR] == []


@pytest.mark.parametrize("case", CASES)
def test_the_migrations_of_its_cuts_make_what_its_program_keeps(tmp_path: Path, case: str) -> None:
    project = Project(tmp_path, f"{case}_api")
    (tmp_path / MIGRATIONS).mkdir(parents=True)
    for made in migrations(case):
        (tmp_path / MIGRATIONS / made.filename).write_text(made.text, "utf-8")
    assert [d.message for d in drift(loaded(case).history, project)] == []
