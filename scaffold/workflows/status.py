"""`scaffold status`: versions, stages, dates, the draft and what drifted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from ..contract.history import Version
from ..project.writer import session
from .files import broken_promises, plan_files
from .outcome import Outcome
from .project_state import policy_findings, read_state
from .usage_reports import Usage, read_usage
from .versions import stage


def status(start: Path, *, today: date, usage: str | None = None) -> Outcome:
    """Where every version stands on `today`, what the draft holds, and which generated files are not current.

    `usage` is where the report of who calls is; then it is said of each version how many clients it has.

    Raises:
        ScaffoldError: the spec or the lock is wrong.
    """
    with session(start, writes=False) as (project, earlier):
        state = read_state(project)
        history = state.history
        draft = state.lock is not None and state.lock.draft
        plan = plan_files(project.root, project, history if draft else history.released, state.lock)
        used = None if usage is None else read_usage(usage, start, project)
    rows = [_row(version, today) for version in history.versions]
    lines = _table(("version", "stage", "released", "deprecated", "sunset", "number"), rows)
    lines += _beside(history.versions)
    lines += [] if used is None else _callers(used, [v.id for v in history.versions])
    pending = [a.change.sentence() for a in history.applied if history.versions[-1].draft and a.version == "next"]
    lines += ["", f"Draft: {len(pending)} change{'' if len(pending) == 1 else 's'}" if pending else "Draft: empty"]
    lines += [f"  {sentence}" for sentence in pending]
    open_ = policy_findings(state.loaded)
    drifted = [a.path for a in (*plan.changes, *plan.refused)]
    lines.append(f"Open policies: {len(open_)}" if open_ else "Open policies: none")
    lines.append(f"Drift: {len(drifted)} files" if drifted else "Drift: none")
    lines += [f"  {path}" for path in drifted[:10]]
    return Outcome(
        output="\n".join(lines),
        data={
            "versions": [
                {**dict(zip(_KEYS, row, strict=True)), **_more(version)}
                for row, version in zip(rows, history.versions, strict=True)
            ],
            "draft": pending,
            "drift": drifted,
            "open": [d.message for d in open_],
            **({} if used is None else {"usage": _used(used)}),
        },
        diagnostics=(*earlier, *broken_promises(state, today)),
        next_command="scaffold generate" if drifted else "scaffold bump-version" if pending else None,
    )


_KEYS = ("version", "stage", "released", "deprecated", "sunset", "number")


def _row(version: Version, today: date) -> tuple[str, ...]:
    dates = (version.released, version.deprecated, version.sunset)
    return (version.id, stage(version, today), *(_date(d) for d in dates), version.number)


def _beside(versions: Sequence[Version]) -> list[str]:
    """Lines on what the table has no column for: brownouts, betas for named clients, and what was dropped."""
    made = [
        f"{v.id} is switched off from {_date(b.start)} to {_date(b.until)}, with {b.status}"
        for v in versions
        for b in v.brownouts
    ]
    made += [f"{v.id} is a beta for {', '.join(v.clients)}" for v in versions if v.clients]
    made += [f"{v.id} was dropped on {_date(v.dropped)}" for v in versions if v.dropped is not None]
    return ["", *made] if made else []


def _callers(usage: Usage, versions: Sequence[str]) -> list[str]:
    """Who calls: a table of the versions, and those that there never were as one."""
    others = [id for id in usage.callers if id not in versions]
    rows = [_called(id, usage) for id in (*versions, *others)]
    head = ("version", "requests", "clients", "last called", "most by")
    return ["", f"Calls from {usage.since} to {usage.until}", *_table(head, rows)]


def _called(version: str, usage: Usage) -> tuple[str, ...]:
    callers = usage.of(version)
    if not callers:
        return (version, "0", "0", "-", "-")
    most = callers[0].name if len(callers[0].name) <= 36 else f"{callers[0].name[:35]}…"
    return (
        version,
        f"{sum(c.requests for c in callers):,}",
        str(len(callers)),
        max(c.last_seen for c in callers).isoformat(),
        most,
    )


def _used(usage: Usage) -> dict[str, object]:
    return {
        "from": usage.since.isoformat(),
        "to": usage.until.isoformat(),
        "callers": {
            version: [{"client": c.name, "requests": c.requests, "last_seen": c.last_seen.isoformat()} for c in callers]
            for version, callers in usage.callers.items()
        },
    }


def _more(version: Version) -> dict[str, object]:
    made: dict[str, object] = {}
    if version.brownouts:
        made["brownouts"] = [
            {"from": _date(b.start), "until": _date(b.until), "status": b.status} for b in version.brownouts
        ]
    if version.clients:
        made["clients"] = list(version.clients)
    if version.dropped is not None:
        made["dropped"] = _date(version.dropped)
    return made


def _date(value: date | datetime | None) -> str:
    return "-" if value is None else value.isoformat().replace("+00:00", "Z")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (head, *rows)
    ]
