"""Fields and types of the spec as values of the contract; what is written inside a field becomes a named type."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..contract.contract import identity
from ..contract.named_types import AliasType, Field, NamedType, ObjectType, Unknown
from ..contract.naming import pascal, safe_name
from ..contract.types import Kind, ListOf, MapOf, Ref, Scalar, Type
from .bounds import bounded
from .choices import build_enum, chosen, constant
from .expressions import Expression
from .field_checks import check_field, modes, refuse_clash, usable_type_name
from .kinds import kinds_of, refuse_idle, type_place
from .scope import Scope, Spot
from .shapes import FieldSpec, ResourceSpec, Typed
from .unions import in_place, listed, told_apart


def build_type(name: str, spec: Typed | ResourceSpec, scope: Scope) -> None:
    """Put the named type that `spec` states into `scope.made`, with the types written inside it."""
    scope.reserve(name)
    made: NamedType | None
    if isinstance(spec, ResourceSpec):
        made = build_object(name, spec, scope)
    else:
        stated = kinds_of(spec)
        if not stated and spec.cut():
            return
        if stated in (["enum"], ["fields"]):
            refuse_idle(spec, stated[0], f"`{name}`", scope, named=True)
            made = _written(name, spec, scope)
        else:
            made = _alias(name, spec, scope)
    if made is None:
        return
    stated_name = getattr(spec, "component", None)
    said: dict[str, Any] = {"description": spec.description, "component": stated_name, "extra": spec.beside}
    if not isinstance(made, AliasType):
        said["inline"] = getattr(spec, "inline", False)
    elif getattr(spec, "inline", False):
        help_ = "only enums and objects are stated in their place"
        scope.findings.add("SC210", f"`{name}` is {made.type} and has a name", spec.place("inline"), help_)
    scope.made[name] = replace(made, **said)


def _written(name: str, spec: Typed, scope: Scope) -> NamedType:
    """The enum or the object that is written, without what is said of it."""
    if spec.enum is not None:
        return build_enum(name, spec.enum, bool(spec.open), scope, spec.place("enum"))
    return build_object(name, spec, scope)


def _alias(name: str, spec: Typed, scope: Scope) -> AliasType | None:
    made = build_expression(spec, Spot(name, f"`{name}`", alias=True), scope)
    if made is None:
        return None
    scope.places.setdefault(name, type_place(spec))
    return AliasType(identity(scope.version, name), name, made.type, made.nullable)


def build_object(name: str, spec: Typed | ResourceSpec, scope: Scope) -> ObjectType:
    """An object type with the fields that are written."""
    born = identity(scope.version, name)
    fields: list[Field] = []
    attributes: dict[str, Field] = {}
    for key, field_spec in (spec.fields or {}).items():
        field = build_field(name, born, key, field_spec, scope)
        if field is None:
            continue
        clash = attributes.setdefault(safe_name(field.name), field)
        if clash is not field:
            refuse_clash(name, clash.name, field.name, field_spec.key_place(), scope)
            continue
        fields.append(field)
    keys = [f.name for f in fields if f.key]
    if len(keys) > 1:
        scope.findings.add(
            "SC217",
            f"`{name}` has two keys, `{keys[0]}` and `{keys[1]}`",
            spec.key_place(),
            "mark one of them `unique` instead",
        )
    unknown = Unknown(spec.unknown or ("ignore" if spec.rest is None else "keep"))
    return ObjectType(born, name, tuple(fields), unknown, rest=build_rest(name, unknown, spec.rest, scope))


def build_rest(owner: str, unknown: Unknown, spec: Typed | None, scope: Scope) -> Type | None:
    """What fields of `owner` hold that it does not know."""
    if spec is None:
        return None
    if unknown is not Unknown.KEEP:
        help_ = "write `unknown: keep`, or leave `rest` out"
        scope.findings.add("SC210", f"`{owner}` does not keep what `rest` bounds", spec.key_place(), help_)
        return None
    made = build_expression(spec, Spot(f"{owner}Rest", f"other fields of `{owner}`"), scope)
    return None if made is None else in_place(made.whole, spec)


def build_field(owner: str, owner_identity: str, key: str, spec: FieldSpec, scope: Scope) -> Field | None:
    """The field written under `key`; its default and example are settled later, when all types are known."""
    name = key.removesuffix("?")
    if not name.strip():
        scope.findings.add("SC214", f"a field of `{owner}` has no name", spec.key_place())
        return None
    made = build_expression(spec, Spot(owner + pascal(name), f"`{owner}.{name}`"), scope)
    if made is None:
        return None
    field = Field(
        identity=identity(scope.version, owner_identity, name),
        name=name,
        type=made.type,
        required=not key.endswith("?"),
        nullable=made.nullable,
        refers=spec.ref,
        **modes(spec),
    )
    scope.places.setdefault(f"{owner}.{name}", type_place(spec))
    check_field(owner, field, spec, scope)
    return field


def build_expression(spec: Typed, spot: Spot, scope: Scope) -> Expression | None:
    """The type that `spec` says; enums and objects written in place become types called as `spot` says."""
    kinds, at = kinds_of(spec), spot.at
    if not kinds and spec.cut():
        return None
    if len(kinds) != 1:
        if kinds:
            problem, help_ = f"{at} has both `{kinds[0]}` and `{kinds[1]}`", "keep one of the two"
        else:
            problem, help_ = f"{at} does not say what it is", "write `type:`, `enum:` or `fields:`"
        scope.findings.add("SC210", problem, spec.place(kinds[1]) if kinds else spec.key_place(), help_)
        return None
    refuse_idle(spec, kinds[0], at, scope, named=False)
    made = _made(kinds[0], spec, spot, scope)
    if made is None:
        return None
    made = told_apart(made.narrowed(bounded(made.type, spec, scope, at)), spec, scope, at)
    return replace(made, nullable=True) if spec.nullable else made


def _made(kind: str, spec: Typed, spot: Spot, scope: Scope) -> Expression | None:
    """The type of one kind, without what is said beside."""
    match kind:
        case "type":
            made = scope.expression(spec.type or "", spec.place("type"))
            if made is not None and spec.enum is not None:
                return made.narrowed(chosen(made.type, spec, scope, spot.at))
            if made is not None and "const" in spec.stated():
                one = constant(made.type, spec, scope, spot.at)
                return None if one is None else made.narrowed(one)
            return made
        case "const":
            one = constant(None, spec, scope, spot.at)
            return None if one is None else Expression(one)
        case "items" | "values":
            holder = spec.items if kind == "items" else spec.values
            assert holder is not None  # it is what was found
            inside = spot.inside("Item" if kind == "items" else "Value") if spot.alias else spot
            inner = build_expression(holder, inside, scope)
            if inner is None:
                return None
            type_ = in_place(inner.whole, holder)
            return Expression(ListOf(type_) if kind == "items" else MapOf(type_))
        case "one_of" | "any_of":
            return listed(spec, spot, scope, build_expression)
        case "ref":
            return Expression(Scalar(Kind.INT))  # until all types are known
        case "enum" if spot.bare and spec.name is None:
            return Expression(chosen(Scalar(Kind.STR), spec, scope, spot.at))
        case _:
            return _hoist(spec, spot, scope)


def _hoist(spec: Typed, spot: Spot, scope: Scope) -> Expression | None:
    name = spec.name or spot.name
    if spec.name is not None and not usable_type_name(name, spec.place("name"), scope):
        return None
    if name in scope.known:
        scope.findings.add(
            "SC218",
            f"what {spot.at} holds would be called `{name}`, and that name is taken",
            spec.place("name"),
            "give it another one with `name:`, or state the type under `types:` and mention it here",
        )
        return None
    scope.reserve(name)
    made = _written(name, spec, scope)
    assert not isinstance(made, AliasType)  # it is an enum or an object
    scope.made[name] = replace(made, inline=True)
    return Expression(Ref(name))
