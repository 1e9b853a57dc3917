"""The forms of User that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, NotRequired, cast

from pydantic import Field
from typing_extensions import TypedDict

from .. import constraints, records, scalars
from ..absent import ABSENT, UNASSIGNED
from ..merging import match_items, same_seen
from ..shapes import Shape
from ..taking import cleared
from . import part as part_shapes
from . import status as status_shapes


class UserV2(TypedDict):
    """User as it is shown, since v2."""

    id: scalars.Int
    full_name: Annotated[str, Field(max_length=100)]
    price: Annotated[scalars.PlainDecimal, constraints.decimal()]
    city: str
    country: str
    status: status_shapes.StatusV2
    parts: list[part_shapes.PartV2]


USER_V2 = Shape[UserV2](UserV2)


class UserCreateV2(TypedDict):
    """What User is created from, since v2."""

    full_name: Annotated[str, Field(max_length=100)]
    price: Annotated[scalars.PlainDecimal, constraints.decimal()]
    city: str
    country: str
    status: NotRequired[status_shapes.StatusV2]
    parts: NotRequired[list[part_shapes.PartV2]]


USER_CREATE_V2 = Shape[UserCreateV2](UserCreateV2)


class UserUpdateV2(TypedDict):
    """What changes parts of User, since v2."""

    full_name: NotRequired[Annotated[str, Field(max_length=100)]]
    price: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    city: NotRequired[str]
    country: NotRequired[str]
    status: NotRequired[status_shapes.StatusV2]
    parts: NotRequired[list[part_shapes.PartV2]]


USER_UPDATE_V2 = Shape[UserUpdateV2](UserUpdateV2)


class UserV3(TypedDict):
    """User as it is shown, since v3."""

    id: scalars.Int
    full_name: Annotated[str, Field(max_length=100)]
    price: Annotated[scalars.PlainDecimal, constraints.decimal()]
    city: str
    country: str
    status: status_shapes.StatusV2
    parts: list[part_shapes.PartV2]
    nick: NotRequired[str]


USER_V3 = Shape[UserV3](UserV3)


class UserCreateV3(TypedDict):
    """What User is created from, since v3."""

    full_name: Annotated[str, Field(max_length=100)]
    price: Annotated[scalars.PlainDecimal, constraints.decimal()]
    city: str
    country: str
    status: NotRequired[status_shapes.StatusV2]
    parts: NotRequired[list[part_shapes.PartV2]]
    nick: NotRequired[str]


USER_CREATE_V3 = Shape[UserCreateV3](UserCreateV3)


class UserUpdateV3(TypedDict):
    """What changes parts of User, since v3."""

    full_name: NotRequired[Annotated[str, Field(max_length=100)]]
    price: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    city: NotRequired[str]
    country: NotRequired[str]
    status: NotRequired[status_shapes.StatusV2]
    parts: NotRequired[list[part_shapes.PartV2]]
    nick: NotRequired[str | None]


USER_UPDATE_V3 = Shape[UserUpdateV3](UserUpdateV3)


def user_v2(record: records.User) -> UserV2:
    """Show the record to a client of v2.

    v3: Added optional field `User.nick` (str).
    """
    shown: UserV2 = {
        "id": record.id,
        "full_name": record.full_name,
        "price": record.price,
        "city": record.city,
        "country": record.country,
        "status": record.status,
        "parts": [part_shapes.part_v2(item) for item in record.parts],
    }
    return shown


def create_user_v2(payload: UserCreateV2, now: datetime) -> records.User:
    """Make the record that a client of v2 asks for."""
    return records.User(
        id=UNASSIGNED,
        full_name=payload["full_name"],
        price=payload["price"],
        city=payload["city"],
        country=payload["country"],
        status=payload.get("status", "draft"),
        parts=[
            part_shapes.create_part_v2(item, now) for item in payload.get("parts", cast("list[part_shapes.PartV2]", []))
        ],
    )


def update_user_v2(current: records.User, payload: UserUpdateV2, now: datetime) -> records.User:
    """Change what a client of v2 sent, and nothing else."""
    parts = current.parts
    if "parts" in payload:
        parts_sent = payload["parts"]
        parts_now = current.parts
        parts = match_items(
            parts_now,
            parts_sent,
            lambda one, item: False,
            lambda one, item: part_shapes.replace_part_v2(one, item, now),
            lambda item: part_shapes.create_part_v2(item, now),
            lambda one, item: same_seen(part_shapes.part_v2(one), item, ("label", "weight")),
        )
    return replace(
        current,
        full_name=payload.get("full_name", current.full_name),
        price=payload.get("price", current.price),
        city=payload.get("city", current.city),
        country=payload.get("country", current.country),
        status=payload.get("status", current.status),
        parts=parts,
    )


def replace_user_v2(current: records.User, payload: UserCreateV2, now: datetime) -> records.User:
    """Replace what a client of v2 can see of the record."""
    parts_sent = payload.get("parts", cast("list[part_shapes.PartV2]", []))
    parts_now = current.parts
    parts = match_items(
        parts_now,
        parts_sent,
        lambda one, item: False,
        lambda one, item: part_shapes.replace_part_v2(one, item, now),
        lambda item: part_shapes.create_part_v2(item, now),
        lambda one, item: same_seen(part_shapes.part_v2(one), item, ("label", "weight")),
    )
    return replace(
        current,
        full_name=payload["full_name"],
        price=payload["price"],
        city=payload["city"],
        country=payload["country"],
        status=payload.get("status", "draft"),
        parts=parts,
    )


def user_v3(record: records.User) -> UserV3:
    """Show the record to a client of v3."""
    shown: UserV3 = {
        "id": record.id,
        "full_name": record.full_name,
        "price": record.price,
        "city": record.city,
        "country": record.country,
        "status": record.status,
        "parts": [part_shapes.part_v2(item) for item in record.parts],
    }
    if record.nick is not ABSENT:
        shown["nick"] = record.nick
    return shown


def create_user_v3(payload: UserCreateV3, now: datetime) -> records.User:
    """Make the record that a client of v3 asks for."""
    return records.User(
        id=UNASSIGNED,
        full_name=payload["full_name"],
        price=payload["price"],
        city=payload["city"],
        country=payload["country"],
        status=payload.get("status", "draft"),
        parts=[
            part_shapes.create_part_v2(item, now) for item in payload.get("parts", cast("list[part_shapes.PartV2]", []))
        ],
        nick=payload.get("nick", ABSENT),
    )


def update_user_v3(current: records.User, payload: UserUpdateV3, now: datetime) -> records.User:
    """Change what a client of v3 sent, and nothing else."""
    parts = current.parts
    if "parts" in payload:
        parts_sent = payload["parts"]
        parts_now = current.parts
        parts = match_items(
            parts_now,
            parts_sent,
            lambda one, item: False,
            lambda one, item: part_shapes.replace_part_v2(one, item, now),
            lambda item: part_shapes.create_part_v2(item, now),
            lambda one, item: same_seen(part_shapes.part_v2(one), item, ("label", "weight")),
        )
    return replace(
        current,
        full_name=payload.get("full_name", current.full_name),
        price=payload.get("price", current.price),
        city=payload.get("city", current.city),
        country=payload.get("country", current.country),
        status=payload.get("status", current.status),
        parts=parts,
        nick=cleared(payload["nick"]) if "nick" in payload else current.nick,
    )


def replace_user_v3(current: records.User, payload: UserCreateV3, now: datetime) -> records.User:
    """Replace what a client of v3 can see of the record."""
    parts_sent = payload.get("parts", cast("list[part_shapes.PartV2]", []))
    parts_now = current.parts
    parts = match_items(
        parts_now,
        parts_sent,
        lambda one, item: False,
        lambda one, item: part_shapes.replace_part_v2(one, item, now),
        lambda item: part_shapes.create_part_v2(item, now),
        lambda one, item: same_seen(part_shapes.part_v2(one), item, ("label", "weight")),
    )
    return replace(
        current,
        full_name=payload["full_name"],
        price=payload["price"],
        city=payload["city"],
        country=payload["country"],
        status=payload.get("status", "draft"),
        parts=parts,
        nick=payload.get("nick", ABSENT),
    )
