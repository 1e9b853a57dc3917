"""The forms of Note that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from .. import records
from ..absent import ABSENT
from ..shapes import Shape
from ..unknown_fields import beside, still, unknown


@with_config(ConfigDict(extra="ignore"))
class NoteV1(TypedDict):
    """Note as it is shown, since v1."""

    text: Annotated[str, Field(max_length=200)]
    mood: NotRequired[str]


NOTE_V1 = Shape[NoteV1](NoteV1)


@with_config(ConfigDict(extra="ignore"))
class NoteV2(TypedDict):
    """Note as it is shown, since v2."""

    body: Annotated[str, Field(max_length=200)]
    mood: NotRequired[str]
    pinned: NotRequired[bool]


NOTE_V2 = Shape[NoteV2](NoteV2)


@with_config(ConfigDict(extra="allow"))
class NoteV3(TypedDict):
    """Note as it is shown, since v3."""

    body: Annotated[str, Field(max_length=200)]
    mood: NotRequired[str]
    pinned: NotRequired[bool]


NOTE_V3 = Shape[NoteV3](NoteV3)
NOTE_V3_NAMES = frozenset({"body", "mood", "pinned"})
"""What is no unknown field of it."""


def note_v1(record: records.Note) -> NoteV1:
    """Show the record to a client of v1.

    v2: Renamed `Note.text` to `body`.
    v2: Added optional field `Note.pinned` (bool).
    v3: Changed type `Note`: fields it does not know are kept.
    """
    shown: NoteV1 = {"text": record.body}
    if record.mood is not ABSENT:
        shown["mood"] = record.mood
    return shown


def create_note_v1(payload: NoteV1, now: datetime) -> records.Note:
    """Make the record that a client of v1 asks for."""
    return records.Note(body=payload["text"], mood=payload.get("mood", ABSENT))


def replace_note_v1(current: records.Note, payload: NoteV1, now: datetime) -> records.Note:
    """Replace what a client of v1 can see of the record."""
    return replace(current, body=payload["text"], mood=payload.get("mood", ABSENT))


def note_v2(record: records.Note) -> NoteV2:
    """Show the record to a client of v2.

    v3: Changed type `Note`: fields it does not know are kept.
    """
    shown: NoteV2 = {"body": record.body}
    if record.mood is not ABSENT:
        shown["mood"] = record.mood
    if record.pinned is not ABSENT:
        shown["pinned"] = record.pinned
    return shown


def create_note_v2(payload: NoteV2, now: datetime) -> records.Note:
    """Make the record that a client of v2 asks for."""
    return records.Note(body=payload["body"], mood=payload.get("mood", ABSENT), pinned=payload.get("pinned", ABSENT))


def replace_note_v2(current: records.Note, payload: NoteV2, now: datetime) -> records.Note:
    """Replace what a client of v2 can see of the record."""
    return replace(
        current, body=payload["body"], mood=payload.get("mood", ABSENT), pinned=payload.get("pinned", ABSENT)
    )


def note_v3(record: records.Note) -> NoteV3:
    """Show the record to a client of v3."""
    shown: NoteV3 = {"body": record.body}
    if record.mood is not ABSENT:
        shown["mood"] = record.mood
    if record.pinned is not ABSENT:
        shown["pinned"] = record.pinned
    if record.unknown_fields is not ABSENT:
        beside(shown, record.unknown_fields, NOTE_V3_NAMES)
    return shown


def create_note_v3(payload: NoteV3, now: datetime) -> records.Note:
    """Make the record that a client of v3 asks for."""
    return records.Note(
        body=payload["body"],
        mood=payload.get("mood", ABSENT),
        pinned=payload.get("pinned", ABSENT),
        unknown_fields=unknown(payload, NOTE_V3_NAMES),
    )


def replace_note_v3(current: records.Note, payload: NoteV3, now: datetime) -> records.Note:
    """Replace what a client of v3 can see of the record."""
    return replace(
        current,
        body=payload["body"],
        mood=payload.get("mood", ABSENT),
        pinned=payload.get("pinned", ABSENT),
        unknown_fields=still(current.unknown_fields, unknown(payload, NOTE_V3_NAMES), NOTE_V3_NAMES),
    )
