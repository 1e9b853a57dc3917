"""The values of State that versions show and accept."""

from __future__ import annotations

from typing import Literal

from .. import records

StateV1 = Literal["open", "waiting", "closed", "lost"]
"""The values of State since v1."""

STATE_V1_UP: dict[StateV1, records.State] = {
    "open": "open",
    "waiting": "paused",
    "closed": "done",
}

STATE_V1_DOWN: dict[records.State, StateV1] = {
    "open": "open",
    "paused": "waiting",
    "done": "closed",
}

STATE_V1_MEANS: dict[StateV1, tuple[records.State, ...]] = {
    "open": ("open",),
    "waiting": ("paused",),
    "closed": ("done",),
}

StateV2 = Literal["open", "blocked", "scheduled", "closed"]
"""The values of State since v2."""

STATE_V2_UP: dict[StateV2, records.State] = {
    "open": "open",
    "blocked": "paused",
    "scheduled": "paused",
    "closed": "done",
}

STATE_V2_DOWN: dict[records.State, StateV2] = {
    "open": "open",
    "paused": "blocked",
    "done": "closed",
}

STATE_V2_MEANS: dict[StateV2, tuple[records.State, ...]] = {
    "open": ("open",),
    "blocked": ("paused",),
    "scheduled": (),
    "closed": ("done",),
}

StateV3 = Literal["open", "paused", "done"]
"""The values of State since v3."""
