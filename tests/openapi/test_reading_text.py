"""Text of published documents: JSON and YAML, and what is said where it goes wrong."""

from __future__ import annotations

import json

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.openapi.reading import parse, read

from .reading import doc, refused

YAML = """\
openapi: 3.1.0
info: {title: Shop, version: 1.10}
paths:
  /things:
    get:
      responses:
        200:
          description: 2026-01-01
        default: {description: no}
"""


def test_json_and_yaml_say_the_same() -> None:
    document = doc({"Thing": {"type": "object", "properties": {"a": {"type": "string", "default": "2026-01-01"}}}})
    text = json.dumps(document)
    assert parse(text, "a.json") == parse(text.encode(), "a.yaml") == document
    assert parse(b"\xef\xbb\xbf" + text.encode(), "a.json") == document


def test_yaml_keeps_dates_and_words_as_text_and_keys_as_they_are_written() -> None:
    document = parse(YAML, "a.yaml")
    responses = document["paths"]["/things"]["get"]["responses"]
    assert responses == {"200": {"description": "2026-01-01"}, "default": {"description": "no"}}
    assert document["openapi"] == "3.1.0"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("-1", -1), ("1.5", 1.5), ("1e3", 1000.0), (".5", 0.5), ("0o17", 15), ("0x1F", 31),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("yes", "yes"), ("off", "off"),
        ("'1'", "1"), ('"null"', "null"), ("!!str 1", "1"), ("!!float 1", 1.0), ("12:30", "12:30"), ("1_000", "1_000"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), ("|\n  a\n  b", "a\nb\n"), ("[a, 1]", ["a", 1]),
    ],
)  # fmt: skip
def test_yaml_scalars_are_those_of_its_core_schema(text: str, value: object) -> None:
    found = parse(f"openapi: 3.1.0\nx-it: {text}\n", "a.yaml")["x-it"]
    assert found == value
    assert type(found) is type(value)


def test_yaml_anchors_and_merge_keys_are_written_out() -> None:
    text = "openapi: 3.1.0\nx-a: &a {b: 1, c: 2}\nx-b: *a\nx-c: {<<: *a, c: 3}\nx-d: {<<: [*a, {e: 5}]}\n"
    document = parse(text, "a.yaml")
    assert document["x-b"] == {"b": 1, "c": 2}
    assert document["x-c"] == {"b": 1, "c": 3}
    assert document["x-d"] == {"b": 1, "c": 2, "e": 5}


@pytest.mark.parametrize(
    ("text", "file", "code", "words", "line"),
    [
        ("", "a.json", "SC701", "is empty", 1),
        ("[1]", "a.json", "SC701", "holds a list", 1),
        ("just text", "a.yaml", "SC701", "holds `just text`", 1),
        ('{"openapi": "3.1.0",\n "info": {', "a.json", "SC700", "it ends too early", 2),
        ('{"openapi": "3.1.0",\n "info": "x', "a.json", "SC700", "it ends too early", 2),
        ('{"openapi": "3.1.0"\n "info": 1}', "a.json", "SC700", "expecting ',' delimiter", 2),
        ('{"openapi": "3.1.0", "x-a": NaN}', "a.json", "SC700", "`NaN` is no number", 1),
        ('{"openapi": "3.1.0", "x-a": "\\ud800"}', "a.json", "SC700", "half of a surrogate pair", 1),
        ("openapi: 3.1.0\ninfo: [1, 2\npaths: {}", "a.yaml", "SC700", "is not YAML", 3),
        ("openapi: 3.1.0\nx-a: !python/object:os.system x", "a.yaml", "SC700", "says nothing in JSON", 2),
        ("openapi: 3.1.0\nx-a: *b", "a.yaml", "SC700", "stands for nothing", 2),
        ("openapi: 3.1.0\n---\nopenapi: 3.1.0", "a.yaml", "SC700", "a second YAML document", 2),
        ("openapi: 3.1.0\n? [a]\n: b", "a.yaml", "SC700", "cannot be a key", 2),
        ('{"openapi": "3.1.0",\n "x-a": {"b": 1,\n "b": 2}}', "a.json", "SC704", "the key `b` stands here twice", 3),
        ("openapi: 3.1.0\nx-a: 1\nx-a: 2", "a.yaml", "SC704", "the key `x-a` stands here twice", 3),
        ('{"info": {}}', "a.json", "SC702", "no key `openapi`", 1),
        ('{\n"swagger": "2.0"}', "a.json", "SC702", "is a Swagger 2.0 document", 2),
        ("info: {}\nopenapi: 4.0.0", "a.yaml", "SC702", "is OpenAPI 4.0.0", 2),
        ("openapi: 3.2.0", "a.yaml", "SC702", "is OpenAPI 3.2.0", 1),
        ("openapi: 3.1", "a.yaml", "SC702", "is 3.1, which is no text", 1),
    ],
)
def test_what_is_no_document_is_told_with_its_line(text: str, file: str, code: str, words: str, line: int) -> None:
    (found, message, at), *_ = refused(text, file)
    assert found == code
    assert words in message
    assert at == line


def test_bytes_that_are_no_utf8_are_told_with_their_line() -> None:
    assert refused(b'{"openapi":\n "3.1.0", "x": "\xff"}') == [("SC700", "`shop.json` is not UTF-8", 2)]
    assert refused('{"openapi": "3.1.0"}'.encode("utf-16"))[0][0] == "SC700"


def test_a_swagger_document_is_told_the_way_out() -> None:
    with pytest.raises(ScaffoldError) as caught:
        parse('{"swagger": "2.0"}', "old.json")
    assert "swagger2openapi" in str(caught.value.diagnostics[0].help)


@pytest.mark.parametrize("deep", ['{"a":' * 5000 + "1" + "}" * 5000, "[" * 100_000])
def test_endless_nesting_is_an_error_and_no_crash(deep: str) -> None:
    text = f'{{"openapi": "3.1.0", "info": {{"title": "a", "version": "1"}}, "paths": {{}}, "x-a": {deep}}}'
    assert refused(text, "a.json")[0][0] in ("SC700", "SC703")
    assert refused(text, "a.yaml")[0][0] in ("SC700", "SC703")


def test_aliases_that_stand_for_too_much_are_refused() -> None:
    lines = ["openapi: 3.1.0", "x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    ((code, message, _),) = refused("\n".join(lines), "bomb.yaml")
    assert code == "SC703"
    assert "aliases" in message


def test_too_many_bytes_are_refused() -> None:
    ((code, message, _),) = refused(b" " * 64_000_001)
    assert code == "SC703"
    assert "64 MB" in message


def test_a_document_without_text_is_read_too() -> None:
    assert read(doc(), version="v1", file="a.json").title == "Shop"
    with pytest.raises(ScaffoldError) as caught:
        read({"openapi": "2"}, version="v1", file="a.json")
    assert caught.value.diagnostics[0].code == "SC702"
