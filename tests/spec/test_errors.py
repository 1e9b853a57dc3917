"""Everything wrong with a spec is told at once, each with its code and its line."""

from __future__ import annotations

import pytest

from scaffold.contract.error_form import ErrorFormat
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load

from .helpers import FIRST, changed, found, told

A = "api: {name: x}\n"
V = A + "versions:\n"
TWO = "  - {id: v1, released: 2025-01-01}\n  - {id: v2, released: 2025-02-01"
MANY = """\
api: {name: 1shop, titel: x, base_path: api}
versioning: {scheme: mayor, locate: [header]}
policy: {support: 12, notice: 3 moons, max_active: 0}
types:
  Status: {enum: [a, a]}
  str: {enum: [a]}
  Both: {enum: [a], fields: {b: int}}
  A: {fields: {b: B}}
  B: {fields: {a: A, 'x y': int, x_y: int}}
  a: {fields: {}}
resources:
  User:
    path: users
    fields: {id: int}
  Thing:
    path: /things/
    fields:
      id: {type: "list[int]", key: true}
      n: {type: strng}
      m: {type: int, min_length: 4}
      o: {max_length: 3}
      p: {type: str, pattern: "("}
      q: {type: Status, on_create: d}
      s: {type: bool, key: maybe}
      u: {ref: Usr}
    operations: [list, fetch]
operations:
  FETCH /x: {}
  GET /x/{id: {}
  POST /y: {response: Thng, body: Thing}
  GET /z: {body: Thing, id: post_y}
versions:
  - id: v1
    released: 2025-02-30
  - id: v1
  - id: 2
  - id: v2
    released: 2024-01-01
    sunset: 2023-01-01
    changes: {}
  - id: v1.1
nxt: []
"""


def test_all_errors_are_told_at_once() -> None:
    lines = {line for _, line in found(MANY)}
    assert lines >= {1, 2, 3, 5, 6, 7, 8, 9, 10, 13, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 34, 35, 36}
    assert lines >= {39, 40, 42}


