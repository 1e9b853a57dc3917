"""`scaffold explain`: what a code means, why it is refused, and the way out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, ScaffoldError
from ..diagnostics.explained import AREAS, Explained, as_code, every_row, explained, nearest_codes, rows
from .outcome import Outcome

WIDTH = 80


def explain(codes: Sequence[str]) -> Outcome:
    """The rows of `codes`, or the list of all.

    Raises:
        ScaffoldError: SC903 for each that is no code.
    """
    if not codes:
        return Outcome(output=_listed(), data={"codes": [{"code": r.code, "title": r.title} for r in every_row()]})
    found = [(code, explained(as_code(code))) for code in dict.fromkeys(codes)]
    unknown = [_unknown(code) for code, row in found if row is None]
    if unknown:
        raise ScaffoldError(unknown)
    told = [row for _, row in found if row is not None]
    return Outcome(output="\n".join(map(_text, told)), data={"codes": [row.data() for row in told]})


def _unknown(code: str) -> Diagnostic:
    near = [f"`{c}`" for c in nearest_codes(as_code(code))]
    help_ = f"near it are {', '.join(near)}; " if near else ""
    return Diagnostic("SC903", f"`{code}` is no code of a diagnostic", help=f"{help_}`scaffold explain` lists them all")


def _listed() -> str:
    parts = []
    for area, (_, title) in AREAS.items():
        lines = [f"{row.code}  {row.title}" for row in rows(area).values()]
        parts.append("\n".join([title, *(f"  {line}" for line in lines)]) + "\n")
    return "\n".join(parts)


def _text(row: Explained) -> str:
    return "\n".join(_lines(row)) + "\n"


def _lines(row: Explained) -> Iterator[str]:
    yield f"{row.code}: {row.title}"
    for text in (row.means, row.why, row.way_out):
        yield ""
        yield from textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    for word, snippet in (("Wrong", row.wrong), ("Right", row.right)):
        if snippet is not None:
            yield from ("", f"{word}{row.reads.place}:", "")
            yield from (f"    {line}".rstrip() for line in snippet.splitlines())
