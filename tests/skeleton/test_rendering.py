"""What copier makes of the template, by `scaffold new`'s own way and by plain copier."""

from __future__ import annotations

import json
import keyword
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import copier
import pytest
import yaml

import scaffold
from scaffold.diagnostics import ScaffoldError
from scaffold.project.ruff import LINE_LENGTH
from scaffold.project.skeleton import (
    ANSWERS,
    PYTHON_VERSIONS,
    REPOSITORY,
    check_answers,
    render,
    skeleton_files,
    skeleton_source,
)
from scaffold.spec import load

from .projects import ROOT

WRONG = {
    "project_name": ["", "Shop", "my shop", "1shop", "shop-", "-shop", "a--b", "shop\n", "shöp", "../shop", "a" * 41],
    "package_name": ["", "Shop", "1shop", "my-shop", "my.shop", "_shop", "shop\n", "shöp", "../shop", "a" * 41],
    "title": ["", " ", 'The "Shop"', "a\\b", "two\nlines", "t" * 61],
    "description": ["", 'The "Shop"', "a\\b", "two\nlines", "t" * 201],
    "docs_url": [
        "",
        "docs.example.com",
        "https://docs.example.com/",
        "ftp://x",
        "docs",
        "/docs/",
        "/a b",
        'https://x"y',
        "https://a b",
    ],
    "python_version": ["", "3.10", "3", "3.11.7", "three"],
}
TAKEN = [
    "class",
    "match",
    "import",
    "json",
    "calendar",
    "imp",
    "annotationlib",
    "fastapi",
    "scaffold",
    "tests",
]
FINE = [
    {},
    {"project_name": "a"},
    {"project_name": "order-desk-2", "package_name": "orders"},
    {"project_name": "a" * 40},
    {"title": "Bäckerei & Söhne's API <v1> {{ 7 * 7 }} #1: yes"},
    {"description": "Sells bread: 100% & 'more' {% raw %} — daily."},
    {"docs_url": "http://127.0.0.1:8000/docs?a=1#b"},
    {"docs_url": "/api-docs/v1"},
    *({"python_version": version} for version in PYTHON_VERSIONS),
]


@pytest.fixture
def bare_template(tmp_path: Path) -> Path:
    """The template as it stands, in a folder that is no repository."""
    return copied_template(tmp_path / "template")


def copied_template(folder: Path) -> Path:
    shutil.copytree(ROOT / "template", folder / "template")
    shutil.copyfile(ROOT / "copier.yml", folder / "copier.yml")
    return folder


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    yield from ((path, path.read_text()) for path in sorted(folder.rglob("*")) if path.is_file())


def test_without_answers_every_file_is_there_under_the_name_of_the_folder(tmp_path):
    render(tmp_path / "My Shop", {})
    project = tmp_path / "My Shop"
    assert tomllib.loads((project / "pyproject.toml").read_text())["project"]["name"] == "my-shop"
    names = {path.relative_to(project).as_posix() for path, _ in texts(project)}
    assert names >= {
        "api.yaml",
        "pyproject.toml",
        "README.md",
        "Makefile",
        "Dockerfile",
        "compose.yaml",
        ".github/workflows/ci.yml",
        ".pre-commit-config.yaml",
        ".gitignore",
        ".gitattributes",
        "alembic.ini",
        "migrations/env.py",
        "migrations/script.py.mako",
        "migrations/versions/.gitkeep",
        "openapi/.gitkeep",
        "src/my_shop/__init__.py",
        "src/my_shop/__main__.py",
        "src/my_shop/observability.py",
        "src/my_shop/py.typed",
        "src/my_shop/settings.py",
        "tests/conftest.py",
        ".copier-answers.yml",
    }
    assert not any("jinja" in name for name in names)


