"""The sides of a type: what is shown of it, and the ways to write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .contract import Contract
from .message import View
from .named_types import AliasType, EnumType, Field, NamedType, ObjectType
from .naming import version_key
from .types import MISSING, Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf


@dataclass(frozen=True)
class ViewField:
    """A field as one side of its type has it; `nested` is the side of the object it refers to."""

    field: Field
    required: bool
    nullable: bool
    default: Json
    nested: View
    partial: bool = False
    """Whether it stands in a partial update."""

    @property
    def name(self) -> str:
        """The name it has on the wire."""
        return self.field.name

    @property
    def type(self) -> Type:
        """The type as the contract states it."""
        return self.field.type

    @property
    def merges(self) -> bool:
        """Whether it is a map in a partial update: keys that are not sent stay, and null takes one away (RFC 7396)."""
        return self.partial and isinstance(self.field.type, MapOf)

    @property
    def promised(self) -> Type:
        """The type as documents state it."""
        return _with_nulls(self.field.type) if self.merges else self.field.type

    @property
    def late(self) -> bool:
        """Whether what cannot be read is refused when it is written only: it may be what its sender is shown."""
        return self.field.late and self.nested in (View.REPLACE, View.UPDATE)

    @property
    def wire(self) -> Type:
        """The type that is read and shown: of what is new only what may be written, else also what is there."""
        strict = self.field.check if self.nested in (View.CREATE, View.INPUT) else self.field.loose
        found = strict or self.field.type
        return _with_nulls(found) if self.merges else found


def view_fields(type_: ObjectType, view: View, version: str = "") -> tuple[ViewField, ...]:
    """The fields that `view` of `type_` has in `version`, in order, each other name too.

    A partial update (RFC 7396) has every field optional and none with a default; null clears an optional one.
    A replacement keeps what a release of this very version added, unless null clears it: clients of the
    version's first day do not know it. Worked out once for each type.
    """
    known: dict[tuple[View, str], tuple[ViewField, ...]] = type_.__dict__.setdefault("_views", {})
    if (view, version) not in known:
        known[view, version] = tuple(_as_sent(f, view) for f in _fields(type_, view, version))
    return known[view, version]


def settled_fields(type_: ObjectType, view: View, version: str = "") -> tuple[ViewField, ...]:
    """The fields of `view_fields`, each by one name: as they are once it is settled which of several names holds."""
    known: dict[tuple[View, str], tuple[ViewField, ...]] = type_.__dict__.setdefault("_settled_views", {})
    if (view, version) not in known:
        known[view, version] = tuple(f for f in _fields(type_, view, version) if f.field.alias_of is None)
    return known[view, version]


def _as_sent(f: ViewField, view: View) -> ViewField:
    """A field that requests may leave out, since they may say it under another name."""
    one_of_several = f.field.alias_of is not None or f.field.elsewhere
    return replace(f, required=False) if f.required and one_of_several and view is not View.OUTPUT else f


def promised_type(contract: Contract, f: ViewField) -> Type:
    """The type of a field as documents state it, where `contract` may have names for maps."""
    found = contract.types.get(f.type.name) if isinstance(f.type, Ref) else None
    if f.partial and isinstance(found, AliasType) and isinstance(found.type, MapOf):
        return _with_nulls(found.type)
    return f.promised


def side_within(contract: Contract, f: ViewField) -> View:
    """The side of what a field refers to, where `contract` may have names for lists and unions: those come whole."""
    held, seen = _in_maps(f.type), set[str]()
    while f.nested is View.UPDATE and isinstance(held, Ref) and held.name not in seen:
        seen.add(held.name)
        found = contract.types.get(held.name)
        held = _in_maps(found.type) if isinstance(found, AliasType) else held
    return View.REPLACE if f.nested is View.UPDATE and not isinstance(held, Ref) else f.nested


def _in_maps(type_: Type) -> Type:
    """What maps of maps hold at last."""
    while isinstance(type_, MapOf):
        type_ = type_.values
    return type_


def _with_nulls(type_: Type) -> Type:
    """A map whose keys may be null, and so on inside of maps."""
    if not isinstance(type_, MapOf):
        return type_
    held = _with_nulls(type_.values)
    if isinstance(held, Scalar) and held.kind in (Kind.JSON, Kind.NULL):
        return type_
    if isinstance(held, UnionOf) and NULL in held.variants:
        return type_
    return replace(type_, values=UnionOf((held, NULL), exclusive=False))


NULL = Scalar(Kind.NULL)


def added_by_release(field: Field, version: str) -> bool:
    """Whether `field` came to `version` (`v1`) in a release of it: born there (`v1.1`), or in a later version."""
    here, born = version_key(version), (field.alias_of or field.identity).partition(":")[0]
    return bool(here) and version_key(born) > here


def _fields(type_: ObjectType, view: View, version: str) -> Iterator[ViewField]:
    for f in type_.fields:
        defaulted = f.default is not MISSING
        if view is View.OUTPUT:
            if not f.write_only:
                yield ViewField(f, f.required or defaulted, f.nullable, MISSING, View.OUTPUT)
            continue
        if f.read_only:
            continue
        if view in (View.CREATE, View.INPUT):
            yield ViewField(f, f.required and not defaulted, f.nullable, f.default, view)
        elif f.create_only:
            continue
        elif view is View.REPLACE:
            clears = not f.required and not defaulted and added_by_release(f, version)
            default = MISSING if added_by_release(f, version) else f.default
            required = f.required and not defaulted
            yield ViewField(f, required, f.nullable or clears, default, View.REPLACE)
        else:
            clears = not f.required and not defaulted
            inner = View.UPDATE if isinstance(_in_maps(f.type), Ref) else View.REPLACE
            yield ViewField(f, False, f.nullable or clears, MISSING, inner, partial=True)


def rest_view(view: View) -> View:
    """The side of an object's unknown fields, seen from side `view`: a partial update has them whole."""
    return View.REPLACE if view is View.UPDATE else view


