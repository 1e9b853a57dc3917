"""A handler serves one resource, in all versions: a new resource may not have the name of another one's."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import AddResource
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.standard import plural
from ..diagnostics import Diagnostic

BESIDE = "operations"
"""The handler of the operations beside the resources."""


def shared(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The resources of `history` that are added with the name of a handler that serves something else in any version.

    That the other resource has another name by now, another path, or is gone, does not matter: its rows are there.
    """
    holders = {BESIDE: ("", "the operations beside the resources")}
    for applied in history.applied:
        _hold(holders, applied.before)
        change = applied.change
        if not isinstance(change, AddResource):
            continue
        new = change.resource
        identity = applied.after.types[new.type].identity
        holder, name = holders.setdefault(new.handler, (identity, ""))
        if holder != identity:
            other = f"{plural(new.path)}_{applied.version}".replace(".", "_")
            yield (
                applied,
                Diagnostic(
                    "SC227",
                    f"the handler `{new.handler}` of `{new.type}` is taken by {name}",
                    help=f"name another: `handler: {other}`",
                ),
            )


def _hold(holders: dict[str, tuple[str, str]], contract: Contract) -> None:
    """Note whose the handlers of `contract` are, where nobody had them before."""
    for resource in contract.resources.values():
        identity = contract.types[resource.type].identity
        name = f"`{resource.type}` of {contract.version}"
        holders.setdefault(resource.handler, (identity, name))
