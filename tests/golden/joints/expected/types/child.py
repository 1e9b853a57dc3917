"""The forms of Child that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NotRequired

from typing_extensions import TypedDict

from .. import joint_codecs, records
from ..absent import ABSENT
from ..kept import Kept, differs, keep, written
from ..shapes import Shape


class ChildV1(TypedDict):
    """Child as it is shown, since v1."""

    name: str
    pet: NotRequired[str]


CHILD_V1 = Shape[ChildV1](ChildV1)


class ChildV2(TypedDict):
    """Child as it is shown, since v2."""

    first_name: str
    last_name: str
    pet: NotRequired[str]


CHILD_V2 = Shape[ChildV2](ChildV2)


def _name_child_v1(record: records.Child) -> str:
    """The `name` that v1 is shown; word for word what it wrote, while that stands."""
    shown = shown_name_child_v1(record.first_name, record.last_name)
    return written(record.kept, "name@v1", [record.first_name, record.last_name], shown)


def child_v1(record: records.Child) -> ChildV1:
    """Show the record to a client of v1.

    v2: Split `Child.name` into `first_name` and `last_name`.
    """
    shown: ChildV1 = {"name": _name_child_v1(record)}
    if record.pet is not ABSENT:
        shown["pet"] = record.pet
    return shown


def create_child_v1(payload: ChildV1, now: datetime) -> records.Child:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    name_sent = payload["name"]
    first_name, last_name = stored_name_child_v1(name_sent)
    keep(kept, "name@v1", name_sent, [first_name, last_name], shown_name_child_v1(first_name, last_name))
    return records.Child(first_name=first_name, last_name=last_name, pet=payload.get("pet", ABSENT), kept=kept)


def replace_child_v1(current: records.Child, payload: ChildV1, now: datetime) -> records.Child:
    """Replace what a client of v1 can see of the record."""
    kept = dict(current.kept)
    first_name = current.first_name
    last_name = current.last_name
    name_sent = payload["name"]
    if differs(name_sent, _name_child_v1(current)):
        first_name, last_name = stored_name_child_v1(name_sent)
        keep(kept, "name@v1", name_sent, [first_name, last_name], shown_name_child_v1(first_name, last_name))
    return replace(current, first_name=first_name, last_name=last_name, pet=payload.get("pet", ABSENT), kept=kept)


def child_v2(record: records.Child) -> ChildV2:
    """Show the record to a client of v2."""
    shown: ChildV2 = {"first_name": record.first_name, "last_name": record.last_name}
    if record.pet is not ABSENT:
        shown["pet"] = record.pet
    return shown


def create_child_v2(payload: ChildV2, now: datetime) -> records.Child:
    """Make the record that a client of v2 asks for."""
    return records.Child(
        first_name=payload["first_name"], last_name=payload["last_name"], pet=payload.get("pet", ABSENT), kept={}
    )


def replace_child_v2(current: records.Child, payload: ChildV2, now: datetime) -> records.Child:
    """Replace what a client of v2 can see of the record."""
    return replace(
        current, first_name=payload["first_name"], last_name=payload["last_name"], pet=payload.get("pet", ABSENT)
    )


def shown_name_child_v1(first_name: str, last_name: str) -> str:
    """`name` as v1 is shown it, of what is stored."""
    return joint_codecs.join_words(first_name, last_name)


def stored_name_child_v1(name: str) -> tuple[str, str]:
    """What is stored of `name` as v1 sends it."""
    first_name, last_name = joint_codecs.split_words(name, 2)
    return first_name, last_name
