"""The forms of User that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, NotRequired, cast

from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from .. import codecs, coding, constraints, records, scalars
from ..absent import ABSENT, UNASSIGNED
from ..aliases import named, settled
from ..kept import Kept, keep, written
from ..merging import match_items, same_seen
from ..shapes import Shape
from ..taking import cleared, inside
from . import line as line_shapes
from . import user_address as user_address_shapes


class UserV1(TypedDict):
    """User as it is shown, since v1."""

    id: scalars.Int
    full_name: Annotated[str, Field(min_length=1, max_length=40)]
    name: Annotated[str, Field(min_length=1, max_length=40)]
    height: Annotated[str, AfterValidator(coding.readable(codecs.text_to_decimal))]
    street: str
    lines: list[line_shapes.LineV1]
    alias: NotRequired[str]
    nick: NotRequired[str]
    handle: NotRequired[str]
    city: NotRequired[str]


USER_V1 = Shape[UserV1](UserV1)

USER_CREATE_V1_ALIASES = {"name": ("full_name",), "nick": ("alias",), "handle": ("alias",)}
"""Other names of its values, each with where the value is."""


@named(USER_CREATE_V1_ALIASES, ("full_name",))
class UserCreateV1(TypedDict):
    """What User is created from, since v1."""

    full_name: NotRequired[Annotated[str, Field(min_length=1, max_length=40)]]
    name: NotRequired[Annotated[str, Field(min_length=1, max_length=40)]]
    height: Annotated[str, AfterValidator(coding.readable(codecs.text_to_decimal))]
    street: str
    lines: NotRequired[list[line_shapes.LineCreateV1]]
    alias: NotRequired[str]
    nick: NotRequired[str]
    handle: NotRequired[str]
    city: NotRequired[str]


USER_CREATE_V1 = Shape[UserCreateV1](UserCreateV1)

USER_UPDATE_V1_ALIASES = {"name": ("full_name",), "nick": ("alias",), "handle": ("alias",)}
"""Other names of its values, each with where the value is."""


@named(USER_UPDATE_V1_ALIASES)
class UserUpdateV1(TypedDict):
    """What changes parts of User, since v1."""

    full_name: NotRequired[Annotated[str, Field(min_length=1, max_length=40)]]
    name: NotRequired[Annotated[str, Field(min_length=1, max_length=40)]]
    height: NotRequired[Annotated[str, AfterValidator(coding.readable(codecs.text_to_decimal))]]
    street: NotRequired[str]
    lines: NotRequired[list[line_shapes.LineCreateV1]]
    alias: NotRequired[str | None]
    nick: NotRequired[str | None]
    handle: NotRequired[str | None]
    city: NotRequired[str | None]


USER_UPDATE_V1 = Shape[UserUpdateV1](UserUpdateV1)


class UserV2(TypedDict):
    """User as it is shown, since v2."""

    id: scalars.Int
    full_name: Annotated[str, Field(min_length=1, max_length=40)]
    tall: Annotated[scalars.PlainDecimal, constraints.decimal()]
    height: Annotated[scalars.PlainDecimal, constraints.decimal()]
    lines: list[line_shapes.LineV1]
    address: user_address_shapes.UserAddressV2
    street: str
    alias: NotRequired[str]
    nick: NotRequired[str]
    handle: NotRequired[str]
    city: NotRequired[str]


USER_V2 = Shape[UserV2](UserV2)

USER_CREATE_V2_ALIASES = {
    "nick": ("alias",),
    "handle": ("alias",),
    "height": ("tall",),
    "street": ("address", "street"),
    "city": ("address", "city"),
}
"""Other names of its values, each with where the value is."""


@named(USER_CREATE_V2_ALIASES, ("tall",), ("address", "street"))
class UserCreateV2(TypedDict):
    """What User is created from, since v2."""

    full_name: Annotated[str, Field(min_length=1, max_length=40)]
    tall: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    height: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    lines: NotRequired[list[line_shapes.LineCreateV1]]
    address: NotRequired[user_address_shapes.UserAddressCreateV2]
    street: NotRequired[str]
    alias: NotRequired[str]
    nick: NotRequired[str]
    handle: NotRequired[str]
    city: NotRequired[str]


USER_CREATE_V2 = Shape[UserCreateV2](UserCreateV2)

USER_UPDATE_V2_ALIASES = {
    "nick": ("alias",),
    "handle": ("alias",),
    "height": ("tall",),
    "street": ("address", "street"),
    "city": ("address", "city"),
}
"""Other names of its values, each with where the value is."""


@named(USER_UPDATE_V2_ALIASES)
class UserUpdateV2(TypedDict):
    """What changes parts of User, since v2."""

    full_name: NotRequired[Annotated[str, Field(min_length=1, max_length=40)]]
    tall: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    height: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    lines: NotRequired[list[line_shapes.LineCreateV1]]
    address: NotRequired[user_address_shapes.UserAddressUpdateV2]
    street: NotRequired[str]
    alias: NotRequired[str | None]
    nick: NotRequired[str | None]
    handle: NotRequired[str | None]
    city: NotRequired[str | None]


USER_UPDATE_V2 = Shape[UserUpdateV2](UserUpdateV2)


class UserV3(TypedDict):
    """User as it is shown, since v3."""

    id: scalars.Int
    display_name: Annotated[str, Field(min_length=1, max_length=40)]
    tall: Annotated[scalars.PlainDecimal, constraints.decimal()]
    height: Annotated[scalars.PlainDecimal, constraints.decimal()]
    lines: list[line_shapes.LineV3]
    address: user_address_shapes.UserAddressV2
    alias: NotRequired[str]
    nick: NotRequired[str]
    handle: NotRequired[str]


USER_V3 = Shape[UserV3](UserV3)

USER_CREATE_V3_ALIASES = {"nick": ("alias",), "handle": ("alias",), "height": ("tall",)}
"""Other names of its values, each with where the value is."""


@named(USER_CREATE_V3_ALIASES, ("tall",))
class UserCreateV3(TypedDict):
    """What User is created from, since v3."""

    display_name: Annotated[str, Field(min_length=1, max_length=40)]
    tall: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    height: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    lines: NotRequired[list[line_shapes.LineCreateV3]]
    address: user_address_shapes.UserAddressV2
    alias: NotRequired[str]
    nick: NotRequired[str]
    handle: NotRequired[str]


USER_CREATE_V3 = Shape[UserCreateV3](UserCreateV3)

USER_UPDATE_V3_ALIASES = {"nick": ("alias",), "handle": ("alias",), "height": ("tall",)}
"""Other names of its values, each with where the value is."""


@named(USER_UPDATE_V3_ALIASES)
class UserUpdateV3(TypedDict):
    """What changes parts of User, since v3."""

    display_name: NotRequired[Annotated[str, Field(min_length=1, max_length=40)]]
    tall: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    height: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    lines: NotRequired[list[line_shapes.LineCreateV3]]
    address: NotRequired[user_address_shapes.UserAddressUpdateV2]
    alias: NotRequired[str | None]
    nick: NotRequired[str | None]
    handle: NotRequired[str | None]


USER_UPDATE_V3 = Shape[UserUpdateV3](UserUpdateV3)


def _height_user_v1(record: records.User) -> str:
    """The `height` that v1 is shown; word for word what it wrote, while that stands."""
    shown: str = codecs.decimal_to_text(record.tall)
    stored = record.tall
    return written(record.kept, "height@v1", stored, shown)


def user_v1(record: records.User) -> UserV1:
    """Show the record to a client of v1.

    v2: Gave `User.street` and `User.city` a second place inside `User.address`.
    v2: Removed field `User.name`.
    v2: Gave `User.height` the name `tall` too.
    v2: Changed `User.tall`: its type to decimal.
    v3: Removed field `User.street`.
    v3: Removed field `User.city`.
    v3: Renamed `User.full_name` to `display_name`.
    """
    shown: UserV1 = {
        "id": record.id,
        "full_name": record.display_name,
        "name": record.display_name,
        "height": _height_user_v1(record),
        "street": record.address.street,
        "lines": [line_shapes.line_v1(item) for item in record.lines],
    }
    if record.alias is not ABSENT:
        shown["alias"] = shown["nick"] = shown["handle"] = record.alias
    if record.address.city is not ABSENT:
        shown["city"] = record.address.city
    return shown


def create_user_v1(payload: UserCreateV1, now: datetime) -> records.User:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    payload = settled(payload, USER_CREATE_V1_ALIASES)
    tall_sent = payload["height"]
    tall = codecs.text_to_decimal(tall_sent)
    keep(kept, "height@v1", tall_sent, tall, codecs.decimal_to_text(tall))
    address_street = payload["street"]
    address_city = payload.get("city", ABSENT)
    address = records.UserAddress(street=address_street, city=address_city)
    return records.User(
        id=UNASSIGNED,
        display_name=payload["full_name"],
        alias=payload.get("alias", ABSENT),
        tall=tall,
        lines=[
            line_shapes.create_line_v1(item, now)
            for item in payload.get("lines", cast("list[line_shapes.LineCreateV1]", []))
        ],
        address=address,
        kept=kept,
    )


def update_user_v1(current: records.User, payload: UserUpdateV1, now: datetime) -> records.User:
    """Change what a client of v1 sent, and nothing else."""
    kept = dict(current.kept)
    payload = settled(payload, USER_UPDATE_V1_ALIASES, lambda: user_v1(current))
    tall = current.tall
    if "height" in payload:
        tall_sent = payload["height"]
        tall = current.tall
        if tall_sent != _height_user_v1(current):
            tall = codecs.text_to_decimal(tall_sent)
            keep(kept, "height@v1", tall_sent, tall, codecs.decimal_to_text(tall))
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
            lambda one, item: same_seen(line_shapes.line_v1(one), item, ("body", "count", "hint")),
        )
    address_street = payload.get("street", current.address.street)
    address_city = cleared(payload["city"]) if "city" in payload else current.address.city
    address = current.address
    address = replace(address, street=cast(Any, address_street), city=address_city)
    return replace(
        current,
        display_name=payload.get("full_name", current.display_name),
        alias=cleared(payload["alias"]) if "alias" in payload else current.alias,
        tall=tall,
        lines=lines,
        address=address,
        kept=kept,
    )


def replace_user_v1(current: records.User, payload: UserCreateV1, now: datetime) -> records.User:
    """Replace what a client of v1 can see of the record."""
    kept = dict(current.kept)
    payload = settled(payload, USER_CREATE_V1_ALIASES, lambda: user_v1(current))
    tall_sent = payload["height"]
    tall = current.tall
    if tall_sent != _height_user_v1(current):
        tall = codecs.text_to_decimal(tall_sent)
        keep(kept, "height@v1", tall_sent, tall, codecs.decimal_to_text(tall))
    lines_sent = payload.get("lines", cast("list[line_shapes.LineCreateV1]", []))
    lines_now = current.lines
    lines = match_items(
        lines_now,
        lines_sent,
        lambda one, item: False,
        lambda one, item: line_shapes.replace_line_v1(one, item, now),
        lambda item: line_shapes.create_line_v1(item, now),
        lambda one, item: same_seen(line_shapes.line_v1(one), item, ("body", "count", "hint")),
    )
    address_street = payload["street"]
    address_city = payload.get("city", ABSENT)
    address = current.address
    address = replace(address, street=cast(Any, address_street), city=address_city)
    return replace(
        current,
        display_name=payload["full_name"],
        alias=payload.get("alias", ABSENT),
        tall=tall,
        lines=lines,
        address=address,
        kept=kept,
    )


def user_v2(record: records.User) -> UserV2:
    """Show the record to a client of v2.

    v3: Removed field `User.street`.
    v3: Removed field `User.city`.
    v3: Renamed `User.full_name` to `display_name`.
    """
    address = user_address_shapes.user_address_v2(record.address)
    shown: UserV2 = {
        "id": record.id,
        "full_name": record.display_name,
        "tall": record.tall,
        "height": record.tall,
        "lines": [line_shapes.line_v1(item) for item in record.lines],
        "address": address,
        "street": address["street"],
    }
    if record.alias is not ABSENT:
        shown["alias"] = shown["nick"] = shown["handle"] = record.alias
    if "city" in shown["address"]:
        shown["city"] = shown["address"]["city"]
    return shown


def create_user_v2(payload: UserCreateV2, now: datetime) -> records.User:
    """Make the record that a client of v2 asks for."""
    payload = settled(payload, USER_CREATE_V2_ALIASES)
    return records.User(
        id=UNASSIGNED,
        display_name=payload["full_name"],
        alias=payload.get("alias", ABSENT),
        tall=payload["tall"],
        lines=[
            line_shapes.create_line_v1(item, now)
            for item in payload.get("lines", cast("list[line_shapes.LineCreateV1]", []))
        ],
        address=user_address_shapes.create_user_address_v2(payload["address"], now),
        kept={},
    )


def update_user_v2(current: records.User, payload: UserUpdateV2, now: datetime) -> records.User:
    """Change what a client of v2 sent, and nothing else."""
    payload = settled(payload, USER_UPDATE_V2_ALIASES, lambda: user_v2(current))
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
            lambda one, item: same_seen(line_shapes.line_v1(one), item, ("body", "count", "hint")),
        )
    address = current.address
    if "address" in payload:
        address_sent = payload["address"]
        address_now = current.address
        address = inside("address", user_address_shapes.update_user_address_v2, address_now, address_sent, now)
    return replace(
        current,
        display_name=payload.get("full_name", current.display_name),
        alias=cleared(payload["alias"]) if "alias" in payload else current.alias,
        tall=payload.get("tall", current.tall),
        lines=lines,
        address=address,
    )


def replace_user_v2(current: records.User, payload: UserCreateV2, now: datetime) -> records.User:
    """Replace what a client of v2 can see of the record."""
    payload = settled(payload, USER_CREATE_V2_ALIASES, lambda: user_v2(current))
    lines_sent = payload.get("lines", cast("list[line_shapes.LineCreateV1]", []))
    lines_now = current.lines
    lines = match_items(
        lines_now,
        lines_sent,
        lambda one, item: False,
        lambda one, item: line_shapes.replace_line_v1(one, item, now),
        lambda item: line_shapes.create_line_v1(item, now),
        lambda one, item: same_seen(line_shapes.line_v1(one), item, ("body", "count", "hint")),
    )
    address_sent = payload["address"]
    address_now = current.address
    address = user_address_shapes.replace_user_address_v2(address_now, address_sent, now)
    return replace(
        current,
        display_name=payload["full_name"],
        alias=payload.get("alias", ABSENT),
        tall=payload["tall"],
        lines=lines,
        address=address,
    )


def user_v3(record: records.User) -> UserV3:
    """Show the record to a client of v3."""
    shown: UserV3 = {
        "id": record.id,
        "display_name": record.display_name,
        "tall": record.tall,
        "height": record.tall,
        "lines": [line_shapes.line_v3(item) for item in record.lines],
        "address": user_address_shapes.user_address_v2(record.address),
    }
    if record.alias is not ABSENT:
        shown["alias"] = shown["nick"] = shown["handle"] = record.alias
    return shown


def create_user_v3(payload: UserCreateV3, now: datetime) -> records.User:
    """Make the record that a client of v3 asks for."""
    payload = settled(payload, USER_CREATE_V3_ALIASES)
    return records.User(
        id=UNASSIGNED,
        display_name=payload["display_name"],
        alias=payload.get("alias", ABSENT),
        tall=payload["tall"],
        lines=[
            line_shapes.create_line_v3(item, now)
            for item in payload.get("lines", cast("list[line_shapes.LineCreateV3]", []))
        ],
        address=user_address_shapes.create_user_address_v3(payload["address"], now),
        kept={},
    )


def update_user_v3(current: records.User, payload: UserUpdateV3, now: datetime) -> records.User:
    """Change what a client of v3 sent, and nothing else."""
    payload = settled(payload, USER_UPDATE_V3_ALIASES, lambda: user_v3(current))
    lines = current.lines
    if "lines" in payload:
        lines_sent = payload["lines"]
        lines_now = current.lines
        lines = match_items(
            lines_now,
            lines_sent,
            lambda one, item: False,
            lambda one, item: line_shapes.replace_line_v3(one, item, now),
            lambda item: line_shapes.create_line_v3(item, now),
            lambda one, item: same_seen(line_shapes.line_v3(one), item, ("body", "count", "hint")),
        )
    address = current.address
    if "address" in payload:
        address_sent = payload["address"]
        address_now = current.address
        address = inside("address", user_address_shapes.update_user_address_v2, address_now, address_sent, now)
    return replace(
        current,
        display_name=payload.get("display_name", current.display_name),
        alias=cleared(payload["alias"]) if "alias" in payload else current.alias,
        tall=payload.get("tall", current.tall),
        lines=lines,
        address=address,
    )


def replace_user_v3(current: records.User, payload: UserCreateV3, now: datetime) -> records.User:
    """Replace what a client of v3 can see of the record."""
    payload = settled(payload, USER_CREATE_V3_ALIASES, lambda: user_v3(current))
    lines_sent = payload.get("lines", cast("list[line_shapes.LineCreateV3]", []))
    lines_now = current.lines
    lines = match_items(
        lines_now,
        lines_sent,
        lambda one, item: False,
        lambda one, item: line_shapes.replace_line_v3(one, item, now),
        lambda item: line_shapes.create_line_v3(item, now),
        lambda one, item: same_seen(line_shapes.line_v3(one), item, ("body", "count", "hint")),
    )
    address_sent = payload["address"]
    address_now = current.address
    address = user_address_shapes.replace_user_address_v3(address_now, address_sent, now)
    return replace(
        current,
        display_name=payload["display_name"],
        alias=payload.get("alias", ABSENT),
        tall=payload["tall"],
        lines=lines,
        address=address,
    )
