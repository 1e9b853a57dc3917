"""Changes of types, bodies, answers, callers and prose: each way to write one gives the change that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.contract.changes import (
    AddBody,
    AddHeader,
    AddParameter,
    AddResponse,
    AddType,
    AddVariant,
    Change,
    ChangeAuth,
    ChangeBody,
    ChangeField,
    ChangeHeader,
    ChangeParameter,
    ChangeResponse,
    ChangeSecurity,
    ChangeType,
    Deprecate,
    Describe,
    RemoveBody,
    RemoveHeader,
    RemoveResponse,
    RenameType,
)
from scaffold.contract.history import History
from scaffold.contract.named_types import Unknown
from scaffold.contract.types import UNDECIDED, Kind, ListOf, MapOf, Ref, Scalar, UnionOf
from scaffold.spec import load

from .helpers import found, told

EVERYTHING = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
BASE = """\
api: {name: x}
auth: {schemes: {Key: {type: http, scheme: basic}}, default: [Key]}
types:
  Card: {fields: {kind: str, number: str}}
  Wallet: {fields: {kind: str}}
  Plain: {fields: {a: int}}
  Method: {type: Card | Wallet, discriminator: kind}
  Colour: {enum: [red]}
  Money: {type: str, max_length: 3}
  Holder: {fields: {m: Method, "s?": str, old: {type: str, deprecated: true}, in: {enum: [a]}, u: Card | int}}
operations:
  POST /u:
    body: Card
    responses: {200: {type: Card, description: Fine., headers: {X-A: str}}, 409: null}
    parameters: {q: str, l: {type: "list[int]", style: form}}
versions:
  - id: v1
    released: 2025-01-01
  - id: v2
    changes:
