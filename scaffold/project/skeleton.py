"""The skeleton of a new project: checks the answers, then has copier render the packaged template."""

from __future__ import annotations

import keyword
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import scaffold
from scaffold.diagnostics import Diagnostic, ScaffoldError, did_you_mean

REPOSITORY = "https://github.com/scaffold-api/scaffold-api.git"
ANSWERS_FILE = ".copier-answers.yml"
PYTHON_VERSIONS = ("3.11", "3.12", "3.13", "3.14")

# Names that the project itself imports or keeps; a package of that name would hide them.
_USED = """
    alembic anyio fastapi httpx2 hypothesis mypy prometheus_client psycopg pydantic pydantic_settings pytest ruff
    scaffold sqlalchemy starlette structlog uvicorn conftest generated migrations tests
"""
# Names that the standard library of another supported Python has, or had.
_STANDARD_ELSEWHERE = """
    aifc annotationlib asynchat asyncore audioop cgi cgitb chunk compression crypt distutils imghdr imp lib2to3
    mailcap msilib nis nntplib ossaudiodev pipes smtpd sndhdr spwd sunau telnetlib uu xdrlib
"""


def render(destination: Path, answers: Mapping[str, str], *, source: Path | None = None) -> None:
    """Write the skeleton into `destination`, which is made if it is not there; files in it are written over.

    `answers` are those of `copier.yml`; what is left out takes its default. `source` is a folder with
    `copier.yml` and `template/`: by default the packaged one, in a working copy the repository's. The answers
    file records the public repository and the tag of this release, so that `copier update` works later.
    Raises ScaffoldError SC530 to SC532, and then nothing is written.
    """
    problems = tuple(check_answers({"project_name": _slug(destination.resolve().name), **answers}))
    if problems:
        raise ScaffoldError(problems)
    import copier  # half a second, which no other command should pay

    with tempfile.TemporaryDirectory(prefix="scaffold-skeleton-") as name:
        # A copy outside of any repository: copier then needs no git, and renders exactly these files.
        template = Path(name)
        origin = source or skeleton_source()
        shutil.copyfile(origin / "copier.yml", template / "copier.yml")
        shutil.copytree(origin / "template", template / "template")
        copier.run_copy(
            str(template),
            destination,
            data=dict(answers),
            defaults=True,
            overwrite=True,
            quiet=True,
            settings=copier.Settings(),  # not those of the user: the same answers give the same files
        )
    _record_origin(destination / ANSWERS_FILE)


def skeleton_files(answers: Mapping[str, str], *, source: Path | None = None) -> dict[str, bytes]:
    """The files of the skeleton by their paths, rendered aside; `project_name` must be among the answers.

    Raises what `render` raises.
    """
    with tempfile.TemporaryDirectory(prefix="scaffold-skeleton-") as name:
        folder = Path(name) / "project"
        render(folder, answers, source=source)
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def skeleton_source() -> Path:
    """The folder with `copier.yml` and `template/`: inside the installed package, else the working copy's."""
    package = Path(scaffold.__file__).resolve().parent
    packaged = package / "_skeleton"
    return packaged if packaged.is_dir() else package.parent


def default_package_name(project_name: str) -> str:
    """The package name that follows from a project's name."""
    return project_name.replace("-", "_")


def check_answers(answers: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What is wrong with the answers: SC530 an unknown one, SC531 a wrong value, SC532 a name that is taken."""
    for name, value in answers.items():
        if name not in ANSWERS:
            help = did_you_mean(name, tuple(ANSWERS))
            yield Diagnostic("SC530", f"the skeleton has no question `{name}`", help=help)
            continue
        pattern, expected = ANSWERS[name]
        if not re.fullmatch(pattern, value):
            yield Diagnostic("SC531", f"`{value}` cannot be the {_words(name)}", help=f"give {expected}")
    package = answers.get("package_name", default_package_name(answers.get("project_name", "")))
    for taken, why in _TAKEN:
        if taken(package):
            yield Diagnostic(
                "SC532",
                f"`{package}` cannot be the name of the package: {why}",
                help=f"choose another one, for example `{package}_api`",
            )
            break


_LINE = r'[^\s"\\][^"\\\n\r\t]{{0,{}}}'

# Each answer: the pattern of its value, and what to say of it. `copier.yml` holds the same rules for those who
# call copier themselves.
ANSWERS: Mapping[str, tuple[str, str]] = {
    "project_name": (
        r"(?=.{1,40}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*",
        "at most 40 small letters and digits, in words joined by `-`, a letter first",
    ),
    "package_name": (r"[a-z][a-z0-9_]{0,39}", "at most 40 small letters, digits and `_`, a letter first"),
    "title": (_LINE.format(59), "one line of at most 60 characters, without double quotes and backslashes"),
    "description": (_LINE.format(199), "one line of at most 200 characters, without double quotes and backslashes"),
    "docs_url": (
        r'https?://[^\s"\\<>]{0,179}[^\s"\\<>/]|(/[A-Za-z0-9_.-]{1,40}){1,4}',
        "an http(s) URL, or a path, without a slash at its end",
    ),
    "python_version": ("|".join(map(re.escape, PYTHON_VERSIONS)), f"one of {', '.join(PYTHON_VERSIONS)}"),
}

_STANDARD = sys.stdlib_module_names | frozenset(_STANDARD_ELSEWHERE.split())
_OURS = frozenset(_USED.split())
_TAKEN: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda name: keyword.iskeyword(name) or name in ("case", "match"), "it is a word of the Python language"),
    (lambda name: name in _STANDARD, "a module of the standard library has this name"),
    (lambda name: name in _OURS, "the project itself uses something of this name"),
)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _slug(folder: str) -> str:
    """The project name that copier derives from the name of the folder."""
    return re.sub(r"[^a-z0-9]+", "-", folder.lower()).strip("-")


def _record_origin(answers_file: Path) -> None:
    """Say where the skeleton came from, where copier saw only a folder without a history."""
    kept = [line for line in answers_file.read_text(encoding="utf-8").splitlines() if not line.startswith("_")]
    origin = [f"_commit: v{scaffold.__version__}", f"_src_path: {REPOSITORY}"]
    answers_file.write_text("\n".join([kept[0], *origin, *kept[1:], ""]), encoding="utf-8", newline="\n")
