"""Keys that a spec does not have: of the vocabulary that is not built yet, and of OpenAPI."""

from __future__ import annotations

UNSUPPORTED = {
    "table": "tables of your own",
    "column": "columns of your own",
    "storage": "choices of storage",
    "match": "ways to match list items",
}
"""Keys that the vocabulary knows and this version of the tool does not."""
NEVER = {
    ("change", "owner"): (
        "SC358",
        "whose the objects of a resource are cannot change: versions that are out show and write the same ones",
        "add another resource that has an `owner`, deprecate this one, and let clients take their objects over",
    ),
}
"""By the verb of a change and a key of it: what the laws leave no way for."""
ELSEWHERE = {
    "owner": "write it where a resource begins, beside `path`: it names one of its fields",
    "pick": "write it where a list becomes one value or one a list, or where values are split or merged",
    "redirect": "write it in a `move` of an operation",
    "info": "write `document: {info: {…}}`",
    "servers": "write `document: {servers: […]}`, or `openapi: {servers: […]}` in an operation",
    "paths": "write `operations: {GET /users: {…}}`",
    "components": "types stand under `types:`, everything else under `document: {components: {…}}`",
    "schemas": "write `types:`",
    "securitySchemes": "write `auth: {schemes: {…}}`",
    "properties": "write `fields: {…}`",
    "additionalProperties": "write `unknown: keep` and `rest:`, or `map[str, int]`",
    "oneOf": "write `one_of: […]`, or `A | B`",
    "anyOf": "write `any_of: […]`",
    "allOf": "write the fields of all of them",
    "$ref": "write the name of the type",
    "mapping": "write `tags: {card: Card}`",
    "content": "write the type, and `media_type:` or `others:` where it is no JSON",
    "requestBody": "write `body:`",
    "operationId": "write `id:`",
    "examples": "write `media: {examples: {…}}`, or `openapi: {examples: […]}`",
}
"""Words of OpenAPI, and what a spec says instead."""
