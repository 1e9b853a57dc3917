"""Verdicts: what each change means to a client that does not know it."""

from __future__ import annotations

import pytest

from scaffold.compat import RULES, Direction, Verdict, judge, reachable
from scaffold.contract.changes import CHANGES, AddField, AddResource, Change, RemoveField, RenameFields
from scaffold.contract.contract import Resource
from scaffold.contract.named_types import Unknown
from scaffold.contract.operation import Action
from scaffold.contract.standard import standard_operations
from scaffold.contract.types import ListOf, Ref
from scaffold.spec import load

from .contracts import INT, KEY, applied, contract, field, free_operation, member, object_type
from .verdict_cases import BREAKING, CASES, NONE, SAFE
from .world import new, world


@pytest.mark.parametrize(("change", "request_", "response"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_change_means_what_the_vocabulary_says(change: Change, request_: Verdict, response: Verdict) -> None:
    found = judge(applied(world(), change))
    assert (found.request, found.response) == (request_, response), found.reasons


def test_every_class_of_change_has_a_row_and_a_case() -> None:
    assert set(RULES) == set(CHANGES)
    assert {type(c[1]) for c in CASES} | {AddResource} == set(CHANGES)


def test_a_new_resource_is_safe() -> None:
    user = object_type("User", field("User", "id", INT, **KEY))
    change = AddResource(
        resource=Resource(user.identity, "User", "/users", "users"),
        types=(user,),
        operations=standard_operations("v2", user, "/users", "users", [Action.LIST]),
    )
    found = judge(applied(world(), change))
    assert (found.request, found.response) == (SAFE, SAFE)


def test_every_reason_has_a_code_and_a_sentence() -> None:
    for _, change, _, _ in CASES:
        for reason in judge(applied(world(), change)).reasons:
            assert reason.code == reason.code.lower()
            assert " " not in reason.code
            assert reason.sentence.endswith(".")


def test_removing_a_field_breaks_requests_where_unknown_fields_are_refused() -> None:
    before = world(Unknown.REFUSE)
    assert judge(applied(before, RemoveField(at=member("Item.note")))).request is BREAKING


MOVED = """
api: {name: shop, title: Shop API}
resources:
  Item:
    path: /items
    fields: {id: {type: int, key: true}, "note?": str}
    operations: [get, create]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    changes:
      - {move: [Item.note], to: Item.about}
      - {add: Item.about.code, type: str, old_sends: x}
      - {rename: Item.about.note, to: text}
      - {add: Own, fields: {id: {type: int, key: true}}, path: /own, operations: [create]}
      - {add: Own.code, type: str, old_sends: x}
"""


def test_what_moved_into_a_new_object_is_met_there() -> None:
    found = load(MOVED).history
    judged = [judge(a, found.contract("v1")) for a in found.applied]
    expected = [(BREAKING, BREAKING), (BREAKING, SAFE), (BREAKING, BREAKING), (SAFE, SAFE), (NONE, NONE)]
    assert [(j.request, j.response) for j in judged] == expected


def test_renaming_a_field_of_answers_breaks_requests_that_filter_by_it() -> None:
    item = object_type("Item", field("Item", "id", INT, **KEY), field("Item", "seen", read_only=True))
    before = contract(item, resources=("Item",), filters=("seen",))
    found = judge(applied(before, RenameFields(at=member("Item.seen"), names={"seen": "read"})))
    assert found.request is BREAKING
    assert [r.code for r in found.reasons] == ["field-renamed", "parameter-renamed"]


def test_a_required_field_in_partial_updates_alone_is_safe() -> None:
    item = object_type("Item", field("Item", "id", INT, **KEY), field("Item", "name"))
    before = contract(item, resources=("Item",), actions=(Action.UPDATE,))
    assert judge(applied(before, AddField(at=member("Item.a"), field=new("a")))).request is SAFE


def test_types_are_reachable_in_the_directions_in_which_they_travel() -> None:
    both, asked, told = (
        frozenset(Direction),
        frozenset({Direction.REQUEST}),
        frozenset({Direction.RESPONSE}),
    )
    assert reachable(world()) == {
        "v1:Item": both,
        "v1:Place": both,
        "v1:Status": both,
        "v1:Query": asked,
        "v1:Report": told,
        "v1:Level": told,
        "v1:Method": both,
        "v1:Card": both,
        "v1:Wallet": both,
        "v1:Trio": asked,
    }


def test_reachability_ends_in_recursive_types() -> None:
    node = object_type("Node", field("Node", "children", ListOf(Ref("Node"))))
    before = contract(node, operations=(free_operation("tree", "GET", "/tree", answers=Ref("Node")),))
    assert reachable(before) == {"v1:Node": frozenset({Direction.RESPONSE})}
