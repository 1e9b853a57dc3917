"""The values of Mood that versions show and accept."""

from __future__ import annotations

from typing import Literal

MoodV1 = Literal["calm", "loud", "merry"] | str
"""The values of Mood since v1."""
