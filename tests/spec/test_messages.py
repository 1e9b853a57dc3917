"""Operations: parameters, bodies, answers, who is let in, and what documents say beside."""

from __future__ import annotations

import pytest

from scaffold.contract.contract import Contract
from scaffold.contract.message import Header, Media
from scaffold.contract.operation import Operation
from scaffold.contract.parameter import Location
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.types import Kind, ListOf, Ref, Scalar, UnionOf
from scaffold.spec import load

from .helpers import found, told

STR, INT, NULL = Scalar(Kind.STR), Scalar(Kind.INT), Scalar(Kind.NULL)
HEAD = """\
api: {name: shop}
auth: {schemes: {Key: {type: http, scheme: basic}, OAuth: {type: oauth2, flows: {}}}, default: [Key]}
types:
  A: {fields: {kind: str}}
  B: {fields: {kind: str}}
  E: {enum: [a]}
operations:
"""


def contract(stated: str, key: str = "POST /u/{id}") -> Contract:
    return load(f"{HEAD}  {key}: {stated}\n").history.newest


def operation(stated: str) -> Operation:
    return contract(stated).operations[0]


@pytest.mark.parametrize(
    ("stated", "location", "name", "type_"),
    [
        ("q: str", "query", "q", STR),
        ("X-Id: {type: str, in: header}", "header", "X-Id", STR),
        ("header X-Id: str", "header", "X-Id", STR),
        ("cookie c: str", "cookie", "c", STR),
        ("query id: int", "query", "id", INT),
        ("path id: int", "path", "id", INT),
        ("q: str | null", "query", "q", UnionOf((STR, NULL), exclusive=False)),
        ("q: {enum: [a, b]}", "query", "q", Scalar(Kind.STR, choices=("a", "b"))),
        ("q: {items: {enum: [a]}}", "query", "q", ListOf(Scalar(Kind.STR, choices=("a",)))),
        ("q: {enum: [a], name: Which}", "query", "q", Ref("Which")),
        ("q: {fields: {a: int}, style: deepObject}", "query", "q", Ref("PostUIdQ")),
        ("q: {type: A, media_type: application/json}", "query", "q", Ref("A")),
        ("q: json", "query", "q", Scalar(Kind.JSON)),
        ('q: "map[str, int]"', "query", "q", None),
        ('q: "list[E]"', "query", "q", ListOf(Ref("E"))),
    ],
)
def test_a_parameter_says_where_it_travels_and_what_it_is(stated: str, location: str, name: str, type_: object) -> None:
    parameters = operation(f"{{parameters: {{{stated}}}}}").parameters
    (made,) = [p for p in parameters if (p.name, p.location) == (name, location)]
    assert type_ is None or made.type == type_
    assert [p.location for p in parameters].count(Location.PATH) == 1


def test_a_parameter_says_how_it_is_written() -> None:
    made = operation(
        '{parameters: {ids: {type: "list[int]", style: pipeDelimited, explode: false, deprecated: true, example: [1], '
        "schema: {title: Ids, description: Which.}, x-p: 1, openapi: {allowReserved: true}, description: D}}}"
    ).parameter("ids")
    assert made is not None
    assert (made.style, made.explode, made.deprecated, made.example) == ("pipeDelimited", False, True, [1])
    assert (made.description, made.extra) == ("D", {"x-p": 1, "allowReserved": True})
    assert made.type.extra == {"title": "Ids", "description": "Which."}


def test_a_body_may_travel_in_several_forms() -> None:
    made = operation(
        "{body: {type: A | B, required: false, description: D, media_type: application/x-www-form-urlencoded, "
        "media: {examples: {a: {value: '1'}}}, schema: {title: T}, x-b: 1, "
        "others: {multipart/form-data: {fields: {f: bytes}, media: {encoding: {}}, schema: {title: M}}, "
        "text/csv: str, image/png: null}}}"
    ).body
    assert made is not None
    assert (made.type, made.required, made.description) == (UnionOf((Ref("A"), Ref("B"))), False, "D")
    assert (made.media_type, made.media) == ("application/x-www-form-urlencoded", {"examples": {"a": {"value": "1"}}})
    assert (made.type.extra, made.extra) == ({"title": "T"}, {"x-b": 1})
    assert made.others == (
        Media("multipart/form-data", Ref("PostUIdBodyMultipartFormData")),
        Media("text/csv", STR),
        Media("image/png", None),
    )
    assert made.others[0].extra == {"encoding": {}}


