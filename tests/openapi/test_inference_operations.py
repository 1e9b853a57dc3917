"""Operations, parameters, bodies and answers that come, go and change between two contracts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scaffold.contract.contract import Contract
from scaffold.contract.message import Body, Header, Media, Response
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.types import UNDECIDED, Kind, ListOf, Ref, Scalar, Type

from .inferring import INT, STR, contract, enum_type, inferred, operation, query, said


def test_operations_come_and_go() -> None:
    old, new = contract(operation("GET /cards", gives=INT)), contract(operation("GET /users", gives=STR))
    assert said(old, new) == ["Removed operation `GET /cards`.", "Added operation `GET /users`."]


def test_an_operation_takes_a_new_id_and_two_swap_theirs() -> None:
    one, other = operation("GET /a", id_="x"), operation("GET /b", id_="y")
    assert said(contract(one, other), contract(replace(one, id="z"), other)) == [
        "Renamed operation `GET /a` to id `z`."
    ]
    swapped = contract(replace(one, id="y"), replace(other, id="x"))
    assert len(said(contract(one, other), swapped)) == 3


def path_parameter(name: str, type_: Type = STR) -> Parameter:
    """A parameter in the path."""
    return Parameter(name, name, Location.PATH, type_, required=True)


def test_another_name_in_a_path_is_no_guess() -> None:
    old = contract(operation("GET /cards/{id}", parameters=[path_parameter("id")], id_="x"))
    new = contract(operation("GET /cards/{card}", parameters=[path_parameter("card")], id_="x"))
    assert said(old, new) == ["Renamed path parameter `id` of `GET /cards/{id}` to `card`."]


def test_a_parameter_in_the_path_that_nobody_stated_is_stated() -> None:
    old = contract(operation("GET /cards/{id}", id_="x"))
    new = contract(operation("GET /cards/{id}", parameters=[path_parameter("id", INT)], id_="x"))
    assert said(old, new) == ["Added required path parameter `id` to `GET /cards/{id}`."]
    assert said(new, old) == ["Removed operation `GET /cards/{id}`.", "Added operation `GET /cards/{id}`."]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (query("q"), query("q", required=True), "it to be required"),
        (query("q"), query("q", INT), "its type to int"),
        (query("q"), query("q", default="x"), 'its default to `"x"`'),
        (query("q", style="form"), query("q"), "it to have no style"),
        (query("q"), query("q", explode=False), "its explode to `false`"),
        (query("q"), query("q", media_type="application/json"), 'its media type to `"application/json"`'),
        (query("q", ListOf(STR)), query("q", ListOf(STR, max_items=3)), "its max_items to `3`"),
        (query("q", Scalar(Kind.STR, pattern="x")), query("q"), "it to have no pattern"),
    ],
)
def test_a_parameter_changes_in_one_line(before: Parameter, after: Parameter, sentence: str) -> None:
    old, new = (contract(operation("GET /cards", parameters=[p])) for p in (before, after))
    assert said(old, new) == [f"Changed query parameter `q` of `GET /cards`: {sentence}."]


def test_parameters_come_and_go() -> None:
    old = contract(operation("GET /cards", parameters=[query("a")]))
    new = contract(operation("GET /cards", parameters=[query("zebra", INT, required=True)]))
    assert said(old, new) == [
        "Removed query parameter `a` from `GET /cards`.",
        "Added required query parameter `zebra` to `GET /cards`.",
    ]
    assert [(c.key, c.value) for c in inferred(old, new).choices] == [("old_sends", UNDECIDED)]


def test_bodies_come_change_and_go() -> None:
    bare, text, other = (contract(operation("POST /a", takes=t)) for t in (None, STR, Body(INT, required=False)))
    assert said(bare, text) == ["Added a required body to `POST /a`: str."]
    assert said(text, other) == ["Changed the body of `POST /a`: it is int, optional, as `application/json`."]
    assert said(text, bare) == ["Removed the body of `POST /a`."]
    forms = contract(operation("POST /a", takes=Body(STR, others=(Media("text/plain", STR),))))
    assert said(text, forms) == [
        "Changed the body of `POST /a`: it is str, required, as `application/json` and `text/plain`."
    ]
    assert inferred(text, forms).choices == ()
    assert [c.key for c in inferred(bare, text).choices] == ["codec"]


def test_answers_and_their_headers_come_change_and_go() -> None:
    def gives(*responses: Response) -> Contract:
        return contract(operation("POST /a", gives=responses))

    done = Response(200, "Done.", STR)
    assert said(gives(done), gives(done, Response("default", "Else.", INT))) == [
        "Added answer default to `POST /a`: int."
    ]
    assert said(gives(done, Response("4XX", "No.")), gives(done)) == ["Removed answer 4XX from `POST /a`."]
    assert said(gives(done), gives(replace(done, type=INT))) == [
        "Changed answer 200 of `POST /a`: it carries int as `application/json`."
    ]
    rate, often = Header("X-Rate", INT), Header("X-Rate", INT, required=True)
    assert said(gives(done), gives(replace(done, headers=(rate,)))) == [
        "Added header `X-Rate` to answer 200 of `POST /a`."
    ]
    assert said(gives(replace(done, headers=(rate,))), gives(replace(done, headers=(often,)))) == [
        "Changed header `X-Rate` of answer 200 of `POST /a`: it is int, always there."
    ]
    assert said(gives(replace(done, headers=(rate,))), gives(done)) == [
        "Removed header `X-Rate` from answer 200 of `POST /a`."
    ]


def test_what_is_written_in_the_place_of_a_header_comes_and_goes_with_it() -> None:
    done = Response(200, "Done.", STR)
    colour = Header("X-Colour", Ref("AColour"))
    new = contract(
        enum_type("AColour", "red", inline=True), operation("POST /a", gives=[replace(done, headers=(colour,))])
    )
    old = contract(operation("POST /a", gives=[done]))
    assert len(said(old, new)) == len(said(new, old)) == 1


def test_who_is_let_in_changes() -> None:
    key = SecurityScheme("Key", SecurityKind.API_KEY, Location.HEADER, "X-Key")
    bare = operation("GET /a")
    old = contract(bare, security_schemes={"Key": key}, security=((("Key", ()),),))
    assert said(contract(bare), old) == [
        "Changed who is let in: the API asks for `Key`, and its schemes are `Key`.",
    ]
    new = replace(old, operations=(replace(bare, security=()),))
    assert said(old, new) == ["Changed who may call `GET /a`: it asks for nothing."]
    told = replace(old, security_schemes={"Key": replace(key, description="A key.")})
    assert said(old, told) == ["Documents say more, or otherwise, of `auth Key`."]
