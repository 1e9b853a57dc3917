"""One way to write each schema: what says the same becomes equal, and nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..reading.names import Names
from ..reading.problems import Findings
from ..reading.references import check_references
from ..reading.schemas import simplified
from ..reading.state import Reading
from .references import Shared, plain
from .unions import evened_types, evened_unions
from .values import as_set, in_order, is_nothing, text

Schema = dict[str, Any]

MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs")
LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
SINGLES = (
    "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "contentSchema",
    "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
"""Keywords that hold schemas: by name, in a list, one."""

COMPONENT = "#/components/schemas/"

NOTHING: Mapping[str, Any] = {
    "minLength": 0,
    "minItems": 0,
    "minProperties": 0,
    "uniqueItems": False,
    "items": {},
    "additionalProperties": {},
    "unevaluatedItems": {},
    "unevaluatedProperties": {},
    "properties": {},
    "patternProperties": {},
    "dependentSchemas": {},
    "dependentRequired": {},
    "required": [],
    "examples": [],
    "readOnly": False,
    "writeOnly": False,
    "deprecated": False,
}
"""Keywords at the value at which they say nothing."""


@dataclass(frozen=True)
class Schemas:
    """Evens out the schemas of a document."""

    shared: Shared
    open_: list[str] = field(default_factory=list)
    """The schemas whose parts are being put together: one that leads into itself stays in parts there."""

    @cached_property
    def _reading(self) -> Reading | None:
        """What puts together the parts of a schema; nothing where references lead nowhere or in a circle."""
        findings = Findings("")
        check_references(self.shared.document, findings)
        return None if findings.found else Reading(self.shared.document, "", findings, Names(()))

    def schema(self, given: Any) -> Any:
        """`given` in the one way to write it."""
        if given is True:
            return {}
        if given is False:
            return {"not": {}}
        if not isinstance(given, Mapping):
            return given
        self.open_.append(text(given) if _in_parts(given) else "")
        whole = self._together(given)
        made = {str(word): self._value(str(word), value) for word, value in whole.items()}
        self.open_.pop()
        _one_example(made)
        if "const" in made and "enum" not in made:
            made["enum"] = [made.pop("const")]
        made = evened_types(evened_unions(made))
        return {word: value for word, value in sorted(made.items()) if not is_nothing(word, value, NOTHING)}

    def _value(self, word: str, value: Any) -> Any:
        if word in MAPS and isinstance(value, Mapping):
            return {str(name): self.schema(inner) for name, inner in sorted(value.items())}
        if word in LISTS and isinstance(value, list):
            made = [self.schema(inner) for inner in value]
            return made if word == "prefixItems" else as_set(made) if word == "allOf" else in_order(made)
        if word in SINGLES:
            return self.schema(value)
        if word in ("required", "enum", "type") and isinstance(value, list):
            return as_set(value)
        if word == "dependentRequired" and isinstance(value, Mapping):
            return {name: in_order(names) for name, names in value.items()}
        if word == "$ref" and isinstance(value, str):
            return plain(value)
        if word == "discriminator" and isinstance(value, Mapping):
            return self._discriminator(value)
        return value

    def _discriminator(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """A mapping may name a component without saying where it is; each has its own name anyway (4.8.25)."""
        schemas = (self.shared.document.get("components") or {}).get("schemas") or {}
        if not isinstance(given.get("mapping"), Mapping):
            return dict(given)
        mapping = {
            value: plain(f"{COMPONENT}{name}" if name in schemas else str(name))
            for value, name in given["mapping"].items()
        }
        told = {value: ref for value, ref in mapping.items() if ref != plain(COMPONENT + value)}
        left = {word: value for word, value in given.items() if word != "mapping"}
        return {**left, "mapping": told} if told else left

    def _together(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """`given` without an `allOf` of which one schema says the same; a `type` beside a reference stays."""
        reading = self._reading
        if reading is None or not _in_parts(given) or self.open_[-1] in self.open_[:-1]:
            return given
        made = simplified(reading, given, "")
        return {**made, "type": given["type"]} if "$ref" in made and "type" in given else made


def _in_parts(given: Mapping[str, Any]) -> bool:
    """Whether parts hold together in `given`: those of `allOf`, a reference and what is beside it, a union of one."""
    lone = any(isinstance(given.get(word), list) and len(given[word]) == 1 for word in ("oneOf", "anyOf"))
    return lone or "allOf" in given or ("$ref" in given and len(given) > 1)


def _one_example(made: Schema) -> None:
    if "example" in made and made.get("examples", [made["example"]]) in ([], [made["example"]]):
        made["examples"] = [made.pop("example")]
