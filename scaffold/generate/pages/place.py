"""Where the documentation is served."""

from __future__ import annotations

from ...contract.history import History

PLACES = ("/docs", "/api-docs", "/documentation")


def docs_path(history: History) -> str:
    """`/docs`, or a path like it where some operation is served there without a version in its path."""
    history = history.whole
    bases = {history.api.base_path.rstrip("/")} | {c.base_path for c in history.contracts if c.base_path is not None}
    taken = {f"{base}{o.path}" for base in bases for c in history.contracts for o in c.operations} | bases
    free = (p for p in PLACES if not any(f"{t}/".startswith(f"{p}/") for t in taken))
    return next(free, PLACES[-1])
