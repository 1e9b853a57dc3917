"""How requests reach an API and its versions: what clients hold on to beside the contract of their version."""

from __future__ import annotations

from dataclasses import dataclass

from .history import History
from .locating import Locating, Place

WORDS = {Place.HEADER: "header", Place.QUERY: "query", Place.MEDIA_TYPE: "media_type"}
"""Where `Locating`, and a spec, have what is read in each place."""


@dataclass(frozen=True)
class Addressing:
    """Below which path the API is, where versions are named, and who answers those that name none."""

    base_path: str
    places: tuple[Place, ...]
    header: str | None = None
    query: str | None = None
    media_type: str | None = None
    unspecified: str | None = None
    """The version that answers who names none; None: nobody is answered."""

    def name(self, place: Place) -> str | None:
        """What is read in a place; None where that needs no name, or is not read."""
        return getattr(self, WORDS[place]) if place in WORDS else None


def addressing(history: History) -> Addressing:
    """How the requests of a history reach it. Of what is not read nothing is said."""
    locating: Locating = history.locating
    read = {word: getattr(locating, word) for place, word in WORDS.items() if place in locating.places}
    unspecified = history.unspecified if locating.places else None
    return Addressing(history.api.base_path.rstrip("/"), locating.places, unspecified=unspecified, **read)
