"""The forms of Note that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from .. import records, scalars
from ..absent import ABSENT, UNASSIGNED
from ..shapes import Shape
from ..taking import cleared


class NoteV1(TypedDict):
    """Note as it is shown, since v1."""

    id: scalars.Int
    user_id: str
    text: Annotated[str, Field(max_length=200)]
    topic: NotRequired[str]


NOTE_V1 = Shape[NoteV1](NoteV1)


class NoteCreateV1(TypedDict):
    """What Note is created from, since v1."""

    text: Annotated[str, Field(max_length=200)]
    topic: NotRequired[str]


NOTE_CREATE_V1 = Shape[NoteCreateV1](NoteCreateV1)


class NoteUpdateV1(TypedDict):
    """What changes parts of Note, since v1."""

    text: NotRequired[Annotated[str, Field(max_length=200)]]
    topic: NotRequired[str | None]


NOTE_UPDATE_V1 = Shape[NoteUpdateV1](NoteUpdateV1)


class NoteV2(TypedDict):
    """Note as it is shown, since v2."""

    id: scalars.Int
    owner_id: str
    text: Annotated[str, Field(max_length=200)]
    topic: NotRequired[str]


NOTE_V2 = Shape[NoteV2](NoteV2)


def note_v1(record: records.Note) -> NoteV1:
    """Show the record to a client of v1.

    v2: Renamed `Note.user_id` to `owner_id`.
    """
    shown: NoteV1 = {"id": record.id, "user_id": record.owner_id, "text": record.text}
    if record.topic is not ABSENT:
        shown["topic"] = record.topic
    return shown


def create_note_v1(payload: NoteCreateV1, now: datetime) -> records.Note:
    """Make the record that a client of v1 asks for."""
    return records.Note(id=UNASSIGNED, owner_id=UNASSIGNED, text=payload["text"], topic=payload.get("topic", ABSENT))


def update_note_v1(current: records.Note, payload: NoteUpdateV1, now: datetime) -> records.Note:
    """Change what a client of v1 sent, and nothing else."""
    return replace(
        current,
        text=payload.get("text", current.text),
        topic=cleared(payload["topic"]) if "topic" in payload else current.topic,
    )


def replace_note_v1(current: records.Note, payload: NoteCreateV1, now: datetime) -> records.Note:
    """Replace what a client of v1 can see of the record."""
    return replace(current, text=payload["text"], topic=payload.get("topic", ABSENT))


def note_v2(record: records.Note) -> NoteV2:
    """Show the record to a client of v2."""
    shown: NoteV2 = {"id": record.id, "owner_id": record.owner_id, "text": record.text}
    if record.topic is not ABSENT:
        shown["topic"] = record.topic
    return shown
