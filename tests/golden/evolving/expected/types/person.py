"""The forms of Person that versions show and accept, and their ways to and from the record."""

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
from . import mood as mood_shapes


class PersonV1(TypedDict):
    """Person as it is shown, since v1."""

    id: scalars.Int
    name: Annotated[str, Field(min_length=1, max_length=100)]
    mood: NotRequired[mood_shapes.MoodV1]
    nickname: NotRequired[Annotated[str, Field(max_length=40)]]


PERSON_V1 = Shape[PersonV1](PersonV1)


class PersonCreateV1(TypedDict):
    """What Person is created from, since v1."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    mood: NotRequired[mood_shapes.MoodV1]
    nickname: NotRequired[Annotated[str, Field(max_length=40)]]


PERSON_CREATE_V1 = Shape[PersonCreateV1](PersonCreateV1)


class PersonUpdateV1(TypedDict):
    """What changes parts of Person, since v1."""

    name: NotRequired[Annotated[str, Field(min_length=1, max_length=100)]]
    mood: NotRequired[mood_shapes.MoodV1 | None]
    nickname: NotRequired[Annotated[str, Field(max_length=40)] | None]


PERSON_UPDATE_V1 = Shape[PersonUpdateV1](PersonUpdateV1)


class PersonReplaceV1(TypedDict):
    """What replaces Person, since v1."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    mood: NotRequired[mood_shapes.MoodV1]
    nickname: NotRequired[Annotated[str, Field(max_length=40)] | None]


PERSON_REPLACE_V1 = Shape[PersonReplaceV1](PersonReplaceV1)


def person_v1(record: records.Person) -> PersonV1:
    """Show the record to a client of v1."""
    shown: PersonV1 = {"id": record.id, "name": record.name}
    if record.mood is not ABSENT:
        shown["mood"] = record.mood
    if record.nickname is not ABSENT:
        shown["nickname"] = record.nickname
    return shown


def create_person_v1(payload: PersonCreateV1, now: datetime) -> records.Person:
    """Make the record that a client of v1 asks for."""
    return records.Person(
        id=UNASSIGNED, name=payload["name"], mood=payload.get("mood", ABSENT), nickname=payload.get("nickname", ABSENT)
    )


def update_person_v1(current: records.Person, payload: PersonUpdateV1, now: datetime) -> records.Person:
    """Change what a client of v1 sent, and nothing else."""
    return replace(
        current,
        name=payload.get("name", current.name),
        mood=cleared(payload["mood"]) if "mood" in payload else current.mood,
        nickname=cleared(payload["nickname"]) if "nickname" in payload else current.nickname,
    )


def replace_person_v1(current: records.Person, payload: PersonReplaceV1, now: datetime) -> records.Person:
    """Replace what a client of v1 can see of the record."""
    nickname = current.nickname
    if "nickname" in payload:
        nickname = cleared(payload["nickname"])
    return replace(current, name=payload["name"], mood=payload.get("mood", ABSENT), nickname=nickname)
