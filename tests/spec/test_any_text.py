"""Whatever is written, the answer is a history or a list of what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.spec import load, parse_change

from .helpers import changed, outcome

SEEDS = [
    (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8"),
    *(p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parents[2] / "examples").glob("*/api.yaml"))),
    changed(
        "- add: User.x",
        "  type: int",
        "  old_sends: 3",
        "- rename User.name to n",
        "- move: User.nick",
        "  to: User.a.b",
    ),
    changed("- {add: Order, fields: {a: int}}", "- rename: User", "  to: Account", "- remove: GET /users"),
]
WORDS = sorted({w for s in SEEDS for w in re.findall(r"\S+", s)})
WORDS += [
    "null",
    "''",
    "[]",
    "{}",
    "-",
    "?",
    "|",
    "map[str, User]",
    "User.tags[]",
    "x{}",
    "undecided",
    "{from: User.x}",
    "1e999",
]


def is_answered(text: str) -> None:
    """The text gives a history, or errors that all have a message."""
    made = outcome(lambda: load(text))
    if isinstance(made, tuple):
        assert made
        assert all(d.message and d.span is not None for d in made)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A good spec with a few words put elsewhere."""
    words = re.split(r"(\s+)", draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(words) - 1))
        match draw(st.integers(0, 3)):
            case 0:
                words[at] = draw(st.sampled_from(WORDS))
            case 1:
                del words[at]
            case 2:
                words[at:at] = words[draw(st.integers(0, len(words) - 1)) :][:6]
            case _:
                words[at] += draw(st.characters())
    return "".join(words)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(spoiled())
def test_a_spoiled_spec_is_answered(text: str) -> None:
    is_answered(text)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    is_answered(text)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*WORDS, "rename", "add", "to", "change", "deprecate", "describe"])).map(" ".join),
    )
)
def test_any_change_is_answered(text: str) -> None:
    assert outcome(lambda: parse_change(text))
