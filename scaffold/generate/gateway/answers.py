"""What the gateway answers by itself: versions that are retired, switched off for a while, or never were."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from ...contract.error_form import Errors
from ..error_forms import served_form
from ..runtime.error_forms import known
from ..runtime.freshness import http_date
from ..runtime.stages import instant
from ..runtime.ways import Way
from .text import plain
from .timetable import State, Timetable, written

MARK = "\u0000"
"""Stands before a variable while a text is written as JSON."""


@dataclass(frozen=True)
class Answer:
    """A refusal in one state and way; `body` has variables, and `going` is what it is where something succeeds."""

    state: str
    way: Way
    status: int
    media_type: str
    body: str
    going: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """What is said of it in one word, which is short: nginx keeps its keys in small buckets."""
        known = {"application/problem+json": "problem", "application/json": "json"}
        return f"{self.status}_{known.get(self.media_type) or crc32(self.media_type.encode())}"


@dataclass(frozen=True)
class _Said:
    status: int
    code: str
    title: str
    detail: str
    members: Mapping[str, Any]


def answers(table: Timetable, word: str, problem_base: str) -> Iterator[Answer]:
    """Every refusal of the gateway's own."""
    for version, states in table.states.items():
        for state in states:
            for way in table.ways if state.answer else ():
                said = _retired(state) if state.answer == "retired" else _brownout(state)
                yield _answer(state.id, way, table.errors(version), said, word, problem_base, _headers(state, way))
    newest = table.errors(table.history.versions[-1].id)
    for offer in table.offers:
        for way in table.ways:
            status = 404 if way is Way.PATH else 400
            asked = f"{MARK}{word}_asked{MARK}"
            members = {"requested": asked, "supported": list(offer.supported)}
            told = _Said(
                status, "version-unsupported", "API version not supported", f"There is no version {asked}.", members
            )
            yield _answer(offer.id, way, newest, told, word, problem_base, ())


def _retired(state: State) -> _Said:
    on = f" on {state.sunset}" if state.sunset else ""
    detail = f"{state.version} was retired{on}."
    return _Said(410, "version-retired", "API version retired", detail, _ways_on(state))


def _brownout(state: State) -> _Said:
    assert state.brownout is not None
    end = written(state.brownout.until)
    for_good = f", and for good from {state.sunset_written} on" if state.sunset else ""
    detail = f"{state.version} is switched off until {end}{for_good}."
    title = "API version switched off for a while"
    return _Said(state.brownout.status, "version-brownout", title, detail, {"until": end, **_ways_on(state)})


def _ways_on(state: State) -> dict[str, Any]:
    made: dict[str, Any] = {"requested": state.version, "successor": None, "supported": list(state.supported)}
    return made if state.documentation is None else {**made, "documentation": state.documentation}


def _headers(state: State, way: Way) -> tuple[tuple[str, str], ...]:
    if state.brownout is not None and state.answer == "brownout":
        kept = (("Cache-Control", "no-store"),)
        ends = http_date(instant(state.brownout.until)).decode()
        return (*kept, ("Retry-After", ends)) if state.brownout.status == 503 else kept
    return () if way is Way.PATH else (("Cache-Control", "no-store"),)


def _answer(
    state: str, way: Way, errors: Errors, said: _Said, word: str, base: str, headers: tuple[tuple[str, str], ...]
) -> Answer:
    form = served_form(errors)
    path, id_ = f"{MARK}{word}_path{MARK}", f"{MARK}{word}_id{MARK}"
    facts = {
        **known(said.status, said.code, said.title, base, path),
        "$detail": said.detail,
        "$request_id": id_,
    }

    def body(**more: str) -> str:
        members = {name: more.get(name, value) for name, value in said.members.items()}
        made = form.written(facts, {name: value for name, value in members.items() if value is not None})
        text = plain(json.dumps(made, ensure_ascii=True, separators=(",", ":")), f"{word}_dollar")
        while "\\u0000" in text:
            text = text.replace("\\u0000", "${", 1).replace("\\u0000", "}", 1)
        return text

    going = body(successor=f"{MARK}{word}_successor{MARK}") if "successor" in said.members else None
    return Answer(state, way, said.status, form.media_type, body(), going, headers)


__all__ = ["Answer", "answers"]
