"""The forms of Line that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator
from typing_extensions import TypedDict

from .. import codecs, hooks, records, scalars
from ..kept import (
    Kept,
    keep,
    written,
)
from ..shapes import Shape


class LineV1(TypedDict):
    """Line as it is shown, since v1."""

    sku: str
    weight: Annotated[str, AfterValidator(codecs.readable(hooks.weight_up))]


LINE_V1 = Shape[LineV1](LineV1)


class LineV2(TypedDict):
    """Line as it is shown, since v2."""

    sku: str
    weight: scalars.Int


LINE_V2 = Shape[LineV2](LineV2)


def _weight_line_v1(record: records.Line) -> str:
    """The `weight` that v1 is shown; word for word what it wrote, while that stands."""
    shown: str = hooks.weight_down(record.weight)
    stored = record.weight
    return written(record.kept, "weight@v1", stored, shown)


def line_v1(record: records.Line) -> LineV1:
    """Show the record to a client of v1.

    v2: Changed `Line.weight`: its type to int.
    """
    shown: LineV1 = {"sku": record.sku, "weight": _weight_line_v1(record)}
    return shown


def create_line_v1(payload: LineV1, now: datetime) -> records.Line:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    weight_sent = payload["weight"]
    weight = hooks.weight_up(weight_sent)
    keep(kept, "weight@v1", weight_sent, weight, hooks.weight_down(weight))
    return records.Line(sku=payload["sku"], weight=weight, kept=kept)


def replace_line_v1(current: records.Line, payload: LineV1, now: datetime) -> records.Line:
    """Replace what a client of v1 can see of the record."""
    kept = dict(current.kept)
    weight_sent = payload["weight"]
    weight = current.weight
    if weight_sent != _weight_line_v1(current):
        weight = hooks.weight_up(weight_sent)
        keep(kept, "weight@v1", weight_sent, weight, hooks.weight_down(weight))
    return replace(current, sku=payload["sku"], weight=weight, kept=kept)


def line_v2(record: records.Line) -> LineV2:
    """Show the record to a client of v2."""
    shown: LineV2 = {"sku": record.sku, "weight": record.weight}
    return shown


def create_line_v2(payload: LineV2, now: datetime) -> records.Line:
    """Make the record that a client of v2 asks for."""
    return records.Line(sku=payload["sku"], weight=payload["weight"], kept={})


def replace_line_v2(current: records.Line, payload: LineV2, now: datetime) -> records.Line:
    """Replace what a client of v2 can see of the record."""
    return replace(current, sku=payload["sku"], weight=payload["weight"])
