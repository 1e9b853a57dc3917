"""A version's document as it is served."""

from __future__ import annotations

from typing import Any

from scaffold.generate.runtime.calendar import Notice, Stage, Version
from scaffold.generate.runtime.overlay import overlaid

NOTICE = Notice(
    version=Version(id="v1", release="1"),
    stage=Stage.STABLE,
    headers=(),
    successor=None,
    steps=(),
    documentation=None,
    guides=None,
    linked=False,
)


def test_what_stands_under_x_keys_is_nobodys_path() -> None:
    operation = {"responses": {"200": {"description": "Fine."}}}
    paths: dict[str, Any] = {
        "x-text": "a",
        "x-list": [1],
        "x-none": None,
        "x-item": {"get": {"summary": "no operation"}},
        "/items": {"x-text": "a", "x-list": [1], "x-none": None, "x-item": {"get": {}}, "get": operation},
    }
    given = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": paths}
    served = overlaid(given, NOTICE, "/v1")["paths"]
    assert {word: value for word, value in served.items() if word != "/items"} == {
        word: value for word, value in paths.items() if word != "/items"
    }
    assert "500" in served["/items"]["get"]["responses"]
    assert served["/items"]["x-item"] == {"get": {}}