def test_answers_are_for_a_status_a_class_of_them_or_any_other() -> None:
    made = operation(
        '{responses: {200: A, 4XX: {type: B, description: ""}, default: {fields: {code: str}}, 204: null, '
        "409: {headers: {X-Rate: {type: int, required: true, description: R, deprecated: true, schema: {title: T}, "
        "x-h: 1}, X-Kind: {enum: [a]}}, openapi: {links: {}}, description: No.}}}"
    ).responses
    assert [(r.status, r.type, r.description) for r in made] == [
        (200, Ref("A"), "OK."),
        ("4XX", Ref("B"), ""),
        ("default", Ref("PostUIdResponseDefault"), "Any other answer."),
        (204, None, "No Content."),
        (409, None, "No."),
    ]
    rate = Header("X-Rate", INT, required=True, description="R", deprecated=True)
    assert made[4].headers == (rate, Header("X-Kind", Scalar(Kind.STR, choices=("a",))))
    assert (made[4].headers[0].extra, made[4].headers[0].type.extra) == ({"x-h": 1}, {"title": "T"})
    assert made[4].extra == {"links": {}}


def test_an_answer_may_be_null_and_have_several_forms() -> None:
    made = operation("{response: {type: A | null, media_type: text/csv, others: {application/json: A}}}").responses[0]
    assert made.type == UnionOf((Ref("A"), NULL), exclusive=False)
    assert [m.media_type for m in made.forms] == ["text/csv", "application/json"]


def test_only_an_answer_for_anything_else_is_enough() -> None:
    assert [r.status for r in operation("{responses: {default: null}}").responses] == ["default"]
    assert [r.status for r in operation("{responses: {2XX: null}}").responses] == ["2XX"]


@pytest.mark.parametrize(
    ("stated", "security"),
    [
        ("{}", None),
        ("{security: []}", ()),
        ("{security: [Key]}", ((("Key", ()),),)),
        ("{security: [Key, {OAuth: [read]}]}", ((("Key", ()),), (("OAuth", ("read",)),))),
        ("{security: [{OAuth: [], Key: []}, {}]}", ((("OAuth", ()), ("Key", ())), ())),
    ],
)
def test_an_operation_says_who_is_let_in(stated: str, security: object) -> None:
    assert operation(stated).security == security


def test_schemes_are_stated_in_the_words_of_openapi() -> None:
    made = load(
        "api: {name: x}\nauth:\n  schemes:\n    A: {type: apiKey, in: cookie, name: sid, description: D, x-a: 1}\n"
        "    B: {type: http, scheme: bearer, bearerFormat: JWT}\n    C: {type: openIdConnect, openIdConnectUrl: /o}\n"
        "    D: {type: mutualTLS}\n    E: {type: oauth2, flows: {password: {tokenUrl: /t, scopes: {r: R}}}}\n"
        "  default: [A, {B: [], C: [x]}]\n"
    ).history.newest
    assert made.security == ((("A", ()),), (("B", ()), ("C", ("x",))))
    assert list(made.security_schemes.values()) == [
        SecurityScheme("A", SecurityKind.API_KEY, Location.COOKIE, "sid", description="D"),
        SecurityScheme("B", SecurityKind.HTTP, scheme="bearer"),
        SecurityScheme("C", SecurityKind.OPENID, url="/o"),
        SecurityScheme("D", SecurityKind.MUTUAL_TLS),
        SecurityScheme("E", SecurityKind.OAUTH2, flows={"password": {"tokenUrl": "/t", "scopes": {"r": "R"}}}),
    ]
    assert made.security_schemes["A"].extra == {"x-a": 1}
    assert made.security_schemes["B"].extra == {"bearerFormat": "JWT"}


def test_what_documents_say_beside_is_kept_word_for_word() -> None:
    made = load('api: {name: x}\ndocument: {info: {version: "1", x-n: [1, null, no]}, servers: [], x-a: true}\n')
    assert made.history.newest.extra == {"info": {"version": "1", "x-n": [1, None, "no"]}, "servers": [], "x-a": True}


def test_an_operation_keeps_what_is_only_said() -> None:
    made = operation("{x-o: {a: 1}, openapi: {callbacks: {}}, summary: S, tags: [], deprecated: true}")
    assert (made.extra, made.summary, made.tags, made.deprecated) == ({"x-o": {"a": 1}, "callbacks": {}}, "S", (), True)


