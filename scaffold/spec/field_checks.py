"""What does not go together in a field, and names that cannot be."""

from __future__ import annotations

import re
from typing import Any

from ..contract.hooks import MODULE, hook_name
from ..contract.named_types import Field, ObjectType
from ..contract.naming import HELD, pascal, safe_name
from ..contract.types import MISSING, Kind, Scalar, UnionOf, references
from ..diagnostics import Span
from .scope import Scope

_TYPE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = (*(k.value for k in Kind), "list", "map", "envelope", "pagination", "errors", "auth", "base_path")


def usable_type_name(name: str, span: Span | None, scope: Scope) -> bool:
    """Whether a type may be called `name`; SC214 if not."""
    if not _TYPE_NAME.fullmatch(name):
        scope.findings.add(
            "SC214", f"`{name}` is no name for a type", span, "letters, digits and underscores, a letter first"
        )
        return False
    if name in _TAKEN or name.rstrip("_") in HELD:
        other = pascal(name)
        help_ = f"call it `{other if other.rstrip('_') not in {name, *HELD} else f'{other}Type'}`, say"
        scope.findings.add("SC214", f"`{name}` has a meaning of its own and cannot name a type", span, help_)
        return False
    return True


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


def modes(spec: Any) -> dict[str, Any]:
    """What a spec states of a field beside its type."""
    stated = spec.stated()
    return {
        "default": spec.default if "default" in stated else MISSING,
        "example": spec.example if "example" in stated else MISSING,
        "key": getattr(spec, "key", False),
        "read_only": spec.read_only or spec.computed is not None,
        "write_only": spec.write_only,
        "create_only": spec.create_only,
        "unique": spec.unique,
        "on_create": spec.on_create,
        "computed": spec.computed,
        "description": spec.description,
        "deprecated": spec.deprecated,
        "extra": spec.beside,
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
    if field.computed is not None:
        _check_computed(at, field, spec, scope)
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


def _check_computed(at: str, field: Field, spec: Any, scope: Scope) -> None:
    """A computed field is made by a hook each time it is shown: nothing else gives it a value."""
    where = spec.place("computed")
    if hook_name(field.computed) is None:
        help_ = f"write `computed: {MODULE}.age_range`, the name of a function in your `{MODULE}.py`"
        scope.findings.add("SC217", f"`{field.computed}` is no hook", where, help_)
    others = ("key", "unique", "on_create", "default", "old_sends", "existing")
    for word in (w for w in others if w in spec.stated()):
        scope.findings.add(
            "SC217", f"{at} is computed, and `{word}` says nothing of it", spec.place(word), "leave it out"
        )
    if not field.required:
        scope.findings.add("SC217", f"{at} is computed, and so it is always shown", where, "leave the `?` out")
    if any(isinstance(scope.all_types.get(name), ObjectType) for name in references(field.type)) or (
        isinstance(field.type, UnionOf)
    ):
        help_ = "a hook makes single values, and lists and maps of them"
        scope.findings.add("SC217", f"{at} is computed and cannot be {field.type}", spec.place("type"), help_)