@pytest.mark.parametrize("answers", FINE, ids=str)
def test_every_fine_answer_gives_files_that_can_be_read(tmp_path, answers):
    project = tmp_path / "shop"
    render(project, answers)
    given = {"project_name": "shop", **answers}
    meta = tomllib.loads((project / "pyproject.toml").read_text())
    assert meta["project"]["name"] == given["project_name"]
    assert meta["project"]["requires-python"] == ">=" + given.get("python_version", "3.11")
    package = meta["tool"]["scaffold"]["package"]
    assert package == given.get("package_name", given["project_name"].replace("-", "_"))
    assert meta["project"]["description"] == given.get("description", meta["project"]["description"])
    for path, text in texts(project):
        assert "{{" in given.get("title", "") or "{{" not in text, path
        if path.suffix in (".yaml", ".yml"):
            yaml.safe_load(text)
        elif path.suffix == ".py":
            compile(text, path.name, "exec")
    spec = yaml.safe_load((project / "api.yaml").read_text())
    assert spec["api"]["title"] == given.get("title", spec["api"]["title"])


def test_rendering_the_same_answers_gives_the_same_bytes():
    answers = {"project_name": "shop", "title": "Shop"}
    assert skeleton_files(answers) == skeleton_files(answers)


def test_line_ends_are_lf_and_every_text_ends_with_one():
    for path, data in skeleton_files({"project_name": "shop"}).items():
        assert b"\r" not in data, path
        assert not data or data.endswith(b"\n"), path


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_a_wrong_answer_is_refused_before_anything_is_written(tmp_path, name, value):
    with pytest.raises(ScaffoldError) as raised:
        render(tmp_path / "shop", {name: value})
    assert "SC531" in [d.code for d in raised.value.diagnostics]
    assert all(d.help for d in raised.value.diagnostics)
    assert not (tmp_path / "shop").exists()


def test_an_unknown_answer_is_refused_with_the_nearest_known_one(tmp_path):
    with pytest.raises(ScaffoldError) as raised:
        render(tmp_path / "shop", {"packagename": "shop"})
    (found,) = raised.value.diagnostics
    assert (found.code, found.help) == ("SC530", "did you mean `package_name`?")


def test_all_wrong_answers_are_told_at_once(tmp_path):
    with pytest.raises(ScaffoldError) as raised:
        render(tmp_path / "shop", {"package_name": "class", "python_version": "2.7", "colour": "red"})
    assert sorted(d.code for d in raised.value.diagnostics) == ["SC530", "SC531", "SC532"]


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_that_python_or_the_project_needs_is_refused(name):
    assert [d.code for d in check_answers({"package_name": name})] == ["SC532"]
    assert [d.code for d in check_answers({"project_name": name})] == ["SC532"]


def refused_by_copier(template: Path, folder: Path, answers: dict[str, str]) -> bool:
    try:
        copier.run_copy(str(template), folder, data=answers, defaults=True, quiet=True, pretend=True)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name] if value])
def test_plain_copier_refuses_the_same_wrong_answers(bare_template, tmp_path, name, value):
    assert refused_by_copier(bare_template, tmp_path / "shop", {name: value})


def test_plain_copier_knows_every_taken_name(bare_template):
    text = (bare_template / "copier.yml").read_text()
    words = set(text.replace("'", " ").split())
    importable = {n for n in sys.stdlib_module_names if not n.startswith("_") and n.islower()}
    lower = {word for word in keyword.kwlist if word.islower()}
    assert importable | lower | {"case", "match"} <= words


@pytest.mark.parametrize("name", ["class", "json", "fastapi", "match"])
def test_plain_copier_refuses_taken_names(bare_template, tmp_path, name):
    assert refused_by_copier(bare_template, tmp_path / "shop", {"package_name": name})


@pytest.mark.parametrize("answers", FINE, ids=str)
def test_plain_copier_accepts_the_same_fine_answers(bare_template, tmp_path, answers):
    assert not refused_by_copier(bare_template, tmp_path / "shop", answers)


