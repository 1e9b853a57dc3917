"""A migration as a file: its id is the digest of what it does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .python import text
from .render import render
from .script_meanings import stated


@dataclass(frozen=True)
class Migration:
    """One script: where it goes below `migrations/versions`, and its text."""

    revision: str
    down_revision: str | None
    filename: str
    text: str


def script(template: str, view: Mapping[str, object], down_revision: str | None, named: str, version: str) -> Migration:
    """The script that `template` makes of `view`, after `down_revision`; its file says `named` and the version."""
    body = stated(render(template, revision="", down_revision=repr(down_revision), **view))
    revision = hashlib.sha256(body.encode()).hexdigest()[:12]
    down = "None" if down_revision is None else text(down_revision)
    made = stated(render(template, revision=text(revision), down_revision=down, **view))
    slug = re.sub(r"\W+", "_", version).strip("_").lower()
    return Migration(revision, down_revision, f"{revision}_{named}{slug}.py", made)
