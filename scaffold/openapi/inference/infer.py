"""From two contracts to the changes that lead from one to the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...contract.changes import Change, ChangeAuth, ChangeEnvelope, ChangeErrors
from ...contract.contract import Contract
from ...contract.security import SecurityScheme
from .comparing import apart, said, text, ways
from .draft import Choice, Draft, Guess
from .messages import move_status
from .operations import change_operations, move_operations, replace_operations
from .ordering import ordered_as
from .pairing import settle
from .parameters import rename_parameters
from .prose import deprecate, describe
from .types import add_types, change_types, make_room, remove_types, rename_types


@dataclass(frozen=True)
class Inferred:
    """What leads from one contract to the next.

    `guesses` are the changes that were held for the likeliest; `choices` the policies that changes were given;
    `remaining` the differences that no change could express.
    """

    changes: tuple[Change, ...]
    guesses: tuple[Guess, ...] = ()
    choices: tuple[Choice, ...] = ()
    remaining: tuple[str, ...] = ()


def infer(old: Contract, new: Contract, version: str, *, guess: bool = True) -> Inferred:
    """The changes of `version` that make of `old` what `new` says.

    The contract after them is `new` up to identities, order of declaration, handlers and the names of types that are
    written in their places. Everything that comes is born in `version`. With `guess` renames and moves are recognised,
    each with its confidence; without, what is not there under the same name goes and comes.
    """
    wanted = said(new)
    if said(old) == wanted:
        return Inferred(())
    draft = Draft(old, ordered_as(old, new), version, guess)
    make_room(draft)
    rename_types(draft)
    move_operations(draft)
    rename_parameters(draft)
    move_status(draft)
    settle(draft)
    draft.target = ordered_as(draft.contract, draft.target)
    add_types(draft)
    change_types(draft)
    _change_api(draft)
    change_operations(draft)
    remove_types(draft)
    deprecate(draft)
    describe(draft)
    if said(draft.contract) != wanted:
        replace_operations(draft)
    remaining = apart(said(draft.contract), wanted)
    return Inferred(tuple(draft.changes), tuple(draft.guesses), tuple(draft.choices), remaining)


def _change_api(draft: Draft) -> None:
    old, new = draft.contract, draft.target
    schemes = [{n: _promise(s) for n, s in c.security_schemes.items()} for c in (old, new)]
    if ways(old.security) != ways(new.security) or schemes[0] != schemes[1]:
        draft.make(ChangeAuth(to=new.security, schemes=new.security_schemes))
    if old.errors != new.errors:
        draft.make(ChangeErrors(to=new.errors))
    if text(old.envelope.template) != text(new.envelope.template):
        draft.make(ChangeEnvelope(to=new.envelope))


def _promise(scheme: SecurityScheme) -> str:
    plain = replace(scheme, description=None, extra={})
    return text([plain.kind.value, plain.location, plain.parameter, plain.scheme, plain.flows, plain.url])
