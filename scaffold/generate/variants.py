"""Unions on the wire: what the variants are called, and which words tell them apart."""

from __future__ import annotations

import keyword
import re

from ..contract.fitting import tags
from ..contract.naming import safe_name
from ..contract.types import Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from .python import NULL
from .shapes import Shape

_KINDS: dict[Kind, str] = {
    Kind.STR: "text",
    Kind.INT: "integer",
    Kind.FLOAT: "number",
    Kind.BOOL: "truth",
    Kind.DECIMAL: "exact_number",
    Kind.DATE: "day",
    Kind.DATETIME: "instant",
    Kind.TIME: "time_of_day",
    Kind.DURATION: "period",
    Kind.BYTES: "data",
    Kind.JSON: "anything",
}
"""What a variant of a kind is called, where that is not the kind's own name."""

_TAKEN = frozenset(
    {"tag", "value", "told_by", "words", "exclusive", "variants", "str", "int", "float", "bool", "bytes", "list"}
    | {
        "dict",
        "date",
        "datetime",
        "time",
        "timedelta",
        "scalars",
        "codecs",
        "coding",
        "constraints",
        "records",
        "keep",
        "mark",
        "over",
        "cast",
    }
)
"""What annotations mention, and what every union has."""


def variant_names(union: UnionOf) -> tuple[str, ...]:
    """The attribute of each variant; null has none of its own."""
    made: list[str] = []
    for variant in union.variants:
        name = found = "null" if variant == NULL else _name(variant)
        number = 2
        while found in made:
            found, number = f"{name}_{number}", number + 1
        made.append(found)
    return tuple(made)


def shape_variants(shape: Shape) -> tuple[str, ...]:
    """The attributes of a union's class, which every version that has the shape shares."""
    assert isinstance(shape.type, UnionOf)
    return variant_names(shape.type)


def _name(type_: Type) -> str:
    match type_:
        case Scalar(kind=kind):
            return _KINDS.get(kind, str(kind))
        case ListOf(items=inner):
            return f"{_name(inner)}_list"
        case MapOf(values=inner):
            return f"{_name(inner)}_map"
        case Ref(name):
            spelled = safe_name(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).lower()
            taken = spelled in _TAKEN or keyword.iskeyword(spelled) or spelled.endswith("_shapes")
            return f"{spelled}_" if taken or spelled.startswith("_") else spelled
        case UnionOf():
            return "several"


def words_of(union: UnionOf) -> tuple[tuple[str, str], ...]:
    """The words of a discriminator, each with the attribute of the variant that it stands for."""
    if union.discriminator is None:
        return ()
    named = [(v, n) for v, n in zip(union.variants, variant_names(union), strict=True) if isinstance(v, Ref)]
    return tuple((word, name) for variant, name in named for word in tags(union, variant.name))
