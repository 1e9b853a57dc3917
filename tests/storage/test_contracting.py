"""What rows are held to once a version is gone that allowed more, and what goes inside JSON: on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from scaffold.contract.history import History
from scaffold.generate.contraction import contraction
from scaffold.generate.migration_script import Migration
from scaffold.project.ruff import format_files
from scaffold.spec import load

from .packages import Package, migrate, package, prepared, run, script, stores, until

SPEC = """\
api: {name: stock}

types:
  Status: {enum: [draft, published, hidden]}
  Size: {fields: {width: int, "depth?": int}}
  Part:
    fields:
      label: str
      "colour?": str
      size: Size

resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: {type: str, max_length: 100, example: Ada}
      code: {type: str, example: a}
      age?: int
      price: {type: decimal, ge: 0, example: "1.50"}
      motto?: {type: str, nullable: true}
      status: {type: Status, default: draft}
      dozen: {type: int, multiple_of: 12, default: 24}
      slot: {type: str, enum: ["at:noon", "it's 100%"], default: "at:noon"}
      parts: {type: "list[Part]", default: []}
      spare?: "map[str, Part]"
    operations: [list, get, create, update, replace, delete]
    sort: [price]
  Note:
    path: /notes
    fields:
      id: {type: int, key: true}
      author: {ref: User}
    operations: [list, get, create, delete]

versions:
  - id: v1
    released: 2025-01-01
  - id: v2
    released: 2025-06-01
    changes:
      - change: User.name
        max_length: 20
        waiver: {name: ada, reason: nobody is called so}
      - change: User.age
        ge: 18
        waiver: {name: ada, reason: nobody is younger}
      - change: User.code
        unique: true
      - remove: Status.hidden
        old_sends: draft
      - add: User.rank
        type: int
        old_sends: 5
      - add: User.seen_at
        type: datetime
        read_only: true
        on_create: now
        existing: now
      - remove: Part.colour
      - remove: Size.depth
      - rename: User.motto
        to: slogan
        storage: rename
      - rename: {User.age: years}
        storage: rename
      - rename: Note.author
        to: writer
        storage: rename
  - id: v3
    released: 2025-09-01
    changes:
      - change: User.name
        max_length: 40
        policy: clamp
      - change: User.code
        unique: false
      - change: User.price
        required: false
        old_sees: "0"
      - add: Status.gone
        old_sees: draft

