"""`--usage`: who still calls, in `status` and `check`, by a report of the program or by asking it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from scaffold.diagnostics import ScaffoldError, Severity
from scaffold.workflows.check import check
from scaffold.workflows.status import status
from scaffold.workflows.usage_reports import parse_usage

from ..projects import scaffold

SUNSET = date(2027, 7, 15)  # of v1 of the shop


def report(until: date, *clients: str, version: str = "v1", **more: Any) -> dict[str, Any]:
    called = {"version": version, "operation": "list_users", "requests": 3, "last_seen": f"{until}T10:00:00+00:00"}
    return {
        "schema": 1,
        "from": (until - timedelta(days=29)).isoformat(),
        "to": until.isoformat(),
        "versions": [{"version": "v1", "stage": "deprecated", "sunset": SUNSET.isoformat()}],
        "clients": [{"client": name, "name": None, "calls": [called]} for name in clients],
        **more,
    }


def given(project: Path, found: dict[str, Any]) -> str:
    (project / "report.json").write_text(json.dumps(found))
    return "report.json"


@pytest.mark.parametrize(
    ("left", "warned"), [(61, False), (60, True), (31, True), (30, True), (7, True), (1, True), (0, False)]
)
def test_a_version_that_ends_soon_and_is_called_is_a_warning(shop, left, warned):
    today = SUNSET - timedelta(days=left)
    found = check(shop, today=today, usage=given(shop, report(today, "acme", "beta"))).diagnostics
    assert [d.code for d in found] == (["SC572"] if warned else [])
    if warned:
        days = "tomorrow" if left == 1 else f"in {left} days"
        assert found[0].message == f"v1 ends on 2027-07-15, {days}, and 2 clients still call it"
        assert found[0].notes[0] == f"acme: 3 times, last on {today} (list_users)"
        assert found[0].severity is Severity.WARNING
        assert found[0].span is not None


def test_without_callers_nothing_is_found(shop):
    today = SUNSET - timedelta(days=5)
    assert check(shop, today=today, usage=given(shop, report(today))).diagnostics == ()
    other = given(shop, report(today, "acme", version="v2"))
    assert check(shop, today=today, usage=other).diagnostics == ()


def test_a_sunset_that_the_program_postponed_is_the_one_that_counts(shop):
    today = SUNSET - timedelta(days=5)
    later = [{"version": "v1", "stage": "deprecated", "sunset": "2028-01-01"}]
    found = check(shop, today=today, usage=given(shop, report(today, "acme", versions=later)))
    assert found.diagnostics == ()


def test_an_old_report_is_a_warning(shop):
    today = SUNSET - timedelta(days=20)
    old = given(shop, report(today - timedelta(days=8), "acme"))
    assert [d.code for d in check(shop, today=today, usage=old).diagnostics] == ["SC573", "SC572"]


def test_many_callers_are_named_in_part(shop):
    today = SUNSET - timedelta(days=5)
    (found,) = check(shop, today=today, usage=given(shop, report(today, *(f"c{n}" for n in range(9))))).diagnostics
    assert len(found.notes) == 6
    assert found.notes[-1] == "and 4 more"


def test_status_says_who_calls_within_80_columns(shop):
    today = date(2026, 8, 1)
    found = report(today, "acme", "a-client-with-a-name-that-is-much-longer-than-it-should-be")
    found["clients"].append(
        {"client": None, "name": None, "calls": [{**found["clients"][0]["calls"][0], "version": "unknown"}]}
    )
    outcome = status(shop, today=today, usage=given(shop, found))
    assert outcome.output is not None
    lines = outcome.output.splitlines()
    assert max(map(len, lines)) <= 80
    rows = {
        line.split()[0]: line.split()[1:4]
        for line in lines[lines.index("Calls from 2026-07-03 to 2026-08-01") + 2 :][:3]
    }
    assert rows == {"v1": ["6", "2", "2026-08-01"], "v2": ["0", "0", "-"], "unknown": ["3", "1", "2026-08-01"]}
    data: Any = outcome.data["usage"]
    assert [c["client"] for c in data["callers"]["unknown"]] == ["nobody who says its name"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"schema": 2}', '{"schema": 1}', '{"schema": 1, "clients": [1], "versions": []}', "[" * 100_000],
)
def test_what_is_no_report_is_said_to_be_none(text):
    with pytest.raises(ScaffoldError, match="SC570"):
        parse_usage(text, "report.json")


def test_the_program_is_asked_and_standard_input_is_read(shop):
    asked = scaffold("status", "--usage", "run", cwd=shop)
    assert asked.returncode == 2
    assert "SC571" in asked.stderr
    assert "is it migrated?" in " ".join(asked.stderr.split())
    missing = scaffold("check", "--usage", "nowhere.json", cwd=shop)
    assert missing.returncode == 2
    assert "SC570" in missing.stdout + missing.stderr
