"""What was published stays as it was written, as long as it fits the contract."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.openapi.kept import over

CARD: dict[str, Any] = {"$ref": "#/components/schemas/Card"}
WALLET: dict[str, Any] = {"$ref": "#/components/schemas/Wallet"}
NULL = {"type": "null"}
OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": {}}}


@pytest.mark.parametrize(
    ("made", "kept", "said"),
    [
        ({"type": "string"}, {"x-a": None}, {"type": "string", "x-a": None}),
        (OBJECT, {"type": []}, {"properties": {"a": {}}}),
        ({"type": "string"}, {"type": []}, {"type": "string"}),
        ({"type": "string", "maxLength": 3}, {"type": [], "title": "T"}, {"maxLength": 3, "title": "T"}),
        (CARD, {"type": "object"}, {**CARD, "type": "object"}),
        ({"type": "string"}, {"type": "object"}, {"type": "string"}),
        (CARD, {"type": "object", "oneOf": [CARD, NULL]}, {"type": "object", "oneOf": [CARD, NULL]}),
        (WALLET, {"type": "object", "oneOf": [CARD, NULL]}, WALLET),
        (
            {"oneOf": [CARD, WALLET], "discriminator": {"propertyName": "k"}},
            {"type": "object", "oneOf": [CARD, WALLET, NULL]},
            {"type": "object", "oneOf": [CARD, WALLET, NULL], "discriminator": {"propertyName": "k"}},
        ),
        (OBJECT, {"oneOf": [{"required": ["a"]}]}, {**OBJECT, "oneOf": [{"required": ["a"]}]}),
    ],
)
def test_what_is_kept_is_put_over_what_is_made_where_it_fits(made: Any, kept: Any, said: Any) -> None:
    before = dict(made), dict(kept)
    assert over(made, kept) == said
    assert (made, kept) == before


def test_what_is_kept_wins_over_what_is_said() -> None:
    assert over({"type": "string"}, {"title": "Theirs"}, {"title": "Ours", "description": "D."}) == {
        "type": "string",
        "title": "Theirs",
        "description": "D.",
    }
