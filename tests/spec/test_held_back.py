"""Values that are held back: stated, written, refused where nothing is said of what others see; and in documents."""

from __future__ import annotations

import json

import pytest

from scaffold.compat import Verdict, judge
from scaffold.contract.history import History, evolve
from scaffold.contract.named_types import EnumType, OptIn
from scaffold.convert.policies import findings
from scaffold.openapi import document, to_json
from scaffold.openapi.inference import infer
from scaffold.openapi.reading import read
from scaffold.spec import load
from scaffold.spec.writing import change_items, spec_files

from .helpers import BASE, changed, found, history

HELD = ("- add: Status.gone", "  opt_in: X-Preview-Values", "  old_sees: draft")


def status(made: History) -> EnumType:
    found = made.newest.types["Status"]
    assert isinstance(found, EnumType)
    return found


def opt_in(made: History, value: str) -> OptIn:
    found = status(made).value(value)
    assert found is not None
    assert found.opt_in is not None
    return found.opt_in


def test_nobody_notices_who_does_not_ask() -> None:
    made = history(*HELD)
    judgement = judge(made.applied[0])
    assert (judgement.request, judgement.response) == (Verdict.SAFE, Verdict.SAFE)
    assert findings(made) == []
    assert opt_in(made, "gone").header == "X-Preview-Values"
    back, _ = evolve(made.newest, [made.applied[0].change.inverse(made.contracts[0])], "v3")
    assert back.types == made.contracts[0].types


def test_a_release_may_have_it() -> None:
    change = "{add: Status.gone, opt_in: X-Preview-Values, old_sees: draft}"
    release = f"  - {{id: v1.1, released: 2025-06-01, changes: [{change}]}}\n  - id: v2\n"
    made = load(BASE.replace("  - id: v2\n", release) + "      []\n").history
    assert opt_in(made, "gone").header == "X-Preview-Values"


def test_what_others_see_is_said_where_some_version_shows_it() -> None:
    assert (
        "callers who do not send `X-Preview-Values` are not shown `gone`" in findings(history(*HELD[:2]))[0][1].message
    )


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("- {add: Status.gone, opt_in: a header, old_sees: draft}",), "SC340"),
        (("- {add: Status.gone, opt_in: Authorization, old_sees: draft}",), "SC340"),
        (("- {add: Status.gone, opt_in: X-A, old_sees: nowhere}",), "SC310"),
        (("- {add: Status.gone, opt_in: X-A, old_sees: undecided}",), "SC342"),
        ((*HELD, "- {add: Status.lost, opt_in: X-A, old_sees: gone}"), "SC341"),
        ((*HELD, "- {remove: Status.draft, policy: refuse, waiver: {name: A, reason: B}}"), "SC341"),
    ],
)
def test_what_cannot_be_held_back_is_refused(lines: tuple[str, ...], says: str) -> None:
    assert [code for code, _ in found(changed(*lines))] == [says]


def test_what_others_see_follows_the_value_that_they_see() -> None:
    renamed = history(*HELD, "- {rename: Status.draft, to: sketch}")
    assert opt_in(renamed, "gone").shown == status(renamed).value("sketch").identity  # type: ignore[union-attr]  # None would fail here too
    other = "- {change: User.status, default: published}"
    gone = history(*HELD, other, "- {remove: Status.draft, old_sends: published}")
    assert opt_in(gone, "gone").shown == status(gone).value("published").identity  # type: ignore[union-attr]  # None would fail here too


def test_it_is_written_as_it_is_read() -> None:
    made = history(*HELD)
    (item,) = change_items((made.applied[0].change,), made.applied[0].before)
    lines = item.splitlines()
    assert history(f"- {lines[0]}", *(f"  {rest}" for rest in lines[1:])).applied[0].change == made.applied[0].change


def test_a_contract_that_is_stated_whole_states_it() -> None:
    stated = "Status: {enum: [draft, published, {value: gone, opt_in: X-A, old_sees: draft}]}"
    text = BASE.replace("Status: {enum: [draft, published]}", stated)
    assert stated in text
    made = load(text + "      []\n").history
    assert opt_in(made, "gone") == OptIn("X-A", status(made).value("draft").identity)  # type: ignore[union-attr]  # None would fail here too
    again = load(spec_files(made)["api.yaml"]).history
    assert again.contracts == made.contracts
    assert [code for code, _ in found(text.replace(", old_sees: draft", "") + "      []\n")] == ["SC341"]


def test_two_documents_tell_that_it_is_held_back() -> None:
    made = history(*HELD)
    older, newer = (
        read(json.loads(to_json(document(c, made.api, v))), version=v.id, file=f"{v.id}.json").contract
        for c, v in zip(made.contracts, made.versions, strict=True)
    )
    inferred = infer(older, newer, "v2")
    sentences = [change.sentence() for change in inferred.changes]
    assert "Added value `gone` to `Status`, for callers who send `X-Preview-Values`." in sentences
    assert inferred.remaining == ()


def test_documents_say_it_and_are_read_back() -> None:
    made = history(*HELD)
    version = made.versions[-1]
    stated = json.loads(to_json(document(made.newest, made.api, version)))
    assert "Only for callers who send the header `X-Preview-Values`: `gone` (others see `draft`)." in json.dumps(stated)
    asking = [p for o in stated["paths"]["/users"].values() for p in o["parameters"] if p.get("x-opt-in")]
    assert {p["name"] for p in asking} == {"X-Preview-Values"}
    assert not any(p.get("required") for p in asking)
    read_back = read(stated, version="v2", file="v2.json").contract
    enum = read_back.types["Status"]
    assert isinstance(enum, EnumType)
    assert [(v.value, v.opt_in and v.opt_in.header) for v in enum.values][-1] == ("gone", "X-Preview-Values")
    assert to_json(document(read_back, made.api, version)) == to_json(document(made.newest, made.api, version))
