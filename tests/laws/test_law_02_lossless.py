"""Law 2, lossless: nothing that a client wrote is lost, and a write destroys nothing that its client cannot see."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import assume, given, note
from hypothesis import strategies as st
from pydantic import ValidationError

from scaffold.contract.changes import CustomType, MergeFields, SplitField
from scaffold.contract.contract import Contract
from scaffold.contract.expand import expanded
from scaffold.contract.fitting import fits
from scaffold.contract.history import History
from scaffold.contract.message import View
from scaffold.contract.named_types import ObjectType
from scaffold.contract.names import other_names
from scaffold.contract.places import answer_place, body_place
from scaffold.contract.types import Json, Kind, Ref, Scalar
from scaffold.contract.views import objects_in, view_fields
from scaffold.convert.identifiers import root as key_root
from scaffold.convert.joints import connected, joints
from scaffold.generate.converters import Mode
from scaffold.generate.runtime.absent import ABSENT
from scaffold.generate.runtime.aliases import at
from scaffold.generate.runtime.list_codecs import list_to_csv
from scaffold.generate.runtime.problems import Invalid

from ..random_histories import Package, histories, package, payloads
from ..random_histories.calls import calls
from ..random_histories.expected import agrees, hides, merged, replaced, valued, written
from ..random_histories.one_row import as_key
from ..random_histories.payloads import readable
from ..random_histories.stored_objects import stored_objects
from ..random_histories.values import values

BOUNDS = {"string_too_long", "string_too_short", "greater_than_equal", "less_than_equal", "too_long", "too_short"}
"""What an older version may be shown of a newer value under `policy: keep`."""


@given(histories(), st.data())
def test_every_version_reads_back_what_it_wrote_and_destroys_nothing(history: History, data: st.DataObject) -> None:
    note("\n".join(f"{a.version}: {a.change.sentence()}" for a in history.applied))
    with package(history) as made:
        for root in _roots(history):
            _walk(made, root, data)


def _roots(history: History) -> list[str]:
    """The identities of the types that some version creates."""
    found = {c.types[n].identity: None for c in history.contracts for n in c.resources}
    return list(found)


def _walk(made: Package, root: str, data: st.DataObject) -> None:
    """Create a record by some version and write it by others, and look at it from everywhere in between."""
    places = [(c, t) for c in made.history.contracts if isinstance(t := c.types_by_identity.get(root), ObjectType)]
    places = [(c, t) for c, t in places if t.name in c.resources]
    writers = [(c, t) for c, t in places if made.find(c.version, t.name, View.CREATE, Mode.CREATE)]
    if not writers:
        return
    contract, type_ = data.draw(st.sampled_from(writers), label="creator")
    sent = _draw(made, contract, type_, View.CREATE, data)
    try:
        record = _with_key(made.create(contract.version, type_.name, sent), made, root)
    except Invalid as error:
        _check_refusal(error)
        return
    _check_promises(made, places, record)
    expected = replaced(contract, type_, View.CREATE, None, sent)
    _same(expected, made.show(contract.version, type_.name, record), contract, type_)
    for _ in range(data.draw(st.integers(1, 3), label="writes")):
        contract, type_ = data.draw(st.sampled_from(places), label="writer")
        before = {c.version: made.show(c.version, t.name, record) for c, t in places}
        _check_back(made, contract, type_, record)
        if made.find(contract.version, type_.name, View.REPLACE, Mode.REPLACE) and data.draw(st.booleans()):
            after = _put(made, contract, type_, record, before[contract.version], data)
        elif made.find(contract.version, type_.name, View.UPDATE, Mode.UPDATE):
            after = _patch(made, contract, type_, record, before[contract.version], data)
        else:
            continue
        _check_promises(made, places, after)
        _check_unseen(made, contract, places, before, after)
        record = after


def _draw(made: Package, contract: Contract, type_: ObjectType, view: View, data: st.DataObject) -> Json:
    sent = data.draw(payloads(made.history, contract.version, type_, view), label=f"{contract.version} {view}")
    for f in type_.fields:
        if f.accepts == ("csv",) and isinstance(sent.get(f.name), list) and data.draw(st.booleans(), label="csv"):
            sent[f.name] = list_to_csv(sent[f.name])
    for other in other_names(contract, type_):
        name = other.path[0].name
        if other.beside and name in sent and data.draw(st.booleans(), label=other.field.name):
            sent[other.field.name] = sent.pop(name)
    # By value: what the wire's own types make of it, so that instants and numbers compare.
    shape = made.shape(contract.version, type_.name, view)
    try:
        read = made.read(contract.version, type_.name, view, sent)
    except ValidationError as error:
        assume(not _unreadable(type_, error))
        raise
    return json.loads(shape.write(read))


def _unreadable(type_: ObjectType, error: ValidationError) -> bool:
    """Whether a codec, and nothing else, refuses what was drawn: of texts and whole numbers those that it reads are."""
    drawn = {f.name for f in type_.fields if isinstance(f.type, Scalar) and f.type.kind in (Kind.STR, Kind.INT)}
    return all(e["type"] == "value_error" and e["loc"][0] not in drawn for e in error.errors())


def _with_key(record: Any, made: Package, root: str) -> Any:
    """The record as storage gives it back: with a key of each kind that it ever had, and somebody's."""
    given_: dict[str, Any] = {}
    for f in made.records.objects[root].fields:
        if f.field.key and not getattr(record, f.attr):
            given_[f.attr] = as_key(f.type)
        elif f.field.owner:
            given_[f.attr] = "ada"
    return replace(record, **given_)


