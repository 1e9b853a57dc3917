"""Generated packages and hand-written applications of the same contract, in a folder to import from."""

from __future__ import annotations

from pathlib import Path

from scaffold.generate.package import generated, model
from scaffold.project.ruff import format_files
from scaffold.spec import load

from .histories import FIELDS, KINDS, VALUES, newest_names, renames

HAND = """
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

ROW = {row!r}
MANY = [{{"id": i, **ROW}} for i in range(100)]

{models}
def up(d):
    return {{{up}}}

def down(d):
    return {{"id": d["id"], {down}}}

old = APIRouter(prefix="/api/v1")

@old.get("/items/{{item_id}}", response_model=OldItem)
async def get_old(item_id: int):
    return down({{"id": 1, **ROW}})

@old.get("/items", response_model=list[OldItem])
async def list_old():
    return [down(dict(x)) for x in MANY]

@old.post("/items", response_model=OldItem, status_code=201)
async def create_old(body: OldCreate):
    return down({{"id": 7, **up(body.model_dump())}})

app = FastAPI()
app.include_router(old)
"""

OURS = """
from dataclasses import replace
from datetime import UTC, datetime

from {package}.generated import records
from {package}.generated.app import create_app
from {package}.generated.database import Storage
from {package}.generated.handlers import ItemsBase
from {package}.generated.wire import Page

ONE = records.Item(id=1, **{row!r})
MANY = [replace(ONE, id=i) for i in range(100)]


class Items(ItemsBase):
    def __init__(self):
        pass

    async def get(self, id):
        return ONE

    async def list(self, query):
        return Page(MANY, 100, query.limit, query.offset)

    async def create(self, item):
        return replace(item, id=7)


async def items_provider() -> Items:
    return Items()


app = create_app(items=items_provider, conversions=None, storage=Storage("sqlite://"), environment="production",
                 clock=lambda: datetime(2020, 1, 1, tzinfo=UTC) if {quiet} else datetime.now(UTC))
"""


def write_generated(folder: Path, versions: int, *, quiet: bool = True) -> str:
    """Write the package generated for `versions` versions and an application on it; its module name."""
    package = f"ours_{versions}"
    history = load(renames(versions)).history
    made = generated(model(history, package))
    for path, text in format_files(made, packages=[package]).items():
        place = folder / path.removeprefix("src/") if path.startswith("src/") else folder / package / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    (folder / package / "__init__.py").write_text("")
    names = newest_names(versions)
    row = {names[f]: v for f, v in VALUES.items()}
    (folder / f"app_{package}.py").write_text(OURS.format(package=package, row=row, quiet=False))
    return f"app_{package}"


def write_hand(folder: Path, versions: int) -> str:
    """Write a hand-written application that serves v1 with one direct conversion; its module name."""
    names = newest_names(versions)
    fields = "".join(f"    {f}: {KINDS[f]}\n" for f in FIELDS)
    models = f"class OldCreate(BaseModel):\n{fields}\nclass OldItem(OldCreate):\n    id: int\n"
    text = HAND.format(
        row={names[f]: v for f, v in VALUES.items()},
        models=models,
        up=", ".join(f'"{n}": d["{f}"]' for f, n in names.items()),
        down=", ".join(f'"{f}": d["{n}"]' for f, n in names.items()),
    )
    (folder / f"hand_{versions}.py").write_text(text)
    return f"hand_{versions}"
