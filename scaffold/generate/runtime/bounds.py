"""What older callers send of a parameter, held to the bounds that it has by now, where the spec refuses the rest."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from .problems import Invalid


class Bounds:
    """The bounds of one parameter, which `location` and `name` are the caller's words for; `type_` states them."""

    def __init__(self, type_: Any, location: str, name: str) -> None:
        self._at = (location, name)
        self._type: TypeAdapter[Any] = TypeAdapter(type_)

    def held(self, value: Any) -> Any:
        """`value` itself. Raises Invalid where it is beyond the bounds."""
        try:
            self._type.validate_python(value)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            raise Invalid({**e, "loc": (*self._at, *e["loc"])} for e in found) from None
        return value


__all__ = ["Bounds"]