def _put(made: Package, contract: Contract, type_: ObjectType, record: Any, before: Json, data: st.DataObject) -> Any:
    sent = _draw(made, contract, type_, View.REPLACE, data)
    try:
        after = made.replace(contract.version, type_.name, record, sent)
    except Invalid as error:
        _check_refusal(error)
        return record
    expected = replaced(contract, type_, View.REPLACE, before, sent)
    _same(expected, made.show(contract.version, type_.name, after), contract, type_, View.REPLACE)
    return after


def _check_refusal(error: Invalid) -> None:
    """What is made of several fields, or of parts of one, may be what no later codec reads; and a field that nobody
    knows may be refused by then. Nothing else is.
    """
    assert {e["type"] for e in error.errors} <= {"value_error", "extra_forbidden"}, error.errors


def _patch(made: Package, contract: Contract, type_: ObjectType, record: Any, before: Json, data: st.DataObject) -> Any:
    sent = _draw(made, contract, type_, View.UPDATE, data)
    try:
        after = made.update(contract.version, type_.name, record, sent)
    except Invalid:
        return record
    expected = merged(contract, type_, before, sent, stored_objects(made, contract, type_, record))
    _same(expected, made.show(contract.version, type_.name, after), contract, type_)
    return after


def _same(expected: Json, shown: Json, contract: Contract, type_: ObjectType, view: View = View.CREATE) -> None:
    assert agrees(expected, shown), f"{contract.version}\n expected {expected}\n shown    {shown}"
    for other in other_names(contract, type_):
        value, too = at(shown, tuple(f.name for f in other.path)), shown.get(other.field.name, ABSENT)
        assert too == value or (not other.beside and too is ABSENT and value is None)
    surplus = written(contract, type_, view, shown).keys() - expected.keys()
    assert not surplus, f"{contract.version} shows {surplus}, which it never wrote"


def _check_back(made: Package, contract: Contract, type_: ObjectType, record: Any) -> None:
    """Reading and writing back changes nothing."""
    shown = made.show(contract.version, type_.name, record)
    for view, mode, write in (
        (View.REPLACE, Mode.REPLACE, made.replace),
        (View.UPDATE, Mode.UPDATE, made.update),
    ):
        if made.find(contract.version, type_.name, view, mode) is None:
            continue
        if view is View.UPDATE:
            assert made.update(contract.version, type_.name, record, {}) == record
        if not hides(contract, type_, view):
            for twice in (False, True):
                back = written(contract, type_, view, shown, twice=twice)
                assert _readable(made, contract, type_, view, back)
                after = write(contract.version, type_.name, record, back)
                assert after == record, f"{contract.version} {view} of {back}\n made  {after}\n out of {record}"


def _readable(made: Package, contract: Contract, type_: ObjectType, view: View, back: Json) -> bool:
    try:
        made.read(contract.version, type_.name, view, back)
    except ValidationError as error:
        raise AssertionError(f"{contract.version} was shown what it may not send: {error}") from error
    return True


