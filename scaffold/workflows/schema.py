"""`scaffold schema`: the JSON Schema of the spec, for editors."""

from __future__ import annotations

import json

from ..spec import schema as spec_schema
from .outcome import Outcome


def schema() -> Outcome:
    """The JSON Schema (draft 2020-12) that `api.yaml` is written against."""
    found = spec_schema()
    return Outcome(output=json.dumps(found, indent=2, ensure_ascii=False), data=found)
