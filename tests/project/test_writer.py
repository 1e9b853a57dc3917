"""A write is all or nothing: when the disk fails, when the process is killed at any step, when two run at once."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.project.busy import exclusive
from scaffold.project.files import File, Owner
from scaffold.project.layout import Project
from scaffold.project.writer import apply, create_tree, recover, session

from .trees import lock_of, make_tree, planned, tree, write

BEFORE = [File("openapi/v1.json", "old\n"), File("openapi/gone/v0.json", "gone\n")]
AFTER = [
    File("openapi/v1.json", "new\n"),
    File("docs/migration/deep/v1-to-v2.md", "guide\n"),
    File("openapi/v2.json", "2\n"),
]
HERE = str(Path(__file__).parents[2])

# A process that applies AFTER and dies by SIGKILL at the step of the number that it is given.
DYING = f"""
import os, signal, sys
sys.path.insert(0, {HERE!r})
from pathlib import Path
from tests.project.test_writer import AFTER
from tests.project.trees import planned
from scaffold.project.writer import apply, recover
root, left, undo, mode = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "undo", sys.argv[4]
def checkpoint(step):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
if mode == "recover":
    recover(root, checkpoint)
else:
    apply(root, planned(root, *AFTER), command="scaffold generate", undo=undo, checkpoint=checkpoint)
"""


def die_at(root: Path, step: int, *, undo: bool = False, mode: str = "apply") -> bool:
    """Run the dying process; whether it died before it was through."""
    arguments = [sys.executable, "-c", DYING, str(root), str(step), "undo" if undo else "-", mode]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in the state BEFORE, with a file and an empty folder of the user's."""
    root = tmp_path / "shop"
    write(root, *BEFORE)
    (root / "notes").mkdir()
    return make_tree(root, {"src/shop/main.py": "mine\n"})


