"""Values that are held back: stated, written, refused where nothing is said of what others see; and in documents."""

from __future__ import annotations

import json

import pytest

from scaffold.compat import Verdict, judge
from scaffold.contract.changes import ChangeEnumValue
from scaffold.contract.history import History, evolve
from scaffold.contract.named_types import EnumType, OptIn
from scaffold.convert.policies import findings
from scaffold.openapi import document, to_json
from scaffold.openapi.inference import infer
from scaffold.openapi.reading import read
from scaffold.spec import load
from scaffold.spec.writing import change_items, spec_files

from .helpers import BASE, changed, found, history, told

HEADER = "X-Preview-Values"
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
        (("- change: Status.draft",), "SC313"),
        (("- {change: Status.draft, opt_in: null}",), "SC351"),
        (("- {change: Status.draft, opt_in: X-A, required: true}",), "SC312"),
        ((*HELD, "- {change: Status.gone, opt_in: null, old_sees: draft}"), "SC312"),
        ((*HELD, "- {change: Status.gone, opt_in: X-Preview-Values}"), "SC351"),
        ((*HELD, "- {change: Status.draft, opt_in: X-A, old_sees: published}"), "SC341"),
        (("- {change: Status.published, opt_in: X-A, old_sees: published}",), "SC341"),
        (("- {change: Status.published, opt_in: Cookie, old_sees: draft}",), "SC340"),
        (("- {change: Status.nowhere, opt_in: null}",), "SC302"),
        ((*HELD, "- {change: User.status, default: gone}"), "SC350"),
        (("- {change: Status.draft, opt_in: X-A, old_sees: published}",), "SC350"),
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


ENDS = (*HELD, "- {change: Status.gone, opt_in: null}")
BEGINS = ("- {change: Status.published, opt_in: X-A, old_sees: draft}",)


@pytest.mark.parametrize(
    ("lines", "header", "verdicts"),
    [
        (ENDS, None, (Verdict.SAFE, Verdict.RISKY)),
        (BEGINS, "X-A", (Verdict.BREAKING, Verdict.MEANING)),
        ((*HELD, "- {change: Status.gone, opt_in: X-B}"), "X-B", (Verdict.BREAKING, Verdict.MEANING)),
        (
            (*HELD, "- {change: Status.gone, opt_in: X-Preview-Values, old_sees: published}"),
            HEADER,
            (Verdict.SAFE, Verdict.MEANING),
        ),
    ],
)
def test_who_is_shown_a_value_changes(
    lines: tuple[str, ...], header: str | None, verdicts: tuple[Verdict, ...]
) -> None:
    made = history(*lines)
    last = made.applied[-1]
    change = last.change
    assert isinstance(change, ChangeEnumValue)
    held = status(made).value(change.at.name)
    assert held is not None
    assert (held.opt_in and held.opt_in.header) == header
    judgement = judge(last)
    assert (judgement.request, judgement.response) == verdicts
    assert findings(made) == []
    back, _ = evolve(last.after, [change.inverse(last.before)], "v3")
    assert back.types == last.before.types
    (item,) = change_items((change,), last.before)
    first, *rest = item.splitlines()
    again = history(*lines[:-1], f"- {first}", *(f"  {line}" for line in rest)).applied[-1]
    assert again.change == change
    inferred = infer(last.before, last.after, "v2")
    assert [type(c) for c in inferred.changes] == [ChangeEnumValue]
    assert inferred.remaining == ()


def test_a_release_may_show_it_to_everybody_where_the_enum_is_open() -> None:
    release = "  - {id: v1.1, released: 2025-06-01, changes: [{change: Status.gone, opt_in: null}]}\n  - id: v2\n"
    stated = "Status: {%senum: [draft, published, {value: gone, opt_in: X-A, old_sees: draft}]}"
    text = BASE.replace("  - id: v2\n", release) + "      []\n"
    known = "Status: {enum: [draft, published]}"
    assert [code for code, _ in found(text.replace(known, stated % ""))] == ["SC415"]
    assert found(text.replace(known, stated % "open: true, ")) == []


def test_nothing_that_is_held_back_stands_where_nothing_is_sent() -> None:
    stated = BASE.replace("[draft, published]", "[{value: draft, opt_in: X-A, old_sees: published}, published]")
    text = stated + "      []\n"
    assert found(text) == [("SC350", 10)]
    assert "`User.status` would be `draft` where nothing is sent, which is for callers who send `X-A`" in told(text)
    listed = text.replace("{type: Status, default: draft}", '{type: "list[Status]", default: [draft]}')
    assert found(listed) == [("SC350", 10)]
    given = text.replace("{type: Status, default: draft}", "{type: Status, read_only: true, on_create: draft}")
    assert found(given) == [("SC350", 10)]


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
