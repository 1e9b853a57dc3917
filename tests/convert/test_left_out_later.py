"""What a client of any version leaves out, or is shown, is a value of all types that a field has later."""

from __future__ import annotations

import pytest

from scaffold.convert.policies import findings
from scaffold.spec import load

from .shops import spec

NOTHING = "- {change: Item.city, default: ''}"
DECIMAL = "- {change: Item.city, type: decimal, default: '0', old_sees: ''}"


def told(fields: str, *versions: str) -> list[tuple[str, str]]:
    """What is refused of the spec."""
    return [(d.code, d.message) for _, d in findings(load(spec(fields, *versions)).history)]


@pytest.mark.parametrize("field", ["city: {type: str, default: '7'}", "'city?': str", "city: str"])
def test_a_default_that_came_later_is_looked_at_like_one_from_the_beginning(field: str) -> None:
    assert told(field, NOTHING, DECIMAL) == [
        ("SC322", '`Item.city` is `""` where clients of v2 leave it out, and that is no decimal')
    ]
    assert told(field, NOTHING, DECIMAL.replace("old_sees", "unreadable: '0', old_sees")) == []


@pytest.mark.parametrize(
    ("kind", "then", "sees", "stands"),
    [("bool", "int", "false", "false"), ("int", "bool", "0", "0"), ("date", "int", "'2026-01-01'", '"2026-01-01"')],
)
def test_what_stands_for_the_unreadable_can_be_sent_back(kind: str, then: str, sees: str, stands: str) -> None:
    text = f"- {{change: Item.on, type: str, old_sees: {sees}}}"
    later = f"- {{change: Item.on, type: {then}, old_sees: ''}}"
    ((code, message),) = told(f"on: {kind}", text, later)
    assert code == "SC322"
    assert message.startswith(f"clients from before v2 are shown `Item.on` as `{stands}`, and cannot send it back once")
    known = {"int": "7", "bool": "true"}[then]
    assert told(f"on: {kind}", text, later.replace("old_sees", f"unreadable: {known}, old_sees")) == []
