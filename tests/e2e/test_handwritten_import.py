"""The document of an application that was written by hand is taken in, served as it was, and can be tried at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.openapi import differences, document
from scaffold.project.layout import spec_files
from scaffold.spec import load
from scaffold.workflows.import_openapi import new_from_openapi
from scaffold.workflows.project_state import read_spec

from ..projects import run, served
from .handwritten import app
from .published import DAY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The application as a project; do not change it."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "library.json").write_text(json.dumps(app.openapi()))
    made = new_from_openapi(
        "library",
        ["library.json"],
        start=folder,
        directory=folder / "library",
        answers={},
        guess=True,
        released=DAY,
        dry_run=False,
    )
    assert made.exit_code == 0, made.diagnostics
    return folder / "library"


def test_its_document_is_given_back(library: Path) -> None:
    history = load(read_spec(library, spec_files(library))).history
    (version,) = history.versions
    assert len(history.newest.operations) == 20
    assert differences(app.openapi(), document(history.newest, history.api, version)) == ()


@pytest.mark.parametrize("command", [("pytest", "-q", "-p", "no:cacheprovider"), ("ruff", "check", "."), ("mypy",)])
def test_the_project_is_sound(library: Path, command: tuple[str, ...]) -> None:
    done = run(library, *command)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_it_can_be_tried_at_once(library: Path, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/d.db", "LIBRARY_EXAMPLES": "1"}
    with served(library, "library", **settings) as base:
        done = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "run", f"{base}/v1/openapi.json", *OPTIONS],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert "No issues found" in done.stdout, done.stdout[-8000:]


CREDENTIALS = ("-H", "X-Key: example", "--auth", "example:example")
# Examples know nothing of what was deleted; and in a form null and 1 are the texts that they are written as.
NOT_ASKED = ("--exclude-checks", "use_after_free", "--exclude-path", "/books/{book_id}/cover")
OPTIONS = ("--max-examples", "10", "--seed", "7", *CREDENTIALS, *NOT_ASKED)
