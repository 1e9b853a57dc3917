"""Changes that cannot be: each kind is told at its line, with its cause and a way out."""

from __future__ import annotations

import pytest

from scaffold.diagnostics import Diagnostic, ScaffoldError
from scaffold.spec import load
from scaffold.workflows.project_state import require_policies

BASE = """\
api: {name: shop}
types:
  Status: {enum: [draft, published]}
  Spare: {enum: [one, two]}
  Address: {fields: {street: str, zip: {type: str, max_length: 5}}}
  Key: {fields: {id: {type: str, key: true}}}
  Method: Card | Bank
  Card: {fields: {brand: str}}
  Bank: {fields: {iban: str}}
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: {type: str, max_length: 10}
      age: {type: int, ge: 18}
      code: {type: str, max_length: 5, unique: true}
      status: Status
      home: Address
      tags: "list[str]"
      pay: Method
      bio?: str
operations:
  GET /search: {id: search, parameters: {q: {type: str, max_length: 9}}, responses: {200: str}}
versions:
  - id: v1
    released: 2025-01-01
  - id: v2
    released: 2026-01-01
    changes:
"""
FIRST = BASE.count("\n") + 1


def wrong(*changes: str) -> list[Diagnostic]:
    """What is wrong with changes of v2, one a line: what does not fit, or else the policies that are missing."""
    text = BASE + "".join(f"      - {{{change}}}\n" for change in changes)
    try:
        require_policies(load(text), draft=True)
    except ScaffoldError as error:
        return list(error.diagnostics)
    return []


OFFERS = "add one of these to the change"
MISSING = [
    ("add: User.x, type: int", "clients of older versions do not send it", "old_sends: VALUE"),
    ("add: User.x, type: str, unique: true", "clients of older versions do not send it", "required: false"),
    ("remove: User.name", "older versions promise `User.name`", "old_sees: VALUE"),
    ("change: User.bio, required: true", "may leave `User.bio` out", "old_sends: VALUE"),
    ("change: User.age, required: false", "older versions promise `User.age`", "old_sees: VALUE"),
    ("change: User.name, max_length: 5", "older versions keep theirs", "policy: clamp"),
    ("change: User.age, write_only: true", "older versions promise `User.age`", "policy: keep"),
    ('change: User.tags, to: "str"', "in more than one way", "pick: first"),
    ("add: Status.x", "do not know `x`", "old_sees: VALUE     what they are shown, one of draft, published"),
    ("remove: Status.draft", "may send `draft`", "policy: refuse"),
    ('add: "GET /search?x", type: int, required: true', "callers of older versions do not send `x`", "old_sends"),
    ('change: "GET /search?q", max_length: 3', "what the new bounds of `q` refuse", "policy: clamp"),
    ("change: User.id, type: uuid", "older versions name `User` by `User.id`", "keep: int"),
]


@pytest.mark.parametrize(("change", "cause", "offer"), MISSING)
def test_a_policy_that_is_missing_is_offered(change: str, cause: str, offer: str) -> None:
    (found,) = wrong(change)
    assert (found.code, found.span and found.span.line, found.help) == ("SC320", FIRST, OFFERS)
    assert cause in found.message
    assert any(offer in note for note in found.notes)


