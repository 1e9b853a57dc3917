"""The values of Mood that versions show and accept."""

from __future__ import annotations

from typing import Literal

from .. import records
from ..variants import Except, Open, OpenMeaning, Otherwise

MoodV1 = Literal["calm", "loud"] | str
"""The values of Mood since v1."""

MoodV2 = Literal["calm", "loud"]
"""The values of Mood since v2."""

MOOD_V2_UP: Open[MoodV2 | str, records.Mood] = Open(
    {
        "calm": "calm",
        "loud": "loud",
    }
)

MOOD_V2_DOWN: Otherwise[records.Mood, MoodV2] = Otherwise(
    {
        "calm": "calm",
        "loud": "loud",
    },
    "calm",
)

MOOD_V2_MEANS: OpenMeaning[MoodV2 | str, records.Mood] = OpenMeaning(
    {
        "calm": Except(["loud"]),
        "loud": ("loud",),
    }
)
