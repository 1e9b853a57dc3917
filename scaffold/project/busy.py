"""One command at a time: a lock that the system itself lets go when its holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from scaffold.diagnostics import Diagnostic, ScaffoldError
from scaffold.project.files import disk_error
from scaffold.project.layout import WORK

IGNORED = "# The tool's working files.\nbusy\njournal\njournal.new\nfinished\nundo\n"

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the text, so that others can read who holds it
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """Hold the project in `root` for this process; raises ScaffoldError SC514 while another holds it."""
    folder = root / WORK
    try:
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
        handle = os.open(folder / "busy", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise ScaffoldError(disk_error(f"`{WORK}` cannot be written", error)) from error
    try:
        try:
            _take(handle)
        except (BlockingIOError, PermissionError) as error:
            raise ScaffoldError(_held(os.pread(handle, 20, 0) if hasattr(os, "pread") else b"")) from error
        except OSError as error:
            raise ScaffoldError(disk_error(f"`{WORK}/busy` cannot be locked", error)) from error
        os.lseek(handle, 0, os.SEEK_SET)
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


def _held(holder: bytes) -> Diagnostic:
    who = f", process {holder.decode()}," if holder.isdigit() else ""
    return Diagnostic(
        "SC514",
        f"another command{who} is at work in this project",
        help="wait until it has ended, then run this one again",
    )
