"""A walk over what a document says, past the values that it only quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .problems import child

DATA = frozenset({"example", "default", "enum", "const", "value"})
"""Keys under which values are quoted."""

NAMES = frozenset(
    {
        "properties",
        "patternProperties",
        "dependentSchemas",
        "$defs",
        "definitions",
        "schemas",
        "responses",
        "parameters",
        "examples",
        "requestBodies",
        "headers",
        "securitySchemes",
        "links",
        "callbacks",
        "pathItems",
        "content",
        "paths",
        "webhooks",
        "encoding",
        "variables",
        "mapping",
        "scopes",
    }
)
"""Keys under which a mapping is by name: its keys are no keywords."""


def references(value: Any) -> Iterator[tuple[str, str]]:
    """Every reference that `value` says, with the JSON pointer of the mapping it stands in."""
    waiting: list[tuple[Any, tuple[Any, ...], bool]] = [(value, (), False)]
    while waiting:
        here, path, names = waiting.pop()
        if isinstance(here, list):
            waiting += [(item, (path, i), False) for i, item in enumerate(here) if isinstance(item, dict | list)]
        elif isinstance(here, Mapping):
            if not names and isinstance(here.get("$ref"), str):
                yield _pointer(path), here["$ref"]
            for key, inner in here.items():
                if not isinstance(inner, dict | list):
                    continue
                if names:
                    waiting.append((inner, (path, key), False))
                elif not _quoted(key, inner):
                    waiting.append((inner, (path, key), key in NAMES and isinstance(inner, dict)))


def _quoted(key: str, inner: Any) -> bool:
    return key in DATA or key.startswith("x-") or (key == "examples" and isinstance(inner, list))


def _pointer(path: tuple[Any, ...]) -> str:
    keys: list[str | int] = []
    while path:
        path, key = path
        keys.append(key)
    return child("#", *reversed(keys))


def rewritten(value: Any, rule: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """`value` with `rule` applied to every mapping whose keys are keywords, inner ones first."""
    return _rewritten(value, rule, False)


def _rewritten(value: Any, rule: Callable[[dict[str, Any]], dict[str, Any]], names: bool) -> Any:
    if isinstance(value, list):
        return [_rewritten(item, rule, False) for item in value]
    if not isinstance(value, dict):
        return value
    if names:
        return {key: _rewritten(inner, rule, False) for key, inner in value.items()}
    return rule(
        {
            key: inner if _quoted(key, inner) else _rewritten(inner, rule, key in NAMES and isinstance(inner, dict))
            for key, inner in value.items()
        }
    )
