"""Documents that others published, and documents larger than anybody writes by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI
from fastapi import Path as PathValue

from scaffold.contract.named_types import AliasType
from scaffold.contract.types import Ref, Scalar
from scaffold.diagnostics import ScaffoldError
from scaffold.openapi.reading import RemarkKind, parse, read

from .reading import doc, published, refused, said

ADYEN = Path(os.environ.get("SCAFFOLD_SHARED", "../shared")) / "histories" / "adyen"
FILES = sorted(ADYEN.glob("*.json"))

shared = pytest.mark.skipif(not FILES, reason=f"no published documents in {ADYEN}")


@shared
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_published_document_is_read_and_given_back(file: Path) -> None:
    document = parse(file.read_bytes(), file.name)
    found = published(document)
    assert found.stated_version == file.stem.rpartition("-v")[2]
    assert set(found.contract.types) >= set(document["components"]["schemas"])
    stated = sum(len(item) for item in document["paths"].values())
    assert len(found.contract.operations) == stated
    assert found.servers


@shared
def test_all_that_published_documents_say_in_another_way_is_known() -> None:
    """Wrappers without a type, a `type` beside variants that are not of it: nothing else."""
    kinds: dict[RemarkKind, set[str]] = {}
    for file in FILES:
        for remark in read(parse(file.read_bytes(), file.name), version="v1", file=file.name).remarks:
            kinds.setdefault(remark.kind, set()).add(remark.place.removeprefix("#/components/schemas/"))
    assert set(kinds) == {RemarkKind.ASSUMED, RemarkKind.IGNORED, RemarkKind.UNCHECKED}
    assert all(place.endswith("Wrapper") for place in kinds[RemarkKind.ASSUMED])
    info = {"duplicateInfo", "fraudInfo", "notDeliveredInfo", "otherInfo"}
    assert kinds[RemarkKind.IGNORED] == {f"PatchableDisputeRequest/properties/{i}/oneOf/1" for i in info}
    assert kinds[RemarkKind.UNCHECKED] == {
        "PatchableDisputeRequest/properties/status/type",
        "PatchableNotDeliveredInfo/properties/whoCancelled/type",
    }


@shared
def test_a_published_document_that_is_cut_off_is_refused() -> None:
    text = FILES[0].read_bytes()
    for part in (0.1, 0.5, 0.9, 0.999):
        ((code, message, line),) = refused(text[: int(len(text) * part)])
        assert code == "SC700"
        assert "ends too early" in message or "expecting" in message
        assert line is not None


def large(types: int) -> dict[str, Any]:
    """A document of so many types, each leading to others."""
    schemas = {
        f"Type{n}": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "description": "Which one of them this is."},
                "next": {"$ref": f"#/components/schemas/Type{(n * 7 + 1) % types}"},
                "some": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
            },
        }
        for n in range(types)
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Type0"}}}
    answer = {"200": {"description": "", "content": content}}
    return doc(schemas, {f"/things{n}": {"get": {"responses": answer}} for n in range(types // 10)})


@pytest.mark.slow
def test_ten_thousand_types_are_read_in_seconds() -> None:
    text = json.dumps(large(10_000))
    start = time.process_time()
    found = read(parse(text, "a.json"), version="v1", file="a.json")
    assert len(found.contract.types) == 10_000
    assert time.process_time() - start < 15


@pytest.mark.slow
def test_fifty_megabytes_are_read_in_seconds() -> None:
    text = json.dumps({**doc({"A": {"type": "string"}}), "x-data": ["y" * 1000] * 50_000})
    assert len(text) > 50_000_000
    start = time.process_time()
    read(parse(text, "a.json"), version="v1", file="a.json")
    assert time.process_time() - start < 15


def test_long_ways_of_references_end() -> None:
    names = {f"A{n}": {"$ref": f"#/components/schemas/A{n + 1}"} for n in range(2000)}
    found = read(doc({**names, "A2000": {"type": "string"}}), version="v1", file="a.json").contract
    first, last = found.types["A0"], found.types["A2000"]
    assert isinstance(first, AliasType)
    assert isinstance(last, AliasType)
    assert (first.type, last.type) == (Ref("A1"), Scalar(last.type.kind) if isinstance(last.type, Scalar) else None)
    circle = {**names, "A2000": {"$ref": "#/components/schemas/A0"}}
    assert {code for code, _, _ in refused(doc(circle))} == {"SC713"}


def test_parts_that_hold_each_other_too_deeply_are_an_error_and_no_crash() -> None:
    schemas: dict[str, Any] = {
        f"A{n}": {"allOf": [{"$ref": f"#/components/schemas/A{n + 1}"}, {"required": [f"p{n}"]}]} for n in range(3000)
    }
    with pytest.raises(ScaffoldError) as caught:
        read(doc({**schemas, "A3000": {"type": "object"}}), version="v1", file="a.json")
    assert caught.value.diagnostics[0].code == "SC703"


def test_the_document_of_a_fastapi_application_is_given_back() -> None:
    app = FastAPI(title="Items", version="2.0")

    @app.get("/", tags=["Root"])
    def root() -> None: ...

    @app.get("/items/{item-id}")
    def get_item(
        id_: Annotated[int, PathValue(alias="item-id")], verbose: bool | None = None
    ) -> dict[str, list[int | str | None]]:
        return {}

    @app.post("/items/", status_code=201, responses={404: {"description": "None."}})
    def add(item: dict[str, float]) -> list[dict[str, bool]]:
        return []

    found = published(app.openapi())
    assert [o.id for o in found.contract.operations] == [
        "root__get", "get_item_items__item_id__get", "add_items__post",
    ]  # fmt: skip
    assert said(found) == []


def test_nothing_of_the_libraries_is_loaded_until_a_document_is_read() -> None:
    heavy = ["jsonschema_rs", "openapi_spec_validator", "jsonschema"]
    code = f"import sys, scaffold.openapi.reading; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_reading_twice_gives_the_same() -> None:
    document = large(20)
    one, two = (read(document, version="v1", file="a.json") for _ in range(2))
    assert one == two
