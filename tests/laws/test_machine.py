"""The laws held together: an API that grows while clients of all its versions write.

A machine starts with a history of eight versions or more. Clients of any version create, replace, edit and write back
what they read; in between a new version is cut, and everything that was written is done again: what a version shows of
what it wrote must be what it showed before, and where the new version only renames, moves, adds or removes, what every
version shows. Laws 2, 3, 4, 5, 8 and 10 are looked at on the way.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, cast

from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from pydantic import ValidationError

from scaffold.contract.changes import (
    AddField,
    AddOperation,
    AddResource,
    AddType,
    Change,
    ChangeEnvelope,
    ChangeField,
    MoveFields,
    RemoveField,
    RemoveOperation,
    RemoveResource,
    RenameEnumValue,
    RenameFields,
    RenameType,
)
from scaffold.contract.contract import Contract
from scaffold.contract.history import History, Version
from scaffold.contract.hooks import hook_name
from scaffold.contract.message import View
from scaffold.contract.named_types import ObjectType
from scaffold.contract.types import MISSING, Json, Ref
from scaffold.contract.views import reached_types
from scaffold.convert.policies import findings
from scaffold.generate.conversion_plan import converters
from scaffold.generate.converters import Mode
from scaffold.generate.runtime.problems import Invalid
from scaffold.generate.runtime.variants import OneOf
from scaffold.generate.shapes import shapes
from scaffold.generate.sides import Side

from ..random_histories import Package, histories, package
from ..random_histories.expected import replaced, sent_of
from ..random_histories.histories import ALL, changes
from ..random_histories.packages import sources
from .test_law_02_lossless import (
    _check_back,
    _check_promises,
    _check_refusal,
    _check_unseen,
    _draw,
    _patch,
    _put,
    _same,
    _with_key,
)

EXACT = (
    *(AddField, RemoveField, RenameFields, MoveFields, AddType, RenameType, AddResource, RemoveResource),
    *(RenameEnumValue, AddOperation, RemoveOperation, ChangeEnvelope),
)
"""Changes that tell apart whatever was told apart before."""

REWORDS = RenameEnumValue
"""Changes whose migration gives what rows keep new words, too: `tests/storage/test_words_over_time.py`."""

Places = list[tuple[Contract, ObjectType]]


@dataclass
class Row:
    """A record, with all that was ever done to it: the way, the version, and what was sent."""

    root: str
    done: list[tuple[Mode, str, Json]]
    record: Any


class GrowingApi(RuleBasedStateMachine):
    """An API of eight versions or more, and the records that its clients make."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.entered: Any = None

    @initialize(history=histories(least=8, most=9))
    def start(self, history: History) -> None:
        self.history = history
        note("\n".join(f"{a.version}: {a.change.sentence()}" for a in history.applied))
        self._build()

    def _build(self) -> None:
        if self.entered is not None:
            self.entered.__exit__(None, None, None)
        entered, self.entered = package(self.history), None
        self.made: Package = entered.__enter__()
        self.entered = entered

    def places(self, root: str) -> Places:
        """The versions that have a resource, with its type."""
        found = [(c, c.types_by_identity.get(root)) for c in self.made.history.contracts]
        return [(c, t) for c, t in found if isinstance(t, ObjectType) and t.name in c.resources]

    @rule(data=st.data())
    def create(self, data: st.DataObject) -> None:
        """A client makes a record, and reads what it wrote."""
        roots = {c.types[n].identity: None for c in self.history.contracts for n in c.resources}
        root = data.draw(st.sampled_from(list(roots)), label="resource")
        places = self.places(root)
        makers = [(c, t) for c, t in places if self.made.find(c.version, t.name, View.CREATE, Mode.CREATE)]
        if not makers:
            return
        contract, type_ = data.draw(st.sampled_from(makers), label="creator")
        sent = _draw(self.made, contract, type_, View.CREATE, data)
        try:
            record = self._created(root, contract.version, type_.name, sent)
        except Invalid as error:
            _check_refusal(error)
            return
        _same(replaced(contract, type_, View.CREATE, None, sent), self._shown(contract, type_, record), contract, type_)
        _check_promises(self.made, places, record)
        self.rows.append(Row(root, [(Mode.CREATE, contract.version, sent)], record))

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), mode=st.sampled_from((Mode.REPLACE, Mode.UPDATE)))
    def write(self, data: st.DataObject, mode: Mode) -> None:
        """A client of some version writes a record; no other version loses what that one cannot see."""
        row = data.draw(st.sampled_from(self.rows), label="row")
        view = View.REPLACE if mode is Mode.REPLACE else View.UPDATE
        places = self.places(row.root)
        writers = [(c, t) for c, t in places if self.made.find(c.version, t.name, view, mode)]
        if not writers:
            return
        contract, type_ = data.draw(st.sampled_from(writers), label="writer")
        before = {c.version: self._shown(c, t, row.record) for c, t in places}
        sent: list[Json] = []
        does = _put if mode is Mode.REPLACE else _patch
        after = does(_Listening(self.made, sent), contract, type_, row.record, before[contract.version], data)
        _check_promises(self.made, places, after)
        _check_unseen(self.made, contract, places, before, after)
        if after is not row.record:
            row.done.append((mode, contract.version, sent[-1]))
            row.record = after

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def write_back(self, data: st.DataObject) -> None:
        """A client writes back what it read, and changes nothing by it; an empty edit neither."""
        row = data.draw(st.sampled_from(self.rows), label="row")
        contract, type_ = data.draw(st.sampled_from(self.places(row.root)), label="version")
        _check_back(self.made, contract, type_, row.record)

    @precondition(lambda self: len(self.history.versions) < 11)
    @rule(data=st.data())
    def grow(self, data: st.DataObject) -> None:
        """A version is cut. All that was written is written again, and every older version shows what it showed."""
        grown = _with_version(self.history, data)
        if grown is None:
            return
        shown = [{c.version: self._shown(c, t, r.record) for c, t in self.places(r.root)} for r in self.rows]
        self.history = grown
        note("\n".join(f"{a.version}: {a.change.sentence()}" for a in grown.since(grown.versions[-2].id)))
        self._build()
        kept = []
        for row, before in zip(self.rows, shown, strict=True):
            old = row.record
            try:
                row.record = self._again(row)
            except Invalid:
                continue  # the new version's codec reads less, and says so: `unreadable: refuse`
            except ValidationError:
                assert any(map(_refuses, grown.versions[-1].changes))
                continue
            kept.append(row)
            writers = {version for _, version, _ in row.done}
            exact = all(type(change) in EXACT for change in grown.versions[-1].changes)
            as_kept = exact and not any(isinstance(change, REWORDS) for change in grown.versions[-1].changes)
            given = any(map(_gives, grown.versions[-1].changes))
            for contract, type_ in self.places(row.root):
                # What another version wrote may be shown differently once values are told apart no more.
                mine = writers == {contract.version}
                if contract.version in before and (mine or exact):
                    now, was = self._shown(contract, type_, row.record), before[contract.version]
                    if not exact:  # what the server puts in has the newest version's precision
                        now, was = (sent_of(contract, Ref(type_.name), shown, defaults=given) for shown in (now, was))
                    same = json.dumps(now) == json.dumps(was)  # keys in the same order, too
                    assert same, f"{contract.version}, of {row.done}\n was {was}\n is  {now}"
                    if as_kept:  # a row is not written again, and has kept what it kept under the older version
                        held = self._shown(contract, type_, _as_kept(old, row.record))
                        assert held == was, f"{contract.version}, kept, of {row.done}\n was {was}\n is  {held}"
        self.rows = kept

    def _again(self, row: Row) -> Any:
        record = None
        for mode, version, sent in row.done:
            contract = self.made.history.contract(version)
            name = contract.types_by_identity[row.root].name
            if mode is Mode.CREATE:
                record = self._created(row.root, version, name, sent)
            elif mode is Mode.REPLACE:
                record = self.made.replace(version, name, record, sent)
            else:
                record = self.made.update(version, name, record, sent)
        return record

    def _created(self, root: str, version: str, name: str, sent: Json) -> Any:
        return _with_key(self.made.create(version, name, sent), self.made, root)

    def _shown(self, contract: Contract, type_: ObjectType, record: Any) -> Json:
        return self.made.show(contract.version, type_.name, record)

    def teardown(self) -> None:
        """Laws 3, 4, 8 and 10, of the history as it ended; then its modules are forgotten."""
        if self.entered is None:
            return
        try:
            assert findings(self.history) == []
            _is_direct(self.made)
            _is_deterministic(self.made)
            _is_shared(self.made)
        finally:
            self.entered.__exit__(None, None, None)


