"""Where things are in a project, and which of them are the tool's."""

from __future__ import annotations

import keyword
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from scaffold.diagnostics import Diagnostic, ScaffoldError, Span
from scaffold.project.lock import Lock, read_lock

SPEC = "api.yaml"
LOCK = "scaffold.lock"
CHANGELOG = "docs/changelog.md"
GUIDES = "docs/migration"
OPENAPI = "openapi"
MIGRATIONS = "migrations/versions"
TESTS_GENERATED = "tests/generated"
WORK = ".scaffold"
SPEC_PARTS = ("types", "resources", "operations", "versions")
"""The folders that a spec may be split into, beside `api.yaml`."""
SPEC_DOCUMENT = "document.yaml"
"""What documents say beside the contract, where a large spec keeps it apart."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project on disk: its folder and its package. Every path it gives is relative, with `/`."""

    root: Path
    package: str

    @property
    def source(self) -> str:
        """The user's package."""
        return f"src/{self.package.replace('.', '/')}"

    @property
    def generated(self) -> str:
        """The tool's part of the user's package."""
        return f"{self.source}/generated"

    def document(self, version: str) -> str:
        """The OpenAPI document of a version."""
        return f"{OPENAPI}/{version}.json"

    def guide(self, older: str, newer: str) -> str:
        """The migration guide from one version to the next."""
        return f"{GUIDES}/{older}-to-{newer}.md"

    def page(self, name: str) -> str:
        """A page of the documentation, as the program serves it."""
        return f"{self.generated}/pages/{name}"

    def migration(self, name: str) -> str:
        """A storage migration."""
        return f"{MIGRATIONS}/{name}.py"

    @property
    def tool_folders(self) -> tuple[str, ...]:
        """The folders that hold nothing but the tool's files."""
        return (self.generated, TESTS_GENERATED, OPENAPI, GUIDES)

    def tool_owned(self, path: str) -> bool:
        """Whether `path` belongs to the tool alone."""
        return path in (LOCK, CHANGELOG) or any(path.startswith(f"{folder}/") for folder in self.tool_folders)

    def spec_files(self) -> tuple[str, ...]:
        """The spec: `api.yaml`, then the files beside it that it may be split into, in the order of their
        names.
        """
        return spec_files(self.root)


def spec_files(root: Path) -> tuple[str, ...]:
    """The spec in the folder `root`: `api.yaml`, then the files beside it, in the order of their names."""
    parts = (
        part.relative_to(root).as_posix() for folder in SPEC_PARTS for part in sorted((root / folder).glob("*.yaml"))
    )
    beside = (SPEC_DOCUMENT,) if (root / SPEC_DOCUMENT).is_file() else ()
    return (SPEC, *beside, *parts)


def find_project(start: Path) -> Project:
    """The project that `start` is in: the nearest folder, upwards, with a spec and a lock or a
    pyproject.toml.

    Raises ScaffoldError SC503 when there is none, SC504 when nothing names the package, and what `read_lock`
    raises.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if not (folder / SPEC).is_file():
            continue
        if (folder / LOCK).is_file() or (folder / "pyproject.toml").is_file():
            return Project(folder, package_of(folder))
    raise ScaffoldError(
        Diagnostic(
            "SC503",
            f"no project here: neither `{here}` nor a folder above it has `{SPEC}` with `{LOCK}`",
            help="go into a project, name one with `scaffold -C DIR …`, or make one with `scaffold new NAME`",
        )
    )


def load_lock(project: Project) -> Lock | None:
    """The lock as it is on disk, None where there is none. Raises what `read_lock` raises, and SC505 for no text."""
    place = project.root / LOCK
    if not place.is_file():
        return None
    try:
        return read_lock(place.read_text(encoding="utf-8"), LOCK)
    except UnicodeDecodeError as error:
        raise ScaffoldError(
            Diagnostic("SC505", "the lock is broken: it is not UTF-8 text", Span(LOCK, 1, 1, 1, 1))
        ) from error


def strangers(project: Project, lock: Lock) -> tuple[str, ...]:
    """Files that stand in the tool's folders though the lock does not know them; Python's caches do not count."""
    found = (
        path.relative_to(project.root).as_posix()
        for folder in project.tool_folders
        for path in sorted((project.root / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    )
    return tuple(path for path in found if path not in lock.files)


def package_of(root: Path) -> str:
    """The package of the project in `root`: `[tool.scaffold] package` of its pyproject.toml, else what the
    lock says.
    """
    named = _named_in_pyproject(root / "pyproject.toml")
    lock = load_lock(Project(root, "")) if named is None else None
    named = lock.package if lock is not None else named
    if named is None:
        raise ScaffoldError(
            Diagnostic(
                "SC504",
                "nothing names the package of this project",
                help='write `[tool.scaffold]` and `package = "…"` into pyproject.toml',
            )
        )
    return checked_package(named)


def checked_package(name: str) -> str:
    """`name` itself, when Python can import it; raises ScaffoldError SC504 otherwise."""
    parts = name.split(".")
    if all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        return name
    return _refuse_package(name)


def _refuse_package(name: str) -> str:
    usable = re.sub(r"\W+", "_", name).strip("_").lower()
    if not usable.isidentifier() or keyword.iskeyword(usable):
        usable = f"{usable}_api".lstrip("_") if not usable[:1].isdigit() else f"api_{usable}"
    raise ScaffoldError(
        Diagnostic(
            "SC504",
            f"`{name}` cannot be the name of a Python package",
            help=f"letters, digits and `_`, no keyword: `{usable}` would do",
        )
    )


def _named_in_pyproject(path: Path) -> str | None:
    """What pyproject.toml says; raises ScaffoldError SC504 when it cannot be read as TOML."""
    if not path.is_file():
        return None
    try:
        table: object = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScaffoldError(
            Diagnostic("SC504", f"pyproject.toml is not valid TOML: {error}", Span("pyproject.toml", 1, 1, 1, 1))
        ) from error
    for key in ("tool", "scaffold", "package"):
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, str) else None
