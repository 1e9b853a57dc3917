"""Types and fields as a spec states them: a type expression where that says all, else the long form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...contract.held_back import shown_to_others
from ...contract.named_types import AliasType, EnumType, EnumValue, Field, NamedType, ObjectType, Unknown
from ...contract.naming import pascal
from ...contract.types import CONSTRAINTS, LIST_CONSTRAINTS, MISSING, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from .keys import Keys, Naming, Places, said, short
from .layout import Members, Value
from .scalars import Quoted

MODES = ("key", "read_only", "write_only", "create_only", "unique")
_UNION = 72
"""How long a union may be as a type expression."""
NULL = Scalar(Kind.NULL)


def typed(type_: Type, places: Places, naming: Naming) -> Keys:
    """The keys that say `type_` and what is said of it."""
    return bare(type_, places, naming) | said(type_.extra)


def bare(type_: Type, places: Places, naming: Naming) -> Keys:
    """The keys that say `type_`; what is said of it stands elsewhere."""
    match type_:
        case Scalar():
            return _scalar(type_, naming)
        case ListOf():
            inner = typed(type_.items, places, naming.inside(naming.items))
            made: Keys = {"type": f"list[{inner['type']}]"} if set(inner) == {"type"} else {"items": short(inner)}
            return made | _bounds(type_, LIST_CONSTRAINTS)
        case MapOf():
            inner = typed(type_.values, places, naming.inside(naming.values))
            return {"type": f"map[str, {inner['type']}]"} if set(inner) == {"type"} else {"values": short(inner)}
        case Ref(name):
            held = places.take(name)
            if held is None:
                return {"type": name}
            return in_place(held, places, name if name != naming.name else None)
        case UnionOf():
            return _union(type_, places, naming)


def _scalar(type_: Scalar, naming: Naming) -> Keys:
    bounds = _bounds(type_, CONSTRAINTS)
    kind = {"type": str(type_.kind), **bounds}
    if len(type_.choices) == 1:
        (only,) = type_.choices
        known = {str: Kind.STR, bool: Kind.BOOL, int: Kind.INT, float: Kind.FLOAT}.get(type(only))
        return {"const": only} if known is type_.kind and not bounds else {**kind, "const": only}
    if type_.choices:
        choices = {"enum": list(type_.choices)}
        return choices if naming.plain and type_.kind is Kind.STR and not bounds else {**kind, **choices}
    return kind


def _bounds(type_: Scalar | ListOf, names: Iterable[str]) -> Keys:
    made: Keys = {}
    for name in names:
        value = getattr(type_, name)
        if value is not None and value is not False:
            made[name] = Quoted(value) if name == "pattern" else value
    return made


def _union(type_: UnionOf, places: Places, naming: Naming) -> Keys:
    variants = type_.variants
    told: Keys = {}
    if type_.discriminator is not None:
        told["discriminator"] = type_.discriminator.property
        if type_.discriminator.mapping:
            told["tags"] = dict(type_.discriminator.mapping)
    others = [v for v in variants if v != NULL]
    if len(variants) == 2 and variants[1] == NULL and not type_.exclusive and not told and not variants[1].extra:
        (inner,) = others or (NULL,)
        if not isinstance(inner, UnionOf) and not inner.extra and inner != NULL:
            made = bare(inner, places, naming)
            return {"type": f"{made['type']} | null"} if set(made) == {"type"} else made | {"nullable": True}
    held = [
        typed(v, places, naming.inside(str(position))) if v != NULL or v.extra else {"type": "null"}
        for position, v in enumerate(variants, 1)
    ]
    line = _expression(type_, held, len(others))
    if line is not None:
        return {"type": line} | told
    word = "one_of" if type_.exclusive else "any_of"
    return {word: [None if keys == {"type": "null"} else short(keys) for keys in held]} | told


def _expression(type_: UnionOf, held: list[Keys], others: int) -> str | None:
    """A union as `A | B`, where that says all of it and is short."""
    if not type_.exclusive or others < 2 or any(isinstance(v, UnionOf) for v in type_.variants):
        return None
    if any(set(keys) != {"type"} for keys in held) or NULL in type_.variants[:-1]:
        return None
    line = " | ".join(str(keys["type"]) for keys in held)
    return line if len(line) <= _UNION else None


def in_place(type_: NamedType, places: Places, name: str | None) -> Keys:
    """A named type in the place where it is mentioned; `name` is stated where it is another than expected.

    What is said of the type itself is said of the place then, unless something is said of that.
    """
    made: Keys = {} if name is None else {"name": name}
    match type_:
        case ObjectType():
            return made | _object(type_, places) | said(_prose(type_))
        case EnumType():
            return made | _enum(type_) | said(_prose(type_))
        case AliasType():
            return {"type": type_.name}


def _prose(type_: ObjectType | EnumType) -> dict[str, Any]:
    mine = {} if type_.description is None else {"description": type_.description}
    return {**mine, **type_.extra}


def named(type_: NamedType, places: Places) -> Value:
    """What stands under the name of a type."""
    made: Keys = {} if type_.description is None else {"description": type_.description}
    about: Keys = {} if type_.component is None else {"component": type_.component}
    if not isinstance(type_, AliasType) and type_.inline:
        about["inline"] = True
    about |= said(type_.extra)
    match type_:
        case ObjectType():
            return {**made, **about, **_object(type_, places)}
        case EnumType():
            return {**made, **_enum(type_), **about}
        case AliasType():
            stated = bare(type_.type, places, Naming(type_.name, "Item", "Value"))
            if type_.nullable:
                stated["nullable"] = True
            inner = said(type_.type.extra)
            return short({**made, **stated, **inner, **about})


def _object(type_: ObjectType, places: Places) -> Keys:
    made: Keys = {}
    if type_.unknown is not Unknown.IGNORE:
        made["unknown"] = str(type_.unknown)
    fields = Members(dict(field_entry(type_.name, f, places) for f in type_.fields))
    if type_.rest is not None:
        made["rest"] = short(typed(type_.rest, places, Naming(f"{type_.name}Rest")))
    return {**made, "fields": fields}


def _enum(type_: EnumType) -> Keys:
    made: Keys = {"enum": [_enum_value(v, type_) for v in type_.values]}
    return made | {"open": True} if type_.open else made


def _enum_value(value: EnumValue, enum: EnumType) -> Value:
    keys: Keys = {} if value.description is None else {"description": value.description}
    if value.opt_in is not None:
        seen = shown_to_others(enum, value)
        keys |= {"opt_in": value.opt_in.header, **({} if seen is None else {"old_sees": seen.value})}
    keys |= {"deprecated": True} if value.deprecated else {}
    keys |= said(value.extra)
    return {"value": value.value, **keys} if keys else value.value


def field_entry(owner: str, field_: Field, places: Places) -> tuple[str, Value]:
    """A field as it stands under `fields`: its name, with a question mark where it may be left out, and its type."""
    keys = field_keys(owner, field_, places)
    if set(keys) == {"type", "nullable"}:
        keys = {"type": f"{keys['type']} | null"}
    return f"{field_.name}{'' if field_.required else '?'}", short(keys)


def field_keys(owner: str, field_: Field, places: Places) -> Keys:
    """The long form of a field."""
    keys = bare(field_.type, places, Naming(owner + pascal(field_.name)))
    if field_.refers is not None:
        keys = {"ref": places.names.get(field_.refers, field_.refers.rpartition(":")[2])}
    inner = said(field_.type.extra)
    if field_.nullable:
        keys["nullable"] = True
    made = ("read_only",) if field_.computed is not None or field_.owner or field_.parent else ()
    keys |= {mode: True for mode in MODES if getattr(field_, mode) and mode not in made}
    if field_.computed is not None:
        keys["computed"] = field_.computed
    if field_.on_create is not None:
        keys["on_create"] = field_.on_create
    for part in ("default", "example"):
        value = getattr(field_, part)
        if value is not MISSING:
            keys[part] = value
    if field_.deprecated:
        keys["deprecated"] = True
    if field_.description is not None:
        keys["description"] = field_.description
    return keys | _merged(inner, said(field_.extra), keys)


def _merged(inner: Keys, outer: Keys, keys: Keys) -> Keys:
    """What a place says of itself, and what its type says where the place says nothing."""
    made = {key: value for key, value in inner.items() if key not in keys} | outer
    if "openapi" in inner and "openapi" in outer:
        made["openapi"] = inner["openapi"] | outer["openapi"]
    return made
