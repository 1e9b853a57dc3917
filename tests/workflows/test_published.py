"""Published documents on the command line: taken in, compared and given out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scaffold.diagnostics import ScaffoldError
from scaffold.openapi import document, to_json
from scaffold.project.layout import spec_files
from scaffold.spec import load
from scaffold.workflows.diff import diff
from scaffold.workflows.project_state import read_spec
from scaffold.workflows.published import api_name, base_path, read_sources

from ..projects import run, scaffold


def pets(version: str, **more: str) -> dict[str, Any]:
    """A document of one operation; `more` are the texts that a pet has, a question mark behind a name: optional."""
    fields = {"name": "The name it answers to.", **more}
    pet = {
        "type": "object",
        "properties": {n.rstrip("?"): {"type": "string", "description": text} for n, text in fields.items()},
        "required": [n for n in fields if not n.endswith("?")],
    }
    carried = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
    operation = {
        "operationId": "add_pet",
        "requestBody": {"required": True, "content": carried},
        "responses": {"200": {"description": "The pet.", "content": carried}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pet Shop", "version": version},
        "servers": [{"url": f"https://pets.example.com/shop/v{version.partition('.')[0]}"}],
        "paths": {"/pets": {"post": operation}},
        "components": {"schemas": {"Pet": pet}},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three versions of a document."""
    (tmp_path / "one.json").write_text(json.dumps(pets("1", nick="What friends call it.")))
    (tmp_path / "two.json").write_text(json.dumps(pets("2.0.1", nickname="What friends call it.")))
    (tmp_path / "three.json").write_text(
        json.dumps(pets("3", nickname="What friends call it.", **{"age?": "In years."}))
    )
    return tmp_path


