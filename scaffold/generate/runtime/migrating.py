"""Migrations as a deployment runs them: nothing is taken away while a program may run that still needs it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Engine

from .holding import Unfit

TAKES_AWAY = "takes_away"
"""What a migration calls the version whose columns it takes away."""


class CannotMigrate(Exception):
    """The database stays as it is; the message says why, and the way out."""


def migrate(migrations: Path, engine: Engine, *, again: str, contract: bool = False) -> str | None:
    """Run the migrations in a folder that the database lacks; tells what is left to do, if anything is.

    What a dropped version leaves behind is taken away only with `contract`, or where the database is empty: programs
    that serve it may run until then. `again` is the command that does. Raises CannotMigrate where a later migration
    waits for that, and where rows break what they are to be held to.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    with engine.connect() as connection:
        known = MigrationContext.configure(connection).get_current_heads()
    waiting = [] if contract or not known else _waiting(ScriptDirectory.from_config(config), known)
    place = next((n for n, script in enumerate(waiting) if _takes(script)), None)
    try:
        if place is None:
            command.upgrade(config, "head")
            return None
        version, rest = _takes(waiting[place]), waiting[place + 1 :]
        told = f"what only {version} needs is still in the database. Once no program runs that serves it: `{again}`"
        if rest:
            raise CannotMigrate(f"{told}; {len(rest)} later migrations wait for that")
        if place:
            command.upgrade(config, waiting[place - 1].revision)
        return told
    except Unfit as unfit:
        raise CannotMigrate(f"rows break what they are to be held to.\n{unfit}") from unfit


def _waiting(scripts: ScriptDirectory, known: tuple[str, ...]) -> list[Script]:
    """The migrations that a database lacks, in order."""
    found = [s for s in scripts.iterate_revisions("heads", known) if s.revision not in known]
    return found[::-1]


def _takes(script: Script) -> str | None:
    """The version whose columns a migration takes away."""
    found: str | None = getattr(script.module, TAKES_AWAY, None)
    return found


__all__ = ["CannotMigrate", "migrate"]
