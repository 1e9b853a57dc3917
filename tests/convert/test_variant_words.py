"""What tells the variants of a union apart, in every version: fields and the words in them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load

from .calls import calls
from .shops import shop, spec

TOLD = """
Card: {fields: {kind: CARD, number: str}}
Wallet: {fields: {kind: WALLET, email: str}}
Kind: {enum: [card, wallet]}
Method: {type: Card | Wallet, discriminator: kind, tags: {card: Card, wallet: Wallet}}
"""


RETAG = "- {change: Method, to: {type: Card | Wallet, discriminator: kind, tags: {TAGS: Card, wallet: Wallet}}}"


def test_the_field_that_tells_variants_apart_may_be_called_otherwise() -> None:
    types = """
Card: {fields: {kind: {const: card}, number: str}}
Purse: {fields: {kind: {const: purse}, email: str}}
Method: {type: Card | Purse, discriminator: kind, tags: {card: Card, purse: Purse}}
Pay: {fields: {method: Method}}
"""
    changes = """
- {rename: Card.kind, to: type}
- {rename: Purse.kind, to: type}
- {change: Method, to: {type: Card | Purse, discriminator: type, tags: {card: Card, purse: Purse}}}
"""
    with calls(types, "Pay", changes) as call:
        older, newer = {"kind": "card", "number": "1"}, {"type": "card", "number": "1"}
        assert call.echo("v1", {"method": older}, "v2") == {"method": newer}
        assert call.echo("v2", {"method": newer}, "v1") == {"method": older}


def test_a_variant_told_by_its_own_name_keeps_its_word_when_it_is_called_otherwise() -> None:
    types = """
    Card: {fields: {kind: str, number: str}}
    Wallet: {fields: {kind: str, email: str}}
    Method: {type: Card | Wallet, discriminator: kind}
    """
    card = {"kind": "Card", "number": "1234"}
    with shop("method: Method", "- {rename: Card, to: Plastic}", types=types) as item:
        item.post("v1", {"method": card})
        assert item.get("v2") == {"method": card}
        assert item.post("v2", {"method": card}) == {"method": card}
        assert item.put_back("v1") == {"method": card}
        with pytest.raises(ValidationError, match="should be one of Card, Wallet"):
            item.post("v2", {"method": {**card, "kind": "Plastic"}})


def test_a_new_variant_has_a_word_of_its_own() -> None:
    types = TOLD.replace("CARD", "{const: card}").replace("WALLET", "{const: wallet}")
    new = "- {add: Method|Plastic, tag: card, fields: {kind: {const: card}}, old_sees: {kind: wallet, email: a@b}}"
    with pytest.raises(ScaffoldError) as caught:
        load(spec("method: Method", new, types=types))
    (found,) = caught.value.diagnostics
    assert found.code == "SC231"
    assert "`kind: card` would be `Card` and `Plastic` in `Card | Wallet | Plastic`" in found.message
    assert found.span is not None


def test_a_new_type_with_the_name_that_another_variant_had_needs_a_word_of_its_own() -> None:
    types = """
    A: {fields: {kind: str}}
    B: {fields: {kind: str}}
    Some: {type: A | B, discriminator: kind}
    """
    new = "- {{add: Some|A, {}fields: {{kind: str, n: int}}, old_sees: {{kind: B}}}}"
    with pytest.raises(ScaffoldError, match="`kind: A` would be `C` and `A`"):
        load(spec("any: Some", "- {rename: A, to: C}", new.format(""), types=types))
    with shop("any: Some", "- {rename: A, to: C}", new.format("tag: a, "), types=types) as item:
        item.post("v3", {"any": {"kind": "a", "n": 1}})
        assert (item.get("v1"), item.get("v2")) == ({"any": {"kind": "B"}}, {"any": {"kind": "B"}})
        item.post("v1", {"any": {"kind": "A"}})
        assert item.get("v3") == {"any": {"kind": "A"}}


@pytest.mark.parametrize("tags", ["plastic", "card: Card, plastic"])
@pytest.mark.parametrize("field", ["method: Method", "method: list[Method]"])
def test_a_text_that_tells_variants_apart_keeps_its_words(field: str, tags: str) -> None:
    types = TOLD.replace("CARD", "str").replace("WALLET", "str")
    history = load(spec(field, RETAG.replace("TAGS", tags), types=types)).history
    ((_, found),) = findings(history)
    assert found.code == "SC231"
    assert "tells no `Card` of `Card | Wallet`" in found.message
    assert "nothing converts it" in found.message


@pytest.mark.parametrize(
    ("kinds", "change"),
    [
        (("{const: card}", "{const: wallet}"), "- {change: Card.kind, to: {const: plastic}}"),
        (("Kind", "Kind"), "- {rename: Kind.card, to: plastic}"),
    ],
)
def test_constants_and_values_of_enums_that_tell_variants_apart_are_called_otherwise(
    kinds: tuple[str, str], change: str
) -> None:
    types = TOLD.replace("CARD", kinds[0]).replace("WALLET", kinds[1])
    older, newer = {"kind": "card", "number": "1"}, {"kind": "plastic", "number": "1"}
    with shop("method: Method", f"{change}\n{RETAG.replace('TAGS', 'plastic')}", types=types) as item:
        item.post("v1", {"method": older})
        assert item.get("v2") == {"method": newer}
        assert item.put_back("v2") == {"method": newer}
        item.post("v2", {"method": newer})
        assert item.get("v1") == {"method": older}


def test_a_text_that_is_closed_to_a_word_may_have_another_one_from_the_next_version_on() -> None:
    types = TOLD.replace("CARD", "str").replace("WALLET", "str")
    closed = "- {change: Card.kind, to: {const: card}}"
    changed = "- {change: Card.kind, to: {const: plastic}}\n" + RETAG.replace("TAGS", "plastic")
    with shop("method: Method", closed, changed, types=types) as item:
        item.post("v1", {"method": {"kind": "card", "number": "1"}})
        assert item.get("v3") == {"method": {"kind": "plastic", "number": "1"}}
        item.put_back("v3", method={"kind": "plastic", "number": "2"})
        assert item.get("v1") == item.get("v2") == {"method": {"kind": "card", "number": "2"}}
    history = load(spec("method: Method", changed, types=types)).history
    assert [d.code for _, d in findings(history)] == ["SC231"]


def test_a_field_that_tells_variants_apart_from_now_on_says_what_it_said_before() -> None:
    types = TOLD.replace("CARD", "str, sort: str").replace("WALLET", "str, sort: {const: w}")
    other = RETAG.replace("discriminator: kind", "discriminator: sort").replace("TAGS", "c").replace("wallet:", "w:")
    history = load(spec("method: Method", other, types=types)).history
    ((_, found),) = findings(history)
    assert found.code == "SC231"
    assert "any text in `Card.sort` before v2 tells no `Card`" in found.message
