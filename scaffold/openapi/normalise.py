"""What a document says, without how it says it: two documents that promise the same become equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

PROSE = frozenset(
    {"title", "description", "summary", "example", "examples", "externalDocs", "deprecated", "$schema", "$comment"}
)
"""Keywords of a schema that bound no value."""

EMPTY: Mapping[str, Any] = {
    "minLength": 0,
    "minItems": 0,
    "minProperties": 0,
    "uniqueItems": False,
    "additionalProperties": True,
    "required": [],
    "readOnly": False,
    "writeOnly": False,
    "nullable": False,
}
"""Keywords at the value at which they say nothing."""

MAPS = ("properties", "patternProperties", "dependentSchemas")
LISTS = ("anyOf", "oneOf", "allOf")
SINGLES = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")


def normalise(document: Mapping[str, Any]) -> dict[str, Any]:
    """Paths, methods, parameters, bodies, answers and their schemas, regardless of order, prose and references.

    Names of components, operation ids, tags, examples and vendor extensions are left out. A reference is put in
    place; one that leads back into itself becomes the number of schemas between, so recursion ends.

    Raises:
        KeyError: a reference leads nowhere.
    """
    return {
        path: {
            method: _operation(document, item, _found(document, item)[method])
            for method in METHODS
            if method in _found(document, item)
        }
        for path, item in (document.get("paths") or {}).items()
    }


def _found(document: Mapping[str, Any], item: Any) -> Any:
    """What `item` is, following references from document to component."""
    while isinstance(item, Mapping) and isinstance(item.get("$ref"), str) and set(item) <= {"$ref", *PROSE}:
        item = _target(document, item["$ref"])
    return item


def _target(document: Mapping[str, Any], ref: str) -> Any:
    if not ref.startswith("#/"):
        raise KeyError(ref)
    found: Any = document
    for part in ref[2:].split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def _operation(document: Mapping[str, Any], item: Any, operation: Mapping[str, Any]) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    shared = _found(document, item).get("parameters") or ()
    for given in (*shared, *(operation.get("parameters") or ())):
        p = _found(document, given)
        parameters[f"{p['in']} {p['name'].lower() if p['in'] == 'header' else p['name']}"] = {
            "required": p.get("required", False),
            **_carried(document, p),
        }
    made: dict[str, Any] = {"parameters": dict(sorted(parameters.items()))}
    if operation.get("requestBody") is not None:
        body = _found(document, operation["requestBody"])
        made["body"] = {"required": body.get("required", False), **_content(document, body)}
    made["responses"] = {
        str(status): _response(document, _found(document, response))
        for status, response in sorted((operation.get("responses") or {}).items(), key=lambda pair: str(pair[0]))
    }
    return made


def _response(document: Mapping[str, Any], response: Mapping[str, Any]) -> dict[str, Any]:
    made = _content(document, response)
    headers = {
        name.lower(): _carried(document, _found(document, header))
        for name, header in sorted((response.get("headers") or {}).items())
    }
    return made | ({"headers": headers} if headers else {})


def _content(document: Mapping[str, Any], holder: Mapping[str, Any]) -> dict[str, Any]:
    return {media: _carried(document, carried) for media, carried in sorted((holder.get("content") or {}).items())}


def _carried(document: Mapping[str, Any], holder: Mapping[str, Any] | None) -> dict[str, Any]:
    if holder is None or holder.get("schema") is None:
        return _content(document, holder or {})
    return {"schema": _Reader(document).read(holder["schema"])}


@dataclass
class _Reader:
    """Reads one schema; `open_` says at which depth each reference that is being read began."""

    document: Mapping[str, Any]
    open_: dict[str, int] = field(default_factory=dict)
    depth: int = 0

    def read(self, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        ref = given.get("$ref")
        if isinstance(ref, str):
            return self._reference(ref, given)
        self.depth += 1
        made = {word: self._value(word, value) for word, value in given.items() if _says(word, value)}
        self.depth -= 1
        return _simple(made)

    def _reference(self, ref: str, given: Mapping[str, Any]) -> Any:
        beside = {word: value for word, value in given.items() if word != "$ref" and _says(word, value)}
        if beside:
            return self.read({**beside, "allOf": [*beside.get("allOf", ()), {"$ref": ref}]})
        if ref in self.open_:
            return {"recursion": self.depth - self.open_[ref]}
        self.open_[ref] = self.depth
        made = self.read(_target(self.document, ref))
        del self.open_[ref]
        return made

    def _value(self, word: str, value: Any) -> Any:
        if word in MAPS:
            return {name: self.read(inner) for name, inner in sorted(value.items())}
        if word in LISTS:
            return sorted((self.read(inner) for inner in value), key=_text)
        if word == "prefixItems":
            return [self.read(inner) for inner in value]
        if word in SINGLES:
            return self.read(value)
        if word in ("required", "enum", "type") and isinstance(value, list):
            return sorted(value, key=_text)
        return value


def _says(word: str, value: Any) -> bool:
    if word in PROSE or word.startswith("x-"):
        return False
    return word not in EMPTY or value != EMPTY[word] or isinstance(value, bool) != isinstance(EMPTY[word], bool)


def _simple(made: dict[str, Any]) -> Any:
    """One way to write what can be written in several: null, constants, and lists of one."""
    if "const" in made:
        made["enum"] = [made.pop("const")]
    if made.pop("nullable", False) and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
        if "enum" in made and None not in made["enum"]:
            made["enum"] = [*made["enum"], None]
    if isinstance(made.get("type"), list):
        made["type"] = sorted(made["type"])
        if len(made["type"]) == 1:
            (made["type"],) = made["type"]
    for word in LISTS:
        if len(made.get(word, ())) == 1:
            (only,) = made.pop(word)
            made = {**only, **made} if isinstance(only, dict) and not set(only) & set(made) else {**made, word: [only]}
    if set(made) == {"anyOf"} and len(made["anyOf"]) == 2 and {"type": "null"} in made["anyOf"]:
        (other,) = (inner for inner in made["anyOf"] if inner != {"type": "null"})
        if isinstance(other, dict) and isinstance(other.get("type"), str):
            made = {**other, "type": sorted([other["type"], "null"])}
            if "enum" in made:
                made["enum"] = sorted([*made["enum"], None], key=_text)
    if isinstance(made.get("enum"), list):
        made["enum"] = sorted(made["enum"], key=_text)
    return dict(sorted(made.items()))


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