def same_side(contract: Contract, type_: ObjectType, one: View, other: View) -> bool:
    """Whether two sides of a type are the same in everything they reach."""
    return _same(contract, type_, one, other, set())


def _same(contract: Contract, type_: ObjectType, one: View, other: View, open_: set[tuple[str, View, View]]) -> bool:
    if one is other or (type_.identity, one, other) in open_:
        return True
    open_.add((type_.identity, one, other))
    left, right = (view_fields(type_, side, contract.version) for side in (one, other))
    if len(left) != len(right):
        return False
    for target in objects_in(contract, type_.rest) if type_.rest is not None else ():
        if not _same(contract, target, rest_view(one), rest_view(other), open_):
            return False
    for a, b in zip(left, right, strict=True):
        if (a.field, a.required, a.nullable) != (b.field, b.required, b.nullable):
            return False
        if a.field.accepts and View.OUTPUT in (one, other):
            return False
        if View.OUTPUT not in (one, other) and a.default != b.default:
            return False
        for target in objects_in(contract, a.type):
            if not _same(contract, target, side_within(contract, a), side_within(contract, b), open_):
                return False
    return True


def objects_in(contract: Contract, type_: Type) -> Iterator[ObjectType]:
    """The object types that `type_` refers to, through lists, maps, unions and aliases, each once."""
    return (t for t in named_in(contract, type_) if isinstance(t, ObjectType))


def enums_in(contract: Contract, type_: Type) -> Iterator[EnumType]:
    """The enums that `type_` refers to, through lists, maps, unions and aliases, each once."""
    return (t for t in named_in(contract, type_) if isinstance(t, EnumType))


def named_in(contract: Contract, type_: Type) -> Iterator[NamedType]:
    """The named types that `type_` refers to, through lists, maps, unions and aliases, each once."""
    if isinstance(type_, Scalar):
        return
    seen: set[str] = set()
    waiting: list[Type] = [type_]
    while waiting:
        match waiting.pop():
            case Ref(name):
                target = contract.types.get(name)
                if target is not None and name not in seen:
                    seen.add(name)
                    yield target
                    if isinstance(target, AliasType):
                        waiting.append(target.type)
            case ListOf(items=inner) | MapOf(values=inner):
                waiting.append(inner)
            case UnionOf(variants):
                waiting += reversed(variants)
            case _:
                pass


def reached_types(contract: Contract, type_: Type) -> Iterator[NamedType]:
    """Every named type that values of `type_` can hold, at any depth, each once."""
    seen: set[str] = set()
    waiting = [type_]
    while waiting:
        found = waiting.pop()
        targets: list[NamedType] = [*objects_in(contract, found), *enums_in(contract, found)]
        for target in targets:
            if target.identity not in seen:
                seen.add(target.identity)
                yield target
                if isinstance(target, ObjectType):
                    waiting += [f.type for f in target.fields]
                    waiting += [] if target.rest is None else [target.rest]


SUFFIX = {
    View.OUTPUT: "",
    View.INPUT: "Input",
    View.CREATE: "Create",
    View.REPLACE: "Replace",
    View.UPDATE: "Update",
}


_CANDIDATES = {
    View.INPUT: (View.OUTPUT,),
    View.CREATE: (View.OUTPUT,),
    View.REPLACE: (View.OUTPUT, View.CREATE),
}


def canonical_view(contract: Contract, type_: ObjectType, view: View) -> View:
    """The side whose name `view` shares, because both are the same."""
    return next((c for c in _CANDIDATES.get(view, ()) if same_side(contract, type_, c, view)), view)


def side_name(contract: Contract, type_: ObjectType, view: View) -> str:
    """The component name of one side: `User` for what is shown, `UserCreate` where creating differs."""
    return type_.name + SUFFIX[canonical_view(contract, type_, view)]
