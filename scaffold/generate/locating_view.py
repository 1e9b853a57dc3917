"""Where requests name their version, as generated code and tests state it."""

from __future__ import annotations

from ..contract.history import History
from ..contract.locating import Locating, Place
from .python import text


def readers(locating: Locating) -> tuple[str, ...]:
    """What reads the version in each place, in order of precedence, as expressions."""
    stated = {
        Place.PATH: "InPath()",
        Place.HEADER: f"InHeader({text(locating.header)})",
        Place.QUERY: f"InQuery({text(locating.query)})",
        Place.MEDIA_TYPE: f"InMediaType({text(locating.media_type)})",
    }
    return tuple(stated[place] for place in locating.places)


def suffix(history: History, version: str) -> str:
    """What addresses of a version have behind their path."""
    naming = history.locating.naming(version)
    return "" if naming is None or naming.query is None else naming.sentence


def documents(history: History) -> dict[str, str | None]:
    """For each version, where its document is for who reads that of another; None where its address is the same."""
    alike = history.locating.first in (Place.HEADER, Place.MEDIA_TYPE)
    return {
        v.id: None if alike else f"{history.place(v.id)}/openapi.json{suffix(history, v.id)}" for v in history.versions
    }
