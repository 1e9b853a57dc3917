"""The forms of Box that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from .. import records
from ..absent import ABSENT
from ..shapes import Shape
from . import item as item_shapes


class BoxV1(TypedDict):
    """Box as it is shown, since v1."""

    item: item_shapes.ItemV1
    more: NotRequired[dict[str, item_shapes.ItemV1]]


BOX_V1 = Shape[BoxV1](BoxV1)


class BoxV2(TypedDict):
    """Box as it is shown, since v2."""

    item: item_shapes.ItemV2
    more: NotRequired[dict[str, item_shapes.ItemV2]]


BOX_V2 = Shape[BoxV2](BoxV2)


def box_v1(record: records.Box) -> BoxV1:
    """Show the record to a client of v1.

    v2: Renamed `Item.name` to `title`.
    """
    shown: BoxV1 = {"item": item_shapes.item_v1(record.item)}
    if record.more is not ABSENT:
        shown["more"] = {key: item_shapes.item_v1(item) for key, item in record.more.items()}
    return shown


def box_v2(record: records.Box) -> BoxV2:
    """Show the record to a client of v2."""
    shown: BoxV2 = {"item": item_shapes.item_v2(record.item)}
    if record.more is not ABSENT:
        shown["more"] = {key: item_shapes.item_v2(item) for key, item in record.more.items()}
    return shown
