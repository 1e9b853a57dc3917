"""A value that is held back in one version stays so there, whatever later versions make of it."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json
from scaffold.generate.runtime.held_back import asking

from .shops import shop

TYPES = "S: {enum: [a, b]}\nE: {enum: [a, b, c]}\nO: {fields: {s: S, 'y?': str}}"
OPEN_TYPES = TYPES.replace("S: {enum: [a, b]}", "S: {enum: [a, b], open: true}")
FIELDS = "s?: S\nl?: 'list[S]'\nm?: 'map[str, S]'\no?: O\nos?: 'list[O]'\nn?: 'S | null'"
HELD = "- {add: S.c, opt_in: X-Preview, old_sees: a}"
LATER: dict[str, tuple[str, ...]] = {
    "removed": ("- {remove: S.c, old_sends: b}",),
    "removed for what stands for it": ("- {remove: S.c, old_sends: a}",),
    "what stands for it removed": ("- {remove: S.a, old_sends: b}",),
    "renamed": ("- {rename: S.c, to: d}",),
    "renamed, then removed": ("- {rename: S.c, to: d}", "- {remove: S.d, old_sends: b}"),
    "shown to everybody, then removed": ("- {change: S.c, opt_in: null}", "- {remove: S.c, old_sends: b}"),
    "split": ("- {split: S.c, into: [d, e], pick: d}",),
    "merged": ("- {merge: [S.c, S.b], into: d, pick: b}",),
    "merged, the one that is shown": ("- {merge: [S.c, S.b], into: d, pick: c}",),
    "a text": ("- {change: Item.s, to: str, old_sees: c}\n- {change: O.s, to: str, old_sees: c}",),
    "another enum": ("- {change: Item.s, to: E, values: {a: b, b: a, c: c}}\n- {change: O.s, to: E}",),
    "a bool": ("- {change: Item.s, to: bool, values: {a: false, b: true, c: true}}",),
    "open": ("- {change: S, open: true, old_sees: c}",),
    "picked": ("- {change: Item.l, to: S, pick: first}",),
    "removed with its field": ("- {remove: Item.s}\n- {remove: O.s, old_sees: a}",),
}
OPEN_LATER: dict[str, tuple[str, ...]] = {
    "removed": ("- {remove: S.c}",),
    "removed, and rows changed": ("- {remove: S.c, existing: b}",),
    "removed for another": ("- {remove: S.c, old_sends: b}",),
    "renamed, then removed": ("- {rename: S.c, to: d}", "- {remove: S.d}"),
    "removed, and there again": ("- {remove: S.c}", "- {add: S.c}"),
    "another one called so": ("- {rename: S.c, to: d}", "- {add: S.c}"),
    "closed, then removed": ("- {change: S, open: false, policy: keep}", "- {remove: S.c, old_sends: b}"),
    "its name taken by what everybody knows": ("- {remove: S.c}", "- {rename: S.b, to: c}"),
}
OPENED = ("- {change: S, open: true, old_sees: c}", "- {remove: S.c}")
SENT: tuple[Json, ...] = (
    *({"s": "c"}, {"l": ["c", "b", "c"]}, {"m": {"k": "c"}}, {"n": "c"}),
    *({"o": {"s": "c"}}, {"os": [{"s": "c"}, {"s": "b"}]}),
)


def _has(value: Json, word: str) -> bool:
    if isinstance(value, dict | list):
        return any(_has(v, word) for v in (value.values() if isinstance(value, dict) else value))
    return bool(value == word)


CASES = {
    **{name: (TYPES, later) for name, later in LATER.items()},
    "opened, then removed": (TYPES, OPENED),
    **{f"open, {name}": (OPEN_TYPES, later) for name, later in OPEN_LATER.items()},
}


@pytest.mark.parametrize(("types", "later"), CASES.values(), ids=CASES.keys())
def test_who_does_not_ask_is_never_shown_it(types: str, later: tuple[str, ...]) -> None:
    with shop(FIELDS, HELD, *later, types=types) as item:
        for sent in SENT:
            with asking("X-Preview"):
                assert item.post("v2", sent) == sent
            record, seen = item.record, {v: item.get(v) for v in ("v1", "v2")}
            assert not any(_has(shown, "c") for shown in seen.values())
            for version, shown in seen.items():
                for write in (item.put, item.patch):
                    item.record = record
                    assert write(version, shown) == shown
                    assert item.record == record
            with asking("X-Preview"):
                assert item.get("v2") == sent


def test_nor_is_a_text_that_no_older_version_knows_shown_as_it() -> None:
    with shop(FIELDS, HELD, *LATER["open"], types=TYPES) as item:
        item.post("v3", {"s": "else", "l": ["else"]})
        assert item.get("v2") == {"s": "a", "l": ["a"]}


@pytest.mark.parametrize("later", OPEN_LATER.values(), ids=OPEN_LATER.keys())
def test_nor_is_a_text_that_newer_clients_write_shown_where_it_is_held_back(later: tuple[str, ...]) -> None:
    with shop(FIELDS, HELD, *later, types=OPEN_TYPES) as item:
        newest = f"v{len(later) + 2}"
        for word in ("c", "d") if "open: false" not in str(later) else ("b",):
            for sent in _written(word):
                with asking("X-Preview"):
                    item.post(newest, sent)
                assert not _has(item.get("v2"), "c")


def _written(word: str) -> tuple[Json, ...]:
    return ({"s": word, "n": word}, {"l": [word, "b"], "m": {"k": word}}, {"o": {"s": word}, "os": [{"s": word}]})


def test_what_is_written_back_through_a_form_that_older_versions_share_is_known_as_seen() -> None:
    """The last version shows the part with one field more, and takes it as the version before does."""
    with shop(
        "name?: str\npart: Part",
        "- {change: Status.archived, opt_in: X-Preview, old_sees: x}",
        "- {change: Item.name, read_only: true, policy: keep}\n- {move: Item.name, to: Item.part.sent}",
        types="Status: {enum: [archived, x]}\nPart: {fields: {size: int, state: Status}}",
    ) as item:
        item.post("v1", {"part": {"size": 1, "state": "x"}})
        assert item.put_back("v3", part={"size": 2, "state": "x"}) == {"part": {"size": 2, "state": "x"}}
