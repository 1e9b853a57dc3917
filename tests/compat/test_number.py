"""Numbers: verdicts decide whether changes make a version or a release."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scaffold.compat import Cut, next_id, number
from scaffold.contract.changes import (
    AddEnumValue,
    AddField,
    AddOperation,
    AddParameter,
    Change,
    RenameFields,
)
from scaffold.contract.history import Scheme
from scaffold.contract.locating import Locating
from scaffold.contract.named_types import Field
from scaffold.contract.parameter import Location, Parameter
from scaffold.diagnostics import ScaffoldError

from .contracts import INT, STR, free_operation, history, member, parameter_at, shop

DAY = date(2026, 9, 1)
RENAME = RenameFields(at=member("Product.title"), names={"title": "name"})
SAFE = AddField(at=member("User.phone"), field=Field("", "phone", STR, required=False))


def test_a_breaking_change_makes_a_version_and_is_named() -> None:
    found = number(history(shop()), [SAFE, RENAME], DAY)
    assert (found.id, found.cut) == ("v2", Cut.VERSION)
    assert found.sentence == "v2, because renaming `Product.title` breaks requests and responses."


def test_a_risky_change_makes_a_version() -> None:
    found = number(history(shop()), [AddEnumValue(at=member("Status.archived"))], DAY)
    assert found.sentence == "v2, because adding the value `Status.archived` is risky for responses."


def test_several_harmful_changes_are_named_gravest_first() -> None:
    risky: list[Change] = [AddEnumValue(at=member(f"Status.{value}")) for value in ("archived", "lost", "sold")]
    assert number(history(shop()), [risky[0], RENAME], DAY).because == (
        "renaming `Product.title` breaks requests and responses, "
        "and adding the value `Status.archived` is risky for responses"
    )
    assert number(history(shop()), [*risky, RENAME], DAY).because == (
        "renaming `Product.title` breaks requests and responses, "
        "adding the value `Status.archived` is risky for responses, and 2 more changes are not safe"
    )


def test_safe_changes_make_a_release() -> None:
    found = number(history(shop()), [SAFE], DAY)
    assert (found.id, found.cut) == ("v1.1", Cut.RELEASE)
    assert found.sentence == "v1.1, because adding `User.phone?` is safe for clients of v1."


def test_a_version_can_be_forced() -> None:
    found = number(history(shop()), [SAFE], DAY, even_if_safe=True)
    assert found.sentence == "v2, because it was asked for, though every change is safe for clients of v1."


def test_what_only_a_version_may_declare_makes_one() -> None:
    change = AddField(at=member("User.phone"), field=Field("", "phone", STR, required=False), old_sends="none")
    assert number(history(shop()), [change], DAY).cut is Cut.VERSION


def test_what_the_draft_itself_brought_harms_nobody() -> None:
    ping = free_operation("ping", "GET", "/ping")
    deep = Parameter("", "deep", Location.QUERY, INT, required=True)
    changes = [AddOperation(operation=ping), AddParameter(at=parameter_at("GET /ping?deep"), parameter=deep)]
    assert number(history(shop()), changes, DAY).cut is Cut.RELEASE


def test_a_draft_in_the_history_does_not_count() -> None:
    assert number(history(shop(), [RENAME], draft=True), [SAFE], DAY).id == "v1.1"


def test_an_empty_draft_is_refused() -> None:
    with pytest.raises(ScaffoldError) as caught:
        number(history(shop()), [], DAY)
    assert caught.value.diagnostics[0].code == "SC440"


def test_ids_compare_as_integers() -> None:
    steps: list[list[Change]] = [
        [AddField(at=member(f"User.f{n}"), field=Field("", f"f{n}", STR, required=False))] for n in range(9)
    ]
    grown = history(shop(), *steps)
    assert grown.versions[-1].id == "v10"
    assert next_id(grown, Cut.VERSION, Scheme.MAJOR, DAY) == "v11"
    assert next_id(grown, Cut.RELEASE, Scheme.MAJOR, DAY) == "v10.1"
    assert next_id(history(shop(), releases=[SAFE]), Cut.RELEASE, Scheme.MAJOR, DAY) == "v1.2"


def test_a_date_version_is_called_by_its_day_and_comes_after_the_last() -> None:
    dated = history(shop(), scheme=Scheme.DATE)
    found = number(dated, [SAFE], DAY)
    assert (found.id, found.cut) == ("2026-09-01", Cut.VERSION)


def test_a_date_that_is_not_after_the_last_version_is_refused() -> None:
    from dataclasses import replace

    dated = history(shop(), scheme=Scheme.DATE)
    dated = replace(dated, versions=(replace(dated.versions[0], id="2026-09-01"),))
    with pytest.raises(ScaffoldError) as caught:
        next_id(dated, Cut.VERSION, Scheme.DATE, DAY)
    assert caught.value.diagnostics[0].code == "SC441"


def test_an_api_without_versions_gets_no_other_one() -> None:
    evolving = replace(history(shop(), []), locating=Locating(()))
    assert number(evolving, [SAFE], DAY).cut is Cut.RELEASE
    with pytest.raises(ScaffoldError, match="it only gets more: renaming") as raised:
        number(evolving, [RENAME], DAY)
    assert raised.value.diagnostics[0].code == "SC442"
    with pytest.raises(ScaffoldError, match="it was asked for"):
        number(evolving, [SAFE], DAY, even_if_safe=True)


def test_a_value_of_an_open_enum_makes_a_release() -> None:
    base = shop()
    status = base.enum("Status")
    assert status is not None
    added = AddEnumValue(at=member("Status.archived"))
    assert number(history(base.with_type(replace(status, open=True)), []), [added], DAY).cut is Cut.RELEASE
    assert number(history(base, []), [added], DAY).cut is Cut.VERSION