def test_there_are_at_most_six_questions_and_the_checks_know_each():
    questions = [name for name in yaml.safe_load((ROOT / "copier.yml").read_text()) if not name.startswith("_")]
    assert questions == list(ANSWERS)
    assert len(questions) <= 6


def test_it_needs_no_trust(bare_template, tmp_path):
    copier.run_copy(str(bare_template), tmp_path / "shop", defaults=True, quiet=True, unsafe=False)
    assert (tmp_path / "shop" / "api.yaml").is_file()
    settings = yaml.safe_load((ROOT / "copier.yml").read_text())
    assert not {"_tasks", "_migrations", "_jinja_extensions"} & set(settings)


@pytest.mark.parametrize("answers", FINE, ids=str)
def test_the_starter_spec_is_one_that_the_tool_accepts(answers):
    text = skeleton_files({"project_name": "shop", **answers})["api.yaml"].decode()
    loaded = load(text)
    assert [version.id for version in loaded.history.versions] == ["v1"]
    assert not loaded.warnings


def test_a_spec_that_is_there_is_kept(bare_template, tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "api.yaml").write_text("mine: true\n")
    copier.run_copy(str(bare_template), tmp_path / "shop", defaults=True, quiet=True, overwrite=True)
    assert (tmp_path / "shop" / "api.yaml").read_text() == "mine: true\n"


def test_the_answers_record_the_public_repository_and_the_tag_of_this_release():
    answers = yaml.safe_load(skeleton_files({"project_name": "shop", "title": "It's"})[".copier-answers.yml"])
    assert answers["_src_path"] == REPOSITORY
    assert answers["_commit"] == f"v{scaffold.__version__}"
    assert answers["title"] == "It's"


def test_the_release_of_the_tool_that_projects_pin_is_this_one():
    files = skeleton_files({"project_name": "shop"})
    for name in (".github/workflows/ci.yml", ".pre-commit-config.yaml"):
        assert f"scaffold-api=={scaffold.__version__}".encode() in files[name]


def test_the_ruff_that_projects_pin_is_the_one_that_lays_out_their_code():
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    theirs = tomllib.loads(skeleton_files({"project_name": "shop"})["pyproject.toml"].decode())
    (pinned,) = [d for d in ours if d.startswith("ruff==")]
    assert pinned in theirs["project"]["optional-dependencies"]["dev"]
    assert theirs["tool"]["ruff"]["line-length"] == LINE_LENGTH
    hook = yaml.safe_load((ROOT / "template" / ".pre-commit-config.yaml").read_text())["repos"][0]
    assert hook["rev"] == "v" + pinned.removeprefix("ruff==")


def test_in_a_working_copy_the_template_is_the_repositorys():
    assert skeleton_source() == ROOT


def test_the_settings_of_the_user_do_not_change_what_is_rendered(tmp_path):
    (tmp_path / "settings.yml").write_text("defaults:\n  title: Hijacked\n")
    code = (
        "import json; from scaffold.project.skeleton import skeleton_files; "
        "print(json.dumps(skeleton_files({'project_name': 'shop'})['api.yaml'].decode()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"COPIER_SETTINGS_PATH": str(tmp_path / "settings.yml"), "PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Hijacked" not in json.loads(done.stdout)


def test_copier_is_imported_by_rendering_alone():
    code = "import scaffold.project.skeleton, sys; sys.exit('copier' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT)}, check=True)


def test_pytest_copie_renders_it_with_and_without_answers(copie, bare_template):
    plain = copie.copy(template_dir=bare_template)
    assert plain.exit_code == 0, plain.exception
    named = copie.copy(
        template_dir=bare_template,
        extra_answers={"project_name": "order-desk", "package_name": "orders", "python_version": "3.12"},
    )
    assert named.exit_code == 0, named.exception
    assert named.answers["package_name"] == "orders"
    assert (named.project_dir / "src" / "orders" / "__main__.py").is_file()
    assert "python:3.12-slim" in (named.project_dir / "Dockerfile").read_text()
