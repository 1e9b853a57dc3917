"""The rules for enums, types, resources, operations and the envelope."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..contract.changes import (
    AddEnumValue,
    ChangeEnumValue,
    MergeEnumValues,
    MoveOperation,
    RemoveEnumValue,
    RemoveOperation,
    RemoveResource,
    RenameEnumValue,
    RenameType,
    SplitEnumValue,
)
from ..contract.changes.base import listing
from ..contract.changes.resources import moved_operations
from .case import Case
from .verdicts import Direction, Reason, Verdict

BOTH = (Direction.REQUEST, Direction.RESPONSE)


def of_added_value(case: Case) -> Iterator[Reason]:
    """Old clients never send a new value, and may not know what to do with one that they read."""
    change = case.applied.change
    assert isinstance(change, AddEnumValue)
    says = {
        Direction.REQUEST: (Verdict.SAFE, f"Old clients never send `{change.at.name}`."),
        Direction.RESPONSE: (
            Verdict.RISKY,
            f"Old clients may not know what to do with `{change.at.name}`.",
        ),
    }
    enum = case.before.enum(change.at.type)
    if enum is not None and enum.open:
        says[Direction.RESPONSE] = (Verdict.SAFE, f"Old clients of `{enum.name}` expect other values.")
    if change.opt_in is not None:
        says[Direction.RESPONSE] = (Verdict.SAFE, f"`{change.at.name}` is shown to those who send `{change.opt_in}`.")
    for direction in case.directions(case.before.types[change.at.type].identity):
        yield Reason(direction, says[direction][0], "enum-value-added", says[direction][1])


def of_held_value(case: Case) -> Iterator[Reason]:
    """Old clients meet a value that they did not ask for, or have to ask for one that they know."""
    change = case.applied.change
    assert isinstance(change, ChangeEnumValue)
    enum, name = case.before.enum(change.at.type), change.at.name
    value = None if enum is None else enum.value(name)
    assert enum is not None  # the change was applied to it
    assert value is not None
    was = None if value.opt_in is None else value.opt_in.header
    taken, shown = Verdict.SAFE, Verdict.MEANING
    request, response = f"Old clients never send `{name}` unasked.", f"What others are shown for `{name}` is another."
    if change.opt_in is None:
        shown = Verdict.SAFE if enum.open else Verdict.RISKY
        response = f"Old clients that did not ask for `{name}` may not know what to do with it."
        if enum.open:
            response = f"Old clients of `{enum.name}` expect other values."
    elif change.opt_in != was:
        taken = Verdict.BREAKING
        request = f"Old clients send `{name}`, and do not ask for it by `{change.opt_in}`."
        response = f"Old clients do not send `{change.opt_in}`, and are shown another value for `{name}`."
    says = {Direction.REQUEST: (taken, request), Direction.RESPONSE: (shown, response)}
    for direction in case.directions(enum.identity):
        yield Reason(direction, says[direction][0], "enum-value-held-back", says[direction][1])


def of_removed_value(case: Case) -> Iterator[Reason]:
    """Old clients may send a value that is gone; they will not read it."""
    change = case.applied.change
    assert isinstance(change, RemoveEnumValue)
    says = {
        Direction.REQUEST: (Verdict.BREAKING, f"Old clients may send `{change.at.name}`, which is refused."),
        Direction.RESPONSE: (Verdict.SAFE, f"`{change.at.name}` is never answered."),
    }
    for direction in case.directions(case.before.types[change.at.type].identity):
        yield Reason(direction, says[direction][0], "enum-value-removed", says[direction][1])


def of_split_value(case: Case) -> Iterator[Reason]:
    """Old clients send the one value, and read others than they know."""
    change = case.applied.change
    assert isinstance(change, SplitEnumValue)
    new = " or ".join(f"`{name}`" for name in change.into)
    for direction in case.directions(case.before.types[change.at.type].identity):
        sentence = f"Old clients know `{change.at.name}`, not {new}."
        yield Reason(direction, Verdict.BREAKING, "enum-value-split", sentence)


def of_merged_values(case: Case) -> Iterator[Reason]:
    """Old clients send the old values, and read one that they may not know."""
    change = case.applied.change
    assert isinstance(change, MergeEnumValues)
    old = listing(change.names)
    for direction in case.directions(case.before.types[change.at.type].identity):
        sentence = f"Old clients know {old}, which are `{change.into}` now."
        yield Reason(direction, Verdict.BREAKING, "enum-values-merged", sentence)


def of_renamed_value(case: Case) -> Iterator[Reason]:
    """Old clients send and read the old word."""
    change = case.applied.change
    assert isinstance(change, RenameEnumValue)
    for direction in case.directions(case.before.types[change.at.type].identity):
        sentence = f"Old clients know `{change.at.name}`, not `{change.to}`."
        yield Reason(direction, Verdict.BREAKING, "enum-value-renamed", sentence)


def of_nothing_met(case: Case) -> Iterator[Reason]:
    """A type that comes or goes while nothing uses it is not seen by anybody."""
    for direction in BOTH:
        yield Reason(direction, Verdict.SAFE, "type-unused", "Nothing that old clients use mentions the type.")


def of_renamed_type(case: Case) -> Iterator[Reason]:
    """The name of a type is not on the wire."""
    change = case.applied.change
    assert isinstance(change, RenameType)
    for direction in case.directions(case.before.types[change.name].identity):
        sentence = f"The name `{change.name}` is never sent: only generated clients see it."
        yield Reason(direction, Verdict.SAFE, "type-renamed", sentence)
    yield from of_moved_resource(case)


def of_moved_resource(case: Case) -> Iterator[Reason]:
    """Old clients call the old paths; links in answers lead to the new ones."""
    for old, new in moved_operations(case.before, case.after):
        if old.identity in case.known:
            said = f"Old clients still call `{old.address}`."
            yield Reason(Direction.REQUEST, Verdict.BREAKING, "operation-moved", said)
            said = f"Links and `Location` headers lead to `{new.path}`."
            yield Reason(Direction.RESPONSE, Verdict.RISKY, "links-changed", said)


def of_added_operations(case: Case) -> Iterator[Reason]:
    """Old clients do not call what they do not know."""
    for direction in BOTH:
        yield Reason(direction, Verdict.SAFE, "operation-added", "Old clients do not call what is new.")


def of_removed_operations(case: Case) -> Iterator[Reason]:
    """Old clients still call it."""
    assert isinstance(case.applied.change, RemoveOperation | RemoveResource)
    for operation, left in case.operations():
        if left is None:
            for direction in BOTH:
                sentence = f"Old clients still call `{operation.address}`."
                yield Reason(direction, Verdict.BREAKING, "operation-removed", sentence)


def of_renamed_operation(case: Case) -> Iterator[Reason]:
    """The id of an operation is not on the wire."""
    for direction in BOTH:
        sentence = "The id of an operation is never sent: only generated clients see it."
        yield Reason(direction, Verdict.SAFE, "operation-renamed", sentence)


def of_moved_operation(case: Case) -> Iterator[Reason]:
    """Old clients call the old method and path; links in answers lead to the new path."""
    change = case.applied.change
    assert isinstance(change, MoveOperation)
    found = case.before.operation(change.at.method, change.at.path)
    if found is None or found.identity not in case.known:
        return
    same_path = _bare(change.at.path) == _bare(change.to.path)
    if same_path and change.at.method == change.to.method:
        for direction in BOTH:
            sentence = "Only the name of a path parameter is another, and it is never sent."
            yield Reason(direction, Verdict.SAFE, "path-parameter-renamed", sentence)
        return
    sentence = f"Old clients still call `{change.at}`."
    if change.alias:
        for direction in BOTH:
            yield Reason(direction, Verdict.SAFE, "operation-aliased", f"`{change.at}` goes on to work.")
        return
    if change.redirect:
        sentence = f"Old clients that do not follow redirects fail at `{change.at}`."
        yield Reason(Direction.REQUEST, Verdict.RISKY, "operation-redirected", sentence)
    else:
        yield Reason(Direction.REQUEST, Verdict.BREAKING, "operation-moved", sentence)
    if same_path:
        yield Reason(Direction.RESPONSE, Verdict.SAFE, "operation-moved", "The answer stays what it was.")
    else:
        sentence = f"Links and `Location` headers lead to `{change.to.path}`."
        yield Reason(Direction.RESPONSE, Verdict.RISKY, "links-changed", sentence)


def of_envelope(case: Case) -> Iterator[Reason]:
    """Old clients look for the items where they were."""
    if any(r.page for operation, _ in case.operations() for r in operation.responses):
        yield Reason(Direction.REQUEST, Verdict.SAFE, "envelope-changed", "Requests stay what they were.")
        sentence = "Old clients look for the items of a list where they were."
        yield Reason(Direction.RESPONSE, Verdict.BREAKING, "envelope-changed", sentence)


def _bare(path: str) -> str:
    return re.sub(r"{[^}]*}", "{}", path)
