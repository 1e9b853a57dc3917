"""A line on stderr that shows life when something takes longer than a second; only a terminal gets it."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from typing import TextIO

_FRAMES = "|/-\\"
_PATIENCE, _PACE = 1.0, 0.12


@contextlib.contextmanager
def progress(doing: str, stream: TextIO | None = None, patience: float = _PATIENCE) -> Iterator[None]:
    """Show `doing` with a turning bar after `patience` seconds, until the block ends; then wipe the line.

    Without `doing` nothing is shown. A question takes the line away with `paused`.
    """
    out = sys.stderr if stream is None else stream
    if not doing or not out.isatty():
        yield
        return
    with _turning(_Bar(doing, out, patience)):
        yield


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """Take the line away for as long as the block lasts: a question needs the terminal for itself."""
    bar = _shown.get()
    if bar is None:
        yield
        return
    bar.stop()
    try:
        yield
    finally:
        bar.start()


class _Bar:
    """The line, and the thread that turns it."""

    def __init__(self, doing: str, out: TextIO, patience: float) -> None:
        self.doing, self.out, self.patience = doing, out, patience

    def start(self) -> None:
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._turn, args=(self.over,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.over.set()
        self.thread.join()

    def _turn(self, over: threading.Event) -> None:
        if over.wait(self.patience):
            return
        turn = 0
        while not over.wait(_PACE):
            self.out.write(f"\r{_FRAMES[turn % len(_FRAMES)]} {self.doing} …")
            self.out.flush()
            turn += 1
        self.out.write("\r" + " " * (len(self.doing) + 4) + "\r")
        self.out.flush()


_shown: ContextVar[_Bar | None] = ContextVar("shown", default=None)


@contextlib.contextmanager
def _turning(bar: _Bar) -> Iterator[None]:
    token = _shown.set(bar)
    bar.start()
    try:
        yield
    finally:
        bar.stop()
        _shown.reset(token)
