"""The values of Status that versions show and accept."""

from __future__ import annotations

from typing import Annotated, Literal

from .. import records
from ..held_back import HeldBack, HeldMeaning, Withheld

StatusV1 = Literal["draft", "published", "lost"]
"""The values of Status since v1."""

STATUS_V1_UP: dict[StatusV1, records.Status] = {
    "draft": "sketch",
    "published": "published",
    "lost": "sketch",
}

STATUS_V1_DOWN: dict[records.Status, StatusV1] = {
    "sketch": "draft",
    "published": "published",
    "scheduled": "draft",
    "archived": "published",
}

STATUS_V1_MEANS: dict[StatusV1, tuple[records.Status, ...]] = {
    "draft": ("sketch", "scheduled"),
    "published": ("published", "archived"),
    "lost": (),
}

StatusV2 = Annotated[
    Literal["sketch", "published", "lost", "scheduled"],
    Withheld((("scheduled", "X-Preview-Values"),)),
]
"""The values of Status since v2."""

STATUS_V2_UP: dict[StatusV2, records.Status] = {
    "sketch": "sketch",
    "published": "published",
    "lost": "sketch",
    "scheduled": "scheduled",
}

STATUS_V2_DOWN: HeldBack[records.Status, StatusV2] = HeldBack(
    {
        "sketch": "sketch",
        "published": "published",
        "scheduled": "scheduled",
        "archived": "published",
    },
    {
        "scheduled": ("X-Preview-Values", "sketch"),
    },
)

STATUS_V2_MEANS: HeldMeaning[StatusV2, records.Status] = HeldMeaning(
    {
        "sketch": ("sketch",),
        "published": ("published", "archived"),
        "lost": (),
        "scheduled": ("scheduled",),
    },
    {
        "sketch": (("X-Preview-Values", ("scheduled",)),),
    },
)

StatusV3 = Annotated[
    Literal["sketch", "published", "scheduled", "archived"],
    Withheld((("scheduled", "X-Preview-Values"),)),
]
"""The values of Status since v3."""

STATUS_V3_UP: dict[StatusV3, records.Status] = {
    "sketch": "sketch",
    "published": "published",
    "scheduled": "scheduled",
    "archived": "archived",
}

STATUS_V3_DOWN: HeldBack[records.Status, StatusV3] = HeldBack(
    {
        "sketch": "sketch",
        "published": "published",
        "scheduled": "scheduled",
        "archived": "archived",
    },
    {
        "scheduled": ("X-Preview-Values", "sketch"),
    },
)

STATUS_V3_MEANS: HeldMeaning[StatusV3, records.Status] = HeldMeaning(
    {
        "sketch": ("sketch",),
        "published": ("published",),
        "scheduled": ("scheduled",),
        "archived": ("archived",),
    },
    {
        "sketch": (("X-Preview-Values", ("scheduled",)),),
    },
)

StatusV4 = Literal["sketch", "published", "scheduled", "archived"]
"""The values of Status since v4."""
