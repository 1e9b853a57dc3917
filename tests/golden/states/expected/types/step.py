"""The forms of Step that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired

from typing_extensions import TypedDict

from .. import records, scalars
from ..absent import ABSENT
from ..kept import Kept, keep, written
from ..promised import Promised
from ..shapes import Shape
from ..taking import within
from . import state as state_shapes


class StepV1(TypedDict):
    """Step as it is shown, since v1."""

    id: scalars.Uuid
    state: state_shapes.StateV1
    note: NotRequired[str]


STEP_V1 = Shape[StepV1](StepV1)


class StepCreateV1(TypedDict):
    """What Step is created from, since v1."""

    id: scalars.Uuid
    state: Annotated[Literal["open", "waiting", "closed"], Promised(state_shapes.StateV1)]
    note: NotRequired[str]


STEP_CREATE_V1 = Shape[StepCreateV1](StepCreateV1)


class StepV2(TypedDict):
    """Step as it is shown, since v2."""

    id: scalars.Uuid
    state: state_shapes.StateV2
    note: NotRequired[str]


STEP_V2 = Shape[StepV2](StepV2)


class StepV3(TypedDict):
    """Step as it is shown, since v3."""

    id: scalars.Uuid
    state: state_shapes.StateV3
    note: NotRequired[str]


STEP_V3 = Shape[StepV3](StepV3)

STEP_STATE_V1 = Shape[Any](Literal["open", "waiting", "closed"])


def step_v1(record: records.Step) -> StepV1:
    """Show the record to a client of v1.

    v2: Split value `"waiting"` of `State` into `blocked` and `scheduled`.
    v2: Removed value `lost` from `State`.
    v3: Merged values `blocked` and `scheduled` of `State` into `"paused"`.
    v3: Renamed value `"closed"` of `State` to `"done"`.
    """
    shown: StepV1 = {"id": record.id, "state": state_shapes.STATE_V1_DOWN[record.state]}
    if record.note is not ABSENT:
        shown["note"] = record.note
    return shown


def create_step_v1(payload: StepCreateV1, now: datetime) -> records.Step:
    """Make the record that a client of v1 asks for."""
    return records.Step(
        id=payload["id"], state=state_shapes.STATE_V1_UP[payload["state"]], note=payload.get("note", ABSENT), kept={}
    )


def fresh_step_v1(payload: StepV1, now: datetime) -> records.Step:
    """Make the record that a client of v1 asks for."""
    return records.Step(
        id=payload["id"],
        state=state_shapes.STATE_V1_UP[within(STEP_STATE_V1, payload["state"], ABSENT, "state")],
        note=payload.get("note", ABSENT),
        kept={},
    )


def replace_step_v1(current: records.Step, payload: StepV1, now: datetime) -> records.Step:
    """Replace what a client of v1 can see of the record."""
    return replace(
        current,
        id=payload["id"],
        state=state_shapes.STATE_V1_UP[
            within(STEP_STATE_V1, payload["state"], state_shapes.STATE_V1_DOWN[current.state], "state")
        ],
        note=payload.get("note", ABSENT),
    )


def _state_step_v2(record: records.Step) -> state_shapes.StateV2:
    """The `state` that v2 is shown; word for word what it wrote, while that stands."""
    shown: state_shapes.StateV2 = state_shapes.STATE_V2_DOWN[record.state]
    stored = record.state
    return written(record.kept, "state@v2", stored, shown)


def step_v2(record: records.Step) -> StepV2:
    """Show the record to a client of v2.

    v3: Merged values `blocked` and `scheduled` of `State` into `"paused"`.
    v3: Renamed value `"closed"` of `State` to `"done"`.
    """
    shown: StepV2 = {"id": record.id, "state": _state_step_v2(record)}
    if record.note is not ABSENT:
        shown["note"] = record.note
    return shown


def create_step_v2(payload: StepV2, now: datetime) -> records.Step:
    """Make the record that a client of v2 asks for."""
    kept: Kept = {}
    state_sent = payload["state"]
    state = state_shapes.STATE_V2_UP[state_sent]
    keep(kept, "state@v2", state_sent, state, state_shapes.STATE_V2_DOWN[state])
    return records.Step(id=payload["id"], state=state, note=payload.get("note", ABSENT), kept=kept)


def replace_step_v2(current: records.Step, payload: StepV2, now: datetime) -> records.Step:
    """Replace what a client of v2 can see of the record."""
    kept = dict(current.kept)
    state_sent = payload["state"]
    state = current.state
    if state_sent != _state_step_v2(current):
        state = state_shapes.STATE_V2_UP[state_sent]
        keep(kept, "state@v2", state_sent, state, state_shapes.STATE_V2_DOWN[state])
    return replace(current, id=payload["id"], state=state, note=payload.get("note", ABSENT), kept=kept)


def step_v3(record: records.Step) -> StepV3:
    """Show the record to a client of v3."""
    shown: StepV3 = {"id": record.id, "state": record.state}
    if record.note is not ABSENT:
        shown["note"] = record.note
    return shown


def create_step_v3(payload: StepV3, now: datetime) -> records.Step:
    """Make the record that a client of v3 asks for."""
    return records.Step(id=payload["id"], state=payload["state"], note=payload.get("note", ABSENT), kept={})


def replace_step_v3(current: records.Step, payload: StepV3, now: datetime) -> records.Step:
    """Replace what a client of v3 can see of the record."""
    return replace(current, id=payload["id"], state=payload["state"], note=payload.get("note", ABSENT))
