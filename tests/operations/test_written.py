"""What is read of a spec with changes of operations can be written as a spec again, and says the same."""

from __future__ import annotations

import pytest

from scaffold.contract.changes import RemoveField, RemoveParameter
from scaffold.spec import load
from scaffold.spec.writing import spec_files

from ..golden.cases import spec


@pytest.mark.parametrize("case", ["answers", "deprecated", "lists", "moves", "parameters"])
def test_changes_are_written_as_they_are_read(case: str) -> None:
    history = load(spec(case).read_text("utf-8")).history
    (text,) = spec_files(history, folder=False).values()
    again = load(text).history
    assert [a.change for a in again.applied] == [a.change for a in history.applied]
    assert again.contracts == history.contracts


@pytest.mark.parametrize("case", ["answers", "deprecated", "lists", "moves", "parameters"])
def test_every_change_is_undone_by_its_inverse(case: str) -> None:
    for applied in load(spec(case).read_text("utf-8")).history.applied:
        if isinstance(applied.change, RemoveField | RemoveParameter):
            continue  # what comes back is another one of the same name
        back = applied.change.inverse(applied.before).apply(applied.after, applied.version)
        assert back == applied.before, applied.change.sentence()
