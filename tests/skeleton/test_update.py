"""`copier update` brings a project from one tag of the template to the next, and the wheel carries the template."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

import scaffold
from scaffold.project.skeleton import REPOSITORY, render

from .projects import ROOT

pytestmark = pytest.mark.slow

OURS = f"v{scaffold.__version__}"
NEXT = "v99.0.0"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """No settings of this machine; the public repository is the one made here."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "COPIER_CACHE_DIR": str(tmp_path / "cache"),
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.com",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.com",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"url.file://{tmp_path / 'template'}.insteadOf",
        "GIT_CONFIG_VALUE_0": REPOSITORY,
        "GIT_CONFIG_KEY_1": "protocol.file.allow",
        "GIT_CONFIG_VALUE_1": "always",
    }


@pytest.fixture
def template(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A repository with two tags of the template: today's, and one that changes two files and adds one."""
    folder = tmp_path / "template"
    folder.mkdir()
    shutil.copytree(ROOT / "template", folder / "template")
    shutil.copyfile(ROOT / "copier.yml", folder / "copier.yml")
    git(folder, environment, "init", "--quiet", "--initial-branch=main")
    commit(folder, environment, OURS)
    dockerfile = folder / "template" / "Dockerfile.jinja"
    dockerfile.write_text(dockerfile.read_text().replace("EXPOSE 8000", "EXPOSE 8080"))
    settings = folder / "template" / "src" / "{{ package_name }}" / "settings.py.jinja"
    settings.write_text(settings.read_text().replace("PREFIX = ", "NEWER = True\nPREFIX = "))
    spec = folder / "template" / "api.yaml.jinja"
    spec.write_text("# another starter\n" + spec.read_text())
    (folder / "template" / "NEWS.md").write_text("News.\n")
    commit(folder, environment, NEXT)
    return folder


def git(folder: Path, environment: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def commit(folder: Path, environment: Mapping[str, str], tag: str) -> None:
    git(folder, environment, "add", "--all")
    git(folder, environment, "commit", "--quiet", "--message", tag)
    git(folder, environment, "tag", tag)


def copier(folder: Path, environment: Mapping[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "copier", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def updated(project: Path, environment: Mapping[str, str]) -> None:
    """Commit a project, edit what a user would, and update it to the newest tag; no trust is given."""
    git(project, environment, "init", "--quiet")
    commit(project, environment, "made")
    settings = project / "src" / "shop" / "settings.py"
    settings.write_text(settings.read_text().replace('"INFO"\n', '"INFO"\n    page_size: int = 20\n'))
    (project / "api.yaml").write_text("api: {name: mine}\n")
    commit(project, environment, "mine")
    copier(project, environment, "update", "--defaults", "--quiet")


def check_updated(project: Path) -> None:
    settings = (project / "src" / "shop" / "settings.py").read_text()
    assert "page_size: int = 20" in settings  # the user's edit
    assert "NEWER = True" in settings  # the template's
    assert "<<<<<<<" not in settings
    assert "EXPOSE 8080" in (project / "Dockerfile").read_text()
    assert (project / "NEWS.md").read_text() == "News.\n"
    assert (project / "api.yaml").read_text() == "api: {name: mine}\n"
    assert not list(project.rglob("*.rej"))


def test_a_project_of_scaffold_new_is_updated_from_its_tag_to_the_next(template, environment, tmp_path):
    project = tmp_path / "shop"
    render(project, {"title": "My shop"})
    updated(project, environment)
    check_updated(project)
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text())
    assert answers["_commit"] == NEXT
    assert answers["_src_path"] == REPOSITORY
    assert answers["title"] == "My shop"


def test_a_project_of_plain_copier_is_updated_the_same_way(template, environment, tmp_path):
    project = tmp_path / "shop"
    copier(tmp_path, environment, "copy", "--defaults", "--quiet", "--vcs-ref", OURS, REPOSITORY, str(project))
    updated(project, environment)
    check_updated(project)


def test_plain_copier_and_scaffold_new_make_the_same_files(template, environment, tmp_path):
    ours, plain = tmp_path / "ours" / "shop", tmp_path / "plain" / "shop"
    render(ours, {})
    plain.parent.mkdir()
    copier(tmp_path, environment, "copy", "--defaults", "--quiet", "--vcs-ref", OURS, REPOSITORY, str(plain))
    assert files(ours) == files(plain)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_wheel_carries_the_template_and_new_projects_come_from_it(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    template = {p.relative_to(ROOT).as_posix() for p in (ROOT / "template").rglob("*") if p.is_file()}
    assert {f"scaffold/_skeleton/{name}" for name in template | {"copier.yml"}} <= names
    code = "from pathlib import Path; from scaffold.project.skeleton import render; render(Path('shop'), {})"
    (tmp_path / "work").mkdir()
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "work",
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},  # no git anywhere
        check=True,
    )
    render(tmp_path / "shop", {})
    assert files(tmp_path / "work" / "shop") == files(tmp_path / "shop")
