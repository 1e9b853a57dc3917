"""What a spec states of whole objects goes through no hook, and not through every codec: what stops where one of
them converts inside of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ..contract.address import find_field
from ..contract.changes import AddField, ChangeField
from ..contract.contract import Contract
from ..contract.history import Applied, History, owner
from ..contract.named_types import ObjectType
from ..contract.reach import Direction, directions
from ..contract.types import MISSING, Json
from ..diagnostics import Diagnostic
from .joints import joint_of
from .stated import stated
from .stating import newest

Stated = tuple[str, str, str, Json, Contract, int]
"""Of a value that a spec states: the version, its field's address and identity, the value, the contract in whose words
it is, and how many changes were made by then."""


def beyond_joints(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """Objects that older versions or changes state, of which nobody knows what they are after a hook of `applied`."""
    joint = joint_of(applied)
    if joint is None or not joint.hook:
        return
    before = list(takewhile(lambda a: a is not applied, history.applied))
    for version, address, identity, value, contract, done in (*_changes(before), *_defaults(applied, history, before)):
        now = newest(value, identity, contract, before[done:])
        if now is not MISSING and newest(now, identity, applied.before, (applied,)) is MISSING:
            yield Diagnostic(
                "SC322",
                f"`{address}` is stated in {version}, and what is stated goes through no hook",
                help=f"drop {version} first, or convert `{applied.change.address}` into fields beside it",
            )
            return


def unread_within(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes after which nobody knows what older clients are taken to have sent of an object or leave out."""
    for version, at, identity, value, contract, done in (*_changes(history.applied), *_left_out(history)):
        later = history.applied[done:]
        if newest(value, identity, contract, later) is not MISSING:
            continue
        ends = [n for n in range(len(later)) if newest(value, identity, contract, later[: n + 1]) is MISSING]
        blamed = later[ends[0]]
        yield (
            blamed,
            Diagnostic(
                "SC322",
                f"`{at}` is stated in {version}, and `{blamed.change.address}` is changed so that it cannot be read",
                help="say `unreadable: …` of what is changed, or add a field beside it, and remove this one",
            ),
        )


def _left_out(history: History) -> Iterator[Stated]:
    """The defaults of fields that clients may send and that hold objects."""
    for version, contract in zip(history.versions, history.contracts, strict=True):
        done, sent = len(history.applied) - len(history.since(version.id)), directions(contract)
        for type_ in contract.types.values():
            if isinstance(type_, ObjectType) and Direction.REQUEST in sent.get(type_.identity, Direction.NONE):
                for field in type_.fields:
                    if field.default is not MISSING and whole(field.default):
                        address = f"{type_.name}.{field.name}"
                        yield version.id, address, field.identity, field.default, contract, done


def _changes(before: Sequence[Applied]) -> Iterator[Stated]:
    """What changes say that older clients are taken to have sent."""
    for position, earlier in enumerate(before):
        change = earlier.change
        if isinstance(change, AddField | ChangeField) and stated(change.old_sends) and whole(change.old_sends):
            found = find_field(earlier.after, change.at).field
            yield earlier.version, str(change.at), found.identity, change.old_sends, earlier.after, position + 1


def _defaults(applied: Applied, history: History, before: list[Applied]) -> Iterator[Stated]:
    """The defaults of fields that hold objects."""
    for contract in history.contracts[: history.index(owner(applied.version, history))]:
        later = len([*takewhile(lambda a: a is not applied, history.since(contract.version))])
        for type_ in contract.types.values():
            for field in type_.fields if isinstance(type_, ObjectType) else ():
                if field.default is not MISSING and whole(field.default):
                    address = f"{type_.name}.{field.name}"
                    yield contract.version, address, field.identity, field.default, contract, len(before) - later


def whole(value: object) -> bool:
    """Whether a value has an object in it."""
    return isinstance(value, dict) or (isinstance(value, list) and any(map(whole, value)))
