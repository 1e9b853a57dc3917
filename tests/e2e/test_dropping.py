"""A version is dropped from a project with rows, its migration run and undone as its operators do."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from scaffold.workflows.drop import drop_version

from ..projects import json_of, make, once, run, served
from ..workflows.test_drop import SPEC, TODAY

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/mill.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
def engine(database: str) -> Iterator[sa.Engine]:
    engine = sa.create_engine(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", database), poolclass=sa.NullPool)
    yield engine
    engine.dispose()


def rows(engine: sa.Engine, table: str) -> list[dict[str, Any]]:
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        found = metadata.tables[table]
        read = connection.execute(found.select().order_by(found.c.id)).mappings()
        return [{k: v for k, v in row.items() if k != "revision"} for row in read]


def test_it_goes_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, database: str, engine: sa.Engine
) -> None:
    made = once(tmp_path_factory, "mill", lambda folder: make(folder, "mill", SPEC))
    mill = Path(shutil.copytree(made, tmp_path / "mill"))
    settings = {"DATABASE_URL": database, "MILL_ENVIRONMENT": "production"}

    def operate(*command: str) -> str:
        done = run(mill, *command, **settings)
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stderr

    operate("mill", "migrate")
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.begin() as connection:
        sacks = [{"name": f"Sack {n}", "fax": f"+{n}", "kept": {}} for n in range(1500)]
        connection.execute(metadata.tables["sacks"].insert(), sacks)
        connection.execute(metadata.tables["notes"].insert(), [{"text": f"Note {n}", "kept": {}} for n in range(3)])
    before = {name: rows(engine, name) for name in ("sacks", "notes")}

    outcome = drop_version(mill, "v1", usage=None, within=30, force=True, today=TODAY, dry_run=False)
    (mill / "drop.patch").write_text(outcome.output or "")
    subprocess.run(["git", "apply", "drop.patch"], cwd=mill, check=True, capture_output=True)
    told = operate("mill", "migrate")
    assert "what only v1 needs is still in the database" in told
    assert "`python -m mill migrate --contract`" in told
    with served(mill, "mill", **settings) as base:
        assert json_of(httpx2.get(f"{base}/api/v2/sacks/7"))["name"] == "Sack 6"
        assert "fax" in rows(engine, "sacks")[0]
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE sacks SET name = NULL WHERE id = 9"))
        broken = run(mill, "mill", "migrate", "--contract", **settings)
        assert broken.returncode == 1
        rule = "sacks.name: 1 row in which it is missing (9)"
        assert f"python -m mill: rows break what they are to be held to.\n{rule}" in broken.stderr
        assert "Traceback" not in broken.stderr
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE sacks SET name = 'Sack 8' WHERE id = 9"))
        operate("mill", "migrate", "--contract")  # while the new program is asked
        assert httpx2.get(f"{base}/api/v1/sacks").status_code == 410
        assert json_of(httpx2.get(f"{base}/api/v2/sacks?limit=1")) == [{"id": 1, "name": "Sack 0"}]
        new = json_of(httpx2.post(f"{base}/api/v3/sacks", json={"title": "New"}))
        assert new["id"] == 1501
    assert "fax" not in rows(engine, "sacks")[0]

    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(metadata.tables["sacks"].insert(), [{"kept": {}}])

    operate("alembic", "downgrade", "-1")
    after = {name: rows(engine, name) for name in ("sacks", "notes")}
    assert after["notes"] == before["notes"]
    assert after["sacks"] == [*before["sacks"], {"id": 1501, "name": "New", "fax": None, "kept": {}}]
    operate("mill", "migrate", "--contract")
    assert len(rows(engine, "_dropped_v1_sacks")) == 1501
