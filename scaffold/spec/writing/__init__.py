"""Contracts, changes and histories as the YAML that a person would have written."""

from __future__ import annotations

from collections.abc import Sequence

from ...contract.changes import Change
from ...contract.contract import Contract
from ...contract.history import Version
from .changes import change_text, item_keys, list_text, states
from .files import spec_files
from .layout import mapping
from .sections import version_keys

DRAFT = "next"


def change_items(changes: Sequence[Change], contract: Contract, *, version: str = DRAFT) -> tuple[str, ...]:
    """Each of `changes` as a text that `append_changes` and `cut_next` take; the first is made to `contract`.

    Raises:
        ScaffoldError: SC3xx of a change that does not fit.
    """
    return tuple(change_text(item) for item in item_keys(changes, states(changes, contract, version)))


def changes_text(changes: Sequence[Change], contract: Contract, *, version: str = DRAFT) -> str:
    """`changes` as the items of the list under `changes`, dashes in the first column; the first is made to `contract`.

    Raises:
        ScaffoldError: SC3xx of a change that does not fit.
    """
    return list_text(item_keys(changes, states(changes, contract, version)))


def version_text(version: Version, contract: Contract, *, listed: bool = False) -> str:
    """A version as a file of its own below `versions/`, or `listed`, as an item of the list under `versions`.

    `contract` is what it was before. Releases are not part of it.

    Raises:
        ScaffoldError: SC3xx of a change that does not fit.
    """
    keys = version_keys(version, states(version.changes, contract, version.id))
    return list_text([keys]) if listed else "".join(f"{line}\n" for line in mapping(keys))


__all__ = ["change_items", "changes_text", "spec_files", "version_text"]
