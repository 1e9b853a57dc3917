"""Which converters a history needs, found the way shapes are: those that do the same are one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.naming import safe_name
from ..convert.mapping import Mapper
from ..convert.nodes import SideMap
from ..convert.records import Records
from ..convert.undecided import undecided
from .choices import Choices
from .converters import MODES, PREFIX, Converter, Converters, Joining, Mode, groups_of, keeps
from .python import snake, version_suffix
from .same_text import said_beside, said_of_group, said_of_node
from .shapes import Shapes
from .sides import Side, classes, refers_to, sides


def converters(history: History, records: Records, shapes: Shapes) -> Converters:
    """The converters of `history`, which is prepared; a side that no way leads to has none."""
    reached = sides(history)
    mappers = {c.version: Mapper(history, records, c.version) for c in history.contracts}
    mapped: dict[Side, SideMap] = {}
    for side, (_, type_) in reached.items():
        found = mappers[side.version].side(type_, side.view)
        if found is not None:
            mapped[side] = found
    local: dict[Side, Hashable] = {
        s: (s.type, id(shapes.of[s]), _keeps(s, m, mapped), tuple(said_of_node(n, s) for n in m.nodes), said_beside(m))
        for s, m in mapped.items()
    }
    refers = {s: _refers(reached[s][0], m) for s, m in mapped.items()}
    lost = {s for s in reached if (s.type, s.view) in mappers[s.version].lost}
    _forget(local, refers, lost)
    classed = classes(local, refers)
    result = Converters(
        history, records, shapes, undecided(history), contracts={c.version: c for c in history.contracts}
    )
    made: dict[tuple[int, Mode], Converter] = {}
    names: set[tuple[str, str]] = set()
    for side, number in classed.items():
        for mode in MODES[side.view]:
            if (number, mode) not in made:
                module = shapes.modules[side.type]
                prefix = "fresh_" if side.view is View.REPLACE and mode is Mode.CREATE else PREFIX[mode]
                name = f"{prefix}{_base(reached[side][1], side)}"
                while (module, name) in names:
                    name += "_"
                names.add((module, name))
                made[number, mode] = Converter(name, module, mode, side, mapped[side])
                result.all.append(made[number, mode])
            result.of[side, mode] = made[number, mode]
    Choices(result, names, classed).find({s: mapped[s] for s in classed})
    for side in classed:
        _join(result, side, mapped[side], reached[side][1], names)
    return result


def _join(result: Converters, side: Side, mapping: SideMap, type_: ObjectType, names: set[tuple[str, str]]) -> None:
    """Find the functions for the groups of a side; those that do the same are one."""
    module = result.shapes.modules[side.type]
    for group in groups_of(mapping.nodes):
        known = said_of_group(group)
        made = next((j for j in result.all_joining if j.module == module and said_of_group(j.group) == known), None)
        if made is None:
            slots = (group.program.slots[m].field for m in group.program.members)
            fields = "_".join(safe_name(f.name) for f in group.fields or slots).lower()
            name = f"{fields}_{_base(type_, side)}"
            while (module, name) in names:
                name += "_"
            names.add((module, name))
            made = Joining(name, module, side.version, group)
            result.all_joining.append(made)
        result.joining[side.version, known] = made


def _keeps(side: Side, mapping: SideMap, mapped: Mapping[Side, SideMap]) -> bool:
    """Whether a converter keeps what it is sent word for word: nothing is, where the version is never shown it."""
    return bool(keeps(mapping)) and Side(side.version, side.type, View.OUTPUT) in mapped


def _forget(local: dict[Side, Hashable], refers: Mapping[Side, list[Side]], lost: set[Side]) -> None:
    """Leave out the sides that are `lost`, and those that hold them."""
    while lost:
        for side in lost:
            local.pop(side, None)
        lost = {s for s in local if any(r in lost for r in refers[s])}


def _base(type_: ObjectType, side: Side) -> str:
    return f"{snake(type_.name)}_{version_suffix(side.version).lower()}"


def _refers(contract: Contract, mapping: SideMap) -> list[Side]:
    """The sides whose converters those of `mapping` call, those inside objects in parts too."""
    found = refers_to(contract, [leaf.field for leaf in mapping.leaves()])
    whole = [Side(s.version, s.type, View.REPLACE) for s in found if s.view is View.UPDATE]
    return [*found, *whole]
