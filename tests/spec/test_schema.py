"""The JSON Schema of the spec, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scaffold.spec import load, schema
from scaffold.spec.scalars import Block, Raw, Row, values
from scaffold.spec.tree import read_tree

from .helpers import changed

EXAMPLES = Path(__file__).parents[2] / "examples"


def as_json(value: object) -> object:
    """What an editor sees: YAML 1.2 values."""
    from scaffold.spec.scalar_values import untyped

    assert isinstance(value, Raw | Block | Row)
    return untyped(value)


def test_the_schema_is_one_for_editors() -> None:
    made = schema()
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["additionalProperties"] is False
    assert json.loads(json.dumps(made)) == made
    assert schema() == made


@pytest.mark.parametrize(
    "text",
    [
        *(p.read_text(encoding="utf-8") for p in sorted(EXAMPLES.glob("*/api.yaml"))),
        (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8"),
        changed("- rename User.name to x", "- add: POST /users/{id}/ban", "  responses: {204: null, 200: User}"),
    ],
)
def test_a_good_spec_keeps_to_the_schema(text: str) -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    load(text)
    validator = jsonschema_rs.Draft202012Validator(schema())
    assert [e.message for e in validator.iter_errors(as_json(values(read_tree(text, "api.yaml"))))] == []


@pytest.mark.parametrize(
    "text",
    [
        "api: {name: x}\nnxt: []\n",
        "api: {name: x}\nnext: [{ad: User.x}]\n",
        "types: {}\n",
        "api: {name: x, x-a: 1}\n",
        "api: {name: x}\ntypes: {A: {one_of: A}}\n",
        "api: {name: x}\nauth: {schemes: {A: {type: basic}}}\n",
        "api: {name: x}\nnext: [{describe: x}]\n",
    ],
)
def test_a_bad_spec_does_not(text: str) -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    validator = jsonschema_rs.Draft202012Validator(schema())
    assert list(validator.iter_errors(as_json(values(read_tree(text, "api.yaml")))))
