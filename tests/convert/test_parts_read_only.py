"""Objects of which other versions have parts elsewhere, and clients can write nothing of what is left."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json

from .shops import shop

LEFT = ["{type: int | str, read_only: true}", "{type: datetime, read_only: true, on_create: now}"]
BY_SERVER = "House:\n  fields:\n    'no?': %s\n    'zip?': int"
LEAVES = "- move Item.home.zip to Item.zip"


@pytest.mark.parametrize("left", LEFT)
@pytest.mark.parametrize(
    ("kind", "back"),
    [
        ("home: {type: House, nullable: true}", "nullable: false, old_sends: {}"),
        ("'home?': {type: House, nullable: true}", "nullable: false, old_sends: {}"),
        ("'home?': House", "required: true, old_sends: {}"),
        ("home: House", "nullable: true, old_sees: {}"),
    ],
)
def test_it_is_there_where_it_was_sent(kind: str, back: str, left: str) -> None:
    sent: list[Json] = [{"home": {}}, {"home": {"zip": 3}}]
    sent += [{"home": None}] if "nullable" in kind else []
    sent += [{}] if "?" in kind else []
    for versions in ([LEAVES], [LEAVES, f"- {{change: Item.home, {back}}}"]):
        with shop(kind, *versions, types=BY_SERVER % left) as item:
            for before in sent:
                for now in sent:
                    item.post("v1", before)
                    assert _sent(item.put("v1", now)) == now
                    there, stated = isinstance(item.get("v2").get("home"), dict), len(versions) > 1
                    assert stated or there is isinstance(now.get("home"), dict)
                    shown = [item.get(version) for version in ("v1", "v2")]
                    item.put_back("v1")
                    assert [item.get(version) for version in ("v1", "v2")] == shown
                    item.put_back("v2")
                    assert item.get("v1") == shown[0]


def test_what_was_added_to_it_since_is_stated() -> None:
    added = "- {add: House.name, type: str, old_sends: none}"
    with shop("'home?': House", LEAVES, added, types=BY_SERVER % LEFT[0]) as item:
        item.post("v1", {"home": {"zip": 3}})
        assert item.get("v3") == {"home": {"name": "none"}, "zip": 3}
        item.post("v1", {})
        assert item.get("v3") == {}
        item.put("v1", {"home": {}})
        assert item.get("v3") == {"home": {"name": "none"}}


def _sent(shown: Json) -> Json:
    """What is shown, without what the server set."""
    return {k: _sent(v) for k, v in shown.items() if k != "no"} if isinstance(shown, dict) else shown
