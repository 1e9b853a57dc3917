"""The forms of Line that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NotRequired

from typing_extensions import TypedDict

from .. import records, scalars
from ..absent import ABSENT
from ..shapes import Shape


class LineV1(TypedDict):
    """Line as it is shown, since v1."""

    sku: str
    count: scalars.Int


LINE_V1 = Shape[LineV1](LineV1)


class LineV2(TypedDict):
    """Line as it is shown, since v2."""

    sku: str
    count: scalars.Int
    gift: NotRequired[bool]


LINE_V2 = Shape[LineV2](LineV2)


def line_v1(record: records.Line) -> LineV1:
    """Show the record to a client of v1.

    v2: Added optional field `Line.gift` (bool).
    """
    shown: LineV1 = {"sku": record.sku, "count": record.count}
    return shown


def create_line_v1(payload: LineV1, now: datetime) -> records.Line:
    """Make the record that a client of v1 asks for."""
    return records.Line(sku=payload["sku"], count=payload["count"])


def replace_line_v1(current: records.Line, payload: LineV1, now: datetime) -> records.Line:
    """Replace what a client of v1 can see of the record."""
    return replace(current, sku=payload["sku"], count=payload["count"])


def line_v2(record: records.Line) -> LineV2:
    """Show the record to a client of v2."""
    shown: LineV2 = {"sku": record.sku, "count": record.count}
    if record.gift is not ABSENT:
        shown["gift"] = record.gift
    return shown


def create_line_v2(payload: LineV2, now: datetime) -> records.Line:
    """Make the record that a client of v2 asks for."""
    return records.Line(sku=payload["sku"], count=payload["count"], gift=payload.get("gift", ABSENT))


def replace_line_v2(current: records.Line, payload: LineV2, now: datetime) -> records.Line:
    """Replace what a client of v2 can see of the record."""
    return replace(current, sku=payload["sku"], count=payload["count"], gift=payload.get("gift", ABSENT))
