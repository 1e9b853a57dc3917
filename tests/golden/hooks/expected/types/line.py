"""The forms of Line that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, NotRequired

from pydantic import AfterValidator
from typing_extensions import TypedDict

from .. import coding, hooks, joint_codecs, records, scalars
from ..absent import ABSENT, Absent
from ..kept import Kept, differs, keep, parted, written
from ..promised import HeldTo
from ..shapes import Shape
from ..taking import cleared, given, together, within


class LineV1(TypedDict):
    """Line as it is shown, since v1."""

    sku: str
    weight: Annotated[str, AfterValidator(coding.readable(hooks.weight_up))]


LINE_V1 = Shape[LineV1](LineV1)


class LineReplaceV1(TypedDict):
    """What replaces Line, since v1."""

    sku: str
    weight: Annotated[str, HeldTo(Annotated[str, AfterValidator(coding.readable(hooks.weight_up))])]


LINE_REPLACE_V1 = Shape[LineReplaceV1](LineReplaceV1)


class LineV2(TypedDict):
    """Line as it is shown, since v2."""

    sku: str
    weight: scalars.Int


LINE_V2 = Shape[LineV2](LineV2)


class LineV3(TypedDict):
    """Line as it is shown, since v3."""

    sku: str
    grams: scalars.Int
    bulky: bool
    note: NotRequired[str]


LINE_V3 = Shape[LineV3](LineV3)

LINE_WEIGHT_V1 = Shape[Any](Annotated[str, AfterValidator(coding.readable(hooks.weight_up))])


def _sku_weight_line_v1(record: records.Line) -> list[Any]:
    """The `sku` and `weight` that v1 is shown; word for word what it wrote, while that stands."""
    shown = shown_sku_weight_line_v1(record.sku, record.grams, record.bulky, record.note)
    return written(
        record.kept, "sku+weight@v1", [record.sku, record.grams, record.bulky, record.note], shown, parted(None, None)
    )


def line_v1(record: records.Line) -> LineV1:
    """Show the record to a client of v1.

    v2: Changed `Line.weight`: its type to int.
    v3: Converted `Line` by functions of its own.
    """
    sku_weight = _sku_weight_line_v1(record)
    shown: LineV1 = {"sku": sku_weight[0], "weight": sku_weight[1]}
    return shown


def create_line_v1(payload: LineV1, now: datetime) -> records.Line:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    sku_weight_sent: list[Any] = [payload["sku"], payload["weight"]]
    sku, grams, bulky, note = stored_sku_weight_line_v1(*sku_weight_sent)
    keep(
        kept,
        "sku+weight@v1",
        sku_weight_sent,
        [sku, grams, bulky, note],
        shown_sku_weight_line_v1(sku, grams, bulky, note),
    )
    return records.Line(sku=sku, grams=grams, bulky=bulky, note=note, kept=kept)


def fresh_line_v1(payload: LineReplaceV1, now: datetime) -> records.Line:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    sku_weight_sent: list[Any] = [payload["sku"], within(LINE_WEIGHT_V1, payload["weight"], ABSENT, "weight")]
    sku, grams, bulky, note = stored_sku_weight_line_v1(*sku_weight_sent)
    keep(
        kept,
        "sku+weight@v1",
        sku_weight_sent,
        [sku, grams, bulky, note],
        shown_sku_weight_line_v1(sku, grams, bulky, note),
    )
    return records.Line(sku=sku, grams=grams, bulky=bulky, note=note, kept=kept)


def replace_line_v1(current: records.Line, payload: LineReplaceV1, now: datetime) -> records.Line:
    """Replace what a client of v1 can see of the record."""
    kept = dict(current.kept)
    sku = current.sku
    grams = current.grams
    bulky = current.bulky
    note = current.note
    sku_weight_seen = _sku_weight_line_v1(current)
    sku_weight_sent: list[Any] = [
        payload["sku"],
        within(LINE_WEIGHT_V1, payload["weight"], sku_weight_seen[1], "weight"),
    ]
    if differs(sku_weight_sent, sku_weight_seen):
        sku, grams, bulky, note = stored_sku_weight_line_v1(*sku_weight_sent)
        keep(
            kept,
            "sku+weight@v1",
            sku_weight_sent,
            [sku, grams, bulky, note],
            shown_sku_weight_line_v1(sku, grams, bulky, note),
        )
    return replace(current, sku=sku, grams=grams, bulky=bulky, note=note, kept=kept)


def _sku_weight_line_v2(record: records.Line) -> list[Any]:
    """The `sku` and `weight` that v2 is shown; word for word what it wrote, while that stands."""
    shown = shown_sku_weight_line_v2(record.sku, record.grams, record.bulky, record.note)
    return written(
        record.kept, "sku+weight@v2", [record.sku, record.grams, record.bulky, record.note], shown, parted(None, None)
    )


def line_v2(record: records.Line) -> LineV2:
    """Show the record to a client of v2.

    v3: Converted `Line` by functions of its own.
    """
    sku_weight = _sku_weight_line_v2(record)
    shown: LineV2 = {"sku": sku_weight[0], "weight": sku_weight[1]}
    return shown


def create_line_v2(payload: LineV2, now: datetime) -> records.Line:
    """Make the record that a client of v2 asks for."""
    kept: Kept = {}
    sku_weight_sent: list[Any] = [payload["sku"], payload["weight"]]
    sku, grams, bulky, note = stored_sku_weight_line_v2(*sku_weight_sent)
    keep(
        kept,
        "sku+weight@v2",
        sku_weight_sent,
        [sku, grams, bulky, note],
        shown_sku_weight_line_v2(sku, grams, bulky, note),
    )
    return records.Line(sku=sku, grams=grams, bulky=bulky, note=note, kept=kept)


def replace_line_v2(current: records.Line, payload: LineV2, now: datetime) -> records.Line:
    """Replace what a client of v2 can see of the record."""
    kept = dict(current.kept)
    sku = current.sku
    grams = current.grams
    bulky = current.bulky
    note = current.note
    sku_weight_sent: list[Any] = [payload["sku"], payload["weight"]]
    if differs(sku_weight_sent, _sku_weight_line_v2(current)):
        sku, grams, bulky, note = stored_sku_weight_line_v2(*sku_weight_sent)
        keep(
            kept,
            "sku+weight@v2",
            sku_weight_sent,
            [sku, grams, bulky, note],
            shown_sku_weight_line_v2(sku, grams, bulky, note),
        )
    return replace(current, sku=sku, grams=grams, bulky=bulky, note=note, kept=kept)


def line_v3(record: records.Line) -> LineV3:
    """Show the record to a client of v3."""
    shown: LineV3 = {"sku": record.sku, "grams": record.grams, "bulky": record.bulky}
    if record.note is not ABSENT:
        shown["note"] = record.note
    return shown


def create_line_v3(payload: LineV3, now: datetime) -> records.Line:
    """Make the record that a client of v3 asks for."""
    return records.Line(
        sku=payload["sku"], grams=payload["grams"], bulky=payload["bulky"], note=payload.get("note", ABSENT), kept={}
    )


def replace_line_v3(current: records.Line, payload: LineV3, now: datetime) -> records.Line:
    """Replace what a client of v3 can see of the record."""
    return replace(
        current, sku=payload["sku"], grams=payload["grams"], bulky=payload["bulky"], note=payload.get("note", ABSENT)
    )


def shown_sku_weight_line_v1(sku: str, grams: int, bulky: bool, note: str | Absent) -> list[Any]:
    """`sku` and `weight` as v1 is shown them, of what is stored."""
    note_ = given(note)
    sku_, weight = joint_codecs.by_name(hooks.line_down, ["sku", "grams", "bulky", "note"], ["sku", "weight"])(
        sku, grams, bulky, note_
    )
    weight_ = hooks.weight_down(weight)
    return [sku_, weight_]


def stored_sku_weight_line_v1(sku: str, weight: str) -> tuple[str, int, bool, str | Absent]:
    """What is stored of `sku` and `weight` as v1 sends them."""
    weight_ = hooks.weight_up(weight)
    sku_, grams, bulky, note = together(
        ["sku", "weight"],
        lambda: joint_codecs.by_name(hooks.line_up, ["sku", "weight"], ["sku", "grams", "bulky", "note"])(sku, weight_),
    )
    return sku_, grams, bulky, cleared(note)


def shown_sku_weight_line_v2(sku: str, grams: int, bulky: bool, note: str | Absent) -> list[Any]:
    """`sku` and `weight` as v2 is shown them, of what is stored."""
    note_ = given(note)
    sku_, weight = joint_codecs.by_name(hooks.line_down, ["sku", "grams", "bulky", "note"], ["sku", "weight"])(
        sku, grams, bulky, note_
    )
    return [sku_, weight]


def stored_sku_weight_line_v2(sku: str, weight: int) -> tuple[str, int, bool, str | Absent]:
    """What is stored of `sku` and `weight` as v2 sends them."""
    sku_, grams, bulky, note = together(
        ["sku", "weight"],
        lambda: joint_codecs.by_name(hooks.line_up, ["sku", "weight"], ["sku", "grams", "bulky", "note"])(sku, weight),
    )
    return sku_, grams, bulky, cleared(note)
