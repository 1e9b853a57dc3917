"""What a version's document says of how the version is named: a parameter, a media type, answers that refuse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .media_types import InMediaType
from .readers import InHeader, InPath, InQuery, Reader


@dataclass(frozen=True, slots=True)
class Naming:
    """How a document says that its version is named.

    `parameter` is what every operation takes, `media_type` what its successes may be in, `refusals` the answers where
    it goes wrong, by their status.
    """

    parameter: Mapping[str, Any] | None = None
    media_type: str | None = None
    refusals: Mapping[str, str] = field(default_factory=dict)


def naming(readers: Sequence[Reader], id: str, *, required: bool) -> Naming:
    """How the version `id` is named, for requests that say it in the place that counts most."""
    if all(isinstance(reader, InPath) for reader in readers):
        return Naming()
    refusals = {"400": "API version not named, not understood or ambiguous"}
    typed = next((reader.typed(id) for reader in readers if isinstance(reader, InMediaType)), None)
    if typed is not None:
        refusals |= {"406": "API version not acceptable", "415": "Unsupported media type"}
    return Naming(_parameter(readers[0], id, required), typed, refusals)


def _parameter(reader: Reader, id: str, required: bool) -> Mapping[str, Any] | None:
    if not isinstance(reader, InHeader | InQuery):
        return None
    return {
        "name": reader.name,
        "in": "header" if isinstance(reader, InHeader) else "query",
        "required": required,
        "description": "The version that is asked for.",
        "schema": {"type": "string", "enum": [id]},
    }


def named(document: dict[str, Any], naming: Naming) -> None:
    """Let a document that is served say how its version is named."""
    for path, item in document.get("paths", {}).items():
        if path.startswith("x-"):
            continue
        if naming.parameter is not None:
            item["parameters"] = [*item.get("parameters", ()), dict(naming.parameter)]
        for operation in item.values() if naming.media_type is not None else ():
            for status, answer in operation.get("responses", {}).items() if isinstance(operation, dict) else ():
                if status.startswith("2") and "application/json" in answer.get("content", {}):
                    said = answer["content"]
                    answer["content"] = {naming.media_type: said["application/json"], **said}


__all__ = ["Naming", "named", "naming"]
