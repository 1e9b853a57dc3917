"""Changes of what holds for every operation of the API."""

from __future__ import annotations

import pytest

from scaffold.contract.changes import ChangeBehaviour, ChangeErrors, ChangePagination
from scaffold.contract.contract import Contract, PageStyle, Pagination
from scaffold.contract.digest import digest
from scaffold.contract.error_form import ErrorFormat
from scaffold.contract.operation import Operation
from scaffold.contract.paging import NAMES, PAGING
from scaffold.diagnostics import ScaffoldError

from ..compat.contracts import shop


def test_the_form_of_errors_changes_and_changes_back() -> None:
    change = ChangeErrors(to=ErrorFormat.SIMPLE)
    after = change.apply(shop(), "v2")
    assert after.errors is ErrorFormat.SIMPLE
    assert change.inverse(shop()).apply(after, "v2") == shop()


def test_a_behaviour_is_on_until_it_is_taken_back() -> None:
    change = ChangeBehaviour(name="strict_rounding")
    after = change.apply(shop(), "v2")
    assert after.behaviours == ("strict_rounding",)
    with pytest.raises(ScaffoldError, match="there already"):
        change.apply(after, "v3")
    assert change.inverse(shop()).apply(after, "v3") == shop()


@pytest.mark.parametrize("style", [style for style in PageStyle if style is not PageStyle.OFFSET])
def test_lists_are_paged_otherwise_and_as_before_again(style: PageStyle) -> None:
    change = ChangePagination(to=Pagination(style, 5, 10))
    after = change.apply(shop(), "v2")
    assert [p.name for p in list_of(after).parameters if p.role in PAGING] == list(NAMES[style])
    back = change.inverse(shop()).apply(after, "v2")
    assert (list_of(back).parameters, back) == (list_of(shop()).parameters, shop())


def test_a_limit_that_stays_is_the_same_parameter() -> None:
    after = ChangePagination(to=Pagination(PageStyle.PAGE)).apply(shop(), "v2")
    ids = [{p.name: p.identity for p in list_of(c).parameters} for c in (shop(), after)]
    assert ids[0]["limit"] == ids[1]["limit"]
    assert ids[1]["page"].startswith("v2:")


def list_of(contract: Contract) -> Operation:
    """The list of users."""
    found = contract.operation("GET", "/users")
    assert found is not None
    return found


def test_a_change_to_what_is_there_is_refused() -> None:
    with pytest.raises(ScaffoldError, match="already"):
        ChangeErrors(to=ErrorFormat.PROBLEM).apply(shop(), "v2")


def test_the_form_of_errors_is_promised() -> None:
    assert digest(shop()) != digest(ChangeErrors(to=ErrorFormat.SIMPLE).apply(shop(), "v1"))


def test_what_has_its_default_is_not_in_the_digest() -> None:
    assert digest(Contract("v1")) == digest(Contract("v1", errors=ErrorFormat.PROBLEM))
