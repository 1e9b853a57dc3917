"""Specs of APIs whose requests name no version: one version, and releases that only add."""

from __future__ import annotations

import pytest

from scaffold.contract.history import History
from scaffold.spec import load

from .helpers import found, told

SPEC = """\
api: {name: shop}
versioning: {locate: []}
types:
  Status: {enum: [draft, published]}
  Mood: {enum: [calm], open: true}
resources:
  User: {path: /users, fields: {id: {type: int, key: true}, name: str, "status?": Status, "mood?": Mood}}
versions:
  - id: v1
    released: 2025-01-01
"""


def history(*lines: str) -> History:
    return load("\n".join([SPEC.rstrip("\n"), *lines, ""])).history


def test_its_version_is_served_at_the_base_path() -> None:
    assert (history().located, history().place("v1")) == (False, "/api")


@pytest.mark.parametrize(
    "change", ["add User.nick? str", "add Mood.loud", "deprecate User.name", "add GET /users?q str"]
)
def test_the_draft_may_hold_what_a_release_may_hold(change: str) -> None:
    assert len(history("next:", f"  - {change}").applied) == 1


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        (["next:", "  - rename User.name to title"], "SC415", "an API without versions: Renamed"),
        (["next:", "  - add Status.hidden"], "SC415", "deprecate it, and add beside it"),
        (["next:", '  - {add: "User.x?", type: int, old_sends: 3}'], "SC415", "deprecate it"),
        (["  - id: v1.1", "    changes: [remove User.name]"], "SC415", "in the release `v1.1`"),
        (["  - id: v1.1", "    changes: [add Status.hidden]"], "SC415", "an enum that is open"),
        (["  - id: v1.1", "    changes: [{add: Mood.x, old_sees: calm}]"], "SC415", "belong into versions"),
        (["  - id: v2"], "SC418", "make it a release of `v1`"),
    ],
)
def test_what_breaks_is_refused(lines: list[str], code: str, words: str) -> None:
    text = SPEC + "\n".join(lines) + "\n"
    assert code in [c for c, _ in found(text)]
    assert words in told(text)


@pytest.mark.parametrize(
    ("old", "new"), [("{locate: []}", "{locate: [], unspecified: v1}"), ("{locate: []}", "{locate: [], scheme: date}")]
)
def test_what_says_nothing_without_versions_is_refused(old: str, new: str) -> None:
    assert "SC418" in [code for code, _ in found(SPEC.replace(old, new))]
