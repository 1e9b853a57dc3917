"""The typed spec as a history: the first contract, then change by change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from ..contract.additive import additive
from ..contract.changes import AddEnumValue, Backport, Change, Deprecate, Describe, MoveFields
from ..contract.contract import Contract
from ..contract.history import Api, Applied, Brownout, History, Policy, Promise, Release, Scheme, Version
from ..contract.instead import followed
from ..contract.types import MISSING
from ..diagnostics import Diagnostic, ScaffoldError, Span, did_you_mean
from .base import base_contract
from .calendar import Entry, arrange, read_policy
from .change_base import ChangeBase
from .change_shapes import VERBS
from .changes import build_change
from .findings import Findings
from .hindsight import what_became
from .invariants import broken_promises, newly_endless
from .life import instant
from .locating import check_parameters, read_locating
from .models import ApiSpec, Spec, VersioningSpec, VersionSpec
from .paths import is_base_path
from .point import Point, fail
from .whole import tell_whole, whole_problems

DRAFT = "next"
_API_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def build_history(spec: Spec, findings: Findings, broken: frozenset[str] = frozenset()) -> History:
    """The history that `spec` states, its draft included; what is wrong goes to `findings`."""
    api = _api(spec.api, findings)
    scheme = Scheme(spec.versioning.scheme)
    locating = read_locating(spec.versioning, spec.api.name, findings)
    policy = Policy(*read_policy(spec.policy, findings))
    entries = arrange(spec.versions, scheme, findings)
    if not entries:
        if scheme is Scheme.DATE and not spec.versions:
            where = spec.versioning.place("scheme")
            findings.add(
                "SC408",
                "with dates as versions the first one must be stated",
                where,
                "add `versions:` with `- id: 2026-03-01`",
            )
        entries = [Entry(VersionSpec(id="v1"))]
    if not locating.places:
        _alone(entries, findings)
    unspecified = _unspecified(spec.versioning, entries, findings)
    contract = base_contract(spec, entries[0].spec.id, findings, broken)
    walk = _Walk(findings, contract, set(broken), located=bool(locating.places))
    for entry in entries:
        walk.version(entry)
    for position, entry in enumerate(entries):
        walk.backports(position, entry)
    if spec.next:
        walk.draft(spec.next)
    check_parameters(locating, walk.contracts, spec.versioning, findings)
    return History(
        api,
        policy,
        scheme,
        tuple(walk.versions),
        tuple(walk.contracts),
        tuple(walk.applied),
        unspecified,
        tuple(walk.backported),
        locating,
    )


class _Walk:
    """Goes through the versions in order and keeps what comes out."""

    def __init__(self, findings: Findings, contract: Contract, poison: set[str], *, located: bool) -> None:
        self.findings = findings
        self.contract = contract
        self.poison = poison
        self.located = located
        self.versions: list[Version] = []
        self.contracts: list[Contract] = []
        self.applied: list[Applied] = []
        self.backported: list[Applied] = []
        self.places: dict[str, Span] = {}
        self.steps: list[tuple[Contract, Span]] = []
        self.newer: Contract | None = None
        self.main: list[Applied] = []
        self.known = {p.diagnostic.message for p in whole_problems(contract)}

    def version(self, entry: Entry) -> None:
        spec = entry.spec
        changes = self.changes(spec.changes, spec.id, spec.released) if self.versions else ()
        releases = []
        for release in entry.releases:
            made = self.changes(release.changes, release.id, release.released, additive=True)
            day = release.released
            releases.append(Release(release.id, day, made, release.note))
        unreleased = Promise.PREVIEW if spec.promise is None else Promise(spec.promise)
        self.versions.append(
            Version(
                id=spec.id,
                released=spec.released,
                promise=Promise.STABLE if spec.released is not None else unreleased,
                deprecated=spec.deprecated,
                sunset=spec.sunset,
                dropped=spec.dropped,
                changes=changes,
                releases=tuple(releases),
                note=spec.note,
                brownouts=_brownouts(spec),
                clients=tuple(spec.clients),
            )
        )
        self.keep(spec.id)

    def backports(self, position: int, entry: Entry) -> None:
        """The releases of a version that stand after a later one: the versions that are there stay what they are."""
        main, walked = self.contract, self.applied
        self.main = walked
        self.contract, self.applied = self.contracts[position], self.backported
        for release, base in entry.backports:
            self.newer = next(c for c in self.contracts if c.version == base)
            made = self.changes(release.changes, release.id, release.released, additive=True)
            version = self.versions[position]
            releases = (*version.releases, Release(release.id, release.released, made, release.note, base))
            self.versions[position] = replace(version, releases=releases)
            self.contracts[position] = self.contract = replace(self.contract, version=entry.spec.id)
        self.contract, self.applied, self.newer = main, walked, None

    def stayed(self, change: Change, span: Span) -> None:
        """Refuse to bring a field that has moved since it was born: older versions have no such place."""
        if isinstance(change, Backport) and any(
            isinstance(a.change, MoveFields) and change.what.identity in a.touched for a in self.main
        ):
            help_ = "bring it before it moves, or add it to the next version only"
            raise fail("SC419", f"`{change.at}` has moved since it came", span, help_)

    def draft(self, specs: Sequence[ChangeBase]) -> None:
        changes = self.changes(specs, DRAFT, None, additive=not self.located)
        self.versions.append(Version(DRAFT, None, Promise.PREVIEW, changes=changes, draft=True))
        self.keep(DRAFT)

    def keep(self, version: str) -> None:
        if self.steps:
            older = self.contracts[-1] if self.contracts else None
            tell_whole(self.contract, self.places, self.known, self.findings, self.steps, self.poison, older)
        self.places, self.steps = {}, []
        self.contract = replace(self.contract, version=version)
        self.contracts.append(self.contract)

    def changes(
        self, specs: Sequence[ChangeBase], version: str, released: date | datetime | None, *, additive: bool = False
    ) -> tuple[Change, ...]:
        """The changes of one version or release, each applied; one that fails is told and passed over."""
        made: list[Change] = []
        base = told = self.contract
        for spec in specs:
            before, kept = self.contract, len(self.findings.errors)
            try:
                built = build_change(
                    spec, Point(self.contract, version, self.findings, self.places, released, self.newer)
                )
                for change in built:
                    if self.newer is not None and not isinstance(change, Backport | Deprecate | Describe):
                        help_ = f"put it into the next version, or before `{self.newer.version}`"
                        message = f"`{version}` stands after `{self.newer.version}`: it can only backport, or deprecate"
                        raise fail("SC405", message, spec.key_place(), help_)
                    self.stayed(change, spec.key_place())
                    if additive:
                        _additive(change, self.contract, base, version, spec.key_place())
                    after = change.apply(self.contract, version)
                    if isinstance(change, Deprecate):  # what it says, it says by the names of this moment
                        told = after = followed(told, after)
                    for problem in broken_promises(self.contract, after):
                        self.findings.put(problem.at(spec.key_place()))
                    self.applied.append(Applied(version, change, self.contract, after))
                    self.contract = after
                made += built
                self.steps.append((self.contract, spec.key_place()))
            except ScaffoldError as error:
                for diagnostic in error.diagnostics:
                    if diagnostic.code == "SC307" and spec.cut():
                        continue  # what would have changed was told already
                    if not (diagnostic.code == "SC302" and self.poison & set(_names(diagnostic.message))):
                        if diagnostic.code == "SC302" and not diagnostic.notes:
                            diagnostic = replace(diagnostic, notes=what_became(spec, self.applied))
                        self.findings.put(diagnostic.at(spec.key_place()))
                self.contract = before
            for name in newly_endless(before, self.contract):
                help_ = "make a field on the way optional, or a list"
                finding = Diagnostic("SC220", f"`{name}` would require itself without end", spec.key_place(), help_)
                self.findings.put(finding)
            if len(self.findings.errors) > kept:
                self.poison.update(_mentioned(spec))
        self.contract = followed(told, self.contract)
        return tuple(made)


def _brownouts(spec: VersionSpec) -> tuple[Brownout, ...]:
    """In order of time."""
    made = [Brownout(b.from_, b.until, 503 if b.status == 503 else 410) for b in spec.brownouts]
    return tuple(sorted(made, key=lambda brownout: instant(brownout.start)))


def _mentioned(spec: ChangeBase) -> set[str]:
    verb = next(iter(spec.model_dump(include=set(VERBS)).values()), "")
    texts = [str(verb), str(getattr(spec, "to", "") or getattr(spec, "as_", "") or "")]
    return {n for t in texts for n in re.findall(r"[\w-]+", t)}


def _names(message: str) -> list[str]:
    return [n.rsplit(".", 1)[-1].rstrip("?") for n in re.findall(r"`([^`]+)`", message)]


def _additive(change: Change, before: Contract, base: Contract, version: str, span: Span) -> None:
    """Refuse what is not safe in both directions inside a release, which is made to `base`."""
    if additive(change, before, base):
        return
    help_ = "a release only adds what is optional; put this into the next version"
    if isinstance(change, AddEnumValue):
        help_ = "in a release an enum that is open gets values, any other with `opt_in: X-Preview-Values`, held back"
    says = any(getattr(change, word, MISSING) is not MISSING for word in ("old_sends", "old_sees"))
    if says or getattr(change, "hide", False):
        help_ = "`old_sends`, `old_sees` and `hide` belong into versions: add what may be left out"
    if version == DRAFT:
        help_ = "requests name no version, so there is one: keep what is there, deprecate it, and add beside it"
    where = "in an API without versions" if version == DRAFT else f"in the release `{version}`"
    raise fail("SC415", f"`{change.address}` cannot change {where}: {change.sentence()}", span, help_)


def _api(spec: ApiSpec, findings: Findings) -> Api:
    if not _API_NAME.fullmatch(spec.name):
        findings.add(
            "SC230",
            f"`{spec.name}` cannot name an API",
            spec.place("name"),
            "letters, digits, `-` and `_`, a letter first",
        )
    base = spec.base_path.rstrip("/")
    if not is_base_path(base):
        findings.add("SC230", f"`{spec.base_path}` is no base path", spec.place("base_path"), "write `/api`")
    title = spec.title or spec.name.replace("_", " ").replace("-", " ").capitalize()
    return Api(spec.name, title, base, spec.description, spec.docs_base)


def _alone(entries: Sequence[Entry], findings: Findings) -> None:
    """Refuse a second version where requests cannot name one."""
    for entry in entries[1:]:
        findings.add(
            "SC418",
            f"requests name no version here, so nobody could ask for `{entry.spec.id}`",
            entry.spec.place("id"),
            f"make it a release of `{entries[0].spec.id}` that only adds, or write `locate: [path]`",
        )


def _unspecified(spec: VersioningSpec, entries: Sequence[Entry], findings: Findings) -> str | None:
    """The version that answers callers who name none."""
    if spec.unspecified == "reject":
        return None
    known = [entry.spec.id for entry in entries]
    if spec.unspecified not in known:
        help_ = did_you_mean(spec.unspecified, ["reject", *known])
        findings.add("SC417", f"there is no version `{spec.unspecified}`", spec.place("unspecified"), help_)
        return None
    if any(entry.spec.id == spec.unspecified and entry.spec.dropped is not None for entry in entries):
        message = f"`{spec.unspecified}` answers who names no version, and was dropped"
        findings.add("SC593", message, spec.place("unspecified"), "name one that is left, or write `reject`")
    return spec.unspecified
