"""A history with everything that was worked out about it before any text is written."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.expand import expanded
from ..contract.history import History
from ..convert.identifiers import with_identifiers
from ..convert.prepared import prepared
from ..convert.records import Records, records
from .conversion_plan import converters
from .converters import Converters
from .handlers_view import Handler, handlers
from .hooks_view import HookView, hook_views
from .meanings_view import Meanings, meanings
from .routes import VersionRoutes, version_routes
from .shapes import shapes
from .table_model import Tables
from .tables import tables


@dataclass(frozen=True)
class Model:
    """What the files of a project say, decided. `history` is what is served; `history.whole` knows what was dropped."""

    history: History
    package: str
    records: Records
    converters: Converters
    handlers: tuple[Handler, ...]
    routes: tuple[VersionRoutes, ...]
    tables: Tables
    hooks: tuple[HookView, ...]
    meanings: Meanings


def model(history: History, package: str) -> Model:
    """Everything that the files of a project say, worked out.

    Aliases are names in documents, so nothing but `history` itself has any here.
    """
    history = history.served
    plain, whole = with_identifiers(expanded(history)), prepared(history)
    held = records(whole)
    made = converters(whole, held, shapes(whole))
    open_ = {place: " ".join(a.change.sentence() for a in changes) for place, changes in made.undecided.items()}
    return Model(
        history=history,
        package=package,
        records=held,
        converters=made,
        handlers=handlers(plain, held),
        routes=version_routes(plain, held, made, open_),
        tables=tables(whole, held, made.keeping),
        hooks=hook_views(whole),
        meanings=meanings(whole, held),
    )