"""
FIRST = BASE.count("\n") + 1


def changed(*items: str) -> str:
    return BASE + "".join(f"      - {item}\n" for item in items)


def history(*items: str) -> History:
    return load(changed(*items)).history


def one(item: str) -> Change:
    (applied,) = history(item).applied
    return applied.change


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("add Both Card | Plain", "{add: Both, type: Card | Plain}"),
        ("add Holder.u|Wallet", "{add: Holder.u|Wallet}"),
        ("remove Holder.u|int", None),
        ("change Holder.m to Card | Plain", "{change: Holder.m, to: Card | Plain}"),
        ("add POST /u 404 Plain", "{add: POST /u 404, type: Plain}"),
        ("add POST /u 4XX", "{add: POST /u 4XX}"),
        ("add POST /u default Plain", "{add: POST /u default, type: Plain}"),
        ("add POST /u 200 header X-B list[str]", '{add: POST /u 200 header X-B, type: "list[str]"}'),
        ("remove POST /u 409", "{remove: POST /u 409}"),
        ("remove POST /u 200 header X-A", "{remove: POST /u 200 header X-A}"),
        ("rename POST /u 200 header X-A to X-B", "{rename: POST /u 200 header X-A, to: X-B}"),
        ("change POST /u 200 to Plain", "{change: POST /u 200, to: Plain}"),
        ("change POST /u body to Plain", "{change: POST /u body, to: Plain}"),
        ("deprecate Holder.s", "{deprecate: Holder.s}"),
        ("deprecate Holder.s use m", "{deprecate: Holder.s, use: m}"),
        ("deprecate POST /u", "{deprecate: POST /u}"),
        ('"deprecate POST /u?q use l"', '{deprecate: "POST /u?q", use: l}'),
    ],
)
def test_one_line_says_what_the_long_form_says(short: str, long: str | None) -> None:
    if long is None:
        assert "no union any more" in told(changed(short))
    else:
        assert history(short).applied == history(long).applied


def test_a_body_is_added_on_one_line() -> None:
    made = history("remove POST /u body", "add POST /u body Plain")
    assert [type(a.change) for a in made.applied] == [RemoveBody, AddBody]


@pytest.mark.parametrize(
    ("item", "class_", "parts"),
    [
        ("{change: Holder.m, to: Card | Plain, codec: undecided}", ChangeField,
         {"type": UnionOf((Ref("Card"), Ref("Plain"))), "codec": UNDECIDED}),
        ("{change: Holder.m, to: {type: str, max_length: 3}}", ChangeField, {"type": Scalar(Kind.STR, max_length=3)}),
        ("{change: Holder.s, to: {items: {type: str, description: D}}, guessed: 0.5}", ChangeField,
         {"type": ListOf(Scalar(Kind.STR)), "guessed": 0.5}),
        ("{change: Holder.s, to: {any_of: [str, null]}, nullable: true}", ChangeField, {"nullable": True}),
        ("{change: Card, unknown: keep, rest: str}", ChangeType,
         {"unknown": Unknown.KEEP, "rest": Scalar(Kind.STR), "nullable": None}),
        ("{change: Money, to: Card | int | null}", ChangeType,
         {"type": UnionOf((Ref("Card"), Scalar(Kind.INT))), "nullable": True}),
        ("{change: Money, to: {values: int}, codec: conversions.money}", ChangeType,
         {"type": MapOf(Scalar(Kind.INT)), "codec": "conversions.money"}),
        ("{change: Colour, open: true, component: a.Colour}", ChangeType, {"open": True, "component": "a.Colour"}),
        ("{add: Both, one_of: [Card, Plain], why: Because.}", AddType, {"why": "Because."}),
        ("{add: Holder.u|Wallet, old_sees: 3}", AddVariant, {"variant": Ref("Wallet"), "old_sees": 3}),
        ("{add: Holder.u|Wallet, hide: true}", AddVariant, {"hide": True}),
        ("{add: Holder.u|Bank, fields: {iban: str}}", AddVariant, {"variant": Ref("Bank")}),
        ("{add: Holder.u|str, type: str, max_length: 3}", AddVariant, {"variant": Scalar(Kind.STR, max_length=3)}),
        ('{add: "Holder.u|list[int]"}', AddVariant, {"variant": ListOf(Scalar(Kind.INT))}),
        ("{add: Method|Holder, tag: h}", None, {}),
        ("{remove: POST /u body}", RemoveBody, {}),
        ("{change: POST /u body, to: {type: Card, required: false}}", ChangeBody, {"codec": None}),
        ("{add: POST /u 404, type: Plain, description: D, page: false}", AddResponse, {}),
        ("{remove: POST /u 409}", RemoveResponse, {}),
        ("{change: POST /u 200, status: 201}", ChangeResponse, {}),
        ("{change: POST /u 200, to: null}", ChangeResponse, {}),
        ("{change: POST /u 409, to: {fields: {code: str}}}", ChangeResponse, {}),
        ("{add: POST /u 200 header X-B, type: str, required: true}", AddHeader, {}),
        ("{remove: POST /u 200 header X-A}", RemoveHeader, {}),
        ("{change: POST /u 200 header x-a, to: {type: int, name: X-N}}", ChangeHeader, {}),
        ("{change: POST /u, security: []}", ChangeSecurity, {"to": ()}),
        ("{change: POST /u, security: [Key]}", ChangeSecurity, {"to": ((("Key", ()),),)}),
        ("{change: auth, to: {}}", ChangeAuth, {"to": (), "schemes": {}}),
        ("{deprecate: Holder.old, deprecated: false}", Deprecate, {"deprecated": False}),
        ("{add: 'POST /u?k', fields: {a: int}, style: deepObject, explode: true}", AddParameter, {}),
        ("{change: 'POST /u?l', to: {items: str}, explode: false, drop: [style]}", ChangeParameter,
         {"type": ListOf(Scalar(Kind.STR)), "explode": False, "drop": ("style",)}),
        ("{rename: Card, to: Kard, component: Card}", RenameType, {"component": "Card"}),
    ],
)  # fmt: skip
def test_the_kind_of_the_address_decides_the_change(
    item: str, class_: type[Change] | None, parts: dict[str, object]
) -> None:
    if class_ is None:
        assert "has no such field" in told(changed(item))
        return
    made = one(item)
    assert type(made) is class_
    assert {name: getattr(made, name) for name in parts} == parts


def test_an_answer_that_is_stated_anew_keeps_its_headers_and_its_prose() -> None:
    response = history("{change: POST /u 200, to: Plain, status: 202}").newest.operations[0].responses[0]
    assert (response.status, response.type, response.description) == (202, Ref("Plain"), "Fine.")
    assert [h.name for h in response.headers] == ["X-A"]


def test_what_is_written_in_place_comes_and_goes_with_its_place() -> None:
    made = history(
        "{change: Holder.in, to: {fields: {x: int}, name: Inside}}",
        "{change: POST /u body, to: {fields: {y: int}}}",
        "{change: POST /u body, to: Plain}",
    )
    assert [list(a.after.types)[7:] for a in made.applied] == [["Inside"], ["Inside", "PostUBody"], ["Inside"]]


def test_prose_is_described_by_address() -> None:
    made = history(
        "describe: {Card: A card., Holder.s: {example: '1', x-a: 1}, POST /u: {summary: Do., tags: [a]}, "
        "POST /u 200: null, 'POST /u?q': Q., api: {servers: [{url: /}]}, auth Key: {x-k: no}}",
        "{describe: {Holder.s: {example: null}}, nulls: {Holder.s: [x-a]}}",
    )
    change = made.applied[0].change
    assert isinstance(change, Describe)
    assert change.texts["POST /u 200"] == {"description": None}
    holder = made.newest.object("Holder")
    assert holder is not None
    assert holder.fields[1].extra == {"x-a": None}
    operation = made.newest.operations[0]
    assert (operation.summary, operation.tags, operation.responses[0].description) == ("Do.", ("a",), "")
    assert (made.newest.extra, made.newest.security_schemes["Key"].extra) == (
        {"servers": [{"url": "/"}]},
        {"x-k": "no"},
    )


def test_a_discriminator_may_change_its_field_in_steps() -> None:
    steps = [
        "{rename: Card.kind, to: type}",
        "{rename: Wallet.kind, to: type}",
        "{change: Method, to: {type: Card | Wallet, discriminator: type}}",
    ]
    assert found(changed(*steps)) == []
    assert found(changed(*steps[:2])) == [("SC231", FIRST), ("SC231", FIRST + 1)]


def test_one_of_everything_is_a_history_whose_steps_can_be_undone() -> None:
    made = load(EVERYTHING).history
    assert made.unspecified == "v1"
    assert len(made.applied) == 34
    for applied in made.applied:
        back = applied.change.inverse(applied.before).apply(applied.after, "v2")
        assert set(back.types) == set(applied.before.types)
        assert back.security == applied.before.security


@pytest.mark.parametrize(
    ("item", "code", "words"),
    [
        ("{change: Holder.m, to: Card | Walet}", "SC212", "did you mean `Wallet`?"),
        ("{change: Holder.m, to: {one_of: [Card, Walet]}}", "SC212", "did you mean `Wallet`?"),
        ("{change: Holder.m, to: {one_off: [Card]}}", "SC203", "did you mean `one_of`?"),
        ("{change: Holder.m, to: {type: str, description: x}}", "SC312", "write `describe: {Holder.m: …}`"),
        ("{change: Holder.s, to: int, guessed: 3}", "SC202", "between 0 and 1"),
        ("{add: Method|Plain}", "SC231", "has no such field"),
        ("{add: Method|Walet}", "SC212", "did you mean `Wallet`?"),
        ("{add: Method|Card}", "SC303", "is there already"),
        ("{add: Method|Plain, type: Wallet}", "SC312", "write `add: Method|Wallet`"),
        ("{add: Money|Plain}", "SC302", "is no union"),
        ("{add: Holder.s|Wallet}", "SC302", "is no union"),
        ("{add: Holder.m|Wallet}", "SC302", "write `Method|Wallet`"),
        ("{add: Holder.u|Wallet, tag: w}", "SC305", "no discriminator"),
        ("{add: Holder.u|Wallet, old_sees: x}", "SC213", "is no value of `Card | int`"),
        ("{remove: Method|Plain}", "SC302", "has no variant `Plain`"),
        ("{change: Method|Card, to: Plain}", "SC313", "one type of a union"),
        ("{remove: Card.kind}", "SC231", "is told apart by `kind`"),
        ("{add: POST /u body, type: Card}", "SC303", "is there already"),
        ("{change: POST /u body}", "SC313", "is not stated"),
        ("{change: POST /u body, to: {tpe: Card}}", "SC203", "did you mean `type`?"),
        ("{add: POST /u 200, type: Card}", "SC303", "is there already"),
        ("{add: POST /u 4000, type: Card}", "SC301", "is not an address"),
        ("{add: POST /u 4XX, type: Cardd}", "SC212", "did you mean `Card`?"),
        ("{change: POST /u 200, status: 20}", "SC225", "is no status"),
        ("{change: POST /u 200, status: 409}", "SC303", "is there already"),
        ("{change: POST /u 200}", "SC313", "add `to:`, or `status:`"),
        ("{change: POST /u 200, to: {type: Plain, description: x}}", "SC312", "stays as it is"),
        ("{change: POST /u 201, to: Card}", "SC302", "has no answer 201"),
        ("{add: POST /u 200 header X-B}", "SC210", "does not say what it is"),
        ("{add: POST /u 200 header X-B, type: str, page: true}", "SC312", "says nothing about a header"),
        ("{remove: POST /u 200 header X-B}", "SC302", "has no header"),
        ("{change: POST /u, security: [Kye]}", "SC232", "did you mean `Key`?"),
        ("{change: POST /u}", "SC313", "add `security:`"),
        ("{change: POST /v, security: []}", "SC302", "did you mean `POST /u`?"),
        ("{change: auth, to: {schemes: {K: {type: http}}}}", "SC232", "add `scheme:`"),
        ("{change: auth, to: {default: [Key]}}", "SC232", "asks for `Key`"),
        ("{change: auth}", "SC313", "is not stated"),
        ("{deprecate: Holder.old}", "SC307", "deprecated already"),
        ("{deprecate: Holder.odl}", "SC302", "did you mean `old`?"),
        ("{deprecate: Card}", "SC313", "operations and parameters are"),
        ("describe: {Card.numbr: x}", "SC302", "did you mean `Card.number`?"),
        ("{describe: {zzzzzz: x}}", "SC302", "write `api`, `User`"),
        ("{describe: {Card: x}, nulls: {Crad: [example]}}", "SC302", "did you mean `Card`?"),
        ("{describe: {Card: [a]}}", "SC313", "nothing is said of"),
        ("{describe: x}", "SC202", "a mapping is needed"),
        ("{describe: {}}", "SC313", "nothing is described"),
        ("describe Card x", "SC301", "does not fit on one line"),
        ("{change: Card, to: str}", "SC305", "stands for no other type"),
        ("{change: Card, rest: str}", "SC210", "does not keep what `rest` bounds"),
        ("{change: Card, max_length: 3}", "SC312", "says nothing about a type"),
        ("{change: Card}", "SC307", "nothing about `Card` changes"),
        ("{add: Colour.blue, x-a: 1}", "SC312", "says nothing about a value of an enum"),
        ("{change: 'POST /u?q', style: simple}", "SC226", "no style of a query"),
        ("{rename: Holder.s, to: t, component: x}", "SC312", "it is for types"),
        ("deprecate", "SC301", "can be read"),
        ("{add: Two, type: Card | Wallet, tags: [a], discriminator: kind}", "SC231", "write `{card: Card}`"),
    ],
)
def test_a_mistake_in_a_change_is_told(item: str, code: str, words: str) -> None:
    text = changed(item)
    assert (code, FIRST) in found(text)
    assert words in told(text)


def test_a_codec_may_be_left_open() -> None:
    assert found(changed("{change: Holder.s, to: int, codec: undecided}")) == []


@pytest.mark.parametrize(
    ("item", "fits"),
    [
        ("{describe: {Card: x}}", True),
        ("{deprecate: Holder.s}", True),
        ("{add: POST /u 200 header X-B, type: str}", True),
        ("{add: POST /u 404}", False),
        ("{add: Method|Plain}", False),
        ("{change: Card, unknown: keep}", False),
    ],
)
def test_a_release_only_adds_what_is_safe(item: str, fits: bool) -> None:
    text = changed(item).replace("id: v2", "id: v1.1")
    assert [code for code, _ in found(text)] == ([] if fits else ["SC415"])
