"""The guide from one version to a later one, made from the changes between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..compat import Judgement, judge
from ..contract.changes import Describe
from ..contract.contract import Contract
from ..contract.history import Applied, History, Version
from ..contract.locating import Place
from ..contract.naming import indefinite
from ..contract.operation import Operation
from ..diagnostics import Diagnostic, ScaffoldError
from .affected import Reached, reached
from .messages import Speaker
from .model import Dates, Entry, Guide, Visit
from .samples import samples
from .scene import Scene
from .table import words_of
from .words import code, codes, day, listed, slug, unique


def guide(history: History, older: str, newer: str) -> Guide:
    """What a client developer is told who moves from `older` to `newer`.

    Raises:
        ScaffoldError: SC434 when `older` does not come before `newer`.
        KeyError: there is no such version.
    """
    if history.index(older) >= history.index(newer):
        raise ScaffoldError(
            Diagnostic("SC434", f"{older} does not come before {newer}", help="name the older version first")
        )
    then, now = history.contract(older), history.contract(newer)
    taken = {"checklist", "dates", "summary", "operations", "unchanged"}
    anchors = {o.identity: unique(slug(o.id), taken) for o in then.operations}
    steps = [a for a in history.between(older, newer) if not isinstance(a.change, Describe)]
    told = [t for a in steps for t in (_entry(a, history, older, newer, taken),) if _meets_anybody(*t)]
    entries = tuple(entry for entry, _ in told)
    visits = tuple(_visits(then, now, told, anchors))
    return Guide(
        title=f"{history.api.title}: from {older} to {newer}",
        older=older,
        newer=newer,
        opening=tuple(_opening(history, older, newer, entries)),
        dates=tuple(_dates(history, v) for v in (older, newer)),
        entries=entries,
        visits=tuple(v for v in visits if v.entries),
        same=tuple(v for v in visits if not v.entries),
        unchanged=tuple(_unchanged(history, older, newer, visits)),
        checklist=tuple(_checklist(history, older, newer, entries)),
        anchor=f"{older}-to-{newer}",
    )


def _dates(history: History, id_: str) -> Dates:
    found = history.version(id_)
    return Dates(id_, found.released, found.deprecated, found.sunset)


def _opening(history: History, older: str, newer: str, entries: Sequence[Entry]) -> Iterator[str]:
    old = history.version(older)
    yield (
        f"This guide is for developers whose programs call {older} and move to {newer}. {_amount(entries)} "
        f"Both versions are served side by side, {_served(history, older, newer)}, "
        "and show the same objects, so you can move one call at a time."
    )
    if old.sunset is not None:
        deprecated = f"is deprecated from {day(old.deprecated)} on and " if old.deprecated is not None else ""
        yield f"{older} {deprecated}answers until {day(old.sunset)}. From that day on it answers 410 Gone."
        yield from _brownouts(old)
    elif old.deprecated is not None:
        yield f"{older} is deprecated from {day(old.deprecated)} on. The day on which it ends is not set yet."
    else:
        yield f"No day is set on which {older} ends."


def _brownouts(version: Version) -> Iterator[str]:
    if not version.brownouts:
        return
    times = listed(f"from {day(b.start)} to {day(b.until)}" for b in version.brownouts)
    back = " A 503 says in `Retry-After` when it is back." if any(b.status == 503 for b in version.brownouts) else ""
    statuses = listed(sorted({str(b.status) for b in version.brownouts}), "or")
    yield (
        f"Before, {version.id} is switched off for a while, so that you notice where you still call it: {times}. "
        f"It answers {statuses} in that time.{back}"
    )


def _served(history: History, older: str, newer: str) -> str:
    """Where two versions are, and how a request chooses between them."""
    places = list(dict.fromkeys(history.place(v) or "/" for v in (older, newer)))
    at = f"at {' and '.join(code(place) for place in places)}"
    names = [name for v in (older, newer) if (name := _name(history, v))]
    return f"{at}, chosen by {' or '.join(map(code, names))}" if names else at


def _name(history: History, version: str) -> str:
    """How requests name a version beside the path; empty where the path does."""
    naming = history.locating.naming(version)
    return "" if naming is None else naming.sentence


def _amount(entries: Sequence[Entry]) -> str:
    harmful = sum(not e.harmless for e in entries)
    if not entries:
        return "Nothing changes between the two."
    if len(entries) == 1:
        return f"There is one change, and it asks {'something' if harmful else 'nothing'} of you."
    if harmful in (0, len(entries)):
        ask = "all of them ask something" if harmful else "none asks anything"
        return f"There are {len(entries)} changes, and {ask} of you."
    some = "one of them asks" if harmful == 1 else f"{harmful} of them ask"
    return f"There are {len(entries)} changes; {some} something of you."


def _entry(
    applied: Applied, history: History, older: str, newer: str, taken: set[str]
) -> tuple[Entry, tuple[Reached, ...]]:
    found = reached(applied.before, applied.after)
    judgement = judge(applied, history.contract(older))
    scene = Scene(applied.change, applied.before, applied.after, older, newer, judgement, found)
    words, change = words_of(applied.change), applied.change
    first, last = words.focus(change, scene)
    before = Speaker.of(history, older, applied.before, first)
    after = Speaker.of(history, newer, applied.after, last)
    entry = Entry(
        anchor=unique(slug(f"{words.verb} {change.address}"), taken),
        version=applied.version,
        heading=words.heading(change, scene),
        sentence=change.sentence(),
        request=judgement.request,
        response=judgement.response,
        todo=words.todo(change, scene),
        why=change.why,
        note=change.note,
        reasons=tuple(dict.fromkeys(r.sentence for r in judgement.reasons if not r.verdict.harmless)),
        operations=tuple(r.either.address for r in found),
        meanwhile=tuple(words.meanwhile(change, scene)) if scene.asks or scene.tells else (),
        samples=tuple(samples(_shown(found, judgement), before, after)),
        steps=tuple(words.steps(change, scene)),
    )
    return entry, found


def _meets_anybody(entry: Entry, found: tuple[Reached, ...]) -> bool:
    """Whether a client can notice: a type that comes or goes unused is not told."""
    return bool(found) or not entry.harmless or bool(entry.steps)


def _shown(found: tuple[Reached, ...], judgement: Judgement) -> tuple[Reached, ...]:
    """What is worth a message: the direction that asks something of a client, or both where none does."""
    if judgement.harmless:
        return found
    asks, tells = not judgement.request.harmless, not judgement.response.harmless
    return tuple(replace(r, request=r.request and asks, response=r.response and tells) for r in found)


def _visits(
    then: Contract, now: Contract, told: Sequence[tuple[Entry, tuple[Reached, ...]]], anchors: dict[str, str]
) -> Iterator[Visit]:
    for operation in then.operations:
        met = tuple(e for e, found in told if any(r.either.identity == operation.identity for r in found))
        after = now.operations_by_identity.get(operation.identity)
        title = operation.summary or operation.id
        yield Visit(
            anchors[operation.identity], title, operation.address, None if after is None else after.address, met
        )


def _unchanged(history: History, older: str, newer: str, visits: Sequence[Visit]) -> Iterator[str]:
    then, now = history.contract(older), history.contract(newer)
    moved = [v for v in visits if v.entries and v.after != v.before]
    behind = " behind the version" if history.locating.first is Place.PATH else ""
    if visits and not moved:
        yield f"Every operation keeps its method, and its path{behind}."
    elif len(moved) < len(visits):
        changed = codes(v.before for v in moved)
        yield f"All operations but {changed} keep their method, and their path{behind}."
    kept = [t for t in then.resources if _key(then, t) is not None and _key(then, t) == _same_key(then, now, t)]
    if kept:
        yield f"Objects keep their keys: what you stored as the key of {_any_of(kept)} names the same object."
    if all(getattr(a.change, "policy", None) != "clamp" for a in history.between(older, newer)):
        yield f"Nothing that was written through {older} is lost."


def _key(contract: Contract, type_: str) -> object:
    found = contract.object(type_)
    return None if found is None or found.key is None else (found.key.identity, found.key.name, found.key.type)


def _same_key(then: Contract, now: Contract, type_: str) -> object:
    old = then.types[type_]
    new = now.types_by_identity.get(old.identity)
    return None if new is None else _key(now, new.name)


def _checklist(history: History, older: str, newer: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield from (f"{e.todo} ([{e.heading}](#{e.anchor}))" for e in entries if not e.harmless)
    if history.place(newer) != history.place(older):
        yield f"Call {code(history.place(newer))} instead of {code(history.place(older))}"
    if _name(history, newer):
        yield f"Send {code(_name(history, newer))} instead of {code(_name(history, older))}"
    if any(e.harmless for e in entries):
        yield "Look through the other changes, which ask nothing of you"
    yield f"Check that none of your programs calls {older} any more: its answers carry `API-Version: {older}`"


def operation_anchor(operation: Operation) -> str:
    """The anchor of an operation in a guide, for clients of the version that has it."""
    return slug(operation.id)


def _any_of(names: Sequence[str]) -> str:
    """`a `Doctor` or an `Order``."""
    parts = [f"{indefinite(name)} {code(name)}" for name in names]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
