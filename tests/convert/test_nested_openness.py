"""What an object does with fields it does not know is its own affair, whatever holds it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from .calls import calls

TYPES = """
Open: {fields: {a: str}}
Shut: {fields: {a: str}, unknown: refuse}
Keeps: {fields: {a: str}, unknown: keep}
Box: {fields: {open: Open, shut: Shut, kept: Keeps}, unknown: %s}
"""
SENT = {"open": {"a": "x"}, "shut": {"a": "x"}, "kept": {"a": "x"}}


@pytest.mark.parametrize("unknown", ["ignore", "refuse", "keep"])
def test_each_object_decides_for_itself(unknown: str) -> None:
    with calls(TYPES % unknown, "Box") as call:
        more = {**SENT, "open": {"a": "x", "b": 1}, "kept": {"a": "x", "b": 1}}
        assert call.echo("v1", more) == {**SENT, "kept": {"a": "x", "b": 1}}
        with pytest.raises(ValidationError):
            call.given("v1", {**SENT, "shut": {"a": "x", "b": 1}})
