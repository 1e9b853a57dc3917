"""A history: the ordered contracts of an API with the changes between them, and the calendar they keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from .changes import Change
from .contract import Contract


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


@dataclass(frozen=True)
class Release:
    """An additive release of a version: `v1.1`."""

    id: str
    released: date | None
    changes: tuple[Change, ...] = ()
    note: str | None = None


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

    @property
    def newest(self) -> Contract:
        """The contract of the last version."""
        return self.contracts[-1]

    def index(self, version: str) -> int:
        """The place of a version in the order of time.

        Raises:
            KeyError: there is no such version.
        """
        for position, found in enumerate(self.versions):
            if found.id == version:
                return position
        raise KeyError(version)

    def contract(self, version: str) -> Contract:
        """The contract of a version, with its releases."""
        return self.contracts[self.index(version)]

    def version(self, version: str) -> Version:
        """The version called `version`."""
        return self.versions[self.index(version)]

    def since(self, version: str) -> Iterator[Applied]:
        """The changes declared after `version` and all its releases, in order."""
        start = self.index(version)
        for applied in self.applied:
            if self.index(owner(applied.version, self)) > start:
                yield applied

    def between(self, older: str, newer: str) -> tuple[Applied, ...]:
        """The changes that lead from one version to a later one."""
        low, high = self.index(older), self.index(newer)
        return tuple(a for a in self.applied if low < self.index(owner(a.version, self)) <= high)

    def promises(self, version: str) -> Iterator[tuple[str, Contract]]:
        """A version's contract as it was cut, and as each of its releases left it, by their ids."""
        index = self.index(version)
        found = self.versions[index]
        contract = next((a.before for a in self.applied if a.version == version), None)
        if contract is None:
            later = [a for a in self.applied if owner(a.version, self) == version]
            contract = later[0].before if later else self.contracts[index]
        for id_ in (version, *(r.id for r in found.releases)):
            for applied in self.applied:
                if applied.version == id_:
                    contract = applied.after
            yield id_, replace(contract, version=id_)

    @property
    def released(self) -> History:
        """This history without its draft."""
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
    """The version that a version or release id belongs to: `v1` for `v1.1`."""
    for version in history.versions:
        if version.id == id_ or any(r.id == id_ for r in version.releases):
            return version.id
    raise KeyError(id_)


def evolve(contract: Contract, changes: Sequence[Change], version: str) -> tuple[Contract, tuple[Applied, ...]]:
    """The contract after `changes` of `version`, applied in order, and each step on the way.

    Raises:
        ScaffoldError: SC3xx of the first change that does not fit.
    """
    applied = []
    for change in changes:
        after = change.apply(contract, version)
        applied.append(Applied(version, change, contract, after))
        contract = after
    return replace(contract, version=version), tuple(applied)


def version_key(id_: str) -> tuple[int, ...]:
    """A version id as numbers that compare in order: `v1.10` is after `v1.9`."""
    return tuple(int(n) for n in re.findall(r"\d+", id_))
