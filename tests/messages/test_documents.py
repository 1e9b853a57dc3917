"""FastAPI's own document of the generated routes says what the contract says."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest

from .api import OPERATIONS, Project


@pytest.fixture(scope="module")
def found(project: Project) -> dict[str, list[str]]:
    """Where the two documents differ, by operation."""
    comparing = ModuleType("comparing")
    exec(project.files["tests/generated/comparing.py"], comparing.__dict__)
    promised = json.loads(project.files["openapi/v1.json"])
    coded = derived(project)
    for _, _, operation in comparing.operations(coded):
        if "HTTPValidationError" in json.dumps(operation["responses"].get("422", {})):
            del operation["responses"]["422"]
    mine, theirs = comparing.promises(promised), comparing.promises(coded)
    assert mine.keys() == theirs.keys()
    return {name: list(comparing.differences(mine[name], theirs[name])) for name in mine}


def derived(project: Project) -> dict[str, Any]:
    """The document of the first version, as the routes say it."""
    sites, versions = project.module("sites"), project.module("versions")
    shapes, documents, app = project.module("shapes"), project.module("documents"), project.module("app")

    async def provided() -> None: ...

    edition = versions.EDITIONS[0]
    catalogue = sites.Catalogue(f"{project.name}.generated", dict.fromkeys(app.HANDLERS, provided), None)
    envelope = shapes.Envelope(edition.envelope, "v1")
    site = sites.Site(catalogue, edition.version, sites.merged(versions.EDITIONS)["v1"], envelope)
    made: dict[str, Any] = documents.derived(site.operations(), envelope, "", "1")
    return made


@pytest.mark.parametrize("address", [o.address for o in OPERATIONS])
def test_the_routes_say_what_was_promised(found: dict[str, list[str]], address: str) -> None:
    assert found[address] == []
