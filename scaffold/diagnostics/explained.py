"""What each code means: a row per code in `rows/*.toml`, one file for each hundred, read when it is asked for."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

AREAS: Mapping[str, tuple[str, str]] = {
    "1": ("text", "The text of a spec"),
    "2": ("contract", "Types, resources and operations"),
    "3": ("changes", "Changes"),
    "4": ("versions", "Versions and the calendar"),
    "5": ("project", "The project, on disk and in operation"),
    "6": ("code", "Your own code"),
    "7": ("documents", "OpenAPI documents"),
    "9": ("program", "The program"),
}
"""By the digit after `SC`: the file of the rows, and what they are about."""


class Reads(StrEnum):
    """What the snippets of a row are."""

    SPEC = "spec"
    """A spec, or the keys of one: without `api:` it is that of `shop`."""
    CHANGES = "changes"
    """Changes of v2 in the small spec of `SHOP`."""
    DOCUMENT = "document"
    """A published OpenAPI document."""
    LOCK = "lock"
    """The text of scaffold.lock."""
    COMMAND = "command"
    """What is typed."""
    PYTHON = "python"
    """A module of a project that has one handler, `users`, and one function, `price_up`."""

    @property
    def place(self) -> str:
        """Where such a snippet stands: the end of a heading, empty where it says so itself."""
        return _PLACES.get(self, "")


_PLACES: Mapping[Reads, str] = {
    Reads.CHANGES: ", under `changes:` of a version",
    Reads.DOCUMENT: ", in a document",
    Reads.LOCK: ", in scaffold.lock",
    Reads.PYTHON: ", in a module of yours",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One row: what a code means, why it is refused, the way out, and how it looks wrong and right."""

    code: str
    title: str
    means: str
    why: str
    way_out: str
    wrong: str | None = None
    right: str | None = None
    reads: Reads = Reads.SPEC

    def data(self) -> dict[str, str | None]:
        """The row for programs."""
        return {
            "code": self.code,
            "title": self.title,
            "means": self.means,
            "why": self.why,
            "way_out": self.way_out,
            "reads": self.reads.value if self.wrong else None,
            "wrong": self.wrong,
            "right": self.right,
        }


def explained(code: str) -> Explained | None:
    """The row of `code`, None where there is none."""
    return rows(code[2:3]).get(code) if code[2:3] in AREAS else None


@cache
def rows(area: str) -> Mapping[str, Explained]:
    """The rows of one area, a key of `AREAS`, by code."""
    text = files(__package__).joinpath("rows", f"{AREAS[area][0]}.toml").read_text("utf-8")
    return {code: _row(code, stated) for code, stated in tomllib.loads(text).items()}


def every_row() -> list[Explained]:
    """All rows, by code."""
    return [row for area in AREAS for row in rows(area).values()]


@cache
def shop() -> str:
    """The small spec that snippets of changes belong to; they stand at its end."""
    return files(__package__).joinpath("rows", "shop.yaml").read_text("utf-8")


def as_code(text: str) -> str:
    """What is meant by `text`: `sc103` and `103` are SC103."""
    return re.sub(r"^(SC)?(?=\d)", "SC", text.strip().upper())


def nearest_codes(code: str) -> list[str]:
    """Up to three codes that are written much like `code`."""
    known = [row.code for row in every_row()]
    close = difflib.get_close_matches(code, known, n=len(known), cutoff=0.6)
    number = int("".join(filter(str.isdecimal, code)) or 0)
    return sorted(close, key=lambda near: (-_alike(near, code), abs(int(near[2:]) - number)))[:3]


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _row(code: str, stated: Mapping[str, str]) -> Explained:
    words = {key: " ".join(stated[key].split()) for key in ("title", "means", "why", "way_out")}
    return Explained(
        code=code,
        wrong=stated.get("wrong"),
        right=stated.get("right"),
        reads=Reads(stated.get("reads", _USUAL.get(code[2], Reads.SPEC))),
        **words,
    )


_USUAL = {"3": Reads.CHANGES, "5": Reads.LOCK, "6": Reads.PYTHON, "7": Reads.DOCUMENT, "9": Reads.COMMAND}
