"""The text of a published document as JSON values: from JSON or YAML, with the places of what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ...diagnostics import Diagnostic, ScaffoldError, Span
from .problems import Document, said
from .yaml_text import read_yaml

MAX_BYTES = 64_000_000

_LONE = re.compile(r"\\u[dD][89a-fA-F]")


def parse(text: bytes | str, file: str) -> dict[str, Any]:
    """The OpenAPI document that `text` holds, as JSON or YAML; `file` is what messages call it.

    Raises:
        ScaffoldError: SC700 to SC704, at the line where the text goes wrong.
    """
    if len(text) > MAX_BYTES:
        size = f"{len(text) / 1_000_000:.0f} MB"
        raise _at("SC703", f"`{file}` has {size}, and {MAX_BYTES // 1_000_000} MB are the most", file)
    decoded = _decoded(text, file) if isinstance(text, bytes) else text
    decoded = decoded.removeprefix("\ufeff")
    if not decoded.strip():
        raise _at("SC701", f"`{file}` is empty", file)
    looks_json = decoded.lstrip()[:1] in ("{", "[") and not file.endswith((".yaml", ".yml"))
    value = _read_json(decoded, file) if looks_json else read_yaml(decoded, file)
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else f"`{said(value)}`"
        raise _at("SC701", f"`{file}` holds {kind}, not a mapping", file, "an OpenAPI document begins with `openapi:`")
    check_version(value, file, decoded)
    document = Document(value)
    document.text = decoded
    return document


def _decoded(text: bytes, file: str) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        before = text[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        span = Span(file, line, column, line, column + 1)
        raise ScaffoldError(
            Diagnostic("SC700", f"`{file}` is not UTF-8", span, "save it as UTF-8, or look whether it is a document")
        ) from None


def _read_json(text: str, file: str) -> Any:
    doubled: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _ in pairs]
            doubled.extend(dict.fromkeys(n for n in names if names.count(n) > 1))
        return made

    def no_number(word: str) -> Any:
        raise ValueError(f"`{word}` is no number in JSON")

    try:
        value = json.loads(text, object_pairs_hook=mapping, parse_constant=no_number)
    except json.JSONDecodeError as error:
        span = Span(file, error.lineno, error.colno, error.lineno, error.colno + 1)
        ends = not text[error.pos :].strip() or error.msg.startswith("Unterminated string")
        cause = "it ends too early" if ends else error.msg[:1].lower() + error.msg[1:]
        help_ = "the file is cut off: fetch it again" if ends else None
        raise ScaffoldError(Diagnostic("SC700", f"`{file}` is not JSON: {cause}", span, help_)) from None
    except RecursionError:
        raise _at("SC703", f"`{file}` is nested too deeply", file) from None
    except ValueError as error:
        raise _at("SC700", f"`{file}` is not JSON: {said(error)}", file) from None
    if doubled:
        read_yaml(text, file)  # tells the lines, since JSON is YAML
        named = ", ".join(f"`{n}`" for n in dict.fromkeys(doubled))
        raise _at("SC704", f"`{file}`: keys stand twice in one mapping: {named}", file, "keep one of each")
    if _LONE.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise _at("SC700", f"`{file}` holds half of a surrogate pair (`\\ud800` to `\\udfff`)", file) from None
    return value


def check_version(value: Mapping[str, Any], file: str, text: str = "") -> None:
    """Go on only with a document of OpenAPI 3.0 or 3.1.

    Raises:
        ScaffoldError: SC702 for any other.
    """
    stated = value.get("openapi")
    if stated is None and "swagger" in value:
        raise _at(
            "SC702",
            f"`{file}` is a Swagger {value['swagger']} document, and OpenAPI 3.0 and 3.1 are read",
            file,
            "convert it first: `npx swagger2openapi` or https://converter.swagger.io",
            _line_of(text, "swagger"),
        )
    if stated is None:
        raise _at("SC702", f"`{file}` has no key `openapi`: it is no OpenAPI document", file, "`openapi: 3.1.0`")
    line = _line_of(text, "openapi")
    if not isinstance(stated, str):
        cause = f"`openapi` of `{file}` is {said(stated)}, which is no text"
        raise _at("SC702", cause, file, "put it into quotes: `openapi: '3.1.0'`", line)
    if not re.fullmatch(r"3\.[01](\.\d+)?(-.+)?", stated):
        message = f"`{file}` is OpenAPI {said(stated)}, and 3.0 and 3.1 are read"
        raise _at("SC702", message, file, "convert it to 3.1", line)


def _line_of(text: str, key: str) -> int:
    found = re.search(rf"^[ \t{{]*[\"']?{key}[\"']?[ \t]*:", text, re.MULTILINE)
    return 1 if found is None else text.count("\n", 0, found.end()) + 1


def _at(code: str, message: str, file: str, help_: str | None = None, line: int = 1) -> ScaffoldError:
    return ScaffoldError(Diagnostic(code, message, Span(file, line, 1, line, 1), help_))
