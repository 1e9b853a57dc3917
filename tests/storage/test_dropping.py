"""What no version needs goes with the version that was dropped, is kept, and comes back: on both databases."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from scaffold.generate.contraction import contraction
from scaffold.generate.migration_script import Migration
from scaffold.project.ruff import format_files
from scaffold.spec import load

from ..golden.cases import CASES, loaded, spec, written
from . import packages
from .packages import Package, dropped_to, migrate, package, run, stores, until

SOME_DAY = date(2030, 1, 1)
MORE = """\
  Page:
    path: /pages
    fields:
      id: {type: int, key: true}
      tag: {ref: Tag}
      code?: {type: str, unique: true}
      title?: {type: str, nullable: true}
    operations: [list, get, create]

versions:
"""
REMOVED = """\
      - remove: Page.tag
        old_sees: 0
      - remove: Page.code
      - remove: Page.title
"""


@dataclass(frozen=True)
class Shop:
    """The programs of each version, the one without v1, and the migrations that lead there."""

    programs: dict[str, Package]
    after: Package
    scripts: tuple[Migration, ...]

    def drop(self, url: str, way: str = "upgrade") -> None:
        for script in self.scripts if way == "upgrade" else reversed(self.scripts):
            run(script, self.after, url, way)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    text = (
        spec("dropped")
        .read_text("utf-8")
        .replace("versions:\n", MORE)
        .replace("      - rename: Tag.word\n", f"{REMOVED}      - rename: Tag.word\n")
    )
    return made(text, tmp_path_factory.mktemp("dropping"))


def made(text: str, folder: Path) -> Shop:
    """The programs of a spec in which v1 was dropped."""
    whole = packages.prepared(load(text).history).whole
    programs = {v.id: package(until(whole, v.id), folder) for v in whole.versions}
    newest = programs[whole.versions[-1].id]
    after = package(packages.prepared(dropped_to(whole, "v1")), folder)
    found = contraction(newest.tables, after.tables, version="v1", package=after.name, down_revision=None)
    laid_out = format_files({f"{s.revision}.py": s.text for s in found.scripts}, packages=[after.name])
    return Shop(programs, after, tuple(replace(s, text=laid_out[f"{s.revision}.py"]) for s in found.scripts))


@pytest.fixture
def filled(shop: Shop, url: str) -> str:
    """The URL of a database at v3, with rows of v1, and of a program of v1 that wrote after v2 came."""
    programs = shop.programs
    migrate(programs, url, "v1")
    r, new = programs["v1"].records, programs["v1"].module("absent").UNASSIGNED
    absent = programs["v1"].module("absent").ABSENT

    async def first(found: Any) -> None:
        tag = await found.tags.insert(r.Tag(id=new, word="oak"))
        for name, price, place, fax in (
            ("Ada", "01.50", "London  UK", "+44"),
            ("Eve", "2.5", "Paris FR", absent),
            ("Kim", "3", "Rome IT", "+39"),
        ):
            user = r.User(
                id=new,
                name=name,
                price=price,
                place=place,
                fax=fax,
                status="hidden",
                parts=[r.Part(label="leg", weight="01.0")],
            )
            saved = await found.users.insert(user)
            await found.notes.insert(r.Note(id=new, author=saved.id, text=f"of {name}"))
        for title, code in (("One", "a"), (None, "b"), (absent, absent)):
            await found.pages.insert(r.Page(id=new, tag=tag.id, code=code, title=title))

    work(programs["v1"], url, first)
    migrate(programs, url, "v2")

    async def older_program(found: Any) -> None:
        await found.users.edit(2, lambda u: replace(u, price="07.0", place="Oslo NO"))

    work(programs["v1"], url, older_program)
    migrate(programs, url, "v3")
    return url


def work(program: Package, url: str, what: Callable[[Any], Any]) -> Any:
    with stores(program, url) as found:
        return asyncio.run(what(found))


def everything(program: Package, url: str) -> dict[str, list[Any]]:
    """Every record that a program sees, by table."""
    query = program.module("store").Query(limit=100)

    async def read(found: Any) -> dict[str, list[Any]]:
        names = [t.attr for t in program.tables.tables]
        return {name: list((await getattr(found, name).page(query)).items) for name in names}

    found: dict[str, list[Any]] = work(program, url, read)
    return found


def rows(url: str, program: Package, table: str) -> list[dict[str, Any]]:
    """The rows of a table as the database has them."""
    engine = program.module("database").Storage(url).engine
    with engine.connect() as connection:
        found = sa.Table(table, sa.MetaData(), autoload_with=connection)
        query = found.select().order_by(found.c.id)
        said = [{k: v for k, v in row.items() if k != "revision"} for row in connection.execute(query).mappings()]
    engine.dispose()
    return said


def schema(url: str, program: Package) -> dict[str, Any]:
    """The columns, indexes and references of every table."""
    engine = program.module("database").Storage(url).engine
    found = sa.inspect(engine)
    said = {
        name: (
            {c["name"]: str(c["type"]) for c in found.get_columns(name)},
            sorted((i["name"], *i["column_names"]) for i in found.get_indexes(name)),
            sorted((*f["constrained_columns"], f["referred_table"]) for f in found.get_foreign_keys(name)),
        )
        for name in found.get_table_names()
    }
    engine.dispose()
    return said


def bare(value: Any) -> Any:
    """The attributes of a record, and of those inside it, without what is kept of them."""
    if isinstance(value, list):
        return [bare(item) for item in value]
    if not is_dataclass(value):
        return repr(value)  # each program has an ABSENT of its own
    return {f.name: bare(getattr(value, f.name)) for f in fields(value) if f.name != "kept"}


def test_the_program_that_is_left_sees_what_it_saw(shop: Shop, filled: str) -> None:
    before = everything(shop.programs["v3"], filled)
    shop.drop(filled)
    after = everything(shop.after, filled)
    assert [(u.full_name, str(u.price), u.city, u.country) for u in after["users"]] == [
        ("Ada", "1.50", "London ", "UK"),
        ("Eve", "7.0", "Oslo", "NO"),
        ("Kim", "3", "Rome", "IT"),
    ]
    for name, found in after.items():
        for old, new in zip(before[name], found, strict=True):
            assert bare(new) == {name: value for name, value in bare(old).items() if name in bare(new)}
    assert {u["status"] for u in rows(filled, shop.after, "users")} == {"draft"}
    assert [u["kept"] for u in rows(filled, shop.after, "users")] == [{}, {}, {}]


def test_programs_that_know_the_dropped_version_and_that_do_not_run_beside_each_other(shop: Shop, filled: str) -> None:
    old, new = shop.programs["v3"], shop.after
    ready, contracting = shop.scripts
    run(ready, new, filled)
    work(new, filled, lambda found: found.users.edit(1, lambda u: replace(u, price=Decimal("9.90"), city="Bath")))
    ada, eve, _ = everything(old, filled)["users"]
    assert (str(ada.price), ada.city, ada.country) == ("9.90", "Bath", "UK")
    assert (str(eve.price), eve.city) == ("7.0", "Oslo")
    made = new.records.User(
        id=new.module("absent").UNASSIGNED, full_name="New", price=Decimal("4"), city="Bonn", country="DE",
        status="draft", parts=[],
    )  # fmt: skip
    work(new, filled, lambda found: found.users.insert(made))
    work(old, filled, lambda found: found.users.edit(1, lambda u: replace(u, city="Hull")))
    work(old, filled, lambda found: found.users.edit(4, lambda u: replace(u, price=Decimal("5"))))
    work(new, filled, lambda found: found.users.edit(4, lambda u: replace(u, country="FR")))
    seen = [("9.90", "Hull", "UK"), ("7.0", "Oslo", "NO"), ("3", "Rome", "IT"), ("5", "Bonn", "FR")]
    for program in (old, new):
        assert [(str(u.price), u.city, u.country) for u in everything(program, filled)["users"]] == seen
    with pytest.raises(new.module("problems").Conflict):  # a note of v1's refers to it still
        work(new, filled, lambda found: found.users.delete(1))
    run(contracting, new, filled)
    assert [(str(u.price), u.city, u.country) for u in everything(new, filled)["users"]] == seen
    work(new, filled, lambda found: found.users.delete(1))
    run(contracting, new, filled, "downgrade")
    assert [(str(u.price), u.city, u.country) for u in everything(old, filled)["users"]] == seen[1:]
    work(new, filled, lambda found: found.users.edit(2, lambda u: replace(u, city="Bath")))
    assert everything(old, filled)["users"][0].city == "Bath"


OPTIONAL = """\
api: {name: stops}
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      place?: str
      name: str
