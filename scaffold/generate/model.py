"""A history with everything that was worked out about it before any text is written."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.history import History
from ..convert.records import Records, records
from .converters import Converters, converters
from .handlers_view import Handler, handlers
from .routes import VersionRoutes, version_routes
from .shapes import shapes
from .tables import Tables, tables


@dataclass(frozen=True)
class Model:
    """What the files of a project say, decided."""

    history: History
    package: str
    records: Records
    converters: Converters
    handlers: tuple[Handler, ...]
    routes: tuple[VersionRoutes, ...]
    tables: Tables


def model(history: History, package: str) -> Model:
    """Everything that the files of a project say, worked out.

    Raises:
        NoWay: a change of type has no codec.
    """
    held = records(history)
    made = converters(history, held, shapes(history))
    return Model(
        history=history,
        package=package,
        records=held,
        converters=made,
        handlers=handlers(history, held),
        routes=version_routes(history, held, made),
        tables=tables(history, held, made.keeping),
    )
