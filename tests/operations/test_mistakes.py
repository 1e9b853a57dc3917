"""Changes of operations that lack a policy, or make no sense: each is told with the way out."""

from __future__ import annotations

import pytest

from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load

from .service import spec
from .test_answers import FIRST
from .test_parameters import FIRST as PARAMETERS


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ("{remove: POST /tickets 201 header X-Cost}", "SC320", "promise the header `X-Cost`"),
        ("{change: POST /tickets 201 header X-Cost, to: int}", "SC320", "old_sees: VALUE"),
        ("{add: POST /tickets 202, type: Job}", "SC320", "old_sees: STATUS"),
        ("{add: POST /tickets 202, type: Job, old_sees: 201}", "SC310", "answers 201 with Ticket"),
        ("{add: POST /tickets 409, type: Refusal, old_sees: 404}", "SC310", "has no such answer"),
        ("{change: POST /reports 200, to: Job}", "SC322", "flag: NAME"),
        ("{remove: POST /tickets 201 header X-Cost, old_sees: undecided}", "SC321", "undecided"),
        ("{add: POST /tickets 202, type: Job, old_sees: undecided}", "SC321", "undecided"),
    ],
)
def test_a_policy_that_is_due_is_named(change: str, code: str, words: str) -> None:
    found = [d for _, d in findings(load(spec(FIRST, f"- {change}")).history)]
    assert [d.code for d in found] == [code]
    assert words in " ".join((found[0].message, found[0].help or "", *found[0].notes))


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ('{change: "GET /reports?mode", max_length: 3}', "SC320", "policy: keep"),
        ('{change: "GET /reports?limit", le: 40}', "SC320", "policy: keep"),
        ('{change: "GET /reports?n", required: true}', "SC320", "old_sends: VALUE"),
        ('{add: "GET /reports?x", type: str, required: true}', "SC320", "old_sends: VALUE"),
        ('{change: "GET /reports?range", to: int, drop: [style]}', "SC322", "no codec"),
    ],
)
def test_a_policy_of_a_parameter_that_is_due_is_named(change: str, code: str, words: str) -> None:
    found = [d for _, d in findings(load(spec(PARAMETERS, f"- {change}")).history)]
    assert [d.code for d in found] == [code]
    assert words in " ".join((found[0].message, found[0].help or "", *found[0].notes))


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ('{move: "GET /reports?q", to: "path /reports/{q}"}', "SC311", "may be left out"),
        ('{move: "GET /reports?year", to: "path /reports"}', "SC313", "one more name"),
        ('{move: "GET /reports?year", to: "path /{a}/{b}"}', "SC313", "one more name"),
        ('{move: "GET /reports?year", to: "somewhere"}', "SC313", "no place"),
        ('{move: "GET /users/{id} path id", to: query id}', "SC311", "what the operation is about"),
        ('{move: "GET /reports?q", to: query n}', "SC303", "is there already"),
        ('{change: "GET /reports?mode", max_length: 3, policy: drop}', "SC313", "does nothing"),
        ("{deprecate: GET /users, sunset: 2021-01-01}", "SC411", "would end before `v2` is released"),
        ("{deprecate: GET /users, deprecated: false, use: x}", "SC312", "says nothing"),
        ("{move: GET /users, to: GET /people, redirect: 302}", "SC213", "does not keep what was sent"),
        ("{move: GET /users, to: GET /people, redirect: 308, keep: true}", "SC312", "different things"),
        ("{move: POST /users, to: PUT /users, redirect: 308}", "SC312", "keeps the method"),
        ('{move: "GET /users/{id}", to: "GET /users/{key}", keep: true}', "SC312", "one place to callers"),
        ("{move: User.name, to: User.inner.name, redirect: 308}", "SC312", "is for operations"),
        ('{move: "GET /reports?q", to: header Q, keep: true}', "SC312", "is for operations"),
    ],
)
def test_what_makes_no_sense_of_a_parameter_is_refused_at_its_line(change: str, code: str, words: str) -> None:
    with pytest.raises(ScaffoldError) as refused:
        load(spec(PARAMETERS, f"- {change}"))
    found = refused.value.diagnostics
    assert [d.code for d in found] == [code]
    assert words in found[0].message
    assert found[0].span is not None


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ("{change: POST /users body, unwrap: user}", "SC313", "does not stand under a field"),
        ("{change: GET /users 200, wrap: data}", "SC313", "the envelope"),
        ('{change: "DELETE /users/{id} 204", wrap: data}', "SC313", "it has no body"),
        ("{change: POST /users body, wrap: a, to: Ticket}", "SC312", "beside `wrap`"),
        ("{change: POST /users body, to: Ticket}", "SC305", "is that of User"),
        ("{remove: POST /users body}", "SC305", "is that of User"),
        ("{change: POST /users 201, to: Ticket}", "SC305", "is that of User"),
        ("{change: GET /users, status: 204}", "SC305", "is that of User"),
        ("{change: POST /tickets, status: 99}", "SC225", "no status"),
        ("{change: POST /tickets 201, status: 200, flag: two words}", "SC213", "name of an argument"),
        ("{add: POST /tickets 409, type: Refusal, old_sees: x}", "SC213", "no status"),
        ("{remove: POST /tickets 400, old_sees: 1}", "SC312", "`old_sees` says nothing"),
        ("{remove: POST /tickets 201 header X-Cost, old_sees: x}", "SC213", ""),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_line(change: str, code: str, words: str) -> None:
    with pytest.raises(ScaffoldError) as refused:
        load(spec(FIRST, f"- {change}"))
    found = refused.value.diagnostics
    assert [d.code for d in found] == [code]
    assert words in found[0].message
    assert found[0].span is not None
