"""Unions, aliases, constants and what is only kept come out as they were stated."""

from __future__ import annotations

import pytest

from scaffold.contract.contract import Contract
from scaffold.contract.named_types import AliasType, EnumType, ObjectType, Unknown
from scaffold.contract.types import Discriminator, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load

from .helpers import found, told

STR, INT, NULL = Scalar(Kind.STR), Scalar(Kind.INT), Scalar(Kind.NULL)
A, B = Ref("A"), Ref("B")
HEAD = """\
api: {name: shop}
types:
  A: {fields: {kind: str}}
  B: {fields: {kind: str, "n?": int}}
  E: {enum: [a]}
"""


def contract(x: str) -> Contract:
    return load(f"{HEAD}  X: {x}\n").history.newest


def alias(x: str) -> AliasType:
    made = contract(x).types["X"]
    assert isinstance(made, AliasType)
    return made


def obj(x: str) -> ObjectType:
    made = contract(x).types["X"]
    assert isinstance(made, ObjectType)
    return made


@pytest.mark.parametrize(
    ("x", "type_", "nullable"),
    [
        ("A | B", UnionOf((A, B)), False),
        ("A | null | B", UnionOf((A, B)), True),
        ("int | null", INT, True),
        ("list[str | null]", ListOf(UnionOf((STR, NULL), exclusive=False)), False),
        ("list[null | A | B]", ListOf(UnionOf((NULL, A, B))), False),
        ('"map[str, A | B]"', MapOf(UnionOf((A, B))), False),
        ("{one_of: [A, B]}", UnionOf((A, B)), False),
        ("{any_of: [A, B]}", UnionOf((A, B), exclusive=False), False),
        ("{one_of: [A]}", UnionOf((A,)), False),
        ("{one_of: [A, null]}", A, True),
        ("{any_of: [null, A, B]}", UnionOf((A, B), exclusive=False), True),
        ("{one_of: [A, {one_of: [B, int]}]}", UnionOf((A, UnionOf((B, INT)))), False),
        ("{items: {one_of: [A, null, B]}}", ListOf(UnionOf((A, NULL, B))), False),
        ("{items: {type: str, nullable: true, max_length: 3}}",
         ListOf(UnionOf((Scalar(Kind.STR, max_length=3), NULL), exclusive=False)), False),
        ("{items: {type: null | str, max_length: 3}}",
         ListOf(UnionOf((NULL, Scalar(Kind.STR, max_length=3)), exclusive=False)), False),
        ("{type: A | B, discriminator: kind}", UnionOf((A, B), Discriminator("kind")), False),
        ("{any_of: [A, B, null], discriminator: kind, tags: {a: A, b: B, c: B}}",
         UnionOf((A, B), Discriminator("kind", (("a", "A"), ("b", "B"), ("c", "B"))), False), True),
        ("{type: int, enum: [1, 2]}", Scalar(Kind.INT, choices=(1, 2)), False),
        ("{type: int | null, enum: [1]}", Scalar(Kind.INT, choices=(1,)), True),
        ("{type: bool, enum: [true]}", Scalar(Kind.BOOL, choices=(True,)), False),
        ("{type: str, enum: [1.10, no]}", Scalar(Kind.STR, choices=("1.10", "no")), False),
        ("{type: json, enum: [1, x, '1']}", Scalar(Kind.JSON, choices=(1, "x", "1")), False),
        ("{const: 1}", Scalar(Kind.INT, choices=(1,)), False),
        ("{const: 1.5}", Scalar(Kind.FLOAT, choices=(1.5,)), False),
        ("{const: true}", Scalar(Kind.BOOL, choices=(True,)), False),
        ("{const: '1'}", Scalar(Kind.STR, choices=("1",)), False),
        ("{type: str, const: 1}", Scalar(Kind.STR, choices=("1",)), False),
        ("{type: int, format: unbounded, ge: 0}", Scalar(Kind.INT, "unbounded", ge=0), False),
        ("{type: float, le: 1.7976931348623157e+308}", Scalar(Kind.FLOAT, le=1.7976931348623157e308), False),
    ],
)  # fmt: skip
def test_an_alias_says_what_it_stands_for(x: str, type_: Type, nullable: bool) -> None:
    made = alias(x)
    assert (made.type, made.nullable) == (type_, nullable)


