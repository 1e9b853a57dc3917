"""A text for a regular expression: a careful generator for the part of the language that specs use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from .ecma import scoped

PRINTABLE = "".join(chr(c) for c in range(32, 127))
DIGITS, LETTERS, CAPITALS = "1234567890", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORD = LETTERS + CAPITALS + DIGITS + "_"
CLASSES = {"d": DIGITS, "w": WORD, "s": " "}
CLASSES |= {word.upper(): "".join(c for c in PRINTABLE if c not in held) for word, held in CLASSES.items()}
LITERAL_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
EXTRA = (0, 1, 2, 3, 5, 8, 16, 32, 64)
OPTIONS = 4


@dataclass
class _Run:
    """One try: how often optional repeats are taken, which alternative, and how many characters there are."""

    extra: int
    option: int
    made: Iterator[int] = field(default_factory=count)


_Part = Callable[[_Run], str]


class _Unreadable(Exception):
    """The pattern uses something that is not generated here."""


def sample(pattern: str, min_length: int | None = None, max_length: int | None = None) -> str | None:
    """A text that `pattern` finds itself in and whose length fits; None when none is found.

    Every text is tried against the pattern before it is given back.
    """
    try:
        pattern = scoped(pattern)
        found = re.compile(pattern)
        part = _Reader(pattern).read()
    except (re.error, _Unreadable):
        return None
    low, high = min_length or 0, max_length
    for extra in EXTRA:
        for option in range(OPTIONS):
            text = part(_Run(extra, option))
            for tried in (text, text + "a" * (low - len(text))):
                if low <= len(tried) and (high is None or len(tried) <= high) and found.search(tried):
                    return tried
    return None


class _Reader:
    """Reads a pattern from left to right into a maker of texts."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def read(self) -> _Part:
        part = self._choice()
        if self.at < len(self.pattern):
            raise _Unreadable
        return part

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _take(self) -> str:
        taken = self._peek()
        if not taken:
            raise _Unreadable
        self.at += 1
        return taken

    def _choice(self) -> _Part:
        options = [self._sequence()]
        while self._peek() == "|":
            self._take()
            options.append(self._sequence())
        return lambda run: options[run.option % len(options)](run)

    def _sequence(self) -> _Part:
        parts: list[_Part] = []
        while self._peek() not in ("", "|", ")"):
            part = self._atom()
            if part is not None:
                parts.append(self._repeated(part))
        return lambda run: "".join(part(run) for part in parts)

    def _atom(self) -> _Part | None:
        taken = self._take()
        if taken in "^$":
            return None
        if taken == "(":
            return self._group()
        if taken == "[":
            return _one_of(self._class())
        if taken == ".":
            return _one_of(PRINTABLE)
        if taken == "\\":
            return self._escape()
        if taken in "*+?{":
            raise _Unreadable
        return lambda run: _counted(run, taken)

    def _escape(self) -> _Part | None:
        taken = self._take()
        if taken in "AZ":
            return None
        if taken in CLASSES:
            return _one_of(CLASSES[taken])
        if taken.isalnum() and taken not in LITERAL_ESCAPES:
            raise _Unreadable
        literal = LITERAL_ESCAPES.get(taken, taken)
        return lambda run: _counted(run, literal)

    def _group(self) -> _Part:
        if self._peek() == "?":
            self._take()
            taken = self._take()
            if taken == "P":
                named = re.compile(r"<\w+>").match(self.pattern, self.at)
                if named is None:
                    raise _Unreadable
                self.at = named.end()
            elif taken in "ims":
                while taken in "ims":
                    taken = self._take()
                if taken != ":":
                    raise _Unreadable
            elif taken != ":":
                raise _Unreadable
        part = self._choice()
        if self._take() != ")":
            raise _Unreadable
        return part

    def _class(self) -> str:
        refused = self._peek() == "^"
        if refused:
            self._take()
        allowed: set[str] = set()
        first = True
        while first or self._peek() != "]":
            first = False
            low = self._take()
            if low == "\\":
                low = self._take()
                if low in CLASSES:
                    allowed |= set(CLASSES[low])
                    continue
                if low.isalnum() and low not in LITERAL_ESCAPES:
                    raise _Unreadable
                low = LITERAL_ESCAPES.get(low, low)
            high = low
            if self._peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
                self._take()
                high = self._take()
                if high == "\\":
                    high = self._take()
            allowed |= {c for c in PRINTABLE if low <= c <= high} | {low, high}
        self._take()
        return "".join(c for c in PRINTABLE if c not in allowed) if refused else "".join(sorted(allowed))

    def _repeated(self, part: _Part) -> _Part:
        low, high = 1, 1
        counted = re.compile(r"\{(\d*)(,?)(\d*)\}").match(self.pattern, self.at)
        if self._peek() and self._peek() in "*+?":
            low, high = {"*": (0, -1), "+": (1, -1), "?": (0, 1)}[self._take()]
        elif counted is not None and (counted[1] or counted[3]):
            low = int(counted[1] or 0)
            high = low if not counted[2] else int(counted[3] or -1)
            self.at = counted.end()
        else:
            return part
        if self._peek() == "?":
            self._take()

        def made(run: _Run) -> str:
            times = low + run.extra if high < 0 else min(high, low + run.extra)
            return "".join(part(run) for _ in range(times))

        return made


def _counted(run: _Run, text: str) -> str:
    next(run.made)
    return text


def _one_of(allowed: str) -> _Part:
    if not allowed:
        raise _Unreadable
    ranked = [[c for c in row if c in allowed] for row in (LETTERS, CAPITALS, DIGITS, allowed)]
    chosen = next(row for row in ranked if row)
    return lambda run: chosen[next(run.made) % len(chosen)]
