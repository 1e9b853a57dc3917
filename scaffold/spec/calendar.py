"""The versions of a spec in order of time, with their ids and dates checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from ..contract.history import Scheme
from ..contract.naming import version_key
from ..diagnostics import Span
from .findings import Findings
from .life import check_life, instant
from .models import PolicySpec, VersionSpec

_VERSION = re.compile(r"v(0|[1-9][0-9]{0,5})")
_RELEASE = re.compile(r"(v(?:0|[1-9][0-9]{0,5}))\.(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5}))?")


@dataclass
class Entry:
    """A version with the releases that stand after it."""

    spec: VersionSpec
    releases: list[VersionSpec] = field(default_factory=list)
    backports: list[tuple[VersionSpec, str]] = field(default_factory=list)
    """The releases that stand after a later version, each with the newest one before it."""


def arrange(versions: list[VersionSpec], scheme: Scheme, findings: Findings) -> list[Entry]:
    """The versions with their releases; ids and dates that cannot be go to `findings`."""
    entries: list[Entry] = []
    seen: dict[str, VersionSpec] = {}
    for spec in versions:
        if spec.id in seen:
            findings.add(
                "SC402",
                f"the version `{spec.id}` stands here twice",
                spec.place("id"),
                "give the later one the next number",
            )
            continue
        seen[spec.id] = spec
        if _is_version(spec.id, scheme):
            if entries and version_key(spec.id) <= version_key(entries[-1].spec.id):
                findings.add(
                    "SC403",
                    f"`{spec.id}` stands after `{entries[-1].spec.id}`: versions go up",
                    spec.place("id"),
                    "the list is the order of time",
                )
            entries.append(Entry(spec))
        elif scheme is Scheme.MAJOR and (found := _RELEASE.fullmatch(spec.id)):
            _release(spec, found[1], entries, findings)
        else:
            help_ = (
                "write `v1`, `v2`, or `v1.1` for a release" if scheme is Scheme.MAJOR else "write a date: `2026-03-01`"
            )
            findings.add("SC401", f"`{spec.id}` is no version id", spec.place("id"), help_)
    if entries:
        _check_first(entries[0], findings)
    _check_dates(entries, list(seen.values()), findings)
    return entries


def _is_version(id_: str, scheme: Scheme) -> bool:
    if scheme is Scheme.MAJOR:
        return bool(_VERSION.fullmatch(id_))
    try:
        return len(id_) == 10 and bool(date.fromisoformat(id_))
    except ValueError:
        return False


def _release(spec: VersionSpec, owner: str, entries: list[Entry], findings: Findings) -> None:
    where = spec.place("id")
    entry = next((e for e in entries if e.spec.id == owner), None)
    if entry is None:
        findings.add(
            "SC404",
            f"`{spec.id}` is a release of `{owner}`, which does not stand before it",
            where,
            f"put `- id: {owner}` before it",
        )
        return
    before = [entry.spec, *entry.releases, *(b for b, _ in entry.backports)][-1].id
    if version_key(spec.id) <= version_key(before):
        findings.add(
            "SC403", f"`{spec.id}` stands after `{before}`: releases go up", where, "the list is the order of time"
        )
    if spec.after is not None and (entry is entries[-1] or spec.after != entries[-1].spec.id):
        findings.add(
            "SC405",
            f"`{spec.id}` stands after `{entries[-1].spec.id}`, not after `{spec.after}`",
            spec.place("after"),
            "the list is the order of time: leave `after` out, or move it",
        )
    for key in ("deprecated", "sunset", "dropped", "brownouts", "promise", "clients"):
        if key in spec.stated():
            findings.add(
                "SC406",
                f"`{key}` belongs to the version `{owner}`, not to a release of it",
                spec.place(key),
                f"put it under `- id: {owner}`",
            )
    if spec.id.count(".") == 2 and spec.changes:
        findings.add(
            "SC407",
            f"`{spec.id}` is a patch and changes no contract",
            spec.place("changes"),
            f"make it a release: `{owner}.{int(spec.id.split('.')[1]) + 1}`",
        )
    if entry is entries[-1]:
        entry.releases.append(spec)
    else:
        entry.backports.append((spec, entries[-1].spec.id))


def _check_first(entry: Entry, findings: Findings) -> None:
    if entry.spec.changes:
        findings.add(
            "SC408",
            f"the first version, `{entry.spec.id}`, is stated whole and has no changes",
            entry.spec.place("changes"),
            "put what it promises under `types`, `resources` and `operations`",
        )


def _check_dates(entries: list[Entry], stood: list[VersionSpec], findings: Findings) -> None:
    last: tuple[str, datetime] | None = None
    unreleased: str | None = None
    known = {s.id for e in entries for s in (e.spec, *e.releases, *(b for b, _ in e.backports))}
    for spec in [s for s in stood if s.id in known]:
        if spec.released is None and spec.cut():
            continue
        if spec.released is None:
            unreleased = unreleased or spec.id
            continue
        where = spec.place("released")
        if unreleased is not None:
            findings.add(
                "SC409",
                f"`{spec.id}` is released, and `{unreleased}` before it is not",
                where,
                f"release `{unreleased}` first",
            )
        if last is not None and instant(spec.released) < last[1]:
            findings.add(
                "SC410",
                f"`{spec.id}` is released before `{last[0]}`, which stands before it",
                where,
                "the list is the order of time",
            )
        last = (spec.id, instant(spec.released))
    for entry in entries:
        check_life(entry.spec, findings)
    _check_sunsets(entries, findings)
    _check_dropped(entries, findings)


def _check_sunsets(entries: list[Entry], findings: Findings) -> None:
    for older, newer in pairwise(entries):
        if newer.spec.sunset is None:
            continue
        where: Span = newer.spec.place("sunset")
        if older.spec.sunset is None and older.spec.cut():
            continue
        if older.spec.sunset is None:
            findings.add(
                "SC413",
                f"`{newer.spec.id}` has a sunset, and the older `{older.spec.id}` has none",
                where,
                "sunsets never decrease along the history",
            )
        elif instant(newer.spec.sunset) < instant(older.spec.sunset):
            findings.add(
                "SC413",
                f"the sunset of `{newer.spec.id}` is before that of the older `{older.spec.id}`",
                where,
                "sunsets never decrease along the history",
            )


def _check_dropped(entries: list[Entry], findings: Findings) -> None:
    """Versions are dropped oldest first, and some version that is out is left."""
    for position, entry in enumerate(entries):
        if entry.spec.dropped is None:
            continue
        where = entry.spec.place("dropped")
        if not any(e.spec.released is not None and e.spec.dropped is None for e in entries[position + 1 :]):
            message = f"`{entry.spec.id}` is dropped, and no later version is released: nobody could call any"
            findings.add("SC592", message, where, "take the line out")
        elif position and entries[position - 1].spec.dropped is None:
            older = entries[position - 1].spec.id
            findings.add("SC591", f"`{entry.spec.id}` is dropped, and the older `{older}` is not", where, _DROP)


_DROP = "versions are dropped oldest first, by `scaffold drop-version`; take the line out"


def read_policy(spec: PolicySpec, findings: Findings) -> tuple[int, int, int | None]:
    """Months of support, days of notice, and how many versions may be active."""
    support = re.fullmatch(r"([1-9][0-9]{0,3}) (month|year)s?", spec.support)
    notice = re.fullmatch(r"([0-9]{1,5}) (day|week)s?", spec.notice)
    if support is None:
        findings.add(
            "SC414", f"`{spec.support}` is no time of support", spec.place("support"), "write `12 months` or `2 years`"
        )
    if notice is None:
        findings.add(
            "SC414", f"`{spec.notice}` is no time of notice", spec.place("notice"), "write `180 days` or `26 weeks`"
        )
    if spec.max_active is not None and spec.max_active < 1:
        findings.add("SC414", "at least one version is active", spec.place("max_active"), "write 1 or more")
    months = int(support[1]) * (12 if support[2] == "year" else 1) if support else 12
    days = int(notice[1]) * (7 if notice[2] == "week" else 1) if notice else 180
    return months, days, spec.max_active