versions:
  - {id: v1, released: 2025-01-01}
  - id: v2
    released: 2025-06-01
    changes:
      - split: User.place
        into: {"city?": str, "country?": str}
        with: words
      - split: User.name
        into: {first: str, last: str}
        with: words
next: []
"""


def test_where_the_old_program_has_to_stop_is_told() -> None:
    whole = load(OPTIONAL).history
    first, second = whole.versions
    after = replace(whole, versions=(replace(first, dropped=SOME_DAY), second))
    before, left = (packages.tables_of(packages.prepared(h)) for h in (whole, after))
    found = contraction(before, left, version="v1", package="shop", down_revision=None)
    assert found.stops == ("users.place",)


NIGHTLY = os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly"
WITHOUT = ("codecs", "tags", "years")
"""Those with tables of meanings, which these packages have not; and one that takes minutes."""


@pytest.mark.parametrize("case", [c for c in CASES if c not in WITHOUT] if NIGHTLY else ["held"])
def test_one_version_after_the_other_is_dropped_and_comes_back(case: str, tmp_path: Path) -> None:
    whole = replace(dropped_to(loaded(case).history.released, None), unspecified=None)
    hooks = "".join(body for path, body in written(case) if path.name == "conversions.py")
    programs = []
    for number in range(len(whole.versions)):
        marked = tuple(replace(v, dropped=SOME_DAY if n < number else None) for n, v in enumerate(whole.versions))
        programs.append(package(packages.prepared(replace(whole, versions=marked)), tmp_path, hooks))
    url = f"sqlite:///{tmp_path}/all.db"
    asyncio.run(programs[0].module("database").Storage(url).follow(programs[0].storage.metadata))
    done = []
    for version, before, after in zip(whole.versions, programs, programs[1:], strict=False):
        found = contraction(before.tables, after.tables, version=version.id, package=after.name, down_revision=None)
        texts = format_files({f"{s.revision}.py": s.text for s in found.scripts}, packages=[after.name])
        done += [(replace(s, text=texts[f"{s.revision}.py"]), after) for s in found.scripts]
    for script, after in done:
        run(script, after, url)
    for script, after in reversed(done):
        run(script, after, url, "downgrade")
    for script, after in done:
        run(script, after, url)
    storage = programs[-1].module("database").Storage(url)
    assert asyncio.run(storage.follow(programs[-1].storage.metadata)) == ()


def test_the_tables_are_what_the_program_wants(shop: Shop, filled: str) -> None:
    shop.drop(filled)
    made = {t: columns for t, (columns, _, _) in schema(filled, shop.after).items() if not t.startswith("_")}
    metadata = shop.after.storage.metadata
    wanted = {t.name: {*t.columns.keys()} for t in metadata.sorted_tables if not t.name.startswith("_")}
    assert {t: {*columns} for t, columns in made.items() if not t.endswith("_numbers")} == {
        t: columns for t, columns in wanted.items() if not t.endswith("_numbers")
    }
    storage = shop.after.module("database").Storage(filled)
    assert asyncio.run(storage.follow(metadata)) == ()


def test_the_way_back_loses_nothing(shop: Shop, filled: str) -> None:
    newest = shop.programs["v3"]
    seen, built = everything(newest, filled), schema(filled, newest)
    tables = ("users", "notes", "tags", "pages")
    before = {name: rows(filled, newest, name) for name in tables}
    shop.drop(filled)
    shop.drop(filled, "downgrade")
    assert everything(newest, filled) == seen
    assert schema(filled, newest) == built
    after = {name: rows(filled, newest, name) for name in tables}
    eve = before["users"][1]
    assert (eve["price_v2"], eve["city"], eve["country"]) != ("7.0", "Oslo", "NO")
    eve |= {"price_v2": after["users"][1]["price_v2"], "city": "Oslo", "country": "NO"}  # as v1's program had written
    assert str(eve["price_v2"]) == "7.0"
    assert after == before
    shop.drop(filled)
    assert everything(shop.after, filled)["users"][1].city == "Oslo"


def test_what_was_written_in_between_is_there_after_the_way_back(shop: Shop, filled: str) -> None:
    shop.drop(filled)
    r, new = shop.after.records, shop.after.module("absent").UNASSIGNED

    async def written(found: Any) -> None:
        await found.users.edit(1, lambda u: replace(u, price=Decimal("9.90"), city="Bath"))
        await found.users.delete(3)
        await found.users.insert(
            r.User(id=new, full_name="New", price=Decimal("4"), city="Bonn", country="DE", status="draft", parts=[])
        )

    work(shop.after, filled, written)
    shop.drop(filled, "downgrade")
    newest = shop.programs["v3"]
    ada, eve, fresh = everything(newest, filled)["users"]
    assert (str(ada.price), ada.city, ada.country, ada.fax) == ("9.90", "Bath", "UK", "+44")
    assert (str(eve.price), eve.city) == ("7.0", "Oslo")
    assert (fresh.full_name, str(fresh.price), fresh.city) == ("New", "4", "Bonn")
    assert [(u["price"], u["place"]) for u in rows(filled, newest, "users")] == [
        ("9.90", "Bath UK"),
        ("07.0", "Oslo NO"),
        ("4", "Bonn DE"),
    ]
    assert [n["text"] for n in rows(filled, newest, "notes")] == ["of Ada", "of Eve"]
    left = rows(filled, newest, "_dropped_v1_notes")
    assert [n["text"] for n in left] == ["of Kim"]  # who it refers to was deleted: it stays where it was kept

    async def again(found: Any) -> Any:
        key = newest.module("absent").UNASSIGNED
        return await found.notes.insert(newest.records.Note(id=key, author=1, text="later"))

    assert work(newest, filled, again).id > 2
    shop.drop(filled)
    assert "later" in [n["text"] for n in rows(filled, shop.after, "_dropped_v1_notes")]