def test_null_beside_a_union_of_a_field_is_the_fields_own() -> None:
    one, two = obj("{fields: {a: A | B | null, b: {one_of: [A, B, null], discriminator: kind}}}").fields
    assert (one.type, one.nullable) == (UnionOf((A, B)), True)
    assert (two.type, two.nullable) == (UnionOf((A, B), Discriminator("kind")), True)


def test_what_is_written_in_place_is_inline_and_has_a_name() -> None:
    made = contract(
        "{fields: {a: {one_of: [{fields: {x: int}}, {enum: [q]}, {fields: {y: int}, name: Why}]}, "
        "b: {values: {enum: [z], open: true}}}, unknown: keep, rest: {fields: {r: int}}}"
    )
    x = made.object("X")
    assert x is not None
    assert x.fields[0].type == UnionOf((Ref("XA1"), Ref("XA2"), Ref("Why")))
    assert (x.fields[1].type, x.rest) == (MapOf(Ref("XB")), Ref("XRest"))
    inside = [made.types[name] for name in ("XA1", "XA2", "Why", "XB", "XRest")]
    assert all(not isinstance(t, AliasType) and t.inline for t in inside)
    assert isinstance(made.types["XB"], EnumType)
    assert made.types["XB"].open


@pytest.mark.parametrize(
    ("x", "name"),
    [
        ("{items: {fields: {a: int}}}", "XItem"),
        ("{values: {fields: {a: int}}}", "XValue"),
        ("{one_of: [int, {fields: {a: int}}]}", "X2"),
    ],
)
def test_what_an_alias_holds_has_a_name_of_its_own(x: str, name: str) -> None:
    made = contract(x)
    assert made.object(name) is not None
    assert made.alias("X") is not None


def test_what_is_said_of_a_place_stays_with_the_place() -> None:
    made = contract(
        "{fields: {a: {fields: {b: int}, description: D, x-a: 1, openapi: {title: T}}, "
        "c: {items: {enum: [q], description: I, x-i: [1, '1', null]}}}, "
        "x-x: {y: no}, openapi: {title: X}, component: x.Y}"
    )
    x = made.object("X")
    assert x is not None
    a, c = x.fields
    assert (a.description, a.extra) == ("D", {"x-a": 1, "title": "T"})
    assert isinstance(c.type, ListOf)
    assert c.type.items.extra == {"description": "I", "x-i": [1, "1", None]}
    inside = made.types["XA"], made.types["XC"]
    assert all(t.description is None and t.extra == {} for t in inside)
    assert (x.extra, x.component) == ({"x-x": {"y": "no"}, "title": "X"}, "x.Y")


def test_an_object_that_keeps_other_fields_may_bound_them() -> None:
    made = obj("{fields: {a: int}, rest: {type: str, max_length: 3, description: R}}")
    assert (made.unknown, made.rest) == (Unknown.KEEP, Scalar(Kind.STR, max_length=3))
    assert made.rest is not None
    assert made.rest.extra == {"description": "R"}


