"""Which bounds a type can have, and whether they make sense together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..contract.ecma import scoped
from ..contract.types import LIST_CONSTRAINTS, Kind, ListOf, Scalar, Type
from .scope import Scope
from .shapes import BOUNDS

_LENGTHS = ("min_length", "max_length", "pattern")
_NUMBERS = ("ge", "gt", "le", "lt", "multiple_of")
BOUNDS_OF: Mapping[Kind, tuple[str, ...]] = {
    Kind.STR: ("format", *_LENGTHS),
    Kind.EMAIL: _LENGTHS,
    Kind.URL: _LENGTHS,
    Kind.BYTES: ("min_length", "max_length"),
    Kind.INT: ("format", *_NUMBERS),
    Kind.FLOAT: ("format", *_NUMBERS),
    Kind.DECIMAL: ("pattern", *_NUMBERS),
}
"""Which bounds a kind can have."""


def bounded(type_: Type, spec: Any, scope: Scope, at: str) -> Type:
    """`type_` with the bounds that `spec` states; SC219 for those it cannot have."""
    stated = {b: getattr(spec, b) for b in BOUNDS if getattr(spec, b) is not None}
    if not stated:
        return type_
    known = allowed_bounds(type_)
    for bound in stated:
        if bound not in known:
            choices = ", ".join(f"`{k}`" for k in known)
            help_ = f"{type_} can have {choices}" if choices else f"{type_} has no bounds"
            scope.findings.add("SC219", f"`{bound}` cannot bound {at}, which is {type_}", spec.place(bound), help_)
    usable = {b: v for b, v in stated.items() if b in known}
    if not isinstance(type_, Scalar | ListOf):
        return type_
    made = replace(type_, **usable)
    for bound, problem in bound_problems(made):
        scope.findings.add("SC219", f"{at}: {problem}", spec.place(bound))
    return made


def allowed_bounds(type_: Type) -> tuple[str, ...]:
    """The bounds that a type can have."""
    if isinstance(type_, ListOf):
        return LIST_CONSTRAINTS
    return BOUNDS_OF.get(type_.kind, ()) if isinstance(type_, Scalar) else ()


def bound_problems(type_: Scalar | ListOf) -> list[tuple[str, str]]:
    """Bounds that make no sense, each with what is wrong."""
    found = []
    if isinstance(type_, ListOf):
        pairs: list[tuple[str, Any, str, Any]] = [("min_items", type_.min_items, "max_items", type_.max_items)]
        sizes = {"min_items": type_.min_items, "max_items": type_.max_items}
    else:
        pairs = [
            ("min_length", type_.min_length, "max_length", type_.max_length),
            ("ge", type_.ge, "le", type_.le),
            ("gt", type_.gt, "lt", type_.lt),
        ]
        sizes = {"min_length": type_.min_length, "max_length": type_.max_length}
        if type_.multiple_of is not None and type_.multiple_of <= 0:
            found.append(("multiple_of", "`multiple_of` must be more than 0"))
        if type_.pattern is not None:
            try:
                re.compile(scoped(type_.pattern))
            except (re.error, OverflowError, RecursionError) as error:
                found.append(("pattern", f"`pattern` is no regular expression: {error}"))
    found += [(b, f"`{b}` cannot be less than 0") for b, n in sizes.items() if n is not None and n < 0]
    for low, a, high, b in pairs:
        if a is not None and b is not None and a > b:
            found.append((high, f"`{high}: {b}` is less than `{low}: {a}`"))
    return found
