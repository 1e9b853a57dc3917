"""A real history, stated in our own words, is served as it was published."""

from __future__ import annotations

import json
import os
from pathlib import Path

import httpx2
import pytest

from scaffold.openapi import normalise

from ..projects import make, served

pytestmark = pytest.mark.slow
SHARED = Path(os.environ.get("SCAFFOLD_SHARED", "../shared")).resolve()
SPEC = Path(__file__).parents[1] / "openapi" / "balance_control.yaml"
EDGE = {"404", "405", "409", "410", "413", "415", "422", "500"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("balance"), "balance", SPEC)


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_the_served_document_is_the_published_one(project: Path, tmp_path: Path, version: str) -> None:
    published = SHARED / "histories/adyen" / f"BalanceControlService-{version}.json"
    if not published.exists():
        pytest.skip(f"the published histories are not at {SHARED}; say where with SCAFFOLD_SHARED")
    theirs = json.loads(published.read_text())
    with served(project, "balance", DATABASE_URL=f"sqlite:///{tmp_path}/b.db") as base:
        versions = httpx2.get(f"{base}/api/versions").json()
        assert version in json.dumps(versions)
        ours = httpx2.get(f"{base}/api/{version}/openapi.json").json()
    for path, item in ours["paths"].items():
        for method, operation in item.items():
            stated = theirs["paths"][path][method]["responses"]
            added = set(operation["responses"]) - set(stated)
            assert added <= EDGE, "only what the edge answers by itself may be added"
            for status in added:
                del operation["responses"][status]
            for status in EDGE & set(stated):
                # A problem of the edge stands beside what the contract says of the same status.
                operation["responses"][status]["content"].pop("application/problem+json")
    assert normalise(ours) == normalise(theirs)