@pytest.mark.parametrize(
    ("type_", "value", "made"),
    [
        ("int | str", "3", 3),
        ("str | int", "3", 3),
        ("str | int", "'3'", "3"),
        ("str | float", "1.10", 1.1),
        ("decimal | bool", "1.10", "1.10"),
        ("str | bool", "true", True),
        ("str | int | null", "null", None),
        ("A | str", "{kind: x}", {"kind": "x"}),
        ("A | B", "{kind: x, n: 3}", {"kind": "x", "n": 3}),
        ("list[int | null]", "[1, null]", [1, None]),
        ("M", "{kind: b, n: 3}", {"kind": "b", "n": 3}),
        ("N", "null", None),
        ("N", "ab", "ab"),
        ("O", "anything", "anything"),
        ("R", "{a: 1, b: x, c: 1.10}", {"a": 1, "b": "x", "c": "1.10"}),
    ],
)
def test_a_default_is_read_by_the_type_that_fits_it(type_: str, value: str, made: object) -> None:
    more = (
        "  M: {type: A | B, discriminator: kind, tags: {a: A, b: B}}\n  N: {type: str, max_length: 2, nullable: true}\n"
        "  O: {enum: [a], open: true}\n  R: {fields: {a: int}, rest: str}\n"
    )
    text = f'{HEAD}{more}  X: {{fields: {{f: {{type: "{type_}", default: {value}}}}}}}\n'
    x = load(text).history.newest.object("X")
    assert x is not None
    assert x.fields[0].default == made
    assert type(x.fields[0].default) is type(made)


@pytest.mark.parametrize(
    ("x", "words"),
    [
        ("{type: A | C, discriminator: kind, tags: {b: C}}", "`b` stands for `C` in `A | C`, and `C.kind` is `c`"),
        ("{type: A | C, discriminator: kind}", "say its word: `tags: {c: C}`"),
        ("{type: A | D, discriminator: kind}", "`D.kind` is one of `c` and `d`"),
        ("{type: A | D, discriminator: kind, tags: {d: D, e: D}}", "`e` stands for `D` in `A | D`"),
        ("{type: A | N, discriminator: kind, tags: {n: N}}", "`N.kind` is no text"),
    ],
)
def test_a_word_of_a_discriminator_is_one_that_its_type_can_say(x: str, words: str) -> None:
    closed = """\
  C: {fields: {kind: {const: c}}}
  D: {fields: {kind: {enum: [c, d]}}}
  N: {fields: {kind: {const: 1}}}
"""
    with pytest.raises(ScaffoldError) as caught:
        load(f"{HEAD}{closed}  X: {x}\n")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "SC231"
    assert diagnostic.span is not None
    assert words in f"{diagnostic.message}; {diagnostic.help}"


