"""Which rows older versions do not see: what leads to the values that they are not shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.types import Ref
from ..convert.conversions import Chosen
from ..convert.innermost import innermost
from ..convert.mapping import Mapper
from ..convert.nodes import Leaf
from .python import text
from .stored_unions import mentioned
from .table_model import Table, Tables


@dataclass
class Leading:
    """An attribute of a record that leads to such values: who shows it, and by record who does not see one."""

    shown: dict[str, None] = field(default_factory=dict)
    hidden: dict[str, dict[str, None]] = field(default_factory=dict)


@dataclass(frozen=True)
class HidesView:
    """A row of the table in `storage.py`: all are expressions."""

    record: str
    attribute: str
    shown: str
    hidden: tuple[tuple[str, str], ...]


def hides(tables: Tables) -> tuple[HidesView, ...]:
    """The rows, for records that some table holds; none where every version sees everything."""
    if all(t.hides is None for t in tables.tables):
        return ()
    names = tables.records.name
    return tuple(
        HidesView(
            f"records.{names(record)}",
            text(attribute),
            _set(leading.shown),
            tuple((f"records.{names(held)}", _set(versions)) for held, versions in leading.hidden.items()),
        )
        for (record, attribute), leading in _leading(tables).items()
    )


def blind(tables: Tables, table: Table) -> tuple[str, ...]:
    """The versions that do not see every row of a table."""
    found = _leading(tables) if table.hides is not None else {}
    here = {v for leading in found.values() for versions in leading.hidden.values() for v in versions}
    return tuple(c.version for c in tables.history.contracts if c.version in here)


def _leading(tables: Tables) -> Mapping[tuple[str, str], Leading]:
    """By record and attribute; only what leads to something that is hidden."""
    found: dict[tuple[str, str], Leading] = {}
    for contract in tables.history.contracts:
        mapper = Mapper(tables.history, tables.records, contract.version)
        for type_ in contract.types.values():
            mapping = mapper.side(type_, View.OUTPUT) if isinstance(type_, ObjectType) else None
            for leaf in mapping.leaves() if mapping is not None else ():
                _look(found, leaf, contract.version, type_.identity)
    return _reaching(found, tables)


def _look(found: dict[tuple[str, str], Leading], leaf: Leaf, version: str, record: str) -> None:
    leading = Leading()
    for step in leaf.record:
        leading = found.setdefault((record, step.attr), Leading())
        leading.shown[version] = None
        record = step.type.name if isinstance(step.type, Ref) else ""
    crossing = innermost(leaf.conversion)
    if isinstance(crossing, Chosen):
        for type_, way in zip(crossing.record, crossing.down, strict=True):
            if way is not None and way.hidden and isinstance(type_, Ref):
                leading.hidden.setdefault(type_.name, {})[version] = None


def _reaching(found: dict[tuple[str, str], Leading], tables: Tables) -> Mapping[tuple[str, str], Leading]:
    kept = {key: leading for key, leading in found.items() if leading.hidden}
    size = -1
    while size < len(kept):
        size = len(kept)
        into = {record for record, _ in kept}
        for (record, attribute), leading in found.items():
            held = tables.records.objects.get(record)
            attr = next((f for f in held.fields if f.attr == attribute), None) if held is not None else None
            if attr is not None and into & set(mentioned(attr.type)):
                kept[record, attribute] = leading
    return {key: leading for key, leading in found.items() if key in kept}


def _set(versions: Mapping[str, None]) -> str:
    return f"frozenset({{{', '.join(map(text, versions))}}})"
