"""Unions: several types in one place, and what tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ..contract.changes.base import listing
from ..contract.fitting import said_by, said_of_several, tags
from ..contract.named_types import AliasType, Field, NamedType, ObjectType
from ..contract.types import Discriminator, Ref, Type, UnionOf
from ..diagnostics import did_you_mean, nearest
from .expressions import NULL, Expression, gathered
from .scope import Scope, Spot
from .shapes import Typed, VariantSpec

Build = Callable[[Typed, Spot, Scope], Expression | None]
"""What builds the type that is written in a place."""


def listed(spec: Typed, spot: Spot, scope: Scope, build: Build) -> Expression | None:
    """The union of the types under `one_of` or `any_of`."""
    key = "one_of" if spec.one_of is not None else "any_of"
    specs = spec.one_of if spec.one_of is not None else spec.any_of or []
    members: list[Type] = []
    broken = False
    for position, one in enumerate(specs, 1):
        made = _variant(one, spot.inside(str(position)), scope, build)
        if made is None:
            broken = True
        elif made in members:
            where = one.place("type")
            scope.findings.add("SC231", f"`{made}` stands twice in {spot.at}", where, "keep one of the two")
        else:
            members.append(made)
    if not broken and all(m == NULL for m in members):
        help_ = f"write `{key}: [Card, Wallet]`"
        scope.findings.add("SC231", f"`{key}` of {spot.at} names no type", spec.place(key), help_)
        broken = True
    return None if broken else gathered(members, exclusive=key == "one_of", short=False)


def _variant(spec: VariantSpec, spot: Spot, scope: Scope, build: Build) -> Type | None:
    if spec.type == "null":
        wrong = sorted(spec.stated() - {"type", "description", "openapi"})
        if wrong:
            scope.findings.add("SC210", f"`{wrong[0]}` says nothing about null", spec.place(wrong[0]), "leave it out")
        return replace(NULL, extra=said_in_place(spec))
    made = build(spec, spot, scope)
    return None if made is None else in_place(made.whole, spec)


def said_in_place(spec: Typed) -> dict[str, object]:
    """What is said of a type in a place that has no holder."""
    described = {} if spec.description is None else {"description": spec.description}
    return {**described, **spec.beside}


def in_place(type_: Type, spec: Typed) -> Type:
    """`type_` with what its place says of it."""
    said = said_in_place(spec)
    return replace(type_, extra=said) if said else type_


def told_apart(made: Expression, spec: Typed, scope: Scope, at: str) -> Expression:
    """`made` with the discriminator that is written beside it."""
    if spec.discriminator is None:
        if spec.tags is not None:
            scope.findings.add(
                "SC231", f"the `tags` of {at} are values of no field", spec.place("tags"), "add `discriminator:`"
            )
        return made
    where = spec.place("discriminator")
    if not isinstance(made.type, UnionOf):
        scope.findings.add(
            "SC231", f"{at} is {made.type} and has nothing to tell apart", where, "drop it, or write `A | B`"
        )
        return made
    known = [v.name for v in made.type.variants if isinstance(v, Ref)]
    for value, name in (spec.tags or {}).items():
        if str(name) not in known:
            span = spec.place("tags", value)
            scope.findings.add("SC231", f"`{name}` is no type of {at}", span, did_you_mean(str(name), known))
    tags = tuple((str(value), str(name)) for value, name in (spec.tags or {}).items())
    union = replace(made.type, discriminator=Discriminator(spec.discriminator, tags))
    scope.places.setdefault(subject(union), where)
    return made.narrowed(union)


def subject(union: UnionOf) -> str:
    """What a union is looked up by: its types, and what tells them apart."""
    return f"{union} by {union.discriminator.property if union.discriminator else None}"


def discriminator_problems(union: UnionOf, types: Mapping[str, NamedType]) -> Iterator[tuple[str, str]]:
    """What keeps the discriminator of `union` from telling its types apart, each with a way out."""
    if union.discriminator is None:
        return
    name = union.discriminator.property
    for word, several in said_of_several(union):
        message = f"`{name}: {word}` would be {listing(several)} in `{union}`, and tells none apart"
        yield message, "give each type a word of its own, with `tags` (`tag` where a variant is added)"
    for variant in union.variants:
        if variant == NULL:
            continue
        for found in _leaves(variant, types, set()):
            if not isinstance(found, ObjectType):
                yield f"`{found}` is no object, and `{name}` cannot tell it apart", "drop `discriminator`"
                continue
            field = found.field(name)
            if field is None:
                meant = nearest(name, [f.name for f in found.fields])
                yield (
                    f"`{union}` is told apart by `{name}`, and `{found.name}` has no such field",
                    f"did you mean `{meant}`?" if meant else f"add `{name}` to `{found.name}`, or drop `discriminator`",
                )
            elif isinstance(variant, Ref) and variant.name == found.name:
                yield from _never_said(union, found, field, types)


def _never_said(
    union: UnionOf, type_: ObjectType, field: Field, types: Mapping[str, NamedType]
) -> Iterator[tuple[str, str]]:
    """The words for the variant `type_` that its `field`, which tells it apart, cannot hold, each with a way out."""
    possible = said_by(field.type, types)
    if possible is None:
        return
    are = "no text" if not possible else f"`{possible[0]}`" if len(possible) == 1 else f"one of {listing(possible)}"
    help_ = f"say its word: `tags: {{{possible[0]}: {type_.name}}}`" if possible else f"let `{field.name}` be a text"
    for word in tags(union, type_.name):
        if word not in possible:
            yield f"`{word}` stands for `{type_.name}` in `{union}`, and `{type_.name}.{field.name}` is {are}", help_


def _leaves(type_: Type, types: Mapping[str, NamedType], seen: set[str]) -> Iterator[Type | ObjectType]:
    """The objects that `type_` stands for, or what it is instead; nothing for a name that is not known."""
    if isinstance(type_, UnionOf):
        for variant in type_.variants:
            yield from _leaves(variant, types, seen)
        return
    found = types.get(type_.name) if isinstance(type_, Ref) else None
    if isinstance(found, AliasType):
        if found.name not in seen:
            yield from _leaves(found.type, types, seen | {found.name})
    elif isinstance(found, ObjectType):
        yield found
    elif found is not None or not isinstance(type_, Ref):
        yield type_
