"""Any record comes back from a real database as it went in, after any history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from scaffold.contract.types import Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from scaffold.convert.conversions import NULL
from scaffold.convert.records import Record

from . import parts, specs
from .packages import Package, history, package

HISTORIES = {
    "everything": specs.EVERYTHING,
    "shop": specs.SHOP,
    "moves": parts.MOVES,
    "nested": parts.NESTED,
    "flat": parts.FLAT,
    "unions": specs.UNIONS,
}

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
EARLIEST = dt.datetime(1, 1, 2)  # noqa: DTZ001  hypothesis adds the offset
LATEST = dt.datetime(9999, 12, 30)  # noqa: DTZ001  # bounds of strategies have no offset
offsets = st.integers(-720, 720).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)

SCALARS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.STR: text,
    Kind.INT: st.integers(-(2**63), 2**63 - 1),
    Kind.FLOAT: st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False),
    Kind.BOOL: st.booleans(),
    Kind.DECIMAL: st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3),
    Kind.DATE: st.dates(),
    Kind.DATETIME: st.datetimes(EARLIEST, LATEST, timezones=offsets),
    Kind.TIME: st.times(),
    Kind.DURATION: st.timedeltas(dt.timedelta(days=-(10**5)), dt.timedelta(days=10**5)),
    Kind.UUID: st.uuids(),
    Kind.EMAIL: text,
    Kind.URL: text,
    Kind.BYTES: st.binary(max_size=8),
    Kind.JSON: json,
}


@dataclass
class Program:
    """A package, an open database, and a way to make any of its records."""

    package: Package
    stores: Any
    connection: Connection

    def values(self, type_: Type, depth: int = 0) -> st.SearchStrategy[Any]:
        found = self.package.tables.records
        match type_:
            case Scalar(choices=choices) if choices:
                return st.sampled_from(choices)
            case Scalar(kind=kind):
                return SCALARS[kind]
            case ListOf(items=inner):
                return st.lists(self.values(inner, depth + 1), max_size=2) if depth < 3 else st.builds(list)
            case MapOf(values=inner):
                return st.dictionaries(text, self.values(inner, depth + 1), max_size=2)
            case Ref(name) if name in found.enums:
                return st.sampled_from([v.value for v in found.enums[name].type.values])
            case Ref(name):
                return self.records(found.objects[name], depth + 1)
            case UnionOf(variants):
                return st.one_of(st.none() if v == NULL else self.values(v, depth) for v in variants)

    def records(self, record: Record, depth: int = 0) -> st.SearchStrategy[Any]:
        absent = self.package.module("absent").ABSENT
        fields = {}
        for f in record.fields:
            if f.field.key and f.field.read_only:
                fields[f.attr] = st.just(self.package.module("absent").UNASSIGNED)
                continue
            value = self.values(f.type, depth) if depth < 4 or f.required else st.just(absent)
            value = value | st.none() if f.nullable else value
            fields[f.attr] = value if f.required else value | st.just(absent)
        return st.builds(getattr(self.package.records, record.name), **fields)


@pytest.fixture(scope="module", params=HISTORIES)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    made = package(history(HISTORIES[request.param]), tmp_path_factory.mktemp(request.param))
    storage = made.module("database").Storage("sqlite://")
    made.storage.metadata.create_all(storage.engine)
    with storage.engine.connect() as connection:
        yield Program(made, made.storage.Stores(storage), connection)
    storage.engine.dispose()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_record_comes_back(program: Program, data: st.DataObject) -> None:
    check(program, program.connection, data)


@pytest.fixture
def postgres(program: Program, postgres_url: str) -> Iterator[Connection]:
    storage = program.package.module("database").Storage(postgres_url)
    program.package.storage.metadata.create_all(storage.engine)
    with storage.engine.connect() as connection:
        yield connection
    storage.engine.dispose()


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_record_comes_back_from_postgresql(program: Program, postgres: Connection, data: st.DataObject) -> None:
    check(program, postgres, data)


def check(program: Program, connection: Connection, data: st.DataObject) -> None:
    tables = program.package.tables.tables
    table = data.draw(st.sampled_from(tables), "table")
    record = data.draw(program.records(table.record), "record")
    store = getattr(program.stores, table.attr)
    with connection.begin() as transaction:  # undone by whatever leaves it
        made = store.add(connection, record)
        setattr(record, store.key_attribute, getattr(made, store.key_attribute))
        assert made == record
        key = getattr(made, store.key_attribute)
        assert store.find_one(connection, key) == record
        again = data.draw(program.records(table.record), "again")
        setattr(again, store.key_attribute, key)
        assert store.save(connection, again) == again
        assert store.load_one(connection, key) == (again, 2)
        transaction.rollback()
