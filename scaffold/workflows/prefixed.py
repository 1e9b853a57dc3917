"""Documents read in order, with or without their version in their paths, and where their operations are served."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.prefix import PREFIX, VERSION, prefix_of, unprefixed
from ..diagnostics import Diagnostic, ScaffoldError, Severity
from ..openapi.reading import Published, Remark
from .prefixes import Habit, Prefix, beside_remarks, find_prefix, is_versioned, left_because, read_published
from .published import Source, base_path, names_version, server_path


def read_all(sources: Sequence[Source], before: Contract | None) -> tuple[tuple[Source, Published], ...]:
    """What each of `sources` publishes, oldest first; `before` is the contract that they go on from.

    A document without the prefix of its paths has it in its contract.

    Raises:
        ScaffoldError: everything that is wrong with any of them.
    """
    found: list[Diagnostic] = []
    made: list[tuple[Source, Published]] = []
    habit = Habit() if before is None else Habit.of(before)
    for source in sources:
        try:
            published = _read(source, habit)
        except ScaffoldError as error:
            found += error.diagnostics
            continue
        made.append((source, published))
        habit = Habit.of(published.contract)
    if found:
        raise ScaffoldError(found)
    return tuple(made)


def _read(source: Source, habit: Habit) -> Published:
    document, version = source.document, source.version
    prefix = find_prefix(document)
    if prefix is not None and habit.goes(prefix, version):
        found = read_published(document, version=version, file=source.file, prefix=prefix, named=version)
        if not names_version(found.servers, version):
            return found
    found = read_published(document, version=version, file=source.file, prefix=None)
    why = left_because(document, habit, version)
    return found if why is None else replace(found, remarks=(*found.remarks, why))


def base_of(read: Sequence[tuple[Source, Published]]) -> str:
    """What stands before the versions in the paths of a new history: as the first document has it.

    Where that one names no version, it is as the first one has it that does in its paths.
    """
    (source, published), *others = read
    if _names_in_paths(published.contract) or names_version(published.servers, source.version):
        return _base(source, published)
    later = (_base(s, p) for s, p in others if _names_in_paths(p.contract))
    return next(later, _base(source, published))


def _names_in_paths(contract: Contract) -> bool:
    return str(contract.extra.get(PREFIX, "")).endswith(f"/{VERSION}")


def _base(source: Source, published: Published) -> str:
    if not _names_in_paths(published.contract):
        return base_path(published.servers, source.version)
    head = prefix_of(published.contract).rpartition("/")[0]
    return base_path((f"{server_path(published.servers)}{head}",), "")


def beside(history: History, source: Source, published: Published) -> tuple[Remark, ...]:
    """A remark on each path that stands beside the prefix of its document."""
    prefix = Prefix(prefix_of(published.contract), tuple(unprefixed(published.contract)))
    return beside_remarks(prefix, f"{history.api.base_path}/{source.version}")


def elsewhere(history: History, source: Source, published: Published) -> Iterator[Diagnostic]:
    """A warning where operations are not served at the addresses that were published, as far as prefixes are meant."""
    contract, base = published.contract, history.api.base_path
    if not any(map(prefix_of, history.contracts)) or is_versioned(o.path for o in contract.operations):
        return
    served = f"{base}/{source.version}"
    stated = f"{server_path(published.servers)}{prefix_of(contract)}"
    if stated == served or (stated == base and source.version == history.unspecified):
        return
    yield Diagnostic(
        "SC457",
        f"`{source.file}` has its operations below `{stated or '/'}`, and they are served below `{served}`",
        help="lead callers there, in a gateway or with routes of your own",
        severity=Severity.WARNING,
    )
