"""Variants whose values have other names: what was written of them is kept and shown with all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .shops import shop


def test_one_of_several_objects_with_other_names_inside_is_as_seen_when_it_comes_back() -> None:
    types = (
        "Place: {fields: {a: str}}\nCard: {fields: {kind: {enum: [card]}, place: Place}}\n"
        "Wallet: {fields: {kind: {enum: [wallet]}}}\nCheque: {fields: {kind: {enum: [cheque]}, no: int}}"
    )
    gone = "- {remove: 'Item.way|Cheque', old_sends: {kind: card, place: {kept: z}}}"
    with shop("way: Card | Wallet | Cheque", "- {alias: Place.a, as: kept}", gone, types=types) as item:
        for version, name in (("v1", "a"), ("v2", "kept"), ("v3", "kept")):
            item.post(version, {"way": {"kind": "card", "place": {name: "x"}}})
            for reader in ("v1", "v2", "v3"):
                before = item.record
                item.put_back(reader)
                assert item.record == before, (version, reader)
        item.post("v1", {"way": {"kind": "cheque", "no": 7}})
        assert item.put_back("v2") == {"way": {"kind": "cheque", "no": 7}}
        assert item.get("v1") == {"way": {"kind": "cheque", "no": 7}}


@pytest.mark.parametrize("by", ["kind", "sort"])
@pytest.mark.parametrize("name", ["kind", "state", "shown"])
@pytest.mark.parametrize("field", ["code: Method", "code: 'list[Method]'"])
def test_a_variant_with_second_names_that_goes_is_shown_word_for_word(by: str, name: str, field: str) -> None:
    tags = {"kind": "card: Card, cheque: Cheque, wallet: Wallet", "sort": "ca: Card, ch: Cheque, wa: Wallet"}[by]
    types = f"""
    Cheque: {{fields: {{kind: {{const: cheque}}, sort: {{const: ch}}}}}}
    Wallet: {{fields: {{kind: {{const: wallet}}, sort: {{const: wa}}}}}}
    Card: {{fields: {{kind: {{const: card}}, sort: {{const: ca}}}}}}
    Method: {{one_of: [Card, Cheque, Wallet], discriminator: {by}, tags: {{{tags}}}}}
    """
    aliases = "- {alias: Cheque.kind, as: [state, shown]}"
    gone = "- {remove: Method|Cheque, old_sends: {kind: wallet, sort: wa}}"
    many = "list" in field
    with shop(field, gone, types=types, releases=aliases) as item:
        sent = {name: "cheque", "sort": "ch"}
        seen = {"kind": "cheque", "state": "cheque", "shown": "cheque", "sort": "ch"}
        wallet = {"kind": "wallet", "sort": "wa"}
        assert item.post("v1", {"code": [sent] if many else sent}) == {"code": [seen] if many else seen}
        assert item.get("v2") == {"code": [wallet] if many else wallet}
        assert item.put_back("v1") == {"code": [seen] if many else seen}
        item.put_back("v2")
        assert item.get("v1") == {"code": [seen] if many else seen}


@pytest.mark.parametrize("field", ["code: Method", "code: 'list[Method]'"])
@pytest.mark.parametrize(
    "told",
    ["one_of: [Card, Cash, Cheque, Bag], discriminator: kind, tags: {TAGS}", "one_of: [Card, Cash, Cheque, Bag]"],
)
def test_what_was_written_of_a_variant_before_a_release_gave_it_names_and_defaults_stands(
    field: str, told: str
) -> None:
    types = f"""
    Cheque: {{fields: {{kind: {{const: cheque}}, in: Inner}}}}
    Inner: {{fields: {{of: 'Cash | Coin'}}}}
    Cash: {{fields: {{kind: {{const: cash}}, cash: int}}}}
    Coin: {{fields: {{coin: int}}}}
    Card: {{fields: {{kind: {{const: card}}}}}}
    Bag: {{fields: {{kind: {{const: bag}}, items: 'list[str]'}}}}
    Method: {{{told.replace("TAGS", "card: Card, cash: Cash, cheque: Cheque, bag: Bag")}}}
    """
    later = """
    - {alias: Cheque.kind, as: state}
    - {alias: Cheque.in, as: inner}
    - {alias: Coin.coin, as: piece}
    - {alias: Bag.items, as: [things, wares]}
    - {add: 'Coin.size?', type: int, default: 3}
    """
    gone = "- {remove: Method|Cheque, old_sends: {kind: card}}\n- {remove: Method|Bag, old_sends: {kind: card}}"
    many = "list" in field
    for sent, added in (
        ({"kind": "cheque", "in": {"of": {"coin": 1}}}, True),
        ({"kind": "bag", "items": ["a"]}, False),
    ):
        with shop(field, gone, types=types) as item:
            item.post("v1", {"code": [sent] if many else sent})
            before = item.record.kept
        with shop(field, gone, types=types, releases=later) as item:
            seen = item.post("v1", {"code": [sent] if many else sent})
            assert item.record.kept != before
            item.record = replace(item.record, kept=before)
            assert item.get("v1") == seen
            assert item.put_back("v1") == seen
            shown = seen["code"][0] if many else seen["code"]
            assert (shown.get("state") == "cheque") is added
