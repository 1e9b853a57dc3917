"""Law 1, frozen: the contract of a released version never changes, except by additive releases."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.contract.digest import digest
from scaffold.contract.history import History, Promise
from scaffold.generate.contraction import contraction
from scaffold.generate.package import generated, model
from scaffold.spec import load
from scaffold.workflows.migrations import tables_of

from ..projects import EXAMPLES
from ..random_histories import histories

NIGHTLY = os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly"
SHOP = (EXAMPLES / "shop" / "api.yaml").read_text()


@given(histories())
def test_a_later_version_leaves_every_earlier_contract_as_it_was(history: History) -> None:
    for position, version in enumerate(history.versions[:-1]):
        earlier = replace(
            history,
            versions=history.versions[: position + 1],
            contracts=history.contracts[: position + 1],
            applied=tuple(a for a in history.applied if history.index(a.version.split(".")[0]) <= position),
        )
        assert digest(earlier.contract(version.id)) == digest(history.contract(version.id))


@settings(max_examples=200 if NIGHTLY else 12, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.data())
def test_a_version_that_is_dropped_leaves_every_later_document_as_it_was(history: History, data: st.DataObject) -> None:
    gone = data.draw(st.integers(1, len(history.versions) - 1))
    released = tuple(replace(v, released=date(2024, 1, 1), promise=Promise.STABLE) for v in history.versions)
    before = replace(history, versions=released)
    after = replace(
        before,
        versions=tuple(replace(v, dropped=date(2030, 1, 1) if n < gone else None) for n, v in enumerate(released)),
    )
    documents = {path: text for path, text in generated(model(before, "shop")).items() if path.startswith("openapi/")}
    made = generated(model(after, "shop"))
    left = {f"openapi/{v.id}.json" for v in released[gone:]}
    assert {path: text for path, text in made.items() if path.startswith("openapi/")} == {
        path: text for path, text in documents.items() if path in left
    }
    left_out = contraction(tables_of(before), tables_of(after), version="v1", package="shop", down_revision=None)
    for text in (*(t for path, t in made.items() if path.endswith(".py")), *(s.text for s in left_out.scripts)):
        compile(text, "shop.py", "exec")


def test_every_edit_of_a_released_contract_changes_its_digest() -> None:
    before = dict(load(SHOP).history.promises("v1"))
    edits = {
        "max_length: 80, example: Garden": "max_length: 81, example: Garden",
        "filters: [email]": "filters: []",
        "{enum: [draft, published]}": "{enum: [draft, published, gone]}",
        "street?: {type: str": "street: {type: str",
        "default: draft}": "default: published}",
        "path: /products": "path: /goods",
    }
    for old, new in edits.items():
        assert SHOP.count(old) == 1, old
        after = dict(load(SHOP.replace(old, new)).history.promises("v1"))
        assert digest(after["v1"]) != digest(before["v1"]), old


def test_a_release_adds_a_digest_and_leaves_the_version_its_own() -> None:
    with_release = dict(load(SHOP).history.promises("v1"))
    start, end = SHOP.index("  - id: v1.1"), SHOP.index("  - id: v2")
    without = dict(load(SHOP[:start] + SHOP[end:]).history.promises("v1"))
    assert digest(with_release["v1"]) == digest(without["v1"])
    assert list(with_release) == ["v1", "v1.1"]
    assert digest(with_release["v1.1"]) != digest(with_release["v1"])


def test_prose_and_dates_are_no_promise() -> None:
    before = dict(load(SHOP).history.promises("v1"))
    text = SHOP.replace("sunset: 2027-07-15", "sunset: 2028-01-01").replace(
        "example: Garden chair", "example: Oak table"
    )
    assert digest(dict(load(text).history.promises("v1"))["v1"]) == digest(before["v1"])
