"""The functions of `conversions` that random histories name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace

from scaffold.contract.types import Json, Kind

MADE_UP: Mapping[Kind, Json] = {Kind.STR: "made", Kind.INT: 7, Kind.BOOL: True}
"""What the hooks of random histories make of any record."""

PAIRS: Mapping[str, Kind] = {"turned": Kind.STR, "lowered": Kind.STR, "counted": Kind.INT}
"""The pairs that convert a text, and what each makes of it: one that can be undone, and two that cannot."""


def same(value: Json) -> Json:
    """What it is given."""
    return value


def turned(text: str) -> str:
    """The text from its end to its beginning."""
    return text[::-1]


def lowered(text: str) -> str:
    """The text in small letters; some texts it does not take."""
    if text == "null":
        raise ValueError(text)
    return text.lower()


def _made(value: Json) -> Callable[[object], Json]:
    return lambda record: value


HOOKS = SimpleNamespace(
    same=same,
    turned_up=turned,
    turned_down=turned,
    lowered_up=lowered,
    lowered_down=lambda text: "nothing" if text == "null" else text,
    counted_up=len,
    counted_down=lambda number: "x" * max(0, min(number, 9)),
    **{f"made_{kind}": _made(value) for kind, value in MADE_UP.items()},
)
