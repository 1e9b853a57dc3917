"""Files as values, and the one gate through which a path inside a project passes."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath

from scaffold.diagnostics import Diagnostic, ScaffoldError


class Owner(StrEnum):
    """Whose a file is, and so what a command may do to it."""

    TOOL = "tool"  # the tool's alone: created, updated and deleted, with its checksum in the lock
    USER_ONCE = "user-once"  # created when missing, then the user's and never touched again
    SPLICED = "spliced"  # the user's, edited by a command that says so: the spec


@dataclass(frozen=True, slots=True)
class File:
    """One wanted file: its place in the project, its whole content, and whose it is.

    `base` is for spliced files: the text that the edit started from. When the disk holds something else by
    then, the plan refuses instead of overwriting it. Raises ScaffoldError SC501 for a path that is not
    plainly inside the project.
    """

    path: str
    content: str | bytes
    owner: Owner = Owner.TOOL
    base: str | bytes | None = None

    def __post_init__(self) -> None:
        checked_path(self.path)

    @property
    def data(self) -> bytes:
        """The content as it stands on disk."""
        return as_bytes(self.content)


def as_bytes(content: str | bytes) -> bytes:
    """Text as UTF-8, bytes as they are."""
    return content.encode() if isinstance(content, str) else content


def as_text(data: bytes) -> str | None:
    """The text in `data`, or None where it is not text."""
    try:
        return None if b"\0" in data else data.decode()
    except UnicodeDecodeError:
        return None


def checksum(data: bytes) -> str:
    """The checksum of a file as the lock writes it; a checkout that turned LF into CRLF does not count as an
    edit.
    """
    same = data if b"\0" in data else data.replace(b"\r\n", b"\n")
    return "sha256:" + hashlib.sha256(same).hexdigest()


def checked_path(path: str) -> str:
    """`path` itself, when it names a place inside a project; raises ScaffoldError SC501 otherwise.

    Refused are absolute paths, drives, backslashes, empty parts, `.` and `..`: by their text alone, the disk
    is not read.
    """
    pure = PurePosixPath(path)
    plain = str(pure) == path and path not in ("", ".") and ".." not in pure.parts
    if not plain or pure.is_absolute() or PureWindowsPath(path).drive or "\\" in path or "\0" in path:
        raise ScaffoldError(
            Diagnostic(
                "SC501",
                f"`{path}` is not a path inside the project",
                help="give a path relative to the project, with `/` between its parts and no `..`",
            )
        )
    return path


def inside(root: Path, path: str) -> Path:
    """The place of `path` on disk; raises ScaffoldError SC501, or SC502 where a symbolic link leads out of
    `root`.
    """
    home = os.path.realpath(root)
    real = os.path.realpath(os.path.join(home, checked_path(path)))
    if real.startswith(home.rstrip(os.sep) + os.sep):
        return Path(real)
    raise ScaffoldError(
        Diagnostic(
            "SC502",
            f"`{path}` leads out of the project, to `{real}`",
            help="a symbolic link stands in its way: replace it with a real file or folder",
        )
    )


def read_bytes(root: Path, path: str) -> bytes | None:
    """What `path` holds on disk, None where there is nothing; raises ScaffoldError SC501, SC502, SC511,
    SC513.
    """
    place = inside(root, path)
    try:
        return place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        raise ScaffoldError(
            Diagnostic(
                "SC511",
                f"`{path}` is a folder, and a file of that name is to be written",
                help="move the folder away, or choose another name",
            )
        ) from None
    except OSError as error:
        raise ScaffoldError(disk_error(f"`{path}` cannot be read", error)) from error


def disk_error(what: str, error: OSError) -> Diagnostic:
    """An error of the operating system as a diagnostic, SC513."""
    reason = error.strerror or str(error)
    return Diagnostic(
        "SC513",
        f"{what}: {reason.lower()}",
        help="check the permissions of the folder and the space on the disk, then run the command again",
    )