def _check_promises(made: Package, places: list[tuple[Contract, ObjectType]], record: Any) -> None:
    """Every version is shown what its contract promises."""
    for contract, type_ in places:
        shown = made.show(contract.version, type_.name, record)
        try:
            made.read(contract.version, type_.name, View.OUTPUT, shown)
        except ValidationError as error:
            wrong = [e for e in error.errors() if e["type"] not in BOUNDS]
            assert not wrong, f"{contract.version} was shown {shown} for {record}: {wrong}"


def _check_unseen(
    made: Package,
    contract: Contract,
    places: list[tuple[Contract, ObjectType]],
    before: dict[str, Json],
    after: Any,
) -> None:
    """What the writer's version does not have is as it was, unless what it has is converted together with that."""
    known, together = {key_root(i) for i in contract.fields_by_identity}, joints(made.history.applied)
    for other, type_ in places:
        shown = made.show(other.version, type_.name, after)
        for f in view_fields(type_, View.OUTPUT, other.version):
            mine = f.field.alias_of or f.field.identity
            joined = {g.identity for j in connected(mine, together) for g in (*j.older, *j.newer)}
            hidden = known.isdisjoint(map(key_root, {mine, *joined})) and not any(objects_in(other, f.type))
            if hidden and not isinstance(f.type, Ref):
                was, is_ = (x.get(f.name, "absent") for x in (before[other.version], shown))
                assert was == is_, f"{contract.version} changed `{f.name}` of {other.version}: {was} to {is_}"


def _known(history: History, contract: Contract) -> set[str]:
    """The fields that a version has, and those that are converted together with one of them."""
    together = []
    for applied in history.applied:
        if isinstance(applied.change, SplitField | MergeFields | CustomType):
            together.append(applied.before.fields_by_identity.keys() ^ applied.after.fields_by_identity.keys())
    known = {*contract.fields_by_identity}
    for _ in together:
        known |= {identity for group in together if group & known for identity in group}
    return known


@given(calls(), st.data())
def test_every_version_is_answered_with_what_it_sent_and_every_other_with_what_it_knows(
    history: History, data: st.DataObject
) -> None:
    with package(history) as made:
        open_ = made.converters.undecided
        for contract in expanded(history).contracts:
            known = readable(made.history, contract.version)
            for operation in contract.operations:
                if (contract.version, operation.identity) in open_:
                    continue
                assert operation.body is not None
                type_, place = operation.body.type, body_place(operation)
                sent = data.draw(
                    values(contract, type_, View.INPUT, readable=known), label=f"{contract.version} {type_}"
                )
                given_ = _given(made, contract.version, place, sent)
                if given_ is None:
                    continue
                shown = made.answered(contract.version, answer_place(operation, 200), given_)
                expected = valued(contract, type_, View.INPUT, None, sent)
                # What is no object has no record that could keep what was written word for word.
                exact = made.crossing(contract.version, place).exact
                assert not exact or agrees(expected, shown), f"{contract.version}\n expected {expected}\n {shown=}"
                _check_answers(made, operation.identity, given_)


def _given(made: Package, version: str, place: str, sent: Json) -> Any:
    """What the handler is given; None where it is refused: a value of several types at once, or that no codec reads."""
    try:
        return made.sent(version, place, sent)
    except ValidationError as error:
        if any(e["type"] not in ("one_of", "value_error") for e in error.errors()):
            raise
    return None


def _check_answers(made: Package, identity: str, record: Any) -> None:
    """Every version that answers is answered with what its contract promises."""
    for contract in expanded(made.history).contracts:
        operation = contract.operations_by_identity.get(identity)
        if operation is None or (contract.version, identity) in made.converters.undecided:
            continue
        place = answer_place(operation, 200)
        shown = made.answered(contract.version, place, record)
        try:
            made.carried(contract.version, place).read(json.dumps(shown).encode())
        except ValidationError as error:
            wrong = [e for e in error.errors() if e["type"] not in BOUNDS | {"one_of"}]
            # A value that is of several types at once is refused, whatever is said of it.
            type_ = operation.responses[0].type
            assert type_ is not None
            fine = not wrong or fits(contract, type_, shown)
            assert fine, f"{contract.version} was shown {shown} for {record}: {wrong}"
