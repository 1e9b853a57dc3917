"""A small spec to change, and what is wrong with one in short."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from scaffold.contract.history import History
from scaffold.diagnostics import Diagnostic, ScaffoldError
from scaffold.spec import load

BASE = """\
api: {name: shop}
types:
  Status: {enum: [draft, published]}
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: {type: str, max_length: 10}
      status: {type: Status, default: draft}
      nick?: str | null
    filters: [name]
    sort: [name]
versions:
  - id: v1
    released: 2025-01-01
  - id: v2
    released: 2026-01-01
    changes:
"""


FIRST = BASE.count("\n") + 1
"""The line of the first change."""


def changed(*lines: str) -> str:
    """The small spec with `lines` as the changes of v2."""
    return BASE + "".join(f"      {line}\n" for line in lines)


def history(*lines: str) -> History:
    """The history of the small spec with `lines` as the changes of v2."""
    return load(changed(*lines)).history


Made = TypeVar("Made")


def outcome(make: Callable[[], Made]) -> Made | tuple[Diagnostic, ...]:
    """What `make` makes, or what it finds wrong."""
    try:
        return make()
    except ScaffoldError as error:
        return error.diagnostics


def found(text: str) -> list[tuple[str, int]]:
    """The code and the line of everything wrong with `text`."""
    made = outcome(lambda: load(text))
    return [(d.code, 0 if d.span is None else d.span.line) for d in made] if isinstance(made, tuple) else []


def told(text: str) -> str:
    """Everything that is said about what is wrong with `text`."""
    made = outcome(lambda: load(text))
    return "\n".join(f"{d.message} | {d.help}" for d in made) if isinstance(made, tuple) else ""
