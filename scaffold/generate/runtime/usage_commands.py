"""What the program's command line says of its callers: `usage` and `notices`."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from .calendar import Calendar
from .client_notices import ClientNotice, client_notices
from .clients import RegistryWrong, read_clients
from .database import Storage
from .noting import Deprecations
from .problems import NotWritten
from .usage import Entry, Ledger
from .usage_report import DAYS, SCHEMA, Sources, report
from .usage_text import usage_text

Send = Callable[[ClientNotice], Awaitable[None]]


class CannotSay(Exception):
    """The question cannot be answered; the text says why."""


@dataclass(frozen=True)
class Asked:
    """The program that is asked: its title, its calendar, what of it is deprecated, its documents and its rows."""

    title: str
    calendar: Calendar
    deprecations: Mapping[str, Deprecations]
    documents: Path
    storage: Storage
    ledger: Ledger

    def usage(self, *, clients: Path, days: int = DAYS, as_json: bool = False) -> str:
        """Who called what in the last days: tables, or JSON. Raises CannotSay."""
        sources, entries = self._found(clients, days)
        found = report(entries, sources, days)
        return _json(found) if as_json else usage_text(found)

    def notices(self, *, clients: Path, days: int = DAYS, client: str | None = None) -> list[ClientNotice]:
        """A notice for each client that uses what ends, or for one of them. Raises CannotSay."""
        sources, entries = self._found(clients, days)
        found = client_notices(entries, sources, self.title, days)
        return [notice for notice in found if client in (None, notice.client)]

    def _found(self, clients: Path, days: int) -> tuple[Sources, Sequence[Entry]]:
        try:
            known = read_clients(clients)
        except RegistryWrong as error:
            raise CannotSay(f"the registry of clients cannot be read: {error}") from error
        sources = Sources(self.calendar, self.deprecations, self.documents, known)
        try:
            return sources, asyncio.run(self._rows(sources, days))
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
            raise CannotSay(f"the database does not tell: {cause}; is it migrated?") from error

    async def _rows(self, sources: Sources, days: int) -> Sequence[Entry]:
        try:
            return await self.ledger.read(sources.since(days))
        finally:
            await self.storage.close()


def written(notices: Sequence[ClientNotice], *, as_json: bool = False) -> str:
    """Notices as one text: Markdown with a rule between them, or JSON."""
    if as_json:
        return _json({"schema": SCHEMA, "notices": [notice.data for notice in notices]})
    return "\n---\n\n".join(notice.markdown for notice in notices)


def write(notices: Sequence[ClientNotice], folder: Path) -> list[Path]:
    """Write each notice into `folder`, as Markdown and as JSON; the files. Raises CannotSay."""
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for notice in notices:
            for ending, text in (("md", notice.markdown), ("json", _json(notice.data))):
                path = folder / f"{notice.filename}.{ending}"
                path.write_text(text, "utf-8")
                made.append(path)
    except OSError as error:
        raise CannotSay(f"{folder} cannot be written: {error.strerror}") from error
    return made


async def send_all(notices: Sequence[ClientNotice], send: Send) -> int:
    """Hand each notice to `send`; how many there were. One that cannot be sent does not stop the others.

    Raises CannotSay when `send` is still to be written, and at the end for those that could not be sent.
    """
    failed = []
    for notice in notices:
        try:
            await send(notice)
        except NotWritten as error:
            raise CannotSay(str(error)) from error
        except Exception as error:  # whatever a mail server says: the other clients are told all the same
            failed.append(f"{notice.client} ({error})")
    if failed:
        raise CannotSay(f"{len(failed)} of {len(notices)} notices could not be sent: {', '.join(failed)}")
    return len(notices)


def told(text: str, *, error: bool = False) -> None:
    """Print a text, data on standard output, the rest on standard error."""
    (sys.stderr if error else sys.stdout).write(text if text.endswith("\n") else f"{text}\n")


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