IMPOSSIBLE = [
    ("add: User.x, type: int, ge: 5, old_sends: 3", "SC213", "`old_sends`: `3` is less than 5", "has `ge: 5`"),
    ("add: User.x, type: int, old_sends: 7, existing: a", "SC213", "`existing`: ", ""),
    ("add: User.x, type: int, ge: 5, default: 3", "SC213", "`default`: `3` is less than 5", "has `ge: 5`"),
    ("add: User.x, type: Status, old_sends: gone", "SC213", "`gone` is no value of `Status`", "one of `draft`"),
    ("add: User.x, type: Address, old_sends: {street: a}", "SC213", "`Address` needs `zip` too", "a value of Address"),
    (
        'add: User.x, type: "list[Key]", old_sends: [{id: a}, {id: b}, {id: a}]',
        "SC213",
        '`old_sends`: two items of this list have the `id` `"a"`',
        "a value of list[Key]",
    ),
    ("add: User.x, type: str, unique: true, old_sends: a", "SC352", "`old_sends` is one value", "required: false"),
    ("change: User.age, unique: true, existing: 20", "SC352", "`existing` is one value", "while"),
    ("remove: User.age, old_sees: 3", "SC213", "`old_sees`: `3` is less than 18", "has `ge: 18`"),
    ("change: User.age, nullable: true, old_sees: 3", "SC213", "`3` is less than 18", "has `ge: 18`"),
    ("remove: User.bio, old_sees: a", "SC312", "says nothing about `User.bio`", "leave it out"),
    ("change: User.name, max_length: 5, policy: clmap", "SC202", "`clmap` is not known", "did you mean `clamp`?"),
    ("change: User.name, max_length: 5, policy: drop", "SC327", "may write `User.name` as they did", "leave `policy`"),
    ("change: User.name, max_length: 5, policy: refuse", "SC326", "refuses what older versions", "waiver: {name:"),
    ('change: User.name, pattern: "a+", policy: clamp', "SC327", "can be cut to its pattern", "choose `keep`"),
    ('change: "GET /search?q", max_length: 3, policy: drop', "SC313", "does nothing for `GET /search?q`", "`refuse`"),
    ("change: User.age, to: date", "SC322", "no codec leads from int to date", "conversions.NAME"),
    ('change: User.age, to: decimal, codec: "csv<->list"', "SC323", "does not lead from int to decimal", "there is"),
    ('change: User.age, to: decimal, codec: "cents<->decima"', "SC323", "there is no codec", "`cents<->decimal`"),
    ("change: User.age, to: decimal, codec: other.f", "SC313", "names no codec", "`conversions.price`"),
    ("change: User.home, to: int", "SC322", "no codec leads from Address to int", "add a field"),
    ("change: User.name, to: int, unreadable: default", "SC310", "has no default", "add `default: VALUE`"),
    ("change: User.name, to: int, unreadable: null", "SC310", "null is no value", "add `nullable: true`"),
    ("change: User.name, to: int, ge: 10, unreadable: 3", "SC213", "`unreadable`: `3` is less", "write `refuse`"),
    ("split: User.name, into: {a: str, b: str}", "SC313", "nothing says how", "add `with: words`"),
    ("split: User.name, into: {a: str, b: str}, with: wrds", "SC309", "names no way to convert", "write one of"),
    ("split: User.age, into: {a: str, b: str}, with: words", "SC309", "joins and splits text", "name functions"),
    ("split: User.name, into: {a: str}, with: words", "SC309", "becomes one field", "`rename` it"),
    ("merge: [User.name, User.code], into: x", "SC313", "nothing says how", "add `with: words`"),
    ("remove: Status.draft, old_sends: gone", "SC310", "no value of `Status` after", "one of `published`"),
    ("remove: Status", "SC309", "still used in `User.status`", "change or remove those first"),
    ("rename: User.name, to: bio", "SC303", "`User.bio` is there already", "choose a free name"),
    ("rename: Status.draft, to: published", "SC303", "is there already", "choose a free name"),
    ("rename: User, to: Status", "SC303", "a type `Status` is there already", "choose a free name"),
    ('rename: "GET /search?q", to: q', "SC303", "is there already", "choose a free name"),
    ("move: [User.id], to: User.home", "SC304", "is a key and stays", "`rename`"),
    ("move: [User.name], to: User.tags", "SC302", "not an object", "end the address at"),
    ("change: User.nmae, required: false", "SC302", "no field `nmae`", "did you mean `name`?"),
    ("change: Usr.name, required: false", "SC302", "no type `Usr`", "did you mean `User`?"),
    ("change: Status.x, opt_in: null", "SC302", "no value `x`", "draft"),
    ('change: "GET /search?x", default: 1', "SC302", "no parameter `x`", "one of `q`"),
]


@pytest.mark.parametrize(("change", "code", "cause", "way_out"), IMPOSSIBLE)
def test_what_cannot_be_is_told_with_its_cause_and_a_way_out(change: str, code: str, cause: str, way_out: str) -> None:
    found = wrong(change)
    assert [(d.code, d.span and d.span.line) for d in found] == [(code, FIRST)]
    assert cause in found[0].message
    assert found[0].help is not None
    assert way_out in found[0].help


@pytest.mark.parametrize(
    ("change", "way_out"),
    [
        ("rename: User, to: Account, owner: name", "where a resource begins"),
        ("remove: User.bio, pick: first", "where a list becomes one value"),
        ("rename: User.bio, to: x, redirect: 308", "in a `move` of an operation"),
    ],
)
def test_a_key_that_belongs_elsewhere_is_told_where(change: str, way_out: str) -> None:
    (found,) = (d for d in wrong(change) if d.code == "SC203")
    assert found.span is not None
    assert found.span.line == FIRST
    assert way_out in str(found.help)


GONE = [
    ("rename: User.name, to: full", "rename: User.name, to: other", "Renamed `User.name` to `full`."),
    ("remove: User.bio", "change: User.bio, required: true", "Removed field `User.bio`."),
    ("remove: User.bio", "rename: User.bio, to: x", "Removed field `User.bio`."),
    ("move: [User.bio], to: User.home", "change: User.bio, required: true", "Moved `User.bio` into `User.home`."),
    ("rename: User, to: Account", "rename: User.bio, to: x", "Renamed resource `User` to `Account`"),
    ("remove: GET /search", 'change: "GET /search?q", default: a', "Removed operation `GET /search`."),
    ("rename: Spare.one, to: first", "rename: Spare.one, to: primary", "Renamed value"),
]


@pytest.mark.parametrize(("first", "second", "said"), GONE)
def test_what_an_earlier_change_took_away_is_told_with_that_change(first: str, second: str, said: str) -> None:
    (found,) = wrong(first, second)
    assert (found.code, found.span and found.span.line) == ("SC302", FIRST + 1)
    assert found.notes[0].startswith("v2 says: ")
    assert said in found.notes[0]


def test_what_is_converted_by_hand_is_changed_by_nothing_else() -> None:
    by_hand = "custom: User, up: conversions.a, down: conversions.b, fields: {x: int}"
    found = wrong(by_hand, 'add: "User.z?", type: int')
    assert [(d.code, d.help) for d in found] == [
        ("SC325", "say all of it in `custom`, or make the other change in a version of its own")
    ]


def test_all_are_told_at_once_each_at_its_line() -> None:
    found = wrong("rename: User.name, to: bio", "remove: Status", "add: User.x, type: int, ge: 5, old_sends: 3")
    assert [d.span and d.span.line for d in found] == [FIRST, FIRST + 1, FIRST + 2]
