"""Operations: which are the same at another address or under another id, which come and go."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ...contract.address import OperationAddress, ParameterAddress
from ...contract.changes import (
    AddOperation,
    ChangeSecurity,
    MoveOperation,
    RemoveOperation,
    RenameOperation,
    RenameParameter,
)
from ...contract.operation import Operation, mentioned
from ...contract.parameter import Location
from ...contract.types import references
from .comparing import said_by, ways
from .draft import Draft
from .matching import Evidence, about_names, about_prose, best_pairs, names_alike, words
from .messages import change_body, change_responses
from .parameters import change_parameters
from .shapes import forms_alike

COMMON = 20
"""What more operations than these have tells none of them apart."""


def at(operation: Operation) -> OperationAddress:
    """The address of an operation."""
    return OperationAddress(operation.method, operation.path)


def _in_path(path: str) -> list[str]:
    return re.findall(r"{([^}]+)}", path)


def _shape(path: str) -> str:
    """A path whatever its parameters are called."""
    return re.sub(r"{[^}]*}", "{}", path)


def move_operations(draft: Draft) -> None:
    """Move operations to where the target has them: other names of path parameters surely, all else by likelihood."""
    gone, come = _unmatched(draft)
    shapes = {(o.method, _shape(o.path)): o for o in come}
    for old in gone:
        new = shapes.get((old.method, _shape(old.path)))
        if new is not None:
            _rename_in_path(draft, old, new)
    if not draft.guess:
        return
    gone, come = _unmatched(draft)
    candidates = [(o.address, n.address, _evidence(draft, o, n)) for o, n in _likely(gone, come)]
    by_address = {o.address: o for o in (*gone, *come)}
    for pair in best_pairs((o, n, e) for o, n, e in candidates):
        old, new = by_address[pair.old], by_address[pair.new]
        draft.make(MoveOperation(at=at(old), to=at(new), guessed=pair.confidence), pair.reasons)


def _unmatched(draft: Draft) -> tuple[list[Operation], list[Operation]]:
    mine = {o.address for o in draft.contract.operations}
    its = {o.address for o in draft.target.operations}
    gone = [o for o in draft.contract.operations if o.address not in its]
    return gone, [o for o in draft.target.operations if o.address not in mine]


def _rename_in_path(draft: Draft, old: Operation, new: Operation) -> None:
    """The same path on the wire with other names in it."""
    names = [(o, n) for o, n in zip(_in_path(old.path), _in_path(new.path), strict=True) if o != n]
    plain = len(names) == 1 and old.parameter(names[0][0], Location.PATH) and _in_path(old.path).count(names[0][0]) == 1
    if plain and names[0][1] not in _in_path(old.path):
        where = ParameterAddress(at(old), Location.PATH, names[0][0])
        draft.make(RenameParameter(at=where, to=names[0][1]))
    else:
        draft.make(MoveOperation(at=at(old), to=at(new)))


def _likely(gone: list[Operation], come: list[Operation]) -> Iterator[tuple[Operation, Operation]]:
    """Pairs that have something uncommon in common, and as many parameters in their paths."""
    holders: dict[str, list[Operation]] = defaultdict(list)
    for new in come:
        for feature in _features(new):
            holders[feature].append(new)
    for old in gone:
        met: dict[str, Operation] = {}
        for feature in sorted(_features(old)):
            found = holders.get(feature, [])
            if len(found) <= COMMON:
                met.update({o.address: o for o in found})
        for new in met.values():
            if len(_in_path(old.path)) == len(_in_path(new.path)):
                yield old, new


def _features(operation: Operation) -> set[str]:
    held = {f"type {name}" for t in mentioned(operation) for name in references(t)}
    parts = [p for p in operation.path.split("/") if p and not p.startswith("{")]
    last = words(parts[-1]) if parts else ()
    return {f"id {operation.id}", f"path {_shape(operation.path)}", *(f"part {w}" for w in last), *held}


def _evidence(draft: Draft, old: Operation, new: Operation) -> Evidence:
    found = Evidence()
    if old.id == new.id:
        found.add(3.0, 1.0, f"the same id `{new.id}`", telling=True)
    else:
        about_names(found, old.id, new.id)
    if old.body is not None or new.body is not None:
        same = old.body is not None and new.body is not None and forms_alike(draft, old.body, new.body)
        found.add(2.0, 1.0 if same else 0.0, "the same body")
    answers = [{str(r.status): r for r in o.responses if r.success} for o in (old, new)]
    same = answers[0].keys() == answers[1].keys()
    same = same and all(forms_alike(draft, r, answers[1][status]) for status, r in answers[0].items())
    found.add(2.0, 1.0 if same else 0.0, "the same answers")
    found.add(1.0, 1.0 if old.method == new.method else 0.0, "the same method")
    found.add(2.0, _paths_alike(old.path, new.path), "the paths are alike", telling=True)
    about_prose(found, old.summary or old.description, new.summary or new.description, 1.0)
    named = [{(p.location, p.name) for p in o.parameters if p.location is not Location.PATH} for o in (old, new)]
    if named[0] or named[1]:
        found.add(1.0, len(named[0] & named[1]) / len(named[0] | named[1]), "the same parameters")
    return found


def _paths_alike(one: str, other: str) -> float:
    left, right = ([s for s in _shape(p).split("/") if s] for p in (one, other))
    met = sum(s in right for s in left)
    last = names_alike(left[-1], right[-1]) if left and right else 0.0
    return 0.5 * met / (max(len(left), len(right)) or 1) + 0.5 * last


def change_operations(draft: Draft) -> None:
    """Remove, change and add operations until they are those of the target."""
    gone, _ = _unmatched(draft)
    for old in sorted(gone, key=lambda o: o.address):
        draft.make(RemoveOperation(at=at(old)))
    _rename_ids(draft)
    for new in draft.target.operations:
        before = draft.contract.operation(new.method, new.path)
        if before is None:
            _add(draft, new)
            continue
        change_parameters(draft, new)
        change_body(draft, new)
        change_responses(draft, new)
        if ways(before.security) != ways(new.security):
            draft.make(ChangeSecurity(at=at(new), to=new.security))


def replace_operations(draft: Draft) -> None:
    """Remove operations and add them as the target has them, where no smaller change said the difference."""
    for new in draft.target.operations:
        old = draft.contract.operation(new.method, new.path)
        if old is not None and said_by(draft.contract, old) != said_by(draft.target, new):
            draft.make(RemoveOperation(at=at(new)))
            _add(draft, new)


def _add(draft: Draft, new: Operation) -> None:
    types = draft.brought(mentioned(new))
    draft.make(AddOperation(operation=draft.born_operation(new), types=types))


def _rename_ids(draft: Draft) -> None:
    """Give operations their new ids, each when it is free; those that swap go by way of another one."""
    wanted = {}
    for new in draft.target.operations:
        old = draft.contract.operation(new.method, new.path)
        if old is not None and old.id != new.id:
            wanted[at(new)] = new.id
    while wanted:
        ids = {o.id for o in draft.contract.operations}
        free = next((a for a, id_ in wanted.items() if id_ not in ids), None)
        if free is not None:
            draft.make(RenameOperation(at=free, to=wanted.pop(free)))
            continue
        first, id_ = next(iter(wanted.items()))
        number = 2
        while f"{id_}_{number}" in ids:
            number += 1
        if not draft.make(RenameOperation(at=first, to=f"{id_}_{number}")):
            return
        if all(a == first for a in wanted):  # somebody else has the id and keeps it
            return
