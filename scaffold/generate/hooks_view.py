"""The functions of the user's `conversions` module as generated code says them: a protocol, calls, stubs, tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..contract.history import History
from ..contract.hooks import MODULE, Hook, HookValue
from ..convert.hooks import hooks
from ..convert.records import records
from .python import plain, text, wire

IMPORTS = {
    r"\bAny\b": "from typing import Any",
    r"\bLiteral\b": "from typing import Literal",
    r"\bDecimal\b": "from decimal import Decimal",
    r"\bUUID\b": "from uuid import UUID",
    r"\bdate\b": "from datetime import date",
    r"\bdatetime\b": "from datetime import datetime",
    r"\btime\b": "from datetime import time",
    r"\btimedelta\b": "from datetime import timedelta",
}
"""What an annotation of a stub needs, by the name that it mentions."""
RECORDS = "from .generated import records"
UNWRITTEN = "from .generated.problems import NotWritten"


@dataclass(frozen=True)
class HookView:
    """One function: its parameters and result as annotations, and the names that are handed on.

    `takes` and `gives` are the same types as the wire checks them, for tests.
    """

    name: str
    parameters: str
    arguments: str
    returns: str
    doc: str
    fails: bool
    takes: tuple[str, ...]
    gives: str
    back: str | None = None
    """The function that leads back, where it is the first of a pair."""

    of_record: bool = False
    """Whether it is given a whole record."""

    @property
    def signature(self) -> str:
        """The line that begins it, in the user's module."""
        return f"def {self.name}({self.parameters}) -> {self.returns}:"

    @property
    def stub(self) -> str:
        """The function to paste and write, with what it imports."""
        imports = [line for name, line in IMPORTS.items() if re.search(name, self.signature)]
        imports += [RECORDS] if self.of_record else []
        body = [f"    {line}" if line else "" for line in self.body]
        return "\n".join((*imports, UNWRITTEN, "", self.signature, *body))

    @property
    def body(self) -> tuple[str, ...]:
        """What stands in it until it is written."""
        more = ("", "Raise ValueError for what cannot be one: it is refused as the mistake of who sent it.", '"""')
        doc = (f'"""{self.doc}', *more) if self.fails else (f'"""{self.doc}"""',)
        return (*doc, f'raise NotWritten("{MODULE}.{self.name}")')


def hook_views(history: History) -> tuple[HookView, ...]:
    """The functions that `history`, which is prepared, asks for."""
    found = hooks(history)
    held = records(history) if any(h.of_record for h in found) else None

    def named(identity: str) -> str:
        assert held is not None  # no other hook is given a record
        return f"records.{held.name(identity)}"

    return tuple(_view(h, named) for h in found)


def _view(hook: Hook, named: Callable[[str], str]) -> HookView:
    return HookView(
        name=hook.name,
        parameters=", ".join(f"{p.name}: {_annotation(p, named)}" for p in hook.parameters),
        arguments=", ".join(p.name for p in hook.parameters),
        returns=_together([_annotation(r, named) for r in hook.returns]),
        doc=hook.purpose,
        fails=hook.fails,
        takes=tuple(_checked(p, named) for p in hook.parameters),
        gives=_together([_checked(r, named) for r in hook.returns]),
        back=hook.back,
        of_record=hook.of_record,
    )


def _together(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"tuple[{', '.join(parts)}]"


def _annotation(value: HookValue, named: Callable[[str], str]) -> str:
    return _or_none(plain(value.type, named), value)


def _checked(value: HookValue, named: Callable[[str], str]) -> str:
    if value.fields:
        keys = (f"{text(f.name)}: {_slot(f)}" for f in value.fields)
        return f"plain({{{', '.join(keys)}}})"
    return _or_none(wire(value.type, named), value)


def _slot(field: HookValue) -> str:
    annotation = wire(field.type, _unnamed)
    return f"NotRequired[{annotation}]" if field.none else annotation


def _or_none(annotation: str, value: HookValue) -> str:
    return f"{annotation} | None" if value.none and annotation != "Any" else annotation


def _unnamed(name: str) -> str:
    raise AssertionError(f"an object that is converted by hand has no values of {name} in it")
