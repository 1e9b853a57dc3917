"""A line on stderr that shows life when something takes longer than a second; only a terminal gets it."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from typing import TextIO

_FRAMES = "|/-\\"
_PATIENCE, _PACE = 1.0, 0.12


@contextlib.contextmanager
def progress(doing: str, stream: TextIO | None = None, patience: float = _PATIENCE) -> Iterator[None]:
    """Show `doing` with a turning bar after `patience` seconds, until the block ends; then wipe the line.

    Without `doing` nothing is shown: a command that asks questions needs the terminal for itself.
    """
    out = sys.stderr if stream is None else stream
    if not doing or not out.isatty():
        yield
        return
    over = threading.Event()
    turning = threading.Thread(target=_turn, args=(doing, out, over, patience), daemon=True)
    turning.start()
    try:
        yield
    finally:
        over.set()
        turning.join()


def _turn(doing: str, out: TextIO, over: threading.Event, patience: float) -> None:
    if over.wait(patience):
        return
    turn = 0
    while not over.wait(_PACE):
        out.write(f"\r{_FRAMES[turn % len(_FRAMES)]} {doing} …")
        out.flush()
        turn += 1
    out.write("\r" + " " * (len(doing) + 4) + "\r")
    out.flush()
