"""Small specs as imported code, for tests that read like a conversation between versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from textwrap import dedent, indent
from types import SimpleNamespace
from typing import Any

from scaffold.contract.types import Json
from scaffold.convert.policies import findings
from scaffold.spec import load

from ..random_histories import Package, package

IDLE = re.compile(r"\bTrue else\b|\(True\)|(?:else|and|or) \(\w+\)$")
"""What nobody writes by hand: conditions that always hold, and brackets around a name."""


def spec(fields: str, *versions: str, types: str = "", releases: str = "") -> str:
    """A spec of one resource, Item: its fields, then the changes of v2, v3 and so on; `releases` are those of v1.1."""
    lines = ["api: {name: shop}"]
    if types:
        lines += ["types:", indent(dedent(types).strip(), "  ")]
    lines += ["resources:", "  Item:", "    path: /items", "    fields:", "      id: {type: int, key: true}"]
    lines += [indent(dedent(fields).strip(), "      ")]
    lines += ["    operations: [list, get, create, update, replace, delete]", "versions:"]
    lines += ["  - {id: v1, released: 2020-01-01}"]
    if releases:
        lines += [
            "  - id: v1.1",
            "    released: 2020-06-01",
            "    changes:",
            indent(dedent(releases).strip(), "      "),
        ]
    for number, changes in enumerate(versions, start=2):
        lines += [f"  - id: v{number}", f"    released: {2019 + number}-01-01", "    changes:"]
        lines += [indent(dedent(changes).strip(), "      ")]
    return "\n".join(lines) + "\n"


class Shop:
    """One item, as the versions of a spec see it and write it."""

    def __init__(self, made: Package) -> None:
        self.made = made
        self.record: Any = None

    def name(self, version: str) -> str:
        """What the item's type is called in a version."""
        return next(iter(self.made.history.contract(version).resources))

    def post(self, version: str, payload: Json) -> Json:
        """Create the item; what its creator is shown, without the id."""
        self.record = replace(self.made.create(version, self.name(version), payload), id=1)
        return self.get(version)

    def put(self, version: str, payload: Json) -> Json:
        """Replace the item."""
        self.record = self.made.replace(version, self.name(version), self.record, payload)
        return self.get(version)

    def patch(self, version: str, payload: Json) -> Json:
        """Change parts of the item."""
        self.record = self.made.update(version, self.name(version), self.record, payload)
        return self.get(version)

    def get(self, version: str) -> Json:
        """What a version is shown, without the id."""
        shown = self.made.show(version, self.name(version), self.record)
        del shown["id"]
        return shown

    def put_back(self, version: str, **edits: Json) -> Json:
        """Read, edit and write all back, as a client does."""
        return self.put(version, {**self.get(version), **edits})


@contextmanager
def shop(
    fields: str, *versions: str, types: str = "", releases: str = "", hooks: Mapping[str, Any] | None = None
) -> Iterator[Shop]:
    """The code of a spec, imported, with its `hooks`; every change in it has the policy that it needs."""
    history = load(spec(fields, *versions, types=types, releases=releases)).history
    assert not findings(history)
    with package(history, SimpleNamespace(**hooks or {})) as made:
        assert not [line for text in made.sources.values() for line in text.splitlines() if IDLE.search(line)]
        yield Shop(made)
