"""Requests and answers as a client sees them, made from the examples of a contract."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import quote, urlencode

from ..contract.contract import Contract
from ..contract.examples import example, page_example, parameter_example, under
from ..contract.history import History
from ..contract.locating import Naming, Place
from ..contract.message import Response, View
from ..contract.operation import Operation
from ..contract.parameter import Location, Parameter
from ..contract.types import MISSING, Json, ListOf, Missing

JSON = "application/json"


@dataclass(frozen=True)
class Speaker:
    """Speaks the language of one contract: `base` is the path before its operations, `naming` says how requests name
    its version."""

    contract: Contract
    base: str
    version: str
    chosen: Mapping[str, Json] = field(default_factory=dict)
    naming: Naming | None = None

    @classmethod
    def of(
        cls, history: History, version: str, contract: Contract, chosen: Mapping[str, Json] | None = None
    ) -> Speaker:
        """Who speaks of `version`, as it is in `contract`."""
        return cls(contract, history.place(version), version, chosen or {}, history.locating.naming(version))

    def request_body(self, operation: Operation) -> Json | Missing:
        """What a request carries, or MISSING."""
        body = operation.body
        if body is None:
            return MISSING
        made = example(self.contract, body.type, body.view, chosen=self.chosen)
        return made if made is MISSING else under(body.wrap, made)

    def response_body(self, response: Response) -> Json | Missing:
        """What an answer carries, or MISSING."""
        if response.type is None:
            return MISSING
        if response.page and isinstance(response.type, ListOf):
            item = example(self.contract, response.type.items, View.OUTPUT, chosen=self.chosen)
            template = self.contract.envelope.template
            return MISSING if item is MISSING else page_example(template, [item], self.version)
        made = example(self.contract, response.type, View.OUTPUT, chosen=self.chosen)
        return made if made is MISSING else under(response.wrap, made)

    def answer_type(self, response: Response) -> str:
        """The Content-Type of an answer: a success in JSON has that which was asked for."""
        named = self.naming is not None and self.naming.place is Place.MEDIA_TYPE and self.naming.header
        return named[1] if named and response.success and response.media_type == JSON else response.media_type

    def unversioned(self) -> Speaker:
        """The same, for requests that are compared with those of another version."""
        return replace(self, base="", naming=None)

    def line(self, operation: Operation, shown: frozenset[str] = frozenset()) -> str | None:
        """The first lines of a request: method, path and the parameters called `shown` by identity."""
        query: dict[str, str] = {}
        path, headers, cookies = operation.path, list[str](), []
        if self.naming is not None and self.naming.query is not None:
            query[self.naming.query[0]] = self.naming.query[1]
        if self.naming is not None and self.naming.header is not None:
            headers.append(": ".join(self.naming.header))
        for parameter in operation.parameters:
            if parameter.location is not Location.PATH and parameter.identity not in shown:
                continue
            found = parameter_example(self.contract, parameter)
            if found is MISSING:
                return None
            text = _plain(found)
            if parameter.location is Location.PATH:
                path = path.replace(f"{{{parameter.name}}}", quote(text, safe=""))
            elif parameter.location is Location.QUERY:
                query[parameter.name] = text
            elif parameter.location is Location.HEADER:
                headers.append(f"{parameter.name}: {text}")
            else:
                cookies.append(f"{parameter.name}={quote(text, safe='')}")
        asked = f"?{urlencode(query)}" if query else ""
        lines = [f"{operation.method} {self.base}{path}{asked}", *headers]
        return "\n".join([*lines, f"Cookie: {'; '.join(cookies)}"] if cookies else lines)


def request_text(line: str, body: Json | Missing, media_type: str = "application/json") -> str:
    """A request as text."""
    return line if body is MISSING else f"{line}\nContent-Type: {media_type}\n\n{pretty(body)}"


def response_text(response: Response, body: Json | Missing, speaker: Speaker) -> str:
    """An answer as text."""
    known = response.status in set(HTTPStatus)
    status = f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase if known else ''}".rstrip()  # type: ignore[arg-type]  # it is one
    return status if body is MISSING else f"{status}\nContent-Type: {speaker.answer_type(response)}\n\n{pretty(body)}"


def pretty(body: Json) -> str:
    """JSON as a guide shows it."""
    return json.dumps(body, indent=2, ensure_ascii=False)


def changed_parameters(before: Operation, after: Operation) -> frozenset[str]:
    """The identities of the parameters that differ between two forms of an operation."""
    old, new = ({p.identity: _shown(p) for p in o.parameters} for o in (before, after))
    return frozenset(i for i in {**old, **new} if old.get(i) != new.get(i))


def _shown(parameter: Parameter) -> tuple[object, ...]:
    return parameter.name, parameter.location, parameter.type


def _plain(found: Json) -> str:
    if isinstance(found, list):
        return ",".join(_plain(f) for f in found)
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


MOST = 8
"""How many members of an object are shown before those that stay the same are left out."""


def trimmed(before: Json, after: Json) -> tuple[Json, Json]:
    """Two values with long objects cut down to what differs, and to a few members that do not."""
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [trimmed(a, b) for a, b in zip(before, after, strict=True)]
        return [a for a, _ in pairs], [b for _, b in pairs]
    if not isinstance(before, dict) or not isinstance(after, dict):
        return before, after
    same = [k for k in before if k in after and before[k] == after[k]]
    gone = set(same[3:]) if len({**before, **after}) > MOST else set()
    inner = {k: trimmed(before[k], after[k]) for k in before if k in after}
    return (
        {k: inner[k][0] if k in inner else v for k, v in before.items() if k not in gone},
        {k: inner[k][1] if k in inner else v for k, v in after.items() if k not in gone},
    )
