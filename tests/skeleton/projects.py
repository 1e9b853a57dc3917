"""The skeleton rendered for tests, and the least of generated code that makes it a whole project."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "scaffold" / "generate" / "runtime"

STORAGE = '''"""Tables."""

from sqlalchemy import Column, Integer, MetaData, Table

metadata = MetaData()
notes = Table("notes", metadata, Column("id", Integer, primary_key=True))
'''

APP = '''"""What the command line asks."""

from collections.abc import Mapping
from pathlib import Path

from .database import Storage
from .serving import calendar_of
from .storage import metadata
from .usage import Ledger, usage_table
from .usage_commands import Asked

API_USAGE = usage_table(metadata)


def asked(storage: Storage, *, docs_base: str | None = None, sunsets: Mapping[str, str] | None = None) -> Asked:
    """What the command line asks about callers."""
    calendar = calendar_of([], [], name="SHOP", base_path="/api", docs_base=docs_base, sunsets=sunsets)
    return Asked("Shop", calendar, {}, Path("openapi"), storage, Ledger(storage, API_USAGE))
'''

MAIN = '''"""The application."""

from fastapi import FastAPI

from {package}.generated.calendar import Clock, utc_now
from {package}.generated.serving import build as create_app
from {package}.observability import configure_logging
from {package}.settings import Settings


def build(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """The application."""
    configure_logging(settings.environment, settings.log_level)
    app = create_app(
        title="Shop",
        package="{package}.generated",
        base_path="/api",
        editions=[],
        resources={{}},
        providers={{}},
        environment=settings.environment,
        clock=clock,
    )

    @app.get("/now")
    async def now() -> dict[str, str]:
        return {{"at": clock().isoformat(), "environment": settings.environment}}

    return app


app = build(Settings())
'''


def complete(project: Path, package: str) -> None:
    """Add what `scaffold generate` would: the runtime modules, a table, and the application."""
    source = project / "src" / package
    generated = source / "generated"
    generated.mkdir()
    (generated / "__init__.py").write_text('"""Generated."""\n')
    for module in RUNTIME.glob("*.py"):
        shutil.copyfile(module, generated / module.name)
    (generated / "storage.py").write_text(STORAGE)
    (generated / "app.py").write_text(APP)
    (source / "main.py").write_text(MAIN.format(package=package))
