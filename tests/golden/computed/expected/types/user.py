"""The forms of User that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, NotRequired, cast

from pydantic import Field
from typing_extensions import TypedDict

from .. import hooks, records, scalars
from ..absent import ABSENT, UNASSIGNED
from ..merging import match_items, same_seen
from ..shapes import Shape
from ..taking import cleared
from . import line as line_shapes
from . import size as size_shapes


class UserV1(TypedDict):
    """User as it is shown, since v1."""

    id: scalars.Int
    name: Annotated[str, Field(min_length=1)]
    lines: list[line_shapes.LineV1]
    initial: str
    age: NotRequired[Annotated[scalars.Int, Field(ge=0, le=200)]]


USER_V1 = Shape[UserV1](UserV1)


class UserCreateV1(TypedDict):
    """What User is created from, since v1."""

    name: Annotated[str, Field(min_length=1)]
    lines: NotRequired[list[line_shapes.LineV1]]
    age: NotRequired[Annotated[scalars.Int, Field(ge=0, le=200)]]


USER_CREATE_V1 = Shape[UserCreateV1](UserCreateV1)


class UserUpdateV1(TypedDict):
    """What changes parts of User, since v1."""

    name: NotRequired[Annotated[str, Field(min_length=1)]]
    lines: NotRequired[list[line_shapes.LineV1]]
    age: NotRequired[Annotated[scalars.Int, Field(ge=0, le=200)] | None]


USER_UPDATE_V1 = Shape[UserUpdateV1](UserUpdateV1)


class UserV2(TypedDict):
    """User as it is shown, since v2."""

    id: scalars.Int
    name: Annotated[str, Field(min_length=1)]
    lines: list[line_shapes.LineV2]
    initial: str
    age_range: str | None
    size: size_shapes.SizeV1
    age: NotRequired[Annotated[scalars.Int, Field(ge=0, le=200)]]


USER_V2 = Shape[UserV2](UserV2)


class UserV3(TypedDict):
    """User as it is shown, since v3."""

    id: scalars.Int
    full_name: Annotated[str, Field(min_length=1)]
    lines: list[line_shapes.LineV1]
    initial: str
    ages: str | None
    size: size_shapes.SizeV3
    age: NotRequired[Annotated[scalars.Int, Field(ge=0, le=200)]]


USER_V3 = Shape[UserV3](UserV3)


class UserCreateV3(TypedDict):
    """What User is created from, since v3."""

    full_name: Annotated[str, Field(min_length=1)]
    lines: NotRequired[list[line_shapes.LineV1]]
    age: NotRequired[Annotated[scalars.Int, Field(ge=0, le=200)]]


USER_CREATE_V3 = Shape[UserCreateV3](UserCreateV3)


class UserUpdateV3(TypedDict):
    """What changes parts of User, since v3."""

    full_name: NotRequired[Annotated[str, Field(min_length=1)]]
    lines: NotRequired[list[line_shapes.LineV1]]
    age: NotRequired[Annotated[scalars.Int, Field(ge=0, le=200)] | None]


USER_UPDATE_V3 = Shape[UserUpdateV3](UserUpdateV3)


def user_v1(record: records.User) -> UserV1:
    """Show the record to a client of v1.

    v2: Added field `User.age_range` (str).
    v2: Added field `User.size` (Size).
    v3: Renamed `User.name` to `full_name`.
    v3: Renamed `User.age_range` to `ages`.
    """
    shown: UserV1 = {
        "id": record.id,
        "name": record.full_name,
        "lines": [line_shapes.line_v1(item) for item in record.lines],
        "initial": hooks.initial(record),
    }
    if record.age is not ABSENT:
        shown["age"] = record.age
    return shown


def create_user_v1(payload: UserCreateV1, now: datetime) -> records.User:
    """Make the record that a client of v1 asks for."""
    return records.User(
        id=UNASSIGNED,
        full_name=payload["name"],
        age=payload.get("age", ABSENT),
        lines=[
            line_shapes.create_line_v1(item, now) for item in payload.get("lines", cast("list[line_shapes.LineV1]", []))
        ],
    )


def update_user_v1(current: records.User, payload: UserUpdateV1, now: datetime) -> records.User:
    """Change what a client of v1 sent, and nothing else."""
    lines = current.lines
    if "lines" in payload:
        lines_sent = payload["lines"]
        lines_now = current.lines
        lines = match_items(
            lines_now,
            lines_sent,
            lambda one, item: False,
            lambda one, item: line_shapes.replace_line_v1(one, item, now),
            lambda item: line_shapes.create_line_v1(item, now),
            lambda one, item: same_seen(line_shapes.line_v1(one), item, ("amount", "count")),
        )
    return replace(
        current,
        full_name=payload.get("name", current.full_name),
        age=cleared(payload["age"]) if "age" in payload else current.age,
        lines=lines,
    )


def replace_user_v1(current: records.User, payload: UserCreateV1, now: datetime) -> records.User:
    """Replace what a client of v1 can see of the record."""
    lines_sent = payload.get("lines", cast("list[line_shapes.LineV1]", []))
    lines_now = current.lines
    lines = match_items(
        lines_now,
        lines_sent,
        lambda one, item: False,
        lambda one, item: line_shapes.replace_line_v1(one, item, now),
        lambda item: line_shapes.create_line_v1(item, now),
        lambda one, item: same_seen(line_shapes.line_v1(one), item, ("amount", "count")),
    )
    return replace(current, full_name=payload["name"], age=payload.get("age", ABSENT), lines=lines)


def user_v2(record: records.User) -> UserV2:
    """Show the record to a client of v2.

    v3: Renamed `User.name` to `full_name`.
    v3: Renamed `User.age_range` to `ages`.
    """
    shown: UserV2 = {
        "id": record.id,
        "name": record.full_name,
        "lines": [line_shapes.line_v2(item) for item in record.lines],
        "initial": hooks.initial(record),
        "age_range": hooks.age_range(record),
        "size": size_shapes.SIZE_V1_DOWN[hooks.size(record)],
    }
    if record.age is not ABSENT:
        shown["age"] = record.age
    return shown


def user_v3(record: records.User) -> UserV3:
    """Show the record to a client of v3."""
    shown: UserV3 = {
        "id": record.id,
        "full_name": record.full_name,
        "lines": [line_shapes.line_v1(item) for item in record.lines],
        "initial": hooks.initial(record),
        "ages": hooks.age_range(record),
        "size": hooks.size(record),
    }
    if record.age is not ABSENT:
        shown["age"] = record.age
    return shown


def create_user_v3(payload: UserCreateV3, now: datetime) -> records.User:
    """Make the record that a client of v3 asks for."""
    return records.User(
        id=UNASSIGNED,
        full_name=payload["full_name"],
        age=payload.get("age", ABSENT),
        lines=[
            line_shapes.create_line_v1(item, now) for item in payload.get("lines", cast("list[line_shapes.LineV1]", []))
        ],
    )


def update_user_v3(current: records.User, payload: UserUpdateV3, now: datetime) -> records.User:
    """Change what a client of v3 sent, and nothing else."""
    lines = current.lines
    if "lines" in payload:
        lines_sent = payload["lines"]
        lines_now = current.lines
        lines = match_items(
            lines_now,
            lines_sent,
            lambda one, item: False,
            lambda one, item: line_shapes.replace_line_v1(one, item, now),
            lambda item: line_shapes.create_line_v1(item, now),
            lambda one, item: same_seen(line_shapes.line_v1(one), item, ("amount", "count")),
        )
    return replace(
        current,
        full_name=payload.get("full_name", current.full_name),
        age=cleared(payload["age"]) if "age" in payload else current.age,
        lines=lines,
    )


def replace_user_v3(current: records.User, payload: UserCreateV3, now: datetime) -> records.User:
    """Replace what a client of v3 can see of the record."""
    lines_sent = payload.get("lines", cast("list[line_shapes.LineV1]", []))
    lines_now = current.lines
    lines = match_items(
        lines_now,
        lines_sent,
        lambda one, item: False,
        lambda one, item: line_shapes.replace_line_v1(one, item, now),
        lambda item: line_shapes.create_line_v1(item, now),
        lambda one, item: same_seen(line_shapes.line_v1(one), item, ("amount", "count")),
    )
    return replace(current, full_name=payload["full_name"], age=payload.get("age", ABSENT), lines=lines)
