"""What a row keeps beside the values of a record: shadows, and what was stored of them."""

from __future__ import annotations

from collections.abc import Mapping

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import EnumType, ObjectType
from ..contract.types import Scalar
from ..convert.conversions import Mapped, Same
from ..convert.innermost import innermost
from ..convert.mapping import Mapper
from ..convert.nodes import Group, Leaf, Node, leaves_of
from .converters import keeps
from .fills import missing_in_json
from .python import text
from .record_access import place
from .record_storage import Kept, KeptJoint
from .sides import sides
from .stored_values import READ_BACK
from .table_model import Tables


def kept_by_record(tables: Tables) -> Mapping[str, Kept]:
    """What each record keeps, by identity of its type."""
    history, records = tables.history, tables.records
    heirs: dict[str, dict[str, dict[str, str]]] = {}
    others: dict[str, dict[str, dict[str, str]]] = {}
    getters: dict[str, dict[str, str]] = {}
    older: dict[str, dict[str, dict[str, tuple[str, str]]]] = {}
    again: dict[str, set[str]] = {}
    lacking: dict[str, dict[str, dict[str, dict[str, None]]]] = {}
    joined: dict[str, dict[tuple[str, ...], KeptJoint]] = {}
    mappers = {c.version: Mapper(history, records, c.version) for c in history.contracts}
    for side, (_, type_) in sides(history).items():
        mapping = mappers[side.version].side(type_, side.view)
        if mapping is None:
            continue
        for leaf in mapping.leaves():
            if side.view is View.OUTPUT and isinstance(leaf.conversion, Same) and not leaf.shadowed:
                again.setdefault(leaf.field.field.identity, set()).add(side.version)
        for node in keeps(mapping):
            found = getters.setdefault(mapping.record.identity, {})
            if side.view is View.OUTPUT or node.shadow not in found:
                found[node.shadow] = _getter(node)
            if isinstance(node, Group) and (alike := _as_stored(node)) is not None:
                joined.setdefault(mapping.record.identity, {})[alike] = _kept_joint(node, alike)
            if isinstance(node, Leaf):
                versions = older.setdefault(mapping.record.identity, {}).setdefault(node.field.field.identity, {})
                versions[side.version] = _shadow(node)
                lacks = lacking.setdefault(mapping.record.identity, {}).setdefault(node.field.field.identity, {})
                if not node.field.field.required:
                    lacks.setdefault("absent", {})[text(node.shadow)] = None
                if node.field.field.nullable:
                    lacks.setdefault("null", {})[text(node.shadow)] = None
                if words := _words(node, history.contract(side.version), tables):
                    mine = heirs.setdefault(mapping.record.identity, {}).setdefault(node.field.field.identity, {})
                    mine[text(node.shadow)] = words
                    if beside := _others(node, tables):
                        each = others.setdefault(mapping.record.identity, {})
                        each.setdefault(node.field.field.identity, {})[text(node.shadow)] = beside
    missing = missing_in_json(history, records)
    objects = [t for c in history.whole.contracts for t in c.types.values() if isinstance(t, ObjectType)]
    nullable = frozenset(f.identity for t in objects for f in t.fields if f.nullable)
    made: dict[str, Kept] = {}
    for identity in records.objects:
        made[identity] = Kept(missing=missing, nullable=nullable, again=again)
        if identity in tables.keeping:
            made[identity] = Kept(
                keeps=True,
                getters=getters.get(identity, {}),
                older=older.get(identity, {}),
                heirs=heirs.get(identity, {}),
                others=others.get(identity, {}),
                missing=missing,
                again=again,
                lacking=lacking.get(identity, {}),
                nullable=nullable,
                joints=joined.get(identity, {}),
            )
    return made


def _getter(node: Node) -> str:
    if isinstance(node, Leaf):
        return f"lambda record: {place('record', node.record).or_absent}"
    leaves = node.ends if isinstance(node, Group) else leaves_of(node.children)
    parts = ", ".join(place("record", leaf.record).or_absent for leaf in leaves)
    return f"lambda record: [{parts}]"


def _as_stored(group: Group) -> tuple[str, ...] | None:
    """The fields of a group whose words are those that are written along: one joint converts them, and no codec."""
    program = group.program
    crossings = [*(s.conversion for s in program.slots.values()), *(end.conversion for end in group.ends)]
    if len(program.joints) > 1 or not all(isinstance(c, Same) for c in crossings):
        return None
    older = tuple(f.identity for f in program.joints[0].older)
    return older if sorted(older) == sorted(program.members) else None


def _kept_joint(group: Group, older: tuple[str, ...]) -> KeptJoint:
    """What a group keeps of the `older` fields: its key, and how its JSON becomes values again."""
    members = group.program.members
    types = [group.program.slots[m].field.type for m in members]
    readers = [READ_BACK.get(t.kind, "") if isinstance(t, Scalar) else "" for t in types]
    read = readers[0] if len(readers) == 1 else f"parted({', '.join(r or 'None' for r in readers)})"
    order = tuple(older.index(m) for m in members)
    return KeptJoint(text(group.shadow), read, () if members == older else order)


def _words(leaf: Leaf, contract: Contract, tables: Tables) -> str:
    """The removed values of an enum as a version calls them, by the names they are stored under."""
    mapped = innermost(leaf.conversion)
    if not isinstance(mapped, Mapped):
        return ""
    stored, version = tables.enums[mapped.enum], contract.types_by_identity[mapped.enum]
    assert isinstance(version, EnumType)
    gone = {
        stored.names[v.identity]: v.value
        for v in version.values
        if stored.names[v.identity] in stored.loaded and stored.names[v.identity] not in stored.stored.values()
    }
    return _table(gone) if gone else ""


def _others(leaf: Leaf, tables: Tables) -> str:
    """The values of an enum that are left, by the names they are stored under, as those are shown that stand beside
    removed ones; nothing where a field holds one value alone.
    """
    mapped = innermost(leaf.conversion)
    if mapped is leaf.conversion or not isinstance(mapped, Mapped):
        return ""
    return _table({name: mapped.down.get(now, now) for now, name in tables.enums[mapped.enum].stored.items()})


def _table(words: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{text(k)}: {text(v)}" for k, v in words.items()) + "}"


def _shadow(leaf: Leaf) -> tuple[str, str]:
    """The key of a shadow, and how its JSON becomes a value again."""
    kind = leaf.field.type.kind if isinstance(leaf.field.type, Scalar) else None
    return text(leaf.shadow), READ_BACK.get(kind, "") if kind else ""
