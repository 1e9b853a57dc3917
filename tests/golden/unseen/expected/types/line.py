"""The forms of Line that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NotRequired

from typing_extensions import TypedDict

from .. import records, scalars
from ..absent import ABSENT
from ..shapes import Shape
from . import status as status_shapes


class LineV1(TypedDict):
    """Line as it is shown, since v1."""

    sku: str
    count: scalars.Int
    status: status_shapes.StatusV1


LINE_V1 = Shape[LineV1](LineV1)


class LineCreateV1(TypedDict):
    """What Line is created from, since v1."""

    sku: str
    count: scalars.Int
    status: NotRequired[status_shapes.StatusV1]


LINE_CREATE_V1 = Shape[LineCreateV1](LineCreateV1)


class LineV2(TypedDict):
    """Line as it is shown, since v2."""

    sku: str
    count: scalars.Int
    status: status_shapes.StatusV2
    gift: NotRequired[bool]


LINE_V2 = Shape[LineV2](LineV2)


class LineCreateV2(TypedDict):
    """What Line is created from, since v2."""

    sku: str
    count: scalars.Int
    status: NotRequired[status_shapes.StatusV2]
    gift: NotRequired[bool]


LINE_CREATE_V2 = Shape[LineCreateV2](LineCreateV2)


def _status_line_v1(record: records.Line) -> status_shapes.StatusV1:
    """The `status` that v1 is shown."""
    return status_shapes.STATUS_V1_DOWN[record.status]


def line_v1(record: records.Line) -> LineV1:
    """Show the record to a client of v1.

    v2: Added value `archived` to `Status`.
    v2: Added optional field `Line.gift` (bool).
    """
    shown: LineV1 = {"sku": record.sku, "count": record.count, "status": _status_line_v1(record)}
    return shown


def create_line_v1(payload: LineCreateV1, now: datetime) -> records.Line:
    """Make the record that a client of v1 asks for."""
    status_sent = payload.get("status", "draft")
    status = status_shapes.STATUS_V1_UP[status_sent]
    return records.Line(sku=payload["sku"], count=payload["count"], status=status)


def replace_line_v1(current: records.Line, payload: LineCreateV1, now: datetime) -> records.Line:
    """Replace what a client of v1 can see of the record."""
    status_sent = payload.get("status", "draft")
    status = current.status
    if status_sent != _status_line_v1(current):
        status = status_shapes.STATUS_V1_UP[status_sent]
    return replace(current, sku=payload["sku"], count=payload["count"], status=status)


def line_v2(record: records.Line) -> LineV2:
    """Show the record to a client of v2."""
    shown: LineV2 = {"sku": record.sku, "count": record.count, "status": record.status}
    if record.gift is not ABSENT:
        shown["gift"] = record.gift
    return shown


def create_line_v2(payload: LineCreateV2, now: datetime) -> records.Line:
    """Make the record that a client of v2 asks for."""
    return records.Line(
        sku=payload["sku"],
        count=payload["count"],
        status=payload.get("status", "draft"),
        gift=payload.get("gift", ABSENT),
    )


def replace_line_v2(current: records.Line, payload: LineCreateV2, now: datetime) -> records.Line:
    """Replace what a client of v2 can see of the record."""
    return replace(
        current,
        sku=payload["sku"],
        count=payload["count"],
        status=payload.get("status", "draft"),
        gift=payload.get("gift", ABSENT),
    )
