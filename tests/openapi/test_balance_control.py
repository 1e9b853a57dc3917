"""A real history: our words for a published API give the documents that its owner published.

Compared are paths, methods, parameters, types, required, enums and constraints, for both versions. Not compared yet:
security schemes, examples, texts, operation ids and tags.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from scaffold.openapi import document, normalise
from scaffold.spec import load

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SCAFFOLD_SHARED", HERE.parents[1] / ".." / "shared"))
PUBLISHED = SHARED / "histories" / "adyen"


def published(version: str) -> dict[str, Any]:
    path = PUBLISHED / f"BalanceControlService-{version}.json"
    if not path.is_file():
        pytest.skip(f"the published histories are not at {PUBLISHED}: set SCAFFOLD_SHARED")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def exported(version: str) -> dict[str, Any]:
    text = (HERE / "balance_control.yaml").read_text(encoding="utf-8")
    history = load(text, file="balance_control.yaml").history
    return document(history.contract(version), history.api, history.version(version))


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_the_exported_document_promises_what_the_published_one_does(version: str) -> None:
    ours, theirs = normalise(exported(version)), normalise(published(version))
    assert set(ours) == set(theirs)
    for path in theirs:
        assert ours[path] == theirs[path]


def test_the_comparison_would_notice_a_difference() -> None:
    theirs = published("v1")
    theirs["components"]["schemas"]["Amount"]["properties"]["currency"]["maxLength"] = 4
    assert normalise(exported("v1")) != normalise(theirs)
