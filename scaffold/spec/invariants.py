"""What must hold of a contract after every change, beyond what the change itself looks at."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.contract import Contract
from ..contract.naming import safe_name
from ..contract.types import ObjectType
from ..diagnostics import Diagnostic


def broken_promises(before: Contract, after: Contract) -> Iterator[Diagnostic]:
    """What `after` gets wrong in the parts that differ from `before`; without a place."""
    for name, type_ in after.types.items():
        if type_ is before.types.get(name) or not isinstance(type_, ObjectType):
            continue
        seen: dict[str, str] = {}
        for field in type_.fields:
            first = seen.setdefault(safe_name(field.name), field.name)
            if first != field.name:
                yield Diagnostic(
                    "SC216",
                    f"`{first}` and `{field.name}` of `{name}` both become `{safe_name(first)}` in Python",
                    help="choose another name",
                )
