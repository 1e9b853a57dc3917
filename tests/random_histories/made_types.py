"""Strategies of types: scalars, objects of a few fields, enums, and what is one of several."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.contract import Contract, identity
from scaffold.contract.named_types import AliasType, EnumType, EnumValue, Field, ObjectType, Unknown
from scaffold.contract.types import MISSING, Discriminator, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from scaffold.contract.views import reached_types

from .values import values

Draw = st.DrawFn
NAMES = (
    "name", "title", "code", "note", "price", "count", "state", "home", "address", "address_city", "city",
    "class", "date", "field", "record", "shown", "sent", "current", "kept", "a-b", "price_sent", "Title2",
)  # fmt: skip
"""Names of fields: common ones, and those that generated code uses itself. Few, so that names come back."""

WORDS = ("draft", "published", "archived", "on hold", "x", "None")
VARIANTS = ("Card", "Wallet", "Cheque", "Voucher")
"""Names of objects of which a field may hold one or another."""

APART: tuple[Type, ...] = (Scalar(Kind.INT), Scalar(Kind.BOOL), Scalar(Kind.STR), ListOf(Scalar(Kind.INT)))
"""What is told apart by how it is written."""

ROOTS = ("User", "Order", "Invoice", "Team")
"""Names of resources."""

KINDS = tuple(k for k in Kind if k is not Kind.NULL)


@st.composite
def scalars(draw: Draw) -> Scalar:
    """A single value, with or without bounds."""
    kind = draw(st.sampled_from((*KINDS, *(Kind.STR,) * 6, Kind.DECIMAL, Kind.INT)))
    if kind is Kind.STR and draw(st.integers(0, 3)) == 0:
        return Scalar(kind, max_length=draw(st.integers(10, 60)))
    if kind is Kind.INT and draw(st.booleans()):
        return draw(st.sampled_from((Scalar(kind, ge=draw(st.integers(-9, 0))), Scalar(kind, format="int32"))))
    return Scalar(kind)


@st.composite
def types(draw: Draw, named: tuple[str, ...]) -> Type:
    """The type of a field, which may refer to the types called `named`."""
    shape = draw(st.sampled_from(("scalar",) * 6 + ("ref",) * 4 + ("list", "map") * 2 + ("union",)))
    if shape == "scalar" or (shape == "ref" and not named):
        return draw(scalars())
    if shape == "ref":
        return Ref(draw(st.sampled_from(named)))
    if shape == "union":
        chosen = draw(st.lists(st.sampled_from(APART), min_size=2, max_size=3, unique=True))
        return UnionOf(tuple(chosen), exclusive=draw(st.booleans()))
    inner: Type = draw(scalars()) if not named or draw(st.booleans()) else Ref(draw(st.sampled_from(named)))
    return ListOf(inner) if shape == "list" else MapOf(inner)


@st.composite
def fields(draw: Draw, contract: Contract, owner: str, name: str, named: tuple[str, ...], version: str) -> Field:
    """A field called `name` of the type with identity `owner`."""
    type_ = draw(types(named))
    mode = draw(st.sampled_from(("required", "required", "optional", "optional", "nullable", "default", "read_only")))
    made = Field(identity(version, owner, name), name, type_)
    more: dict[str, Any] = {}
    if mode == "optional":
        more = {"required": False, "nullable": draw(st.integers(0, 3)) == 0}
    elif mode == "nullable":
        more = {"nullable": True}
    elif mode == "default" and not _holds_object(contract, type_):
        more = {"default": draw(values(contract, type_))}
    elif mode == "read_only":
        more = {"read_only": True, "required": False}
        if draw(st.booleans()):
            more = {"read_only": True, "type": Scalar(Kind.DATETIME), "on_create": "now"}
    if mode in ("optional", "required") and draw(st.integers(0, 9)) == 0:
        # What only a creation may set cannot be set in an object that a replacement makes.
        is_resource = any(r.identity == owner for r in contract.resources.values()) or name_of(owner) in ROOTS
        more |= {"write_only": True} if not is_resource or draw(st.booleans()) else {"create_only": True}
    return Field(**{**{n: getattr(made, n) for n in made.__dataclass_fields__}, **more})


def name_of(owner: str) -> str:
    """The name that the type with this identity was born with."""
    return owner.partition(":")[2]


def _holds_object(contract: Contract, type_: Type) -> bool:
    match type_:
        case Ref(name):
            found = contract.types.get(name)
            inside = isinstance(found, AliasType) and _holds_object(contract, found.type)
            return inside or isinstance(found, ObjectType)
        case ListOf(items=inner) | MapOf(values=inner):
            return _holds_object(contract, inner)
        case UnionOf(variants):
            return any(_holds_object(contract, v) for v in variants)
        case _:
            return False


@st.composite
def object_types(
    draw: Draw, contract: Contract, name: str, version: str, *, key: bool = False, most: int = 4
) -> ObjectType:
    """An object type that refers to types of `contract`."""
    born = identity(version, name)
    named = tuple(n for n, t in contract.types.items() if name_of(t.identity) not in ROOTS)
    made: list[Field] = []
    if key:
        kind = draw(st.sampled_from((Kind.INT, Kind.INT, Kind.UUID, Kind.STR)))
        made.append(Field(identity(version, born, "id"), "id", Scalar(kind), key=True))
    chosen = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=most, unique=True))
    made += [draw(fields(contract, born, n, named, version)) for n in chosen]
    if draw(st.integers(0, 2)) == 0:  # texts that can be merged
        lacking = draw(st.booleans())
        free = [n for n in NAMES if n not in chosen][:2]
        made += [Field(identity(version, born, n), n, Scalar(Kind.STR), required=not lacking) for n in free]
    unknown, rest = Unknown.IGNORE, None
    if draw(st.integers(0, 4)) == 0:
        unknown = draw(st.sampled_from((Unknown.KEEP, Unknown.KEEP, Unknown.REFUSE)))
        rest = draw(scalars()) if unknown is Unknown.KEEP and draw(st.booleans()) else None
    return ObjectType(born, name, tuple(made), unknown, rest=rest)


@st.composite
def variant_types(draw: Draw, contract: Contract, name: str, version: str) -> ObjectType:
    """One of several objects that a field may hold, with two words that tell it from the others."""
    made = draw(object_types(contract, name, version, most=2))
    words = [(told, name.lower()[:length]) for told, length in (("kind", 9), ("sort", 2))]
    said = [
        Field(identity(version, made.identity, told), told, Scalar(Kind.STR, choices=(word,))) for told, word in words
    ]
    plain = (replace(f, default=MISSING, required=False) if f.read_only else f for f in made.fields)
    held = (f if is_whole(contract, f.type) else replace(f, type=Scalar(Kind.STR)) for f in plain)
    return replace(made, fields=(*said, *held))


def is_whole(contract: Contract, type_: Type) -> bool:
    """Whether all that a type holds is shown as it was sent: nothing is what only the server writes."""
    fields = (f for t in reached_types(contract, type_) if isinstance(t, ObjectType) for f in t.fields)
    return not any(f.read_only and (f.required or f.default is not MISSING) for f in fields)


@st.composite
def with_union(draw: Draw, contract: Contract, version: str) -> Contract:
    """`contract` with objects, and a name for what is one of them, told apart by a word in each or by all they hold."""
    for name in VARIANTS[: draw(st.integers(2, 3))]:
        contract = contract.with_type(draw(variant_types(contract, name, version)))
    held = [n for n in VARIANTS if n in contract.types]
    told = Discriminator("kind", tuple((n.lower(), n) for n in held)) if draw(st.integers(0, 3)) else None
    union = UnionOf(tuple(map(Ref, held)), told, exclusive=draw(st.booleans()))
    return contract.with_type(AliasType(identity(version, "Method"), "Method", union))


@st.composite
def enum_types(draw: Draw, name: str, version: str) -> EnumType:
    """An enum of a few words."""
    born = identity(version, name)
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
    values_ = tuple(EnumValue(identity(version, born, w), w) for w in words)
    return EnumType(born, name, values_, open=draw(st.integers(0, 3)) == 0)