def test_every_finding_has_a_code_a_place_and_a_message() -> None:
    with pytest.raises(ScaffoldError) as caught:
        load(MANY)
    for diagnostic in caught.value.diagnostics:
        assert diagnostic.code.startswith("SC")
        assert diagnostic.span is not None
        assert diagnostic.message


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("apis: {name: x}\n", "SC203", 1, "did you mean `api`?"),
        ("types: {}\n", "SC201", 1, "`api` is missing"),
        ("api: {}\n", "SC201", 1, "`name` is missing"),
        ("api: [x]\n", "SC202", 1, "a mapping is needed for `api`"),
        ("api: {name: [x]}\n", "SC202", 1, "not a list"),
        ("api: {name: null}\n", "SC202", 1, "not null"),
        (A + "versions: v1\n", "SC202", 2, "a list is needed for `versions`"),
        (A + "resources: {A: {fields: {}}}\n", "SC201", 2, "`path` is missing"),
        (A + "resources: {A: {path: /a, fields: {id: int}}}\n", "SC222", 2, "has no key"),
        (A + "resources:\n  A:\n    path: /a/{b}/c\n    fields: {id: {type: int, key: true}}\n", "SC236", 4, "no fi"),
        (V + "  - id: v1\n    changes:\n      - remove A\n", "SC408", 4, "stated whole"),
        (A + "versioning: {scheme: date}\n", "SC408", 2, "the first one must be stated"),
        (A + "versioning: {scheme: date}\nversions:\n  - id: v1\n", "SC401", 4, "write a date"),
        (V + "  - id: v2\n  - id: v1\n", "SC403", 4, "versions go up"),
        (V + "  - id: v1.1\n", "SC404", 3, "does not stand before"),
        (V + "  - id: v1\n  - id: v1.2\n  - id: v1.1\n", "SC403", 5, "releases go up"),
        (V + "  - id: v1\n  - id: v1.1\n    sunset: 2027-01-01\n", "SC406", 5, "belongs to the version `v1`"),
        (V + "  - id: v1\n    released: 2025-01-01T10:00:00\n", "SC202", 4, "write `2025-01-01T10:00:00Z`"),
        (V + "  - {id: v1, released: 2025-01-01}\n  - id: v2\n    released: 2024-01-01\n", "SC410", 5, "before"),
        (V + "  - id: v1\n  - id: v2\n    released: 2024-01-01\n", "SC409", 5, "release `v1` first"),
        (V + "  - {id: v1, released: 2025-01-01, deprecated: 2027-01-01, sunset: 2026-01-01}", "SC411", 3, "is before"),
        (V + TWO + ", sunset: 2029-01-01}", "SC413", 4, ""),
        (V + "  - {id: v1, sunset: 2030-01-01}\n", "SC412", 3, "never released"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(text: str, code: str, line: int, words: str) -> None:
    assert (code, line) in found(text)
    assert words in told(text)


@pytest.mark.parametrize(
    ("lines", "code", "line", "words"),
    [
        (["- add: User.x", "  typ: int"], "SC203", 1, "did you mean `type`?"),
        (["- add: User.x"], "SC210", 0, "does not say what it is"),
        (["- add: User.x", "  type: intt"], "SC212", 1, "did you mean `int`?"),
        (["- add: User.x", "  type: A | B", ], "SC212", 1, "`A`"),
        (["- add: User.name", "  type: int"], "SC303", 0, "is there already"),
        (["- add: Usr.x", "  type: int"], "SC302", 0, "did you mean `User`?"),
        (["- rename: User.nmae", "  to: b"], "SC302", 0, "did you mean `name`?"),
        (["- rename: User.name"], "SC313", 0, "gets no new name"),
        (["- rename: User.name", "  to: User.full"], "SC313", 1, "write `to: full`"),
        (["- rename: {User.name: a, Status.draft: b}"], "SC313", 0, "of one object"),
        (["- rename User.name: full"], "SC301", 0, "write `- rename: User.name`"),
        (["- rname User.name to x"], "SC301", 0, "did you mean `rename`?"),
        (["- rename User.name full"], "SC301", 0, "rename User.name to full_name"),
        (["- split: User.name", "  into: {a: str, b: str}"], "SC313", 0, "nothing says how"),
        (["- alias User.name to x"], "SC301", 0, "is not a change that can be read"),
        (["- split: Status.draft", "  into: [a, b]"], "SC320", 0, "add `pick:`, one of `a`, `b`"),
        (["- split: Status.draft", "  into: a"], "SC313", 1, "write `into: [one, other]`"),
        (["- split: Status.draft", "  into: [a]", "  pick: a"], "SC310", 0, "use `rename` for one"),
        (["- split: Status.draft", "  into: [a, b]", "  pick: c"], "SC310", 0, "`pick: c` is none of the values"),
        (["- split: Status.draft", "  into: [a, published]", "  pick: a"], "SC303", 0, "is there already"),
        (["- split Status.draft into a, b pick a", "- rename Status.draft to c"], "SC302", 1, "has no value `draft`"),
        (["- merge: [Status.draft, Status.x]", "  into: c", "  pick: draft"], "SC302", 0, "has no value `x`"),
        (["- merge Status.draft into c pick draft"], "SC310", 0, "use `rename` for one"),
        (["- merge: [Status.draft, Status.published]", "  pick: draft"], "SC313", 0, "add `into:` with one value"),
        (["- remove: Status.draft", "  policy: refuse", "  existing: x"], "SC310", 0, "`existing: x` is no value"),
        (["- remove: Status.draft", "  policy: refuse", "  old_sends: x"], "SC312", 1, "keep `policy` or `old_sends`"),
        (["- remove: Status.draft", "  policy: refuse", "  waiver: {name: A}"], "SC201", 2, "reason"),
        (["- add: User.x", "  remove: User.y"], "SC301", 0, "has one verb"),
        (["- {}"], "SC301", 0, "begins with a verb"),
        (["- [a]"], "SC202", 0, "a mapping is needed here"),
        (["- remove: User.id"], "SC304", 0, "is the key"),
        (["- add: Status.x", "  max_length: 3"], "SC312", 1, "says nothing about a value of an enum"),
        (["- add: Status.x", "  old_sees: drft"], "SC310", 0, "is no value of"),
        (["- change: User.name", "  min_items: 3"], "SC219", 1, "cannot bound `User.name`"),
        (["- change: User.name", "  drop: [ge]"], "SC219", 1, "cannot be dropped"),
        (["- change: User.name", "  max_length: 10"], "SC307", 0, "nothing about"),
        (["- change: User.name", "  from: int", "  to: decimal"], "SC306", 0, "is str at this point"),
        (["- change: User.name", "  default: [1]"], "SC213", 1, "a text is needed"),
        (["- change: User.name", "  required: yes"], "SC202", 1, "did you mean `true`?"),
        (["- change: User.id", "  to: decimal"], "SC217", 0, "a key"),
        (["- remove: Status.draft", "  old_sends: published"], "SC217", 0, "the default of `User.status`"),
        (["- change: envelope", "  to: {data: $itmes}"], "SC229", 1, "`$itmes`"),
        (["- change: envelope", "  to: {meta: $total}"], "SC229", 1, "exactly once"),
        (["- behaviour: strict_rounding"], "SC313", 0, "add `why:"),
        (["- behaviour strict_rounding"], "SC313", 0, "add `why:"),
        (["- behaviour: half-even", "  why: Half even."], "SC313", 0, "cannot name a behaviour"),
        (["- behaviour: x", "  on: false"], "SC302", 0, "no behaviour `x`"),
        (["- change base_path to rest"], "SC230", 0, "`rest` is no base path"),
        (["- change base_path to default"], "SC307", 0, "the same as before"),
        (["- change: errors", "  to: probelm"], "SC313", 1, "did you mean `problem`?"),
        (["- change: errors", "  to: problem"], "SC307", 0, "`problem` already"),
        (["- change: errors"], "SC313", 0, "add `to: problem`"),
        (["- change: errors", "  to: {media_type: application/json}"], "SC234", 1, "what an error looks like"),
        (["- change: errors", "  to:", "    body: {}"], "SC234", 2, "says nothing"),
        (["- change: errors", "  to:", "    body: {ok: false}"], "SC234", 2, "would say the same"),
        (["- change: errors", "  to: {form: simple, extend: true}"], "SC234", 1, "leave `extend` out"),
        (["- change: errors", "  to:", "    body:", "      a: $kode"], "SC234", 3, "`$kode` is no fact"),
        (["- change: errors", "  to:", "    body:", "      a: $code|x"], "SC234", 3, "is no fact"),
        (["- change: errors", "  to:", "    body:", "      a: {b: $in}", "      c: $code"], "SC234", 3, "of one"),
        (["- change: errors", "  to:", "    body:", "      a: [$field]", "      c: $code"], "SC234", 3, "one object i"),
        (["- change: errors", "  to:", "    body:", "      a: Sorry, $title", "      c: $code"], "SC234", 3, "alone"),
        (["- change: errors", "  to: {body: {a: $code}, media_type: text/plain}"], "SC234", 1, "no media type of JSON"),
        (["- change: errors", "  to: {body: {a: $code}, media_tipe: a/b}"], "SC203", 1, "did you mean `media_type`"),
        (["- change: pagination", "  to: curser"], "SC202", 1, "did you mean `cursor`?"),
        (["- change: pagination", "  to: offset"], "SC307", 0, "paged so already"),
        (["- change: pagination", "  to: {limit: 200, max_limit: 50}"], "SC233", 1, "200 at once, and at most 50"),
        (["- change: pagination", "  to: {style: none, limit: 5}"], "SC233", 1, "has no limit"),
        (["- change: envelope", "  to: {data: $items, at: $page}"], "SC229", 0, "paged by `offset`"),
        (["- change: GET /users?limit", "  default: 500"], "SC213", 1, "more than 100"),
        (["- move: GET /users/{id}", "  to: GET /people"], "SC311", 0, "path parameter"),
        (["- move: GET /users/{id}", "  to: DELETE /users/{name}"], "SC228", 0, "same address"),
        (["- move: User.name", "  to: Status.x"], "SC308", 0, "below one type"),
        (["- add: User.a-b", "  type: int", "- add: User.a_b", "  type: int"], "SC216", 2, "both become"),
        (["- add: Order", "  path: /orders", "  fields: {a: int}"], "SC222", 0, "has no key"),
        (["- add: POST /users/{id}/ban", "  response: Usr"], "SC212", 1, "did you mean `User`?"),
        (["- remove: Status"], "SC309", 0, "still used"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_change_is_told(lines: list[str], code: str, line: int, words: str) -> None:
    text = changed(*lines)
    assert (code, FIRST + line) in found(text)
    assert words in told(text)


def test_every_mistake_in_a_form_of_errors_is_told() -> None:
    text = changed(
        "- change: errors", "  to:", "    media_type: text", "    body:", "      a: $kode", "      b: $field"
    )
    assert found(text) == [("SC234", FIRST + 2), ("SC234", FIRST + 4), ("SC234", FIRST + 5)]


def test_a_form_that_has_a_name_is_that_one() -> None:
    body = "    body: {error: $code_snake, message: $detail|$title, migrate_to: $successor}"
    text = changed("- change: errors", "  to:", body, "    extend: true")
    assert load(text).history.newest.errors is ErrorFormat.SIMPLE


def test_an_error_in_one_change_does_not_hide_one_in_another() -> None:
    text = changed("- remove: User.nme", "- add: User.x", "  type: intt", "- rename: Status.drft", "  to: d")
    assert found(text) == [("SC302", FIRST), ("SC212", FIRST + 2), ("SC302", FIRST + 3)]


def test_what_follows_from_an_error_is_not_told_again() -> None:
    text = changed("- add: User.x", "  type: intt", "- change: User.x", "  required: false", "  old_sees: 3")
    assert found(text) == [("SC212", FIRST + 1)]


@pytest.mark.parametrize(
    ("lines", "fits"),
    [
        (["- add: User.x?", "  type: int"], True),
        (["- add: Extra", "  fields: {a: int}"], True),
        (["- add: GET /ping"], True),
        (["- add: GET /users?q", "  type: str"], True),
        (["- add: User.x", "  type: int"], False),
        (["- add: User.x?", "  type: int", "  old_sends: 3"], False),
        (["- remove: User.name"], False),
        (["- rename: User.name", "  to: n"], False),
        (["- add: GET /users?q", "  type: str", "  required: true"], False),
    ],
)
def test_a_release_only_adds(lines: list[str], fits: bool) -> None:
    text = changed(*lines).replace("id: v2", "id: v1.1")
    assert found(text) == ([] if fits else [("SC415", FIRST)])


def test_undecided_may_stand_anywhere_and_is_found_by_others() -> None:
    lines = ["- add: User.x", "  type: int", "  old_sends: undecided"]
    assert found(changed(*lines)) == []
