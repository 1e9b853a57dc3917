"""When each version is in which stage, and what holds for all of them until the next boundary.

Everything a response says about dates is made once per stage and swapped at the instant of a boundary: a
request compares its time with two instants and adds bytes that are there.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .freshness import Closing, Header
from .notices import Notice, dates, guide_links, own_closings, own_dates, told
from .postponing import postponed
from .stages import Brownout, Clock, Stage, Version, instant, utc_now
from .successors import Successors
from .ways import Place, Way, ways

__all__ = [
    "Almanac",
    "Brownout",
    "Calendar",
    "Clock",
    "Header",
    "Notice",
    "Stage",
    "Successors",
    "Version",
    "instant",
    "utc_now",
]

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Almanac:
    """What holds for every version from one boundary up to, and without, the next.

    `offer` are the headers that say which versions there are; `documents` has, for those that are not retired, the
    paths of their documents.
    """

    since: datetime
    until: datetime
    notices: Mapping[str, Notice]
    supported: tuple[str, ...]
    offer: tuple[Header, ...]
    documents: Mapping[str, str] = field(default_factory=dict)


class Calendar:
    """The versions in their order and the stage of each at any time; where each is served.

    `way` says how addresses name a version, in the place that counts most, and `parameter` what a query calls it.
    Where no request names any, `located` is not true: there is one version, and answers do not name it either.

    `sunsets` are those that this deployment postpones, as text by the ids of versions; `name` is what the variables
    that do so begin with: `SHOP_SUNSET_V1`. Raises StartRefused for one that cannot be read, or would be earlier.
    """

    def __init__(
        self,
        versions: Sequence[Version],
        *,
        name: str = "API",
        base_path: str = "",
        docs_base: str | None = None,
        located: bool = True,
        way: Way = Way.PATH,
        parameter: str | None = None,
        clock: Clock = utc_now,
        sunsets: Mapping[str, str] | None = None,
    ) -> None:
        self.clock = clock
        self.base_path = base_path
        self.located = located
        self.bases = {v.id: base_path if v.base is None else v.base for v in versions}
        self.way = way if located else Way.BESIDE
        self.ways = {id: ways(id, base, parameter) for id, base in self.bases.items()}
        self.places = {id: found[self.way].prefix for id, found in self.ways.items()}
        self._docs_base = docs_base
        self.versions = postponed(versions, sunsets or {}, name)
        self.postponed = {old.id: old for old, new in zip(versions, self.versions, strict=True) if old != new}
        self._steps = [Successors(version.successors) for version in self.versions]
        self._boundaries = sorted({boundary for version in self.versions for boundary in version.boundaries()})
        self._almanac = self._make(utc_now())

    def canonical(self, id: str) -> Place:
        """Where a version is, named in the place that counts most."""
        return self.ways[id][self.way]

    def document(self, id: str) -> str:
        """The path of the document of a version: it has the version in it wherever requests name theirs."""
        return f"{self.ways[id][Way.PATH if self.located else Way.BESIDE].prefix}/openapi.json"

    def at(self, moment: datetime) -> Almanac:
        """What holds at `moment`, made anew only when a boundary lies between it and the last one asked for."""
        almanac = self._almanac
        if almanac.since <= moment < almanac.until:
            return almanac
        self._almanac = almanac = self._make(moment)
        return almanac

    def _make(self, moment: datetime) -> Almanac:
        passed = bisect_right(self._boundaries, moment)
        stages = {version.id: version.stage(moment) for version in self.versions}
        live = tuple(id for id, stage in stages.items() if stage is not Stage.RETIRED)
        supported = tuple(id for id in live if stages[id] is Stage.STABLE) or live
        deprecated = tuple(id for id in live if stages[id] is Stage.DEPRECATED)
        offer = []
        if supported:
            offer.append((b"api-supported-versions", ", ".join(supported).encode()))
        if deprecated:
            offer.append((b"api-deprecated-versions", ", ".join(deprecated).encode()))
        return Almanac(
            since=self._boundaries[passed - 1] if passed else _BEGINNING,
            until=self._boundaries[passed] if passed < len(self._boundaries) else _END,
            notices={v.id: self._notice(i, moment, stages, tuple(offer)) for i, v in enumerate(self.versions)},
            supported=supported,
            offer=tuple(offer),
            documents={id: self.document(id) for id in live},
        )

    def _notice(self, index: int, moment: datetime, stages: Mapping[str, Stage], offer: tuple[Header, ...]) -> Notice:
        version, later = self.versions[index], range(index + 1, len(self.versions))
        stage = stages[version.id]
        headers = told(version, stage, offer, named=self.located)
        target = next((i for i in later if stages[self.versions[i].id] is Stage.STABLE), None)
        documentation = self._guide(version)
        closing = Closing.of(version.closing(moment))
        return Notice(
            version=version,
            stage=stage,
            headers=(*headers, *dates(version)),
            successor=None if target is None else self.ways[self.versions[target].id],
            base=self.bases[version.id],
            steps=() if target is None else tuple(self._steps[index:target]),
            documentation=documentation,
            guides=None if stage is Stage.RETIRED else guide_links(version, documentation),
            linked=stage in (Stage.DEPRECATED, Stage.RETIRED) or version.sunset is not None,
            own=own_dates(version, headers),
            brownout=None if stage is Stage.RETIRED else version.brownout(moment),
            closing=closing,
            closings=own_closings(version, moment, closing),
        )

    def _guide(self, version: Version) -> str | None:
        if version.guide is None or "://" in version.guide:
            return version.guide
        return None if self._docs_base is None else f"{self._docs_base.rstrip('/')}/{version.guide.lstrip('/')}"
