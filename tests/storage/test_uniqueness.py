"""A field that became unique later is kept so by the code; one that no longer is loses its index."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import pytest

from . import packages, specs
from .packages import Package, migrate, stores

UNIQUE = (
    specs.HEAD
    + """
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      email: {type: email, unique: true}
      phone?: str
    operations: [list, get, create, update, replace, delete]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-03-15
    changes:
      - change: User.email
        unique: false
      - change: User.phone
        unique: true
next: []
"""
)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return packages.programs(UNIQUE, tmp_path_factory.mktemp("unique"))


def user(program: Package, **changes: Any) -> Any:
    new = program.module("absent").UNASSIGNED
    return program.records.User(**{"id": new, "email": "ada@example.com", **changes})


def test_uniqueness_comes_and_goes_without_touching_rows(programs, url):
    for version in programs:
        migrate(programs, url, version)
    newest = programs["v2"]
    conflict = newest.module("problems").Conflict
    with stores(newest, url) as found:
        asyncio.run(found.users.insert(user(newest, phone="1")))
        asyncio.run(found.users.insert(user(newest, phone="2")))  # the same e-mail address
        asyncio.run(found.users.insert(user(newest)))
        asyncio.run(found.users.insert(user(newest)))  # no phone twice
        with pytest.raises(conflict, match=r"Another User has the same phone\."):
            asyncio.run(found.users.insert(user(newest, phone="1")))
        with pytest.raises(conflict):
            asyncio.run(found.users.edit(2, lambda u: dataclasses.replace(u, phone="1")))
        same = asyncio.run(found.users.edit(1, lambda u: dataclasses.replace(u, email="eve@example.com")))
        assert (same.phone, same.email) == ("1", "eve@example.com")


def test_undoing_makes_it_unique_again(programs, url):
    for version in programs:
        migrate(programs, url, version)
    migrate(programs, url, "v2", "downgrade")
    old = programs["v1"]
    with stores(old, url) as found:
        asyncio.run(found.users.insert(user(old)))
        with pytest.raises(old.module("problems").Conflict):
            asyncio.run(found.users.insert(user(old)))
