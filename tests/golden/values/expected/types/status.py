"""The values of Status that versions show and accept."""

from __future__ import annotations

from typing import Literal

from .. import records

StatusV1 = Literal["draft", "published", "inactive"]
"""The values of Status since v1."""

STATUS_V1_UP: dict[StatusV1, records.Status] = {
    "draft": "published",
    "published": "published",
    "inactive": "hidden",
}

STATUS_V1_DOWN: dict[records.Status, StatusV1] = {
    "published": "published",
    "hidden": "inactive",
    "archived": "published",
}

STATUS_V1_MEANS: dict[StatusV1, tuple[records.Status, ...]] = {
    "draft": (),
    "published": ("published", "archived"),
    "inactive": ("hidden",),
}

StatusV2 = Literal["draft", "published", "hidden", "archived"]
"""The values of Status since v2."""

STATUS_V2_UP: dict[StatusV2, records.Status] = {
    "draft": "published",
    "published": "published",
    "hidden": "hidden",
    "archived": "archived",
}

STATUS_V2_DOWN: dict[records.Status, StatusV2] = {
    "published": "published",
    "hidden": "hidden",
    "archived": "archived",
}

STATUS_V2_MEANS: dict[StatusV2, tuple[records.Status, ...]] = {
    "draft": (),
    "published": ("published",),
    "hidden": ("hidden",),
    "archived": ("archived",),
}

StatusV3 = Literal["published", "hidden", "archived"]
"""The values of Status since v3."""