next: []
"""


MORE: dict[str, Any] = {"dozen": 36, "slot": "at:noon"}

NEW: dict[str, Any] = {"rank": 1, "seen_at": datetime(2026, 1, 1, tzinfo=UTC)}


@dataclass(frozen=True)
class Stock:
    """The programs of v1 and v2, those without v1 of v2 and of v3, and the migrations that lead to them."""

    programs: dict[str, Package]
    after: Package
    later: Package
    scripts: tuple[Migration, ...]
    loosened: Migration

    def drop(self, url: str, way: str = "upgrade") -> None:
        for each in self.scripts if way == "upgrade" else reversed(self.scripts):
            run(each, self.after, url, way)


def without_v1(history: History) -> History:
    first, *others = history.versions
    return prepared(replace(history, versions=(replace(first, dropped=date(2026, 1, 1)), *others)))


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    folder = tmp_path_factory.mktemp("contracting")
    whole = load(SPEC).history
    programs = {id_: package(prepared(until(whole, id_)), folder) for id_ in ("v1", "v2")}
    after, later = (package(without_v1(h), folder) for h in (until(whole, "v2"), whole))
    found = contraction(programs["v2"].tables, after.tables, version="v1", package=after.name, down_revision=None)
    laid_out = format_files({f"{s.revision}.py": s.text for s in found.scripts}, packages=[after.name])
    scripts = tuple(replace(s, text=laid_out[f"{s.revision}.py"]) for s in found.scripts)
    return Stock(programs, after, later, scripts, script(after.tables, later))


def part(r: Any, label: str, **more: Any) -> Any:
    return r.Part(label=label, size=r.Size(width=1, **({"depth": 7} if more else {})), **more)


@pytest.fixture
def filled(stock: Stock, url: str) -> str:
    """The URL of a database at v2, with rows of v1."""
    migrate(stock.programs, url, "v1")
    old = stock.programs["v1"]
    r, new = old.records, old.module("absent").UNASSIGNED

    async def first(found: Any) -> None:
        for number, (code, price) in enumerate((("a", "10"), ("b", "9.50"), ("c", "100"))):
            parts = [part(r, "leg", colour="red"), part(r, "seat", colour="blue")]
            await found.users.insert(
                r.User(
                    id=new, name=f"User {number}", code=code, age=20, price=Decimal(price), status="hidden",
                    parts=parts, spare={"one": part(r, "screw", colour="grey")}, **MORE,
                )
            )  # fmt: skip
        await found.notes.insert(r.Note(id=new, author=1))
        await found.users.delete(3)

    work(old, url, first)
    migrate(stock.programs, url, "v2")
    return url


def work(program: Package, url: str, what: Callable[[Any], Any]) -> Any:
    with stores(program, url) as found:
        return asyncio.run(what(found))


def execute(program: Package, url: str, *statements: str) -> list[Any]:
    engine = program.module("database").Storage(url).engine
    try:
        with engine.begin() as connection:
            done = [connection.execute(sa.text(s)) for s in statements]
            return [list(each) for each in done if each.returns_rows]
    finally:
        engine.dispose()


def held(url: str, program: Package) -> tuple[set[str], set[str], set[str]]:
    """Of users: the columns that are never NULL, the checks, and the unique indexes."""
    engine = program.module("database").Storage(url).engine
    found = sa.inspect(engine)
    said = (
        {c["name"] for c in found.get_columns("users") if not c["nullable"]} - {"id", "kept", "revision"},
        {str(c["name"]) for c in found.get_check_constraints("users")},
        {str(i["name"]) for i in found.get_indexes("users") if i["unique"]},
    )
    engine.dispose()
    return said


ALL = (
    {"name", "code", "price", "status", "parts", "dozen", "slot", "rank", "seen_at"},
    {
        "ck_users_name_longest", "ck_users_years_ge", "ck_users_price_ge", "ck_users_status_value",
        "ck_users_dozen_step", "ck_users_slot_value",
    },
    {"uq_users_code"},
)  # fmt: skip


def test_tables_that_a_program_makes_by_itself_are_held_to_the_same(stock: Stock, url: str) -> None:
    storage = stock.after.module("database").Storage(url)
    asyncio.run(storage.follow(stock.after.storage.metadata))
    asyncio.run(storage.close())
    assert held(url, stock.after) == ALL
    execute(stock.after, url, INSERT)
    with pytest.raises(sa.exc.IntegrityError):
        execute(stock.after, url, INSERT.replace("'b'", "'c'").replace("100%", "10%"))


INSERT = """INSERT INTO users (name, code, price, status, parts, dozen, slot, rank, seen_at)
VALUES ('Ada', 'b', '1.0', 'draft', '[]', 36, 'it''s 100%', 1, '2026-01-01 00:00:00')"""


def test_rows_are_held_to_what_every_version_left_promises(stock: Stock, filled: str) -> None:
    assert held(filled, stock.after) == (set(), set(), set())
    stock.drop(filled)
    assert held(filled, stock.after) == ALL
    for broken in (
        "UPDATE users SET name = NULL WHERE id = 1",
        "UPDATE users SET name = 'a name of more than twenty' WHERE id = 1",
        "UPDATE users SET years = 17 WHERE id = 1",
        "UPDATE users SET price = '-0.01' WHERE id = 1",
        "UPDATE users SET status = 'hidden' WHERE id = 1",
        "UPDATE users SET code = 'b' WHERE id = 1",
        "UPDATE users SET dozen = 13 WHERE id = 1",
        "UPDATE users SET slot = 'it''s 10%' WHERE id = 1",
        "DELETE FROM users WHERE id = 1",
    ):
        with pytest.raises(sa.exc.IntegrityError):
            execute(stock.after, filled, broken)
    r, new = stock.after.records, stock.after.module("absent").UNASSIGNED
    made = r.User(id=new, name="x" * 20, code="c", price=Decimal("9.6"), status="published", parts=[], **MORE, **NEW)

    async def written(found: Any) -> list[Any]:
        saved = await found.users.insert(made)
        assert saved.id == 4  # the number of the one that was deleted is not given again
        with pytest.raises(stock.after.module("problems").Conflict, match=r"Another User has the same code\."):
            await found.users.insert(replace(made, code="a"))
        page = await found.users.page(stock.after.module("query").Query(limit=9, sort="price"))
        return [str(u.price) for u in page.items]

    assert work(stock.after, filled, written) == ["9.50", "9.6", "10"]


def test_the_way_back_takes_the_rules_off(stock: Stock, filled: str) -> None:
    stock.drop(filled)
    stock.drop(filled, "downgrade")
    assert held(filled, stock.after) == (set(), set(), set())
    execute(stock.after, filled, "UPDATE users SET name = NULL, status = 'hidden', age = 3, code = 'b' WHERE id = 1")
    execute(stock.after, filled, "UPDATE users SET name = '', status = 'draft', age = 30, code = 'a' WHERE id = 1")
    stock.drop(filled)
    assert held(filled, stock.after) == ALL


def test_rows_that_break_a_rule_are_told_and_nothing_is_done(stock: Stock, filled: str) -> None:
    execute(stock.after, filled, "UPDATE users SET name = NULL, age = 3, code = 'a'")
    before = execute(stock.after, filled, "SELECT * FROM users ORDER BY id")
    ready, contracting = stock.scripts
    run(ready, stock.after, filled)
    with pytest.raises(stock.after.module("holding").Unfit) as caught:
        run(contracting, stock.after, filled)
    assert str(caught.value).splitlines()[:2] == [
        "users.name: 2 rows in which it is missing (1, 2)",
        "users.years: 2 rows in which it is less than 18 (1, 2)",
    ]
    assert held(filled, stock.after) == (set(), set(), set())
    after = execute(stock.after, filled, "SELECT * FROM users ORDER BY id")
    assert [row.parts for row in after[0]] == [row.parts for row in before[0]]
    execute(stock.after, filled, "UPDATE users SET name = 'Ada', age = 20")
    with pytest.raises(stock.after.module("holding").Unfit, match=r"users\.code: 1 value in several rows \('a'\)"):
        run(contracting, stock.after, filled)


def test_what_programs_of_before_did_not_write_gets_what_was_declared_for_it(stock: Stock, filled: str) -> None:
    execute(stock.after, filled, "UPDATE users SET rank = NULL, seen_at = NULL WHERE id = 1")
    execute(stock.after, filled, "UPDATE users SET rank = 7 WHERE id = 2")
    stock.drop(filled)
    (found,) = execute(stock.after, filled, "SELECT rank, seen_at IS NULL FROM users ORDER BY id")
    assert [tuple(row) for row in found] == [(5, False), (7, False)]


def test_a_later_version_that_allows_more_takes_rules_off(stock: Stock, filled: str) -> None:
    stock.drop(filled)
    run(stock.loosened, stock.later, filled)
    columns, checks, unique = ALL
    gone = {"ck_users_name_longest", "ck_users_status_value"}
    assert held(filled, stock.after) == (columns - {"price"}, checks - gone, unique - {"uq_users_code"})
    r, new = stock.later.records, stock.later.module("absent").UNASSIGNED
    made = r.User(id=new, name="x" * 40, code="a", status="gone", parts=[], **MORE, **NEW)
    assert work(stock.later, filled, lambda found: found.users.insert(made)).name == "x" * 40


def test_a_column_takes_the_new_name_while_programs_of_both_names_run(stock: Stock, filled: str) -> None:
    old, new = stock.programs["v2"], stock.after
    ready, contracting = stock.scripts
    run(ready, new, filled)

    def sees(program: Package) -> list[tuple[Any, ...]]:
        query = program.module("query").Query(limit=9)
        users = work(program, filled, lambda found: found.users.page(query)).items
        notes = work(program, filled, lambda found: found.notes.page(query)).items
        absent = program.module("absent").ABSENT
        shown = [tuple("absent" if v is absent else v for v in (u.id, u.years, u.slogan)) for u in users]
        return [*shown, *((n.id, n.writer) for n in notes)]

    def add(program: Package, code: str, **more: Any) -> None:
        r, key = program.records, program.module("absent").UNASSIGNED
        made = r.User(id=key, name="Eve", code=code, price=Decimal(1), status="draft", parts=[], **MORE, **NEW, **more)
        work(program, filled, lambda found: found.users.insert(made))
        work(program, filled, lambda found: found.notes.insert(r.Note(id=key, writer=2)))

    add(old, "old", years=30, slogan="old")
    add(new, "new", years=40, slogan="new")
    work(old, filled, lambda found: found.users.edit(2, lambda u: replace(u, slogan=None, years=21)))
    work(new, filled, lambda found: found.users.edit(1, lambda u: replace(u, slogan="say", years=22)))
    work(old, filled, lambda found: found.users.edit(5, lambda u: replace(u, slogan="said")))
    seen = [(1, 22, "say"), (2, 21, None), (4, 30, "old"), (5, 40, "said"), (1, 1), (2, 2), (3, 2)]
    assert sees(old) == sees(new) == seen
    run(contracting, new, filled)
    assert sees(new) == seen
    for broken in ("DELETE FROM users WHERE id = 2", "SELECT motto FROM users", "SELECT author FROM notes"):
        with pytest.raises(sa.exc.DBAPIError):
            execute(new, filled, broken)
    run(contracting, new, filled, "downgrade")
    assert sees(old) == sees(new) == seen
    add(old, "again", years=50, slogan="again")
    work(new, filled, lambda found: found.users.edit(2, lambda u: replace(u, slogan="back")))
    assert sees(old) == sees(new) == [*seen[:1], (2, 21, "back"), *seen[2:4], (6, 50, "again"), *seen[4:], (4, 2)]
    run(ready, new, filled, "downgrade")
    assert sees(old)[1] == (2, 21, "back")
    with pytest.raises(sa.exc.DBAPIError):
        execute(new, filled, "SELECT slogan FROM users")


def test_members_that_nobody_needs_go_from_json_and_come_back(stock: Stock, filled: str) -> None:
    stored = "SELECT id, parts, spare, kept FROM users ORDER BY id"
    (before,) = execute(stock.after, filled, stored)
    stock.drop(filled)
    (after,) = execute(stock.after, filled, stored)
    for row in after:
        said = f"{row.parts} {row.spare} {row.kept}"
        assert not [word for word in ("colour", "depth", "status@v1") if word in said]
        assert "width" in said
    r = stock.after.records

    def edited(user: Any) -> Any:
        return replace(user, parts=[r.Part(label="arm", size=r.Size(width=3)), *user.parts[::-1]])

    work(stock.after, filled, lambda found: found.users.edit(2, edited))
    stock.drop(filled, "downgrade")
    (back,) = execute(stock.after, filled, stored)
    assert back[0] == before[0]
    users = work(stock.programs["v2"], filled, lambda found: found.users.get(2))
    assert [(p.label, p.size.depth, p.colour) for p in users.parts[1:]] == [("seat", 7, "blue"), ("leg", 7, "red")]
    assert users.parts[0].label == "arm"
    assert users.spare["one"].colour == "grey"
