"""Splits and merges in tables: old rows are read as the new fields, and programs of both kinds write side by side."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from . import packages
from .packages import Package, migrate, stores

SPEC = """
api: {name: shop}
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: str
      nick?: {type: str, nullable: true}
      day: str
      month: str
      pets: {type: "list[Pet]", default: []}
      street?: str
      zip?: str
    operations: [list, get, create, update, replace]
    filters: [name]
    sort: [day]
types:
  Pet: {fields: {name: str}}
versions:
  - id: v1
    released: 2020-01-01
  - id: v2
    released: 2021-01-01
    changes:
      - {split: User.name, into: {first: str, last: str}, with: words}
      - {split: User.nick, into: {"short?": str, "long?": {type: str, nullable: true}}, with: comma}
      - {merge: [User.day, User.month], into: {born: int}, with: conversions.join_born}
      - {split: Pet.name, into: {call: str, family: str}, with: words}
      - {move: [User.street, User.zip], to: User.home}
  - id: v3
    released: 2022-01-01
    changes:
      - {move: [User.first, User.last], to: User.person}
      - {split: User.born, into: {d: int, m: int}, with: conversions.split_date}
      - {merge: [User.home.street, User.home.zip], into: "lines?", with: lines}
next: []
"""
CONVERSIONS = """
def join_born(day, month):
    return int(day) * 100 + int(month)

def split_born(born):
    return str(born // 100), str(born % 100)

def split_date(born):
    return born // 100, born % 100

def join_date(d, m):
    return d * 100 + m
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return packages.programs(SPEC, tmp_path_factory.mktemp("joined"), CONVERSIONS)


def insert(program: Package, url: str, **values: Any) -> Any:
    with stores(program, url) as found:
        return asyncio.run(found.users.insert(program.records.User(id=program.module("absent").UNASSIGNED, **values)))


def rows(program: Package, url: str, **query: Any) -> list[Any]:
    asked = program.module("store").Query(limit=100, **query)
    with stores(program, url) as found:
        return list(asyncio.run(found.users.page(asked)).items)


def update(program: Package, url: str, **values: Any) -> None:
    async def work(found: Any) -> None:
        (record,) = (await found.users.page(program.module("store").Query(limit=1))).items
        await found.users.edit(record.id, lambda r: replace(r, **values))

    with stores(program, url) as found:
        asyncio.run(work(found))


def ada(program: Package, **more: Any) -> dict[str, Any]:
    pets = [program.records.Pet(name="Rex  Dog")]
    return {"name": "Ada  King", "day": "01", "month": "5", "pets": pets, **more}


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_rows_that_are_there_are_read_in_the_new_form(programs: dict[str, Package], url: str, version: str) -> None:
    migrate(programs, url, "v1")
    insert(programs["v1"], url, **ada(programs["v1"]))
    migrate(programs, url, "v2")
    if version == "v3":
        migrate(programs, url, "v3")
    (user,) = rows(programs[version], url)
    absent = programs[version].module("absent").ABSENT
    person = user if version == "v2" else user.person
    assert (person.first, person.last) == ("Ada ", "King")
    assert (user.short, user.long) == (absent, absent)
    assert [(p.call, p.family) for p in user.pets] == [("Rex ", "Dog")]
    if version == "v2":
        assert user.born == 105
        assert user.kept["day+month@v1"] == {"written": [["01", "5"]], "image": [[105]]}
    else:
        assert (user.d, user.m) == (1, 5)


def test_what_is_missing_stays_so_for_all_who_show_it(programs: dict[str, Package], url: str) -> None:
    migrate(programs, url, "v1")
    insert(programs["v1"], url, **ada(programs["v1"], street="1 Navy\nYard"))
    migrate(programs, url, "v2")
    migrate(programs, url, "v3")
    for _ in range(2):
        (user,) = rows(programs["v3"], url)
        kept = {"written": [["1 Navy\nYard", {"absent": True}]], "image": [["1 Navy\nYard\n"]]}
        assert user.home.lines == "1 Navy\nYard\n"
        assert [user.kept["street+zip@v1"], *user.home.kept.values()] == [kept, kept]
        update(programs["v3"], url, d=2)  # everything is written again
    (before,) = rows(programs["v2"], url)
    assert (before.home.street, before.home.zip) == ("1 Navy\nYard", programs["v2"].module("absent").ABSENT)


def test_new_columns_are_filled_and_old_ones_written_along(programs: dict[str, Package], url: str) -> None:
    migrate(programs, url, "v1")
    insert(programs["v1"], url, **ada(programs["v1"], name="Ada Lovelace", nick="A, Ada"))
    migrate(programs, url, "v2")
    assert [u.short for u in rows(programs["v2"], url, filters={"first": ("Ada",)})] == ["A"]
    r, absent = programs["v2"].records, programs["v2"].module("absent").ABSENT
    insert(
        programs["v2"],
        url,
        first="Grace",
        last="Hopper",
        born=912,
        short=absent,
        long=None,
        pets=[r.Pet(call="Nemo", family="Fish")],
    )
    shown = rows(programs["v1"], url, sort="day")
    assert [(u.name, u.day, u.month) for u in shown] == [("Ada Lovelace", "01", "5"), ("Grace Hopper", "9", "12")]
    assert [p.name for u in shown for p in u.pets] == ["Rex  Dog", "Nemo Fish"]
    assert [u.last for u in rows(programs["v2"], url, filters={"v1:v1:User.name": ("Grace Hopper",)})] == ["Hopper"]


def test_what_an_older_program_writes_last_counts(programs: dict[str, Package], url: str) -> None:
    migrate(programs, url, "v1")
    migrate(programs, url, "v2")
    insert(programs["v2"], url, first="Grace", last="Hopper", born=912, pets=[])
    update(programs["v1"], url, name="Eve  Adams", day="02")
    (user,) = rows(programs["v2"], url)
    assert (user.first, user.last, user.born) == ("Eve ", "Adams", 212)
    update(programs["v2"], url, last="Smith")
    (user,) = rows(programs["v1"], url)
    assert (user.name, user.day) == ("Eve  Smith", "02")
    migrate(programs, url, "v2", "downgrade")
    assert rows(programs["v1"], url) == [user]
