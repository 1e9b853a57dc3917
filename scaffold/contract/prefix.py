"""What published documents put before the paths of operations: `/api/v2`, where a version stands in the paths.

A contract knows its operations by what stands behind it, so that they are the same ones in every version. It is kept
with what documents say beside, as `prefix`, in which `{version}` is the version's id; `unprefixed` are the paths that
stand beside it.
"""

from __future__ import annotations

from collections.abc import Collection

from .contract import Contract

PREFIX, UNPREFIXED, VERSION = "prefix", "unprefixed", "{version}"
WORDS = (PREFIX, UNPREFIXED)
"""What is kept with what documents say, and is no part of them."""


def prefix_of(contract: Contract) -> str:
    """What stands before the paths in the document of `contract`; nothing, if it has no prefix."""
    said = contract.extra.get(PREFIX)
    return said.replace(VERSION, contract.version) if isinstance(said, str) else ""


def unprefixed(contract: Contract) -> Collection[str]:
    """The paths of `contract` that stand in its document as they are."""
    said = contract.extra.get(UNPREFIXED)
    return tuple(path for path in said if isinstance(path, str)) if isinstance(said, list) else ()


def published_path(contract: Contract, path: str) -> str:
    """A path of `contract` as its document states it."""
    prefix = prefix_of(contract)
    return path if not prefix or path in unprefixed(contract) or not path.startswith("/") else f"{prefix}{path}"
