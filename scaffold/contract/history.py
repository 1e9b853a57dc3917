"""A history: the ordered contracts of an API with the changes between them, and the calendar they keep."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Literal

from .changes import Backport, Change, Deprecate
from .contract import Contract
from .instead import followed
from .locating import IN_PATHS, Locating, Place
from .named_types import ObjectType


class Scheme(StrEnum):
    """How versions are named: `v1`, `v2` or `2026-03-01`."""

    MAJOR = "major"
    DATE = "date"


class Promise(StrEnum):
    """What a version without a release date is called; released ones are stable."""

    PREVIEW = "preview"
    BETA = "beta"
    STABLE = "stable"


@dataclass(frozen=True)
class Api:
    """What holds for every version."""

    name: str
    title: str
    base_path: str = "/api"
    description: str | None = None
    docs_base: str | None = None


@dataclass(frozen=True)
class Policy:
    """How long versions are kept: months of support from release, days of notice from deprecation."""

    support_months: int = 12
    notice_days: int = 180
    max_active: int | None = None


@dataclass(frozen=True)
class Applied:
    """One change, in the version that declares it, with the contracts on both sides."""

    version: str
    change: Change
    before: Contract
    after: Contract

    @cached_property
    def touched(self) -> frozenset[str]:
        """The identities of types, fields, operations and parameters that are not what they were before."""
        found: set[str] = set()
        before, after = self.before.types_by_identity, self.after.types_by_identity
        for identity in before.keys() | after.keys():
            old, new = before.get(identity), after.get(identity)
            if old is not new and old != new:
                found.add(identity)
                fields = [{f.identity: f for f in t.fields} if isinstance(t, ObjectType) else {} for t in (old, new)]
                found |= {i for i in fields[0].keys() | fields[1].keys() if fields[0].get(i) != fields[1].get(i)}
        old_ones, new_ones = self.before.operations_by_identity, self.after.operations_by_identity
        for identity in old_ones.keys() | new_ones.keys():
            one, other = old_ones.get(identity), new_ones.get(identity)
            if one is not other and one != other:
                parameters = [{p.identity: p for p in o.parameters} if o else {} for o in (one, other)]
                ids = parameters[0].keys() | parameters[1].keys()
                found |= {identity, *(i for i in ids if parameters[0].get(i) != parameters[1].get(i))}
        converted = self.change.converts(self.before)
        return frozenset(found if converted is None else {*found, converted})


@dataclass(frozen=True)
class Release:
    """An additive release of a version: `v1.1`."""

    id: str
    released: date | None
    changes: tuple[Change, ...] = ()
    note: str | None = None
    after: str | None = None
    """The later version that stands before it, where one does: then it can only backport, or deprecate."""


@dataclass(frozen=True)
class Brownout:
    """A time before its sunset in which a version does not answer, so that who still calls it notices."""

    start: date | datetime
    until: date | datetime
    status: Literal[410, 503] = 410


@dataclass(frozen=True)
class Version:
    """A version: its place in the calendar, the changes that made it, and the releases that followed."""

    id: str
    released: date | datetime | None
    promise: Promise = Promise.STABLE
    deprecated: date | datetime | None = None
    sunset: date | datetime | None = None
    changes: tuple[Change, ...] = ()
    releases: tuple[Release, ...] = ()
    note: str | None = None
    draft: bool = False
    brownouts: tuple[Brownout, ...] = ()
    clients: tuple[str, ...] = ()
    """Those that may call it while it is a beta; none at all: everybody may."""
    dropped: date | datetime | None = None
    """When its code and its data were taken out; what it was stays known, and its address says that it is gone."""

    @property
    def number(self) -> str:
        """The full number of its newest release: `2.1` for `v2.1`."""
        newest = self.releases[-1].id if self.releases else self.id
        return newest.removeprefix("v")

    @property
    def frozen(self) -> bool:
        """Whether its contract is promised."""
        return self.released is not None and not self.draft


@dataclass(frozen=True)
class History:
    """The versions in order of time, each with the contract of its newest release."""

    api: Api
    policy: Policy
    scheme: Scheme
    versions: tuple[Version, ...]
    contracts: tuple[Contract, ...]
    applied: tuple[Applied, ...]
    unspecified: str | None = None
    """The version that answers callers who name none; None: they are refused."""
    backported: tuple[Applied, ...] = ()
    """The changes of releases that stand after a later version: no later version is made of them."""
    locating: Locating = IN_PATHS
    """Where requests name their version; where they never do, there is one, which only ever gets more."""
    complete: History | None = None
    """The whole history, where this is the part of it that is served; None where nothing is left out."""

    @property
    def located(self) -> bool:
        """Whether requests name a version."""
        return bool(self.locating.places)

    @property
    def newest(self) -> Contract:
        """The contract of the last version."""
        return self.contracts[-1]

    @property
    def declared(self) -> tuple[Applied, ...]:
        """Every change that is declared, those of backports last."""
        return (*self.applied, *self.backported)

    def index(self, version: str) -> int:
        """The place of a version in the order of time.

        Raises:
            KeyError: there is no such version.
        """
        found = self._places[version]
        if self.versions[found].id != version:
            raise KeyError(version)
        return found

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The place of each version, and of the version of each release."""
        found = {v.id: position for position, v in enumerate(self.versions)}
        return {**{r.id: p for p, v in enumerate(self.versions) for r in v.releases}, **found}

    @cached_property
    def _touches(self) -> Mapping[str, tuple[int, ...]]:
        """For each identity, the positions of the changes that touch it."""
        found: dict[str, list[int]] = {}
        for position, applied in enumerate(self.applied):
            for identity in applied.touched:
                found.setdefault(identity, []).append(position)
        return {identity: tuple(positions) for identity, positions in found.items()}

    def is_backport(self, version: str, identity: str) -> bool:
        """Whether a version has something only because a release of it brought it from a later one."""
        return identity in self._backports.get(version, {})

    @cached_property
    def _backports(self) -> Mapping[str, Mapping[str, int]]:
        """For each version, the identities that were backported to it, and where the changes since then begin."""
        found: dict[str, dict[str, int]] = {}
        for applied in self.backported:
            if isinstance(applied.change, Backport):
                start = self._starts[self.index(applied.change.base)]
                found.setdefault(owner(applied.version, self), {})[applied.change.what.identity] = start
        return found

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """For each version, the position of the first change after it and its releases."""
        owners = [self._places[a.version] for a in self.applied]
        return tuple(bisect_right(owners, place) for place in range(len(self.versions)))

    def place(self, version: str) -> str:
        """The path below which a version is served, for callers who name it where that counts most."""
        base = self.base(version)
        return f"{base}/{version}" if self.locating.first is Place.PATH else base

    def base(self, version: str) -> str:
        """The path below which the API of a version is, whoever names the version."""
        own = self.contract(version).base_path
        return self.api.base_path.rstrip("/") if own is None else own

    def contract(self, version: str) -> Contract:
        """The contract of a version, with its releases."""
        return self.contracts[self.index(version)]

    def version(self, version: str) -> Version:
        """The version called `version`."""
        return self.versions[self.index(version)]

    def since(self, version: str) -> tuple[Applied, ...]:
        """The changes declared after `version` and all its releases, in order."""
        return self.applied[self._starts[self.index(version)] :]

    def since_about(self, version: str, identities: Iterable[str]) -> tuple[Applied, ...]:
        """Those of the changes since `version` that touch one of `identities`, in order.

        What was backported to it is as in the version that it was taken from: changes before that are none since.
        """
        start, later = self._starts[self.index(version)], self._backports.get(version, {})
        positions = {p for i in identities for p in self._touches.get(i, ()) if p >= later.get(i, start)}
        return tuple(self.applied[p] for p in sorted(positions))

    def between(self, older: str, newer: str) -> tuple[Applied, ...]:
        """The changes that lead from one version to a later one."""
        low, high = self.index(older), self.index(newer)
        return tuple(a for a in self.applied if low < self._places[a.version] <= high)

    def promises(self, version: str) -> Iterator[tuple[str, Contract]]:
        """A version's contract as it was cut, and as each of its releases left it, by their ids."""
        index = self.index(version)
        found = self.versions[index]
        contract = next((a.before for a in self.applied if a.version == version), None)
        if contract is None:
            later = [a for a in self.declared if owner(a.version, self) == version]
            contract = later[0].before if later else self.contracts[index]
        for id_ in (version, *(r.id for r in found.releases)):
            for applied in self.declared:
                if applied.version == id_:
                    contract = applied.after
            yield id_, replace(contract, version=id_)

    @property
    def whole(self) -> History:
        """This history with the versions that were dropped: what is named and born there stays so for good."""
        return self if self.complete is None else self.complete

    @cached_property
    def served(self) -> History:
        """This history without the versions that were dropped, as if it had begun with the first that is left.

        What has to be made of every version, such as names that are given once, is made of `whole`.
        """
        gone = sum(v.dropped is not None for v in self.versions)
        if not gone:
            return self
        first, place = self.versions[gone].id, self._places
        return replace(
            self,
            versions=self.versions[gone:],
            contracts=self.contracts[gone:],
            applied=tuple(a for a in self.applied if place[a.version] >= gone and a.version != first),
            backported=tuple(a for a in self.backported if place[a.version] >= gone),
            complete=self.whole,
        )

    @property
    def dropped(self) -> tuple[Version, ...]:
        """The versions that were dropped, oldest first."""
        return tuple(v for v in self.whole.versions if v.dropped is not None)

    @property
    def released(self) -> History:
        """This history without its draft."""
        if self.complete is not None:
            return self.complete.released.served
        if not self.versions or not self.versions[-1].draft:
            return self
        draft = self.versions[-1].id
        return replace(
            self,
            versions=self.versions[:-1],
            contracts=self.contracts[:-1],
            applied=tuple(a for a in self.applied if a.version != draft),
        )


def owner(id_: str, history: History) -> str:
    """The version that a version or release id belongs to: `v1` for `v1.1`.

    Raises:
        KeyError: there is no such id.
    """
    return history.versions[history._places[id_]].id


def evolve(contract: Contract, changes: Sequence[Change], version: str) -> tuple[Contract, tuple[Applied, ...]]:
    """The contract after `changes` of `version`, applied in order, and each step on the way.

    What stands in for something deprecated is called as the version calls it.

    Raises:
        ScaffoldError: SC3xx of the first change that does not fit.
    """
    applied, told = [], contract
    for change in changes:
        after = change.apply(contract, version)
        if isinstance(change, Deprecate):  # what it says, it says by the names of this moment
            told = after = followed(told, after)
        applied.append(Applied(version, change, contract, after))
        contract = after
    return replace(followed(told, contract), version=version), tuple(applied)
