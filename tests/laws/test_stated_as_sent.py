"""What a spec states comes to the same as what a client sends: law 2 and law 4 of one value.

What a version is shown, one of its own clients could have written. Had it done so, every version beyond it would be
shown the same: older ones where the spec states what they see, newer ones where it states what older clients are taken
to have sent, or leave out.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from hypothesis import given, note, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from scaffold.contract.address import find_field
from scaffold.contract.changes import (
    AliasFields,
    ChangeField,
    MergeFields,
    MoveFields,
    RemoveEnumValue,
    RemoveField,
    RemoveVariant,
    SplitField,
)
from scaffold.contract.contract import Contract
from scaffold.contract.fitting import fits
from scaffold.contract.history import History, owner
from scaffold.contract.message import View
from scaffold.contract.named_types import ObjectType
from scaffold.contract.types import MISSING, Json, ListOf, MapOf, Ref, Type, UnionOf
from scaffold.generate.converters import Mode
from scaffold.generate.runtime.absent import ABSENT
from scaffold.generate.runtime.problems import Invalid

from ..random_histories import Package, package
from ..random_histories.expected import agrees, hides, sent_of, written
from ..random_histories.stating_changes import stated_histories
from .test_law_02_lossless import _draw, _roots, _with_key

Places = list[tuple[Contract, ObjectType]]

HISTORIES = 400 if os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly" else 6
EXAMPLES = settings(max_examples=int(os.environ.get("SCAFFOLD_EXAMPLES", HISTORIES)))


@EXAMPLES
@given(stated_histories(), st.data())
def test_what_a_version_is_shown_says_to_older_ones_what_it_says_when_its_client_sends_it(
    history: History, data: st.DataObject
) -> None:
    _noted(history)
    middle = data.draw(st.sampled_from([v.id for v in history.versions[1:-1]]), label="middle")
    with package(history) as made, package(_until(history, middle)) as then:
        for root in _roots(history):
            places = _makers(made, root)
            known = [(c, t) for c, t in places if c.version == middle]
            if not known or places[-1][0] is not made.history.newest:
                continue
            older, open_ = places[: places.index(known[0])], _open(history) | _left_out(history, middle)
            for record in _records(made, root, *places[-1], data):
                _check_literally(made, root, *known[0], record)
                shown = made.show(middle, known[0][1].name, record)
                _check(made, then, root, record, _sent(then, root, *known[0], shown), older, open_)


@EXAMPLES
@given(stated_histories(), st.data())
def test_what_an_older_client_sent_says_to_newer_versions_what_it_says_when_theirs_send_it(
    history: History, data: st.DataObject
) -> None:
    _noted(history)
    with package(history) as made:
        for root in _roots(history):
            places = _makers(made, root)
            for position, (contract, type_) in enumerate(places[:-1], start=1):
                here, there = places[position]
                if _moved(history, here.version) or hides(here, there, View.CREATE):
                    continue
                open_ = _open(history) | _gone(history, here.version)
                for record in _records(made, root, contract, type_, data):
                    shown = made.show(here.version, there.name, record)
                    _check(made, made, root, record, _sent(made, root, here, there, shown), places[position:], open_)


def _noted(history: History) -> None:
    note("\n".join(f"{a.version}: {a.change.sentence()}" for a in history.applied))


def _until(history: History, version: str) -> History:
    """The history as it was when `version` was the newest."""
    end = history.index(version) + 1
    held = {v.id for v in history.versions[:end]}
    applied = tuple(a for a in history.applied if owner(a.version, history) in held)
    return replace(history, versions=history.versions[:end], contracts=history.contracts[:end], applied=applied)


def _makers(made: Package, root: str) -> Places:
    """The versions whose clients create objects of a resource, with its type."""
    found = [(c, c.types_by_identity.get(root)) for c in made.history.contracts]
    held = [(c, t) for c, t in found if isinstance(t, ObjectType) and t.name in c.resources]
    return [(c, t) for c, t in held if made.find(c.version, t.name, View.CREATE, Mode.CREATE)]


def _records(made: Package, root: str, contract: Contract, type_: ObjectType, data: st.DataObject) -> list[Any]:
    """What some creations by one version store."""
    found = []
    for _ in range(2):
        sent = _draw(made, contract, type_, View.CREATE, data)
        try:
            found.append(_with_key(made.create(contract.version, type_.name, sent), made, root))
        except Invalid:
            continue  # no codec reads it
    return found


def _sent(made: Package, root: str, contract: Contract, type_: ObjectType, shown: Json) -> Any:
    """The record of a client that sends what a version is shown; None where it may not."""
    back = written(contract, type_, View.CREATE, shown)
    try:
        return _with_key(made.create(contract.version, type_.name, back), made, root)
    except (Invalid, ValidationError):
        return None  # beyond the bounds of that version, or without what it never shows


def _check(
    made: Package, other: Package, root: str, record: Any, again: Any, places: Places, open_: frozenset[str]
) -> None:
    """Each of some versions is shown the same of both records."""
    for contract, type_ in places if again is not None else ():
        shown, same = made.show(contract.version, type_.name, record), other.show(contract.version, type_.name, again)
        alike = _alike(contract, Ref(type_.name), shown, same, open_)
        assert alike, f"{contract.version}\n is shown {shown}\n of sent  {same}\n of {record}\n and {again}"


def _check_literally(made: Package, root: str, contract: Contract, type_: ObjectType, record: Any) -> None:
    """What the next version states of a field that the record lacks is shown word for word."""
    later = made.history.since(contract.version)
    if not later or _moved(made.history, later[0].version):
        return
    first = later[0].change
    if not isinstance(first, RemoveField | ChangeField) or first.old_sees is MISSING:
        return
    place, known = find_field(later[0].before, first.at), made.records.objects[root].by_identity
    held = known.get(place.field.identity)
    stands = getattr(first, "required", None) is False or isinstance(first, RemoveField)
    once = len(made.history.since_about(contract.version, {place.field.identity})) == 1
    if place.owner.identity != root or held is None or not (stands and once and place.field.required):
        return
    if getattr(record, held.attr) is ABSENT and not place.field.write_only:
        shown = made.show(contract.version, type_.name, record)[place.field.name]
        said = sent_of(contract, place.field.type, first.old_sees)
        variant = isinstance(said, dict) and "variant" in said
        assert variant or agrees(said, shown), f"{contract.version}\n is shown {shown}\n stated   {said}"


def _moved(history: History, version: str) -> bool:
    """Whether parts come to stand elsewhere: an object that is empty then is none to who did not send it."""
    changes = [a.change for a in history.applied if owner(a.version, history) == version]
    return any(isinstance(c, MoveFields | SplitField | MergeFields | AliasFields) for c in changes)


def _open(history: History) -> frozenset[str]:
    """The fields that clients of some version cannot write, or are not shown."""
    contracts = {id(c): c for a in history.applied for c in (a.before, a.after)}.values()
    fields = {i: f for c in (*contracts, *history.contracts) for i, (_, f) in c.fields_by_identity.items() if _apart(f)}
    return frozenset(fields)


def _apart(field: Any) -> bool:
    marked = field.read_only or field.write_only or field.key or field.owner
    return bool(marked or field.computed or field.on_create is not None)


def _gone(history: History, version: str) -> frozenset[str]:
    """The fields that a later version does not have: what is stated of an object is without them."""
    return frozenset(history.contract(version).fields_by_identity.keys() - history.newest.fields_by_identity.keys())


def _left_out(history: History, version: str) -> frozenset[str]:
    """The fields with a default by `version` that are gone by now, where changes since may lose what it says.

    What newer clients create has the default as their version can say it: the loss is declared.
    """
    since = [a.change for a in history.since(version)]
    retyped = any(isinstance(c, ChangeField) and (c.type is not None or c.codec is not None) for c in since)
    if not retyped and not any(isinstance(c, RemoveEnumValue | RemoveVariant) for c in since):
        return frozenset()
    contracts, newest = history.contracts[: history.index(version) + 1], history.newest.fields_by_identity
    known = {i: f for c in contracts for i, (_, f) in c.fields_by_identity.items() if f.default is not MISSING}
    return frozenset(known.keys() - newest.keys())


def _alike(contract: Contract, type_: Type, shown: Json, sent: Json, open_: frozenset[str]) -> bool:
    """Whether a version is shown the same, but for what is open; what it may do without, it may be shown as none."""
    match type_:
        case Ref(name) if (found := contract.object(name)) is not None and isinstance(shown, dict):
            return isinstance(sent, dict) and _alike_objects(contract, found, shown, sent, open_)
        case ListOf(items=inner) if isinstance(shown, list) and isinstance(sent, list) and len(shown) == len(sent):
            return all(_alike(contract, inner, a, b, open_) for a, b in zip(shown, sent, strict=True))
        case MapOf(values=inner) if isinstance(shown, dict) and isinstance(sent, dict):
            return shown.keys() == sent.keys() and all(_alike(contract, inner, shown[k], sent[k], open_) for k in shown)
        case UnionOf(variants) if shown != sent:
            both = [v for v in variants if fits(contract, v, shown) and fits(contract, v, sent)]
            return any(_alike(contract, v, shown, sent, open_) for v in both)
        case _:
            return type(shown) is type(sent) and bool(shown == sent)


def _alike_objects(
    contract: Contract, type_: ObjectType, shown: dict[str, Json], sent: dict[str, Json], open_: frozenset[str]
) -> bool:
    known = {f.name: f for f in type_.fields}
    left = {f.name for f in type_.fields if (f.alias_of or f.identity) in open_}
    one, other = ({k: v for k, v in value.items() if k not in left} for value in (shown, sent))
    if one.keys() - other.keys() or any(k not in known or known[k].required for k in other.keys() - one.keys()):
        return False
    for name, value in one.items():
        field = known.get(name)
        if field is None:
            if value != other[name]:
                return False
        elif not (value is None and field.nullable) and not _alike(contract, field.type, value, other[name], open_):
            return False
    return True
