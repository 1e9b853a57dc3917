"""`scaffold new`: a project from a spec, or from the starter of the skeleton."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..diagnostics import Diagnostic, ScaffoldError
from ..generate.package import model
from ..generate.pages.place import docs_path
from ..project.busy import IGNORED
from ..project.files import File, Owner, checksum
from ..project.layout import LOCK, SPEC, WORK, Project, checked_package, spec_files
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
    name: str,
    *,
    directory: Path,
    spec: Path | None,
    answers: Mapping[str, str],
    defaults: bool,
    dry_run: bool,
    texts: Mapping[str, str] | None = None,
) -> Outcome:
    """Make the project `name` in `directory`, from the spec at `spec` or the files `texts` if one is given.

    Raises:
        ScaffoldError: an answer or the spec is wrong, or `directory` is not empty; then nothing is written.
    """
    given = {"project_name": name, **answers}
    if spec is not None:
        texts = read_spec(spec)
    alone = str(spec) if spec is not None and texts is not None and len(texts) == 1 else SPEC
    loaded = None if texts is None else load(_under(texts, alone), file=alone)
    if loaded is not None:
        require_policies(loaded, draft=False)
        api = loaded.history.api
        for word, value in (("title", api.title), ("docs_url", api.docs_base or docs_path(loaded.history))):
            if not list(check_answers({**given, word: value})):
                given.setdefault(word, value)
    skeleton = skeleton_files(given)
    spec_texts = texts if texts is not None else {SPEC: skeleton[SPEC].decode()}
    loaded = loaded or load(spec_texts)
    package = checked_package(given.get("package_name") or default_package_name(given["project_name"]))
    project = Project(directory, package)
    history = loaded.history.released
    worked_out = model(history, package)
    made = [*wanted_files(worked_out, project), *first_migration(history, worked_out.tables, project)]
    lock = replace(
        new_lock(history, project, None), files={f.path: checksum(f.data) for f in made if f.owner is Owner.TOOL}
    )
    taken = {f.path for f in made} | {*spec_texts, SPEC, LOCK, *PLACEHOLDERS}
    files = [File(path, data, Owner.USER_ONCE) for path, data in skeleton.items() if path not in taken]
    files += [File(path, text, Owner.USER_ONCE) for path, text in spec_texts.items()]
    files += [*made, File(LOCK, write_lock(lock))]
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


def _under(texts: Mapping[str, str], name: str) -> dict[str, str]:
    """The files of a spec, the main one under `name`: where it is alone, as the user gave it."""
    return {name if path == SPEC else path: text for path, text in texts.items()}


def read_spec(path: Path) -> dict[str, str]:
    """The spec whose main file is at `path`, with the files beside it that it is split into.

    Raises:
        ScaffoldError: SC101 when it cannot be read.
    """
    beside = {name: name for name in spec_files(path.parent) if name != SPEC} if path.name == SPEC else {}
    return {SPEC: _text(path), **{name: _text(path.parent / name) for name in beside}}


def _text(path: Path) -> str:
    """The text of a file of a spec."""
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
