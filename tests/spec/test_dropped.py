"""A version that was dropped: its mark in the spec, what it leaves behind, and what a history makes of it."""

from __future__ import annotations

from datetime import date

import pytest

from scaffold.contract.digest import digest
from scaffold.spec import load
from scaffold.spec.splice import set_dates

from .helpers import found, told

LIVES = {
    "v1": "released: 2025-01-01, deprecated: 2025-06-01, sunset: 2026-01-01, dropped: 2026-02-01",
    "v2": "released: 2025-06-01, deprecated: 2025-09-01, sunset: 2026-06-01",
    "v3": "released: 2025-09-01",
}
CHANGES = {
    "v2": ["remove: User.fax", "{rename: User.name, to: full_name}"],
    "v3": ['{add: "User.nick?", type: str}'],
}


def spec(lives: dict[str, str] = LIVES, head: str = "", more: str = "") -> str:
    """A spec of three versions with these lives."""
    rows = []
    for id_, life in lives.items():
        rows.append(f"  - {{id: {id_}, {life}, changes: [{', '.join(_one(c) for c in CHANGES.get(id_, ()))}]}}\n")
    types = "resources:\n  User: {path: /users, fields: {id: {type: int, key: true}, name: str, 'fax?': str}}\n"
    return f"api: {{name: shop}}\n{head}{types}versions:\n{''.join(rows)}{more}".replace(", changes: []", "")


def _one(change: str) -> str:
    return change if change.startswith("{") else f"{{{change}}}"


def test_what_is_left_is_what_it_was() -> None:
    whole, before = load(spec()).history, load(spec().replace(", dropped: 2026-02-01", "")).history
    assert [v.id for v in whole.versions] == ["v1", "v2", "v3"]
    assert whole.versions[0].dropped == date(2026, 2, 1)
    assert [digest(c) for c in whole.contracts] == [digest(c) for c in before.contracts]
    served = whole.served
    assert [v.id for v in served.versions] == ["v2", "v3"]
    assert [a.version for a in served.applied] == ["v3"]
    assert served.contracts == before.contracts[1:]
    assert served.since("v2") == before.since("v2")
    assert served.whole is whole
    assert served.released.versions == served.versions
    assert {f.identity for f in served.contracts[0].types["User"].fields} == {"v1:v1:User.id", "v1:v1:User.name"}


def test_releases_of_what_is_left_stay() -> None:
    text = spec(more="  - {id: v2.1, released: 2025-10-01, changes: [{backport: User.nick}]}\n")
    served = load(text).history.served
    assert [r.id for r in served.versions[0].releases] == ["v2.1"]
    assert [a.version for a in served.backported] == ["v2.1"]
    assert [id_ for id_, _ in served.promises("v2")] == ["v2", "v2.1"]


def test_a_history_in_which_nothing_was_dropped_is_served_whole() -> None:
    history = load(spec().replace(", dropped: 2026-02-01", "")).history
    assert history.served is history
    assert history.dropped == ()


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({"v1": "released: 2025-01-01, dropped: 2026-02-01"}, "SC590", "`v1` is dropped, and has no sunset"),
        ({"v1": f"{LIVES['v1'][:-10]}2025-12-31"}, "SC411", "`dropped` is before `sunset`"),
        (
            {"v1": LIVES["v1"].partition(", dropped")[0], "v2": f"{LIVES['v2']}, dropped: 2026-07-01"},
            "SC591",
            "`v2` is dropped, and the older `v1` is not",
        ),
        (
            {"v2": f"{LIVES['v2']}, dropped: 2026-07-01", "v3": "released: 2025-09-01, sunset: 2026-07-01"}
            | {"v3": "released: 2025-09-01, sunset: 2026-07-01, dropped: 2026-08-01"},
            "SC592",
            "`v3` is dropped, and no later version is released",
        ),
        ({"v2": "promise: beta", "v3": "promise: beta"}, "SC592", "no later version is released"),
    ],
)
def test_a_mark_that_cannot_be_is_told(changed: dict[str, str], code: str, words: str) -> None:
    text = spec({**LIVES, **changed})
    assert code in [c for c, _ in found(text)]
    assert words in told(text)


def test_who_names_no_version_is_not_answered_by_one_that_is_gone() -> None:
    text = spec(head="versioning: {locate: [header], unspecified: v1}\n")
    assert found(text) == [("SC593", 2)]
    assert "name one that is left" in told(text)


def test_a_release_is_not_dropped_by_itself() -> None:
    text = spec(more="  - {id: v3.1, released: 2025-10-01, dropped: 2026-07-01}\n")
    assert ("SC406", 8) in found(text)


def test_the_mark_is_written_beside_the_other_dates() -> None:
    block = "versions:\n  - id: v1  # the first\n    released: 2025-01-01\n    sunset: 2026-01-01  # told to all\n"
    made = set_dates(f"api: {{name: shop}}\n{block}    note: Old.\n", "v1", dropped=date(2026, 2, 1))
    assert made.endswith("    sunset: 2026-01-01  # told to all\n    dropped: 2026-02-01\n    note: Old.\n")