def test_a_version_answers_those_who_name_none() -> None:
    text = "api: {name: x}\nversioning: {unspecified: v1}\nversions: [{id: v1}, {id: v2}]\n"
    assert load(text).history.unspecified == "v1"
    assert load(text.replace("v1}", "reject}", 1)).history.unspecified is None
    assert found(text.replace("v1}", "v3}", 1)) == [("SC417", 2)]


@pytest.mark.parametrize(
    ("stated", "code", "words"),
    [
        ("{security: [Kye]}", "SC232", "did you mean `Key`?"),
        ("{security: Key}", "SC202", "a list is needed"),
        ("{security: [[a]]}", "SC202", "the name of a scheme"),
        ("{security: [{Key: read}]}", "SC202", "schemes with their scopes"),
        ("{responses: {2000: A}}", "SC225", "`4XX` or `default`"),
        ("{responses: {4xx: A, 200: A}}", "SC225", "did you mean `4XX`?"),
        ("{responses: {deafult: A}}", "SC225", "did you mean `default`?"),
        ("{responses: {204: A}}", "SC225", "has no body"),
        ("{responses: {200: {media_type: text/csv}}}", "SC225", "it has no body"),
        ("{response: {type: A, media_type: json}}", "SC225", "no media type"),
        ("{response: {type: A, others: {application/json: A}}}", "SC225", "twice"),
        ("{response: {type: A, others: {text/csv: {type: A, description: x}}}}", "SC225", "write `schema:"),
        ("{response: {type: A, headers: {X: strr}}}", "SC212", "did you mean `str`?"),
        ("{body: {type: A, others: {csv: A}}}", "SC225", "no media type"),
        ("{body: {tpe: A}}", "SC203", "did you mean `type`?"),
        ("{parameters: {header X: str, X: {type: str, in: header}}}", "SC226", "stands here twice"),
        ("{parameters: {q: {type: str, style: from}}}", "SC226", "did you mean `form`?"),
        ("{parameters: {header q: {type: str, style: form}}}", "SC226", "no style of a header"),
        ("{parameters: {q: {type: A, explode: true, media_type: application/json}}}", "SC226", "has no `explode`"),
        ("{parameters: {q: {items: A}}}", "SC226", "write `media_type: application/json`"),
        ("{parameters: {header X: {type: str, in: query}}}", "SC226", "leave `in` out"),
        ("{parameters: {id: {type: str, in: query}}}", "SC226", "is called `query id`"),
        ("{parameters: {q: {type: int, default: x}}}", "SC213", "is not a whole number"),
        ("{operationId: b}", "SC203", "write `id:`"),
        ("{requestBody: b}", "SC203", "write `body:`"),
    ],
)
def test_a_mistake_in_an_operation_is_told(stated: str, code: str, words: str) -> None:
    text = f"{HEAD}  POST /u/{{id}}: {stated}\n"
    assert found(text) == [(code, 8)]
    assert words in told(text)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("auth: {default: [A]}", "SC232", "state it under `auth: {schemes: …}`"),
        ("auth: {schemes: {A: {type: http}}}", "SC232", "add `scheme:`"),
        ("auth: {schemes: {A: {type: apiKey, in: header}}}", "SC232", "add `name:`"),
        ("auth: {schemes: {A: {type: basic}}}", "SC202", "one of `apiKey`, `http`"),
        ("auth: {schemes: {A: {type: apiKey, in: heade, name: x}}}", "SC202", "did you mean `header`?"),
        ("auth: {schemes: {A: {type: http, scheme: basic, name: x}}}", "SC232", "says nothing about http"),
        ("auth: {schemes: {A: {type: oauth2, flows: {implict: {}}}}}", "SC232", "did you mean `implicit`?"),
        ("auth: {shemes: {}}", "SC203", "did you mean `schemes`?"),
        ("document: {inof: {}}", "SC233", "did you mean `info`?"),
        ("document: {paths: {}}", "SC233", "made of `operations:`"),
        ("document: {components: {schemas: {}}}", "SC233", "under `types:`"),
        ("document: x", "SC202", "a mapping is needed"),
        ("servers: []", "SC203", "write `document: {servers: […]}`"),
        ("x-a: 1", "SC203", "write it in `document:`"),
    ],
)
def test_a_mistake_in_what_holds_for_all_is_told(text: str, code: str, words: str) -> None:
    text = f"api: {{name: x}}\n{text}\n"
    assert found(text) == [(code, 2)]
    assert words in told(text)
