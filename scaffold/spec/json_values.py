"""Values in a spec, read by the type they are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from ..contract.changes.base import said
from ..contract.fitting import said_twice, tags
from ..contract.named_types import AliasType, EnumType, NamedType, ObjectType, Unknown
from ..contract.types import CONSTRAINTS, LIST_CONSTRAINTS, Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..diagnostics import Diagnostic, ScaffoldError, did_you_mean
from .scalar_values import called, misfit, place_of, read_scalar, same, untyped
from .scalars import Raw
from .stated_names import agree, stated_names


def read_value(
    raw: object, type_: Type, types: Mapping[str, NamedType], *, nullable: bool = False, depth: int = 0
) -> Json:
    """The JSON value that `raw`, a value of the spec or a JSON value, stands for as a value of `type_`.

    Raises:
        ScaffoldError: SC213, at the place of the part that does not fit.
    """
    if depth > MAX_DEPTH:
        raise misfit(raw, f"this is nested more than {MAX_DEPTH} deep")
    if raw is None or (isinstance(raw, Raw) and raw.null):
        if nullable or _holds_null(type_, types, 0):
            return None
        raise misfit(
            raw, f"null is not allowed here, where {called(type_)} stands", 'quotes make a text of it: `"null"`'
        )
    match type_:
        case Scalar():
            return read_scalar(raw, type_)
        case ListOf():
            return _list(raw, type_, types, depth)
        case MapOf(inner):
            if not isinstance(raw, dict):
                raise misfit(raw, "a mapping is needed here")
            return {k: read_value(v, inner, types, depth=depth + 1) for k, v in raw.items()}
        case Ref(name):
            found = types.get(name)
            if isinstance(found, EnumType):
                return _enum(raw, found)
            if isinstance(found, ObjectType):
                return _object(raw, found, types, depth)
            if isinstance(found, AliasType):
                return read_value(raw, found.type, types, depth=depth + 1)
            return untyped(raw)
        case UnionOf():
            return _one_of(raw, type_, types, depth)


@contextmanager
def under(key: str, type_: Type) -> Iterator[None]:
    """What is wrong with a value of `type_` is told with the key that it stands under, and a way out.

    Raises:
        ScaffoldError: what the block raises.
    """
    try:
        yield
    except ScaffoldError as error:
        told = (replace(d, message=f"`{key}`: {d.message}", help=d.help or _way_out(type_)) for d in error.diagnostics)
        raise ScaffoldError(told) from None


def _way_out(type_: Type) -> str:
    names = CONSTRAINTS if isinstance(type_, Scalar) else LIST_CONSTRAINTS
    bounds = [f"`{n}: {v}`" for n in names if (v := getattr(type_, n, None)) is not None and v is not False]
    return f"write a value of {type_}" + (f", which has {', '.join(bounds)}" if bounds else "")


def read_policy(raw: object, type_: Type, types: Mapping[str, NamedType], *, nullable: bool = False) -> Json:
    """The value that a policy states; of a union also as `{variant: Card, values: {…}}`, which names the variant.

    Raises:
        ScaffoldError: SC213, at the place of the part that does not fit.
    """
    union = type_
    while isinstance(union, Ref) and isinstance(found := types.get(union.name), AliasType):
        union = found.type
    if not isinstance(union, UnionOf) or not isinstance(raw, dict) or "variant" not in raw:
        return read_value(raw, type_, types, nullable=nullable)
    if not raw.keys() <= {"variant", "values"}:
        return read_value(raw, type_, types, nullable=nullable)
    variant = next((v for v in union.variants if str(v) == str(raw["variant"])), None)
    if variant is None:
        known = [str(v) for v in union.variants]
        raise misfit(raw, f"`{union}` has no variant `{raw['variant']}`", did_you_mean(str(raw["variant"]), known))
    values = raw.get("values", {})
    held = types.get(variant.name) if isinstance(variant, Ref) else None
    if union.discriminator is not None and isinstance(held, ObjectType) and isinstance(values, dict):
        word = union.discriminator.property
        if held.field(word) is not None and word not in values:
            values = {word: tags(union, held.name)[0], **values}
    return {"variant": str(variant), "values": read_value(values, variant, types)}


MAX_DEPTH = 80


def _holds_null(type_: Type, types: Mapping[str, NamedType], depth: int) -> bool:
    """Whether null is a value of `type_` itself."""
    match type_:
        case Scalar(kind=Kind.JSON | Kind.NULL, choices=choices):
            return not choices
        case UnionOf(variants):
            return any(_holds_null(v, types, depth + 1) for v in variants) if depth < MAX_DEPTH else False
        case Ref(name):
            found = types.get(name)
            if not isinstance(found, AliasType) or depth > MAX_DEPTH:
                return False
            return found.nullable or _holds_null(found.type, types, depth + 1)
        case _:
            return False


def _one_of(raw: object, union: UnionOf, types: Mapping[str, NamedType], depth: int) -> Json:
    """The value of the first type that has it as YAML 1.2 reads it, else of the first that can read it."""
    plain, made, problems = untyped(raw), [], []
    tag = plain.get(union.discriminator.property) if union.discriminator and isinstance(plain, dict) else None
    for variant in union.variants:
        if isinstance(tag, str) and isinstance(variant, Ref) and tag not in tags(union, variant.name):
            continue
        try:
            value = read_value(raw, variant, types, depth=depth + 1)
        except ScaffoldError as error:
            problems += [f"{variant}: {d.message}" for d in error.diagnostics]
            continue
        if same(value, plain):
            return value
        made.append(value)
    if made:
        return made[0]
    if not problems:
        assert union.discriminator is not None  # without one every type is tried
        known = [t for v in union.variants if isinstance(v, Ref) for t in tags(union, v.name)]
        at = f"`{tag}` is no `{union.discriminator.property}` of `{union}`"
        raise misfit(raw, at, did_you_mean(str(tag), known))
    raise ScaffoldError(Diagnostic("SC213", f"this is no value of `{union}`", place_of(raw), notes=tuple(problems)))


def _list(raw: object, type_: ListOf, types: Mapping[str, NamedType], depth: int) -> Json:
    if not isinstance(raw, list):
        raise misfit(raw, "a list is needed here")
    if type_.min_items is not None and len(raw) < type_.min_items:
        raise misfit(raw, f"this list has fewer than {type_.min_items} items")
    if type_.max_items is not None and len(raw) > type_.max_items:
        raise misfit(raw, f"this list has more than {type_.max_items} items")
    made = [read_value(v, type_.items, types, depth=depth + 1) for v in raw]
    if type_.unique_items and any(v in made[:i] for i, v in enumerate(made)):
        raise misfit(raw, "the items of this list must differ")
    twice = said_twice(made, type_.items, types)
    if twice is not None:
        raise misfit(raw, f"two items of this list have the `{twice[0]}` {said(twice[1])}, which tells them apart")
    return made


def _enum(raw: object, enum: EnumType) -> str:
    if not isinstance(raw, str):
        raise misfit(raw, f"a value of `{enum.name}` is needed here")
    if enum.value(str(raw)) is None and not enum.open:
        raise misfit(
            raw, f"`{raw}` is no value of `{enum.name}`", did_you_mean(str(raw), [v.value for v in enum.values])
        )
    return str(raw)


def _object(raw: object, type_: ObjectType, types: Mapping[str, NamedType], depth: int) -> Json:
    if not isinstance(raw, dict):
        raise misfit(raw, f"a mapping with the fields of `{type_.name}` is needed here")
    made = {}
    for name, value in stated_names(raw, type_, types).items():
        field = type_.field(name)
        if field is None and type_.unknown is Unknown.KEEP:
            made[name] = untyped(value) if type_.rest is None else read_value(value, type_.rest, types, depth=depth + 1)
            continue
        if field is None:
            names = [f.name for f in type_.fields]
            raise misfit(value, f"`{type_.name}` has no field `{name}`", did_you_mean(name, names), key=True)
        made[name] = read_value(value, field.type, types, nullable=field.nullable, depth=depth + 1)
    agree(raw, made, type_, types)
    lacking = [f.name for f in type_.fields if f.required and f.name not in made]
    if lacking:
        raise misfit(raw, f"`{type_.name}` needs `{lacking[0]}` too")
    return made
