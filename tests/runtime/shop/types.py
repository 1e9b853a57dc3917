"""Shapes of a user with their converters."""

from datetime import datetime
from typing import NotRequired

from typing_extensions import TypedDict

from scaffold.generate.runtime.wire import Shape

from .records import User


class UserV1(TypedDict):
    id: int
    name: str
    email: str


class UserCreateV1(TypedDict):
    name: str
    email: str


class UserUpdateV1(TypedDict):
    name: NotRequired[str]
    email: NotRequired[str]


class UserV2(TypedDict):
    id: int
    full_name: str
    email: str
    created_at: datetime


class UserCreateV2(TypedDict):
    full_name: str
    email: str


USER_V1 = Shape(UserV1)
USER_CREATE_V1 = Shape(UserCreateV1)
USER_UPDATE_V1 = Shape(UserUpdateV1)
USER_V2 = Shape(UserV2)
USER_CREATE_V2 = Shape(UserCreateV2)


def user_v1(record: User) -> UserV1:
    return {"id": record.id, "name": record.full_name, "email": record.email}


def user_v2(record: User) -> UserV2:
    return {
        "id": record.id,
        "full_name": record.full_name,
        "email": record.email,
        "created_at": record.created_at,
    }


def create_user_v1(payload: UserCreateV1, now: datetime) -> User:
    return User(id=0, full_name=payload["name"], email=payload["email"], created_at=now)


def create_user_v2(payload: UserCreateV2, now: datetime) -> User:
    return User(id=0, full_name=payload["full_name"], email=payload["email"], created_at=now)


def update_user_v1(current: User, payload: UserUpdateV1, now: datetime) -> User:
    return User(
        id=current.id,
        full_name=payload.get("name", current.full_name),
        email=payload.get("email", current.email),
        created_at=current.created_at,
    )
