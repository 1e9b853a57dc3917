"""The parts of the spec that state operations: parameters, bodies, answers, who is let in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue

from ..diagnostics import did_you_mean, nearest
from .model import Model, Or
from .nodes import MapNode
from .scalars import Block, Flag, Keywords, Label, Prose, Raw, Value, Word, wrong
from .shapes import OPENAPI, TAG_LIST, Typed

SCHEMA = "Keywords of the type's own schema, kept word for word."
WRAP = "The field of an object under which it travels."
MEDIA = "Keywords of the media type: `examples`, `encoding`; kept word for word."


def _requirement(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if isinstance(value, str) and not (isinstance(value, Raw) and value.null):
        return ((str(value), ()),)
    if isinstance(value, dict):
        pairs = value.items()
        if all(isinstance(s, list) and all(isinstance(one, str) for one in s) for _, s in pairs):
            return tuple((str(name), tuple(str(one) for one in scopes)) for name, scopes in pairs)
    raise wrong(
        "the name of a scheme is needed here, or schemes with their scopes",
        "write `[BasicAuth]`, `[{OAuth: [read]}]`, or `[{A: [], B: []}]` for both together",
    )


Requirement = Annotated[
    Any,
    BeforeValidator(_requirement),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": TAG_LIST}]}),
]
"""One way to be let in."""


def _nothing(value: object) -> object:
    """`204: null` is an answer without a body, `image/png: null` a form that is not described."""
    if isinstance(value, Raw) and value.null:
        block = Block()
        block.node = MapNode(value.node.span, value.node.start, value.node.end, value.node.key, {}, True)
        return block
    return value


class ParameterSpec(Typed):
    """A parameter: a type expression, or the long form."""

    in_: Literal["query", "path", "header", "cookie"] | None = Field(None, alias="in")
    required: Flag | None = None
    default: Value = None
    example: Value = None
    deprecated: Flag = False
    style: Word | None = Field(None, description="How a list or an object is written: `form`, `deepObject`, …")
    explode: Flag | None = None
    media_type: Word | None = Field(None, description="Where the value travels as a document: `application/json`.")
    schema_: Keywords = Field(None, alias="schema", description=SCHEMA)


class HeaderSpec(Typed):
    """A header of an answer: a type expression, or the long form."""

    required: Flag | None = None
    deprecated: Flag = False
    schema_: Keywords = Field(None, alias="schema", description=SCHEMA)


class MediaSpec(Typed):
    """One more form of a body or an answer; null where it is not described."""

    media: Keywords = Field(None, description=MEDIA)
    schema_: Keywords = Field(None, alias="schema", description=SCHEMA)


OtherForm = Annotated[MediaSpec, BeforeValidator(_nothing), Or({"type": "null"})]


class BodySpec(Typed):
    """What a request carries."""

    required: Flag | None = Field(None, description="True, unless it says otherwise.")
    media_type: Word | None = None
    others: dict[Label, OtherForm] = Field(default_factory=dict, description="Other media types it may have.")
    wrap: Word | None = Field(None, description=WRAP)
    media: Keywords = Field(None, description=MEDIA)
    schema_: Keywords = Field(None, alias="schema", description=SCHEMA)


class ResponseSpec(Typed):
    """One answer of an operation."""

    page: Flag = Field(False, description="Put a list into the API's envelope.")
    media_type: Word | None = None
    headers: dict[Label, HeaderSpec] = Field(default_factory=dict)
    others: dict[Label, OtherForm] = Field(default_factory=dict, description="Other media types it may have.")
    wrap: Word | None = Field(None, description=WRAP)
    media: Keywords = Field(None, description=MEDIA)
    schema_: Keywords = Field(None, alias="schema", description=SCHEMA)


Answer = Annotated[ResponseSpec, BeforeValidator(_nothing), Or({"type": "null"})]


class OperationSpec(Model):
    """One method on one path, beside the resources."""

    extensible: ClassVar[bool] = True
    id: Word | None = None
    summary: Prose | None = None
    description: Prose | None = None
    handler: Word | None = None
    tags: list[Word] | None = None
    parameters: dict[Label, ParameterSpec] = Field(
        default_factory=dict, description="By name; `header X-Id` where a name stands twice."
    )
    body: BodySpec | None = None
    response: Answer | None = None
    responses: dict[Label, Answer] | None = Field(None, description="By status: `200`, `4XX`, `default`.")
    deprecated: Flag = False
    security: list[Requirement] | None = Field(None, description="Who is let in: any of these; `[]` is anybody.")
    openapi: Keywords = Field(None, description=OPENAPI)


class SchemeSpec(Model):
    """One way for callers to say who they are, in the words of OpenAPI's security scheme object."""

    extensible: ClassVar[bool] = True
    type: Literal["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]
    in_: Literal["query", "header", "cookie"] | None = Field(None, alias="in")
    name: Word | None = None
    scheme: Word | None = None
    bearer_format: Word | None = Field(None, alias="bearerFormat")
    flows: Keywords = None
    url: Word | None = Field(None, alias="openIdConnectUrl")
    description: Prose | None = None
    openapi: Keywords = Field(None, description=OPENAPI)


USUAL: Mapping[str, dict[str, Any]] = {
    "none": {"schemes": {}, "default": []},
    "api_key": {"schemes": {"ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}, "default": ["ApiKey"]},
    "bearer": {"schemes": {"Bearer": {"type": "http", "scheme": "bearer"}}, "default": ["Bearer"]},
}
"""What a word says of who is let in, written out."""


class AuthSpec(Model):
    """The ways to be let in, and those that an operation asks for when it says nothing itself."""

    shorthand: ClassVar[str | None] = "default"
    written: ClassVar[JsonSchemaValue] = {"enum": [*USUAL]}
    schemes: dict[Label, SchemeSpec] = Field(default_factory=dict)
    default: list[Requirement] = Field(default_factory=list)

    @classmethod
    def _from_text(cls, text: str) -> dict[str, Any]:
        found = USUAL.get(str(text))
        if found is None:
            help_ = (
                did_you_mean(str(text), [*USUAL]) if nearest(str(text), USUAL) else "write `{schemes: …, default: …}`"
            )
            raise wrong(f"`{text}` is no usual way to be let in: {', '.join(USUAL)}", help_)
        return found
