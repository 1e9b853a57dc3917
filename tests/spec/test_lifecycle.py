"""The life of a version as the spec has it: brownouts, and betas for named clients."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scaffold.contract.history import Brownout
from scaffold.spec import load
from scaffold.spec.splice import drop_promise

from .helpers import found, told

ROOT = Path(__file__).parents[2]
LIFE = """\
api: {name: shop}
versions:
  - id: v1
    released: 2025-01-01
    deprecated: 2025-06-01
    sunset: 2026-06-01
    brownouts:
"""
BETA = "api: {name: shop}\nversions:\n  - id: v1\n"


def test_what_the_page_about_the_edge_shows_can_be_read() -> None:
    shown = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/edge.md").read_text("utf-8"), re.DOTALL)
    before = "versions:\n  - {id: v1, released: 2025-01-01}\n"
    texts = [block if block.startswith("versions:") else before + block for block in shown]
    made = [load("api: {name: shop}\n" + text).history.versions[-1] for text in texts]
    assert [(len(version.brownouts), version.clients) for version in made] == [(2, ()), (0, ("acme", "umbrella"))]


def test_brownouts_are_in_order_of_time_and_answer_410_unless_they_say_503() -> None:
    text = LIFE + (
        '      - {from: "2026-05-20T09:00:00Z", until: "2026-05-20T12:00:00+02:00", status: 503}\n'
        "      - from: 2026-05-01\n        until: 2026-05-02\n"
    )
    (version,) = load(text).history.versions
    assert version.brownouts == (
        Brownout(date(2026, 5, 1), date(2026, 5, 2)),
        Brownout(datetime(2026, 5, 20, 9, tzinfo=UTC), datetime(2026, 5, 20, 10, tzinfo=UTC), 503),
    )


@pytest.mark.parametrize(
    ("rows", "code", "line", "words"),
    [
        (["from: 2026-05-02, until: 2026-05-02"], "SC446", 8, "is over before it begins"),
        (["from: 2025-05-31, until: 2025-06-02"], "SC447", 8, "begins before `v1` is deprecated, on 2025-06-01"),
        (["from: 2026-05-31, until: 2026-06-02"], "SC447", 8, "over after the sunset of `v1`, on 2026-06-01"),
        (["from: 2026-05-01, until: 2026-05-03", "from: 2026-05-02, until: 2026-05-04"], "SC448", 9, "2026-05-01"),
        (["from: 2026-05-01, until: 2026-05-03, status: 404"], "SC459", 8, "with 410 or 503, not with 404"),
        (["from: 2026-05-01"], "SC201", 8, "add `until:`"),
        (["from: 2026-05-01T12:00:00Z, until: 2026-05-03"], "SC100", 8, "put quotes round what holds `:`"),
    ],
)
def test_a_brownout_that_cannot_be_is_told(rows: list[str], code: str, line: int, words: str) -> None:
    text = LIFE + "".join(f"      - {{{row}}}\n" for row in rows)
    assert (code, line) in found(text)
    assert words in told(text)


def test_brownouts_may_fill_the_time_before_the_sunset_and_follow_each_other_at_once() -> None:
    rows = ("from: 2025-06-01, until: 2026-01-01", "from: 2026-01-01, until: 2026-06-01")
    assert len(load(LIFE + "".join(f"      - {{{r}}}\n" for r in rows)).history.versions[0].brownouts) == 2


@pytest.mark.parametrize("lacking", ["deprecated", "sunset"])
def test_a_brownout_needs_both_dates(lacking: str) -> None:
    text = "".join(line for line in LIFE.splitlines(keepends=True) if lacking not in line)
    text += "      - {from: 2026-05-01, until: 2026-05-02}\n"
    assert ("SC447", 7) in found(text)
    assert f"needs a date for `{lacking}`" in told(text)


@pytest.mark.parametrize(
    ("rest", "code", "line", "words"),
    [
        ("    released: 2025-01-01\n    clients: [a]\n", "SC449", 5, "is released: only a beta"),
        ("    promise: preview\n    clients: [a]\n", "SC449", 5, "is a preview: only a beta"),
        ("    clients: [a]\n", "SC449", 4, "write `promise: beta`"),
        ("    promise: beta\n    clients: []\n", "SC458", 5, "nobody could call it"),
        ("    promise: beta\n    clients: [a, b, a]\n", "SC458", 5, "names the client `a` twice"),
        ("  - id: v1.1\n    clients: [a]\n", "SC406", 5, "belongs to the version `v1`"),
        ("  - id: v1.1\n    brownouts: []\n", "SC406", 5, "belongs to the version `v1`"),
    ],
)
def test_only_a_beta_is_for_named_clients(rest: str, code: str, line: int, words: str) -> None:
    assert (code, line) in found(BETA + rest)
    assert words in told(BETA + rest)


@pytest.mark.parametrize(
    ("stated", "left"),
    [
        ("    promise: beta\n    clients: [a, b]\n    note: x\n", "    note: x\n"),
        ("    clients:\n      - a\n      - b\n    promise: beta\n    # behind\n", "    # behind\n"),
        ("    clients:\n    - a\n    - b\n\n    note: x\n", "\n    note: x\n"),
    ],
)
def test_what_is_released_is_for_everybody(stated: str, left: str) -> None:
    assert drop_promise(BETA + stated, "v1") == BETA + left
