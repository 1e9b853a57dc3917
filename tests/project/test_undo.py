"""What a command wrote can be taken back, as long as nobody built on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.project.files import File, Owner
from scaffold.project.undo import find_undo, undo

from .trees import EMPTY, lock_of, make_tree, tree, write

BEFORE = [File("openapi/v1.json", "old\n"), File("docs/migration/gone.md", "x\n")]


def bump(root: Path) -> None:
    migration = File("migrations/versions/0002.py", "pass\n", Owner.USER_ONCE)
    spec = File("api.yaml", "v2\n", Owner.SPLICED, base="v1\n")
    write(root, File("openapi/v1.json", "new\n"), File("openapi/v2.json", "2\n"), migration, spec, undo=True)


def test_undo_puts_every_file_back_the_spec_and_the_lock_too(tmp_path: Path) -> None:
    write(make_tree(tmp_path, {"api.yaml": "v1\n"}), *BEFORE)
    before = tree(tmp_path)
    bump(tmp_path)
    assert tree(tmp_path) != before
    found = find_undo(tmp_path, lock_of(tmp_path) or EMPTY)
    assert found.command == "scaffold generate"
    assert found.plan.counts == {"create": 1, "update": 3, "delete": 2}
    undo(tmp_path, found)
    assert tree(tmp_path) == before
    assert found.plan.lock == lock_of(tmp_path)
    with pytest.raises(ScaffoldError, match="SC520"):
        find_undo(tmp_path, EMPTY)


@pytest.mark.parametrize("touched", ["api.yaml", "migrations/versions/0002.py", "openapi/v2.json"])
def test_undo_is_refused_when_a_file_changed_since(tmp_path: Path, touched: str) -> None:
    write(make_tree(tmp_path, {"api.yaml": "v1\n"}), *BEFORE)
    bump(tmp_path)
    make_tree(tmp_path, {touched: "mine\n", "src/shop/main.py": "not of the command\n"})
    before = tree(tmp_path)
    with pytest.raises(ScaffoldError) as caught:
        find_undo(tmp_path, EMPTY)
    assert [(d.code, touched in d.message) for d in caught.value.diagnostics] == [("SC521", True)]
    assert tree(tmp_path) == before


def test_without_an_undo_the_way_out_is_version_control(tmp_path: Path) -> None:
    write(tmp_path, *BEFORE)
    with pytest.raises(ScaffoldError) as caught:
        find_undo(tmp_path, EMPTY)
    assert "git" in (caught.value.diagnostics[0].help or "")
