"""What every answer says of versions, read by libraries that know nothing of the program."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

import http_sf
import httpx2

DATES = (
    (datetime(2025, 9, 1, tzinfo=UTC), datetime(2026, 7, 14, tzinfo=UTC)),
    (datetime(2026, 6, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)),
    (None, None),
)
"""When each version was deprecated, and ends."""


def names(value: str) -> list[str]:
    """The members of a list in a header."""
    return [name.strip().lower() for name in value.split(",") if name.strip()]


def check_lifecycle(answer: httpx2.Response, place: int) -> None:
    """`Deprecation` and `Sunset` of the version at `place` in the history."""
    deprecated, sunset = DATES[place]
    told = answer.headers.get("deprecation")
    assert (None if told is None else http_sf.parse(told.encode(), tltype="item")[0]) == deprecated
    told = answer.headers.get("sunset")
    assert (None if told is None else parsedate_to_datetime(told)) == sunset
    if told is not None:
        assert format_datetime(parsedate_to_datetime(told), usegmt=True) == told


def code(answer: httpx2.Response) -> str:
    """Which problem an answer tells, in either of the formats."""
    body = answer.json()
    if answer.headers["content-type"] == "application/problem+json":
        assert (body["status"], body["requestId"]) == (answer.status_code, answer.headers["x-request-id"])
        return str(body["type"]).rpartition("/")[2]
    assert answer.headers["content-type"] == "application/vnd.shop.error+json"
    said = body["about"]
    assert (said["id"], said["kind"]) == (answer.headers["x-request-id"], str(body["error"]).upper())
    assert said["at"].startswith("/"), (said, str(answer.request.url))
    return str(body["error"]).replace("_", "-")
