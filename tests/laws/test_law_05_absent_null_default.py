"""Law 5: absent, null and default are three things; old clients get the default of their own version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scaffold.spec import load

from ..random_histories import Package, package

SPEC = """\
api: {name: x}
resources:
  Item:
    path: /items
    fields:
      id: {type: int, key: true}
      either?: str | null
      maybe?: str
      nothing: str | null
      size: {type: int, default: 1}
versions:
  - {id: v1, released: 2025-01-01}
  - id: v2
    released: 2025-02-01
    changes:
      - {change: Item.size, default: 2}
      - {rename: Item.either, to: one_of}
"""


@pytest.fixture(scope="module")
def made() -> Iterator[Package]:
    with package(load(SPEC).history) as found:
        yield found


def shown(made: Package, version: str, record: Any) -> dict[str, Any]:
    return {k: v for k, v in made.show(version, "Item", record).items() if k != "id"}


@pytest.mark.parametrize(
    "sent",
    [
        {"nothing": None, "size": 3},
        {"nothing": None, "size": 3, "either": None},
        {"nothing": "x", "size": 3, "either": "y", "maybe": "z"},
    ],
)
def test_what_was_not_sent_is_not_null_and_null_stays_null(made: Package, sent: dict[str, Any]) -> None:
    record = made.create("v1", "Item", sent)
    assert shown(made, "v1", record) == sent
    newer = {{"either": "one_of"}.get(k, k): v for k, v in sent.items()}
    assert shown(made, "v2", record) == newer


def test_old_clients_get_the_default_of_their_own_version(made: Package) -> None:
    assert shown(made, "v2", made.create("v1", "Item", {"nothing": None}))["size"] == 1
    assert shown(made, "v1", made.create("v2", "Item", {"nothing": None}))["size"] == 2


def test_a_partial_update_gets_no_fills_and_no_defaults(made: Package) -> None:
    record = made.create("v1", "Item", {"nothing": "x", "size": 9, "either": "y", "maybe": "z"})
    assert made.update("v1", "Item", record, {}) == record
    changed = made.update("v1", "Item", record, {"either": None, "maybe": None})
    assert shown(made, "v1", changed) == {"nothing": "x", "size": 9, "either": None}
