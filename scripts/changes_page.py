"""Makes `docs/changes.md` of the vocabulary: `python scripts/changes_page.py` (`make docs`); `--check` only looks.

What a change is called, how it is crossed and where it is kept is told by the rows of `scaffold.contract.vocabulary`.
Its example is the first change of that row in the history of its golden case, cut from the case's `api.yaml`; what it
does is said by the change itself, and what it means to old clients by `scaffold.compat`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

from scaffold.compat import judge
from scaffold.contract.history import Applied
from scaffold.contract.vocabulary import GROUPS, Row, State
from scaffold.spec import Loaded, load
from scaffold.workflows.project_state import span_of

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/changes.md"
GOLDEN = ROOT / "tests/golden"
HEAD = """# Changes

Every change that a history can declare. This page is made by `make docs` from the rows of
`scaffold/contract/vocabulary/` and the histories under `tests/golden/`; edit those.

Two verdicts, because direction matters: *request* is an old client that calls the new contract, *response* is what the
new contract answers, reaching an old client. They say what would happen without this tool. The *bridge* says how older
versions are served all the same: `lossless`, by `a policy` that the spec must name, `as its codec`, or by `a hook`.
"""
STATES = {
    State.DONE: "done",
    State.PARTLY: "partly: without {}",
    State.NOT_YET: "not yet: lacks {}",
    State.OUT: "out of this round",
}


@cache
def case(name: str) -> tuple[str, Loaded]:
    """The spec of a golden case, and what it says."""
    text = (GOLDEN / name / "api.yaml").read_text("utf-8")
    return text, load(text)


@cache
def example(row: Row) -> Applied | None:
    """The change that shows a row."""
    if row.golden is None:
        return None
    return next((a for a in case(row.golden)[1].history.declared if row.matches(a)), None)


def page() -> str:
    """The whole page.

    Raises:
        LookupError: a golden case has no change of a row that names it.
    """
    parts = [HEAD]
    for group, rows in GROUPS.items():
        parts += [f"## {group}\n", _table(rows), *(_section(row) for row in rows)]
    return "\n".join(parts)


def _table(rows: tuple[Row, ...]) -> str:
    lines = ["| change | request | response | bridge | policies | state |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        policies = ", ".join(f"`{p}`" for p in row.policies) or "–"
        cells = (f"[{row.title}](#{_anchor(row.title)})", *_verdicts(row), ", ".join(row.bridge), policies, _state(row))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _anchor(title: str) -> str:
    """What a heading is called in links."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _verdicts(row: Row) -> tuple[str, str]:
    shown = example(row)
    if shown is None:
        return "–", "–"
    judged = judge(shown)
    return str(judged.request), str(judged.response)


def _state(row: Row) -> str:
    return STATES[row.state].format(row.missing)


def _section(row: Row) -> str:
    return "\n".join(_lines(row))


def _lines(row: Row) -> Iterator[str]:
    yield f"### {row.title[0].upper()}{row.title[1:]}\n"
    shown = example(row)
    if row.out is not None:
        yield f"Out of this round: {row.out}.\n"
    if shown is None and row.golden is not None:
        raise LookupError(f"tests/golden/{row.golden} has no change of the row {row.title!r}")
    if shown is not None and row.golden is not None:
        yield f"```yaml\n{_cut(row.golden, shown)}\n```\n"
        yield f"{shown.change.sentence()}\n"
        for reason in dict.fromkeys((r.direction, r.verdict, r.sentence) for r in judge(shown).reasons):
            yield f"- {reason[0]}, {reason[1]}: {reason[2]}"
        yield "\nHow older versions are served all the same:\n"
    yield f"- An older client's request: {row.up}."
    yield f"- An older client is shown: {row.down}."
    yield f"- Storage: {row.storage}."
    if shown is not None:
        yield f"- Shown by `tests/golden/{row.golden}`."
    yield ""


def _cut(name: str, shown: Applied) -> str:
    """The lines of a spec that say a change."""
    text, loaded = case(name)
    span = span_of(loaded, shown)
    assert span is not None  # it is stated in this spec
    first, *rest = text.splitlines()[span.line - 1 :]
    start = span.column - 1 - first[: span.column - 1].endswith("{")
    indent = " " * start
    inside = takewhile(lambda line: line.startswith(indent), rest)
    return "\n".join((f"- {first[start:]}", *(f"  {line.removeprefix(indent)}" for line in inside)))


def main(arguments: list[str]) -> int:
    """Write the page; with `--check` say whether it is as it would be written."""
    made = page()
    if "--check" in arguments:
        return int(PAGE.read_text("utf-8") != made)
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
