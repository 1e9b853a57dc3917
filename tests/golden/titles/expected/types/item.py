"""The forms of Item that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from typing_extensions import TypedDict

from .. import records, scalars
from ..shapes import Shape


class ItemV1(TypedDict):
    """Item as it is shown, since v1."""

    id: scalars.Int
    name: str


ITEM_V1 = Shape[ItemV1](ItemV1)


class ItemV2(TypedDict):
    """Item as it is shown, since v2."""

    id: scalars.Int
    title: str


ITEM_V2 = Shape[ItemV2](ItemV2)


def item_v1(record: records.Item) -> ItemV1:
    """Show the record to a client of v1.

    v2: Renamed `Item.name` to `title`.
    """
    shown: ItemV1 = {"id": record.id, "name": record.title}
    return shown


def item_v2(record: records.Item) -> ItemV2:
    """Show the record to a client of v2."""
    shown: ItemV2 = {"id": record.id, "title": record.title}
    return shown
