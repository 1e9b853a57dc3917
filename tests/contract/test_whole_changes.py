"""Changes of what holds for every operation of the API."""

from __future__ import annotations

import pytest

from scaffold.contract.changes import ChangeErrors
from scaffold.contract.contract import Contract, ErrorFormat
from scaffold.contract.digest import digest
from scaffold.diagnostics import ScaffoldError

from ..compat.contracts import shop


def test_the_form_of_errors_changes_and_changes_back() -> None:
    change = ChangeErrors(to=ErrorFormat.SIMPLE)
    after = change.apply(shop(), "v2")
    assert after.errors is ErrorFormat.SIMPLE
    assert change.inverse(shop()).apply(after, "v2") == shop()


def test_a_change_to_what_is_there_is_refused() -> None:
    with pytest.raises(ScaffoldError, match="already"):
        ChangeErrors(to=ErrorFormat.PROBLEM).apply(shop(), "v2")


def test_the_form_of_errors_is_promised() -> None:
    assert digest(shop()) != digest(ChangeErrors(to=ErrorFormat.SIMPLE).apply(shop(), "v1"))


def test_what_has_its_default_is_not_in_the_digest() -> None:
    assert digest(Contract("v1")) == digest(Contract("v1", errors=ErrorFormat.PROBLEM))
