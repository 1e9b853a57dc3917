"""The ways in which an address names a version: in its path, in its query, or not at all."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How an address names a version; `BESIDE` it, where a header or a media type does."""

    PATH = "path"
    QUERY = "query"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version is: what stands before the paths below it, and behind them."""

    prefix: str
    suffix: str = ""


def ways(id: str, base: str, parameter: str | None) -> dict[Way, Place]:
    """Where the version `id` is below `base`, in each way; `parameter` is what a query calls it."""
    return {
        Way.PATH: Place(f"{base}/{id}"),
        Way.QUERY: Place(base, f"?{parameter or 'version'}={id}"),
        Way.BESIDE: Place(base),
    }


__all__ = ["Place", "Way", "ways"]
