"""What a module of `types/` says of one shape: the view of a TypedDict or of a union."""

from __future__ import annotations

import keyword
from dataclasses import dataclass, replace

from ..contract.accepting import accepted
from ..contract.contract import Contract
from ..contract.held_back import headers_of
from ..contract.history import History
from ..contract.message import View
from ..contract.named_types import EnumType, ObjectType, Unknown
from ..contract.types import ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..contract.views import ViewField, objects_in, rest_view, view_fields
from ..convert.conversions import NULL
from ..convert.nodes import Group, Node
from ..convert.stated import is_rest
from .converters import Converters
from .mentions import Names, constant_of
from .python import annotated, text
from .refusing import refusing
from .shapes import Shape
from .sides import is_keyed
from .variants import variant_names, words_of


@dataclass(frozen=True)
class WireField:
    """One key of a TypedDict."""

    name: str
    key: str
    annotation: str
    quoted: str


@dataclass(frozen=True)
class ShapeView:
    """One TypedDict."""

    name: str
    doc: str
    constant: str
    closed: bool
    functional: bool
    fields: tuple[WireField, ...]
    open: bool = False
    """Whether it keeps keys that it does not know."""
    guarded: bool = False
    """Whether it says that it ignores them: else it would do what the object does that holds it."""
    rest: str = ""
    """The type of what those hold, where that is bounded."""
    known: tuple[str, ...] = ()
    """Every name that is none of them, as literals."""
    other_names: tuple[tuple[str, str], ...] = ()
    """Other names of values, each with the way to the value's own place: literals."""
    needed: str = ""
    """The places of which one name has to be sent, as the arguments of a decorator."""


@dataclass(frozen=True)
class UnionView:
    """One class of values of several types."""

    name: str
    doc: str
    constant: str
    bases: str
    """The base class, and what tells the variants apart."""
    variants: tuple[tuple[str, str], ...]


def union_view(shape: Shape, union: UnionOf, names: Names) -> UnionView:
    """The view of the class of a union."""
    contract = names.converters.contracts[shape.origin.version]
    named = zip(variant_names(union), union.variants, strict=True)
    bases = ["OneOf"]
    if union.discriminator is not None:
        words = ", ".join(f"{text(word)}: {text(name)}" for word, name in words_of(union))
        bases += [f"told_by={text(union.discriminator.property)}", f"words={{{words}}}"]
    bases += [] if union.exclusive else ["exclusive=False"]
    return UnionView(
        name=shape.name,
        doc=said_of(shape, names.converters.history),
        constant=constant_of(shape),
        bases=", ".join(bases),
        variants=tuple((n, names.wire(contract, v, shape.origin.view)) for n, v in named if v != NULL),
    )


def shape_view(shape: Shape, names: Names) -> ShapeView:
    """The view of the TypedDict of an object."""
    contract = names.converters.contracts[shape.origin.version]
    assert isinstance(shape.type, ObjectType)
    fields = tuple(_wire_field(f, shape, contract, names) for f in shape.fields if not is_rest(f.field))
    functional = any(not f.name.isidentifier() or keyword.iskeyword(f.name) or f.name.startswith("__") for f in fields)
    return ShapeView(
        name=shape.name,
        doc=said_of(shape, names.converters.history),
        constant=constant_of(shape),
        closed=shape.type.unknown is Unknown.REFUSE,
        functional=functional,
        fields=fields,
        open=shape.type.unknown is Unknown.KEEP,
        guarded=shape.type.unknown is Unknown.IGNORE and names.converters.shapes.mixed,
        rest=_rest(shape, shape.type, contract, names),
        known=tuple(text(f.name) for f in shape.type.fields if not is_rest(f))
        if shape.type.unknown is Unknown.KEEP
        else (),
        other_names=tuple((text(name), _tuple(path)) for name, path in shape.other_names),
        needed="".join(f", {_tuple(path)}" for path in shape.needed),
    )


def _tuple(words: tuple[str, ...]) -> str:
    return f"({', '.join(map(text, words))}{',' if len(words) == 1 else ''})"


def _keyed(f: ViewField, shape: Shape, contract: Contract) -> tuple[str, ...]:
    """The validator of a list that is sent, whose items are told apart by their key."""
    if shape.origin.view is View.OUTPUT or not is_keyed(contract, f.type):
        return ()
    item = next(objects_in(contract, f.type))
    sent = (s.name for s in view_fields(item, f.nested) if s.field.key)
    return tuple(f"constraints.keyed({text(name)})" for name in sent)


