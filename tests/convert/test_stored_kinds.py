"""What is stored alone does not become one of several; variants of what is stored among others come and go."""

from __future__ import annotations

import pytest

from scaffold.convert.policies import findings
from scaffold.spec import load

SPEC = """
api: {name: shop, title: Shop API, base_path: /api}
versioning: {scheme: major, locate: [path]}
types:
  A: {fields: {kind: {const: a}, x: str}}
  B: {fields: {kind: {const: b}, y: str}}
  C: {fields: {kind: {const: c}, z: str}}
  D: {fields: {kind: {const: d}, z: str}}
  U: {type: A | B | D, discriminator: kind, tags: {a: A, b: B, d: D}}
  N: {fields: {deep: str}}
resources:
  R:
    path: /r
    fields:
      id: {type: int, key: true}
      one: str
      two: int | str
      u: U
      us: "list[U]"
      marks: "list[str | null]"
      inside: N
    operations: [list, get, create]
operations:
  POST /free: {id: free, body: N, response: U}
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2026-01-15
    changes:
      - %s
"""


def found(change: str) -> list[str]:
    return [d.message for _, d in findings(load(SPEC % change).history) if d.code == "SC334"]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ("{change: R.one, to: int | str, old_sees: none}", "R.one"),
        ("{change: N.deep, to: int | str, old_sees: none}", "N.deep"),
        ("{change: R.two, to: str, old_sends: none}", "R.two"),
        ("{change: R.marks, to: 'list[str | int | null]', old_sees: []}", "R.marks"),
    ],
)
def test_what_stands_alone_cannot_stand_among_others(change: str, at: str) -> None:
    (told,) = found(change)
    assert told.startswith(f"`{at}` is stored as ")


@pytest.mark.parametrize(
    "change",
    [
        "{add: U|C, tag: c, old_sees: {variant: A, values: {x: none}}}",
        "{remove: U|B, old_sends: {variant: A, values: {x: none}}}",
        "{change: R.one, max_length: 3, policy: keep}",
        "{change: R.one, from: str, to: int, unreadable: refuse}",
        "{rename: R.two, to: three}",
    ],
)
def test_all_else_may_be_stored(change: str) -> None:
    assert found(change) == []