@pytest.mark.parametrize(
    ("x", "code", "words"),
    [
        ("A | Bb", "SC212", "did you mean `B`?"),
        ("A | A", "SC211", "stands in it twice"),
        ("A | null | null", "SC211", "stands in it twice"),
        ("{type: A | E, discriminator: kind}", "SC231", "`E` is no object"),
        ("{type: A | int, discriminator: kind}", "SC231", "`int` is no object"),
        ("{type: A | B, discriminator: kin}", "SC231", "did you mean `kind`?"),
        ("{type: A, discriminator: kind}", "SC231", "nothing to tell apart"),
        ("{type: A | B, tags: {a: A}}", "SC231", "add `discriminator:`"),
        ("{type: A | B, discriminator: kind, tags: {a: Aa}}", "SC231", "did you mean `A`?"),
        ("{type: A | B, discriminator: kind, tags: {B: A}}", "SC231", "`kind: B` would be `A` and `B`"),
        ("{type: A | B, discriminator: kind, tags: [a]}", "SC202", "write `{card: Card, wallet: Wallet}`"),
        ("{one_of: []}", "SC231", "names no type"),
        ("{one_of: [null]}", "SC231", "names no type"),
        ("{one_of: [A, A]}", "SC231", "stands twice"),
        ("{one_of: A}", "SC202", "a list is needed"),
        ("{one_of: [A], any_of: [B]}", "SC210", "has both `one_of` and `any_of`"),
        ("X", "SC220", "stands for itself"),
        ("X | str", "SC220", "stands for itself"),
        ("{type: int, enum: [1, x]}", "SC213", "`x` is not a whole number"),
        ("{type: int, enum: [1, 1]}", "SC215", "stands twice"),
        ("{type: int, enum: []}", "SC215", "has no values"),
        ("{type: A, enum: [a]}", "SC210", "cannot close"),
        ("{type: int, enum: [{value: 1, description: x}]}", "SC210", "a value alone"),
        ("{const: [1]}", "SC210", "a single value"),
        ("{const: null}", "SC210", "a single value"),
        ("{type: A, const: 1}", "SC210", "cannot close"),
        ("{enum: [a], unknown: keep}", "SC210", "says nothing about an enum"),
        ("{fields: {a: int}, open: true}", "SC210", "`open` says nothing"),
        ("{fields: {a: int}, tags: {a: A}}", "SC210", "`tags` says nothing"),
        ("{fields: {a: int}, rest: str, unknown: refuse}", "SC210", "write `unknown: keep`"),
        ("{type: int, name: Y}", "SC210", "`name` says nothing"),
        ("{type: str, inline: true}", "SC210", "has a name"),
        ("{type: A | B, max_length: 3}", "SC219", "cannot bound"),
        ("{fields: {a: {enum: [q], name: int}}}", "SC214", "has a meaning of its own"),
        ("{fields: {a: {enum: [q], name: A}}}", "SC218", "give it another one with `name:`"),
        ("{fields: {a: {type: A, openapi: x}}}", "SC202", "a mapping is needed"),
        ("{fields: {a: {type: A | int, default: x}}}", "SC213", "is no value of `A | int`"),
        ("{fields: {a: {type: A | B, discriminator: kind, default: {kind: q}}}}", "SC213", "is no `kind` of"),
        ("{fields: {a: {type: int, enum: [1], default: 2}}}", "SC213", "`2` is none of 1"),
        ("{fields: {a: {type: X}}}", "SC220", "requires itself"),
        ("{fields: {a: X | Y}}\n  Y: {fields: {x: X}}", "SC220", "requires itself"),
        ("{type: int, oneOf: [A]}", "SC203", "write `one_of: […]`"),
        ("{properties: {a: int}}", "SC203", "write `fields: {…}`"),
        ('"null"', "SC211", "null alone"),
    ],
)
def test_a_mistake_in_a_type_is_told(x: str, code: str, words: str) -> None:
    text = f"{HEAD}  X: {x}\n"
    assert (code, 6) in found(text)
    assert words in told(text)


@pytest.mark.parametrize("x", ["{fields: {a: X | int}}", "list[X]", "{fields: {a: 'list[X | null]'}}", "A | list[X]"])
def test_a_type_that_comes_to_an_end_may_mention_itself(x: str) -> None:
    assert found(f"{HEAD}  X: {x}\n") == []


def test_what_is_stored_may_be_of_several_types() -> None:
    text = HEAD + (
        "  M: int | str\n"
        "resources:\n"
        "  R:\n"
        "    path: /r\n"
        "    fields:\n"
        "      id: {type: int, key: true}\n"
        '      a: "list[str | null]"\n'
        "      m: M\n"
        "      o: {fields: {u: int | str}}\n"
        "operations:\n"
        "  POST /free: {body: A | B, response: M}\n"
    )
    assert found(text) == []


HIDING = (
    HEAD
    + """\
  U: A | int
resources:
  R: {path: /r, fields: {id: {type: int, key: true}, u: U}}
versions:
  - id: v1
    released: 2025-01-15
  - id: %s
    released: 2026-01-15
    changes:
      - %s
"""
)


@pytest.mark.parametrize(
    ("id_", "change", "code", "words"),
    [
        ("v2", "{add: U|B, hide: true, old_sees: 3}", "SC312", "say `old_sees` or `hide`, not both"),
        ("v2", "{add: U|str, hide: true}", "SC335", "`str` is no object"),
        ("v2", "{add: U|E, hide: true}", "SC335", "`E` is no object"),
        ("v2", "{add: R.x, type: int, hide: true}", "SC312", "`hide`"),
        ("v1.1", "{add: U|B, hide: true}", "SC415", "`hide` belong"),
    ],
)
def test_what_may_be_hidden_is_an_object_in_a_later_version(id_: str, change: str, code: str, words: str) -> None:
    text = HIDING % (id_, change)
    assert (code, 15) in found(text)
    assert words in told(text)