class _Listening:
    """A package that notes what it is asked to write."""

    def __init__(self, made: Package, sent: list[Json]) -> None:
        self._made, self._sent = made, sent

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    def replace(self, version: str, type_: str, record: Any, payload: Json) -> Any:
        self._sent.append(payload)
        return self._made.replace(version, type_, record, payload)

    def update(self, version: str, type_: str, record: Any, payload: Json) -> Any:
        self._sent.append(payload)
        return self._made.update(version, type_, record, payload)


def _as_kept(old: Any, new: Any) -> Any:
    """The record `new` with what `old` kept, as the database gives it back; inside, too, where it can be found."""
    if isinstance(old, OneOf) and isinstance(new, OneOf):
        return type(new)(**{new.tag: _as_kept(old.value, new.value)})
    if isinstance(old, list) and isinstance(new, list):
        return [_as_kept(o, n) for o, n in zip(old, new, strict=True)]
    if isinstance(old, dict) and isinstance(new, dict):
        return {k: _as_kept(old[k], n) if k in old else n for k, n in new.items()}
    if not (is_dataclass(old) and is_dataclass(new)) or type(old).__name__ != type(new).__name__:
        return new
    both = {f.name for f in fields(new)} & {f.name for f in fields(old)} - {"kept"}
    held = {name: _as_kept(getattr(old, name), getattr(new, name)) for name in both}
    if hasattr(new, "kept"):
        held["kept"] = json.loads(json.dumps(getattr(old, "kept", {})))
    return replace(cast("Any", new), **held)


