"""The shop goes from v1 to v2 and back with 10,000 rows, on SQLite and on PostgreSQL, and loses nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from ..projects import EXAMPLES, json_of, make, run, scaffold, served

pytestmark = pytest.mark.slow
ROWS = 5_000
PRICES = ("49.90", "01.50", "2.5", "7", "00.10")
Rows = dict[str, list[dict[str, Any]]]


def spec() -> str:
    """The spec of the shop as it was before v2, whose changes are the draft."""
    text = (EXAMPLES / "shop/api.yaml").read_text("utf-8")
    text = re.sub(r"\n    (deprecated|sunset|brownouts): .*(\n      - .*)*", "", text)
    before, after = text.split("\n  - id: v2\n")
    changes = after.partition("    changes:\n")[2].partition("\nnext:")[0]
    return f"{before}\nnext:\n{changes}"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The shop before v2 was cut, and after."""
    folder = tmp_path_factory.mktemp("shops")
    older = make(folder, "shop", spec())
    newer = Path(shutil.copytree(older, folder / "newer"))
    done = scaffold("bump-version", cwd=newer)
    assert done.returncode == 0, done.stderr
    return {"v1": older, "v2": newer}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/shop.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


def production(database: str) -> dict[str, str]:
    return {"DATABASE_URL": database, "SHOP_ENVIRONMENT": "production"}


@pytest.fixture
def engine(database: str) -> Iterator[sa.Engine]:
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", database)
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    yield engine
    engine.dispose()


def migrated(project: Path, database: str, *command: str) -> None:
    done = run(project, *(command or ("shop", "migrate")), **production(database))
    assert done.returncode == 0, done.stderr[-4000:]


def filled(engine: sa.Engine) -> None:
    """Rows as clients of v1 wrote them: with and without what is optional, prices in every spelling."""
    users = [
        {"name": f"User {n}", "email": f"u{n}@example.com", "revision": 1, "kept": {}}
        | {"street": f"{n} Main St" if n % 2 else None, "city": "London" if n % 3 else None}
        | {"avatar_url": f"https://example.com/{n}.png" if n % 5 else None}
        for n in range(ROWS)
    ]
    products = [
        {"title": f"Chair {n}", "price": PRICES[n % 5], "status": "draft" if n % 2 else "published"}
        | {"tags": ["oak"] * (n % 4), "revision": 1, "kept": {}}
        for n in range(ROWS)
    ]
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.begin() as connection:
        connection.execute(metadata.tables["users"].insert(), users)
        connection.execute(metadata.tables["products"].insert(), products)


def rows(engine: sa.Engine) -> Rows:
    """Every row of every table, without how often it was written."""
    metadata = sa.MetaData()
    metadata.reflect(engine)
    found: Rows = {}
    with engine.connect() as connection:
        for name in ("users", "products"):
            table = metadata.tables[name]
            read = connection.execute(table.select().order_by(table.c.id)).mappings()
            found[name] = [{k: v for k, v in row.items() if k != "revision"} for row in read]
    return found


def sampled(base: str, version: str) -> dict[str, Any]:
    """What clients of a version see of rows from all over the tables."""
    pages = [f"{path}?limit=40&offset={at}" for path in ("users", "products") for at in (0, ROWS // 2, ROWS - 40)]
    ones = [f"{path}/{number}" for path in ("users", "products") for number in range(1, ROWS, 777)]
    return {path: json_of(httpx2.get(f"{base}/api/{version}/{path}")) for path in [*pages, *ones]}


def seen(project: Path, database: str, look: Callable[[str], Any]) -> Any:
    with served(project, "shop", **production(database)) as base:
        return look(base)


def test_up_and_down_and_up_again(programs: dict[str, Path], database: str, engine: sa.Engine) -> None:
    migrated(programs["v1"], database)
    filled(engine)
    before, shown = rows(engine), seen(programs["v1"], database, lambda base: sampled(base, "v1"))

    started = datetime.now(UTC) - timedelta(seconds=1)
    migrated(programs["v2"], database)
    between = rows(engine)
    assert [len(between[name]) for name in ("users", "products")] == [ROWS, ROWS]
    for name, old in before.items():  # it only adds
        assert [{k: row[k] for k in old[0] if k != "kept"} for row in between[name]] == [
            {k: v for k, v in row.items() if k != "kept"} for row in old
        ]

    def look(base: str) -> dict[str, Any]:
        assert sampled(base, "v1") == shown
        return sampled(base, "v2")

    newest = seen(programs["v2"], database, look)
    for path, value in newest.items():
        for older, newer in zip(listed(shown[path]), listed(value), strict=True):
            compare(older, newer, started)

    migrated(programs["v2"], database, "alembic", "downgrade", "-1")
    assert rows(engine) == before
    assert seen(programs["v1"], database, lambda base: sampled(base, "v1")) == shown

    migrated(programs["v2"], database)
    again = seen(programs["v2"], database, look)
    assert timeless(again) == timeless(newest)


def listed(value: Any) -> list[dict[str, Any]]:
    """The objects of an answer: of a list, of an envelope, or the one there is."""
    found: list[dict[str, Any]] = value if isinstance(value, list) else value.get("data", [value])
    return found


def compare(older: dict[str, Any], newer: dict[str, Any], started: datetime) -> None:
    """One object as v1 is shown it and as v2 is."""
    if "title" in older:
        assert {**newer, "price": None} == {**older, "price": None}
        assert float(newer["price"]) == float(older["price"])
        return
    assert newer["full_name"] == older["name"]
    assert newer.get("address", {}) == {k: older[k] for k in ("street", "city") if k in older}
    assert ("address" in newer) == ("street" in older or "city" in older)
    assert newer.get("avatar_url") == older.get("avatar_url")
    assert started <= datetime.fromisoformat(newer["created_at"]) <= datetime.now(UTC)


def timeless(shown: dict[str, Any]) -> Any:
    """What is shown without when rows were made, which is when they were migrated."""
    return [[{k: v for k, v in one.items() if k != "created_at"} for one in listed(value)] for value in shown.values()]


def test_what_newer_clients_wrote_is_there_after_the_way_back(
    programs: dict[str, Path], database: str, engine: sa.Engine
) -> None:
    migrated(programs["v1"], database)
    filled(engine)
    migrated(programs["v2"], database)
    with served(programs["v2"], "shop", **production(database)) as base:
        new = {"full_name": "Ada", "email": "ada@example.com", "address": {"city": "Paris"}}
        ada = json_of(httpx2.post(f"{base}/api/v2/users", json=new))
        json_of(httpx2.patch(f"{base}/api/v2/products/2", json={"price": "8.10", "status": "published"}))
        json_of(httpx2.patch(f"{base}/api/v1/products/3", json={"price": "03.0"}))
    migrated(programs["v2"], database, "alembic", "downgrade", "-1")
    with served(programs["v1"], "shop", **production(database)) as base:
        back = json_of(httpx2.get(f"{base}/api/v1/users/{ada['id']}"))
        assert back == {"id": ada["id"], "name": "Ada", "email": "ada@example.com", "city": "Paris"}
        edited = json_of(httpx2.get(f"{base}/api/v1/products/2"))
        assert (edited["price"], edited["status"], edited["title"]) == ("8.10", "published", "Chair 1")
        assert json_of(httpx2.get(f"{base}/api/v1/products/3"))["price"] == "03.0"
