"""Values of several types: which one is read, kept and shown, and how variants cross versions."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from scaffold.convert.policies import findings
from scaffold.spec import load

from .calls import calls, spec
from .shops import shop
from .shops import spec as shop_spec

TYPES = """
Card: {fields: {kind: {const: card}, number: {type: str, max_length: 4}}}
Wallet: {fields: {kind: {const: wallet}, email: str}}
Crypto: {fields: {kind: {const: crypto}, coin: str}}
Method: {type: Card | Wallet, discriminator: kind, tags: {card: Card, wallet: Wallet}}
Pay: {fields: {method: Method}}
"""
CARD = {"kind": "card", "number": "1234"}
WALLET = {"kind": "wallet", "email": "a@b"}
CRYPTO = {"kind": "crypto", "coin": "x"}
ADDED = """
- {add: Method|Crypto, tag: crypto, old_sees: {variant: Card, values: {number: none}}}
"""


def errors(caught: Any) -> list[tuple[Any, ...]]:
    """Where in the payload something is wrong."""
    return [e["loc"] for e in caught.value.errors()]


def test_each_variant_becomes_a_record_of_its_own_and_is_shown_as_it_was_sent() -> None:
    with calls(TYPES, "Pay") as call:
        given = call.given("v1", {"method": CARD})
        assert given == call.record("Pay", method=call.record("Card", kind="card", number="1234"))
        for method in (CARD, WALLET):
            assert call.echo("v1", {"method": method}) == {"method": method}


def test_what_is_wrong_is_said_of_the_variant_that_the_discriminator_names() -> None:
    with calls(TYPES, "Pay") as call:
        with pytest.raises(ValidationError) as caught:
            call.given("v1", {"method": {"kind": "card", "number": "12345"}})
        assert errors(caught) == [("method", "card", "number")]
        with pytest.raises(ValidationError) as caught:
            call.given("v1", {"method": {"kind": "cash"}})
        assert errors(caught) == [("method",)]
        assert "card, wallet" in str(caught.value)


def test_without_discriminator_the_variant_that_fits_is_taken() -> None:
    with calls("Plain: {fields: {a: int}}\nOther: {fields: {a: str}}", "Plain | Other | int") as call:
        assert call.given("v1", {"a": 1}) == call.record("Plain", a=1)
        assert call.given("v1", {"a": "1"}) == call.record("Other", a="1")
        assert call.given("v1", 7) == 7
        with pytest.raises(ValidationError):
            call.given("v1", "7")


def test_of_an_exclusive_union_a_value_that_fits_two_is_refused() -> None:
    types = """
    One: {fields: {a: int}}
    Two: {fields: {"a?": int, "b?": int}}
    Either: {any_of: [One, Two]}
    Box: {fields: {v: Either}}
    """
    with calls(types, "One | Two") as call:
        assert call.given("v1", {"b": 1}) == call.record("Two", b=1)
        with pytest.raises(ValidationError, match="one type alone"):
            call.given("v1", {"a": 1})
    with calls(types, "Box") as call:
        assert call.given("v1", {"v": {"a": 1}}).v == call.record("One", a=1)


def test_unions_stand_in_lists_maps_and_unions_and_hold_null() -> None:
    with calls(TYPES, "list[map[str, Method | str | null]]") as call:
        sent = [{"a": CARD, "b": "x"}, {"c": None, "d": WALLET}]
        assert call.echo("v1", sent) == sent
    with calls(TYPES, "list[str | null]") as call:
        assert call.given("v1", ["a", None]) == ["a", None]
        assert call.echo("v1", ["a", None]) == ["a", None]


def test_every_kind_of_value_is_shown_exactly_as_it_was_sent() -> None:
    types = "Box: {fields: {v: 'decimal | datetime | bool | int | list[int] | map[str, float]'}}"
    with calls(types, "Box") as call:
        for value in ("1.50", "2026-01-15T09:30:00Z", True, 1, [1, 2], {"a": 0.5}):
            assert call.echo("v1", {"v": value}) == {"v": value}


def test_a_union_that_holds_itself_is_read_to_the_bottom() -> None:
    with calls("Tree: {fields: {of: 'int | list[Tree]'}}", "Tree") as call:
        sent = {"of": [{"of": 1}, {"of": [{"of": 2}]}]}
        assert call.echo("v1", sent) == sent


def test_a_rename_inside_a_variant_reaches_every_place_of_the_union() -> None:
    with calls(TYPES, "list[Method]", "- {rename: Card.number, to: digits}") as call:
        assert call.echo("v1", [CARD, WALLET], "v2") == [{"kind": "card", "digits": "1234"}, WALLET]
        assert call.echo("v2", [{"kind": "card", "digits": "1"}], "v1") == [{"kind": "card", "number": "1"}]


def test_old_clients_are_shown_what_is_stated_for_a_variant_they_do_not_know() -> None:
    with calls(TYPES, "Pay", ADDED) as call:
        assert call.echo("v2", {"method": CRYPTO}) == {"method": CRYPTO}
        assert call.echo("v2", {"method": CRYPTO}, "v1") == {"method": {"kind": "card", "number": "none"}}
        assert call.echo("v1", {"method": CARD}, "v2") == {"method": CARD}
        with pytest.raises(ValidationError):
            call.given("v1", {"method": CRYPTO})


def test_what_is_stated_for_a_variant_follows_the_renames_that_came_between() -> None:
    with calls(TYPES, "Pay", "- {rename: Card.number, to: digits}", ADDED.replace("number:", "digits:")) as call:
        assert call.echo("v3", {"method": CRYPTO}, "v2") == {"method": {"kind": "card", "digits": "none"}}
        assert call.echo("v3", {"method": CRYPTO}, "v1") == {"method": {"kind": "card", "number": "none"}}


def test_a_variant_that_is_gone_is_taken_as_what_is_stated_and_comes_back_to_who_sent_it() -> None:
    types = TYPES.replace("Card | Wallet,", "Card | Wallet | Crypto,").replace(
        "{card: Card,", "{crypto: Crypto, card: Card,"
    )
    gone = "- {remove: Method|Crypto, old_sends: {variant: Wallet, values: {email: nobody}}}"
    with calls(types, "Pay", gone) as call:
        given = call.given("v1", {"method": CRYPTO})
        assert given.method == call.record("Wallet", kind="wallet", email="nobody")
        assert call.shown("v2", given) == {"method": {"kind": "wallet", "email": "nobody"}}
        assert call.shown("v1", given) == {"method": CRYPTO}


def test_one_type_becomes_one_of_several() -> None:
    types = TYPES + "\nBill: {fields: {by: Card, 'of?': str}}"
    change = "- {change: Bill.by, to: Card | str, old_sees: {kind: card, number: x}}"
    with calls(types, "Bill", change) as call:
        assert call.echo("v1", {"by": CARD}, "v2") == {"by": CARD}
        assert call.echo("v2", {"by": "me"}, "v1") == {"by": {"kind": "card", "number": "x"}}


def test_one_of_several_types_becomes_one() -> None:
    types = "Bill: {fields: {by: str | int | bool}}"
    with calls(types, "Bill", "- {change: Bill.by, to: int | str, old_sends: 0}") as call:
        assert call.given("v1", {"by": True}) == call.record("Bill", by=0, kept=call.given("v1", {"by": True}).kept)
        assert call.echo("v1", {"by": True}) == {"by": True}
        assert call.echo("v1", {"by": "a"}, "v2") == {"by": "a"}
        assert call.echo("v2", {"by": 3}, "v1") == {"by": 3}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("- {add: Method|Crypto, tag: crypto}", "old_sees"),
        ("- {remove: Method|Wallet}", "old_sends"),
        ("- {change: Pay.method, to: Card | Wallet | str}", "old_sees"),
    ],
)
def test_a_variant_that_comes_or_goes_needs_a_policy(change: str, word: str) -> None:
    three = TYPES.replace("Card | Wallet,", "Card | Wallet | Crypto,").replace("{card:", "{crypto: Crypto, card:")
    types = three if "remove" in change else TYPES
    history = load(spec(types, "Pay", change)).history
    assert [(d.code, d.notes[0].partition(":")[0]) for _, d in findings(history)] == [("SC320", word)]


def test_where_only_requests_have_the_union_a_new_variant_needs_none() -> None:
    history = load(spec(TYPES, "Pay", "- {add: Method|Crypto, tag: crypto}", answer="Card")).history
    assert findings(history) == []


@pytest.mark.parametrize("beside", ["", "\nother?: list[Card | Wallet | null]"])
def test_a_partial_update_of_a_map_leaves_a_variant_that_its_sender_does_not_know(beside: str) -> None:
    types = "Method: {type: Card | Wallet, discriminator: kind, tags: {card: Card, wallet: Wallet}}"
    types = "\n".join([*TYPES.strip().splitlines()[:3], types])
    fields = "by: 'map[str, Method]'" + beside.replace("other?", "'other?'")
    with shop(fields, ADDED, types=types) as item:
        item.post("v2", {"by": {"a": CRYPTO, "b": CARD}})
        shown = item.get("v1")["by"]["a"]
        assert item.patch("v1", {"by": {"a": shown, "b": None}}) == {"by": {"a": shown}}
        assert item.get("v2") == {"by": {"a": CRYPTO}}


def test_items_may_be_null_in_lists_of_values_that_are_kept_word_for_word() -> None:
    opened = "- {change: Mood, open: true, old_sees: b}\n- {merge: [Mood.a, Mood.c], into: d, pick: c}"
    with shop("x: 'list[Mood | null]'", opened, types="Mood: {enum: [a, b, c]}") as item:
        assert item.post("v1", {"x": ["a", None]}) == {"x": ["a", None]}
        assert item.put_back("v1") == {"x": ["a", None]}
        assert item.get("v2") == {"x": ["d", None]}
        assert item.put("v2", {"x": [None, "else"]}) == {"x": [None, "else"]}
        assert item.get("v1") == {"x": [None, "b"]}


def test_what_its_sender_would_not_see_again_is_refused() -> None:
    types = TYPES.strip().rpartition("\n")[0]
    hidden = "- {add: Method|Crypto, tag: crypto, hide: true}"
    gone = "- {remove: Method|Wallet, old_sends: {kind: KIND}}"
    for sends, codes in (("{kind: crypto, coin: x}", ["SC322"]), ("{kind: card, number: x}", [])):
        text = shop_spec("by: Method", hidden, gone.replace("{kind: KIND}", sends), types=types)
        assert [d.code for _, d in findings(load(text).history)] == codes


@pytest.mark.parametrize("kind", ["str", "{type: str, max_length: 9}"])
def test_what_is_stated_is_of_the_variant_whose_word_it_says(kind: str) -> None:
    types = f"""
    Card: {{fields: {{kind: {kind}}}}}
    Wallet: {{fields: {{kind: {kind}}}}}
    Method: {{type: Card | Wallet, discriminator: kind}}
    """
    crypto = {"kind": "Crypto", "coin": "x"}
    new = "- {add: Method|Crypto, fields: {kind: str, coin: str}, old_sees: {kind: Wallet}}"
    given = "- {add: Item.other, type: Method, default: {kind: Wallet}}"
    with shop('method: Method\nmany: "list[Method]"\nby?: "map[str, Method]"', new, given, types=types) as item:
        all_new = {"method": crypto, "many": [crypto, {"kind": "Card"}], "by": {"a": crypto}}
        shown = item.post("v3", all_new)
        assert shown == {**all_new, "other": {"kind": "Wallet"}}
        seen = {
            "method": {"kind": "Wallet"},
            "many": [{"kind": "Wallet"}, {"kind": "Card"}],
            "by": {"a": {"kind": "Wallet"}},
        }
        assert item.get("v1") == seen
        assert item.put_back("v1") == seen
        assert item.get("v3") == shown
        assert type(item.record.other).__name__ == "Wallet"


@pytest.mark.parametrize(
    ("kind", "change"), [("by: {type: Method, nullable: true}", "nullable: false"), ("'by?': Method", "required: true")]
)
def test_nothing_is_taken_as_what_its_sender_would_not_see(kind: str, change: str) -> None:
    """What stands for null, or for nothing, may be a variant that came before it or stand for one by now."""
    types = TYPES.strip().rpartition("\n")[0]
    hidden = "- {add: Method|Crypto, tag: crypto, hide: true}"
    for sends, codes in (("{kind: crypto, coin: x}", ["SC322"]), ("{kind: card, number: x}", [])):
        text = shop_spec(kind, hidden, f"- {{change: Item.by, {change}, old_sends: {sends}}}", types=types)
        found = findings(load(text).history)
        assert [d.code for _, d in found] == codes
        assert all(a.version == "v3" for a, _ in found)
