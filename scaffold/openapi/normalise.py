"""What a document says, without how it says it: two documents that promise the same become equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .comparing.unions import evened_types, evened_unions

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
    "properties": {},
}
"""Keywords at the value at which they say nothing."""

MAPS = ("properties", "patternProperties", "dependentSchemas")
LISTS = ("anyOf", "oneOf", "allOf")
SINGLES = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")


def normalise(document: Mapping[str, Any]) -> dict[str, Any]:
    """Paths, methods, parameters, bodies, answers and their schemas, regardless of order, prose and references.

    Names of components, operation ids, tags, examples and vendor extensions are left out. A reference is put in
    place; one that leads back into itself becomes the number of schemas between, so recursion ends. A request has
    nothing that is only shown, an answer nothing that is only sent.

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
            **_carried(document, p, "readOnly"),
        }
    made: dict[str, Any] = {"parameters": dict(sorted(parameters.items()))}
    if operation.get("requestBody") is not None:
        body = _found(document, operation["requestBody"])
        made["body"] = {"required": body.get("required", False), **_content(document, body, "readOnly")}
    made["responses"] = {
        str(status): _response(document, _found(document, response))
        for status, response in sorted((operation.get("responses") or {}).items(), key=lambda pair: str(pair[0]))
    }
    return made


def _response(document: Mapping[str, Any], response: Mapping[str, Any]) -> dict[str, Any]:
    made = _content(document, response, "writeOnly")
    headers = {
        name.lower(): _carried(document, _found(document, header), "writeOnly")
        for name, header in sorted((response.get("headers") or {}).items())
    }
    return made | ({"headers": headers} if headers else {})


def _content(document: Mapping[str, Any], holder: Mapping[str, Any], hidden: str) -> dict[str, Any]:
    content = sorted((holder.get("content") or {}).items())
    return {media: _carried(document, carried, hidden) for media, carried in content}


def _carried(document: Mapping[str, Any], holder: Mapping[str, Any] | None, hidden: str) -> dict[str, Any]:
    if holder is None or holder.get("schema") is None:
        return _content(document, holder or {}, hidden)
    return {"schema": _Reader(document, hidden).read(holder["schema"])}


@dataclass
class _Reader:
    """Reads one schema, without the properties that have the mark `hidden`.

    `open_` says at which depth each reference that is being read began.
    """

    document: Mapping[str, Any]
    hidden: str
    open_: dict[str, int] = field(default_factory=dict)
    depth: int = 0

    def read(self, given: Any) -> Any:
        if isinstance(given, bool):
            given = {} if given else {"not": {}}
        if not isinstance(given, Mapping):
            return given
        ref = given.get("$ref")
        if isinstance(ref, str):
            return self._reference(ref, given)
        self.depth += 1
        seen = self._shown(given)
        made = {word: self._value(word, value) for word, value in seen.items() if _says(word, value)}
        self.depth -= 1
        return _simple(made)

    def _shown(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """`given` without the properties that are hidden on this side."""
        properties = given.get("properties")
        if not isinstance(properties, Mapping):
            return given
        left = {n: p for n, p in properties.items() if not (isinstance(p, Mapping) and p.get(self.hidden) is True)}
        required = [name for name in given.get("required") or () if name in left or name not in properties]
        return {**given, "properties": left, "required": required}

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
        if word == "discriminator" and isinstance(value, Mapping):
            mapping = sorted((value.get("mapping") or {}).items())
            found = {key: self.read({"$ref": self._place(name)}) for key, name in mapping}
            return {"propertyName": value.get("propertyName"), "mapping": found}
        if word in ("required", "enum", "type") and isinstance(value, list):
            return sorted(value, key=_text)
        return value

    def _place(self, name: str) -> str:
        """Where the schema is that a discriminator names: it may leave out that it is a component."""
        known = (self.document.get("components") or {}).get("schemas") or {}
        return f"#/components/schemas/{name}" if name in known else name


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
    for word in LISTS:
        if len(made.get(word, ())) == 1:
            (only,) = made.pop(word)
            made = {**only, **made} if isinstance(only, dict) and not set(only) & set(made) else {**made, word: [only]}
    made = evened_types(evened_unions(made))
    if isinstance(made.get("enum"), list):
        made["enum"] = sorted(made["enum"], key=_text)
    return dict(sorted(made.items()))


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
