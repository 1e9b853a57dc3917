"""`scaffold drop-version`: who may be dropped, what it writes, and how it is taken back."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scaffold.diagnostics import ScaffoldError, Severity
from scaffold.workflows.bump import bump_version
from scaffold.workflows.bump import undo as undo_bump
from scaffold.workflows.check import check
from scaffold.workflows.diff import diff
from scaffold.workflows.drop import drop_version, undo
from scaffold.workflows.export import export_openapi
from scaffold.workflows.guide import guide
from scaffold.workflows.outcome import Findings, Outcome
from scaffold.workflows.show import show
from scaffold.workflows.status import status

from ..projects import make, once, scaffold, tree

TODAY = date(2026, 2, 1)
SPEC = """\
api: {name: mill}

resources:
  Sack:
    path: /sacks
    fields:
      id: {type: int, key: true}
      name: {type: str, example: Rye}
      fax?: {type: str, example: "+44"}
  Note:
    path: /notes
    fields:
      id: {type: int, key: true}
      text: str

versions:
  - id: v1  # the first
    released: 2025-01-01
    deprecated: 2025-06-01
    sunset: 2026-01-01
  - id: v2
    released: 2025-06-01
    deprecated: 2025-09-01
    sunset: 2027-01-01
    changes:
      - remove: Sack.fax
      - remove: Note
  - id: v3
    released: 2025-09-01
    changes:
      - rename: Sack.name
        to: title

next: []
"""


@pytest.fixture
def mill(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A fresh copy of a project with three versions, the first of which is retired."""
    made = once(tmp_path_factory, "mill", lambda folder: make(folder, "mill", SPEC))
    return Path(shutil.copytree(made, tmp_path / "mill"))


def report(*callers: tuple[str, date], until: date = TODAY, sunset: str = "2026-01-01", days: int = 30) -> str:
    """A report of usage in which some clients called v1, each last on a day."""
    return json.dumps(
        {
            "schema": 1,
            "from": (until - timedelta(days=days - 1)).isoformat(),
            "to": until.isoformat(),
            "versions": [{"version": "v1", "stage": "retired", "sunset": sunset}],
            "clients": [
                {"client": name, "name": None, "calls": [
                    {"version": "v1", "operation": "", "requests": 3, "last_seen": f"{last}T10:00:00+00:00"}
                ]}
                for name, last in callers
            ],
        }
    )  # fmt: skip


def drop(project: Path, version: str = "v1", said: str | None = "", **more: Any) -> Outcome:
    if said is not None:
        (project / "report.json").write_text(said or report())
    stated: dict[str, Any] = {"within": 30, "force": False, "today": TODAY, "dry_run": False, **more}
    return drop_version(project, version, usage=None if said is None else "report.json", **stated)


def refused(project: Path, *arguments: Any, **more: Any) -> list[str]:
    before = tree(project, [".scaffold", "report.json"])
    with pytest.raises(Findings) as caught:
        drop(project, *arguments, **more)
    assert tree(project, [".scaffold", "report.json"]) == before
    assert all(d.help for d in caught.value.diagnostics)
    assert all(d.span is not None for d in caught.value.diagnostics)
    return [d.code for d in caught.value.diagnostics]


