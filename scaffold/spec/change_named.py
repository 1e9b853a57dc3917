"""Changes of named types, and of the variants of unions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..contract.address import VariantAddress
from ..contract.changes import AddVariant, ChangeType, RemoveVariant
from ..contract.changes.base import need_type
from ..contract.changes.named import need_union, need_variant
from ..contract.named_types import AliasType, EnumType, NamedType, ObjectType, Unknown
from ..contract.types import MISSING, Json, Missing, Ref, Type, Undecided, UnionOf
from ..diagnostics import ScaffoldError
from .change_addresses import only
from .change_fields import new_type
from .change_keys import ADD, CHANGE
from .change_shapes import AddSpec, RemoveSpec
from .change_verb import ChangeSpec
from .field_checks import usable_type_name
from .fields import build_expression, build_rest
from .kinds import says_type, type_place
from .point import Point, fail
from .scope import Spot
from .settling import settle
from .unions import in_place


def change_type(spec: ChangeSpec, name: str, point: Point, said: dict[str, Any]) -> ChangeType:
    """What the type called `name` says of itself from now on."""
    only(spec, "change", "a type", CHANGE["a type"])
    found = need_type(point.contract, name)
    scope, stated = point.scope(), spec.stated()
    edits: dict[str, Any] = {"unknown": None if spec.unknown is None else Unknown(spec.unknown)}
    if "rest" in stated:
        kept = found.unknown if isinstance(found, ObjectType) else Unknown.KEEP
        edits["rest"] = build_rest(name, edits["unknown"] or kept, spec.rest, scope)
    if "component" in stated:
        edits["component"] = spec.component
    new = new_type(spec, scope, Spot(name, f"`{name}`", alias=True))
    if new is not None and not isinstance(found, AliasType):
        what = "an object" if isinstance(found, ObjectType) else "an enum"
        help_ = "change its fields or values, or add another type and use that"
        raise fail("SC305", f"`{name}` is {what} and stands for no other type", spec.place("to"), help_)
    if new is not None:
        point.places[name] = type_place(spec)
    settle(scope)
    return ChangeType(
        name=name,
        type=None if new is None else new.type,
        nullable=True if new is not None and new.nullable else spec.nullable,
        open=spec.open,
        inline=spec.inline,
        types=scope.new_types,
        codec=point.codec(spec),
        policy=spec.policy,
        waiver=point.waiver(spec),
        old_sends=_other(spec, "old_sends", found, point, closes=True),
        old_sees=_other(spec, "old_sees", found, point, closes=False),
        **edits,
        **said,
    )


def _other(spec: ChangeSpec, key: str, found: NamedType, point: Point, *, closes: bool) -> Json | Missing | Undecided:
    """What texts that an enum does not have are taken as, or shown as."""
    stated = point.policy(spec, key)
    if stated is MISSING:
        return MISSING
    if not isinstance(found, EnumType) or spec.open is None or spec.open is closes or spec.policy is not None:
        help_ = "it is for enums that are opened (`old_sees`) or closed (`old_sends`), and stands instead of `policy`"
        raise fail("SC312", f"`{key}` says nothing here", spec.place(key), help_)
    if isinstance(stated, str) and found.value(stated) is None:
        words = ", ".join(f"`{v.value}`" for v in found.values)
        raise fail("SC310", f"`{key}: {stated}` is no value of `{found.name}`", spec.place(key), f"one of {words}")
    return stated


def add_variant(spec: AddSpec, at: VariantAddress, point: Point, said: dict[str, Any]) -> AddVariant:
    """The variant that `spec` adds to a union."""
    only(spec, "add", "a variant", ADD["a variant"])
    where, scope = spec.place("add"), point.scope()
    union = need_union(point.contract, at)
    if says_type(spec):
        if (spec.enum is not None and spec.type is None) or spec.fields is not None:
            if spec.name not in (None, at.variant) or not usable_type_name(at.variant, where, scope):
                raise fail("SC312", f"the variant is called `{at.variant}`", spec.place("name"), "leave `name` out")
        made = build_expression(spec, Spot(at.variant, f"`{at}`"), scope)
    else:
        made = scope.expression(at.variant, where)
    if made is None:
        raise ScaffoldError(())
    if str(made.whole) != at.variant:
        help_ = f"write `add: {at.holder}|{made.whole}`"
        raise fail("SC312", f"the variant is `{made.whole}`, and the address says `{at.variant}`", where, help_)
    settle(scope)
    old_sees = point.policy(spec, "old_sees", union, scope=scope)
    variant = in_place(made.whole, spec)
    if spec.hide:
        _may_hide(spec, variant, scope.all_types)
    types = scope.new_types
    return AddVariant(
        at=at, variant=variant, tag=spec.tag, types=types, old_sees=old_sees, hide=bool(spec.hide), **said
    )


def _may_hide(spec: AddSpec, variant: Type, types: Mapping[str, NamedType]) -> None:
    """Whether objects that hold a variant can be hidden from older versions.

    Raises:
        ScaffoldError: SC312 where they are also shown something, SC335 for a variant that is no object.
    """
    if "old_sees" in spec.stated():
        why = "what older versions do not see, they are not shown as something else"
        raise fail("SC312", why, spec.place("hide"), "say `old_sees` or `hide`, not both")
    if not isinstance(variant, Ref) or not isinstance(types.get(variant.name), ObjectType):
        help_ = "say what older versions are shown instead: `old_sees: VALUE`"
        raise fail(
            "SC335", f"`{variant}` is no object: nothing says which values are to hide", spec.place("hide"), help_
        )


def remove_variant(spec: RemoveSpec, at: VariantAddress, point: Point, said: dict[str, Any]) -> RemoveVariant:
    """The variant that `spec` takes out of a union."""
    only(spec, "remove", "a variant", ("old_sends",))
    union = need_union(point.contract, at)
    gone = need_variant(union, at)
    left = tuple(v for v in union.variants if v is not gone)
    mapping = None
    if union.discriminator is not None:
        kept = tuple((tag, name) for tag, name in union.discriminator.mapping if Ref(name) != gone)
        mapping = type(union.discriminator)(union.discriminator.property, kept)
    old_sends = point.policy(spec, "old_sends", UnionOf(left, mapping, union.exclusive))
    return RemoveVariant(at=at, old_sends=old_sends, **said)
