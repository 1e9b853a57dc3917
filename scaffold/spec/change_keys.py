"""Which keys a change can have, by what it is about."""

from __future__ import annotations

from collections.abc import Mapping

from .shapes import BOUNDS, TYPE_KEYS

_SAID = ("description", "openapi")
_TYPED = (*TYPE_KEYS, *BOUNDS, *_SAID)
_MODES = (
    "default",
    "example",
    "read_only",
    "write_only",
    "create_only",
    "unique",
    "on_create",
    "computed",
    "deprecated",
)
_FORMS = ("media_type", "media", "schema", "others")

ADD: Mapping[str, tuple[str, ...]] = {
    "a field": (*_TYPED, *_MODES, "ref", "old_sends", "existing"),
    "a value of an enum": ("description", "old_sees", "opt_in"),
    "a variant": (*_TYPED, "tag", "old_sees", "hide"),
    "a type": (*(k for k in _TYPED if k != "name"), "component", "inline"),
    "a resource": (
        *("path", "fields", "operations", "filters", "sort", "pagination", "owner", "handler", "unknown", "rest"),
        *("component", *_SAID),
    ),
    "an operation": (
        *("id", "summary", "handler", "tags", "deprecated", "security"),
        *("parameters", "body", "response", "responses", *_SAID),
    ),
    "a parameter": (
        *_TYPED,
        *("default", "example", "required", "deprecated", "style", "explode", "media_type", "schema", "old_sends"),
    ),
    "a body": (*_TYPED, *_FORMS, "required", "wrap", "codec"),
    "an answer": (*_TYPED, *_FORMS, "page", "wrap", "headers", "old_sees"),
    "a header": (*_TYPED, "required", "deprecated", "schema"),
}
"""Of an addition."""

REMOVE: Mapping[str, tuple[str, ...]] = {
    "a value of an enum": ("old_sends", "policy", "waiver", "existing"),
}
"""Of a removal."""

CHANGE: Mapping[str, tuple[str, ...]] = {
    "a value of an enum": ("opt_in", "old_sees"),
    "a field": (
        *("from", "to", "type", "codec", "required", "nullable", "default", "drop", *BOUNDS),
        *("read_only", "write_only", "create_only", "unique", "deprecated", "description"),
        *(
            "old_sends",
            "old_sees",
            "unreadable",
            "pick",
            "values",
            "policy",
            "waiver",
            "as_seen",
            "existing",
            "keep",
            "accepts",
        ),
    ),
    "a parameter": (
        *("to", "type", "codec", "required", "default", "drop", *BOUNDS),
        *("style", "explode", "media_type", "old_sends", "unreadable", "pick", "values", "policy", "waiver"),
    ),
    "a type": (
        *("to", "unknown", "rest", "nullable", "open", "inline", "component"),
        *("codec", "policy", "waiver", "old_sends", "old_sees"),
    ),
    "a body": ("to", "wrap", "unwrap", "codec"),
    "an answer": ("to", "status", "wrap", "unwrap", "codec", "flag"),
    "a header": ("to", "codec", "old_sees"),
    "an operation": ("security", "status"),
    "envelope": ("to",),
    "errors": ("to",),
    "base_path": ("to",),
    "pagination": ("to",),
    "auth": ("to",),
}
"""Of a change."""
