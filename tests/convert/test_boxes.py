"""Objects that hold one value only, and that value by itself: nothing has to be decided where one follows the other."""

from __future__ import annotations

from scaffold.convert.policies import findings
from scaffold.spec import load

from .calls import calls
from .calls import spec as call_spec
from .shops import spec

TYPES = """
Amount: {fields: {value: int, currency: str}}
Box: {fields: {"Amount?": Amount}}
Account: {fields: {amounts: "list[Box]", "main?": Box, "sure?": Sure, by_name: "map[str, Box]"}}
Sure: {fields: {amount: Amount}}
"""
UNBOXED = """
- {change: Account.amounts, to: "list[Amount]"}
- {change: Account.sure, to: Amount}
- {change: Account.by_name, to: "map[str, Amount]"}
"""
PLAIN = {"value": 1, "currency": "EUR"}


def test_what_an_object_alone_held_stands_by_itself_from_now_on() -> None:
    with calls(TYPES, "Account", UNBOXED, "- {rename: Amount.value, to: number}") as call:
        sent = {"amounts": [{"Amount": PLAIN}], "sure": {"amount": PLAIN}, "by_name": {"a": {"Amount": PLAIN}}}
        assert call.echo("v1", sent) == sent
        assert call.echo("v1", sent, "v2") == {"amounts": [PLAIN], "sure": PLAIN, "by_name": {"a": PLAIN}}
        newest = {"number": 1, "currency": "EUR"}
        assert call.echo("v1", sent, "v3") == {"amounts": [newest], "sure": newest, "by_name": {"a": newest}}
        assert call.echo("v3", {"amounts": [newest], "by_name": {}}, "v1") == {
            "amounts": [{"Amount": PLAIN}],
            "by_name": {},
        }


def test_an_item_that_holds_nothing_is_left_out() -> None:
    with calls(TYPES, "Account", UNBOXED) as call:
        sent = {"amounts": [{}, {"Amount": PLAIN}], "by_name": {"a": {}}}
        assert call.echo("v1", sent, "v2") == {"amounts": [PLAIN], "by_name": {}}


def test_an_object_of_its_own_that_may_hold_nothing_is_not_taken_for_what_it_holds() -> None:
    history = load(call_spec(TYPES, "Account", "- {change: Account.main, to: Amount}")).history
    assert [d.code for _, d in findings(history)] == ["SC322"]


def test_a_value_goes_into_an_object_of_its_own() -> None:
    types = (
        "Amount: {fields: {value: int}}\nBox: {fields: {amount: Amount}}\nAccount: {fields: {amounts: 'list[Amount]'}}"
    )
    with calls(types, "Account", "- {change: Account.amounts, to: 'list[Box]'}") as call:
        sent = {"amounts": [{"value": 1}]}
        assert call.echo("v1", sent) == sent
        assert call.echo("v1", sent, "v2") == {"amounts": [{"amount": {"value": 1}}]}
        assert call.echo("v2", {"amounts": [{"amount": {"value": 2}}]}, "v1") == {"amounts": [{"value": 2}]}


def test_what_tables_hold_is_not_taken_out_of_its_object() -> None:
    types = "Box: {fields: {amount: int}}"
    history = load(spec("box: Box", "- {change: Item.box, to: int}", types=types)).history
    assert [d.code for _, d in findings(history)] == ["SC322"]
