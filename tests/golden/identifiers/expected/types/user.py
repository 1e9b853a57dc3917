"""The forms of User that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, NotRequired, cast

from typing_extensions import TypedDict

from .. import records, scalars
from ..absent import UNASSIGNED
from ..shapes import Shape
from ..taking import inside
from . import user_profile as user_profile_shapes


class UserV1(TypedDict):
    """User as it is shown, since v1."""

    id: scalars.Int
    name: str
    email: scalars.Email


USER_V1 = Shape[UserV1](UserV1)


class UserCreateV1(TypedDict):
    """What User is created from, since v1."""

    name: str
    email: scalars.Email


USER_CREATE_V1 = Shape[UserCreateV1](UserCreateV1)


class UserUpdateV1(TypedDict):
    """What changes parts of User, since v1."""

    name: NotRequired[str]
    email: NotRequired[scalars.Email]


USER_UPDATE_V1 = Shape[UserUpdateV1](UserUpdateV1)


class UserV2(TypedDict):
    """User as it is shown, since v2."""

    uuid: scalars.Uuid
    profile: user_profile_shapes.UserProfileV2


USER_V2 = Shape[UserV2](UserV2)


class UserCreateV2(TypedDict):
    """What User is created from, since v2."""

    profile: user_profile_shapes.UserProfileV2


USER_CREATE_V2 = Shape[UserCreateV2](UserCreateV2)


class UserUpdateV2(TypedDict):
    """What changes parts of User, since v2."""

    profile: NotRequired[user_profile_shapes.UserProfileUpdateV2]


USER_UPDATE_V2 = Shape[UserUpdateV2](UserUpdateV2)


def user_v1(record: records.User) -> UserV1:
    """Show the record to a client of v1.

    v2: Renamed `User.id` to `uuid`.
    v2: Changed `User.uuid`: its type to uuid, and int for older versions.
    v2: Moved `User.name` and `User.email` into `User.profile`.
    """
    shown: UserV1 = {"id": record.uuid_v1, "name": record.profile.name, "email": record.profile.email}
    return shown


def create_user_v1(payload: UserCreateV1, now: datetime) -> records.User:
    """Make the record that a client of v1 asks for."""
    profile_name = payload["name"]
    profile_email = payload["email"]
    profile = records.UserProfile(name=profile_name, email=profile_email)
    return records.User(uuid=UNASSIGNED, profile=profile, uuid_v1=UNASSIGNED)


def update_user_v1(current: records.User, payload: UserUpdateV1, now: datetime) -> records.User:
    """Change what a client of v1 sent, and nothing else."""
    profile_name = payload.get("name", current.profile.name)
    profile_email = payload.get("email", current.profile.email)
    profile = current.profile
    profile = replace(profile, name=cast(Any, profile_name), email=cast(Any, profile_email))
    return replace(current, profile=profile)


def replace_user_v1(current: records.User, payload: UserCreateV1, now: datetime) -> records.User:
    """Replace what a client of v1 can see of the record."""
    profile_name = payload["name"]
    profile_email = payload["email"]
    profile = current.profile
    profile = replace(profile, name=cast(Any, profile_name), email=cast(Any, profile_email))
    return replace(current, profile=profile)


def user_v2(record: records.User) -> UserV2:
    """Show the record to a client of v2."""
    shown: UserV2 = {"uuid": record.uuid, "profile": user_profile_shapes.user_profile_v2(record.profile)}
    return shown


def create_user_v2(payload: UserCreateV2, now: datetime) -> records.User:
    """Make the record that a client of v2 asks for."""
    return records.User(
        uuid=UNASSIGNED, profile=user_profile_shapes.create_user_profile_v2(payload["profile"], now), uuid_v1=UNASSIGNED
    )


def update_user_v2(current: records.User, payload: UserUpdateV2, now: datetime) -> records.User:
    """Change what a client of v2 sent, and nothing else."""
    profile = current.profile
    if "profile" in payload:
        profile_sent = payload["profile"]
        profile_now = current.profile
        profile = inside("profile", user_profile_shapes.update_user_profile_v2, profile_now, profile_sent, now)
    return replace(current, profile=profile)


def replace_user_v2(current: records.User, payload: UserCreateV2, now: datetime) -> records.User:
    """Replace what a client of v2 can see of the record."""
    profile_sent = payload["profile"]
    profile_now = current.profile
    profile = user_profile_shapes.replace_user_profile_v2(profile_now, profile_sent, now)
    return replace(current, profile=profile)
