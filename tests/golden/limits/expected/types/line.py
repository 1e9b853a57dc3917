"""The forms of Line that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from .. import records, scalars
from ..absent import ABSENT
from ..promised import Promised
from ..shapes import Shape
from ..taking import within


@with_config(ConfigDict(extra="ignore"))
class LineV1(TypedDict):
    """Line as it is shown, since v1."""

    id: scalars.Uuid
    label: Annotated[str, Field(max_length=20)]
    count: Annotated[scalars.Int, Promised(Annotated[scalars.Int, Field(ge=0)])]


LINE_V1 = Shape[LineV1](LineV1)


@with_config(ConfigDict(extra="ignore"))
class LineCreateV1(TypedDict):
    """What Line is created from, since v1."""

    id: scalars.Uuid
    label: Annotated[str, Field(max_length=20)]
    count: Annotated[scalars.Int, Field(ge=0)]


LINE_CREATE_V1 = Shape[LineCreateV1](LineCreateV1)


@with_config(ConfigDict(extra="ignore"))
class LineV2(TypedDict):
    """Line as it is shown, since v2."""

    id: scalars.Uuid
    label: Annotated[str, Promised(Annotated[str, Field(max_length=5)])]
    count: Annotated[scalars.Int, Promised(Annotated[scalars.Int, Field(ge=0)])]


LINE_V2 = Shape[LineV2](LineV2)


@with_config(ConfigDict(extra="ignore"))
class LineCreateV2(TypedDict):
    """What Line is created from, since v2."""

    id: scalars.Uuid
    label: Annotated[str, Field(max_length=5)]
    count: Annotated[scalars.Int, Field(ge=0)]


LINE_CREATE_V2 = Shape[LineCreateV2](LineCreateV2)


@with_config(ConfigDict(extra="ignore"))
class LineV3(TypedDict):
    """Line as it is shown, since v3."""

    id: scalars.Uuid
    label: Annotated[str, Promised(Annotated[str, Field(max_length=5)])]
    count: scalars.Int


LINE_V3 = Shape[LineV3](LineV3)


@with_config(ConfigDict(extra="ignore"))
class LineCreateV3(TypedDict):
    """What Line is created from, since v3."""

    id: scalars.Uuid
    label: Annotated[str, Field(max_length=5)]
    count: scalars.Int


LINE_CREATE_V3 = Shape[LineCreateV3](LineCreateV3)

LINE_COUNT_V1 = Shape[Any](Annotated[scalars.Int, Field(ge=0)])

LINE_LABEL_V2 = Shape[Any](Annotated[str, Field(max_length=5)])

LINE_COUNT_V2 = Shape[Any](Annotated[scalars.Int, Field(ge=0)])

LINE_LABEL_V3 = Shape[Any](Annotated[str, Field(max_length=5)])


def line_v1(record: records.Line) -> LineV1:
    """Show the record to a client of v1.

    v2: Changed `Line.label`: its max_length to `5`.
    v3: Changed `Line.count`: it to have no ge.
    """
    shown: LineV1 = {"id": record.id, "label": record.label, "count": record.count}
    return shown


def create_line_v1(payload: LineCreateV1, now: datetime) -> records.Line:
    """Make the record that a client of v1 asks for."""
    return records.Line(id=payload["id"], label=payload["label"], count=payload["count"])


def fresh_line_v1(payload: LineV1, now: datetime) -> records.Line:
    """Make the record that a client of v1 asks for."""
    return records.Line(
        id=payload["id"], label=payload["label"], count=within(LINE_COUNT_V1, payload["count"], ABSENT, "count")
    )


def replace_line_v1(current: records.Line, payload: LineV1, now: datetime) -> records.Line:
    """Replace what a client of v1 can see of the record."""
    return replace(
        current,
        id=payload["id"],
        label=payload["label"],
        count=within(LINE_COUNT_V1, payload["count"], current.count, "count"),
    )


def line_v2(record: records.Line) -> LineV2:
    """Show the record to a client of v2.

    v3: Changed `Line.count`: it to have no ge.
    """
    shown: LineV2 = {"id": record.id, "label": record.label, "count": record.count}
    return shown


def create_line_v2(payload: LineCreateV2, now: datetime) -> records.Line:
    """Make the record that a client of v2 asks for."""
    return records.Line(id=payload["id"], label=payload["label"], count=payload["count"])


def fresh_line_v2(payload: LineV2, now: datetime) -> records.Line:
    """Make the record that a client of v2 asks for."""
    return records.Line(
        id=payload["id"],
        label=within(LINE_LABEL_V2, payload["label"], ABSENT, "label"),
        count=within(LINE_COUNT_V2, payload["count"], ABSENT, "count"),
    )


def replace_line_v2(current: records.Line, payload: LineV2, now: datetime) -> records.Line:
    """Replace what a client of v2 can see of the record."""
    return replace(
        current,
        id=payload["id"],
        label=within(LINE_LABEL_V2, payload["label"], current.label, "label"),
        count=within(LINE_COUNT_V2, payload["count"], current.count, "count"),
    )


def line_v3(record: records.Line) -> LineV3:
    """Show the record to a client of v3."""
    shown: LineV3 = {"id": record.id, "label": record.label, "count": record.count}
    return shown


def create_line_v3(payload: LineCreateV3, now: datetime) -> records.Line:
    """Make the record that a client of v3 asks for."""
    return records.Line(id=payload["id"], label=payload["label"], count=payload["count"])


def fresh_line_v3(payload: LineV3, now: datetime) -> records.Line:
    """Make the record that a client of v3 asks for."""
    return records.Line(
        id=payload["id"], label=within(LINE_LABEL_V3, payload["label"], ABSENT, "label"), count=payload["count"]
    )


def replace_line_v3(current: records.Line, payload: LineV3, now: datetime) -> records.Line:
    """Replace what a client of v3 can see of the record."""
    return replace(
        current,
        id=payload["id"],
        label=within(LINE_LABEL_V3, payload["label"], current.label, "label"),
        count=payload["count"],
    )
