"""Defaults and examples are read when all types are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..contract.hooks import hook_name
from ..contract.named_types import EnumType, Field, ObjectType
from ..contract.types import MISSING, Kind, Ref, Scalar
from ..diagnostics import ScaffoldError
from .json_values import read_value, under
from .scalar_values import place_of, scalar_problem
from .scope import Scope


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
            with under(part, field.type):
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
    if text is None or hook_name(text) is not None:
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
