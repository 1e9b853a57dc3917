"""Names belong to versions: records carry the newest name of each thing."""

from __future__ import annotations

from scaffold.convert.records import records
from scaffold.spec import load

from .shops import shop, spec


def attributes(text: str) -> list[str]:
    """The attributes of the item's record."""
    (record,) = [r for r in records(load(text).history).objects.values() if r.name == "Item"]
    return [f.attr for f in record.fields]


def test_a_record_has_the_newest_name() -> None:
    text = spec("name: str", "- {rename: Item.name, to: title}", "- {rename: Item.title, to: label}")
    assert attributes(text) == ["id", "label"]


def test_a_name_that_comes_back_leaves_the_older_thing_its_last_version() -> None:
    text = spec("code?: str", "- remove: Item.code", '- {add: "Item.code?", type: int}')
    assert attributes(text) == ["id", "code", "code_v1"]
    with shop("code?: str", "- remove: Item.code", '- {add: "Item.code?", type: int}') as item:
        item.post("v1", {"code": "a"})
        assert item.get("v2") == {}
        assert item.get("v3") == {}
        item.patch("v3", {"code": 7})
        assert item.get("v1") == {"code": "a"}
        item.put("v3", {})
        assert item.get("v1") == {"code": "a"}


def test_a_swap_of_names_moves_no_value() -> None:
    with shop("a: str\nb: str", "- rename: {Item.a: b, Item.b: a}") as item:
        item.post("v1", {"a": "one", "b": "two"})
        assert item.get("v2") == {"a": "two", "b": "one"}
        item.put("v2", {"a": "zwei", "b": "eins"})
        assert item.get("v1") == {"a": "eins", "b": "zwei"}


def test_a_type_that_is_renamed_keeps_its_record() -> None:
    with shop("name: str", "- {rename: Item, to: Article}\n- {rename: Article.name, to: title}") as item:
        item.post("v1", {"name": "x"})
        assert item.get("v2") == {"title": "x"}
        assert type(item.record).__name__ == "Article"


def test_names_that_generated_code_uses_itself_are_names_like_any_other() -> None:
    names = ["field", "record", "shown", "current", "payload", "kept", "now", "sent", "date", "dict", "class", "a-b"]
    names += ["len", "max", "over", "patched", "still", "hooks", "meanings", "list_codecs"]
    fields = "\n".join(f"{n}?: str" for n in names)
    changes = "\n".join(f"- {{change: Item.{n}, to: decimal, old_sees: '0'}}" for n in names)
    with shop(fields, changes) as item:
        sent = {n: f" {position}.50" for position, n in enumerate(names)}
        assert item.post("v1", sent) == sent
        assert item.put_back("v1") == sent
        assert item.get("v2")["date"] == "8.50"


def test_a_nested_attribute_is_not_confused_with_one_of_the_same_words() -> None:
    with shop(
        "address_city: str\naddress: {fields: {city: str}}",
        "- {change: Item.address_city, to: decimal}\n- {change: ItemAddress.city, to: decimal}",
    ) as item:
        assert item.post("v1", {"address_city": "1.0", "address": {"city": "2.0"}})
        assert item.get("v2") == {"address_city": "1.0", "address": {"city": "2.0"}}
