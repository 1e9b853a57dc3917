"""Variants are told apart as each version says, and constants are what each version promised."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow
CARDS = {"v1": {"kind": "card"}, "v2": {"kind": "credit"}, "v3": {"type": "credit"}}
WALLETS = {"v1": {"kind": "wallet"}, "v2": {"kind": "wallet"}, "v3": {"type": "wallet"}}
FORMATS = {"v1": ("plain", 1), "v2": ("text", 2), "v3": ("plain", 2)}


@pytest.fixture
def client(serve: Callable[..., TestClient]) -> TestClient:
    return serve("tags")


def card(version: str) -> dict[str, Any]:
    return {**CARDS[version], "number": "1"}


def wallet(version: str) -> dict[str, Any]:
    return {**WALLETS[version], "email": "a@example.com"}


@pytest.mark.parametrize("version", CARDS)
class TestEachVersion:
    def test_is_answered_in_its_own_words(self, client: TestClient, version: str) -> None:
        mine, other = card(version), wallet(version)
        assert json_of(client.post(f"/{version}/paid")) == [
            {"method": mine, "more": [other, mine], "by_name": {"first": mine}},
            {"method": other},
        ]

    def test_is_understood_in_its_own_words(self, client: TestClient, version: str) -> None:
        sent = {"method": wallet(version), "more": [card(version)], "by_name": {"x": wallet(version)}}
        assert json_of(client.post(f"/{version}/pay", json=sent)) == sent

    def test_is_refused_the_words_of_others(self, client: TestClient, version: str) -> None:
        for other, sent in CARDS.items():
            refused = client.post(f"/{version}/pay", json={"method": {**sent, "number": "1"}})
            assert refused.status_code == (200 if other == version else 422)

    def test_has_its_own_constants(self, client: TestClient, version: str) -> None:
        format_, level = FORMATS[version]
        made = json_of(client.post(f"/{version}/notes", json={"text": "x", "format": format_, "level": level}))
        for other, (wanted, number) in FORMATS.items():
            seen = json_of(client.get(f"/{other}/notes/{made['id']}"))
            assert seen == {"id": made["id"], "text": "x", "format": wanted, "level": number}
            back = {k: v for k, v in seen.items() if k != "id"}
            assert json_of(client.put(f"/{other}/notes/{made['id']}", json=back)) == seen
