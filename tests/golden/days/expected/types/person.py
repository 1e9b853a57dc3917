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


class PersonV2025_03_01(TypedDict):
    """Person as it is shown, since 2025-03-01."""

    id: scalars.Int
    name: Annotated[str, Field(min_length=1, max_length=100)]
    city: NotRequired[str]


PERSON_V2025_03_01 = Shape[PersonV2025_03_01](PersonV2025_03_01)


class PersonCreateV2025_03_01(TypedDict):
    """What Person is created from, since 2025-03-01."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    city: NotRequired[str]


PERSON_CREATE_V2025_03_01 = Shape[PersonCreateV2025_03_01](PersonCreateV2025_03_01)


class PersonUpdateV2025_03_01(TypedDict):
    """What changes parts of Person, since 2025-03-01."""

    name: NotRequired[Annotated[str, Field(min_length=1, max_length=100)]]
    city: NotRequired[str | None]


PERSON_UPDATE_V2025_03_01 = Shape[PersonUpdateV2025_03_01](PersonUpdateV2025_03_01)


class PersonV2025_10_01(TypedDict):
    """Person as it is shown, since 2025-10-01."""

    id: scalars.Int
    full_name: Annotated[str, Field(min_length=1, max_length=100)]
    city: NotRequired[str]
    nickname: NotRequired[str]


PERSON_V2025_10_01 = Shape[PersonV2025_10_01](PersonV2025_10_01)


class PersonCreateV2025_10_01(TypedDict):
    """What Person is created from, since 2025-10-01."""

    full_name: Annotated[str, Field(min_length=1, max_length=100)]
    city: NotRequired[str]
    nickname: NotRequired[str]


PERSON_CREATE_V2025_10_01 = Shape[PersonCreateV2025_10_01](PersonCreateV2025_10_01)


class PersonUpdateV2025_10_01(TypedDict):
    """What changes parts of Person, since 2025-10-01."""

    full_name: NotRequired[Annotated[str, Field(min_length=1, max_length=100)]]
    city: NotRequired[str | None]
    nickname: NotRequired[str | None]


PERSON_UPDATE_V2025_10_01 = Shape[PersonUpdateV2025_10_01](PersonUpdateV2025_10_01)


def person_v2025_03_01(record: records.Person) -> PersonV2025_03_01:
    """Show the record to a client of 2025-03-01.

    2025-10-01: Renamed `Person.name` to `full_name`.
    2025-10-01: Added optional field `Person.nickname` (str).
    """
    shown: PersonV2025_03_01 = {"id": record.id, "name": record.full_name}
    if record.city is not ABSENT:
        shown["city"] = record.city
    return shown


def create_person_v2025_03_01(payload: PersonCreateV2025_03_01, now: datetime) -> records.Person:
    """Make the record that a client of 2025-03-01 asks for."""
    return records.Person(id=UNASSIGNED, full_name=payload["name"], city=payload.get("city", ABSENT))


def update_person_v2025_03_01(
    current: records.Person, payload: PersonUpdateV2025_03_01, now: datetime
) -> records.Person:
    """Change what a client of 2025-03-01 sent, and nothing else."""
    return replace(
        current,
        full_name=payload.get("name", current.full_name),
        city=cleared(payload["city"]) if "city" in payload else current.city,
    )


def replace_person_v2025_03_01(
    current: records.Person, payload: PersonCreateV2025_03_01, now: datetime
) -> records.Person:
    """Replace what a client of 2025-03-01 can see of the record."""
    return replace(current, full_name=payload["name"], city=payload.get("city", ABSENT))


def person_v2025_10_01(record: records.Person) -> PersonV2025_10_01:
    """Show the record to a client of 2025-10-01."""
    shown: PersonV2025_10_01 = {"id": record.id, "full_name": record.full_name}
    if record.city is not ABSENT:
        shown["city"] = record.city
    if record.nickname is not ABSENT:
        shown["nickname"] = record.nickname
    return shown


def create_person_v2025_10_01(payload: PersonCreateV2025_10_01, now: datetime) -> records.Person:
    """Make the record that a client of 2025-10-01 asks for."""
    return records.Person(
        id=UNASSIGNED,
        full_name=payload["full_name"],
        city=payload.get("city", ABSENT),
        nickname=payload.get("nickname", ABSENT),
    )


def update_person_v2025_10_01(
    current: records.Person, payload: PersonUpdateV2025_10_01, now: datetime
) -> records.Person:
    """Change what a client of 2025-10-01 sent, and nothing else."""
    return replace(
        current,
        full_name=payload.get("full_name", current.full_name),
        city=cleared(payload["city"]) if "city" in payload else current.city,
        nickname=cleared(payload["nickname"]) if "nickname" in payload else current.nickname,
    )


def replace_person_v2025_10_01(
    current: records.Person, payload: PersonCreateV2025_10_01, now: datetime
) -> records.Person:
    """Replace what a client of 2025-10-01 can see of the record."""
    return replace(
        current,
        full_name=payload["full_name"],
        city=payload.get("city", ABSENT),
        nickname=payload.get("nickname", ABSENT),
    )
