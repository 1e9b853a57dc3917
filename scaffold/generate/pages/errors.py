"""How an error of a version looks, as its page shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ...contract.error_form import Errors
from ..error_forms import served_form
from ..runtime.error_forms import known


@dataclass(frozen=True)
class ErrorSample:
    """The media type of errors, and one of them."""

    media_type: str
    body: str


def sample(errors: Errors, base: str) -> ErrorSample:
    """The error that is answered below `base` where a value is missing in a body."""
    form = served_form(errors)
    facts = {
        **known(422, "invalid", "Invalid request", "/problems", f"{base}/things"),
        "$detail": "body.name: Field required",
        "$request_id": "0f3a6c1e9b7d4f52",
    }
    members = {"errors": [{"loc": ["body", "name"], "msg": "Field required", "type": "missing"}]}
    return ErrorSample(form.media_type, json.dumps(form.written(facts, members), indent=2, ensure_ascii=False))
