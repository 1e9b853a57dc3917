"""A plan says what would happen: nothing of the user's is lost, and a second run has nothing to do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.project.files import File, Owner
from scaffold.project.lock import Lock, Released
from scaffold.project.plan import Kind

from .trees import lock_of, make_tree, planned, tree, write

GENERATED = File("src/shop/generated/app.py", "x = 1\n")
MAIN = File("src/shop/main.py", "run()\n", Owner.USER_ONCE)


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    assert {a.path: a.kind for a in write(tmp_path, GENERATED, MAIN)} == {
        "src/shop/generated/app.py": Kind.CREATE,
        "src/shop/main.py": Kind.CREATE,
        "scaffold.lock": Kind.CREATE,
    }
    again = planned(tmp_path, GENERATED, MAIN)
    assert again.clean
    assert again.summary() == ("3 unchanged",)


def test_an_edited_generated_file_is_refused_with_a_diff_and_stays(tmp_path: Path) -> None:
    write(tmp_path, GENERATED)
    make_tree(tmp_path, {GENERATED.path: "x = 1\nmine = 2\n"})
    before = tree(tmp_path)
    plan = planned(tmp_path, File(GENERATED.path, "x = 3\n"))
    (problem,) = plan.problems()
    assert problem.code == "SC510"
    assert "+mine = 2\n" in problem.notes[0]
    assert "-x = 3\n" in problem.notes[0]
    with pytest.raises(ScaffoldError, match="SC510"):
        write(tmp_path, File(GENERATED.path, "x = 3\n"))
    assert tree(tmp_path) == before


def test_an_edited_file_that_nobody_wants_any_more_is_refused_too(tmp_path: Path) -> None:
    write(tmp_path, GENERATED)
    make_tree(tmp_path, {GENERATED.path: "mine\n"})
    assert [p.code for p in planned(tmp_path).problems()] == ["SC510"]


def test_an_edit_that_is_what_would_be_written_is_kept(tmp_path: Path) -> None:
    write(tmp_path, GENERATED)
    make_tree(tmp_path, {GENERATED.path: "x = 3\n"})
    plan = planned(tmp_path, File(GENERATED.path, "x = 3\n"))
    assert [a.path for a in plan.changes] == ["scaffold.lock"]


def test_a_file_the_lock_does_not_know_is_not_overwritten(tmp_path: Path) -> None:
    make_tree(tmp_path, {GENERATED.path: "mine\n"})
    assert [p.code for p in planned(tmp_path, GENERATED).problems()] == ["SC511"]


def test_a_stale_generated_file_goes_with_its_empty_folder(tmp_path: Path) -> None:
    write(tmp_path, GENERATED, File("src/shop/generated/v1/routes.py", "pass\n"))
    make_tree(tmp_path, {"src/shop/generated/v1/__pycache__/routes.cpython-311.pyc": ""})
    plan = write(tmp_path, GENERATED)
    assert plan.counts == {"update": 1, "delete": 1, "keep": 1}
    assert set(tree(tmp_path)) == {"src/shop/generated/app.py", "scaffold.lock"}


def test_a_deleted_generated_file_is_made_again(tmp_path: Path) -> None:
    write(tmp_path, GENERATED)
    (tmp_path / GENERATED.path).unlink()
    assert write(tmp_path, GENERATED).counts == {"create": 1, "keep": 1}


def test_a_file_of_the_users_is_created_once_and_never_rewritten(tmp_path: Path) -> None:
    write(tmp_path, MAIN)
    make_tree(tmp_path, {MAIN.path: "mine()\n"})
    assert planned(tmp_path, File(MAIN.path, "other()\n", Owner.USER_ONCE)).clean
    assert planned(tmp_path).clean  # nor deleted when it is no longer asked for


def test_the_spec_is_spliced_unless_it_changed_meanwhile(tmp_path: Path) -> None:
    make_tree(tmp_path, {"api.yaml": "a: 1\n"})
    edit = File("api.yaml", "a: 2\n", Owner.SPLICED, base="a: 1\n")
    write(tmp_path, edit)
    assert tree(tmp_path)["api.yaml"] == "a: 2\n"
    assert "api.yaml" not in lock_of(tmp_path).files  # type: ignore[union-attr]  # it was just written
    make_tree(tmp_path, {"api.yaml": "a: 3\n"})
    assert [p.code for p in planned(tmp_path, edit).problems()] == ["SC512"]


@pytest.mark.parametrize(
    ("one", "other"), [("a/User.py", "a/user.py"), ("a/é.py", "a/e\u0301.py"), ("a", "a/b"), ("x", "x")]
)
def test_two_files_that_want_one_place_are_refused(tmp_path: Path, one: str, other: str) -> None:
    with pytest.raises(ScaffoldError, match="SC508"):
        planned(tmp_path, File(one, ""), File(other, ""))


@pytest.mark.parametrize("there", ["openapi", "openapi/v1.json/x"])
def test_a_file_in_place_of_a_folder_and_a_folder_in_place_of_a_file_are_refused(tmp_path: Path, there: str) -> None:
    make_tree(tmp_path, {there: ""})
    wanted = File("openapi/v1.json", "{}")
    if there == "openapi":
        assert [p.code for p in planned(tmp_path, wanted).problems()] == ["SC511"]
    else:
        with pytest.raises(ScaffoldError, match="SC511"):
            planned(tmp_path, wanted)


def test_the_lock_carries_what_the_command_says_and_the_checksums(tmp_path: Path) -> None:
    released = {"v1": Released("sha256:" + "0" * 64)}
    plan = write(tmp_path, GENERATED, MAIN, new=Lock("shop", released))
    assert lock_of(tmp_path) == plan.lock
    assert plan.lock.versions == released
    assert list(plan.lock.files) == [GENERATED.path]


def test_the_diff_of_a_plan_is_one_git_can_apply(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    write(root, File("openapi/a b.json", "{}"), File("docs/migration/old.md", "x\r\ny\r\n"))
    copy = make_tree(tmp_path / "copy", tree(root))
    wanted = [File("openapi/a b.json", '{"a": 1}\n'), File("docs/migration/new.md", "one\x0ctwo\nthree")]
    diff = planned(root, *wanted).diff()
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    subprocess.run(["git", "apply", "-"], cwd=copy, input=diff.encode(), check=True)
    write(root, *wanted)
    applied = {path: text for path, text in tree(copy).items() if not path.startswith(".git/")}
    assert applied == tree(root)


def test_data_and_summary_name_what_changes_and_count_the_rest(tmp_path: Path) -> None:
    write(tmp_path, GENERATED)
    plan = planned(tmp_path, GENERATED, *(File(f"openapi/v{n}.json", "{}") for n in range(50)))
    assert plan.data()["counts"] == {"create": 50, "update": 1, "keep": 1}
    assert plan.summary(limit=2) == (
        "create  openapi/v0.json",
        "create  openapi/v1.json",
        "… and 49 more",
        "50 to create, 1 to update, 1 unchanged",
    )
