"""Which objects of those that a version is shown stand in the record; others were stated by the spec, or may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scaffold.contract.contract import Contract
from scaffold.contract.message import View
from scaffold.contract.named_types import ObjectType
from scaffold.convert.conversions import Nested
from scaffold.convert.nodes import Inline, Leaf, Node
from scaffold.generate.converters import Mode
from scaffold.generate.record_access import place
from scaffold.generate.runtime.absent import ABSENT
from scaffold.generate.shown_parts import complete
from scaffold.generate.sides import Side

from .packages import Package

Stored = Mapping[str, Any]
"""The names of the objects inside of one that are in the record, each with those inside of it."""


def stored_objects(made: Package, contract: Contract, type_: ObjectType, record: Any) -> Stored:
    """The objects inside of what a version is shown of `record`."""
    shown = made.converters.of[Side(contract.version, type_.identity, View.OUTPUT), Mode.SHOW]
    return _stored(made, contract, shown.mapping.nodes, record)


def _stored(made: Package, contract: Contract, nodes: Sequence[Node], record: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in nodes:
        if isinstance(node, Inline):
            if _holds(complete(node), record):
                found[node.field.name] = _stored(made, contract, node.children, record)
        elif isinstance(node, Leaf) and isinstance(node.conversion, Nested):
            inner = contract.types_by_identity[node.conversion.record]
            value = _value(place("record", node.record).or_absent, record)
            if value is not None and value is not ABSENT and isinstance(inner, ObjectType):
                found[node.field.name] = stored_objects(made, contract, inner, value)
    return found


def _holds(condition: str, record: Any) -> bool:
    return bool(_value(condition, record))


def _value(expression: str, record: Any) -> Any:
    return eval(expression, {"record": record, "ABSENT": ABSENT})
