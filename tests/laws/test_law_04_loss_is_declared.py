"""Law 4, loss is declared: what cannot be crossed without loss names its policy, or is refused with the choices."""

from __future__ import annotations

import pytest
from hypothesis import given

from scaffold.contract.history import History
from scaffold.convert.policies import RULES, findings
from scaffold.convert.undecided import undecided
from scaffold.spec import load
from scaffold.workflows.project_state import policy_findings

from ..convert.shops import spec
from ..random_histories import histories

BASE = """\
api: {{name: x}}
types:
  Status: {{enum: [draft, published]}}
  Pay: {{fields: {{by: str | int | float}}}}
  Bill: {{fields: {{pay: Pay, tip: str}}}}
  Sum: {{type: int}}
resources:
  Item:
    path: /items
    fields:
      id: {{type: int, key: true}}
      name: str
      note?: str
      price: decimal
      size: int | null
      count: int
      status: Status
      short: {{type: str, max_length: 10}}
operations:
  GET /search:
    id: search
    parameters:
      q: str
    responses: {{200: Item}}
  POST /pay: {{id: pay, body: Pay, responses: {{200: Pay}}}}
  POST /sum: {{id: sum, body: Sum, responses: {{200: Sum}}}}
  POST /ping: {{id: ping, responses: {{204: null}}}}
  GET /rate: {{id: rate, responses: {{200: {{type: Pay, headers: {{X-Rate: {{type: int, required: true}}}}}}}}}}
versions:
  - {{id: v1, released: 2025-01-01}}
  - id: v2
    released: 2025-02-01
    changes:
      - {change}
"""

LOSSY = {
    "add: Item.owner, type: str": "old_sends: me",
    "remove: Item.name": "old_sees: nobody",
    "change: Item.note, required: true": "old_sends: none",
    "change: Item.name, required: false": "old_sees: nobody",
    "change: Item.size, nullable: false": "old_sends: 0",
    "change: Item.count, nullable: true": "old_sees: 0",
    "change: Item.price, to: str": "old_sees: '0'",
    "change: Item.short, max_length: 5": "policy: clamp",
    "change: Item.short, max_length: 50": "policy: keep",
    "change: Item.note, create_only: true": "policy: drop",
    "change: Item.note, read_only: true": "policy: keep",
    "change: Item.note, write_only: true": "policy: keep",
    "change: Item, unknown: refuse": "policy: strip",
    "change: Status, open: true": "old_sees: draft",
    "add: Status.archived": "old_sees: published",
    "remove: Status.draft": "old_sends: published",
    "change: 'GET /search?q', required: true": "old_sends: all",
    "add: Pay.by|bool": "old_sees: 'yes'",
    "remove: Pay.by|int": "old_sends: none",
    "add: 'POST /ping body', type: Pay": "required: false",
    "add: 'GET /rate 201', type: Pay": "old_sees: 200",
    "remove: 'GET /rate 200 header X-Rate'": "old_sees: 0",
    "change: 'GET /rate 200 header X-Rate', to: {type: int}": "old_sees: 0",
}

OPEN = (
    "change: 'POST /pay body', to: {type: Bill}",
    "change: 'POST /pay 200', to: {type: Bill}",
    "change: Sum, to: Pay",
)
"""Changes that no policy carries across: they say that this is undecided, or are refused."""


@pytest.mark.parametrize("change", LOSSY)
def test_a_lossy_change_without_a_policy_is_refused_at_its_line_with_the_choices(change: str) -> None:
    found = policy_findings(load(BASE.format(change=f"{{{change}}}")))
    assert [d.code for d in found] == ["SC320"]
    assert found[0].span is not None
    assert found[0].span.line == BASE.count("\n", 0, BASE.index("{change}")) + 1
    word = LOSSY[change].partition(":")[0]
    assert any(note.startswith(word) for note in found[0].notes), found[0].notes


@pytest.mark.parametrize("change", LOSSY)
def test_with_its_policy_it_is_not(change: str) -> None:
    assert policy_findings(load(BASE.format(change=f"{{{change}, {LOSSY[change]}}}"))) == ()


REFUSING = {
    "change: Item.short, max_length: 5, policy: refuse": (),
    "change: Item.name, create_only: true, policy: refuse": (),
    "change: Item.name, read_only: true, policy: refuse": ("SC320", "SC327"),
    "remove: Status.draft, policy: refuse, existing: published": (),
    "remove: Status.draft, policy: refuse": ("SC320",),
}
"""Changes that break a promise of older versions, with what they lack beside a waiver."""


@pytest.mark.parametrize("change", REFUSING)
def test_what_breaks_a_promise_needs_a_waiver_with_a_name_and_a_reason(change: str) -> None:
    found = policy_findings(load(BASE.format(change=f"{{{change}}}")))
    assert [d.code for d in found] == ["SC326", *REFUSING[change]]
    waived = policy_findings(load(BASE.format(change=f"{{{change}, waiver: {{name: Ada, reason: Nobody does.}}}}")))
    assert [d.code for d in waived] == [*REFUSING[change]]


@pytest.mark.parametrize(
    "change",
    [
        "rename: Item.name, to: title",
        "add: 'Item.more?', type: str",
        "change: Item.count, to: decimal",
        "remove: Item.note",
    ],
)
def test_what_loses_nothing_needs_none(change: str) -> None:
    assert policy_findings(load(BASE.format(change=f"{{{change}}}"))) == ()


def test_a_type_that_no_codec_reaches_is_refused_with_those_that_it_can_become() -> None:
    found = policy_findings(load(BASE.format(change="{change: Item.price, to: bool}")))
    assert [d.code for d in found] == ["SC322"]
    assert str(found[0].help).startswith("decimal can become `str`, `int`, `float`")


@given(histories())
def test_random_histories_state_what_they_must(history: History) -> None:
    assert findings(history) == []


@pytest.mark.parametrize("change", OPEN)
def test_what_nothing_carries_across_is_refused_unless_it_is_left_undecided(change: str) -> None:
    text = BASE.partition("  - id: v2")[0].format() + f"next:\n  - {{{change}}}\n"
    assert {d.code for d in policy_findings(load(text))} == {"SC322"}
    left = load(text.replace(f"{{{change}}}", f"{{{change}, codec: undecided}}"))
    assert {d.code for d in policy_findings(left)} == {"SC321"}
    assert undecided(left.history)


def test_every_rule_has_a_case_here() -> None:
    cases = [BASE.format(change=f"{{{c}, {LOSSY[c]}}}") for c in LOSSY]
    cases += [BASE.format(change=f"{{{c}}}") for c in OPEN]
    seen = {type(a.change) for case in cases for a in load(case).history.applied}
    assert set(RULES) <= seen | {c for c in RULES if c.__name__ == "AddParameter"}


def test_what_only_the_server_gives_keeps_someone_who_gives_it() -> None:
    text = spec("a: {type: int, read_only: true, default: 1}", "- {change: Item.a, drop: [default]}")
    ((_, found),) = findings(load(text).history)
    assert (found.code, found.notes[0].partition(":")[0]) == ("SC320", "default")
