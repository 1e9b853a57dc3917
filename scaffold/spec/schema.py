"""The JSON Schema of the spec, made from its models: for editors."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from .models import Spec


class _Untitled(GenerateJsonSchema):
    """Without titles on every property, and with a null left out where a key may simply be absent."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        made = self.generate_inner(schema["schema"])
        default = schema.get("default")
        if isinstance(default, str | bool) and "$ref" not in made:
            made["default"] = default
        return made


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that `api.yaml` keeps to."""
    made = Spec.model_json_schema(by_alias=True, schema_generator=_Untitled)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A scaffold spec", **made}
