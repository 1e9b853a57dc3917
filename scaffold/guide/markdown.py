"""A guide as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..compat import Verdict
from .model import Entry, Guide, Sample, Visit
from .words import code, day

VERDICTS = {
    Verdict.NONE: "–",
    Verdict.SAFE: "safe",
    Verdict.RISKY: "risky",
    Verdict.MEANING: "other meaning",
    Verdict.BREAKING: "breaking",
}


def render_markdown(guide: Guide) -> str:
    """The guide as a Markdown page; the same guide always gives the same text."""
    return "\n".join(_lines(guide)).rstrip("\n") + "\n"


def _lines(guide: Guide) -> Iterator[str]:
    yield f"# {guide.title}"
    yield ""
    for paragraph in guide.opening:
        yield paragraph
        yield ""
    yield from _section("dates", "Dates")
    yield "| Version | Released | Deprecated | Sunset |"
    yield "| --- | --- | --- | --- |"
    for dates in guide.dates:
        yield f"| {dates.version} | {day(dates.released)} | {day(dates.deprecated)} | {day(dates.sunset)} |"
    yield ""
    if guide.entries:
        yield from _summary(guide)
        yield from _changes(guide)
    if guide.visits:
        yield from _section("operations", "Operation by operation")
        for visit in guide.visits:
            yield from _visit(visit)
    yield from _section("unchanged", "What stays the same")
    yield from _bullets(guide.unchanged)
    if guide.same:
        yield "No change reaches these operations:"
        yield ""
        yield from _bullets(f'<a id="{v.anchor}"></a>{v.title}: {code(v.before)}' for v in guide.same)
    yield from _section("checklist", "Checklist")
    yield from (f"- [ ] {task}." for task in guide.checklist)


def _section(anchor: str, heading: str) -> Iterator[str]:
    yield f'<a id="{anchor}"></a>'
    yield ""
    yield f"## {heading}"
    yield ""


def _summary(guide: Guide) -> Iterator[str]:
    yield from _section("summary", "Summary")
    yield "| What changes | Requests | Answers | What to do |"
    yield "| --- | --- | --- | --- |"
    for e in guide.entries:
        cells = (f"[{e.heading}](#{e.anchor})", VERDICTS[e.request], VERDICTS[e.response], e.todo)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""
    yield (
        f"*Breaking*: a program written for {guide.older} fails. *Risky*: some such programs fail. *Other meaning*: "
        "it goes on, and means something else. *Safe*: it notices nothing. A dash: nothing changes in this direction."
    )
    yield ""


def _changes(guide: Guide) -> Iterator[str]:
    yield "## The changes one by one"
    yield ""
    if any(e.samples for e in guide.entries):
        yield "The messages below follow the order of the changes: each begins where the change before it ended."
        yield ""
    several = len({e.version for e in guide.entries}) > 1
    for entry in guide.entries:
        yield from _entry(entry, guide, several)


def _entry(entry: Entry, guide: Guide, several: bool) -> Iterator[str]:
    yield f'<a id="{entry.anchor}"></a>'
    yield ""
    yield f"### {entry.heading}"
    yield ""
    since = f" This came with {entry.version}." if several else ""
    yield entry.sentence + since
    yield ""
    for said in (entry.why, entry.note):
        if said is not None:
            yield said
            yield ""
    if entry.reasons:
        yield "What breaks:" if Verdict.BREAKING in (entry.request, entry.response) else "What to watch:"
        yield ""
        yield from _bullets(entry.reasons)
    if entry.meanwhile:
        yield f"While you stay with {guide.older}:"
        yield ""
        yield from _bullets(entry.meanwhile)
    for sample in entry.samples:
        yield from _sample(sample, guide)
    if entry.steps:
        yield "What to do:"
        yield ""
        yield from (f"{number}. {step}" for number, step in enumerate(entry.steps, start=1))
        yield ""


def _sample(sample: Sample, guide: Guide) -> Iterator[str]:
    if sample.before is not None:
        yield from _block(f"{sample.what}, before:", sample.before)
        yield from _block("After:", sample.after)
    else:
        yield from _block(f"{sample.what}:", sample.after)


def _block(heading: str, text: str) -> Iterator[str]:
    yield heading
    yield ""
    yield "```http"
    yield text
    yield "```"
    yield ""


def _visit(visit: Visit) -> Iterator[str]:
    yield f'<a id="{visit.anchor}"></a>'
    yield ""
    yield f"### {visit.title}"
    yield ""
    if visit.after is None:
        yield f"{code(visit.before)} is gone."
    elif visit.after == visit.before:
        yield f"{code(visit.before)} keeps its method and path."
    else:
        yield f"{code(visit.before)} is now {code(visit.after)}."
    yield ""
    yield from _bullets(f"[{e.heading}](#{e.anchor})" for e in visit.entries)


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"- {line}"
    yield ""
