"""Small specs of operations without storage as imported code, for tests that read like a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import dedent, indent
from typing import Any

from scaffold.contract.types import Json
from scaffold.convert.policies import findings
from scaffold.spec import load

from ..random_histories import Package, package


def spec(types: str, body: str, *versions: str, answer: str | None = None) -> str:
    """A spec of one operation, `POST /call`, that takes a body and answers with the same, or with `answer`."""
    lines = ["api: {name: shop}", "types:", indent(dedent(types).strip(), "  "), "operations:", "  POST /call:"]
    lines += ["    id: call", f'    body: "{body}"', f'    responses: {{200: "{answer or body}"}}', "versions:"]
    lines += ["  - {id: v1, released: 2020-01-01}"]
    for number, changes in enumerate(versions, start=2):
        lines += [f"  - id: v{number}", f"    released: {2019 + number}-01-01", "    changes:"]
        lines += [indent(dedent(changes).strip(), "      ")]
    return "\n".join(lines) + "\n"


class Call:
    """The operation, as the versions of a spec call it; its handler gives back what it was given."""

    def __init__(self, made: Package) -> None:
        self.made = made

    def given(self, version: str, payload: Json) -> Any:
        """What the handler is given of what a client sends."""
        return self.made.sent(version, f"{self._operation(version)} body", payload)

    def shown(self, version: str, record: Any) -> Json:
        """What a client is shown of what the handler returns."""
        return self.made.answered(version, f"{self._operation(version)} 200", record)

    def echo(self, version: str, payload: Json, to: str | None = None) -> Json:
        """What a client of `to` is shown of what one of `version` sent; the same one where that is not said."""
        return self.shown(to or version, self.given(version, payload))

    def record(self, name: str, **values: Any) -> Any:
        """A record as a handler makes it."""
        return getattr(self.made.module("records"), name)(**values)

    def _operation(self, version: str) -> str:
        return self.made.history.contract(version).operations[0].identity


@contextmanager
def calls(types: str, body: str, *versions: str, answer: str | None = None) -> Iterator[Call]:
    """The code of a spec, imported; every change in it has the policy that it needs."""
    history = load(spec(types, body, *versions, answer=answer)).history
    assert not findings(history)
    with package(history) as made:
        yield Call(made)
