"""A value's place is given at birth: renames and moves of the API change nothing in the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scaffold.contract.history import History
from scaffold.convert.records import records
from scaffold.generate.home import LONGEST_NAME
from scaffold.generate.table_model import Table, Tables
from scaffold.generate.tables import tables
from scaffold.spec import load

from . import specs
from .packages import history, package, prepared


def tables_of(text: str) -> Tables:
    found = history(text)
    return tables(found, records(found), frozenset())


def tables_of_history(found: History) -> Tables:
    return tables(found, records(found), frozenset())


def table_of(text: str, name: str = "users") -> Table:
    return next(t for t in tables_of(text).tables if t.name == name)


def spec(fields: str, *changes: str, types: str = "") -> str:
    """A history of a resource User: its first fields, and the changes of v2, v3 …"""
    versions = "".join(
        f"\n  - id: v{number}\n    released: 2025-{number:02}-01\n    changes:\n"
        + "".join(f"      - {line.strip()}\n" for line in change.strip().split(";"))
        for number, change in enumerate(changes, 2)
    )
    fields = "".join(f"\n      {f.strip()}" for f in fields.split(";"))
    return (
        f"{specs.HEAD}{types}\nresources:\n  User:\n    path: /users\n"
        f"    fields:\n      id: {{type: int, key: true}}{fields}"
        f"\n    operations: [list, get, create]\nversions:\n  - id: v1\n    released: 2025-01-01{versions}\nnext: []\n"
    )


def columns(table: Table) -> list[str]:
    return [c.name for c in table.columns]


def places(table: Table) -> dict[str, list[str]]:
    return {".".join(s.attr for s in v.path): ["/".join(f.keys) for f in v.slot.forms] for v in table.values()}


def test_a_renamed_field_keeps_its_column():
    found = table_of(spec("name: str", "rename User.name to full_name"))
    assert places(found) == {"id": ["id"], "full_name": ["name"]}
    assert [c.comment for c in found.columns] == [None, "full_name"]


def test_a_renamed_resource_keeps_its_table():
    (found,) = tables_of(spec("name: str", "rename User to Account")).tables
    assert (found.name, found.record.name) == ("users", "Account")


def test_a_moved_field_keeps_its_column_however_far_it_goes():
    found = table_of(
        spec(
            "street?: str; city?: str",
            "move: [User.street, User.city]\n        to: User.address",
            "move: [User.address]\n        to: User.contact",
            "move: [User.contact.address.street]\n        to: User",
        )
    )
    assert places(found) == {"id": ["id"], "contact.address.city": ["city"], "street": ["street"]}


def test_a_field_born_inside_a_made_object_is_a_column_of_both_names():
    found = table_of(
        spec(
            "street?: str",
            "move: [User.street]\n        to: User.address",
            "rename User.address to home; add: User.home.zip?\n        type: str",
        )
    )
    assert places(found) == {"id": ["id"], "home.street": ["street"], "home.zip": ["address_zip"]}


def test_a_taken_name_gets_the_version_it_was_born_in():
    found = table_of(
        spec(
            "name: str; title: str",
            "rename User.name to full_name; add: User.name\n        type: str\n        old_sends: x",
            "remove: User.title\n        old_sees: x",
            "add: User.title\n        type: int\n        old_sends: 1",
        )
    )
    assert columns(found) == ["id", "name", "title", "name_v2", "title_v4"]
    assert places(found)["title_v2"] == ["title"]
    assert places(found)["title"] == ["title_v4"]


def test_names_of_every_table_and_names_that_only_differ_in_case_are_taken():
    found = table_of(spec('revision: str; kept: str; Name: str; name: str; nothing: str; "first-name": str'))
    assert columns(found) == ["id", "revision_v1", "kept_", "Name", "name_v1", "nothing_v1", "first_name"]


def test_a_name_too_long_for_a_database_is_shortened():
    long = "a" * 80
    found = table_of(spec(f"{long}: str; {long}b: str"))
    assert len(set(columns(found))) == 3
    assert max(len(c) for c in columns(found)) <= LONGEST_NAME


def test_a_change_of_type_is_a_new_column_beside_the_old_one():
    found = table_of(
        spec(
            "price: str",
            "change: User.price\n        from: str\n        to: decimal",
            "rename User.price to cost",
            "change: User.cost\n        from: decimal\n        to: float",
        )
    )
    assert places(found)["cost"] == ["price", "price_v2", "price_v4"]


def test_an_object_born_as_one_is_json_whose_fields_keep_their_first_names():
    found = tables_of(
        spec(
            "place: Place",
            "rename Place.shelf to rack; add: Place.room?\n        type: str",
            "change: Place.rack\n        from: str\n        to: int",
            types="\ntypes:\n  Place:\n    fields:\n      shelf: str\n",
        )
    )
    assert columns(found.tables[0]) == ["id", "place"]
    (place,) = found.objects.values()
    assert [("/".join(f.keys), str(f.type)) for f in place.nodes[0].slot.forms] == [
        ("shelf", "str"),
        ("shelf_v3", "int"),
    ]
    assert place.nodes[1].slot.newest.keys == ("room",)


def test_what_is_flattened_out_of_json_stays_in_it():
    found = table_of(
        spec(
            "place: Place",
            "move: [User.place.shelf]\n        to: User",
            "rename User.shelf to rack",
            types="\ntypes:\n  Place:\n    fields:\n      shelf: str\n      room: str\n",
        )
    )
    assert columns(found) == ["id", "place"]
    assert places(found) == {"id": ["id"], "place.room": ["place/room"], "rack": ["place/shelf"]}


def test_what_is_nested_into_json_stays_a_column():
    found = table_of(
        spec(
            "shelf: str; place: Place",
            "move: User.shelf\n        to: User.place.rack",
            types="\ntypes:\n  Place:\n    fields:\n      room: str\n",
        )
    )
    assert places(found) == {"id": ["id"], "place.room": ["place/room"], "place.rack": ["shelf"]}


def test_a_move_inside_json_moves_nothing_in_it():
    found = tables_of(
        spec(
            "places: list[Place]",
            "move: [Place.lat, Place.lon]\n        to: Place.geo",
            "add: Place.geo.height?\n        type: float",
            types="\ntypes:\n  Place:\n    fields:\n      room: str\n      lat: float\n      lon: float\n",
        )
    )
    (place,) = found.objects.values()
    geo = place.nodes[1]
    assert [n.slot.newest.keys for n in geo.children] == [("lat",), ("lon",), ("geo_height",)]


def test_a_type_that_holds_itself_has_a_place():
    found = tables_of(
        spec(
            "tree: Node",
            types='\ntypes:\n  Node:\n    fields:\n      name: str\n      inner: "list[Node]"\n      up?: Node\n',
        )
    )
    assert columns(found.tables[0]) == ["id", "tree"]
    assert len(found.objects) == 1


def test_storage_rename_renames_the_column_once_nobody_knows_the_old_name():
    text = spec(
        "first: str; last: str",
        "rename: {User.first: last, User.last: first}\n        storage: rename",
        "rename: User.first\n        to: given\n        storage: rename",
        "add: User.first?\n        type: str",
    )
    whole = load(text).history

    def after(number: int) -> dict[str, list[str]]:
        gone = (replace(v, dropped=date(2030, 1, 1) if n < number else None) for n, v in enumerate(whole.versions))
        (found,) = tables_of_history(prepared(replace(whole, versions=tuple(gone)))).tables
        return places(found)

    born = {"id": ["id"], "last": ["first"], "given": ["last"], "first": ["first_v4"]}
    assert after(0) == born
    assert after(1) == {**born, "last": ["last_v2"], "given": ["first_v2"]}  # a name is never used again
    assert after(2) == {**born, "last": ["last_v2"], "given": ["given"]}


def test_a_resource_that_was_removed_keeps_its_table_and_the_next_of_that_name_gets_another():
    text = (
        specs.HEAD
        + """
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: str
    operations: [list, get, create]
  Note:
    path: /notes
    fields:
      id: {type: int, key: true}
    operations: [list, get]
