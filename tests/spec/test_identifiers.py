"""Keys of another kind in the spec: read, written again, and refused where they make no sense."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scaffold.contract.digest import digest
from scaffold.contract.parameter import Role
from scaffold.contract.types import Kind, Scalar
from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load
from scaffold.spec.writing import change_items, spec_files

HEAD = """
api: {name: shop, title: Shop API, base_path: /api}
versioning: {scheme: major, locate: [path]}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str, age: int}
    filters: [id]
  Tag:
    path: /tags
    fields: {name: {type: str, key: true, max_length: 8}, text: str}
operations:
  POST /users/{id}/ban: {response: User}
versions:
  - {id: v1, released: 2025-01-15}
  - id: v2
    released: 2026-01-15
    changes:
"""


def spec(*changes: str) -> str:
    return HEAD + "".join(f"      - {c}\n" for c in changes)


def refused(*changes: str) -> tuple[str, str, str]:
    with pytest.raises(ScaffoldError) as caught:
        load(spec(*changes))
    (found,) = caught.value.diagnostics
    return found.code, found.message, str(found.help)


def test_a_key_of_another_kind_goes_wherever_the_key_is_named():
    history = load(spec("{change: User.id, type: uuid, keep: int}")).history
    before, after = history.contracts
    key = after.types["User"].key
    assert key == replace(before.types["User"].key, type=Scalar(Kind.UUID))
    for operation in after.operations:
        for p in operation.parameters:
            if (p.role is Role.KEY and operation.path.startswith("/users")) or p.name == "id":
                assert p.type == Scalar(Kind.UUID), operation.address
    assert list(findings(history)) == []


def test_it_is_undone_exactly():
    (applied,) = load(spec("{change: User.id, to: uuid, keep: int}")).history.applied
    back = applied.change.inverse(applied.before).apply(applied.after, "v3")
    assert digest(back) == digest(applied.before)


def test_it_is_written_as_it_was_read():
    history = load(spec("{change: User.id, to: uuid, keep: int}")).history
    (item,) = change_items(history.versions[1].changes, history.contracts[0])
    assert load(spec(item.replace("\n", "\n        "))).history.contracts == history.contracts
    assert "keep: int" in item


def test_a_key_of_another_kind_says_what_is_kept():
    history = load(spec("{change: User.id, to: uuid}")).history
    ((_, found),) = findings(history)
    assert found.code == "SC320"
    assert "keep: int" in str(found.help) + "".join(found.notes)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("{change: User.age, to: uuid, keep: int}", "is no key of a resource"),
        ("{change: User.id, to: int, ge: 1, keep: int}", "stays int"),
        ("{change: User.id, to: uuid, keep: str}", "is int before this change, not str"),
        ("{change: User.id, to: datetime, keep: int}", "is a key and cannot be datetime"),
        ("{change: User.id, codec: seconds<->milliseconds}", "is a key, and what it says has no unit"),
        ("{change: Tag.name, to: uuid, keep: str}", "is bounded by `max_length`"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_way_out(change, told):
    code, message, help_ = refused(change)
    assert code == "SC316"
    assert told in message
    assert help_


ORDER = """
  Order:
    path: /orders
    fields: {id: {type: int, key: true}, user: {ref: User}}
    filters: [user]
operations:"""
REFERRING = HEAD.replace("\noperations:", ORDER, 1)


def test_what_refers_to_a_resource_has_no_unit():
    (message,) = told(REFERRING + "      - {change: Order.user, codec: days<->hours}\n")
    assert message == "`Order.user` refers to a resource, and what it says has no unit"


def told(text: str) -> list[str]:
    with pytest.raises(ScaffoldError) as caught:
        load(text)
    return [d.message for d in caught.value.diagnostics]


def test_what_refers_to_a_resource_has_the_type_of_its_key_in_every_version():
    text = REFERRING + '      - {change: User.id, to: uuid, keep: int}\n      - {add: "Order.by?", ref: User}\n'
    history = load(text).history
    before, after = (c.types["Order"] for c in history.contracts)
    assert [str(f.type) for f in before.fields] == ["int", "int"]
    assert [str(f.type) for f in after.fields] == ["int", "uuid", "uuid"]
    (listed,) = [o for o in history.newest.operations if o.id == "list_orders"]
    assert str(listed.parameter("user").type) == "uuid"
    written = spec_files(history)
    assert load(written).history.contracts == history.contracts


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("{ref: Userr}", "`Order.user` refers to `Userr`, which is no resource"),
        ("{ref: User, type: int}", "`Order.user` has both `type` and `ref`"),
        ("{ref: User, default: 1}", "`Order.user` has a value of its own and cannot refer to `User`"),
        ("{fields: {deep: {ref: User}}}", "`OrderUser.deep` refers to `User` from inside another object"),
    ],
)
def test_a_reference_that_cannot_be_is_refused(field, problem):
    text = REFERRING.replace("{ref: User}", field).replace("    filters: [user]\n", "")
    assert problem in told(text + '      - {add: "Tag.more?", type: str}\n')


def test_what_is_referred_to_stays():
    assert told(REFERRING + "      - remove: User\n") == ["`Order.user` refers to `User`"]
    assert told(REFERRING + "      - {change: Order.user, to: str}\n") == [
        "`Order.user` has the type of the key that it refers to"
    ]


def test_what_older_versions_know_by_another_key_stays_as_it_is():
    keep = "      - {change: User.id, to: uuid, keep: int}\n"
    later = "  - id: v3\n    released: 2026-06-15\n    changes:\n"
    for change in ("{change: Order.user, nullable: true}", "{remove: Order.user}"):
        for text, way in ((keep, "in this version"), (keep + later, "leave it, add another field")):
            history = load(f"{REFERRING}{text}      - {change}\n").history
            (found,) = [d for _, d in findings(history) if d.code == "SC316"]
            assert way in (found.help or "")
    beside = '      - {add: "Order.buyer?", ref: User}\n      - {deprecate: Order.user, use: buyer}\n'
    assert findings(load(REFERRING + keep + later + beside).history) == []
