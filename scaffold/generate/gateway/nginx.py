"""The rules of a gateway for nginx: maps from a request to its version and state, and from these to what is answered.

What the gateway is not sure of goes to the program, which answers as always.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...contract.history import History
from ...diagnostics import Diagnostic, ScaffoldError
from ..render import render
from ..runtime.ways import Way
from .answers import Answer, answers
from .finding import finding
from .headers import headers
from .linking import linking
from .maps import Map
from .text import from_on, named
from .timetable import Timetable, timetable


@dataclass(frozen=True)
class Upstream:
    """A program: its name in the rules, and where it listens."""

    name: str
    server: str


def nginx(
    history: History,
    *,
    name: str,
    programs: Mapping[str, str],
    listen: str,
    docs_base: str | None = None,
    problem_base: str = "/problems",
    sunsets: Mapping[str, str] | None = None,
) -> str:
    """The rules for the API of `history`, as a file for `http {}`.

    `programs` has where each version is served, as `host:port`, by its id, and under "" where all others are.

    Raises:
        ScaffoldError: SC580 where requests name no version.
        StartRefused: a sunset that cannot be read, or would be earlier than it was told.
    """
    if not history.located:
        raise ScaffoldError(
            Diagnostic(
                "SC580",
                "requests to this API name no version, so that there is nothing for a gateway to tell apart",
                help="let the program answer by itself: it needs no gateway",
            )
        )
    table = timetable(history, name=name, docs_base=docs_base, sunsets=sunsets or {})
    word = re.sub(r"\W", "_", name).lower()
    upstreams = {id_: Upstream(f"{word}_{named(id_) or 'program'}", server) for id_, server in programs.items()}
    refusals = tuple(answers(table, word, problem_base))
    told = tuple(headers(table, word))
    maps = (
        *_times(table, word),
        *finding(table, word),
        *linking(table, word),
        *_refusing(table, word, refusals),
        *(h.map for h in told),
        Map("Which program serves a version", f"${word}_version", f"${word}_program", upstreams[""].name).with_rows(
            (id_, u.name) for id_, u in upstreams.items() if id_
        ),
    )
    return render(
        "gateway/nginx.conf.jinja",
        title=history.api.title,
        word=word,
        maps=maps,
        upstreams=tuple(upstreams.values()),
        listen=listen,
        headers=[(h.name, h.map.target) for h in told],
        kinds=sorted({(a.kind, a.status, a.media_type) for a in refusals}),
        sunsets=tuple(f"{name.upper()}_SUNSET_{i.upper()}" for i in table.calendar.postponed),
    )


def _times(table: Timetable, word: str) -> Iterator[Map]:
    for id_, states in table.states.items():
        target = f"${word}_at_{named(id_)}"
        made = Map(f"In which state {id_} is", "$msec", target, states[0].id)
        yield made.with_rows((f"~{from_on(s.since)}", s.id) for s in reversed(states[1:]))
    made = Map("What is on offer", "$msec", f"${word}_offer", table.offers[0].id)
    yield made.with_rows((f"~{from_on(o.since)}", o.id) for o in reversed(table.offers[1:]))


def _refusing(table: Timetable, word: str, refusals: tuple[Answer, ...]) -> Iterator[Map]:
    source = f"${word}_state:${word}_way:${word}_known"
    made = Map("What is refused here, and how", source, f"${word}_refused", "")
    yield made.with_rows((f"~^{a.state}:{a.way}:{'' if a.way is Way.PATH else '1'}", a.kind) for a in refusals)
    made = Map("What a refusal says", f"${word}_state:${word}_way:${word}_going", f"${word}_body", "")
    bodies = [(a, way, body) for a in refusals for way, body in (("", a.body), ("1", a.going)) if body is not None]
    yield made.with_rows((f"{a.state}:{a.way}:{way}", body) for a, way, body in bodies)
    for name, target in (("Cache-Control", "cache"), ("Retry-After", "retry")):
        made = Map(f"{name} of a refusal", f"${word}_refused:${word}_state:${word}_way", f"${word}_{target}", "")
        held = [(a, dict(a.headers).get(name)) for a in refusals]
        yield made.with_rows((f"{a.kind}:{a.state}:{a.way}", v) for a, v in held if v is not None)
