"""The forms of Card that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from .. import meanings, records
from ..shapes import Shape


class CardV1(TypedDict):
    """Card as it is sent, since v1."""

    kind: Literal["card"]
    number: str


CARD_V1 = Shape[CardV1](CardV1)


class CardV2(TypedDict):
    """Card as it is sent, since v2."""

    kind: Literal["credit"]
    number: str


CARD_V2 = Shape[CardV2](CardV2)


class CardV3(TypedDict):
    """Card as it is sent, since v3."""

    type: Literal["credit"]
    number: str


CARD_V3 = Shape[CardV3](CardV3)


def create_card_v1(payload: CardV1, now: datetime) -> records.Card:
    """Make the record that a client of v1 asks for."""
    return records.Card(type=meanings.card_kind_v2_up(payload["kind"]), number=payload["number"])


def card_v1(record: records.Card) -> CardV1:
    """Show the record to a client of v1.

    v2: Changed `Card.kind`: its only value to `"credit"`.
    v3: Renamed `Card.kind` to `type`.
    """
    shown: CardV1 = {"kind": meanings.card_kind_v2_down(record.type), "number": record.number}
    return shown


def create_card_v2(payload: CardV2, now: datetime) -> records.Card:
    """Make the record that a client of v2 asks for."""
    return records.Card(type=payload["kind"], number=payload["number"])


def card_v2(record: records.Card) -> CardV2:
    """Show the record to a client of v2.

    v3: Renamed `Card.kind` to `type`.
    """
    shown: CardV2 = {"kind": record.type, "number": record.number}
    return shown


def create_card_v3(payload: CardV3, now: datetime) -> records.Card:
    """Make the record that a client of v3 asks for."""
    return records.Card(type=payload["type"], number=payload["number"])


def card_v3(record: records.Card) -> CardV3:
    """Show the record to a client of v3."""
    shown: CardV3 = {"type": record.type, "number": record.number}
    return shown