def _refuses(change: Change) -> bool:
    """Whether a change may refuse what was written before it: somebody allowed that by name, or a codec reads less."""
    reads_less = isinstance(change, ChangeField) and (change.type is not None or change.codec is not None)
    return getattr(change, "policy", None) == "refuse" or (reads_less and change.unreadable in (None, "refuse"))


def _gives(change: Change) -> bool:
    """Whether the server may put a default into a field that had none: into older clients' rows as well."""
    return isinstance(change, ChangeField) and change.default is not MISSING


def _with_version(history: History, data: st.DataObject) -> History | None:
    """`history` with one version more; None where no change that was drawn fits."""
    number = len(history.versions) + 1
    id_, contract, mine = f"v{number}", history.newest, []
    classes = data.draw(st.sampled_from((ALL, EXACT)), label="classes")
    for _ in range(data.draw(st.integers(1, 3), label="changes")):
        made = data.draw(changes(contract, id_, classes))
        if made is not None:
            mine.append(made)
            contract = made.after
    version = Version(id_, date(2024 + number, 1, 15), changes=tuple(a.change for a in mine))
    grown = replace(
        history,
        versions=(*history.versions, version),
        contracts=(*history.contracts, replace(contract, version=id_)),
        applied=(*history.applied, *mine),
    )
    return grown if mine and not findings(grown) else None


def _is_direct(made: Package) -> None:
    """Law 3: a converter calls those of its own version and no other."""
    own: dict[str, set[str]] = {}
    for (side, _), found in made.converters.of.items():
        own.setdefault(side.version, set()).add(found.name)
    names = {c.name for c in made.converters.all}
    trees = {m: ast.parse(text) for m, text in made.sources.items()}
    bodies: Mapping[str, ast.FunctionDef] = {
        node.name: node for tree in trees.values() for node in tree.body if isinstance(node, ast.FunctionDef)
    }
    for converter in made.converters.all:
        if converter.name in bodies:
            nodes = list(ast.walk(bodies[converter.name]))
            called = {n.id for n in nodes if isinstance(n, ast.Name)} | {
                n.attr for n in nodes if isinstance(n, ast.Attribute)
            }
            assert called & names <= own[converter.side.version], converter.name


def _is_deterministic(made: Package) -> None:
    """Law 8: the same history gives the same text."""
    history = made.history
    assert sources(converters(history, made.records, shapes(history))) == made.sources


def _is_shared(made: Package) -> None:
    """Law 10: a type that is the same in the next version, in all that it reaches, has the same shape there.

    No contract says what a hook made of the values of a field: that is another type too.
    """
    of = made.converters.shapes.of
    for old, new in pairwise(made.history.contracts):
        by_hand = {
            a.change.converts(a.before)
            for a in made.history.applied
            if a.version == new.version and hook_name(getattr(a.change, "codec", None))
        }
        for type_ in old.types.values():
            later = new.types_by_identity.get(type_.identity)
            if not isinstance(type_, ObjectType) or later is None or _reach(old, type_) != _reach(new, later):
                continue
            reached = [t for t in _reach(old, type_).values() if isinstance(t, ObjectType)]
            if by_hand & {f.identity for t in reached for f in t.fields}:
                continue
            for view in (View.OUTPUT, View.CREATE):
                one, other = (Side(c.version, type_.identity, view) for c in (old, new))
                assert one not in of or other not in of or of[one] is of[other], f"{type_.name} {view} in {new.version}"


def _reach(contract: Contract, type_: Any) -> dict[str, Any]:
    return {t.identity: t for t in reached_types(contract, Ref(type_.name))} | {type_.identity: type_}


HISTORIES = 2000 if os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly" else 100
TestGrowingApi = GrowingApi.TestCase
TestGrowingApi.settings = settings(
    max_examples=int(os.environ.get("SCAFFOLD_EXAMPLES", HISTORIES)), stateful_step_count=12
)