def test_a_retired_version_that_nobody_calls_is_dropped(mill: Path) -> None:
    before = tree(mill)
    outcome = drop(mill)
    after = tree(mill)
    assert "    sunset: 2026-01-01\n    dropped: 2026-02-01\n" in (mill / "api.yaml").read_text()
    assert "- id: v1  # the first\n" in (mill / "api.yaml").read_text()
    assert "openapi/v1.json" not in after
    assert not [p for p in after if "/generated/v1/" in p or "clients/v1" in p]
    for path in ("openapi/v2.json", "openapi/v3.json", "docs/migration/v1-to-v2.md", "docs/migration/v2-to-v3.md"):
        assert after[path] == before[path]
    (script,) = [p for p in after if p.startswith("migrations/versions/") and p not in before]
    assert script.endswith("_drop_v1.py")
    assert outcome.data["migrations"] == [script]
    assert outcome.data["holds"] == ["sacks.name NOT NULL"]
    assert "  sacks.name NOT NULL" in outcome.summary
    assert outcome.data["callers"] == []
    assert (outcome.next_command or "").startswith("deploy the new program, and once the old one runs nowhere any more")
    old, new = before["scaffold.lock"].decode(), after["scaffold.lock"].decode()
    digests = [line for line in old.splitlines() if line.startswith("digest = ")]
    assert digests == [line for line in new.splitlines() if line.startswith("digest = ")]
    assert 'dropped = "2026-02-01"' in new


def test_the_patch_takes_out_what_is_not_asked_for(mill: Path) -> None:
    outcome = drop(mill)
    assert [d.code for d in outcome.diagnostics] == ["SC598"]
    errors = [d.code for d in check(mill, today=TODAY).diagnostics if d.severity is Severity.ERROR]
    assert errors == ["SC598"]
    place = mill / "drop.patch"
    place.write_text(outcome.output or "")
    subprocess.run(["git", "apply", "drop.patch"], cwd=mill, check=True, capture_output=True)
    place.unlink()
    assert "notes" not in (mill / "src/mill/main.py").read_text()
    assert not (mill / "src/mill/handlers/notes.py").exists()
    assert check(mill, today=TODAY).diagnostics == ()


FLAGGED = """
types:
  Job: {fields: {id: int}}
  Sum: {fields: {total: int}}

operations:
  POST /sums: {id: total, body: Sum, responses: {200: Sum}}

versions:"""


def test_what_a_handler_is_not_passed_any_more_is_told(tmp_path: Path) -> None:
    change = "      - {change: POST /sums 200, to: Job, status: 202, flag: queued}\n"
    text = SPEC.replace("\nversions:", FLAGGED, 1).replace("      - remove: Note\n", change)
    project = make(tmp_path, "mill", text)
    (place,) = [p for p in (project / "src/mill/handlers").glob("*.py") if "def total" in p.read_text()]
    assert "queued: bool" in place.read_text()
    told = "`Operations.total` takes `queued`, which no version passes any more"
    assert [(d.code, d.message) for d in drop(project).diagnostics] == [("SC598", told)]
    assert [d.message for d in check(project, today=TODAY).diagnostics] == [told]
    place.write_text(place.read_text().replace("queued: bool, ", "").replace(", queued: bool", ""))
    assert check(project, today=TODAY).diagnostics == ()


def test_the_other_commands_know_it_still(mill: Path) -> None:
    drop(mill)
    said = status(mill, today=TODAY)
    assert [v["stage"] for v in said.data["versions"]] == ["dropped", "deprecated", "stable"]  # type: ignore[attr-defined]  # JSON
    assert "dropped on 2026-02-01" in (said.output or "")
    assert "fax?: str" in (show(mill, "v1").output or "")
    assert "fax" in (guide(mill, "v1", "v2").output or "")
    assert "fax" in (guide(mill, "v1", "v3").output or "")
    assert "fax" in (diff(mill, "v1", "v3", guess=True).output or "")
    assert '"fax"' in (export_openapi(mill, "v1", yaml=False).output or "")
    bump_version(
        mill, changes=("rename Sack.title to label",), stage="stable", released=None, today=TODAY,
        even_if_safe=False, dry_run=False,
    )  # fmt: skip
    assert (mill / "docs/migration/v3-to-v4.md").is_file()
    assert not (mill / "openapi/v1.json").exists()


def test_nothing_is_written_by_a_dry_run(mill: Path) -> None:
    before = tree(mill)
    outcome = drop(mill, said=None, force=True, dry_run=True)
    assert tree(mill) == before
    assert outcome.plan is not None
    assert outcome.plan.changes


