"""Parameters of one operation: which were renamed or travel elsewhere, and what else changed about them."""

from __future__ import annotations

from typing import Any

from ...contract.address import OperationAddress, ParameterAddress
from ...contract.changes import AddParameter, ChangeParameter, MoveParameter, RemoveParameter, RenameParameter
from ...contract.operation import Operation
from ...contract.parameter import Location, Parameter
from ...contract.types import MISSING
from .choosing import Chosen, codec_for, keep, value_for
from .comparing import same_type, text
from .draft import Draft
from .fields import bounds_between
from .matching import Evidence, about_examples, about_names, about_prose, best_pairs
from .shapes import alike


def _at(operation: Operation, parameter: Parameter) -> ParameterAddress:
    return ParameterAddress(OperationAddress(operation.method, operation.path), parameter.location, parameter.name)


def rename_parameters(draft: Draft) -> None:
    """Rename parameters that stand under other names in the target, or elsewhere, where that is likely enough."""
    if not draft.guess:
        return
    for new in draft.target.operations:
        old = draft.contract.operation(new.method, new.path)
        if old is None:
            continue
        gone = [p for p in old.parameters if new.parameter(p.name, p.location) is None]
        come = [p for p in new.parameters if old.parameter(p.name, p.location) is None]
        named = {_key(p): p for p in (*gone, *come)}
        candidates = [
            (_key(p), _key(q), _evidence(draft, p, q, len(gone) == len(come) == 1)) for p in gone for q in come
        ]
        for pair in best_pairs((o, n, e) for o, n, e in candidates if e is not None):
            one, other = named[pair.old], named[pair.new]
            if one.location is other.location:
                rename = RenameParameter(at=_at(old, one), to=other.name, guessed=pair.confidence)
                draft.make(rename, pair.reasons)
            else:
                name = None if one.name == other.name else other.name
                move = MoveParameter(at=_at(old, one), to=other.location, name=name, guessed=pair.confidence)
                draft.make(move, pair.reasons)


def _key(parameter: Parameter) -> str:
    return f"{parameter.location.value} {parameter.name}"


def _evidence(draft: Draft, one: Parameter, other: Parameter, alone: bool) -> Evidence | None:
    if Location.PATH in (one.location, other.location) or not alike(draft, one.type, other.type):
        return None
    found = Evidence()
    about_names(found, one.name.removeprefix("X-"), other.name.removeprefix("X-"))
    about_prose(found, one.description, other.description)
    about_examples(found, one.example, other.example)
    found.add(1.0, 1.0, f"both are {one.type}")
    found.add(1.0, 1.0 if one.required == other.required else 0.0, "required alike")
    found.add(1.0, 1.0 if one.location is other.location else 0.5, "they travel in the same place")
    found.add(1.0, 1.0 if alone else None, "the only ones that go and come")
    return found


def change_parameters(draft: Draft, new: Operation) -> None:
    """Remove, add and change the parameters of an operation until they are those of `new`."""
    old = draft.contract.operation(new.method, new.path)
    assert old is not None  # both are here
    for p in old.parameters:
        if new.parameter(p.name, p.location) is None:
            draft.make(RemoveParameter(at=_at(old, p)))
    for p in new.parameters:
        before = old.parameter(p.name, p.location)
        if before is None:
            _add(draft, new, p)
        else:
            _change(draft, new, before, p)


def _add(draft: Draft, operation: Operation, parameter: Parameter) -> None:
    chosen: Chosen = []
    sends: Any = MISSING
    if parameter.required and parameter.default is MISSING and parameter.location is not Location.PATH:
        sends = value_for(draft.target, parameter.type, nullable=False, key="old_sends", chosen=chosen)
    types = draft.brought([parameter.type])
    change = AddParameter(at=_at(operation, parameter), parameter=parameter, types=types, old_sends=sends)
    draft.make(change, chosen=chosen)


def _change(draft: Draft, operation: Operation, before: Parameter, after: Parameter) -> None:
    stated: dict[str, Any] = {}
    drop: list[str] = []
    chosen: Chosen = []
    if not same_type(before.type, after.type):
        found = bounds_between(before.type, after.type)
        if found is not None:
            bounds, gone = found
            drop += gone
            stated |= {"bounds": bounds or None, "policy": keep(chosen)}
        else:
            stated |= {"type": after.type, "types": draft.brought([after.type])}
            stated["codec"] = codec_for(draft.contract, before.type, after.type, chosen)
    if before.required != after.required:
        stated["required"] = after.required
        if after.required and before.default is MISSING:
            sends = value_for(draft.target, after.type, nullable=False, key="old_sends", chosen=chosen)
            stated["old_sends"] = sends
    for word in ("style", "explode", "media_type"):
        value = getattr(after, word)
        if value != getattr(before, word):
            if value is None:
                drop.append(word)
            else:
                stated[word] = value
    if after.default is MISSING and before.default is not MISSING:
        drop.append("default")
    elif after.default is not MISSING and (before.default is MISSING or text(before.default) != text(after.default)):
        stated["default"] = after.default
    if stated or drop:
        draft.make(ChangeParameter(at=_at(operation, before), drop=tuple(drop), **stated), chosen=chosen)
