"""Whether two contracts are one API, and whether several are in order of time."""

from __future__ import annotations

import time
from dataclasses import replace

from scaffold.contract.contract import Contract
from scaffold.contract.types import Ref
from scaffold.openapi.inference import infer, order, unrelated

from .inferring import INT, contract, field, object_type, operation


def shop(count: int, *names: str, version: str = "v1") -> Contract:
    """An API with `count` types, each with an operation."""
    types = [
        object_type(f"Thing{i}", *(field(n) for n in names), *([field("next?", Ref(f"Thing{i - 1}"))] if i else []))
        for i in range(count)
    ]
    calls = [operation(f"POST /things/{i}", takes=Ref(t.name), gives=Ref(t.name)) for i, t in enumerate(types)]
    return contract(*types, *calls, version=version)


def test_two_contracts_that_share_hardly_anything_are_told() -> None:
    one = contract(object_type("Card", field("number")), operation("POST /cards"), version="v1")
    other = contract(object_type("Flight", field("gate")), operation("GET /flights"), version="v2")
    assert unrelated(one, other) == ("v1 and v2 share 0 of 1 operations and 0 of 1 types: they are hardly the same API")
    assert unrelated(one, one) is None
    assert unrelated(one, contract()) is None


def test_types_that_share_a_name_alone_are_not_shared() -> None:
    one = contract(object_type("Error", field("code", INT)), object_type("Card", field("number")))
    other = contract(object_type("Error", field("text")), object_type("Flight", field("gate")), version="v2")
    assert unrelated(one, other) is not None


def test_documents_that_say_an_older_version_come_in_the_wrong_order() -> None:
    def stated(id_: str, version: object) -> Contract:
        return replace(contract(version=id_), extra={"info": {"title": "X", "version": version}})

    assert order([stated("v1", "1"), stated("v2", "2"), stated("v3", "10")]) == ()
    assert order([stated("v1", "1"), stated("v2", "1")]) == ()
    assert order([stated("v1", "10"), stated("v2", "9")]) == (
        "v2 comes after v1, but its document says version 9, and the one before says 10",
    )
    assert order([stated("v1", None), stated("v2", {})]) == ()


def test_marks_of_deprecation_that_vanish_speak_of_the_wrong_order() -> None:
    old = contract(object_type("Card", field("a", deprecated=True), field("b")), version="v1")
    new = contract(object_type("Card", field("a"), field("b")), version="v2")
    assert order([old, new]) == ("what v1 calls deprecated is not so in v2: `Card.a`",)
    assert order([new, old]) == ()


def test_many_types_take_no_time_that_grows_with_their_square() -> None:
    for old, new in (
        (shop(250, "a", "b"), shop(250, "a", "b", "c", version="v2")),
        (shop(1500, "a"), contract(object_type("Else", field("z")), version="v2")),
    ):
        begun = time.process_time()
        assert infer(old, new, "v2").remaining == ()
        assert time.process_time() - begun < 20
