"""Random OpenAPI documents that use every construct: what reading and writing must give back."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

Draw = st.DrawFn
Json = dict[str, Any]

OBJECTS = ("Card", "Wallet", "acme.Node", "list")
"""Names of components that are objects: usual ones, and those that no type can have."""

BASE = "Card"
"""The object that others are made of; it refers to nothing."""

COMPONENTS = (*OBJECTS, "Money", "User-Input", "Tag", "None")

NAMES = ("id", "name", "class", "a-b", "Title2", "$odd", "type", "items", "kind", "é")
WORDS = st.text(string.ascii_letters + " .,:#'\"\n-é🙂", max_size=20)
TAGS, SCHEMES = ("cards", "wallets"), ("Key", "Basic", "OAuth")
MEDIA = (
    "application/json",
    "application/xml",
    "text/plain",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
)
SCALARS: tuple[Json, ...] = (
    {"type": "string"},
    {"type": "string", "format": "date"},
    {"type": "string", "format": "date-time"},
    {"type": "string", "format": "uuid", "maxLength": 36},
    {"type": "string", "format": "password", "minLength": 1},
    {"type": "string", "format": "byte", "contentEncoding": "base64"},
    {"type": "string", "format": "byte"},
    {"type": "string", "format": "decimal", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    {"type": "string", "format": "decimal"},
    {"type": "string", "pattern": "^[a-z]+$", "minLength": 0, "maxLength": 9},
    {"type": "integer"},
    {"type": "integer", "format": "int32", "minimum": 0},
    {"type": "integer", "format": "int64"},
    {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    {"type": "integer", "exclusiveMinimum": 0, "multipleOf": 5},
    {"type": "number"},
    {"type": "number", "format": "double", "maximum": 1.5},
    {"type": "boolean"},
    {"type": "boolean", "const": True},
    {"type": "string", "const": "fixed"},
    {"type": "integer", "enum": [1, 2, 3]},
    {"type": "number", "enum": [1, 2.5]},
    {"enum": ["a", 1, None]},
    {"type": "string", "enum": ["a", "B", ""]},
    {"enum": ["on", "off"]},
    {"type": "string", "enum": ["x", "y"], "x-extensible-enum": ["x", "y"]},
    {"type": "string", "x-extensible-enum": ["x", "y"]},
    {},
)


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


@st.composite
def said(draw: Draw, schema: Json) -> Json:
    """`schema` with prose, marks and keywords that nobody checks."""
    chosen = draw(st.lists(st.sampled_from(sorted(SAID)), max_size=3, unique=True)) if draw(st.booleans()) else []
    return {**schema, **{word: draw(SAID[word]) for word in chosen}}


SAID: dict[str, st.SearchStrategy[Any]] = {
    "description": WORDS,
    "title": WORDS,
    "deprecated": st.just(True),
    "example": st.just("a"),
    "examples": st.sampled_from((["a"], ["a", "b"])),
    "x-note": st.sampled_from((None, 0, {"$ref": "#/nowhere"}, ["b", "a"])),
    "externalDocs": st.just({"url": "https://a.example"}),
    "xml": st.just({"name": "n"}),
    "$comment": WORDS,
}


@st.composite
def objects(draw: Draw, named: tuple[str, ...], depth: int, names_: tuple[str, ...] = NAMES) -> Json:
    """An object with stated fields, some of `names_`, or with free ones."""
    made: Json = {"type": "object"}
    names = draw(st.lists(st.sampled_from(names_), max_size=4, unique=True))
    if names:
        made["properties"] = {name: draw(properties(named, depth - 1)) for name in names}
        required = draw(st.lists(st.sampled_from(names), unique=True))
        made |= {"required": required} if required else {}
    rest = draw(st.sampled_from(("absent", "absent", True, False, {}, "schema")))
    if rest == "schema":
        rest = draw(schemas(named, depth - 1))
    if rest != "absent":
        made["additionalProperties"] = rest
    if draw(st.integers(0, 9)) == 0:
        made |= draw(st.sampled_from(({"minProperties": 1}, {"patternProperties": {"^x-": {"type": "string"}}})))
    return made


@st.composite
def properties(draw: Draw, named: tuple[str, ...], depth: int) -> Any:
    made = draw(schemas(named, depth))
    if not isinstance(made, dict):
        return made
    if draw(st.integers(0, 4)) == 0:
        made = {**made, draw(st.sampled_from(("readOnly", "writeOnly"))): True}
    if draw(st.integers(0, 4)) == 0:
        made = {**made, "default": draw(st.sampled_from((None, 1, "a", [], {})))}
    return made


@st.composite
def unions(draw: Draw, named: tuple[str, ...], depth: int, direct: tuple[str, ...]) -> Json:
    """One of several schemas."""
    word = draw(st.sampled_from(("oneOf", "anyOf")))
    if direct and draw(st.booleans()):
        names = draw(st.lists(st.sampled_from(direct), min_size=1, max_size=3, unique=True))
        made: Json = {word: [reference(name) for name in names]}
        if draw(st.booleans()):
            tell: Json = {"propertyName": "kind"}
            if draw(st.booleans()):
                places = [draw(st.sampled_from((name, reference(name)["$ref"]))) for name in names]
                tell["mapping"] = {f"v{i}": place for i, place in enumerate(places)}
            made["discriminator"] = tell
        if set(names) <= set(OBJECTS) and draw(st.booleans()):
            made["type"] = "object"
        return made
    return {word: draw(st.lists(schemas(named, depth - 1, direct), min_size=1, max_size=3).filter(_apart))}


def _apart(variants: list[Any]) -> bool:
    """Whether every variant says something, and none of them allows null."""
    return all(isinstance(v, dict) and not _allows_null(v) for v in variants)


def _allows_null(schema: Json) -> bool:
    union = schema.get("anyOf") or schema.get("oneOf") or []
    typed = {"type", "enum", "const", "$ref", "allOf"} & set(schema)
    return (
        (not typed and not union)
        or "null" in schema.get("type", ())
        or None in schema.get("enum", ())
        or any(_allows_null(v) for v in union)
    )


@st.composite
def combined(draw: Draw, named: tuple[str, ...], depth: int) -> Json:
    """Schemas that hold together."""
    parts = [draw(objects(named, depth - 1, names)) for names in (NAMES[4:7], NAMES[7:])[: draw(st.integers(1, 2))]]
    for part in parts[1:]:
        part.pop("additionalProperties", None)
    refs = [reference(BASE)] if BASE in named and draw(st.booleans()) else []
    return {"allOf": [*refs, *parts]}


@st.composite
def schemas(draw: Draw, named: tuple[str, ...], depth: int = 2, direct: tuple[str, ...] | None = None) -> Any:
    """A schema, which may refer to the components called `named`; itself it is made of those called `direct`."""
    direct = named if direct is None else direct
    shapes = ["scalar", "scalar", "ref", "list", "types", "unchecked"]
    shapes += ["object", "object", "union", "combined", "free"] if depth > 0 else []
    match draw(st.sampled_from(shapes)):
        case "ref" if direct:
            made = reference(draw(st.sampled_from(direct)))
        case "list":
            made = {"type": "array", "items": draw(schemas(named, depth - 1))}
            made |= draw(st.sampled_from(({}, {"minItems": 1}, {"maxItems": 3, "uniqueItems": True})))
        case "types":
            made = draw(
                st.sampled_from(({"type": ["string", "integer"], "maxLength": 3}, {"type": ["string", "null"]}))
            )
        case "unchecked":
            made = draw(
                st.sampled_from(
                    (
                        {"type": "string", "not": {"const": "no"}},
                        {"type": "array", "prefixItems": [{"type": "string"}]},
                        {"type": "array", "contains": {"type": "integer"}},
                        {"if": {"type": "string"}, "then": {"minLength": 1}},
                    )
                )
            )
        case "object":
            made = draw(objects(named, depth))
        case "union":
            made = draw(unions(named, depth, direct))
        case "combined":
            made = draw(combined(named, depth))
        case "free":
            return draw(st.sampled_from((True, {"type": "object"}, {"type": "object", "additionalProperties": True})))
        case _:
            made = dict(draw(st.sampled_from(SCALARS)))
    return draw(said(draw(or_null(made))))


@st.composite
def or_null(draw: Draw, schema: Json) -> Json:
    """`schema`, or null too, in one of the ways to write it."""
    if draw(st.integers(0, 4)) or _allows_null(schema):
        return schema
    if (
        isinstance(schema.get("type"), str)
        and not {"enum", "const", "oneOf", "anyOf"} & set(schema)
        and draw(st.booleans())
    ):
        return schema | {"type": [schema["type"], "null"]}
    return {draw(st.sampled_from(("anyOf", "oneOf"))): draw(st.permutations([schema, {"type": "null"}]))}


@st.composite
def components(draw: Draw, named: tuple[str, ...], name: str, direct: tuple[str, ...]) -> Any:
    """The component called `name`."""
    if name in OBJECTS:
        return draw(said(draw(objects(() if name == BASE else named, 2, NAMES[:4]))))
    return draw(schemas(named, 2, direct))


@st.composite
def media(draw: Draw, named: tuple[str, ...]) -> Json:
    """What one form of a body says."""
    made: Json = {} if draw(st.integers(0, 5)) == 0 else {"schema": draw(schemas(named))}
    more = ({}, {}, {"example": 1}, {"examples": {"e": {"$ref": "#/components/examples/e"}}}, {"x-a": 1})
    return made | draw(st.sampled_from(more))


@st.composite
def contents(draw: Draw, named: tuple[str, ...]) -> Json:
    types = draw(st.lists(st.sampled_from(MEDIA), min_size=1, max_size=2, unique=True))
    return {type_: draw(media(named)) for type_ in types}


@st.composite
def parameters(draw: Draw, named: tuple[str, ...], name: str, place: str) -> Json:
    """A parameter called `name` at `place`."""
    made: Json = {"name": name, "in": place}
    if place == "path" or draw(st.booleans()):
        made["required"] = place == "path" or draw(st.booleans())
    for word, value in (("description", WORDS), ("deprecated", st.booleans()), ("x-a", st.none())):
        if draw(st.integers(0, 4)) == 0:
            made[word] = draw(value)
    if draw(st.integers(0, 4)) == 0:
        return made | {"content": {"application/json": {"schema": draw(schemas(named, 1))}}}
    made["schema"] = draw(properties(named, 1))
    if place == "query":
        styles = (
            {},
            {},
            {"style": "form", "explode": False},
            {"style": "deepObject", "explode": True},
            {"explode": True},
        )
        made |= draw(st.sampled_from(styles))
    return made | draw(st.sampled_from(({}, {}, {"example": "a"}, {"examples": {"e": {"value": 1}}})))


@st.composite
def headers(draw: Draw, named: tuple[str, ...]) -> Json:
    made: Json = {"schema": draw(schemas(named, 1))}
    return made | draw(st.sampled_from(({}, {"required": True}, {"description": "H."}, {"deprecated": True, "x-a": 1})))


@st.composite
def responses(draw: Draw, named: tuple[str, ...]) -> Json:
    made: Json = {"description": draw(WORDS)}
    if draw(st.booleans()):
        made["content"] = draw(contents(named))
    if draw(st.integers(0, 3)) == 0:
        made["headers"] = {"X-Rate": draw(headers(named)), "X-Shared": {"$ref": "#/components/headers/Shared"}}
    more: tuple[Json, ...] = ({}, {}, {}, {"x-a": 1}, {"links": {"l": {"operationId": "other"}}})
    return made | draw(st.sampled_from(more))


SECURITY: tuple[Any, ...] = (
    [],
    [{}],
    [{"Key": []}],
    [{"Key": []}, {"Basic": []}],
    [{"Key": [], "OAuth": ["read"]}, {}],
)


@st.composite
def operations(draw: Draw, named: tuple[str, ...], path: str, number: int) -> Json:
    """An operation at `path`."""
    made: Json = {"operationId": f"do{number}"} if draw(st.integers(0, 5)) else {}
    for word, value in (
        ("summary", WORDS),
        ("description", WORDS),
        ("tags", st.lists(st.sampled_from(TAGS), unique=True)),
        ("deprecated", st.booleans()),
        ("security", st.sampled_from(SECURITY)),
        ("x-sort", st.integers()),
        ("externalDocs", st.just({"url": "https://a.example"})),
        ("servers", st.just([{"url": "https://b.example"}])),
        (
            "callbacks",
            st.just({"c": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "ok"}}}}}}),
        ),
    ):
        if draw(st.integers(0, 3)) == 0:
            made[word] = draw(value)
    listed: list[Any] = [draw(parameters(named, "id", "path"))] if "{id}" in path else []
    for name, place in (("q", "query"), ("X-Q", "header"), ("q", "cookie")):
        if draw(st.integers(0, 3)) == 0:
            listed.append(draw(parameters(named, name, place)))
    if draw(st.integers(0, 4)) == 0:
        listed.append({"$ref": "#/components/parameters/Shared"})
    if listed or draw(st.booleans()):
        made["parameters"] = listed
    if draw(st.booleans()):
        body: Json = {"content": draw(contents(named)), "required": draw(st.booleans())}
        made["requestBody"] = draw(st.sampled_from((body, body | {"description": "B.", "x-a": 1}, SHARED_BODY)))
    statuses = draw(st.lists(st.sampled_from(("200", "204", "4XX", "default")), min_size=1, max_size=3, unique=True))
    made["responses"] = {status: draw(responses(named)) for status in statuses}
    if draw(st.integers(0, 4)) == 0:
        made["responses"]["500"] = {"$ref": "#/components/responses/Shared"}
    return made


SHARED_BODY = {"$ref": "#/components/requestBodies/Shared"}
PATHS = ("/cards", "/cards/{id}", "/odd path/{id}/x")
FLOWS = {"clientCredentials": {"tokenUrl": "https://a.example/token", "scopes": {"read": "Reads."}}}


@st.composite
def documents(draw: Draw) -> Json:
    """A whole document."""
    named = tuple(draw(st.lists(st.sampled_from(COMPONENTS), max_size=5, unique=True)))
    made: Json = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"} | draw(st.sampled_from(({}, {"x-a": 1})))}
    if draw(st.booleans()):
        made["info"] |= {"description": "D.", "contact": {"name": "Ada"}, "license": {"name": "MIT"}}
    for word, value in (
        ("servers", st.just([{"url": "https://a.example/v1"}])),
        ("tags", st.sampled_from(([{"name": "cards"}], [{"name": "wallets", "description": "W."}]))),
        ("security", st.sampled_from(SECURITY)),
        ("externalDocs", st.just({"url": "https://a.example"})),
        ("x-root", st.none()),
        ("jsonSchemaDialect", st.just("https://spec.openapis.org/oas/3.1/dialect/base")),
    ):
        if draw(st.integers(0, 2)) == 0:
            made[word] = draw(value)
    paths = draw(st.lists(st.sampled_from(PATHS), max_size=2, unique=True))
    made["paths"] = {}
    for number, path in enumerate(paths):
        item: Json = {}
        for method in draw(
            st.lists(st.sampled_from(("get", "post", "put", "trace")), min_size=1, max_size=2, unique=True)
        ):
            item[method] = draw(operations(named, path, 10 * number + len(item)))
        if draw(st.integers(0, 3)) == 0:
            item |= draw(st.sampled_from(({"summary": "S."}, {"x-a": 1}, {"servers": [{"url": "https://c.example"}]})))
        if draw(st.integers(0, 3)) == 0:
            item["parameters"] = [draw(parameters(named, "shared", "query"))]
        made["paths"][path] = item
    if draw(st.integers(0, 4)) == 0:
        made["webhooks"] = {"done": {"post": {"responses": {"200": {"description": "ok"}}}}}
    made["components"] = {
        "schemas": {name: draw(components(named, name, named[:i])) for i, name in enumerate(named)},
        "securitySchemes": {
            "Key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "K."},
            "Basic": {"type": "http", "scheme": "basic", "x-a": 1},
            "OAuth": {"type": "oauth2", "flows": FLOWS},
        },
        "parameters": {"Shared": draw(parameters(named, "common", "query"))},
        "headers": {"Shared": draw(headers(named))},
        "responses": {"Shared": draw(responses(named))},
        "requestBodies": {"Shared": {"content": draw(contents(named))}},
        "examples": {"e": {"value": 1}},
    }
    return made
