"""Versions as commands speak of them: which there are, and in which stage they are on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ..contract.history import History, Promise, Version
from ..diagnostics import Diagnostic, ScaffoldError, did_you_mean


def known_version(history: History, id_: str, *, after: str | None = None) -> Version:
    """The version called `id_`, which must come after the version `after` if that is given.

    Raises:
        ScaffoldError: SC433 when it is not there, SC434 when it does not come after.
    """
    ids = [v.id for v in history.versions]
    if id_ not in ids:
        raise ScaffoldError(Diagnostic("SC433", f"there is no version `{id_}`", help=did_you_mean(id_, ids)))
    if after is not None and history.index(id_) <= history.index(after):
        raise ScaffoldError(
            Diagnostic("SC434", f"{id_} does not come after {after}", help="name the older version first")
        )
    return history.version(id_)


def day(value: date | datetime) -> date:
    """The day of a date or an instant, in UTC."""
    return value.astimezone(UTC).date() if isinstance(value, datetime) else value


def stage(version: Version, today: date) -> str:
    """The stage of a version on a day, as clients are told it; they are told that what was dropped is retired."""
    if version.draft:
        return "draft"
    if version.dropped is not None:
        return "dropped"
    if version.sunset is not None and day(version.sunset) <= today:
        return "retired"
    if version.deprecated is not None and day(version.deprecated) <= today:
        return "deprecated"
    if version.released is not None and day(version.released) <= today:
        return "stable"
    if version.released is not None:
        return "announced"
    return "preview" if version.promise is Promise.STABLE else str(version.promise)
