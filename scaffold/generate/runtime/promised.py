"""Values that are read otherwise than documents say, because other versions decide what is taken by now."""

from __future__ import annotations

from typing import Any

from pydantic import GetCoreSchemaHandler, TypeAdapter
from pydantic import GetJsonSchemaHandler as SchemaHandler
from pydantic_core import CoreSchema


class Promised:
    """Stands in the annotation of a value; documents say that it is of `type_`."""

    def __init__(self, type_: Any) -> None:
        self.type = type_
        self._said: CoreSchema | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        self._said = handler.generate_schema(self.type)
        return handler(source)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        alone = TypeAdapter(self.type).json_schema(mode=handler.mode)
        return handler(self._said or core) if "$defs" in alone else alone


class HeldTo(Promised):
    """A promise that senders are held to when it is written: what they are shown there they may send as it is."""


__all__ = ["HeldTo", "Promised"]
