"""Every error is told in the format of the version that was asked, with its request's id, and nothing of the inside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from scaffold.generate.runtime.calendar import Brownout
from scaffold.generate.runtime.error_forms import PROBLEM, SIMPLE, ErrorForm

from .conftest import Clock
from .shop.app import EDITIONS
from .shop.v1 import ROUTES

OFF = Brownout(date(2026, 5, 1), date(2026, 5, 2))
VERSION = replace(
    EDITIONS[0].version, brownouts=(OFF,), deprecations={"old_reports": (date(2025, 6, 1), date(2025, 6, 2))}
)
FIRST = replace(
    EDITIONS[0], version=VERSION, routes={**ROUTES, "v1.reports": ("get_report", "create_report", "old_reports")}
)
TOO_LARGE = b'{"name": "%b"}' % (b"a" * 200)
JSON = {"content-type": "application/json"}
ERRORS = {
    # what is sent, on a day: the status, the code, and a header that goes with it
    "not found": ("GET", "/users/99", b"", JSON, "", 404, "not-found", None),
    "no such path": ("GET", "/nothing", b"", JSON, "", 404, "not-found", None),
    "method": ("PUT", "/users", b"", JSON, "", 405, "method-not-allowed", ("allow", "GET, HEAD, OPTIONS, POST")),
    "not acceptable": ("GET", "/reports/unacceptable", b"", JSON, "", 406, "not-acceptable", None),
    "conflict": ("GET", "/reports/conflict", b"", JSON, "", 409, "conflict", None),
    "operation": ("GET", "/old-reports", b"", JSON, "", 410, "operation-retired", None),
    "retired": ("GET", "/users", b"", JSON, "2026-07-14", 410, "version-retired", None),
    "brownout": ("GET", "/users", b"", JSON, "2026-05-01", 410, "version-brownout", ("cache-control", "no-store")),
    "too large": ("POST", "/users", TOO_LARGE, JSON, "", 413, "content-too-large", None),
    "media type": (
        "POST",
        "/users",
        b"{}",
        {"content-type": "text/plain"},
        "",
        415,
        "unsupported-media-type",
        ("accept", "application/json, application/*+json"),
    ),
    "invalid": ("POST", "/users", b"{}", JSON, "", 422, "invalid", None),
    "unreadable": ("POST", "/users", b"{", JSON, "", 422, "invalid", None),
    "query": ("GET", "/users?limit=0", b"", JSON, "", 422, "invalid", None),
    "broken": ("GET", "/reports/broken", b"", JSON, "", 500, "internal-error", None),
}


FORMS = {
    "problem": PROBLEM,
    "simple": SIMPLE,
    "own": ErrorForm(
        {"error": {"code": "$code_upper", "text": "$detail|$title", "id": "$request_id"}, "at": "$instance"},
        "application/vnd.shop.error+json",
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("error", ERRORS)
def test_it_is_told_as_its_version_tells_errors(
    make: Callable[..., TestClient], clock: Clock, error: str, form: str
) -> None:
    method, path, body, headers, day, status, code, header = ERRORS[error]
    if day:
        clock.set(day)
    client = make(editions=(replace(FIRST, errors=FORMS[form]), *EDITIONS[1:]), max_body=100)
    answer = client.request(method, f"/api/v1{path}", content=body, headers={**headers, "x-request-id": "r-7"})
    assert (answer.status_code, answer.headers["x-request-id"]) == (status, "r-7")
    said = answer.json()
    if form == "problem":
        assert answer.headers["content-type"] == "application/problem+json"
        assert said["type"] == f"https://docs.example.com/problems/{code}"
        assert (said["status"], said["requestId"], said["title"][0].isupper()) == (status, "r-7", True)
        assert said["instance"] == f"/api/v1{path.partition('?')[0]}"
    elif form == "own":
        assert answer.headers["content-type"] == "application/vnd.shop.error+json"
        assert said["error"].pop("text")
        assert said == {
            "error": {"code": code.replace("-", "_").upper(), "id": "r-7"},
            "at": f"/api/v1{path.partition('?')[0]}",
        }
    else:
        assert answer.headers["content-type"] == "application/json"
        assert said["error"] == code.replace("-", "_")
        assert said["message"]
        assert "type" not in said
    if header is not None:
        assert answer.headers[header[0]] == header[1]
    for inside in ("SELECT", "/srv", "RuntimeError", "Traceback", ".py", "scaffold"):
        assert inside not in answer.text