@pytest.fixture
def whole(root: Path, tmp_path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What the project holds before and after, when nothing goes wrong."""
    other = make_tree(tmp_path / "other", {k: v for k, v in tree(root).items() if k != "notes"})
    (other / "notes").mkdir()
    write(other, *AFTER)
    return tree(root), tree(other)


@pytest.mark.slow
@pytest.mark.parametrize("undo", [False, True])
def test_killed_at_any_step_the_project_is_whole_after_recovery(
    root: Path, whole: tuple[dict[str, str], dict[str, str]], undo: bool
) -> None:
    seen, step = set[bool](), 0
    while die_at(root, step := step + 1, undo=undo):
        recovery = recover(root)
        finished = tree(root) == whole[1]
        assert tree(root) == whole[finished], step
        assert recovery is None or recovery.finished
        assert not [p.name for p in (root / ".scaffold").iterdir() if p.name.startswith("journal")]
        assert (root / ".scaffold" / "undo").exists() == (undo and finished)
        seen.add(finished)
        _reset(root)
    assert seen == {False, True}
    assert step > 8


@pytest.mark.slow
def test_recovery_itself_may_be_killed_at_any_step(root: Path, whole: tuple[dict[str, str], dict[str, str]]) -> None:
    for edited in (False, True):
        step = 0
        while True:
            assert die_at(root, 8)  # some files are switched, some are not
            make_tree(root, {"docs/migration/deep/v1-to-v2.md": "mine\n"} if edited else {})
            died = die_at(root, step := step + 1, mode="recover")
            recover(root)
            mine = {"docs/migration/deep/v1-to-v2.md": "mine\n"}
            assert tree(root) == ({**whole[0], **mine} if edited else whole[1]), step
            _reset(root)
            if not died:
                break
        assert step > 1


def _reset(root: Path) -> None:
    for path in sorted(root.rglob("*"), reverse=True):
        if "notes" not in path.parts and "src" not in path.parts:
            path.rmdir() if path.is_dir() else path.unlink()
    write(root, *BEFORE)


@pytest.mark.slow
def test_an_edit_between_the_kill_and_the_recovery_is_not_lost(root: Path) -> None:
    before = tree(root)
    assert die_at(root, 8)
    changed = [path for path, text in tree(root).items() if before.get(path) != text]
    assert changed
    make_tree(root, {"openapi/v1.json": "mine\n"})
    recovery = recover(root)
    assert recovery is not None
    assert (recovery.finished, recovery.left) == (False, ("openapi/v1.json",))
    assert "openapi/v1.json" in recovery.diagnostic().notes[0]
    assert tree(root) == {**before, "openapi/v1.json": "mine\n"}


def test_when_taking_back_fails_too_the_next_command_makes_it_whole(
    root: Path, whole: tuple[dict[str, str], ...]
) -> None:
    def checkpoint(step: str) -> None:
        if step == "switched openapi/v1.json":
            (root / "openapi" / "v2.json").mkdir()  # a folder where a file is to go

    with pytest.raises(ScaffoldError, match="SC511"):
        apply(root, planned(root, *AFTER), command="scaffold generate", checkpoint=checkpoint)
    (root / "openapi" / "v2.json").rmdir()
    assert recover(root) is not None
    assert tree(root) in whole


def test_a_folder_that_cannot_be_made_half_way_takes_everything_back(root: Path) -> None:
    before = tree(root)

    def checkpoint(step: str) -> None:
        if step == "journal stands":
            make_tree(root, {"docs": "in the way"})

    with pytest.raises(ScaffoldError, match=r"SC513 the project is as it was"):
        apply(root, planned(root, *AFTER), command="scaffold generate", checkpoint=checkpoint)
    assert tree(root) == {**before, "docs": "in the way"}
    assert recover(root) is None


def test_an_interruption_half_way_takes_everything_back(root: Path) -> None:
    before = tree(root)

    def checkpoint(step: str) -> None:
        if step == "switched openapi/v1.json":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(root, planned(root, *AFTER), command="scaffold generate", checkpoint=checkpoint)
    assert tree(root) == before


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow beyond a kilobyte: writing fails as it does on a full disk."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, old[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, old)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_leaves_everything_as_it_was(root: Path) -> None:
    before = tree(root)
    plan = planned(root, *AFTER, File("openapi/big.json", "x" * 5000))
    with pytest.raises(ScaffoldError, match=r"SC513 nothing was written: file too large"):
        apply(root, plan, command="scaffold generate")
    assert tree(root) == before
    assert {p.name for p in (root / ".scaffold").iterdir()} <= {".gitignore", "busy"}


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder in which even root has no special rights while the test runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        yield folder
        if os.getuid() == 0:
            os.seteuid(0)


def test_a_read_only_project_is_told_and_stays(public_folder: Path) -> None:
    write(public_folder, *BEFORE)
    before = tree(public_folder)
    (public_folder / "openapi").chmod(0o555)
    with pytest.raises(ScaffoldError, match=r"SC513 the project is as it was.*permission denied"):
        write(public_folder, *AFTER)
    (public_folder / "openapi").chmod(0o755)
    assert tree(public_folder) == before
    (public_folder / ".scaffold").chmod(0o555)
    with pytest.raises(ScaffoldError, match="SC513 nothing was written: permission denied"):
        write(public_folder, *AFTER)
    assert tree(public_folder) == before


def test_a_file_that_changed_since_the_plan_stops_the_write(root: Path) -> None:
    plan = planned(root, *AFTER)
    make_tree(root, {"openapi/v1.json": "mine\n"})
    before = tree(root)
    with pytest.raises(ScaffoldError, match="SC512"):
        apply(root, plan, command="scaffold generate")
    assert tree(root) == before


def test_the_mode_of_a_file_survives(root: Path) -> None:
    (root / "openapi/v1.json").chmod(0o640)
    write(root, *AFTER)
    assert (root / "openapi/v1.json").stat().st_mode & 0o777 == 0o640


def test_the_lock_is_written_last(root: Path) -> None:
    steps = list[str]()
    apply(root, planned(root, *AFTER), command="scaffold generate", checkpoint=steps.append)
    switched = [step for step in steps if step.startswith("switched")]
    assert switched[-1] == "switched scaffold.lock"
    assert len(switched) == 5


def test_two_commands_at_once_are_kept_apart(root: Path) -> None:
    with (
        exclusive(root),
        pytest.raises(ScaffoldError, match=f"SC514 another command, process {os.getpid()},"),
        exclusive(root),
    ):
        pass
    with exclusive(root):
        pass


@pytest.mark.slow
def test_a_command_that_was_killed_holds_nothing(root: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from scaffold.project.busy import exclusive\n"
        "with exclusive(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(root)], cwd=HERE, check=False)
    with exclusive(root):
        pass


def test_a_session_recovers_first_and_reading_leaves_no_trace(root: Path) -> None:
    make_tree(root, {"api.yaml": ""})
    (root / ".scaffold").exists()
    with session(root / "openapi", writes=False) as (project, earlier):
        assert (project, earlier) == (Project(root.resolve(), "shop"), ())
    assert die_at(root, 8)
    with session(root, writes=False) as (_, (told,)):
        assert "`scaffold generate` was interrupted" in told.message
    assert lock_of(root) is not None


def test_the_working_files_are_ignored_by_git(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    with exclusive(root):
        write(root, *AFTER, undo=True)
        listed = subprocess.run(
            ["git", "status", "--porcelain", "-uall"], cwd=root, capture_output=True, text=True, check=True
        )
    assert [line for line in listed.stdout.splitlines() if ".scaffold" in line] == ["?? .scaffold/.gitignore"]


def test_a_new_project_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    files = [File("api.yaml", "a\n", Owner.USER_ONCE), File("src/shop/main.py", "b\n", Owner.USER_ONCE)]
    with pytest.raises(KeyboardInterrupt):
        create_tree(tmp_path / "shop", files, _interrupt)
    assert not (tmp_path / "shop").exists()
    create_tree(tmp_path / "shop", files)
    assert tree(tmp_path / "shop") == {"api.yaml": "a\n", "src/shop/main.py": "b\n"}
    assert [p.name for p in tmp_path.iterdir()] == ["shop"]


def _interrupt(step: str) -> None:
    raise KeyboardInterrupt


def test_a_new_project_may_go_into_an_empty_folder_only(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    create_tree(tmp_path / "shop", [File("a", "")])
    with pytest.raises(ScaffoldError, match="SC517"):
        create_tree(tmp_path / "shop", [File("b", "")])
    with pytest.raises(ScaffoldError, match="SC517"):
        create_tree(tmp_path / "shop" / "a", [File("b", "")])
    assert tree(tmp_path / "shop") == {"a": ""}
