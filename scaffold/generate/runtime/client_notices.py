"""Notices to clients: for each that still uses what ends, its own calls, and what to change about them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .clients import Known
from .tally import OTHERS, Client
from .usage import Entry
from .usage_report import SCHEMA, Sources, ending


@dataclass(frozen=True, slots=True)
class ClientNotice:
    """What one client is to be told. `markdown` is for people, `data` is the same for programs.

    `name` and `address` are what the registry says of it; `verified` says that a credential told who it was.
    """

    client: str
    verified: bool
    name: str | None
    address: str | None
    subject: str
    markdown: str
    data: Mapping[str, Any]

    @property
    def filename(self) -> str:
        """A name for a file with it, without its ending."""
        plain = re.sub(r"[^\w.-]+", "-", self.client).strip("-.") or "client"
        return plain if self.verified else f"{plain}-unverified"


def client_notices(entries: Iterable[Entry], sources: Sources, title: str, days: int) -> list[ClientNotice]:
    """A notice for each client with a name that uses something that ends, in order of their names."""
    rows: dict[Client, list[Entry]] = {}
    for entry in entries:
        if entry.client.name not in ("", OTHERS):
            rows.setdefault(entry.client, []).append(entry)
    made = (_notice(client, rows[client], sources, title, days) for client in sorted(rows))
    return [notice for notice in made if notice is not None]


def _notice(client: Client, rows: Sequence[Entry], sources: Sources, title: str, days: int) -> ClientNotice | None:
    found = ending(client, rows, sources, days)
    if not (found["versions"] or found["operations"] or found["sent"] or found["may_read"]):
        return None
    known = sources.clients.get(client.name, Known())
    subject = f"{title}: what you call ends"
    first = min((v["sunset"] for v in (*found["versions"], *found["operations"]) if v["sunset"]), default=None)
    if first is not None:
        subject = f"{title}: what you call ends on {first}"
    greeting = known.name or client.name
    return ClientNotice(
        client=client.name,
        verified=client.verified,
        name=known.name,
        address=known.address,
        subject=subject,
        markdown="\n".join(_lines(subject, greeting, found)) + "\n",
        data={"schema": SCHEMA, "subject": subject, "name": known.name, "address": known.address, **found},
    )


def _lines(subject: str, greeting: str, found: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"# {subject}", "", f"To {greeting}: this is what you called from {found['from']} to {found['to']}.")
    for version in found["versions"]:
        yield from ("", f"## {version['version']}", "", _said(version))
        yield from ("", "| you call | times | last | instead |", "| --- | --- | --- | --- |")
        for call in version["calls"]:
            instead = _code(call["successor"]) if call["successor"] else "–"
            if call["documentation"]:
                instead += f" ([what changes]({call['documentation']}))"
            yield f"| {_named(call)} | {call['requests']} | {call['last_seen'][:10]} | {instead} |"
    if found["operations"]:
        yield from ("", "## Calls that are deprecated", "")
        for call in found["operations"]:
            ends = f"; it ends on {call['sunset']}" if call["sunset"] else ""
            use = f", use {_code(call['use'])} instead" if call["use"] else ""
            yield f"- {_named(call)} ({call['version']}, {_times(call['requests'])}): deprecated{use}{ends}."
    if found["sent"]:
        yield from ("", "## What you send that is deprecated", "")
        for sent in found["sent"]:
            where = f"in {_code(sent['operation'])}, {sent['version']}, {_times(sent['times'])}"
            yield f"- {_code(sent['what'])} ({where}){_change(sent)}"
    if found["may_read"]:
        yield from ("", "## What you are shown that is deprecated", "", "Whether you read it we cannot see.", "")
        for read in found["may_read"]:
            yield f"- {_code(read['what'])} (in {_code(read['operation'])}, {read['version']}){_change(read)}"


def _said(version: Mapping[str, Any]) -> str:
    said = f"{version['version']} is {version['stage']}"
    if version["deprecated"]:
        said += f" since {version['deprecated']}" if version["stage"] == "deprecated" else ""
    if version["sunset"]:
        left = version["days_left"]
        said += (
            f" and ended on {version['sunset']}" if left < 0 else f". It ends on {version['sunset']}, in {left} days"
        )
    guide = f" [How to move on]({version['documentation']})." if version["documentation"] else ""
    return f"{said}.{guide}"


def _named(call: Mapping[str, Any]) -> str:
    return _code(call["call"] or call["operation"]) if call["operation"] else "other paths"


def _change(about: Mapping[str, Any]) -> str:
    use = f": use {_code(about['use'])} instead" if about["use"] else ": nothing stands in for it"
    ends = f"; it ends on {about['sunset']}" if about["sunset"] else ""
    return f"{use}{ends}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _code(text: str) -> str:
    return f"`{text}`"
