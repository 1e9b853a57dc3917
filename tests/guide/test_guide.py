"""Guides: everything a client developer needs, in good English, for every class of change."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from scaffold.compat import Verdict
from scaffold.contract.changes import (
    CHANGES,
    AddEnumValue,
    AddField,
    AddOperation,
    AddType,
    Change,
    ChangeEnvelope,
    ChangeErrors,
    ChangeField,
    ChangePagination,
    Describe,
    MoveFields,
    RemoveEnumValue,
    RemoveField,
    RemoveType,
    RenameFields,
    RenameOperation,
)
from scaffold.contract.contract import Envelope, PageStyle, Pagination
from scaffold.contract.error_form import ErrorFormat
from scaffold.contract.locating import Locating, Place
from scaffold.contract.named_types import Field
from scaffold.contract.types import UNDECIDED, Kind, Scalar
from scaffold.diagnostics import ScaffoldError
from scaffold.guide import WORDS, changelog, guide, render_markdown
from scaffold.spec import load

from ..compat.contracts import DECIMAL, STR, free_operation, history, member, operation_at, shop
from ..compat.verdict_cases import CASES
from ..compat.world import world

ROOT = Path(__file__).parents[2]
SPECS = {path.parent.name: path for path in sorted(ROOT.glob("examples/*/api.yaml"))}
SPECS["balance-control"] = ROOT / "tests" / "openapi" / "balance_control.yaml"
LINK = re.compile(r"\(#([^)]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
BLOCK = re.compile(r"```http\n(.*?)```", re.DOTALL)


UNNOTICED = (AddType, RemoveType, AddField, MoveFields, Describe)
"""The classes of change of which the cases have one that nobody meets."""


def sound(text: str) -> None:
    """What holds for every guide: links lead somewhere, anchors are one of a kind, messages hold JSON."""
    anchors = ANCHOR.findall(text)
    assert len(anchors) == len(set(anchors))
    assert set(LINK.findall(text)) <= set(anchors)
    for block in BLOCK.findall(text):
        _, blank, body = block.partition("\n\n")
        if blank:
            json.loads(body)
    prose = BLOCK.sub("", text)
    for wrong in ("None", "MISSING", "UNDECIDED", "  ", "``", " .", ",.", "..", "{}", "Scalar("):
        assert wrong not in prose, wrong
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def told(*changes: Change, of: object = None) -> str:
    return render_markdown(guide(history(world() if of is None else of, changes), "v1", "v2"))  # type: ignore[arg-type]  # a contract


def test_every_class_of_change_has_its_words() -> None:
    assert set(WORDS) == set(CHANGES)


@pytest.mark.parametrize("change", [c[1] for c in CASES], ids=[c[0] for c in CASES])
def test_every_change_is_told(change: Change) -> None:
    found = guide(history(world(), [change]), "v1", "v2")
    sound(render_markdown(found))
    if not found.entries:
        assert isinstance(change, UNNOTICED)
        return
    (entry,) = found.entries
    assert entry.heading[0] in "`TL"
    assert not entry.todo.endswith(".")
    if not entry.harmless:
        assert entry.steps
        assert entry.reasons
    assert all(line.endswith(".") for line in (*entry.steps, *entry.meanwhile, *entry.reasons, entry.sentence))


@pytest.mark.parametrize("name", list(SPECS))
def test_the_guides_of_whole_histories_are_sound_and_always_the_same(name: str) -> None:
    found = load(SPECS[name].read_text(encoding="utf-8"), file="api.yaml").history
    text = render_markdown(guide(found, "v1", "v2"))
    sound(text)
    assert text == render_markdown(guide(found, "v1", "v2"))
    assert changelog(found) == changelog(found)


def test_a_rename_is_shown_before_and_after() -> None:
    change = RenameFields(at=member("User.name"), names={"name": "full_name"}, why="Names differ.")
    found = guide(history(shop(), [change]), "v1", "v2")
    (entry,) = found.entries
    assert (entry.anchor, entry.heading) == ("rename-user-name", "`User.name` is now `full_name`")
    assert (entry.request, entry.response) == (Verdict.BREAKING, Verdict.BREAKING)
    assert entry.why == "Names differ."
    request, line, answer = entry.samples
    assert request.before is not None
    assert request.before.startswith("POST /api/v1/users\n")
    assert '"name": "Ada Lovelace"' in request.before
    assert request.after.startswith("POST /api/v2/users\n")
    assert '"full_name": "Ada Lovelace"' in request.after
    assert (line.before, line.after) == ("GET /api/v1/users?sort=name", "GET /api/v2/users?sort=full_name")
    assert '"full_name": "Ada Lovelace"' in answer.after
    assert entry.steps[0] == (
        "Send `full_name` instead of `name` in `POST /users`, `PATCH /users/{id}` and `PUT /users/{id}`."
    )
    assert entry.steps[-1] == "Send `full_name` or `-full_name` as `sort` to `GET /users`."


def test_the_dates_of_both_versions_are_said_without_a_today() -> None:
    text = told(of=shop())
    assert "| v1 | 2025-01-15 | 2026-07-15 | 2027-07-15 |" in text
    assert "v1 is deprecated from 2026-07-15 on and answers until 2027-07-15. From that day on it answers 410" in text
    assert "Nothing changes between the two." in text


def test_a_version_without_an_end_is_said_to_have_none() -> None:
    made = history(shop(), [])
    made = replace(made, versions=(replace(made.versions[0], deprecated=None, sunset=None), made.versions[1]))
    assert "No day is set on which v1 ends." in render_markdown(guide(made, "v1", "v2"))


def test_what_an_old_client_cannot_set_is_named() -> None:
    text = told(AddEnumValue(at=member("Status.archived"), old_sees="published"), of=shop())
    assert "v1 shows `published` where v2 shows `archived`." in text
    assert "A client of v1 cannot set `archived`, and cannot tell it from `published`" in text
    assert '"status": "published"' in text
    assert '"status": "archived"' in text


def test_who_asks_for_what_is_held_back_is_told_how() -> None:
    held = AddEnumValue(at=member("Status.archived"), old_sees="published", opt_in="X-Preview-Values")
    text = told(held, of=shop())
    assert "Nothing, unless you want `archived`: callers who do not ask know nothing of it" in text
    assert "send the header `X-Preview-Values: true`" in text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            AddField(at=member("Item.a"), field=Field("", "a", STR), old_sends="x", existing={"from": "Item.name"}),
            'What is created through v1 gets `"x"` as `a`.',
        ),
        (
            AddField(at=member("Item.a"), field=Field("", "a", STR), old_sends="x", existing={"from": "Item.name"}),
            "Objects that were there before v2 have the value of `Item.name` as `a`.",
        ),
        (RemoveField(at=member("Item.size"), old_sees=1), "For objects created through v2, v1 shows `1`."),
        (
            ChangeField(at=member("Item.name"), type=DECIMAL, unreadable="null"),
            'A value that cannot be read as a decimal number written as text (`"12.50"`) is stored as null there.',
        ),
        (
            ChangeField(at=member("Item.hint"), nullable=False, old_sends=""),
            'A client of v1 that sends null for `hint` is taken to have sent `""`.',
        ),
        (
            ChangeField(at=member("Item.note"), required=True, old_sends="-"),
            'A client of v1 that sends nothing for `note` is taken to have sent `"-"`.',
        ),
        (ChangeField(at=member("Item.name"), nullable=True, old_sees=""), 'Where `name` has null, v1 shows `""`.'),
        (ChangeField(at=member("Item.name"), nullable=True, old_sees=""), "such a client cannot set that value there."),
        (ChangeField(at=member("Item.colour"), default="blue"), 'v1 keeps its own default, `"red"`.'),
        (
            ChangeField(at=member("Item.size"), bounds={"le": 5}, policy="clamp"),
            "What passes the bounds of a version is shown there cut to them",
        ),
        (
            RemoveEnumValue(at=member("Status.draft"), old_sends="published"),
            "A client of v1 that sends `draft` is taken to have sent `published`.",
        ),
        (
            AddEnumValue(at=member("Status.lost"), old_sees=UNDECIDED),
            "What older clients are shown instead is not decided yet.",
        ),
    ],
)
def test_policies_are_said_in_words(change: Change, sentence: str) -> None:
    assert sentence in told(change)


def test_a_variant_that_is_stated_by_its_name_is_told_as_it_is_sent() -> None:
    spec = """
api: {name: shop}
types:
  Card: {fields: {kind: {const: card}, number: str}}
  Wallet: {fields: {kind: {const: wallet}, email: str}}
  Method: {type: Card | Wallet, discriminator: kind, tags: {card: Card, wallet: Wallet}}
resources:
  Item: {path: /items, fields: {id: {type: int, key: true}}, operations: [create, get]}
versions:
  - {id: v1, released: 2020-01-01}
  - id: v2
    released: 2021-01-01
    changes:
      - {add: Item.by, type: Method, old_sends: {variant: Card, values: {number: none}}}
"""
    text = render_markdown(guide(load(spec).history, "v1", "v2"))
    assert 'What is created through v1 gets `{"kind": "card", "number": "none"}` as `by`.' in text


def test_a_request_that_moves_is_shown_once_with_what_it_carries() -> None:
    found = load((ROOT / "tests/golden/nested/api.yaml").read_text(encoding="utf-8")).history
    entry = guide(found, "v2", "v3").entries[0]
    (request,) = (sample for sample in entry.samples if sample.what.startswith("Request"))
    assert request.after.startswith("POST /api/v3/emails\nContent-Type: application/json\n")


def test_every_operation_of_the_older_version_has_its_anchor() -> None:
    rename = RenameOperation(at=operation_at("GET /users"), to="all_users")
    add = AddOperation(operation=free_operation("ping", "GET", "/ping"))
    text = told(rename, add, of=shop())
    anchors = ANCHOR.findall(text)
    assert {o.id.replace("_", "-") for o in shop().operations} <= set(anchors)


def test_long_messages_leave_out_what_stays() -> None:
    wide = shop()
    for number in range(9):
        field = Field("", f"extra{number}", STR, required=False)
        wide = AddField(at=member(f"User.extra{number}"), field=field).apply(wide, "v1")
    text = told(RenameFields(at=member("User.name"), names={"name": "full_name"}), of=wide)
    assert "(members that stay the same are left out)" in text
    assert "extra8" not in text


def test_the_envelope_says_where_to_read() -> None:
    text = told(ChangeEnvelope(to=Envelope({"data": "$items", "meta": {"total": "$total"}})), of=shop())
    assert "Read the items of a list under `data`: `GET /users` and `GET /products`." in text
    assert "Read how many there are in all under `meta.total`; the header `X-Total-Count` is not sent any more." in text
    assert "Do without the header `Link`, which is not sent any more; ask for the next part yourself." in text
    text = told(
        ChangePagination(to=Pagination(PageStyle.CURSOR)),
        ChangeEnvelope(to=Envelope({"data": "$items", "next": "$next"})),
        of=shop(),
    )
    assert "Read the cursor of the next part under `next`, not from the header `Link`; null says that" in text


def test_another_unit_is_told_first_and_in_words() -> None:
    change = ChangeField(at=member("Item.size"), codec="minutes<->seconds", bounds={"ge": 60, "le": 540}, policy="keep")
    text = told(change)
    assert "Changed `Item.size`: what its values mean, its ge to `60`, its le to `540`." in text
    assert "1. Send and read `size` in seconds; before, it was in minutes." in text
    assert "- A value that cannot be converted is answered with 422 there." in text


def test_the_form_of_errors_says_where_to_read() -> None:
    text = told(ChangeErrors(to=ErrorFormat.SIMPLE), of=shop())
    assert "1. Read an error from `message`, tell errors apart by `error`" in text
    assert "v1 goes on to write errors as problem details (RFC 9457)." in text


def test_a_change_in_an_error_is_shown_in_that_answer() -> None:
    found = load(SPECS["payments"].read_text(encoding="utf-8")).history
    (entry,) = (e for e in guide(found, "v1", "v2").entries if e.anchor == "rename-refusal-payment")
    (answer,) = entry.samples
    assert answer.after.startswith("HTTP/1.1 409 Conflict\n")
    assert '"payment_id": 1' in answer.after


def test_a_value_that_is_only_asked_for_in_a_filter_says_so() -> None:
    found = load(SPECS["payments"].read_text(encoding="utf-8")).history
    text = render_markdown(guide(found, "v1", "v2"))
    assert "1. Send `authorized` instead of `authorised` in parameters of `GET /payments`." in text


def test_a_guide_over_several_versions_says_when_each_change_came() -> None:
    first = RenameFields(at=member("User.name"), names={"name": "full_name"})
    second = ChangeField(at=member("User.city"), bounds={"max_length": 50}, policy="keep")
    text = render_markdown(guide(history(shop(), [first], [second]), "v1", "v3"))
    assert "This came with v2." in text
    assert "This came with v3." in text
    sound(text)


@pytest.mark.parametrize(
    ("locating", "name", "line"),
    [
        (Locating((Place.HEADER, Place.PATH)), "API-Version: {}", "POST /api/users\nAPI-Version: v2\n"),
        (Locating((Place.QUERY,), query="api-version"), "?api-version={}", "POST /api/users?api-version=v2\n"),
        (
            Locating((Place.MEDIA_TYPE,), media_type="application/vnd.shop+json"),
            "Accept: application/vnd.shop+json; version={}",
            "POST /api/users\nAccept: application/vnd.shop+json; version=2\n",
        ),
    ],
)
def test_a_guide_names_versions_where_the_api_reads_them(locating: Locating, name: str, line: str) -> None:
    change = RenameFields(at=member("User.name"), names={"name": "full_name"})
    text = render_markdown(guide(replace(history(shop(), [change]), locating=locating), "v1", "v2"))
    older, newer = (name.format(v.removeprefix("v") if "vnd" in name else v) for v in ("v1", "v2"))
    assert f"served side by side, at `/api`, chosen by `{older}` or `{newer}`, and show" in text
    assert f"- [ ] Send `{newer}` instead of `{older}`." in text
    assert "- [ ] Call `/api" not in text
    assert line in text
    assert ("Content-Type: application/vnd.shop+json; version=2" in text) is ("vnd" in name)


def test_a_guide_leads_forwards_only() -> None:
    with pytest.raises(ScaffoldError) as caught:
        guide(history(shop(), []), "v2", "v1")
    assert caught.value.diagnostics[0].code == "SC434"


def test_a_type_change_without_an_example_that_fits_still_has_its_steps() -> None:
    odd = Scalar(Kind.STR, format="iban")
    text = told(AddField(at=member("Item.iban"), field=Field("", "iban", odd), old_sends=""))
    assert "1. Send `iban`, text, in `POST /items` and `PUT /items/{id}`." in text
    assert "```http" not in text


def test_the_changelog_has_the_newest_first_with_what_each_change_does() -> None:
    phone = AddField(at=member("User.phone"), field=Field("", "phone", STR, required=False))
    rename = RenameFields(at=member("User.name"), names={"name": "full_name"}, why="Names differ.")
    text = changelog(history(shop(), [rename], releases=[phone]))
    assert re.findall(r"^## .*$", text, re.MULTILINE) == [
        "## v2 (2026-07-15)",
        "## v1.1 (2025-06-01)",
        "## v1 (2025-01-15)",
    ]
    assert "- Renamed `User.name` to `full_name`. It breaks requests and responses. Names differ." in text
    assert "- Added optional field `User.phone` (str).\n" in text
    assert "[from v1 to v2](migration/v1-to-v2.md)" in text
    assert "The first version." in text


def test_the_changelog_names_a_draft_as_one() -> None:
    rename = RenameFields(at=member("User.name"), names={"name": "full_name"})
    assert "## next (draft)" in changelog(history(shop(), [rename], draft=True))
