"""Values that requests may send in another form too: a text that is read as them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic import GetJsonSchemaHandler as SchemaHandler
from pydantic_core import CoreSchema, core_schema


class Accepts:
    """Stands in the annotation of a value; a text is one where `read` makes one of it, else ValueError tells."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self.read = read

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._taken, handler(source))

    def _taken(self, value: Any) -> Any:
        return self.read(value) if isinstance(value, str) else value

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(core), {"type": "string"}]}


__all__ = ["Accepts"]
