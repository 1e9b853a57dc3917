"""The other commands, from a project's first day on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.workflows.bump import bump_version
from scaffold.workflows.check import check
from scaffold.workflows.generate import generate
from scaffold.workflows.guide import guide
from scaffold.workflows.new import new_project
from scaffold.workflows.outcome import Findings
from scaffold.workflows.release import release
from scaffold.workflows.show import show
from scaffold.workflows.status import status

from ..projects import scaffold, tree

TODAY = date(2026, 11, 21)


def codes(outcome: object) -> list[str]:
    return [d.code for d in outcome.diagnostics]  # type: ignore[attr-defined]  # an Outcome


def test_generating_twice_writes_nothing(shop: Path) -> None:
    before = tree(shop)
    outcome = generate(shop, draft=False, write=True)
    assert outcome.plan is not None
    assert not outcome.plan.changes
    assert tree(shop) == before


def test_a_new_project_is_clean(shop: Path, starter: Path) -> None:
    assert codes(check(shop, today=TODAY)) == []
    assert codes(check(starter, today=TODAY)) == []


def test_new_starts_with_v1_unreleased_and_release_freezes_it(starter: Path) -> None:
    assert not list((starter / "migrations/versions").glob("*.py"))
    outcome = release(starter, "v1", date=None, today=TODAY, dry_run=False)
    assert outcome.summary[0] == "v1 is released on 2026-11-21: its contract is frozen."
    assert "released: 2026-11-21" in (starter / "api.yaml").read_text()
    assert len(list((starter / "migrations/versions").glob("*.py"))) == 1
    assert codes(check(starter, today=TODAY)) == []
    with pytest.raises(ScaffoldError, match="SC438"):
        release(starter, "v1", date=None, today=TODAY, dry_run=False)


def test_a_preview_that_is_released_is_stable(shop: Path) -> None:
    bump_version(
        shop, changes=("rename Product.title to name",), stage="beta", released=None, today=TODAY,
        even_if_safe=False, dry_run=False,
    )  # fmt: skip
    spec = shop / "api.yaml"
    assert "promise: beta\n" in spec.read_text()
    spec.write_text(spec.read_text().replace("promise: beta\n", "promise: beta\n    clients: [acme]\n"))
    outcome = release(shop, "v3", date=None, today=TODAY, dry_run=False)
    assert not any(word in spec.read_text() for word in ("promise:", "clients:"))
    assert "v2 is deprecated on 2026-11-21 and retires on 2027-07-15." in outcome.summary
    assert codes(check(shop, today=TODAY)) == []


def test_an_unreleased_version_is_edited_not_bumped(starter: Path) -> None:
    with pytest.raises(ScaffoldError, match="SC445"):
        bump_version(
            starter, changes=("add Nothing.here? str",), stage="stable", released=None, today=TODAY,
            even_if_safe=False, dry_run=False,
        )  # fmt: skip


def test_a_released_contract_that_was_edited_is_found_and_not_generated(shop: Path) -> None:
    spec = shop / "api.yaml"
    spec.write_text(spec.read_text().replace("max_length: 200, example: Ada", "max_length: 150, example: Ada"))
    assert "SC432" in codes(check(shop, today=TODAY))
    before = tree(shop)
    with pytest.raises(ScaffoldError, match="SC432"):
        generate(shop, draft=False, write=True)
    assert tree(shop) == before


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("locate: [path]", "locate: [header]", ["SC584"]),
        ("base_path: /api", "base_path: /shop", ["SC584"]),
        ("locate: [path]", "locate: [header, path]", ["SC585"]),
        ("locate: [path]", "locate: [path, header]", []),
    ],
)
def test_clients_of_what_was_released_reach_it_as_they_did(shop: Path, old: str, new: str, found: list[str]) -> None:
    spec = shop / "api.yaml"
    spec.write_text(spec.read_text().replace(old, new))
    told = [d for d in check(shop, today=TODAY).diagnostics if d.code in ("SC584", "SC585")]
    assert [d.code for d in told] == found
    assert all(d.span is not None and d.span.line in (6, 10) for d in told)
    if found == ["SC584"]:
        with pytest.raises(ScaffoldError, match="SC584"):
            generate(shop, draft=False, write=True)
    else:
        generate(shop, draft=False, write=True)
        assert codes(check(shop, today=TODAY)) == []


def test_nobody_relies_yet_on_where_an_unreleased_version_is(starter: Path) -> None:
    spec = starter / "api.yaml"
    assert "[addressing]" not in (starter / "scaffold.lock").read_text()
    spec.write_text(spec.read_text().replace("locate: [path]", "locate: [header]"))
    generate(starter, draft=False, write=True)
    assert codes(check(starter, today=TODAY)) == []


def test_dates_and_descriptions_of_a_released_version_may_change(shop: Path) -> None:
    spec = shop / "api.yaml"
    text = spec.read_text().replace("sunset: 2027-07-15", "sunset: 2027-12-31")
    spec.write_text(text.replace("example: Garden chair", "example: Oak table"))
    generate(shop, draft=False, write=True)
    assert codes(check(shop, today=TODAY)) == []


def test_an_edited_generated_file_is_refused_and_nothing_of_it_is_lost(shop: Path) -> None:
    edited = shop / "src/shop/generated/records.py"
    edited.write_text(edited.read_text() + "\n# mine\n")
    before = tree(shop)
    with pytest.raises(Findings, match="SC510"):
        generate(shop, draft=False, write=True)
    assert tree(shop) == before
    assert "SC510" in codes(check(shop, today=TODAY))


def test_a_missing_and_a_strange_file_are_found(shop: Path) -> None:
    (shop / "openapi/v1.json").unlink()
    (shop / "src/shop/generated/mine.py").write_text("x = 1\n")
    assert codes(check(shop, today=TODAY)) == ["SC540", "SC541"]
    for name in ("records", "edge", "rows", "store", "links", "media", "wire", "usage", "limits"):
        (shop / f"src/shop/generated/{name}.py").unlink()
    stale, _ = check(shop, today=TODAY).diagnostics
    assert stale.message == "10 generated files are not what the spec describes"
    assert stale.notes[0] == "`openapi/v1.json` is missing"
    assert stale.notes[-1] == "and 2 more: `scaffold generate --dry-run` has them all"


def test_your_files_are_made_once_and_never_touched(shop: Path) -> None:
    mine = shop / "src/shop/handlers/users.py"
    mine.write_text("# mine\n")
    (shop / "src/shop/handlers/products.py").unlink()
    generate(shop, draft=False, write=True)
    assert mine.read_text() == "# mine\n"
    assert (shop / "src/shop/handlers/products.py").exists()


def test_the_draft_is_served_as_next_and_must_not_be_deployed(shop: Path) -> None:
    spec = shop / "api.yaml"
    spec.write_text(spec.read_text().replace("next: []", "next:\n  - rename Product.title to name\n#"))
    generate(shop, draft=False, write=True)
    assert not (shop / "openapi/next.json").exists()
    generate(shop, draft=True, write=True)
    assert (shop / "openapi/next.json").exists()
    assert "SC435" in codes(check(shop, today=TODAY))
    generate(shop, draft=False, write=True)
    assert codes(check(shop, today=TODAY)) == []


def test_a_draft_without_a_policy_does_not_stop_a_fix_from_being_deployed(shop: Path) -> None:
    spec = shop / "api.yaml"
    spec.write_text(spec.read_text().replace("next: []", "next:\n  - remove Product.title\n#"))
    assert codes(generate(shop, draft=False, write=True)) == ["SC320"]
    with pytest.raises(ScaffoldError, match="SC320"):
        generate(shop, draft=True, write=True)


def test_status_show_and_guide_say_where_things_stand(shop: Path) -> None:
    said = status(shop, today=TODAY)
    assert said.output is not None
    assert "v1       deprecated  2025-01-15  2026-07-15  2027-07-15  1.1" in said.output
    assert status(shop, today=date(2027, 7, 15)).data["versions"][0]["stage"] == "retired"  # type: ignore[index]  # data is JSON
    shown = show(shop, "v1").output
    assert shown is not None
    assert "street?: str" in shown
    assert "created_at" not in shown
    assert guide(shop, "v1", "v2").output == (shop / "docs/migration/v1-to-v2.md").read_text()
    with pytest.raises(ScaffoldError, match="SC433"):
        show(shop, "v9")


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/notes.txt").write_text("mine")
    with pytest.raises(ScaffoldError, match="SC517"):
        new_project("shop", directory=tmp_path / "shop", spec=None, answers={}, defaults=True, dry_run=False)
    assert [p.name for p in (tmp_path / "shop").iterdir()] == ["notes.txt"]


BAD = """\
api: {name: x}
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      naem: {type: strr, max_lenght: 3}
    operations: [list, gett]
