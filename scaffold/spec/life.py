"""The life of one version: its dates in their order, its brownouts, and who may call it while it is a beta."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import pairwise

from .findings import Findings
from .models import BrownoutSpec, VersionSpec


def instant(moment: date | datetime) -> datetime:
    """A date as midnight UTC."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), UTC)


def check_life(spec: VersionSpec, findings: Findings) -> None:
    """Tell what cannot be of the dates, the brownouts and the clients of a version."""
    _check_order(spec, findings)
    _check_brownouts(spec, findings)
    _check_clients(spec, findings)


def _check_order(spec: VersionSpec, findings: Findings) -> None:
    names = ("released", "deprecated", "sunset", "dropped")
    dates = [(name, moment) for name in names if (moment := getattr(spec, name)) is not None]
    for (early, a), (late, b) in pairwise(dates):
        if instant(b) < instant(a):
            findings.add(
                "SC411",
                f"`{spec.id}`: `{late}` is before `{early}`",
                spec.place(late),
                "released, deprecated, sunset, dropped: in this order",
            )
    if spec.dropped is not None and spec.sunset is None:
        help_ = "only what is retired may be dropped: add the `sunset:` that it had, or take the line out"
        findings.add("SC590", f"`{spec.id}` is dropped, and has no sunset", spec.place("dropped"), help_)
    if spec.released is None and not spec.cut():
        for name, _ in dates:
            findings.add(
                "SC412",
                f"`{spec.id}` has `{name}` and was never released",
                spec.place(name),
                "add `released:`, or leave it out",
            )
    elif spec.released is not None and spec.promise not in (None, "stable"):
        findings.add(
            "SC412", f"`{spec.id}` is released, and so it is stable", spec.place("promise"), "leave `promise` out"
        )


def _check_brownouts(spec: VersionSpec, findings: Findings) -> None:
    sound = []
    for position, brownout in enumerate(spec.brownouts):
        where = spec.item_place("brownouts", position)
        if brownout.status not in (410, 503):
            message = f"`{spec.id}`: a brownout is answered with 410 or 503, not with {brownout.status}"
            help_ = "410 is what callers get after the sunset; 503 says when to try again"
            findings.add("SC459", message, brownout.place("status"), help_)
        if instant(brownout.until) <= instant(brownout.from_):
            help_ = "it begins at `from` and is over at `until`; a date is its midnight in UTC"
            findings.add("SC446", f"`{spec.id}`: a brownout is over before it begins", where, help_)
        elif (outside := _outside(spec, brownout)) is not None:
            help_ = "brownouts lie between `deprecated` and `sunset`"
            findings.add("SC447", f"`{spec.id}`: a brownout {outside}", where, help_)
        else:
            sound.append((brownout, position))
    for (one, _), (other, position) in pairwise(sorted(sound, key=lambda found: instant(found[0].from_))):
        if instant(other.from_) < instant(one.until):
            where = spec.item_place("brownouts", position)
            message = f"`{spec.id}`: a brownout begins before the one from {one.from_.isoformat()} is over"
            findings.add("SC448", message, where, "make one of the two, or move one of them")


def _outside(spec: VersionSpec, brownout: BrownoutSpec) -> str | None:
    """How a brownout is not in the time in which its version is deprecated, None where it is."""
    if spec.deprecated is None or spec.sunset is None:
        lacking = [name for name in ("deprecated", "sunset") if getattr(spec, name) is None]
        return f"needs a date for {' and '.join(f'`{name}`' for name in lacking)}, and there is none"
    if instant(brownout.from_) < instant(spec.deprecated):
        return f"begins before `{spec.id}` is deprecated, on {spec.deprecated.isoformat()}"
    if instant(brownout.until) > instant(spec.sunset):
        return f"would be over after the sunset of `{spec.id}`, on {spec.sunset.isoformat()}"
    return None


def _check_clients(spec: VersionSpec, findings: Findings) -> None:
    if "clients" not in spec.stated():
        return
    where = spec.place("clients")
    if spec.promise != "beta" or spec.released is not None:
        state = "is released" if spec.released is not None else f"is a {spec.promise or 'preview'}"
        help_ = "leave `clients` out" if spec.released is not None else "write `promise: beta`, or leave `clients` out"
        findings.add("SC449", f"`{spec.id}` {state}: only a beta may be for named clients", where, help_)
    elif not spec.clients:
        findings.add("SC458", f"`{spec.id}` names no clients: nobody could call it", where, "name some: `[acme]`")
    elif len(set(spec.clients)) < len(spec.clients):
        twice = next(name for name in _repeated(spec.clients))
        findings.add("SC458", f"`{spec.id}` names the client `{twice}` twice", where, "name each once")


def _repeated(names: Sequence[str]) -> list[str]:
    return [name for position, name in enumerate(names) if name in names[:position]]
