"""`scaffold new`: a project from a spec, or from the starter of the skeleton."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..diagnostics import Diagnostic, ScaffoldError
from ..generate.package import model
from ..project.busy import IGNORED
from ..project.files import File, Owner, checksum
from ..project.layout import LOCK, SPEC, WORK, Project, checked_package
from ..project.lock import write_lock
from ..project.skeleton import check_answers, default_package_name, skeleton_files
from ..project.writer import create_tree
from ..spec import load
from .files import new_lock, wanted_files
from .migrations import first_migration
from .outcome import Outcome
from .project_state import require_policies

PLACEHOLDERS = ("openapi/.gitkeep", "migrations/versions/.gitkeep")


def new_project(
    name: str, *, directory: Path, spec: Path | None, answers: Mapping[str, str], defaults: bool, dry_run: bool
) -> Outcome:
    """Make the project `name` in `directory`, from the spec at `spec` if one is given.

    Raises:
        ScaffoldError: an answer or the spec is wrong, or `directory` is not empty; then nothing is written.
    """
    given = {"project_name": name, **answers}
    text = None if spec is None else read_spec(spec)
    loaded = None if text is None else load(text, file=str(spec))
    if loaded is not None:
        require_policies(loaded, draft=False)
        title = loaded.history.api.title
        if not list(check_answers({**given, "title": title})):
            given.setdefault("title", title)
    skeleton = skeleton_files(given)
    spec_text = text if text is not None else skeleton[SPEC].decode()
    loaded = loaded or load(spec_text)
    package = checked_package(given.get("package_name") or default_package_name(given["project_name"]))
    project = Project(directory, package)
    history = loaded.history.released
    worked_out = model(history, package)
    made = [*wanted_files(worked_out, project), *first_migration(history, worked_out.tables, project)]
    lock = replace(
        new_lock(history, project, None), files={f.path: checksum(f.data) for f in made if f.owner is Owner.TOOL}
    )
    taken = {f.path for f in made} | {SPEC, LOCK, *PLACEHOLDERS}
    files = [File(path, data, Owner.USER_ONCE) for path, data in skeleton.items() if path not in taken]
    files += [File(SPEC, spec_text, Owner.USER_ONCE), *made, File(LOCK, write_lock(lock))]
    files.append(File(f"{WORK}/.gitignore", IGNORED, Owner.USER_ONCE))
    if dry_run:
        listed = tuple(f"create  {f.path}" for f in sorted(files, key=lambda f: f.path))
        return Outcome(summary=(*listed, f"{len(files)} files to create in {directory}"), data=_data(files))
    create_tree(directory, files)
    versions = ", ".join(v.id for v in history.versions)
    return Outcome(
        summary=(f"Made {directory.name}: {len(files)} files, serving {versions}.",),
        data=_data(files),
        next_command=f"cd {shlex.quote(directory.name)} && make test",
    )


def read_spec(path: Path) -> str:
    """The text of the spec at `path`.

    Raises:
        ScaffoldError: SC101 when it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ScaffoldError(Diagnostic("SC101", f"`{path}` is not UTF-8 text", help="save it as UTF-8")) from error
    except OSError as error:
        raise ScaffoldError(
            Diagnostic("SC101", f"`{path}` cannot be read: {error.strerror}", help="check the path after `--spec`")
        ) from error


def _data(files: list[File]) -> dict[str, object]:
    return {"files": sorted(f.path for f in files)}
