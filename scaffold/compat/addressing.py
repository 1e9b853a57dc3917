"""What it means to clients where requests reach an API otherwise than they did: another base path, other places.

These are of the whole API and not of a version, so no change declares them: they are judged between what was promised
and what is.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from ..contract.addressing import WORDS, Addressing
from ..contract.contract import Contract
from ..contract.locating import Place
from .verdicts import Direction, Reason, Verdict

HEARD = {
    Place.PATH: "in the path",
    Place.HEADER: "in the header `{}`",
    Place.QUERY: "in the query, as `{}`",
    Place.MEDIA_TYPE: "in the media type `{}`",
}


@dataclass(frozen=True)
class Moved:
    """One difference: `word` is what the spec calls it, as `locate`; `reason` is what it means to clients."""

    word: str
    reason: Reason


def judge_addressing(
    before: Addressing, after: Addressing, contracts: Iterable[Contract], over: Container[str] = ()
) -> tuple[Moved, ...]:
    """Every difference for those who call as `before` says.

    `contracts` are those of all versions; those that are `over` answer nobody any more.
    """
    return tuple(_moved(before, after, tuple(contracts), over))


def _moved(
    before: Addressing, after: Addressing, contracts: tuple[Contract, ...], over: Container[str]
) -> Iterator[Moved]:
    if before.base_path != after.base_path:
        sentence = f"Clients call paths below `{before.base_path or '/'}`; the API is below `{after.base_path or '/'}`."
        yield _request("base_path", Verdict.BREAKING, "base-path-changed", sentence)
    for place in before.places:
        if place not in after.places:
            sentence = f"Clients name versions {_heard(before, place)}, where none is read any longer."
            yield _request("locate", Verdict.BREAKING, "place-removed", sentence)
        elif before.name(place) != after.name(place):
            sentence = f"Clients name versions {_heard(before, place)}; now they are read {_heard(after, place)}."
            yield _request(WORDS[place], Verdict.BREAKING, "place-renamed", sentence)
    for place in after.places:
        if place not in before.places:
            yield _added(place, before, after, contracts)
    kept = [place for place in after.places if place in before.places]
    if before.places and kept and (kept != [p for p in before.places if p in kept] or after.places[0] != kept[0]):
        sentence = (
            f"Links and documents name versions {_heard(after, after.places[0])}; "
            f"they did {_heard(before, before.places[0])}."
        )
        yield Moved("locate", Reason(Direction.RESPONSE, Verdict.RISKY, "places-reordered", sentence))
    yield from _unnamed(before, after, over)


def _added(place: Place, before: Addressing, after: Addressing, contracts: tuple[Contract, ...]) -> Moved:
    ids = {contract.version for contract in contracts}
    taken = [o for c in contracts for o in c.operations if place is Place.PATH and o.path.split("/")[1] in ids]
    if taken:
        sentence = f"`{taken[0].address}` is called at a path that now names a version."
        return _request("locate", Verdict.BREAKING, "place-ambiguous", sentence)
    if not before.places and after.unspecified is None:
        sentence = "Clients name no version, and who names none is refused."
        return _request("unspecified", Verdict.BREAKING, "version-required", sentence)
    sentence = f"Versions may be named {_heard(after, place)} too; who does not is answered as before."
    return _request("locate", Verdict.SAFE, "place-added", sentence)


def _unnamed(before: Addressing, after: Addressing, over: Container[str]) -> Iterator[Moved]:
    """Who names no version."""
    old, new = before.unspecified, after.unspecified
    if old == new or not (before.places and after.places):
        return
    if old is None:
        sentence = f"Who names no version was refused, and is answered by {new}."
        yield _request("unspecified", Verdict.SAFE, "version-optional", sentence)
    elif old in over:
        sentence = f"Who names no version was told that {old} is over."
        yield _request("unspecified", Verdict.SAFE, "version-over", sentence)
    elif new is None:
        sentence = f"Who names no version was answered by {old}, and is refused."
        yield _request("unspecified", Verdict.BREAKING, "version-required", sentence)
    else:
        sentence = f"Who names no version was answered by {old}, and is answered by {new}."
        yield _request("unspecified", Verdict.BREAKING, "another-version", sentence)


def _request(word: str, verdict: Verdict, code: str, sentence: str) -> Moved:
    return Moved(word, Reason(Direction.REQUEST, verdict, code, sentence))


def _heard(of: Addressing, place: Place) -> str:
    return HEARD[place].format(of.name(place))


__all__ = ["Moved", "judge_addressing"]
