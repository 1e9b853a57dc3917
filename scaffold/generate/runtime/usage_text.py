"""A report of usage for people: tables that fit into 80 columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

WIDTH = 80
ANONYMOUS = "(anonymous)"


def usage_text(report: Mapping[str, Any]) -> str:
    """The report as tables: versions, clients with their calls, and what is deprecated and still sent."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"Usage from {report['from']} to {report['to']}"
    yield ""
    versions = [
        (v["version"], v["stage"], v["sunset"] or "-", f"{v['requests']:,}", str(v["clients"]), _day(v["last_seen"]))
        for v in report["versions"]
    ]
    yield from table(("version", "stage", "sunset", "requests", "clients", "last seen"), versions, right=(3, 4))
    calls = [
        (_who(c), call["version"], call["operation"] or "-", f"{call['requests']:,}", _day(call["last_seen"]))
        for c in report["clients"]
        for call in c["calls"]
    ]
    if calls:
        yield ""
        yield from table(("client", "version", "operation", "requests", "last seen"), calls, right=(3,), narrow=(0, 2))
    sent = [
        (_who(c), s["version"], s["operation"], s["what"], f"{s['times']:,}", _day(s["last_seen"]))
        for c in report["clients"]
        for s in c["sent"]
    ]
    if sent:
        yield from ("", "Deprecated, and still sent:")
        head = ("client", "version", "operation", "what", "times", "last seen")
        yield from table(head, sent, right=(4,), narrow=(3, 0, 2))
    read = [(_who(c), r["version"], r["operation"], r["what"]) for c in report["clients"] for r in c["may_read"]]
    if read:
        yield from ("", "Deprecated in answers to these calls; what a client reads of it cannot be known:")
        yield from table(("client", "version", "operation", "what"), read, narrow=(3, 0, 2))


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
    narrow: Sequence[int] = (),
) -> Iterator[str]:
    """Rows as lines of WIDTH columns at most: those that may be made `narrow` are cut, the widest first."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    while narrow and sum(widths) + 2 * (len(widths) - 1) > WIDTH:
        widest = max(narrow, key=lambda i: widths[i])
        if widths[widest] <= len(head[widest]):
            break
        widths[widest] -= 1
    for row in cells:
        yield "  ".join(
            _cut(cell, width).rjust(width) if i in right else _cut(cell, width).ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _who(client: Mapping[str, Any]) -> str:
    id = client["client"]
    if id is None:
        return ANONYMOUS
    return f"{client['name']} ({id})" if client["name"] else str(id)


def _day(moment: str | None) -> str:
    return "-" if moment is None else moment[:10]