versions:
  - id: v1
    released: 2025-02-30
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BAD, ["SC212", "SC203", "SC202", "SC202"]),
        ("a: &a [x]\nb: *a\n", ["SC104", "SC104"]),
        ("", ["SC101"]),
        ("\0", ["SC10"]),
        ("api: [", ["SC10"]),
    ],
)
def test_bad_input_is_told_at_its_place_all_at_once_and_nothing_is_written(
    tmp_path: Path, text: str, found: list[str]
) -> None:
    (tmp_path / "bad.yaml").write_text(text)
    done = scaffold("new", "x", "--spec", "bad.yaml", "--defaults", cwd=tmp_path)
    assert done.returncode == 2
    told = [line for line in done.stderr.splitlines() if line.startswith("error[")]
    assert [line[6 : 6 + len(code)] for line, code in zip(told, found, strict=True)] == found
    assert "bad.yaml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert max(map(len, done.stderr.splitlines())) <= 80
    assert [p.name for p in tmp_path.iterdir()] == ["bad.yaml"]


def test_status_says_when_a_version_is_switched_off_and_whom_a_beta_is_for(shop: Path) -> None:
    spec = shop / "api.yaml"
    brownout = '\n      - {from: 2027-06-01, until: "2027-06-01T12:00:00Z", status: 503}'
    text = spec.read_text().replace("until: 2027-06-16}", f"until: 2027-06-16}}{brownout}")
    spec.write_text(text.replace("next: []", "  - {id: v3, promise: beta, clients: [acme], changes: []}\nnext: []"))
    said = status(shop, today=TODAY)
    assert said.output is not None
    assert "v1 is switched off from 2027-06-01 to 2027-06-01T12:00:00Z, with 503" in said.output.splitlines()
    assert "v3 is a beta for acme" in said.output.splitlines()
    first, *_, last = said.data["versions"]  # type: ignore[misc]  # a list
    assert first["brownouts"] == [
        {"from": "2027-06-01", "until": "2027-06-01T12:00:00Z", "status": 503},
        {"from": "2027-06-15", "until": "2027-06-16", "status": 410},
    ]
    assert last["clients"] == ["acme"]
