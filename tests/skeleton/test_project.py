"""A rendered skeleton, with the least of generated code, is a project that works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from scaffold.generate.runtime.database import normalised
from scaffold.project.skeleton import render

from ..projects import kept_between
from .projects import complete

pytestmark = pytest.mark.slow

Run = Callable[..., subprocess.CompletedProcess[str]]
LONG = "a" * 40


@pytest.fixture(params=["shop", LONG, "a"])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def project(tmp_path: Path, name: str) -> Path:
    render(tmp_path / name, {"title": "The longest title that is allowed, sixty characters of it all"[:60]})
    complete(tmp_path / name, name)
    return tmp_path / name


@pytest.fixture
def run(project: Path) -> Run:
    def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        inherited["PYTEST_DEBUG_TEMPROOT"] = str(kept_between("pytest"))
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=project,
            env={**inherited, "PYTHONPATH": "src", **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done

    return run


def written_migration(project: Path, package: str) -> None:
    """A first migration, as `release` would write it."""
    text = f'''
        """First tables."""

        import sqlalchemy as sa
        from alembic import op

        from {package}.generated.columns import ExactDecimal

        revision = "0001"
        down_revision = None


        def upgrade() -> None:
            op.create_table("notes", sa.Column("id", sa.Integer, primary_key=True), sa.Column("price", ExactDecimal))
            op.create_table("marks", sa.Column("note", sa.Integer, sa.ForeignKey("notes.id")))
            op.execute("INSERT INTO notes VALUES (1, '1.50')")
            op.execute("INSERT INTO marks VALUES (1)")
    '''
    (project / "migrations" / "versions" / "0001_first.py").write_text(textwrap.dedent(text).lstrip())


def written_rebuild(project: Path) -> None:
    """A second one, for which SQLite has to build a table anew while others point to it."""
    text = '''
        """A stricter column."""

        import sqlalchemy as sa
        from alembic import op

        revision = "0002"
        down_revision = "0001"


        def upgrade() -> None:
            with op.batch_alter_table("notes") as notes:
                notes.alter_column("price", nullable=False)
                notes.add_column(sa.Column("title", sa.Text))
    '''
    (project / "migrations" / "versions" / "0002_stricter.py").write_text(textwrap.dedent(text).lstrip())


def test_ruff_finds_nothing_whatever_the_name_of_the_package(run):
    others = ("--exclude", "generated,main.py")  # they are not the skeleton's
    run("ruff", "check", "--no-cache", ".", *others)
    run("ruff", "format", "--no-cache", "--check", ".", *others)


@pytest.mark.parametrize("name", ["shop"])
def test_mypy_strict_finds_nothing(project, run):
    done = run("mypy", "--strict", "--cache-dir", str(kept_between("mypy")))
    assert "Success" in done.stdout


@pytest.mark.parametrize("name", ["shop"])
def test_the_fixtures_serve_a_test_of_the_user(project, run):
    (project / "tests" / "test_mine.py").write_text(
        textwrap.dedent("""
            from shop.main import build

            def test_versions(client):
                assert client.get("/api/versions").json()["versions"] == []

            def test_clock(client, clock):
                clock.move_to("2026-07-14")
                assert client.get("/now").json() == {"at": "2026-07-14T00:00:00+00:00", "environment": "test"}
                clock.advance(seconds=-1)
                assert client.get("/now").json()["at"] == "2026-07-13T23:59:59+00:00"

            def test_overrides(app, overrides):
                overrides[build] = lambda: None
                assert app.dependency_overrides

            def test_postgres(postgres_url):
                assert postgres_url.startswith("postgresql://")
        """)
    )
    assert "4 passed" in run("pytest", "-q", "-p", "no:cacheprovider").stdout


@pytest.mark.parametrize("name", ["shop"])
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_migrations_run_from_the_program_and_from_alembic(project, run, request, tmp_path, database):
    url = f"sqlite:///{tmp_path}/shop.db" if database == "sqlite" else request.getfixturevalue("postgres_url")
    written_migration(project, "shop")
    run("shop", "migrate", DATABASE_URL=url)
    written_rebuild(project)
    run("alembic", "upgrade", "head", SHOP_DATABASE_URL=url)
    run("alembic", "current", SHOP_DATABASE_URL=url)
    engine = create_engine(normalised(url))
    assert {c["name"] for c in inspect(engine).get_columns("notes")} == {"id", "price", "title"}
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM marks").scalar() == 1
    engine.dispose()


@pytest.mark.parametrize("name", ["shop"])
def test_a_migration_that_fails_leaves_the_sqlite_database_as_it_was(project, run, tmp_path):
    url = f"sqlite:///{tmp_path}/shop.db"
    written_migration(project, "shop")
    first = project / "migrations" / "versions" / "0001_first.py"
    whole = first.read_text()
    first.write_text(whole + '    op.execute("SELECT * FROM nowhere")\n')
    with pytest.raises(AssertionError, match="nowhere"):
        run("shop", "migrate", DATABASE_URL=url)
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == []
    first.write_text(whole)
    run("shop", "migrate", DATABASE_URL=url)
    assert "notes" in inspect(engine).get_table_names()
    engine.dispose()


@pytest.mark.parametrize("name", ["shop"])
def test_alembic_can_write_a_migration_that_ruff_accepts(project, run, tmp_path):
    url = f"sqlite:///{tmp_path}/shop.db"
    run("alembic", "revision", "--autogenerate", "--message", "first", DATABASE_URL=url)
    (made,) = (project / "migrations" / "versions").glob("*.py")
    assert "notes" in made.read_text()
    run("shop", "migrate", DATABASE_URL=url)
    run("alembic", "check", DATABASE_URL=url)


@pytest.mark.parametrize("name", ["shop"])
def test_logs_are_one_json_object_a_line_in_production(run):
    code = "import logging; from shop.observability import configure_logging as c; c('production'); "
    done = run("timeit", "-n1", "-r1", code + "logging.getLogger('x').info('hello', extra={'n': 1})")
    line = json.loads(done.stderr.splitlines()[0])
    assert (line["event"], line["level"], line["logger"], line["n"]) == ("hello", "info", "x", 1)


@pytest.mark.parametrize("name", ["shop"])
def test_settings_come_from_the_environment_and_can_be_given_by_name(run):
    code = "from shop.settings import Settings; s = Settings(log_level='ERROR'); print(s.database_url, s.environment)"
    done = run("timeit", "-n1", "-r1", code, DATABASE_URL="postgresql://db/x", SHOP_ENVIRONMENT="production")
    assert "postgresql://db/x production" in done.stdout
    done = run("timeit", "-n1", "-r1", code, DATABASE_URL="a", SHOP_DATABASE_URL="b")
    assert "b development" in done.stdout


@pytest.mark.parametrize("name", ["shop"])
def test_example_mode_is_off_until_the_environment_says_otherwise_as_the_readme_tells(project, run):
    code = "from shop.settings import Settings; print('examples', Settings().examples)"
    assert "examples False" in run("timeit", "-n1", "-r1", code).stdout
    assert "examples True" in run("timeit", "-n1", "-r1", code, SHOP_EXAMPLES="1").stdout
    assert "SHOP_EXAMPLES=1 make run" in (project / "README.md").read_text()


@pytest.mark.parametrize("name", ["shop"])
def test_the_wheel_of_the_project_carries_documents_migrations_and_examples(project, run, tmp_path):
    (project / "openapi" / "v1.json").write_text("{}\n")
    (project / "src" / "shop" / "generated" / "v1").mkdir()
    (project / "src" / "shop" / "generated" / "v1" / "examples.json").write_text("{}\n")
    run("hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist"))
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"shop/openapi/v1.json", "shop/migrations/env.py", "shop/py.typed", "shop/__main__.py"} <= names
    assert "shop/generated/v1/examples.json" in names
    assert not [name for name in names if name.startswith("tests")]
