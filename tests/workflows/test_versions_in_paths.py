"""Published documents that say their version in their paths: `/api/v2/items` at a server without one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scaffold.contract.history import History
from scaffold.diagnostics import ScaffoldError
from scaffold.openapi import differences, document
from scaffold.project.layout import spec_files
from scaffold.spec import load
from scaffold.workflows.import_openapi import import_openapi
from scaffold.workflows.prefixes import find_prefix
from scaffold.workflows.project_state import read_spec

from ..projects import scaffold

DAY = date(2026, 11, 1)


def items(
    prefix: str, number: str = "1.0.0", beside: tuple[str, ...] = (), server: str | None = None, **more: str
) -> dict[str, Any]:
    """A document with two paths below `prefix`, and the paths `beside` it; an item has the texts `more`."""
    names = ["name", *more]
    item = {"type": "object", "properties": {n: {"type": "string"} for n in names}, "required": names}
    carried = {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}
    answer = {"200": {"description": "The item.", "content": carried}}
    made: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Items", "version": number},
        "paths": {
            f"{prefix}/items": {"post": {"requestBody": {"required": True, "content": carried}, "responses": answer}},
            f"{prefix}/items/{{id}}": {
                "x-cached": True,
                "get": {
                    "operationId": "read_item",
                    "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                    "responses": answer,
                },
            },
            **{p: {"get": {"responses": {"204": {"description": "Well."}}}} for p in beside},
        },
        "components": {"schemas": {"Item": item}},
    }
    return made if server is None else {**made, "servers": [{"url": server}]}


def write(folder: Path, **documents: Mapping[str, Any]) -> list[str]:
    """The documents as files, in order."""
    for name, said in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(said))
    return [f"{name}.json" for name in documents]


def taken_in(folder: Path, *files: str) -> tuple[History, str, dict[str, Any]]:
    """The history that files make as a spec of its own, what was said, and what was said for programs."""
    done = import_openapi(folder, files, project=False, output=None, guess=True, released=DAY, dry_run=False)
    assert done.output is not None
    said = "\n".join([*done.summary, *(f"{d.code} {d.message}" for d in done.diagnostics)])
    return load(done.output).history, said, json.loads(json.dumps(done.data))


def given_back(history: History, version: str) -> dict[str, Any]:
    """The document of a version."""
    return document(history.contract(version), history.api, history.version(version))


def history_of(project: Path) -> History:
    return load(read_spec(project, spec_files(project))).history


@pytest.mark.parametrize(
    ("prefix", "server", "base"),
    [
        ("/api/{}", None, "/api"),
        ("/{}", "https://items.example.com/", ""),
        ("/rest/of/it/{}", "https://items.example.com/shop", "/shop/rest/of/it"),
    ],
)
def test_operations_have_one_identity_over_versions(tmp_path: Path, prefix: str, server: str | None, base: str) -> None:
    one, two = (items(prefix.format(v), server=server) for v in ("v1", "v2"))
    two["components"]["schemas"]["Item"]["properties"]["size"] = {"type": "string"}
    history, said, data = taken_in(tmp_path, *write(tmp_path, one=one, two=two))
    assert [v.id for v in history.versions] == ["v1", "v2"]
    assert [o.address for o in history.newest.operations] == ["POST /items", "GET /items/{id}"]
    assert history.api.base_path == base
    assert [c["change"] for c in data["versions"][1]["changes"]] == ["AddField"]
    assert "All documents are given back as published." in said
    assert "SC4" not in said
    for version, published in (("v1", one), ("v2", two)):
        assert differences(published, given_back(history, version)) == ()
        assert list(given_back(history, version)["paths"]) == list(published["paths"])


def test_versions_may_be_dates(tmp_path: Path) -> None:
    one, two = items("/2024-05-01"), items("/2025-05-01", colour="Its colour.")
    history, _, data = taken_in(tmp_path, *write(tmp_path, one=one, two=two))
    assert [v.id for v in history.versions] == ["2024-05-01", "2025-05-01"]
    assert [c["address"] for c in data["versions"][1]["changes"]] == ["Item.colour"]


def test_what_is_given_out_is_taken_in_as_the_same_again(tmp_path: Path) -> None:
    files = write(tmp_path, one=items("/api/v1"), two=items("/api/v2", beside=("/health",), colour="Its colour."))
    history, _, _ = taken_in(tmp_path, *files)
    again = write(tmp_path, three=given_back(history, "v1"), four=given_back(history, "v2"))
    first = scaffold("import", "openapi", *files, cwd=tmp_path)
    assert scaffold("import", "openapi", *again, cwd=tmp_path).stdout == first.stdout


def test_further_versions_come_one_by_one_as_they_come_at_once(tmp_path: Path) -> None:
    documents = {"one": items("/api/v1"), "two": items("/api/v2", a="x"), "three": items("/api/v3", a="x", b="x")}
    files = write(tmp_path, **documents)
    at_once, _, _ = taken_in(tmp_path, *files)
    assert scaffold("new", "items", "--from-openapi", "one.json", cwd=tmp_path).returncode == 0
    place = tmp_path / "items"
    done = scaffold("import", "openapi", "../two.json", cwd=place)
    assert done.returncode == 0, done.stderr
    done = scaffold("bump-version", "--from-openapi", "../three.json", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "v3, because ../three.json is published as v3." in done.stderr
    history = history_of(place)
    assert [a.change for a in history.applied] == [a.change for a in at_once.applied]
    exported = scaffold("export", "openapi", "v3", cwd=place).stdout
    assert exported == (place / "openapi/v3.json").read_text()
    assert differences(documents["three"], json.loads(exported)) == ()
    assert scaffold("check", cwd=place).returncode == 0


def test_a_version_of_ones_own_goes_on_below_its_own_prefix(tmp_path: Path) -> None:
    write(tmp_path, one=items("/api/v1"))
    assert scaffold("new", "items", "--from-openapi", "one.json", cwd=tmp_path).returncode == 0
    done = scaffold("bump-version", "--change", "rename Item.name to title", cwd=tmp_path / "items")
    assert done.returncode == 0, done.stderr
    made = json.loads(scaffold("export", "openapi", "v2", cwd=tmp_path / "items").stdout)
    assert list(made["paths"]) == ["/api/v2/items", "/api/v2/items/{id}"]


def test_only_some_documents_may_have_it(tmp_path: Path) -> None:
    one, two = items("", "1", server="https://a.com/api"), items("/api/v2", "2", server="https://a.com")
    two["paths"]["/api/v2/items"]["post"]["operationId"] = one["paths"]["/items"]["post"]["operationId"] = "add"
    three = items("", "3", server="https://a.com/api/v3")
    three["paths"]["/items"]["post"]["operationId"] = "add"
    history, said, data = taken_in(tmp_path, *write(tmp_path, one=one, two=two, three=three))
    assert history.api.base_path == "/api"
    assert {c["change"] for v in data["versions"] for c in v["changes"]} <= {"Describe"}
    assert "SC4" not in said
    for version, published in (("v1", one), ("v2", two), ("v3", three)):
        assert differences(published, given_back(history, version)) == ()


def test_addresses_that_cannot_be_kept_are_told(tmp_path: Path) -> None:
    history, said, _ = taken_in(tmp_path, *write(tmp_path, one=items("/api/v1"), two=items("/rest/v2", a="x")))
    assert "SC457" in said
    assert "`/rest/v2`" in said
    assert history.newest.operations[0].path == "/items"
    assert list(given_back(history, "v2")["paths"]) == ["/rest/v2/items", "/rest/v2/items/{id}"]
    kept = write(tmp_path, one=items("/api/v1", "1"), two=items("/api/v1", "2"))
    history, said, data = taken_in(tmp_path, *kept)
    assert "SC457" in said
    assert [c["change"] for c in data["versions"][1]["changes"]] == ["Describe"]
    assert list(given_back(history, "v2")["paths"]) == ["/api/v1/items", "/api/v1/items/{id}"]
    _, said, _ = taken_in(tmp_path, *write(tmp_path, one=items("", "1", server="https://a.com"), two=items("/api/v2")))
    assert "SC457" in said
    assert "`one.json`" in said


def test_paths_beside_it_stay_what_they_are_and_are_told(tmp_path: Path) -> None:
    one, two = (items(f"/api/{v}", beside=("/health",)) for v in ("v1", "v2"))
    history, said, data = taken_in(tmp_path, *write(tmp_path, one=one, two=two))
    assert [o.path for o in history.newest.operations] == ["/items", "/items/{id}", "/health"]
    assert data["versions"][1]["changes"] == []
    assert [(r["place"], "/api/v2/health" in r["message"]) for r in data["versions"][1]["remarks"]] == [
        ("#/paths/~1health", True)
    ]
    assert "one.json #/paths/~1health:" in said
    assert "given back as published" in said
    assert differences(two, given_back(history, "v2")) == ()


LEFT: dict[str, dict[str, Any]] = {
    "other versions": {"/api/v2/other": {"get": {"responses": {"204": {"description": "None."}}}}},
    "one path twice": {"/items": {"post": {"responses": {"204": {"description": "None."}}}}},
    "a reference into the paths": {"/api/v1/same": {"$ref": "#/paths/~1api~1v1~1items"}},
}


@pytest.mark.parametrize("paths", LEFT.values(), ids=LEFT)
def test_a_document_that_cannot_be_told_apart_is_left_as_it_is_with_a_remark(
    tmp_path: Path, paths: dict[str, Any]
) -> None:
    one = items("/api/v1")
    one["paths"] |= paths
    history, _, data = taken_in(tmp_path, *write(tmp_path, one=one, two=items("/api/v2")))
    assert "/api/v1/items" in [o.path for o in history.contracts[0].operations]
    assert "/api/v2/items" in [o.path for o in history.newest.operations]
    for version in data["versions"]:
        assert any("as they are" in r["message"] and r["place"] == "#/paths" for r in version["remarks"])


def test_a_version_that_the_document_is_not_stays_in_the_paths(tmp_path: Path) -> None:
    write(tmp_path, one=items("/api/v1"), two=items("/api/v2", server="https://a.com/v2"))
    for given, why in (("v7=one.json", "they name v1, and the document is v7"), ("two.json", "the server names")):
        history, _, data = taken_in(tmp_path, given)
        assert history.newest.operations[0].path in ("/api/v1/items", "/api/v2/items")
        assert [why in r["message"] for r in data["versions"][0]["remarks"]] == [True]


def test_remarks_and_mistakes_name_the_paths_that_were_published(tmp_path: Path) -> None:
    one = items("/api/v1")
    one["paths"]["/api/v1/items"]["post"]["requestBody"]["content"]["application/json"]["schema"] = {
        "type": "object",
        "minProperties": 1,
    }
    _, _, data = taken_in(tmp_path, *write(tmp_path, one=one))
    assert all(r["place"].startswith("#/paths/~1api~1v1~1items") for r in data["versions"][0]["remarks"])
    assert data["versions"][0]["remarks"]
    one["paths"]["/api/v1/items"]["post"]["responses"] = {"200": {"$ref": "#/components/responses/Gone"}}
    done = scaffold("import", "openapi", *write(tmp_path, one=one), cwd=tmp_path)
    assert "one.json#/paths/~1api~1v1~1items/post" in done.stderr


def test_diff_sees_through_it(tmp_path: Path) -> None:
    one, two, bare = items("/api/v1"), items("/api/v2", colour="x"), items("/v2", colour="x")
    write(tmp_path, one=one, two=two, bare=bare)
    shown = json.loads(scaffold("diff", "one.json", "two.json", "--json", cwd=tmp_path).stdout)
    assert [c["address"] for c in shown["changes"]] == ["Item.colour"]
    assert scaffold("new", "items", "--from-openapi", "one.json", cwd=tmp_path).returncode == 0
    place = tmp_path / "items"
    for pair in (("v1", "../two.json"), ("../one.json", "../two.json")):
        shown = json.loads(scaffold("diff", *pair, "--json", cwd=place).stdout)
        assert [c["address"] for c in shown["changes"]] == ["Item.colour"]
    left = items("/api/v1")
    left["paths"] |= LEFT["other versions"]
    write(tmp_path, left=left)
    shown = json.loads(scaffold("diff", "left.json", "left.json", "--json", cwd=tmp_path).stdout)
    assert shown["changes"] == []
    assert scaffold("new", "left", "--from-openapi", "left.json", cwd=tmp_path).returncode == 0
    shown = json.loads(scaffold("diff", "v1", "../one.json", "--json", cwd=tmp_path / "left").stdout)
    assert [c["change"] for c in shown["changes"]] == ["RemoveOperation"]


def test_a_prefix_in_a_spec_is_a_path(tmp_path: Path) -> None:
    spec = "api: {name: a}\ntypes: {}\noperations: {GET /a: {responses: {204: null}}}\ndocument: {prefix: %s}\n"
    assert load(spec % "'/a/{version}'").history.contracts[0].extra == {"prefix": "/a/{version}"}
    for wrong in ("api", "[/api]", "/a/{other}", "/api/"):
        with pytest.raises(ScaffoldError) as caught:
            load(spec % (f"'{wrong}'" if "{" in wrong else wrong))
        assert [d.code for d in caught.value.diagnostics] == ["SC233"]


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["/api/v1/items", "/api/v1/users/{id}"], "/api/v1"),
        (["/v1/items"], "/v1"),
        (["/v1/items", "/v1/items/v2"], "/v1"),
        (["/api/2024-05-01/items"], "/api/2024-05-01"),
        (["/items", "/users"], None),
        (["/items/{id}/v1"], None),
        (["/{tenant}/v1/items"], None),
        (["/api/v1.1/items"], None),
        (["/api/v1/items", "/a", "/b"], None),
        (["/api/v1/items", "/a"], "/api/v1"),
        (["/api/v1/items", "/api/v2/items"], None),
        (["/api/v1", "/api/v1/items"], "/api/v1"),
        (["/api/v1/"], "/api/v1"),
        ([], None),
    ],
)
def test_a_prefix_is_what_at_least_half_of_the_paths_share(paths: list[str], found: str | None) -> None:
    prefix = find_prefix({"paths": {path: {} for path in paths}})
    assert (None if prefix is None else prefix.path) == found
