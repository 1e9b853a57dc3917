"""The forms of Badge that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from .. import records, scalars
from ..absent import ABSENT, UNASSIGNED
from ..shapes import Shape
from ..taking import unchanged


@with_config(ConfigDict(extra="ignore"))
class BadgeV1(TypedDict):
    """Badge as it is shown, since v1."""

    id: scalars.Int
    text: str
    rank: scalars.Int
    batch: str


BADGE_V1 = Shape[BadgeV1](BadgeV1)


@with_config(ConfigDict(extra="ignore"))
class BadgeCreateV1(TypedDict):
    """What Badge is created from, since v1."""

    text: str
    rank: NotRequired[scalars.Int]
    batch: NotRequired[str]


BADGE_CREATE_V1 = Shape[BadgeCreateV1](BadgeCreateV1)


@with_config(ConfigDict(extra="ignore"))
class BadgeUpdateV1(TypedDict):
    """What changes parts of Badge, since v1."""

    text: NotRequired[str]
    rank: NotRequired[scalars.Int]
    batch: NotRequired[str]


BADGE_UPDATE_V1 = Shape[BadgeUpdateV1](BadgeUpdateV1)


@with_config(ConfigDict(extra="ignore"))
class BadgeV2(TypedDict):
    """Badge as it is shown, since v2."""

    id: scalars.Int
    label: str
    rank: scalars.Int
    batch: str


BADGE_V2 = Shape[BadgeV2](BadgeV2)


@with_config(ConfigDict(extra="ignore"))
class BadgeCreateV2(TypedDict):
    """What Badge is created from, since v2."""

    label: str
    rank: NotRequired[scalars.Int]
    batch: NotRequired[str]


BADGE_CREATE_V2 = Shape[BadgeCreateV2](BadgeCreateV2)


@with_config(ConfigDict(extra="ignore"))
class BadgeUpdateV2(TypedDict):
    """What changes parts of Badge, since v2."""

    label: NotRequired[str]
    rank: NotRequired[scalars.Int]


BADGE_UPDATE_V2 = Shape[BadgeUpdateV2](BadgeUpdateV2)


@with_config(ConfigDict(extra="ignore"))
class BadgeReplaceV2(TypedDict):
    """What replaces Badge, since v2."""

    label: str
    rank: NotRequired[scalars.Int]


BADGE_REPLACE_V2 = Shape[BadgeReplaceV2](BadgeReplaceV2)


@with_config(ConfigDict(extra="ignore"))
class BadgeCreateV3(TypedDict):
    """What Badge is created from, since v3."""

    label: str
    batch: NotRequired[str]


BADGE_CREATE_V3 = Shape[BadgeCreateV3](BadgeCreateV3)


@with_config(ConfigDict(extra="ignore"))
class BadgeUpdateV3(TypedDict):
    """What changes parts of Badge, since v3."""

    label: NotRequired[str]


BADGE_UPDATE_V3 = Shape[BadgeUpdateV3](BadgeUpdateV3)


@with_config(ConfigDict(extra="ignore"))
class BadgeReplaceV3(TypedDict):
    """What replaces Badge, since v3."""

    label: str


BADGE_REPLACE_V3 = Shape[BadgeReplaceV3](BadgeReplaceV3)


def badge_v1(record: records.Badge) -> BadgeV1:
    """Show the record to a client of v1.

    v2: Changed `Badge.batch`: it to be set only at creation.
    v2: Changed `Badge.text`: it to be unique.
    v2: Renamed `Badge.text` to `label`.
    v3: Changed `Badge.rank`: it to be read-only.
    """
    shown: BadgeV1 = {"id": record.id, "text": record.label, "rank": record.rank, "batch": record.batch}
    return shown


def create_badge_v1(payload: BadgeCreateV1, now: datetime) -> records.Badge:
    """Make the record that a client of v1 asks for."""
    unchanged(payload.get("rank", ABSENT), ABSENT, "rank")
    return records.Badge(id=UNASSIGNED, label=payload["text"], rank=5, batch=payload.get("batch", "first"))


def update_badge_v1(current: records.Badge, payload: BadgeUpdateV1, now: datetime) -> records.Badge:
    """Change what a client of v1 sent, and nothing else."""
    unchanged(payload.get("rank", ABSENT), current.rank, "rank")
    return replace(current, label=payload.get("text", current.label))


def replace_badge_v1(current: records.Badge, payload: BadgeCreateV1, now: datetime) -> records.Badge:
    """Replace what a client of v1 can see of the record."""
    unchanged(payload.get("rank", ABSENT), current.rank, "rank")
    return replace(current, label=payload["text"])


def badge_v2(record: records.Badge) -> BadgeV2:
    """Show the record to a client of v2.

    v3: Changed `Badge.rank`: it to be read-only.
    """
    shown: BadgeV2 = {"id": record.id, "label": record.label, "rank": record.rank, "batch": record.batch}
    return shown


def create_badge_v2(payload: BadgeCreateV2, now: datetime) -> records.Badge:
    """Make the record that a client of v2 asks for."""
    unchanged(payload.get("rank", ABSENT), ABSENT, "rank")
    return records.Badge(id=UNASSIGNED, label=payload["label"], rank=5, batch=payload.get("batch", "first"))


def update_badge_v2(current: records.Badge, payload: BadgeUpdateV2, now: datetime) -> records.Badge:
    """Change what a client of v2 sent, and nothing else."""
    unchanged(payload.get("rank", ABSENT), current.rank, "rank")
    return replace(current, label=payload.get("label", current.label))


def replace_badge_v2(current: records.Badge, payload: BadgeReplaceV2, now: datetime) -> records.Badge:
    """Replace what a client of v2 can see of the record."""
    unchanged(payload.get("rank", ABSENT), current.rank, "rank")
    return replace(current, label=payload["label"])


def create_badge_v3(payload: BadgeCreateV3, now: datetime) -> records.Badge:
    """Make the record that a client of v3 asks for."""
    return records.Badge(id=UNASSIGNED, label=payload["label"], rank=5, batch=payload.get("batch", "first"))


def update_badge_v3(current: records.Badge, payload: BadgeUpdateV3, now: datetime) -> records.Badge:
    """Change what a client of v3 sent, and nothing else."""
    return replace(current, label=payload.get("label", current.label))


def replace_badge_v3(current: records.Badge, payload: BadgeReplaceV3, now: datetime) -> records.Badge:
    """Replace what a client of v3 can see of the record."""
    return replace(current, label=payload["label"])
