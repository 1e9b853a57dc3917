"""How requests reach an API: what clients of a released version rely on, and what a difference means to them."""

from __future__ import annotations

import pytest

from scaffold.compat import judge_addressing
from scaffold.contract.addressing import Addressing, addressing
from scaffold.contract.locating import Place
from scaffold.spec import load

SPEC = """\
api: {{name: shop, base_path: {base}}}
versioning: {{{versioning}}}
resources:
  User: {{path: {path}, fields: {{id: {{type: int, key: true}}, name: str}}, operations: [get]}}
versions:
  - {{id: v1, released: 2025-01-01}}
  - {{id: v2, released: 2026-01-01}}
"""


def told(versioning: str, base: str = "/api", path: str = "/users") -> Addressing:
    return addressing(load(SPEC.format(versioning=versioning, base=base, path=path)).history)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("locate: [path]", "locate: [path]", []),
        ("locate: [path, header]", "locate: [path]", [("locate", "place-removed", "breaking")]),
        ("locate: [path]", "locate: [path, header]", [("locate", "place-added", "safe")]),
        (
            "locate: [path]",
            "locate: [header, path]",
            [("locate", "place-added", "safe"), ("locate", "places-reordered", "risky")],
        ),
        ("locate: [path, query]", "locate: [query, path]", [("locate", "places-reordered", "risky")]),
        (
            "locate: [path]",
            "locate: [header]",
            [("locate", "place-removed", "breaking"), ("locate", "place-added", "safe")],
        ),
        ("locate: [header]", "locate: [header], header: X-Version", [("header", "place-renamed", "breaking")]),
        ("locate: [query]", "locate: [query], query: v", [("query", "place-renamed", "breaking")]),
        (
            "locate: [media_type]",
            "locate: [media_type], media_type: application/vnd.acme+json",
            [("media_type", "place-renamed", "breaking")],
        ),
        ("locate: [path], unspecified: v1", "locate: [path]", [("unspecified", "version-required", "breaking")]),
        ("locate: [path]", "locate: [path], unspecified: v1", [("unspecified", "version-optional", "safe")]),
        (
            "locate: [path], unspecified: v1",
            "locate: [path], unspecified: v2",
            [("unspecified", "another-version", "breaking")],
        ),
    ],
)  # fmt: skip
def test_a_difference_is_judged_by_who_calls_as_before(before: str, after: str, found: list[tuple[str, ...]]) -> None:
    judged = judge_addressing(
        told(before), told(after), load(SPEC.format(versioning=after, base="/api", path="/users")).history.contracts
    )
    assert [(m.word, m.reason.code, m.reason.verdict.value) for m in judged] == found


def test_what_is_not_read_says_nothing() -> None:
    assert told("locate: [path]") == Addressing("/api", (Place.PATH,))
    assert told("locate: [header, query]") == Addressing("/api", (Place.HEADER, Place.QUERY), "API-Version", "version")


def test_another_base_path_is_breaking() -> None:
    (moved,) = judge_addressing(told("locate: [path]"), told("locate: [path]", "/"), ())
    assert (moved.word, moved.reason.verdict, moved.reason.sentence) == (
        "base_path", "breaking", "Clients call paths below `/api`; the API is below `/`.",
    )  # fmt: skip


def test_versions_that_begin_to_be_named_need_one_for_who_names_none() -> None:
    nowhere = Addressing("/api", ())
    (moved,) = judge_addressing(nowhere, told("locate: [header]"), ())
    assert (moved.word, moved.reason.code) == ("unspecified", "version-required")
    (moved,) = judge_addressing(nowhere, told("locate: [header], unspecified: v1"), ())
    assert moved.reason.code == "place-added"


def test_nobody_relies_on_a_version_that_is_over() -> None:
    before = told("locate: [path], unspecified: v1")
    for after in ("locate: [path]", "locate: [path], unspecified: v2"):
        (moved,) = judge_addressing(before, told(after), (), over={"v1"})
        assert (moved.reason.code, moved.reason.verdict) == ("version-over", "safe")


def test_a_path_that_would_name_a_version_is_ambiguous() -> None:
    text = SPEC.format(versioning="locate: [header]", base="/api", path="/v1/users")
    (_, moved) = judge_addressing(
        Addressing("/api", (Place.HEADER,), "API-Version"),
        Addressing("/api", (Place.PATH,)),
        load(text).history.contracts,
    )
    assert (moved.reason.code, moved.reason.verdict) == ("place-ambiguous", "breaking")
