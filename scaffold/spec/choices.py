"""Closed sets of values: enums of texts, and single values with a few choices."""

from __future__ import annotations

from dataclasses import replace

from ..contract.changes.holding import header_fault
from ..contract.contract import identity
from ..contract.named_types import EnumType, EnumValue, OptIn
from ..contract.types import Json, Kind, Scalar, Type
from ..diagnostics import ScaffoldError, Span
from .scalar_values import read_scalar, untyped
from .scalars import Raw
from .scope import Scope
from .shapes import EnumValueSpec, Typed


def build_enum(name: str, values: list[EnumValueSpec], open_: bool, scope: Scope, span: Span) -> EnumType:
    """An enum of the texts that are written."""
    born = identity(scope.version, name)
    seen: dict[str, EnumValue] = {}
    for value in values:
        text = str(value.value)
        if text in seen:
            _twice(text, f"`{name}`", value, scope)
        held = None if value.opt_in is None else _held(value, [str(v.value) for v in values], born, name, scope)
        seen[text] = EnumValue(
            identity(scope.version, born, text), text, value.description, held, value.deprecated, extra=value.beside
        )
    if not seen:
        scope.findings.add("SC215", f"the enum `{name}` has no values", span, "write at least one")
    return EnumType(born, name, tuple(seen.values()), open=open_)


def _held(value: EnumValueSpec, known: list[str], born: str, name: str, scope: Scope) -> OptIn:
    """What holds a value back that is stated with its enum."""
    header, seen = str(value.opt_in), None if value.old_sees is None else str(value.old_sees)
    fault = header_fault(header)
    if fault is not None:
        help_ = "name a header of your own, `X-Preview-Values`"
        scope.findings.add("SC340", f"`opt_in: {header}` {fault}", value.place("opt_in"), help_)
    if seen is None or seen not in known or seen == str(value.value):
        message = f"others are shown another value of `{name}` for `{value.value}`"
        scope.findings.add("SC341", message, value.key_place(), f"add `old_sees:` with one of {', '.join(known)}")
    return OptIn(header, None if seen is None else identity(scope.version, born, seen))


def chosen(type_: Type, spec: Typed, scope: Scope, at: str) -> Type:
    """`type_` closed to the values under `enum`."""
    values = spec.enum or []
    where = spec.place("enum")
    if not isinstance(type_, Scalar):
        help_ = "leave `type` out for an enum of texts, or write one of `str`, `int`, `float`, `bool`"
        scope.findings.add("SC210", f"`enum` cannot close {at}, which is {type_}", where, help_)
        return type_
    if not values:
        scope.findings.add("SC215", f"the enum of {at} has no values", where, "write at least one")
    made: list[Json] = []
    for value in values:
        if value.description is not None or value.beside or value.deprecated or value.opt_in is not None:
            help_ = "leave `type` out, then the values of the enum have descriptions"
            scope.findings.add("SC210", f"a choice of {type_} is a value alone", value.key_place(), help_)
        read = _read(value.value, type_, value.place("value"), scope)
        if any(type(m) is type(read) and m == read for m in made):
            _twice(str(value.value), at, value, scope)
        made += [] if read is None else [read]
    return replace(type_, choices=tuple(made))


def constant(type_: Type | None, spec: Typed, scope: Scope, at: str) -> Type | None:
    """The one value under `const`; without a type it is what YAML 1.2 reads."""
    where = spec.place("const")
    value = untyped(spec.const)
    if value is None or isinstance(value, dict | list):
        help_ = "write a text, a number, `true` or `false`; for null write `| null`"
        scope.findings.add("SC210", f"`const` of {at} is a single value", where, help_)
        return None
    if type_ is None:
        return Scalar(_KINDS[type(value)], choices=(value,))
    if not isinstance(type_, Scalar):
        scope.findings.add("SC210", f"`const` cannot close {at}, which is {type_}", where, "leave `type` out")
        return None
    read = _read(spec.const, type_, where, scope)
    return None if read is None else replace(type_, choices=(read,))


_KINDS = {str: Kind.STR, bool: Kind.BOOL, int: Kind.INT, float: Kind.FLOAT}


def _read(raw: object, type_: Scalar, span: Span, scope: Scope) -> Json:
    """The value of one choice; None, with a finding, when it is none of its type."""
    try:
        return read_scalar(raw if isinstance(raw, Raw) else str(raw), type_)
    except ScaffoldError as error:
        for diagnostic in error.diagnostics:
            scope.findings.put(diagnostic.at(span))
        return None


def _twice(text: str, at: str, value: EnumValueSpec, scope: Scope) -> None:
    scope.findings.add("SC215", f"the value `{text}` stands twice in {at}", value.place("value"), "keep one of the two")
