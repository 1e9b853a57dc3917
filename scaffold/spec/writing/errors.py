"""How errors are written, as YAML."""

from __future__ import annotations

from ...contract.error_form import ErrorFormat, Errors
from .layout import Block, Value
from .scalars import Word


def errors(value: Errors) -> Value:
    """How errors are written: a word, or the form itself."""
    if isinstance(value, ErrorFormat):
        return Word(value)
    made = Block(body=dict(value.body))
    if value.media_type != "application/json":
        made["media_type"] = value.media_type
    if value.extend:
        made["extend"] = True
    return made