def _rest(shape: Shape, type_: ObjectType, contract: Contract, names: Names) -> str:
    """What bounds fields that a type does not know; null takes one away in a partial update (RFC 7396)."""
    if type_.rest is None:
        return ""
    held = names.wire(contract, type_.rest, rest_view(shape.origin.view))
    if shape.origin.view is not View.UPDATE or held in ("Any", "None") or held.endswith(" | None"):
        return held
    return f"Annotated[{held} | None, Promised({held})]"


def _wire_field(f: ViewField, shape: Shape, contract: Contract, names: Names) -> WireField:
    own, holder = _own_place(f, shape, names.converters)
    if own is not f:  # another name of a value is read as the value is
        f = replace(f, field=replace(own.field, name=f.name, accepts=f.field.accepts))
        contract = names.converters.contracts[holder.origin.version]
    node = _node(own, holder, names.converters)
    extra, whole = ((), False) if node is None else refusing(node, own.field.identity, names, _merged(f))
    taken = _held_again(contract, f.wire, f.promised)
    annotation = names.wire(contract, taken, f.nested, () if f.late else extra, whole=whole)
    annotation = annotated(annotation, _keyed(f, shape, contract))
    if f.late or (taken != f.promised and f.nested in (View.REPLACE, View.UPDATE)):
        promised = names.promised(contract, f.promised, f.nested, extra, whole=whole)
        annotation = annotated(annotation, (f"HeldTo({promised})",))
    elif taken != f.promised:
        annotation = annotated(annotation, (f"Promised({names.promised(contract, f.promised, f.nested)})",))
    if f.nested is not View.OUTPUT:
        read = (f"Accepts({accepted(f.type)[form]})" for form in f.field.accepts or ())
        annotation = annotated(annotation, tuple(read))
    if f.nullable and annotation != "None" and not annotation.endswith(" | None"):
        annotation += " | None"
    if not f.required:
        annotation = f"NotRequired[{annotation}]"
    return WireField(f.name, text(f.name), annotation, text(annotation))


def _merged(f: ViewField) -> int:
    """How many maps inside each other a partial update of a field merges key by key."""
    deep, type_ = 0, f.type
    while f.merges and isinstance(type_, MapOf):
        deep, type_ = deep + 1, type_.values
    return deep


def _own_place(f: ViewField, shape: Shape, converters: Converters) -> tuple[ViewField, Shape]:
    """Where a value stands that may be sent by the name of `f` too, and the shape of the object it stands in.

    Each shape says it in the words of the version that it comes from.
    """
    path = dict(shape.other_names).get(f.name, (f.name,))
    for name in path[:-1]:
        way, contract = next(o for o in shape.fields if o.name == name), converters.contracts[shape.origin.version]
        shape = converters.shapes.object(contract, next(objects_in(contract, way.type)).name, way.nested)
    return next(o for o in shape.fields if o.name == path[-1]), shape


def _held_again(contract: Contract, taken: Type, promised: Type) -> Type:
    """`taken` with enums that hold values back in the place of their texts: who does not ask may not send those."""
    match taken, promised:
        case Scalar(choices=words), Ref(name) if words:
            enum = contract.types.get(name)
            return promised if isinstance(enum, EnumType) and headers_of(enum) else taken
        case ListOf(items=one), ListOf(items=other):
            return replace(taken, items=_held_again(contract, one, other))
        case MapOf(values=one), MapOf(values=other):
            return replace(taken, values=_held_again(contract, one, other))
        case _:
            return taken


def _node(f: ViewField, shape: Shape, converters: Converters) -> Node | None:
    """Where the values of a field come from and go to, for the first converter of its shape."""
    mapping = converters.by_shape.get(id(shape))
    nodes = () if mapping is None else mapping.nodes
    return next((n for n in nodes if f.field.identity in _identities(n)), None)


def _identities(node: Node) -> tuple[str, ...]:
    return node.program.members if isinstance(node, Group) else (node.field.field.identity,)


_SIDES = {
    View.OUTPUT: "{name} as it is shown, since {version}.",
    View.INPUT: "{name} as it is sent, since {version}.",
    View.CREATE: "What {name} is created from, since {version}.",
    View.REPLACE: "What replaces {name}, since {version}.",
    View.UPDATE: "What changes parts of {name}, since {version}.",
}


def said_of(shape: Shape, history: History) -> str:
    """What a shape says of itself."""
    if isinstance(shape.type, EnumType):
        return f"The values of {shape.title} since {shape.origin.version}."
    if isinstance(shape.type, UnionOf):
        alone = "" if shape.type.exclusive else ", or of several"
        return f"One of the types of {shape.title}{alone}, since {shape.origin.version}."
    return _SIDES[shape.origin.view].format(name=shape.title, version=shape.origin.version)