@pytest.mark.parametrize(
    ("version", "said", "codes"),
    [
        ("v2", "", ["SC591", "SC595"]),
        ("v3", "", ["SC591", "SC592", "SC595"]),
        ("v1", None, ["SC597"]),
        ("v1", report(("acme", TODAY - timedelta(days=3))), ["SC596"]),
        ("v1", report(until=TODAY - timedelta(days=8)), ["SC597"]),
        ("v1", report(days=10), ["SC597"]),
        ("v1", report(sunset="2026-03-01"), ["SC595"]),
    ],
)
def test_what_stands_against_it_is_told(mill: Path, version: str, said: str | None, codes: list[str]) -> None:
    assert refused(mill, version, said) == codes


def test_who_answers_the_nameless_is_not_dropped(mill: Path) -> None:
    spec = mill / "api.yaml"
    spec.write_text(spec.read_text().replace("\nresources:", "\nversioning: {unspecified: v1}\n\nresources:", 1))
    assert refused(mill) == ["SC593"]


def test_force_overrides_callers_and_not_the_calendar(mill: Path) -> None:
    assert refused(mill, "v2", None, force=True) == ["SC591", "SC595"]
    callers = report(*((f"client{n}", TODAY - timedelta(days=n)) for n in range(7)))
    outcome = drop(mill, said=callers, force=True)
    told = outcome.diagnostics[0]
    assert (told.code, told.severity, len(told.notes)) == ("SC596", Severity.WARNING, 6)
    assert told.notes[0] == "client0: 3 times, last on 2026-02-01"
    assert len(outcome.data["callers"]) == 7  # type: ignore[arg-type]  # JSON


def test_only_calls_of_the_last_days_count(mill: Path) -> None:
    said = report(("acme", TODAY - timedelta(days=20)))
    assert refused(mill, said=said) == ["SC596"]
    assert drop(mill, said=said, within=20).data["callers"] == []


def test_what_was_dropped_does_not_come_back(mill: Path) -> None:
    drop(mill)
    with pytest.raises(ScaffoldError, match="SC594"):
        drop(mill)
    spec = mill / "api.yaml"
    spec.write_text(spec.read_text().replace("    dropped: 2026-02-01\n", ""))
    (found,) = [d for d in check(mill, today=TODAY).diagnostics if d.code == "SC594"]
    assert found.message == "v1 was dropped on 2026-02-01, and the spec has it as if it were served"
    assert found.span is not None
    with pytest.raises(ScaffoldError, match="SC594"):
        drop(mill)


def test_it_is_taken_back_whole(mill: Path) -> None:
    before = tree(mill)
    drop(mill)
    (mill / "report.json").unlink()
    with pytest.raises(ScaffoldError, match="SC599"):
        undo(mill, "v2", dry_run=False)
    with pytest.raises(ScaffoldError, match="SC599"):
        undo_bump(mill, today=date(2025, 9, 1), dry_run=False)
    undo(mill, "v1", dry_run=False)
    assert tree(mill) == before
    with pytest.raises(ScaffoldError, match="SC520"):
        undo(mill, "v1", dry_run=False)


def test_the_command_line(mill: Path) -> None:
    (mill / "report.json").write_text(report(until=datetime.now(UTC).date()))
    done = scaffold("drop-version", "v1", "--dry-run", "--json", "--usage", "report.json", cwd=mill)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["version"], said["schema"], [d["code"] for d in said["diagnostics"]]) == ("v1", 1, ["SC598"])
    done = scaffold("drop-version", "v2", "--dry-run", cwd=mill)
    assert done.returncode == 1
    assert "SC595" in done.stderr
    done = scaffold("drop-version", "v1", "--undo", "--force", cwd=mill)
    assert done.returncode == 2
    assert "`--undo` cannot go with `--force`" in done.stderr