versions:
  - id: v1
    released: 2025-01-01
  - id: v2
    released: 2025-02-01
    changes:
      - remove: User
  - id: v3
    released: 2025-03-01
    changes:
      - add: User
        path: /users
        fields:
          id: {type: uuid, key: true}
        operations: [list, get, create]
next: []
"""
    )
    found = tables_of(text)
    assert [t.name for t in found.tables] == ["users", "notes", "users_v3"]
    assert len({t.attr for t in found.tables}) == 3


def test_a_renamed_enum_value_is_stored_under_its_first_name():
    types = "\ntypes:\n  Status:\n    enum: [draft, done, old]\n"
    found = tables_of(
        spec(
            "status: Status",
            "rename Status.draft to open; remove: Status.old\n        old_sends: done",
            "add: Status.draft\n        old_sees: open",
            types=types,
        )
    )
    (enum,) = found.enums.values()
    assert enum.stored == {"open": "draft", "done": "done", "draft": "draft@v3"}
    assert enum.loaded == {"draft": "open", "done": "done", "old": "done", "draft@v3": "draft"}


def test_unique_is_an_index_from_the_birth_of_the_table_only():
    found = table_of(
        spec("email: {type: email, unique: true}", "add: User.phone?\n        type: str\n        unique: true")
    )
    assert [c.unique for c in found.columns] == [False, True, False]


def test_a_variant_that_went_is_read_as_what_it_became(tmp_path: Path) -> None:
    made = package(history(specs.UNIONS), tmp_path)
    store = made.storage
    assert store.load_payment_method({"Cheque": {"kind": "cheque", "bank": "b"}}) == made.records.Plastic(
        kind="card", number="none"
    )
    card = made.records.Plastic(kind="card", number="1")
    assert store.dump_payment_method(card) == {"Card": {"kind": "card", "number": "1"}}
    with pytest.raises(LookupError, match="nothing is stored as Coin"):
        store.load_payment_method({"Coin": {}})
