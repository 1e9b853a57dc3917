"""Types as JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import AliasType, EnumType, NamedType, ObjectType, Unknown
from ..contract.types import MISSING, Discriminator, Extra, Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..contract.views import ViewField, promised_type, rest_view, side_within, view_fields
from .deprecated import ENUM_DEPRECATED, deprecated_values, described, with_values
from .held_back import OPT_IN, opt_ins, told
from .kept import over
from .reading.keywords import is_beside
from .scalars import Schema, scalar_schema
from .sides import Sides, field_view

SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True)
class Schemas:
    """The schemas of a contract's types, with references to the components that `sides` names."""

    contract: Contract
    sides: Sides

    def schema(self, type_: Type, view: View) -> Schema:
        """The schema of a type on one side; a named type is a reference, unless it is written in its place."""
        return over(self._bare(type_, view), type_.extra)

    def _bare(self, type_: Type, view: View) -> Schema:
        match type_:
            case Scalar():
                return scalar_schema(type_)
            case ListOf():
                made: Schema = {"type": "array", "items": self.schema(type_.items, view)}
                bounds = {"minItems": type_.min_items, "maxItems": type_.max_items}
                made |= {word: value for word, value in bounds.items() if value is not None}
                return made | ({"uniqueItems": True} if type_.unique_items else {})
            case MapOf():
                return {"type": "object", "additionalProperties": self.schema(type_.values, view)}
            case Ref(name) if self.sides.in_place(name):
                return self.named(self.contract.types[name], view)
            case Ref(name):
                return {"$ref": reference(self.sides.name(name, view))}
            case UnionOf((only, Scalar(kind=Kind.NULL)), None) if _bounds(type_.extra):
                return self.nullable(only, view, type_.extra)
            case UnionOf():
                variants = [self.schema(v, view) for v in type_.variants]
                return {_word(type_): variants, **self._discriminator(type_.discriminator, view)}

    def _discriminator(self, found: Discriminator | None, view: View) -> Schema:
        if found is None:
            return {}
        made: Schema = {"propertyName": found.property}
        if found.mapping:
            made["mapping"] = {value: reference(self.sides.name(name, view)) for value, name in found.mapping}
        return {"discriminator": made}

    def nullable(self, type_: Type, view: View, kept: Extra) -> Schema:
        """The schema of a type, or null; bounds and formats stay with the value they speak of.

        What its document bounds beside it (`kept`) bounds both, so they are one schema then.
        """
        made = self.schema(type_, view)
        if type_ in (Scalar(Kind.JSON), Scalar(Kind.NULL)):
            return made
        if isinstance(type_, UnionOf) and (word := _word(type_)) in made and not type_.extra:
            return made if NULL in made[word] else made | {word: [*made[word], NULL]}
        short = set(made) <= {"type", "enum", "items"} or _bounds(kept)
        if isinstance(made.get("type"), str) and short:
            made = made | {"type": [made["type"], "null"]}
            return made | {"enum": [*made["enum"], None]} if "enum" in made else made
        return {"anyOf": [made, NULL]}

    def named(self, type_: NamedType, view: View) -> Schema:
        """The schema that one side of a named type stands for."""
        match type_:
            case EnumType():
                return enum_schema(type_)
            case ObjectType():
                return self._object(type_, view)
            case AliasType():
                inner = type_.type
                made = self.nullable(inner, view, type_.extra) if type_.nullable else self.schema(inner, view)
                return over(made, type_.extra, _described(type_.description))

    def _object(self, type_: ObjectType, view: View) -> Schema:
        made: Schema = {"type": "object", **_described(type_.description)}
        fields = self._whole(type_, view) if self.sides.whole(type_.name) else self._side(type_, view)
        made["properties"] = {f.name: self._field(f) for f in fields}
        required = [f.name for f in fields if f.required]
        if required:
            made["required"] = required
        if type_.rest is not None:
            made["additionalProperties"] = self.schema(type_.rest, rest_view(view))
        elif type_.unknown is not Unknown.IGNORE:
            made["additionalProperties"] = type_.unknown is Unknown.KEEP
        return over(made, type_.extra)

    def _side(self, type_: ObjectType, view: View) -> tuple[ViewField, ...]:
        return view_fields(type_, view, self.contract.version)

    def _whole(self, type_: ObjectType, view: View) -> tuple[ViewField, ...]:
        """Every field, also one that is only shown or only sent, on the one side that the document shows."""
        made = []
        for f in type_.fields:
            given = f.required and f.default is not MISSING
            default = MISSING if given and view is View.OUTPUT else f.default
            required = f.required and not (given and view is not View.OUTPUT)
            made.append(ViewField(f, required, f.nullable, default, field_view(f, view)))
        return tuple(made)

    def _field(self, made: ViewField) -> Schema:
        """The schema of one property: its type with what is said about it."""
        field = made.field
        type_, view = promised_type(self.contract, made), side_within(self.contract, made)
        found = self.nullable(type_, view, field.extra) if made.nullable else self.schema(type_, view)
        if field.accepts and view is not View.OUTPUT:
            found = {"anyOf": [self.schema(type_, view), {"type": "string"}]}
            found = {"anyOf": [found, NULL]} if made.nullable else found
        said = _described(described(field.description, field.extra))
        if made.default is not MISSING:
            said["default"] = made.default
        if field.example is not MISSING:
            # Both words may be said at once; then the document's own list is among what is kept of it.
            said |= {"example": field.example} if "examples" in field.extra else {"examples": [field.example]}
        marks = {"readOnly": field.read_only, "writeOnly": field.write_only, "deprecated": field.deprecated}
        return over(found, field.extra, said | {word: True for word, holds in marks.items() if holds})


