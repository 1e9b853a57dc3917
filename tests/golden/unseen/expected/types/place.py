"""The forms of Place that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NotRequired

from typing_extensions import TypedDict

from .. import records, scalars
from ..absent import ABSENT
from ..shapes import Shape
from ..taking import cleared


class PlaceV1(TypedDict):
    """Place as it is shown, since v1."""

    street: str
    city: NotRequired[str]


PLACE_V1 = Shape[PlaceV1](PlaceV1)


class PlaceUpdateV1(TypedDict):
    """What changes parts of Place, since v1."""

    street: NotRequired[str]
    city: NotRequired[str | None]


PLACE_UPDATE_V1 = Shape[PlaceUpdateV1](PlaceUpdateV1)


class PlaceV2(TypedDict):
    """Place as it is shown, since v2."""

    street: str
    city: NotRequired[str]
    floor: NotRequired[scalars.Int]


PLACE_V2 = Shape[PlaceV2](PlaceV2)


class PlaceUpdateV2(TypedDict):
    """What changes parts of Place, since v2."""

    street: NotRequired[str]
    city: NotRequired[str | None]
    floor: NotRequired[scalars.Int | None]


PLACE_UPDATE_V2 = Shape[PlaceUpdateV2](PlaceUpdateV2)


def place_v1(record: records.Place) -> PlaceV1:
    """Show the record to a client of v1.

    v2: Added optional field `Place.floor` (int).
    """
    shown: PlaceV1 = {"street": record.street}
    if record.city is not ABSENT:
        shown["city"] = record.city
    return shown


def create_place_v1(payload: PlaceV1, now: datetime) -> records.Place:
    """Make the record that a client of v1 asks for."""
    return records.Place(street=payload["street"], city=payload.get("city", ABSENT))


def replace_place_v1(current: records.Place, payload: PlaceV1, now: datetime) -> records.Place:
    """Replace what a client of v1 can see of the record."""
    return replace(current, street=payload["street"], city=payload.get("city", ABSENT))


def update_place_v1(current: records.Place, payload: PlaceUpdateV1, now: datetime) -> records.Place:
    """Change what a client of v1 sent, and nothing else."""
    return replace(
        current,
        street=payload.get("street", current.street),
        city=cleared(payload["city"]) if "city" in payload else current.city,
    )


def place_v2(record: records.Place) -> PlaceV2:
    """Show the record to a client of v2."""
    shown: PlaceV2 = {"street": record.street}
    if record.city is not ABSENT:
        shown["city"] = record.city
    if record.floor is not ABSENT:
        shown["floor"] = record.floor
    return shown


def create_place_v2(payload: PlaceV2, now: datetime) -> records.Place:
    """Make the record that a client of v2 asks for."""
    return records.Place(street=payload["street"], city=payload.get("city", ABSENT), floor=payload.get("floor", ABSENT))


def replace_place_v2(current: records.Place, payload: PlaceV2, now: datetime) -> records.Place:
    """Replace what a client of v2 can see of the record."""
    return replace(
        current, street=payload["street"], city=payload.get("city", ABSENT), floor=payload.get("floor", ABSENT)
    )


def update_place_v2(current: records.Place, payload: PlaceUpdateV2, now: datetime) -> records.Place:
    """Change what a client of v2 sent, and nothing else."""
    return replace(
        current,
        street=payload.get("street", current.street),
        city=cleared(payload["city"]) if "city" in payload else current.city,
        floor=cleared(payload["floor"]) if "floor" in payload else current.floor,
    )
