"""What was published comes back: read, then written, a document says what it said, to the last description."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from scaffold.contract.contract import Contract
from scaffold.contract.history import Api, Version
from scaffold.openapi import differences, document
from scaffold.openapi.reading import parse, read

from .random_documents import documents

SHARED = Path(os.environ.get("SCAFFOLD_SHARED", Path(__file__).parents[2] / ".." / "shared"))
PUBLISHED = sorted((SHARED / "histories").glob("*/*.json"))


def contract(published: Any) -> Contract:
    return read(published, version="v1", file="published.json").contract


def written(of: Contract) -> dict[str, Any]:
    return document(of, Api("shop", "Another title", description="Another text."), Version("v7", None))


def told(one: Any, other: Any) -> list[str]:
    """The differences of two documents, as a failing test shows them."""
    return [str(found) for found in differences(one, other)]


@pytest.mark.skipif(not PUBLISHED, reason=f"no published histories at {SHARED}: set SCAFFOLD_SHARED")
def test_there_are_as_many_published_documents_as_are_known() -> None:
    assert len(PUBLISHED) == 34


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_published_documents_come_back_as_they_were(path: Path) -> None:
    published = parse(path.read_bytes(), path.name)
    found = written(contract(published))
    assert told(published, found) == []
    again = contract(found)
    assert again == contract(published)
    assert written(again) == found


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_every_word_of_a_published_document_counts(path: Path) -> None:
    """The comparison above would notice a change of any text, number or mark of the document."""
    published = json.loads(path.read_text(encoding="utf-8"))
    texts = json.dumps(published)
    for word in ("description", "operationId", "maxLength", "format", "x-addedInVersion", "url"):
        changed = json.loads(texts.replace(f'"{word}": ', f'"x-{word}": ', 1))
        assert changed == published or told(published, changed)


@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(documents())
def test_documents_of_every_construct_come_back_as_they_were(published: dict[str, Any]) -> None:
    found = written(contract(published))
    assert told(published, found) == []
    again = contract(found)
    assert again == contract(published)
    assert written(again) == found


def test_a_document_of_3_0_comes_back_in_the_words_of_3_1() -> None:
    card = {"$ref": "#/components/schemas/Card"}
    properties = {
        "note": {"type": "string", "nullable": True, "maxLength": 3, "example": "a"},
        "kind": {"type": "string", "enum": ["a", "b"], "nullable": True},
        "next": {"allOf": [card], "nullable": True, "description": "The next one."},
        "other": {"oneOf": [card, {"type": "string"}], "nullable": True},
        "amount": {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": False},
        "picture": {"type": "string", "format": "byte"},
        "file": {"type": "string", "format": "binary"},
    }
    published = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Card": {"type": "object", "properties": properties}}},
    }
    found = written(contract(published))
    assert found["openapi"] == "3.1.0"
    assert told(published, found) == []
    assert written(contract(found)) == found
    said = found["components"]["schemas"]["Card"]["properties"]
    assert said["kind"] == {"type": ["string", "null"], "enum": ["a", "b", None]}
    assert said["next"] == {"anyOf": [card, {"type": "null"}], "description": "The next one."}
    assert said["amount"] == {"type": "number", "exclusiveMinimum": 0, "maximum": 9}


def test_paths_keep_what_is_said_beside_their_operations() -> None:
    item = {
        "servers": [{"url": "https://a.example"}],
        "x-a": 1,
        "get": {"operationId": "see", "tags": ["a"], "responses": {"200": {"description": "Seen."}}},
    }
    published = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/x": item, "x-b": 2}}
    found = written(contract(published))
    assert found["paths"] == published["paths"]
    assert "tags" not in found


@pytest.mark.parametrize("kept", [{"x-note": None}, {"x-opt-in": {}}, {"x-enum-deprecated": []}], ids=str)
def test_extensions_that_say_nothing_are_kept_beside_an_enum(kept: dict[str, Any]) -> None:
    rate = {"type": "string", "enum": ["a", "b"], **kept}
    answer = {"description": "It went wrong.", "headers": {"X-Rate": {"schema": rate}}}
    published = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/cards": {"get": {"operationId": "listCards", "responses": {"500": answer}}}},
    }
    assert told(published, written(contract(published))) == []