def test_a_project_is_made_of_documents_and_goes_on_with_further_ones(folder: Path) -> None:
    done = scaffold("new", "pets", "--from-openapi", "one.json", "two.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "given back as published" in done.stderr
    place = folder / "pets"
    spec = (place / "api.yaml").read_text()
    assert "unspecified: v1" in spec
    assert "base_path: /shop" in spec
    assert "rename: Pet.nick" in spec
    assert "guessed: " in spec
    done = scaffold("import", "openapi", "../three.json", cwd=place)
    assert done.returncode == 0, done.stderr
    history = load(read_spec(place, spec_files(place))).history
    assert [v.id for v in history.versions] == ["v1", "v2", "v3"]
    assert scaffold("check", cwd=place).returncode == 0
    assert json.loads((place / "openapi/v3.json").read_text())["info"]["version"] == "3"


def test_a_bump_may_be_a_published_document(folder: Path) -> None:
    assert scaffold("new", "pets", "--from-openapi", "one.json", cwd=folder).returncode == 0
    place = folder / "pets"
    done = scaffold("bump-version", "--from-openapi", "../two.json", "--no-guess", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "v2, because ../two.json is published as v2." in done.stderr
    assert "v1 is deprecated on" in done.stderr
    text = (place / "api.yaml").read_text()
    assert "remove: Pet.nick" in text
    assert "undecided" in text
    done = scaffold("bump-version", "--from-openapi", "../two.json", cwd=place)
    assert (done.returncode, "SC451" in done.stderr) == (2, True)
    assert scaffold("bump-version", "--undo", cwd=place).returncode == 0
    assert "v2" not in (place / "api.yaml").read_text()


def test_without_a_project_the_spec_is_printed_or_put_into_a_folder(folder: Path) -> None:
    printed = scaffold("import", "openapi", "one.json", "two.json", cwd=folder)
    assert printed.returncode == 0, printed.stderr
    assert [v.id for v in load(printed.stdout).history.versions] == ["v1", "v2"]
    done = scaffold("import", "openapi", "one.json", "two.json", "--output", "spec", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "spec/api.yaml").read_text() == printed.stdout
    assert scaffold("import", "openapi", "one.json", "--output", "spec", cwd=folder).returncode == 2
    data = json.loads(scaffold("import", "openapi", "one.json", "two.json", "--json", cwd=folder).stdout)
    assert data["schema"] == 1
    assert data["versions"][1]["guesses"][0]["address"] == "Pet.nick"


def test_documents_in_the_wrong_order_are_put_right_with_a_warning(folder: Path) -> None:
    done = scaffold("import", "openapi", "two.json", "one.json", cwd=folder)
    assert done.returncode == 0
    assert "SC452" in done.stderr
    assert [v.id for v in load(done.stdout).history.versions] == ["v1", "v2"]


def test_every_mistake_is_told_at_once_and_nothing_is_written(folder: Path) -> None:
    (folder / "cut.json").write_text('{"openapi": "3.1.0", "info": {')
    done = scaffold("import", "openapi", "cut.json", "gone.json", "--output", "spec", cwd=folder)
    assert done.returncode == 2
    assert "SC700" in done.stderr
    assert "SC450" in done.stderr
    assert not (folder / "spec").exists()
    assert "Traceback" not in done.stderr


def test_two_apis_are_said_to_be_two(folder: Path) -> None:
    other = pets("2", title="Of the book.")
    other["paths"] = {"/books": other["paths"].pop("/pets")}
    other["paths"]["/books"]["post"]["operationId"] = "add_book"
    other["components"]["schemas"]["Pet"]["properties"] = {"isbn": {"type": "integer"}, "pages": {"type": "integer"}}
    (folder / "other.json").write_text(
        json.dumps(other).replace("schemas/Pet", "schemas/Book").replace('"Pet"', '"Book"')
    )
    assert "SC453" in scaffold("import", "openapi", "one.json", "other.json", cwd=folder).stderr


SHOP = """\
api: {name: shop, base_path: /api}
types:
  Status: {enum: [draft, published]}
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: str
      email: {type: email, unique: true}
      status: {type: Status, default: draft}
      made: {type: datetime, read_only: true, on_create: now}
    operations: [list, get, create, update, replace, delete]
    sort: [name]
versions:
  - {id: v1, released: 2025-01-15}
  - {id: v2, released: 2026-01-15, changes: [{rename: User.name, to: full_name}]}
"""


def test_a_version_and_its_own_document_do_not_differ(tmp_path: Path) -> None:
    """What no document says, such as which field is the key, is no difference either."""
    (tmp_path / "api.yaml").write_text(SHOP)
    (tmp_path / "pyproject.toml").write_text('[tool.scaffold]\npackage = "shop"\n')
    history = load(SHOP).history
    for version in history.versions:
        made = document(history.contract(version.id), history.api, version)
        (tmp_path / f"{version.id}.json").write_text(to_json(made))
    for pair in (("v1", "v1.json"), ("v2.json", "v2")):
        assert diff(tmp_path, *pair).output is None
    for pair in (("v1", "v2.json"), ("v1.json", "v2")):
        found = diff(tmp_path, *pair).output or ""
        assert "Renamed `User.name` to `full_name`" in found
        assert "User.id" not in found
        assert "status" not in found


def test_versions_documents_and_revisions_are_compared(folder: Path) -> None:
    assert scaffold("new", "pets", "--from-openapi", "one.json", "two.json", cwd=folder).returncode == 0
    place = folder / "pets"
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=place, check=True)
    said = [scaffold("diff", *pair, cwd=place) for pair in (("v1", "v2"), ("../one.json", "v2"), ("HEAD:v1", "v2"))]
    for done in said:
        assert done.returncode == 0, done.stderr
        assert "Renamed `Pet.nick` to `nickname`" in done.stdout
        assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert scaffold("diff", "HEAD", "v2", cwd=place).stdout == ""
    rows = json.loads(scaffold("diff", "v1", "v2", "--json", cwd=place).stdout)["changes"]
    assert (rows[0]["request"], rows[0]["response"]) == ("breaking", "breaking")
    done = scaffold("diff", "v1", "v9", cwd=place)
    assert (done.returncode, "SC460" in done.stderr) == (2, True)


def test_a_version_is_given_out_as_json_and_as_yaml(folder: Path) -> None:
    assert scaffold("new", "pets", "--from-openapi", "one.json", "two.json", cwd=folder).returncode == 0
    place = folder / "pets"
    made = scaffold("export", "openapi", "v2", cwd=place).stdout
    assert made == (place / "openapi/v2.json").read_text()
    assert YAML(typ="safe").load(scaffold("export", "openapi", "v2", "--yaml", cwd=place).stdout) == json.loads(made)
    assert scaffold("export", "openapi", "v9", cwd=place).returncode == 2


@pytest.mark.parametrize(
    ("files", "versions"),
    [
        ({"a.json": "1", "b.json": "v2"}, ["v1", "v2"]),
        ({"a.json": "1.4.0", "b.json": "3.0"}, ["v1", "v3"]),
        ({"a.json": "2025-01-02", "b.json": "2026-01-02"}, ["2025-01-02", "2026-01-02"]),
        ({"pets-v3.json": "1.0", "pets-v4.json": "1.1"}, ["v3", "v4"]),
        ({"a.json": "0.1.0", "b.json": "0.2.0"}, ["v1", "v2"]),
        ({"v7=a.json": "1", "b.json": "8"}, ["v7", "v8"]),
    ],
)
def test_a_version_is_what_is_said_else_what_the_document_or_its_file_is_called(
    tmp_path: Path, files: dict[str, str], versions: list[str]
) -> None:
    for name, version in files.items():
        (tmp_path / name.rpartition("=")[2]).write_text(json.dumps(pets(version)))
    sources, warnings = read_sources(tmp_path, list(files))
    assert [s.version for s in sources] == versions
    assert warnings == ()


def test_versions_that_cannot_be_told_apart_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(pets("1")))
    with pytest.raises(ScaffoldError) as caught:
        read_sources(tmp_path, ["v1=a.json", "v1=a.json"])
    assert [d.code for d in caught.value.diagnostics] == ["SC451"]


