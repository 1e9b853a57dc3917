"""The digest of a contract: the same for the same promise, whatever its descriptions and dates say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

from .contract import Contract

PROSE = frozenset(
    {"description", "summary", "example", "tags", "deprecated", "inline", "component", "extra", "media", "guessed"}
)
"""Attributes that promise nothing: they may be mended after a release."""


def digest(contract: Contract) -> str:
    """The SHA-256 of what `contract` promises, as `sha256:<hex>`."""
    said = json.dumps(_plain(contract), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"


@cache
def _names(class_: type[Any]) -> tuple[str, ...] | None:
    """The attributes of a value that promise something; None for what is no value of the contract's."""
    if not is_dataclass(class_):
        return None
    return tuple(f.name for f in fields(class_) if f.name not in PROSE)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if value is None or isinstance(value, str | int | float):
        return value
    class_: Any = type(value)
    names = _names(class_)
    if names is not None:
        stated = {name: _plain(getattr(value, name)) for name in names}
        return {k: v for k, v in stated.items() if v is not None}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
