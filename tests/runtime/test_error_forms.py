"""Errors in forms of one's own: what is written of each fact, and what documents say of it."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from scaffold.contract import error_form
from scaffold.generate.error_forms import served_form
from scaffold.generate.runtime import error_forms
from scaffold.generate.runtime.error_forms import PROBLEM, SIMPLE, ErrorForm, known

FACTS = {**known(422, "invalid", "Invalid request", "/problems", "/users"), "$request_id": "7f3a"}
WRONG = [
    {"loc": ["body", "address", "city"], "msg": "Field required", "type": "missing"},
    {"loc": ["body", "a/b", 0], "msg": "Input should be a valid string", "type": "string_type"},
    {"loc": ["query", "limit"], "msg": "Given more than once", "type": "value_error"},
]
FORMS = {
    "google": ErrorForm({"error": {"code": "$status", "status": "$code_upper", "message": "$detail|$title"}}),
    "fastapi": ErrorForm({"detail": "$errors|$detail|$title"}),
    "json_api": ErrorForm(
        {
            "errors": [{"detail": "$message", "source": {"pointer": "$pointer"}, "code": "$kind", "at": "$loc"}],
            "meta": "$more",
            "jsonapi": {"version": "1.1"},
        },
        "application/vnd.api+json",
    ),
    "fields": ErrorForm({"code": "$code_snake", "fields": [{"in": "$in", "name": "$field"}]}, extend=True),
    "problem": PROBLEM,
    "simple": SIMPLE,
}


def written(form: str, **members: Any) -> Any:
    return FORMS[form].written(FACTS, members)


@pytest.mark.parametrize(
    ("form", "members", "body"),
    [
        ("google", {}, {"error": {"code": 422, "status": "INVALID", "message": "Invalid request"}}),
        ("google", {"errors": WRONG}, {"error": {"code": 422, "status": "INVALID", "message": "Invalid request"}}),
        ("fastapi", {"errors": WRONG}, {"detail": WRONG}),
        ("fastapi", {}, {"detail": "Invalid request"}),
        (
            "json_api",
            {"errors": WRONG[:2], "until": "noon"},
            {
                "errors": [
                    {
                        "detail": "Field required",
                        "source": {"pointer": "/address/city"},
                        "code": "missing",
                        "at": ["body", "address", "city"],
                    },
                    {
                        "detail": "Input should be a valid string",
                        "source": {"pointer": "/a~1b/0"},
                        "code": "string_type",
                        "at": ["body", "a/b", 0],
                    },
                ],
                "meta": {"until": "noon"},
                "jsonapi": {"version": "1.1"},
            },
        ),
        ("json_api", {}, {"jsonapi": {"version": "1.1"}}),
        (
            "fields",
            {"errors": WRONG[2:], "supported": ["v2"]},
            {"code": "invalid", "fields": [{"in": "query", "name": "limit"}], "supported": ["v2"]},
        ),
        ("fields", {"errors": "anything"}, {"code": "invalid"}),
        ("fields", {"errors": [{"loc": ["body"]}]}, {"code": "invalid", "fields": [{"in": "body"}]}),
        (
            "simple",
            {"successor": "/v2/users"},
            {"error": "invalid", "message": "Invalid request", "migrate_to": "/v2/users"},
        ),
        (
            "problem",
            {"errors": WRONG[:1], "balance": 3},
            {
                "type": "/problems/invalid",
                "title": "Invalid request",
                "status": 422,
                "instance": "/users",
                "requestId": "7f3a",
                "errors": WRONG[:1],
                "balance": 3,
            },
        ),
    ],
)
def test_facts_stand_in_their_places_and_what_is_not_there_is_left_out(form: str, members: Any, body: Any) -> None:
    assert written(form, **members) == body


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("members", [{}, {"errors": WRONG, "supported": ["v2"], "successor": "/v2/a", "until": "noon"}])
@pytest.mark.parametrize("detail", [{}, {"$detail": "Nothing."}])
def test_what_is_written_is_as_documents_say(form: str, members: Any, detail: Any) -> None:
    schema = FORMS[form].schema()
    body = FORMS[form].written({**FACTS, **detail}, members)
    assert [e.message for e in jsonschema_rs.Draft202012Validator(schema).iter_errors(body)] == []


def test_documents_promise_what_every_error_has() -> None:
    assert FORMS["google"].schema()["properties"]["error"]["required"] == ["code", "status", "message"]
    assert FORMS["fastapi"].schema()["required"] == ["detail"]
    assert FORMS["json_api"].schema()["required"] == ["jsonapi"]
    assert PROBLEM.schema()["required"] == ["type", "title", "status"]


def test_programs_and_specs_know_the_same_facts_and_forms() -> None:
    assert (list(error_form.FACTS), list(error_form.ITEM_FACTS)) == (
        list(error_forms.FACTS),
        list(error_forms.ITEM_FACTS),
    )
    for word, form in (("problem", PROBLEM), ("simple", SIMPLE)):
        made = served_form(error_form.ErrorFormat(word))
        assert (made.body, made.media_type, made.extend) == (form.body, form.media_type, form.extend)
