"""A version that was dropped leaves its tombstone, and everything else as it was."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise

import pytest

from scaffold.contract.history import History
from scaffold.generate.contraction import contraction
from scaffold.generate.deprecations import deprecations
from scaffold.generate.gateway.timetable import timetable
from scaffold.generate.package import generated, model
from scaffold.generate.runtime.postponing import postponed
from scaffold.generate.runtime.stages import Stage, Version
from scaffold.generate.table_model import Tables
from scaffold.generate.versions_view import version_views
from scaffold.spec import load
from scaffold.workflows.migrations import tables_of

from ..golden.cases import CASES, loaded, spec
from ..storage.packages import dropped_to

SOME_DAY = date(2030, 1, 1)


@cache
def text() -> str:
    return spec("dropped").read_text("utf-8")


@cache
def files(*, dropped: bool) -> dict[str, str]:
    """What is generated with the mark and without it."""
    stated = text() if dropped else text().replace("    dropped: 2026-03-01\n", "")
    return generated(model(load(stated).history, "shop"))


def test_nothing_of_it_is_generated() -> None:
    made = files(dropped=True)
    assert not [path for path in made if "/v1/" in path or path.endswith("/v1.json")]
    code = "\n".join(body for path, body in made.items() if "/types/" in path or path.endswith("/records.py"))
    assert "fax" not in code
    assert "V1" not in code.replace("StatusV1", "")
    assert "notes" not in made["src/shop/generated/storage.py"]


def test_the_documents_of_the_others_are_the_same_to_the_byte() -> None:
    before, after = files(dropped=False), files(dropped=True)
    for version in ("v2", "v3"):
        assert after[f"openapi/{version}.json"] == before[f"openapi/{version}.json"]


def test_classes_keep_their_names() -> None:
    before, after = files(dropped=False), files(dropped=True)
    for path in ("part", "status", "tag", "user"):
        place = f"src/shop/generated/types/{path}.py"
        old = {line for line in before[place].splitlines() if line.startswith("class ")}
        assert {line for line in after[place].splitlines() if line.startswith("class ")} <= old


def test_its_tombstone_says_what_it_said() -> None:
    with_it, without = load(text().replace("    dropped: 2026-03-01\n", "")).history, load(text()).history
    before, *_ = version_views(with_it, model(with_it, "shop").routes, examples={}, undecided={})
    after, *_ = version_views(without.served, model(without, "shop").routes, examples={}, undecided={})
    for said in ("id", "release", "released", "dates", "guide", "successors", "errors", "base"):
        assert getattr(after, said) == getattr(before, said)
    assert (before.dropped, after.dropped, after.routes) == (False, True, ())


def test_it_is_retired_on_every_day_whatever_the_environment_says(caplog: pytest.LogCaptureFixture) -> None:
    version = Version(id="v1", release="1", sunset=datetime(2026, 1, 1, tzinfo=UTC), dropped=True)
    (made,) = postponed([version], {"v1": "2030-01-01"}, "shop")
    assert made == version
    assert made.stage(datetime(2025, 1, 1, tzinfo=UTC)) is Stage.RETIRED
    assert "SHOP_SUNSET_V1 is for a version that was dropped" in caplog.text


def test_the_gateway_answers_for_it_too() -> None:
    table = timetable(load(text()).history, name="shop", docs_base=None, sunsets={})
    assert {state.answer for state in table.states["v1"]} == {"retired"}


def test_what_it_had_deprecated_is_deprecated_since_then() -> None:
    whole = load(text()).history
    for contract in whole.served.contracts:
        assert deprecations(whole.served, contract) == deprecations(whole, contract)


def tables(*, dropped: bool) -> Tables:
    return tables_of(load(text() if dropped else text().replace("    dropped: 2026-03-01\n", "")).history)


def test_what_is_stored_is_where_it_was_and_only_what_is_needed() -> None:
    before, after = ({t.name: t for t in tables(dropped=d).tables} for d in (False, True))
    gone = {n: [c.name for c in t.columns if n not in after or c not in after[n].columns] for n, t in before.items()}
    assert {n: names for n, names in gone.items() if names} == {
        "users": ["price", "place", "fax"],
        "notes": ["id", "author", "text"],
    }


NIGHTLY = os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly"


@pytest.mark.parametrize("case", CASES if NIGHTLY else ("moves", "identifiers", "variants"))
def test_whatever_is_dropped_the_rest_is_generated_as_it_was(case: str) -> None:
    whole = replace(dropped_to(loaded(case).history.released, None), unspecified=None)
    documents = {path: text for path, text in generated(model(whole, "shop")).items() if path.startswith("openapi/")}
    stored = tables_of(whole)
    for older, newer in list(pairwise(whole.versions))[:: 1 if len(whole.versions) < 5 else 6]:
        marked = tuple(replace(v, dropped=SOME_DAY) if v.id in _until(whole, older.id) else v for v in whole.versions)
        left = replace(whole, versions=marked)
        made = generated(model(left, "shop"))
        gone = {f"openapi/{id_}.json" for id_ in _until(whole, older.id)}
        assert {path for path in made if path.startswith("openapi/")} == documents.keys() - gone, newer.id
        assert all(made[path] == text for path, text in documents.items() if path not in gone)
        for path, text in made.items():
            if path.endswith(".py"):
                compile(text, path, "exec")
        made_of = contraction(stored, tables_of(left), version=older.id, package="shop", down_revision=None)
        for script in made_of.scripts:
            compile(script.text, "migration.py", "exec")


def _until(history: History, version: str) -> tuple[str, ...]:
    return tuple(v.id for v in history.versions[: history.index(version) + 1])
