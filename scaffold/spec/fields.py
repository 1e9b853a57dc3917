"""Fields and types of the spec as values of the contract; what is written inside a field becomes a named type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..contract.contract import identity
from ..contract.naming import pascal, safe_name
from ..contract.types import (
    MISSING,
    EnumType,
    EnumValue,
    Field,
    Kind,
    ListOf,
    MapOf,
    ObjectType,
    Ref,
    Scalar,
    Unknown,
)
from ..diagnostics import ScaffoldError, Span
from .bounds import bounded
from .expressions import Expression
from .json_values import place_of, read_value, scalar_problem
from .scope import Scope
from .shapes import EnumValueSpec, FieldSpec, ResourceSpec, Typed, TypeSpec

_TYPE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = (*(k.value for k in Kind), "list", "map", "null", "envelope", "pagination", "errors", "auth")


def usable_type_name(name: str, span: Span | None, scope: Scope) -> bool:
    """Whether a type may be called `name`; SC214 if not."""
    if not _TYPE_NAME.fullmatch(name):
        scope.findings.add(
            "SC214", f"`{name}` is no name for a type", span, "letters, digits and underscores, a letter first"
        )
        return False
    if name in _TAKEN:
        scope.findings.add(
            "SC214", f"`{name}` has a meaning of its own and cannot name a type", span, f"call it `{pascal(name)}`, say"
        )
        return False
    return True


def build_type(name: str, spec: TypeSpec | ResourceSpec | Typed, scope: Scope) -> None:
    """Put the named type that `spec` states into `scope.made`, with the types written inside it."""
    scope.reserve(name)
    enum = None if isinstance(spec, ResourceSpec) else spec.enum
    if enum is None and spec.fields is None and spec.cut():
        return
    if (enum is None) == (spec.fields is None):
        scope.findings.add(
            "SC210",
            f"`{name}` needs either `enum` or `fields`",
            spec.key_place(),
            "write `{enum: [a, b]}` or `{fields: {…}}`",
        )
        return
    if enum is not None:
        for key in ("unknown",):
            if key in spec.stated():
                scope.findings.add("SC210", f"`{key}` says nothing about an enum", spec.place(key), "leave it out")
        scope.made[name] = build_enum(name, enum, spec.description, scope, spec.place("enum"))
    else:
        scope.made[name] = build_object(name, spec, scope)


def build_enum(name: str, values: list[EnumValueSpec], description: str | None, scope: Scope, span: Span) -> EnumType:
    """An enum of the values that are written."""
    born = identity(scope.version, name)
    seen: dict[str, EnumValue] = {}
    for value in values:
        if value.value in seen:
            scope.findings.add(
                "SC215",
                f"the value `{value.value}` stands twice in `{name}`",
                value.place("value"),
                "keep one of the two",
            )
        seen[value.value] = EnumValue(identity(scope.version, born, value.value), value.value, value.description)
    if not seen:
        scope.findings.add("SC215", f"the enum `{name}` has no values", span, "write at least one")
    return EnumType(born, name, tuple(seen.values()), description)


def build_object(name: str, spec: TypeSpec | ResourceSpec | Typed, scope: Scope) -> ObjectType:
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
    return ObjectType(born, name, tuple(fields), Unknown(spec.unknown or "ignore"), spec.description)


def refuse_clash(owner: str, one: str, two: str, span: Span | None, scope: Scope) -> None:
    """SC216: two fields would be the same name."""
    if one == two:
        scope.findings.add("SC216", f"`{owner}` has the field `{one}` twice", span, "keep one of the two")
    else:
        scope.findings.add(
            "SC216",
            f"`{one}` and `{two}` of `{owner}` both become `{safe_name(one)}` in Python",
            span,
            "rename one of the two",
        )


def build_field(owner: str, owner_identity: str, key: str, spec: FieldSpec, scope: Scope) -> Field | None:
    """The field written under `key`; its default and example are settled later, when all types are known."""
    name = key.removesuffix("?")
    if not name.strip():
        scope.findings.add("SC214", f"a field of `{owner}` has no name", spec.key_place())
        return None
    made = build_expression(spec, owner + pascal(name), scope, f"`{owner}.{name}`")
    if made is None:
        return None
    field = Field(
        identity=identity(scope.version, owner_identity, name),
        name=name,
        type=made.type,
        required=not key.endswith("?"),
        nullable=made.nullable,
        **modes(spec),
    )
    check_field(owner, field, spec, scope)
    return field


def modes(spec: Any) -> dict[str, Any]:
    """What a spec states of a field beside its type."""
    stated = spec.stated()
    return {
        "default": spec.default if "default" in stated else MISSING,
        "example": spec.example if "example" in stated else MISSING,
        "key": getattr(spec, "key", False),
        "read_only": spec.read_only,
        "write_only": spec.write_only,
        "create_only": spec.create_only,
        "unique": spec.unique,
        "on_create": spec.on_create,
        "description": spec.description,
        "deprecated": spec.deprecated,
    }


def check_field(owner: str, field: Field, spec: Any, scope: Scope) -> None:
    """What does not go together in one field."""
    where, at = spec.key_place(), f"`{owner}.{field.name}`"
    if field.key:
        if not field.required or field.nullable:
            scope.findings.add(
                "SC217", f"{at} is a key and must be there, and not null", where, "drop the `?` and the `null`"
            )
        if not isinstance(field.type, Scalar) or field.type.kind not in (Kind.STR, Kind.INT, Kind.UUID):
            scope.findings.add(
                "SC217",
                f"{at} is a key and cannot be {field.type}",
                spec.place("type"),
                "a key is `int`, `uuid` or `str`",
            )
    if field.read_only and field.write_only:
        scope.findings.add(
            "SC217", f"{at} cannot be both read-only and write-only", spec.place("write_only"), "keep one of the two"
        )
    if field.read_only and field.create_only:
        scope.findings.add(
            "SC217", f"{at} cannot be both read-only and create-only", spec.place("create_only"), "keep one of the two"
        )
    if field.unique and not isinstance(field.type, Scalar):
        scope.findings.add(
            "SC217", f"{at} is {field.type}: only single values can be unique", spec.place("unique"), "drop `unique`"
        )


def build_expression(spec: Typed, name: str, scope: Scope, at: str) -> Expression | None:
    """The type that `spec` says; enums and objects written in place become types called `name`."""
    kinds = [k for k in ("enum", "fields", "items", "values") if getattr(spec, k) is not None]
    if spec.type is not None and not (kinds in (["items"], ["values"]) and spec.type in ("list", "map")):
        kinds.insert(0, "type")
    if not kinds and spec.cut():
        return None
    if len(kinds) != 1:
        if kinds:
            problem, help_ = f"{at} has both `{kinds[0]}` and `{kinds[1]}`", "keep one of the two"
        else:
            problem, help_ = f"{at} does not say what it is", "write `type:`, `enum:` or `fields:`"
        scope.findings.add("SC210", problem, spec.place(kinds[1]) if kinds else spec.key_place(), help_)
        return None
    made: Expression | None = None
    if spec.type is not None and kinds[0] == "type":
        made = scope.expression(spec.type, spec.place("type"))
    elif spec.items is not None:
        inner = build_expression(spec.items, name, scope, at)
        made = None if inner is None else Expression(ListOf(inner.type))
    elif spec.values is not None:
        inner = build_expression(spec.values, name, scope, at)
        made = None if inner is None else Expression(MapOf(inner.type))
    else:
        made = _hoist(spec, name, scope, at)
    if made is None:
        return None
    type_ = bounded(made.type, spec, scope, at)
    return Expression(type_, made.nullable or bool(spec.nullable))


def _hoist(spec: Typed, name: str, scope: Scope, at: str) -> Expression | None:
    if name in scope.known:
        scope.findings.add(
            "SC218",
            f"what {at} holds would be called `{name}`, and that name is taken",
            spec.key_place(),
            "state the type under `types:` and mention it here",
        )
        return None
    build_type(name, spec, scope)
    return Expression(Ref(name)) if scope.made.get(name) is not None else None


def settle(scope: Scope) -> None:
    """Read the defaults and examples of the types in `scope.made` as values of their types."""
    types = scope.all_types
    for name, type_ in list(scope.made.items()):
        if isinstance(type_, ObjectType):
            fields = tuple(settled(f, scope, types) for f in type_.fields)
            scope.made[name] = replace(type_, fields=fields)


def settled(field: Field, scope: Scope, types: Mapping[str, Any]) -> Field:
    """`field` with its default and example as JSON values."""
    edits: dict[str, Any] = {}
    for part in ("default", "example"):
        raw = getattr(field, part)
        if raw is MISSING:
            continue
        try:
            edits[part] = read_value(raw, field.type, types, nullable=field.nullable)
        except ScaffoldError as error:
            edits[part] = MISSING
            for diagnostic in error.diagnostics:
                scope.findings.put(diagnostic)
    if field.on_create is not None:
        edits["on_create"] = str(field.on_create)
        problem = on_create_problem(field, types)
        if problem is not None:
            help_ = "write `now`, a value, or a hook: `conversions.f`"
            scope.findings.add("SC217", f"`{field.name}`: {problem}", place_of(field.on_create), help_)
    return replace(field, **edits) if edits else field


def on_create_problem(field: Field, types: Mapping[str, Any]) -> str | None:
    """Why the server cannot put in what `on_create` says, if it cannot."""
    text = field.on_create
    if text is None or re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", text):
        return None
    if isinstance(field.type, Scalar):
        if text == "now" and field.type.kind in (Kind.DATE, Kind.DATETIME, Kind.TIME):
            return None
        problem = scalar_problem(text, field.type)
        return None if problem is None else f"`on_create` cannot be that: {problem}"
    enum = types.get(field.type.name) if isinstance(field.type, Ref) else None
    if isinstance(enum, EnumType) and enum.value(text) is None:
        return f"`on_create: {text}` is no value of `{enum.name}`"
    if not isinstance(enum, EnumType):
        return f"`on_create` cannot make a value of {field.type}"
    return None
