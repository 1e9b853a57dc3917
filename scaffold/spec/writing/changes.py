"""Changes as the items of a YAML list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...contract.changes import Change
from ...contract.contract import Contract
from . import member_changes, operation_changes
from .layout import Block, mapping, sequence
from .rows import Row, Rows, here

ROWS: Rows = {**member_changes.ROWS, **operation_changes.ROWS}
"""How each class of change is written."""

GUESSED = "guessed by the import: keep it if it is right, else write remove and add"


def change_keys(change: Change, contract: Contract) -> Block:
    """The mapping that says `change`, which is made to `contract`."""
    row: Row = ROWS[type(change)]
    made = Block(row(change, here(contract, getattr(change, "types", ()) if _brings(change) else ())))
    for name in ("why", "note", "guessed"):
        value = getattr(change, name)
        if value is not None:
            made[name] = value
    if change.guessed is not None:
        made.comment = GUESSED
    return made


def _brings(change: Change) -> bool:
    """Whether `change` has types that are written in a place of it, and not only their names."""
    return not any(isinstance(t, str) for t in getattr(change, "types", ()))


def states(changes: Sequence[Change], contract: Contract, version: str) -> list[Contract]:
    """The contract before each of `changes`, the first of which is made to `contract`.

    Raises:
        ScaffoldError: SC3xx of a change that does not fit.
    """
    made = []
    for change in changes:
        made.append(contract)
        contract = change.apply(contract, version)
    return made


def item_keys(changes: Sequence[Change], before: Sequence[Contract]) -> list[Block]:
    """Each of `changes`, made to the contract in the same place of `before`."""
    return [change_keys(change, contract) for change, contract in zip(changes, before, strict=True)]


def change_text(keys: Mapping[str, object]) -> str:
    """One change as the text that `append_changes` and `cut_next` take: a mapping, a comment above it."""
    comment = getattr(keys, "comment", None)
    return "\n".join([*([f"# {comment}"] if comment else []), *mapping(keys)])


def list_text(items: Sequence[Block]) -> str:
    """Changes as the items of a list, their dashes in the first column."""
    return "".join(f"{text}\n" for text in sequence(items))
