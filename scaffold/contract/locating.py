"""Where a request names its version: the places that are read, in order of precedence, and what is written there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """A place in a request that may name its version."""

    PATH = "path"
    HEADER = "header"
    QUERY = "query"
    MEDIA_TYPE = "media_type"


@dataclass(frozen=True)
class Naming:
    """How a request names one version in one place: the three are empty where the path says it."""

    place: Place
    header: tuple[str, str] | None = None
    query: tuple[str, str] | None = None

    @property
    def sentence(self) -> str:
        """The same as a person writes it down: `API-Version: v2`, `?version=v2`."""
        if self.header is not None:
            return ": ".join(self.header)
        return "" if self.query is None else "?" + "=".join(self.query)


@dataclass(frozen=True)
class Locating:
    """Where versions are named. Without places requests name none, and there is one.

    `media_type` is empty where it is not among the places.
    """

    places: tuple[Place, ...] = (Place.PATH,)
    header: str = "API-Version"
    query: str = "version"
    media_type: str = ""

    @property
    def first(self) -> Place | None:
        """The place that counts most: the one that examples use."""
        return self.places[0] if self.places else None

    def naming(self, version: str) -> Naming | None:
        """How examples name `version`; None where no version is ever named."""
        match self.first:
            case None:
                return None
            case Place.HEADER:
                return Naming(Place.HEADER, header=(self.header, version))
            case Place.QUERY:
                return Naming(Place.QUERY, query=(self.query, version))
            case Place.MEDIA_TYPE:
                return Naming(Place.MEDIA_TYPE, header=("Accept", self.typed(version)))
            case Place.PATH:
                return Naming(Place.PATH)

    def typed(self, version: str) -> str:
        """The media type of what `version` shows: `application/vnd.shop+json; version=2`."""
        return f"{self.media_type}; version={number(version)}"


IN_PATHS = Locating()
"""The usual: `/api/v2/users`."""


def usual_media_type(api: str) -> str:
    """The media type that has the versions of an API where its spec says none: `application/vnd.shop+json`."""
    return f"application/vnd.{api.lower()}+json"


def number(version: str) -> str:
    """A version as a parameter of a media type has it: `2` for `v2`; dates stay dates."""
    return version[1:] if version[:1] == "v" and version[1:].isdigit() else version
