"""Requests as generated tests send them: parameters in their styles, bodies in their forms, credentials in place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scaffold.contract.contract import Contract
from scaffold.contract.message import Body, Response
from scaffold.contract.named_types import Field, ObjectType
from scaffold.contract.operation import Operation
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.security import Requirement, SecurityKind, SecurityScheme
from scaffold.contract.types import Json, Kind, ListOf, Ref, Scalar, Type
from scaffold.generate.calls import body, credential, refused, request

STR, INT = Scalar(Kind.STR), Scalar(Kind.INT)
POINT = ObjectType(
    "v1:Point",
    "Point",
    (Field("v1:Point.x", "x", INT, required=True), Field("v1:Point.y", "y", INT, required=True)),
)
CONTRACT = Contract("v1", types={"Point": POINT})
LIST, OBJECT = [3, 4, 5], {"x": 1, "y": 2}


def operation(*parameters: Parameter, path: str = "/op", body: Body | None = None, **said: Any) -> Operation:
    return Operation("v1:op", "op", "POST", path, (Response(204, ""),), parameters, body, **said)


def parameter(location: Location, example: Json, **said: Any) -> Parameter:
    types: dict[type, Type] = {list: ListOf(INT), dict: Ref("Point"), str: STR, bool: Scalar(Kind.BOOL), int: INT}
    required = {"required": True, "example": example, **said}
    return Parameter("v1:op.p", "p", location, types[type(example)], **required)


@pytest.mark.parametrize(
    ("example", "style", "explode", "segment"),
    [
        ("a b/c", None, None, "a%20b%2Fc"),
        (LIST, None, None, "3,4,5"),
        (OBJECT, None, None, "x,1,y,2"),
        (OBJECT, "simple", True, "x=1,y=2"),
        (LIST, "label", None, ".3,4,5"),
        (LIST, "label", True, ".3.4.5"),
        (OBJECT, "label", True, ".x=1.y=2"),
        (LIST, "matrix", None, ";p=3,4,5"),
        (LIST, "matrix", True, ";p=3;p=4;p=5"),
        (OBJECT, "matrix", True, ";x=1;y=2"),
    ],
)
def test_a_path_has_the_style_of_its_parameter(example: Json, style: str, explode: bool, segment: str) -> None:
    p = parameter(Location.PATH, example, style=style, explode=explode)
    made = request(CONTRACT, operation(p, path="/a/{p}/b"), {})
    assert made is not None
    assert made["path"] == f"/a/{segment}/b"


@pytest.mark.parametrize(
    ("example", "style", "explode", "query"),
    [
        (True, None, None, {"p": "true"}),
        (LIST, None, None, {"p": ["3", "4", "5"]}),
        (LIST, "form", False, {"p": "3,4,5"}),
        (LIST, "spaceDelimited", False, {"p": "3 4 5"}),
        (LIST, "pipeDelimited", False, {"p": "3|4|5"}),
        (OBJECT, None, None, {"x": "1", "y": "2"}),
        (OBJECT, "form", False, {"p": "x,1,y,2"}),
        (OBJECT, "deepObject", True, {"p[x]": "1", "p[y]": "2"}),
    ],
)
def test_a_query_has_the_style_of_its_parameter(example: Json, style: str, explode: bool, query: Any) -> None:
    p = parameter(Location.QUERY, example, style=style, explode=explode)
    made = request(CONTRACT, operation(p), {})
    assert made is not None
    assert made["query"] == query


def test_headers_cookies_and_documents_in_parameters() -> None:
    header = parameter(Location.HEADER, OBJECT, explode=True)
    cookie = parameter(Location.COOKIE, "a")
    whole = parameter(Location.QUERY, OBJECT, media_type="application/json")
    made = request(CONTRACT, operation(header, cookie, whole), {})
    assert made is not None
    assert (made["header"], made["cookie"]) == ({"p": "x=1,y=2"}, {"p": "a"})
    assert json.loads(made["query"]["p"]) == OBJECT


def test_what_need_not_be_sent_is_not_and_what_cannot_be_made_stops_it() -> None:
    made = request(CONTRACT, operation(parameter(Location.QUERY, 1, required=False)), {})
    assert made is not None
    assert made["query"] == {}
    never = Parameter("v1:op.p", "p", Location.QUERY, Scalar(Kind.STR, pattern="^(?!)$"), required=True)
    assert request(CONTRACT, operation(never), {}) is None


def test_a_chosen_value_is_sent() -> None:
    made = request(CONTRACT, operation(parameter(Location.QUERY, 1)), {"v1:op.p": 9})
    assert made is not None
    assert made["query"] == {"p": "9"}


def test_a_body_travels_in_its_form() -> None:
    def sent(type_: Type, media_type: str = "application/json", **said: Any) -> Any:
        return body(CONTRACT, operation(body=Body(type_, media_type=media_type, **said)), {})

    assert sent(Ref("Point"), media={"example": OBJECT})["content"] == '{"x": 1, "y": 2}'
    form = sent(Ref("Point"), "application/x-www-form-urlencoded", media={"example": OBJECT})
    assert form == {"media_type": "application/x-www-form-urlencoded", "content": "x=1&y=2"}
    assert sent(STR, "text/plain") == {"media_type": "text/plain", "content": "Value"}
    assert sent(Scalar(Kind.BYTES), "image/png") == {"media_type": "image/png", "base64": "aGVsbG8="}
    assert sent(Ref("Point"), "multipart/form-data") is None
    assert sent(Ref("Point"), "multipart/form-data", required=False) == {}
    assert body(CONTRACT, operation(), {}) == {}


@pytest.mark.parametrize(
    ("type_", "wrong"),
    [(Ref("Point"), []), (ListOf(INT), {}), (STR, []), (Scalar(Kind.JSON), None)],
)
def test_what_no_body_is_must_be_refused(type_: Type, wrong: Json) -> None:
    found = refused(CONTRACT, operation(body=Body(type_)))
    assert (None if found is None else json.loads(found["content"])) == wrong


def test_credentials_stand_in_their_places() -> None:
    schemes = {
        "Key": SecurityScheme("Key", SecurityKind.API_KEY, Location.COOKIE, "session"),
        "Login": SecurityScheme("Login", SecurityKind.HTTP, scheme="basic"),
        "OpenId": SecurityScheme("OpenId", SecurityKind.OPENID),
        "Tls": SecurityScheme("Tls", SecurityKind.MUTUAL_TLS),
    }
    given = Contract("v1", security_schemes=schemes)

    def found(*requirements: Requirement) -> Any:
        return credential(given, operation(security=requirements))

    key, login, tls = (("Key", ()),), (("Login", ()),), (("Tls", ()),)
    assert found() == {}
    assert found(key) == {"cookie": {"session": "example"}}
    assert found(tls, login) == {"header": {"Authorization": "Basic ZXhhbXBsZTpleGFtcGxl"}}
    assert found((*key, ("OpenId", ("a",)))) == {
        "cookie": {"session": "example"},
        "header": {"Authorization": "Bearer example"},
    }
    assert found(tls) is None
