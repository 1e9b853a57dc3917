"""Rows of any history live through every cut: migrated, each older version is shown what it was shown, to the byte."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from types import ModuleType
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import Connection, create_engine, delete, event, insert, select

from scaffold.contract.changes import Change, RemoveEnumValue, RemoveVariant
from scaffold.contract.history import History
from scaffold.contract.message import View
from scaffold.contract.named_types import ObjectType
from scaffold.contract.types import MISSING, Json
from scaffold.generate.converters import Mode
from scaffold.generate.migrations import migration
from scaffold.generate.render import render
from scaffold.generate.runtime.columns import DECIMAL_ORDER, compare_decimals
from scaffold.generate.runtime.database import Storage
from scaffold.generate.runtime.problems import Invalid
from scaffold.generate.storage_view import storage_view
from scaffold.generate.table_model import Tables
from scaffold.generate.tables import tables

from ..laws.test_law_02_lossless import _draw, _with_key
from ..random_histories import Package, histories, package
from .packages import until

NIGHTLY = os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly"
EXAMPLES = int(os.environ.get("SCAFFOLD_EXAMPLES") or (300 if NIGHTLY else 5))
UNREAD = re.compile("^(must |is too |invalid literal|Invalid isoformat|.*could not convert)")
"""What codecs say of words that the type after is not read from."""
Shown = dict[tuple[str, str], Json]
"""What each version is shown of the row of each resource."""


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(least=3, most=6), st.data())
def test_rows_live_through_every_cut(history: History, data: st.DataObject) -> None:
    note("\n".join(f"{a.version}: {a.change.sentence()}" for a in history.applied))
    engine = create_engine("sqlite://")  # which holds nobody to what is referred to
    event.listen(engine, "connect", lambda found, _: found.create_collation(DECIMAL_ORDER, compare_decimals))
    before: Tables | None = None
    shown: Shown = {}
    with engine.connect() as connection:
        for version in history.versions:
            with program(until(history, version.id)) as (made, stores, found):
                migrate(connection, before, found, made)
                now = everything(connection, made, stores)
                loses = any(map(is_told, version.changes))
                for (place, root), value in shown.items():
                    if not loses and (place, root) in now and now[place, root] != json.dumps(value):
                        others = differing(value, json.loads(now[place, root]))
                        raise AssertionError(f"{place} of {root}, {version.id} was cut: {others}")
                write(connection, made, stores, data)
                shown = {key: json.loads(value) for key, value in everything(connection, made, stores).items()}
                before = found
    engine.dispose()


def is_told(change: Change) -> bool:
    """Whether older versions, too, are shown what a change says that rows become: of what nobody may send any more."""
    return isinstance(change, RemoveVariant) or (isinstance(change, RemoveEnumValue) and change.policy is not None)


def differing(was: Json, now: Json) -> Json:
    """The members of two objects that are not the same, with both values."""
    assert isinstance(was, dict)
    assert isinstance(now, dict)
    names = [n for n in {**was, **now} if was.get(n, MISSING) != now.get(n, MISSING)]
    return {n: [was.get(n, "(absent)"), now.get(n, "(absent)")] for n in names} or [list(was), list(now)]


@contextmanager
def program(history: History) -> Iterator[tuple[Package, dict[str, Any], Tables]]:
    """The converters of a history, its stores by resource, and its tables."""
    with package(history) as made:
        found = tables(made.history, made.records, made.converters.keeping)
        view = storage_view(found, made.records)
        name = made.module("records").__package__
        module = ModuleType(f"{name}.storage")
        module.__package__ = name
        sys.modules[module.__name__] = module
        body = render("storage.py.jinja", **{f.name: getattr(view, f.name) for f in fields(view)})
        exec(compile(body, "<storage>", "exec"), module.__dict__)
        held = vars(module.Stores(Storage("sqlite://")))
        by_table = {s.table.name: s for s in held.values() if hasattr(s, "table")}
        yield made, {t.record.identity: by_table[t.name] for t in found.tables}, found


def migrate(connection: Connection, before: Tables | None, after: Tables, made: Package) -> None:
    """Run the migration between two tables, if there is one."""
    script = migration(before, after, package="here", down_revision=None)
    if script is None:
        return
    body = script.text.replace("from here.generated", "from scaffold.generate.runtime")
    body = body.replace(
        "from here import conversions as hooks", "from tests.random_histories.hooks import HOOKS as hooks"
    )
    module = ModuleType("script")
    with Operations.context(MigrationContext.configure(connection)):
        exec(compile(body, "<script>", "exec"), module.__dict__)
        try:
            module.__dict__["upgrade"]()
        except ValueError as error:
            assume("correct it, then migrate again" not in str(error))  # its codec reads less, and says so
            raise
    connection.commit()


def rows(connection: Connection, stores: dict[str, Any]) -> dict[str, Any]:
    """The record of each resource that has a row."""
    made = {}
    for root, store in stores.items():
        row = connection.execute(select(store.table)).mappings().first()
        if row is not None:
            try:
                made[root] = store.load(row)
            except (ValueError, OverflowError) as error:
                assume(not UNREAD.search(str(error)))  # inside of JSON, where no migration looks
                raise
    return made


def places(made: Package) -> Iterator[tuple[str, str, ObjectType]]:
    for contract in made.history.contracts:
        for name in contract.resources:
            type_ = contract.types[name]
            assert isinstance(type_, ObjectType)
            yield contract.version, type_.identity, type_


def everything(connection: Connection, made: Package, stores: dict[str, Any]) -> dict[tuple[str, str], str]:
    """What each version is shown of each row, as text."""
    records = rows(connection, stores)
    return {
        (version, root): json.dumps(made.show(version, type_.name, records[root]))
        for version, root, type_ in places(made)
        if root in records
    }


def write(connection: Connection, made: Package, stores: dict[str, Any], data: st.DataObject) -> None:
    """Some version writes each resource: makes its row, or changes it."""
    for root, store in stores.items():
        record = rows(connection, stores).get(root)
        mode = Mode.CREATE if record is None else data.draw(st.sampled_from((Mode.UPDATE, Mode.REPLACE, None)))
        view = {Mode.CREATE: View.CREATE, Mode.UPDATE: View.UPDATE, Mode.REPLACE: View.REPLACE}.get(mode)
        able = [(v, t) for v, r, t in places(made) if view and r == root and made.find(v, t.name, view, mode)]
        if not able or view is None:
            continue
        version, type_ = data.draw(st.sampled_from(able))
        sent = _draw(made, made.history.contract(version), type_, view, data)
        try:
            if mode is Mode.CREATE:
                record = _with_key(made.create(version, type_.name, sent), made, root)
            elif mode is Mode.REPLACE:
                record = made.replace(version, type_.name, record, sent)
            else:
                record = made.update(version, type_.name, record, sent)
        except (Invalid, ValidationError):
            continue
        connection.execute(delete(store.table))
        connection.execute(insert(store.table), store.dump(record))
        connection.commit()