def test_names_and_paths_follow_from_the_document() -> None:
    assert base_path(["https://a.com/pal/servlet/Payment/v68"], "v68") == "/pal/servlet/Payment"
    assert base_path(["https://a.com"], "v1") == ""
    assert base_path(["/api/2"], "v2") == "/api"
    assert base_path(["https://{host}/x y/"], "v1") == ""
    assert api_name("Adyen BinLookup API (test)") == "adyen-binlookup-api-test"
    assert api_name("3DS") == "api-3ds"
    assert api_name("日本") == "api"


def test_a_named_type_that_is_no_object_does_not_stop_the_next_version(folder: Path) -> None:
    for name in ("one.json", "two.json"):
        document = json.loads((folder / name).read_text())
        schemas = document["components"]["schemas"]
        schemas["Tags"] = {"type": "array", "items": {"type": "string"}}
        schemas["Pet"]["properties"]["tags"] = {"$ref": "#/components/schemas/Tags"}
        (folder / name).write_text(json.dumps(document))
    assert scaffold("new", "pets", "--from-openapi", "one.json", cwd=folder).returncode == 0
    done = scaffold("import", "openapi", "../two.json", cwd=folder / "pets")
    assert done.returncode == 0, done.stderr
    done = scaffold("bump-version", "--change", "rename Pet.name to title", cwd=folder / "pets")
    assert done.returncode == 0, done.stderr


def thing(name: str) -> dict[str, Any]:
    """An operation that takes and gives a component."""
    carried = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    answers = {"200": {"description": "It.", "content": carried}}
    return {"post": {"requestBody": {"required": True, "content": carried}, "responses": answers}}


ODD = ["ACH", "A", "Foo", "foo", "FOO", "Any", "Absent", "Literal_", "None_", "list", "datetime", "Shape", "a.b", "a-b"]
"""Names of components that Python, the spec or the generated modules have a use for, and some that look alike."""


def test_components_may_be_called_whatever_they_like(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}}, "required": ["at"]}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Odd", "version": "1"},
        "servers": [{"url": "https://odd.example.com"}],
        "paths": {**{f"/p{n}": thing(name) for n, name in enumerate(ODD)}, "x-a": "kept", "x-b": [1]},
        "components": {"schemas": dict.fromkeys(ODD, schema)},
    }
    (tmp_path / "odd.json").write_text(json.dumps(document))
    done = scaffold("new", "odd", "--from-openapi", "odd.json", "--defaults", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "given back as published" in done.stderr
    _passes(tmp_path / "odd")


@pytest.mark.parametrize("paths", [{}, {"paths": {}}])
def test_a_document_of_webhooks_alone_makes_a_project(paths: dict[str, Any], tmp_path: Path) -> None:
    answer = {"responses": {"200": {"description": "Heard."}}}
    hooks = {"paid": {"post": {"operationId": "paid", **answer}}}
    document = {"openapi": "3.1.0", "info": {"title": "Hooks", "version": "1"}, "webhooks": hooks, **paths}
    (tmp_path / "hooks.json").write_text(json.dumps(document))
    done = scaffold("new", "hooks", "--from-openapi", "hooks.json", "--defaults", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "given back as published" in done.stderr
    _passes(tmp_path / "hooks")


def _passes(place: Path) -> None:
    """The project's own tests pass."""
    done = run(place, "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout
