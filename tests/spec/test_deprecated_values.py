"""Values of enums that are deprecated by themselves: marked, told in documents, taken back."""

from __future__ import annotations

import json

from scaffold.compat import Verdict, judge
from scaffold.contract.digest import digest
from scaffold.contract.history import History, evolve
from scaffold.contract.named_types import EnumType, EnumValue
from scaffold.convert.policies import findings
from scaffold.openapi import document, to_json
from scaffold.openapi.inference import infer
from scaffold.openapi.reading import read
from scaffold.spec import load
from scaffold.spec.writing import change_items, spec_files

from .helpers import BASE, changed, found, history

MARK = "- {deprecate: Status.draft, use: published, sunset: 2027-01-01}"
SAID = "Deprecated value `draft`: use `published` instead, and it ends on 2027-01-01."


def draft(made: History) -> EnumValue:
    enum = made.newest.types["Status"]
    assert isinstance(enum, EnumType)
    value = enum.value("draft")
    assert value is not None
    return value


def test_it_is_marked_and_promises_nothing_else() -> None:
    made = history(MARK)
    assert draft(made).deprecated
    judgement = judge(made.applied[0])
    assert (judgement.request, judgement.response) == (Verdict.SAFE, Verdict.SAFE)
    assert findings(made) == []
    assert digest(made.newest) == digest(history("- {describe: {Status: What it is.}}").newest)
    back, _ = evolve(made.newest, [made.applied[0].change.inverse(made.contracts[0])], "v3")
    assert back.types == made.contracts[0].types


def test_the_mark_is_taken_back() -> None:
    assert not draft(history(MARK, "- {deprecate: Status.draft, deprecated: false}")).deprecated


def test_mistakes_are_named() -> None:
    assert [code for code, _ in found(changed("- deprecate: Status.gone"))] == ["SC302"]
    assert [code for code, _ in found(changed(MARK, MARK))] == ["SC307"]


def test_it_is_written_as_it_is_read() -> None:
    made = history(MARK)
    (item,) = change_items((made.applied[0].change,), made.applied[0].before)
    lines = item.splitlines()
    assert history(f"- {lines[0]}", *(f"  {rest}" for rest in lines[1:])).applied[0].change == made.applied[0].change
    stated = BASE.replace("[draft, published]", "[{value: draft, deprecated: true}, published]") + "      []\n"
    first = load(stated).history
    assert draft(first).deprecated
    assert load(spec_files(first)["api.yaml"]).history.contracts == first.contracts


def test_documents_name_it_and_are_read_back() -> None:
    made = history(MARK)
    version = made.versions[-1]
    stated = json.loads(to_json(document(made.newest, made.api, version)))
    schema = stated["components"]["schemas"]["Status"]
    assert schema["description"] == SAID
    assert schema["x-enum-deprecated"] == ["draft"]
    again = read(stated, version="v2", file="v2.json").contract
    enum = again.types["Status"]
    assert isinstance(enum, EnumType)
    assert [v.value for v in enum.values if v.deprecated] == ["draft"]
    assert to_json(document(again, made.api, version)) == to_json(document(made.newest, made.api, version))


def test_two_documents_tell_that_it_is_deprecated_since() -> None:
    made = history(MARK)
    older, newer = (
        read(json.loads(to_json(document(c, made.api, v))), version=v.id, file=f"{v.id}.json").contract
        for c, v in zip(made.contracts, made.versions, strict=True)
    )
    sentences = [change.sentence() for change in infer(older, newer, "v2").changes]
    assert "Deprecated `Status.draft`." in sentences
