"""An example rendered as a project, with its generated tests, without going through the command line."""

from __future__ import annotations

from pathlib import Path

from scaffold.contract.history import History
from scaffold.generate.package import generated, model, once
from scaffold.generate.tests_view import test_files
from scaffold.project.ruff import format_files
from scaffold.project.skeleton import skeleton_files
from scaffold.spec import load
from tests.projects import EXAMPLES


def history_of(name_or_text: str) -> History:
    """The history of an example, by its name, or of the text of a spec."""
    text = name_or_text if "\n" in name_or_text else (EXAMPLES / name_or_text / "api.yaml").read_text()
    return load(text).history.released


def files_of(history: History, package: str) -> dict[str, str]:
    """Every file that the tool makes of `history`, laid out."""
    made = model(history, package)
    tests = {f"tests/generated/{name}": text for name, text in test_files(made)}
    return format_files({**generated(made), **tests, **once(made)}, packages=[package])


def render_project(folder: Path, name: str, history: History) -> Path:
    """The project `name` in `folder`."""
    project = folder / name
    files = {path: text.encode() for path, text in files_of(history, name).items()}
    for path, data in {**skeleton_files({"project_name": name}), **files}.items():
        place = project / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return project
