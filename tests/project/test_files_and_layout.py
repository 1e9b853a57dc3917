"""Paths stay inside the project, and a project is found from anywhere in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.project.files import File, checksum, inside
from scaffold.project.layout import Project, checked_package, find_project, load_lock, strangers

from .trees import make_tree, write


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../x", "a/../../x", "a/..", "", ".", "./a", "a//b", "a/", "C:/x", "C:x", "a\\b", "a\0b"]
)
def test_a_path_that_is_not_plainly_inside_the_project_is_refused(path: str) -> None:
    with pytest.raises(ScaffoldError, match="SC501"):
        File(path, "")


def test_a_symbolic_link_that_leads_out_of_the_project_is_refused(tmp_path: Path) -> None:
    root = make_tree(tmp_path / "shop", {"api.yaml": ""})
    (tmp_path / "elsewhere").mkdir()
    (root / "docs").symlink_to(tmp_path / "elsewhere")
    (root / "notes").symlink_to(root / "real")
    with pytest.raises(ScaffoldError, match="SC502"):
        inside(root, "docs/changelog.md")
    assert inside(root, "notes/a.md") == (root / "real" / "a.md").resolve()


def test_a_checkout_with_other_line_ends_has_the_same_checksum() -> None:
    assert checksum(b"a\r\nb\r\n") == checksum(b"a\nb\n") != checksum(b"a\nb")
    assert checksum(b"\0\r\n") != checksum(b"\0\n")


def test_a_project_is_found_from_a_folder_below(tmp_path: Path) -> None:
    make_tree(
        tmp_path, {"api.yaml": "", "pyproject.toml": '[tool.scaffold]\npackage = "shop"\n', "src/shop/a/b.py": ""}
    )
    assert find_project(tmp_path / "src" / "shop" / "a") == Project(tmp_path.resolve(), "shop")


def test_the_package_is_read_from_the_lock_when_pyproject_is_silent(tmp_path: Path) -> None:
    make_tree(tmp_path, {"api.yaml": "", "scaffold.lock": 'format = 1\npackage = "store"\n', "pyproject.toml": ""})
    assert find_project(tmp_path).package == "store"


def test_no_project_names_the_ways_out(tmp_path: Path) -> None:
    make_tree(tmp_path, {"api.yaml": ""})
    with pytest.raises(ScaffoldError) as caught:
        find_project(tmp_path)
    assert caught.value.diagnostics[0].code == "SC503"
    assert "scaffold new" in (caught.value.diagnostics[0].help or "")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"pyproject.toml": "[project]\nname = 'x'\n"}, "SC504"),
        ({"pyproject.toml": "[broken"}, "SC504"),
        ({"pyproject.toml": "[tool.scaffold]\npackage = 'my-shop'\n"}, "SC504"),
        ({"scaffold.lock": "<<<<<<< HEAD\n"}, "SC506"),
    ],
)
def test_a_package_that_cannot_be_known_is_an_error(tmp_path: Path, files: dict[str, str], code: str) -> None:
    make_tree(tmp_path, {"api.yaml": "", **files})
    with pytest.raises(ScaffoldError, match=code):
        find_project(tmp_path)


@pytest.mark.parametrize(("name", "usable"), [("my-shop", "my_shop"), ("2shop", "api_2shop"), ("class", "class_api")])
def test_a_name_python_cannot_import_is_answered_with_one_it_can(name: str, usable: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        checked_package(name)
    assert f"`{usable}`" in (caught.value.diagnostics[0].help or "")
    assert checked_package(usable) == usable


def test_the_tool_owns_what_the_design_says(tmp_path: Path) -> None:
    project = Project(tmp_path, "shop")
    mine = ["src/shop/generated/a.py", "tests/generated/a.py", "openapi/v1.json", "docs/migration/v1-to-v2.md"]
    assert all(project.tool_owned(path) for path in [*mine, "docs/changelog.md", "scaffold.lock"])
    theirs = ["api.yaml", "src/shop/main.py", "migrations/versions/a.py", "tests/test_a.py", "src/shop/generated.py"]
    assert not any(project.tool_owned(path) for path in theirs)


def test_a_spec_in_parts_lists_every_part(tmp_path: Path) -> None:
    make_tree(tmp_path, {"api.yaml": "", "versions/v2.yaml": "", "resources/b.yaml": "", "resources/a.yaml": ""})
    found = Project(tmp_path, "shop").spec_files()
    assert found == ("api.yaml", "resources/a.yaml", "resources/b.yaml", "versions/v2.yaml")


def test_files_in_the_tools_folders_that_the_lock_does_not_know_are_named(tmp_path: Path) -> None:
    project = Project(tmp_path, "shop")
    make_tree(tmp_path, {"openapi/mine.json": "", "src/shop/generated/__pycache__/a.pyc": "", "src/shop/mine.py": ""})
    write(tmp_path, File("openapi/v1.json", ""))
    lock = load_lock(project)
    assert lock is not None
    assert strangers(project, lock) == ("openapi/mine.json",)


def test_a_lock_that_is_no_text_is_broken(tmp_path: Path) -> None:
    (tmp_path / "scaffold.lock").write_bytes(b"\xff\xfe")
    with pytest.raises(ScaffoldError, match="SC505"):
        load_lock(Project(tmp_path, "shop"))
    (tmp_path / "scaffold.lock").unlink()
    assert load_lock(Project(tmp_path, "shop")) is None