NULL: Schema = {"type": "null"}


def reference(component: str) -> str:
    """Where the component called so stands (RFC 6901, RFC 3986)."""
    return SCHEMAS + quote(component.replace("~", "~0").replace("/", "~1"), safe="~!$&'()*+,;=:@")


def _bounds(kept: Extra) -> bool:
    return any(word != "type" and not is_beside(word) for word in kept)


def _word(union: UnionOf) -> str:
    return "oneOf" if union.exclusive else "anyOf"


def _described(description: str | None) -> Schema:
    return {} if description is None else {"description": description}


def enum_schema(type_: EnumType) -> Schema:
    """The schema of an enum; of an open one it says that others may come, unless its document did."""
    made: Schema = {"type": "string", **_described(with_values(told(type_.description, type_), type_))}
    values = [v.value for v in type_.values]
    made["enum"] = values
    if held := opt_ins(type_):
        made[OPT_IN] = held
    if gone := deprecated_values(type_):
        made[ENUM_DEPRECATED] = gone
    if type_.open:
        made["x-extensible-enum"] = list(values)
    return {**made, **type_.extra}


PLACES: dict[str, Schema] = {
    "$total": {"type": "integer", "minimum": 0},
    "$limit": {"type": "integer", "minimum": 1},
    "$offset": {"type": "integer", "minimum": 0},
    "$page": {"type": "integer", "minimum": 1},
    "$pages": {"type": "integer", "minimum": 0},
    "$next": {"type": ["string", "null"]},
}
"""What the places of an envelope, other than its items, hold."""


def envelope_schema(template: Json, items: Schema) -> Schema:
    """The schema of a page: the envelope's template with `items` in the place of `$items`."""
    match template:
        case "$items":
            return items
        case str() if template in PLACES:
            return dict(PLACES[template])
        case str() if template.startswith("$"):
            return {"type": "string"}
        case dict():
            return {
                "type": "object",
                "properties": {key: envelope_schema(value, items) for key, value in template.items()},
                "required": list(template),
            }
        case list():
            made = [envelope_schema(value, items) for value in template]
            return {"type": "array", "prefixItems": made, "minItems": len(made), "maxItems": len(made)}
        case _:
            return {"const": template}
