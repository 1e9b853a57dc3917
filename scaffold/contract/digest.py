"""The digest of a contract: the same for the same promise, whatever its descriptions and dates say.

What has its default says nothing, so that a digest stays what it was when contracts learn to say more.
"""

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
def _defaults(class_: type[Any]) -> Mapping[str, object] | None:
    """The attributes of a value that promise something, with their defaults; None for what is no such value."""
    if not is_dataclass(class_):
        return None
    return {f.name: f.default for f in fields(class_) if f.name not in PROSE}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if value is None or isinstance(value, str | int | float):
        return value
    class_: Any = type(value)
    defaults = _defaults(class_)
    if defaults is not None:
        stated = {name: getattr(value, name) for name in defaults}
        return {n: _plain(v) for n, v in stated.items() if v is not None and v != defaults[n]}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
