"""Strategies of changes, one for each class: each draws a change that fits a contract, with the policies it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.accepting import accepted
from scaffold.contract.address import MemberAddress, OperationAddress, ParameterAddress, TypeAddress
from scaffold.contract.changes import (
    AddEnumValue,
    AddField,
    AddOperation,
    AddParameter,
    AddResource,
    AddType,
    AliasFields,
    Backport,
    Change,
    ChangeBasePath,
    ChangeBehaviour,
    ChangeEnvelope,
    ChangeErrors,
    ChangeField,
    ChangePagination,
    ChangeParameter,
    CustomType,
    MergeEnumValues,
    MergeFields,
    MoveFields,
    MoveOperation,
    MoveParameter,
    RemoveEnumValue,
    RemoveField,
    RemoveOperation,
    RemoveParameter,
    RemoveResource,
    RemoveType,
    RenameEnumValue,
    RenameFields,
    RenameOperation,
    RenameParameter,
    RenameType,
    SplitEnumValue,
    SplitField,
    Waiver,
)
from scaffold.contract.changes.backport import brought
from scaffold.contract.changes.joints import WAYS, by_hand
from scaffold.contract.codecs import CODECS, Codec
from scaffold.contract.contract import (
    Action,
    Contract,
    Envelope,
    ErrorFormat,
    Location,
    Operation,
    PageStyle,
    Pagination,
    Parameter,
    Role,
    View,
)
from scaffold.contract.fitting import fits
from scaffold.contract.types import (
    MISSING,
    EnumType,
    Fallback,
    Field,
    Json,
    Kind,
    ListOf,
    MapOf,
    ObjectType,
    Ref,
    Scalar,
    Type,
)

from .contracts import (
    ENVELOPES,
    NAMES,
    ROOTS,
    WORDS,
    Draw,
    enum_types,
    fields,
    name_of,
    object_types,
    operations,
    parameters,
    resources,
)
from .values import values

Strategy = Callable[[Draw, Contract, str], Change | None]
"""Draws a change for a contract and the version that declares it; None where there is nothing to change."""


def _pick(draw: Draw, items: Any) -> Any:
    found = list(items)
    return draw(st.sampled_from(found)) if found else None


def _objects(contract: Contract) -> list[ObjectType]:
    return [t for t in contract.types.values() if isinstance(t, ObjectType) and t.fields]


def _enums(contract: Contract) -> list[EnumType]:
    return [t for t in contract.types.values() if isinstance(t, EnumType)]


def _member(draw: Draw, contract: Contract, *, key: bool = False) -> tuple[ObjectType, Field] | None:
    found = [(t, f) for t in _objects(contract) for f in t.fields if key or not f.key]
    chosen: tuple[ObjectType, Field] | None = _pick(draw, found)
    return chosen


def _at(type_: ObjectType, *names: str) -> MemberAddress:
    return MemberAddress(type_.name, names)


def _value(draw: Draw, contract: Contract, type_: Type, nullable: bool = False, view: View = View.OUTPUT) -> Json:
    made = values(contract, type_, view)
    return draw(st.none() | made if nullable else made)


def add_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    owner = _pick(draw, _objects(contract))
    free = [n for n in NAMES if owner is not None and owner.field(n) is None]
    if not free:
        return None
    # A resource inside another object would need someone to give it its key.
    named = tuple(n for n, t in contract.types.items() if name_of(t.identity) not in ROOTS)
    made = draw(fields(contract, owner.identity, draw(st.sampled_from(free)), named, version))
    if draw(st.integers(0, 9)) == 0:
        return AddField(at=_at(owner, made.name), field=_computed(made, draw(st.sampled_from(list(MADE_UP)))))
    types: tuple[Any, ...] = ()
    if draw(st.integers(0, 4)) == 0 and f"Made{version.replace('.', '_')}" not in contract.types:
        types = (draw(object_types(contract, f"Made{version.replace('.', '_')}", version, most=2)),)
        made = replace(made, type=Ref(types[0].name), default=MISSING, on_create=None)
    grown = contract
    for type_ in types:
        grown = grown.with_type(type_)
    sends: Any = MISSING
    if made.required and made.default is MISSING and made.on_create is None:
        if made.read_only:
            return None
        sends = _value(draw, grown, made.type, made.nullable, View.CREATE)
    change = AddField(at=_at(owner, made.name), field=made, types=types, old_sends=sends)
    after = change.apply(contract, version)
    whole = sends is MISSING or sends is None or fits(after, made.type, sends, view=View.CREATE)
    return change if whole else None


MADE_UP: Mapping[Kind, Json] = {Kind.STR: "made", Kind.INT: 7, Kind.BOOL: True}
"""What the hooks of random histories make of any record."""


def _computed(field: Field, kind: Kind) -> Field:
    plain = Field(field.identity, field.name, Scalar(kind), description=field.description)
    return replace(plain, read_only=True, computed=f"conversions.made_{kind}")


def remove_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _member(draw, contract)
    if found is None or len(found[0].fields) < 2:
        return None
    owner, field = found
    sees: Any = MISSING
    if field.required and field.default is MISSING:
        sees = _value(draw, contract, field.type, field.nullable)
    return RemoveField(at=_at(owner, field.name), old_sees=sees)


def rename_fields(draw: Draw, contract: Contract, version: str) -> Change | None:
    owner = _pick(draw, _objects(contract))
    if owner is None:
        return None
    if len(owner.fields) > 1 and draw(st.booleans()):
        one, other = draw(st.permutations([f.name for f in owner.fields]))[:2]
        return RenameFields(at=_at(owner, one), names={one: other, other: one})
    one = draw(st.sampled_from([f.name for f in owner.fields]))
    return RenameFields(at=_at(owner, one), names={one: draw(st.sampled_from(NAMES))})


def alias_fields(draw: Draw, contract: Contract, version: str) -> Change | None:
    owner = _pick(draw, _objects(contract))
    free = [n for n in NAMES if owner is not None and owner.field(n) is None]
    if len(free) < 2:
        return None
    names = draw(st.lists(st.sampled_from(free), min_size=1, max_size=2, unique=True))
    return AliasFields(at=_at(owner, draw(st.sampled_from([f.name for f in owner.fields]))), names=tuple(names))


def move_fields(draw: Draw, contract: Contract, version: str) -> Change | None:
    owner = _pick(draw, _objects(contract))
    if owner is None:
        return None
    movable = [f for f in owner.fields if not f.key]
    nested = [
        (f, inner)
        for f in movable
        if isinstance(f.type, Ref) and (inner := contract.object(f.type.name)) is not None and inner.fields
    ]
    ways = ["nest"] + (["flatten", "into", "flatten"] if nested else [])
    way = draw(st.sampled_from(ways))
    if way == "flatten":
        holder, inner = draw(st.sampled_from(nested))
        parts = draw(st.lists(st.sampled_from([f.name for f in inner.fields]), min_size=1, unique=True))
        return MoveFields(sources=tuple(_at(owner, holder.name, p) for p in parts), to=TypeAddress(owner.name))
    if not movable:
        return None
    chosen = draw(st.lists(st.sampled_from([f.name for f in movable]), min_size=1, max_size=2, unique=True))
    sources, stays = tuple(_at(owner, n) for n in chosen), False
    if way == "into":
        holder, _ = draw(st.sampled_from(nested))
        if len(sources) == 1 and draw(st.booleans()):
            to = _at(owner, holder.name, draw(st.sampled_from(NAMES)))
            return MoveFields(sources=sources, to=to, into=False, stays=stays)
        return MoveFields(sources=sources, to=_at(owner, holder.name), stays=stays)
    return MoveFields(sources=sources, to=_at(owner, draw(st.sampled_from(NAMES))), stays=stays)


def split_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _texts(contract)
    if not found:
        return None
    owner, field = draw(st.sampled_from(found))
    names = [n for n in NAMES if owner.field(n) is None]
    chosen = draw(st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True)) if len(names) > 1 else []
    lacking = field.nullable or (not field.required and field.default is MISSING)
    into = tuple(_text(draw, n, lacking=lacking) for n in chosen)
    return SplitField(at=_at(owner, field.name), into=into, by=draw(st.sampled_from(WAYS))) if into else None


def merge_fields(draw: Draw, contract: Contract, version: str) -> Change | None:
    by_owner: dict[str, list[tuple[ObjectType, Field]]] = {}
    for owner, field in _texts(contract):
        by_owner.setdefault(owner.name, []).append((owner, field))
    groups = [g for g in by_owner.values() if len(g) > 1]
    if not groups:
        return None
    some = draw(st.sampled_from(groups))
    chosen = draw(st.lists(st.sampled_from(some), min_size=2, max_size=3, unique_by=lambda found: found[1].name))
    names = [n for n in NAMES if some[0][0].field(n) is None]
    if not names:
        return None
    lacking = all(f.nullable or (not f.required and f.default is MISSING) for _, f in chosen)
    into = _text(draw, draw(st.sampled_from(names)), lacking=lacking)
    return MergeFields(
        sources=tuple(_at(owner, f.name) for owner, f in chosen), into=into, by=draw(st.sampled_from(WAYS))
    )


def custom_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = [t for t in _objects(contract) if by_hand(t)]
    if not found:
        return None
    owner = draw(st.sampled_from(found))
    return CustomType(name=owner.name, into=by_hand(owner), up="conversions.same", down="conversions.same")


def _texts(contract: Contract) -> list[tuple[ObjectType, Field]]:
    return [(t, f) for t in _objects(contract) for f in t.fields if not f.key and f.type == Scalar(Kind.STR)]


def _text(draw: Draw, name: str, *, lacking: bool) -> Field:
    """A text field; one that may be missing or null where `lacking`."""
    required = not lacking or draw(st.booleans())
    return Field("", name, Scalar(Kind.STR), required=required, nullable=lacking and (required or draw(st.booleans())))


def change_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    if draw(st.integers(0, 7)) == 7:
        return _change_key(draw, contract)
    found = _member(draw, contract)
    if found is None:
        return None
    owner, field = found
    what = draw(st.sampled_from(("type", "type", "required", "nullable", "default", "mark", "bounds")))
    at = _at(owner, field.name)
    if (forms := tuple(accepted(field.type))) and draw(st.integers(0, 5)) == 0:
        return ChangeField(at=at, accepts=() if field.accepts else forms)
    if what == "bounds":
        return _bounded(draw, at, field)
    if what == "type" and draw(st.integers(0, 2)) == 0 and (tabled := _tabled(draw, contract, field)) is not None:
        return replace(tabled, at=at)
    if what == "type" and draw(st.integers(0, 3)) == 0 and (listed := _listed(draw, contract, field)) is not None:
        return replace(listed, at=at)
    if what == "type":
        made = _recoded(draw, field.type)
        if made is None:
            return None
        new, codec = made
        more: dict[str, Any] = {"old_sees": _value(draw, contract, field.type, field.nullable)}
        if field.default is not MISSING:
            more["default"] = _value(draw, contract, new)
        if codec.up_fails:
            ways = (None, *(["null"] if field.nullable else []), *(["default"] if "default" in more else []), Fallback)
            way = draw(st.sampled_from(ways))
            more["unreadable"] = Fallback(_value(draw, contract, new)) if way is Fallback else way
        named = not codec.natural or draw(st.booleans())
        return ChangeField(at=at, type=new if new != field.type else None, codec=codec.name if named else None, **more)
    if what == "required":
        change = ChangeField(at=at, required=not field.required)
    elif what == "nullable":
        change = ChangeField(at=at, nullable=not field.nullable)
        if field.default is None:
            change = replace(change, default=_value(draw, contract, field.type))
    elif what == "default":
        if _refers_to_object(contract, field.type):
            return None
        if field.default is not MISSING:
            change = ChangeField(at=at, drop=("default",))
        else:
            change = ChangeField(at=at, default=_value(draw, contract, field.type, field.nullable))
    else:
        marks = ["write_only", "unique", "deprecated"]
        marks += ["read_only"] if not field.required or field.default is not MISSING or field.on_create else []
        marks += ["create_only"] if owner.name in contract.resources else []
        mark = draw(st.sampled_from(marks))
        policy = draw(st.sampled_from(("keep", "drop"))) if mark in ("read_only", "create_only") else "keep"
        policy = "keep" if getattr(field, mark) else policy
        change = ChangeField(at=at, marks={mark: not getattr(field, mark)}, policy=policy)
    after = change.after(field)
    return replace(
        change,
        old_sends=_value(draw, contract, after.type, after.nullable, View.CREATE),
        old_sees=_value(draw, contract, field.type, field.nullable),
    )


def _change_key(draw: Draw, contract: Contract) -> Change | None:
    """The key of a resource is of another kind, and older versions keep theirs."""
    owner = _pick(draw, [t for t in _objects(contract) if t.name in contract.resources])
    if owner is None or owner.key is None:
        return None
    kind = owner.key.type.kind
    other = draw(st.sampled_from([k for k in (Kind.INT, Kind.UUID, Kind.STR) if k is not kind]))
    return ChangeField(at=_at(owner, owner.key.name), type=Scalar(other), keep=kind)


BOUNDS: Mapping[Kind, tuple[Mapping[str, Json], ...]] = {
    Kind.STR: ({"max_length": 3}, {"max_length": 7}, {"max_length": None}, {"min_length": 1}, {"min_length": None}),
    Kind.INT: ({"ge": 0}, {"ge": None}, {"le": 3}, {"lt": 9}, {"le": None, "lt": None}),
    Kind.FLOAT: ({"ge": 0.5}, {"ge": None}, {"gt": -2.5}, {"le": 1.5}),
    Kind.DECIMAL: ({"ge": 0}, {"le": 2}, {"le": None}),
}


def _bounded(draw: Draw, at: MemberAddress, field: Field) -> Change | None:
    """Another bound; the policy is one that fits it."""
    if isinstance(field.type, ListOf):
        bounds: Mapping[str, Json] = {"max_items": draw(st.sampled_from((1, 2, None)))}
    elif isinstance(field.type, Scalar) and field.type.kind in BOUNDS and not field.type.choices:
        bounds = draw(st.sampled_from(BOUNDS[field.type.kind]))
    else:
        return None
    if all(getattr(field.type, name) == bound for name, bound in bounds.items()) or field.default is not MISSING:
        return None
    policies = ["keep", "refuse", *([] if "min_length" in bounds else ["clamp"])]
    policy = draw(st.sampled_from(policies))
    waiver = Waiver("Ada", "Nobody does it.") if policy == "refuse" else None
    gone = tuple(name for name, bound in bounds.items() if bound is None and getattr(field.type, name) is not None)
    new = {name: bound for name, bound in bounds.items() if bound is not None}
    return ChangeField(at=at, bounds=new or None, drop=gone, policy=policy, waiver=waiver)


def _refers_to_object(contract: Contract, type_: Type) -> bool:
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return isinstance(type_, Ref) and contract.object(type_.name) is not None


def _tabled(draw: Draw, contract: Contract, field: Field) -> ChangeField | None:
    """An enum becomes a text, a bool or another enum, or something becomes an enum."""
    at = MemberAddress("", ())
    sees = _value(draw, contract, field.type, field.nullable)
    held = contract.types.get(field.type.name) if isinstance(field.type, Ref) else None
    enum = _pick(draw, _enums(contract))
    if field.default is not MISSING or enum is None:
        return None
    words = st.sampled_from([v.value for v in enum.values])
    match field.type:
        case Scalar(kind=Kind.STR, choices=()):
            return ChangeField(at=at, type=Ref(enum.name), unreadable=Fallback(draw(words)))
        case Scalar(kind=Kind.BOOL, choices=()):
            rows = tuple((flag, draw(words)) for flag in (True, False))
            return ChangeField(at=at, type=Ref(enum.name), values=rows, old_sees=sees)
        case _ if not isinstance(held, EnumType):
            return None
    others = (Scalar(Kind.STR), Scalar(Kind.BOOL), *([Ref(enum.name)] if enum.name != held.name else []))
    new = draw(st.sampled_from(others))
    rows = tuple((v.value, _value(draw, contract, new)) for v in held.values)
    said = None if new == Scalar(Kind.STR) else rows
    return ChangeField(at=at, type=new, values=said, old_sees=sees)


def _listed(draw: Draw, contract: Contract, field: Field) -> ChangeField | None:
    """One value becomes a list of values, or a list one value."""
    at = MemberAddress("", ())
    sees = _value(draw, contract, field.type, field.nullable)
    match field.type:
        case _ if field.default is not MISSING:
            return None
        case Scalar(kind=Kind.STR, choices=()) as one if draw(st.booleans()):
            return ChangeField(at=at, type=ListOf(Scalar(Kind.STR)), codec="csv<->list")
        case Scalar(choices=()) as one:
            pick = draw(st.sampled_from(("first", "last")))
            return ChangeField(at=at, type=ListOf(one), pick=pick, old_sees=sees)
        case ListOf(items=Scalar(kind=Kind.STR, choices=())) if draw(st.booleans()):
            return ChangeField(at=at, type=Scalar(Kind.STR), codec="list<->csv", old_sees=sees)
        case ListOf(items=Scalar(choices=()) as one):
            pick = draw(st.sampled_from(("first", "last", "refuse")))
            return ChangeField(at=at, type=one, pick=pick, unreadable=Fallback(_value(draw, contract, one)))
    return None


def _recoded(draw: Draw, type_: Type) -> tuple[Type, Codec] | None:
    """Another type, or the same one for another unit, and the codec that leads there."""
    match type_:
        case Scalar(kind=kind):
            small = type_.format == "int32"
            rows = [c for c in CODECS if c.older is kind and (small or c.name != "int32<->int64")]
            if not rows or type_.choices:
                return None
            codec = draw(st.sampled_from(rows))
            if codec.older is codec.newer and not codec.alike:
                return type_, codec
            return Scalar(codec.newer, format="int32" if codec.name == "int64<->int32" else None), codec
        case ListOf(items=inner):
            made = _recoded(draw, inner)
            return None if made is None else (replace(type_, items=made[0]), made[1])
        case MapOf(values=inner):
            made = _recoded(draw, inner)
            return None if made is None else (MapOf(made[0]), made[1])
    return None


def add_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = _pick(draw, _enums(contract))
    if enum is None:
        return None
    sees = draw(st.sampled_from([v.value for v in enum.values]))
    return AddEnumValue(at=MemberAddress(enum.name, (draw(st.sampled_from(WORDS)),)), old_sees=sees)


def remove_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = _pick(draw, _enums(contract))
    if enum is None or len(enum.values) < 2:
        return None
    gone, heir = draw(st.permutations([v.value for v in enum.values]))[:2]
    return RemoveEnumValue(at=MemberAddress(enum.name, (gone,)), old_sends=heir)


def split_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = _pick(draw, _enums(contract))
    if enum is None:
        return None
    old = draw(st.sampled_from([v.value for v in enum.values]))
    free = [old, *(w for w in WORDS if enum.value(w) is None)]
    if len(free) < 2:
        return None
    into = tuple(draw(st.lists(st.sampled_from(free), min_size=2, max_size=3, unique=True)))
    return SplitEnumValue(at=MemberAddress(enum.name, (old,)), into=into, pick=draw(st.sampled_from(into)))


def merge_enum_values(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = _pick(draw, _enums(contract))
    if enum is None or len(enum.values) < 2:
        return None
    old = draw(st.lists(st.sampled_from([v.value for v in enum.values]), min_size=2, unique=True))
    pick = draw(st.sampled_from(old))
    stated = {f.default for t in _objects(contract) for f in t.fields if f.type == Ref(enum.name)}
    if stated & set(old) - {pick}:
        return None  # a default that becomes another value does not come back
    values_ = tuple(MemberAddress(enum.name, (name,)) for name in old)
    return MergeEnumValues(values=values_, into=draw(st.sampled_from((*old, *WORDS))), pick=pick)


def rename_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = _pick(draw, _enums(contract))
    if enum is None:
        return None
    old = draw(st.sampled_from([v.value for v in enum.values]))
    return RenameEnumValue(at=MemberAddress(enum.name, (old,)), to=draw(st.sampled_from(WORDS)))


def add_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(("Extra", "Place", "Part", "Level")))
    if draw(st.booleans()):
        return AddType(types=(draw(enum_types(name, version)),))
    return AddType(types=(draw(object_types(contract, name, version, key=draw(st.booleans()), most=3)),))


def remove_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    unused = [n for n in contract.types if not any(contract.users_of(n)) and n not in contract.resources]
    name = _pick(draw, unused)
    return None if name is None else RemoveType(name=name)


def rename_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(list(contract.types)))
    to = draw(st.sampled_from(("Account", "Place", "Part", "State", "Item")))
    moves = name in contract.resources and draw(st.booleans())
    return RenameType(name=name, to=to, path=f"/{to.lower()}s" if moves else None)


def add_resource(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(("Invoice", "User", "Order", "Team")))
    if name in contract.types:
        return None
    resource, types, made = draw(resources(contract, name, version))
    return AddResource(resource=resource, types=types, operations=made)


def remove_resource(draw: Draw, contract: Contract, version: str) -> Change | None:
    if len(contract.resources) < 2:
        return None
    return RemoveResource(name=draw(st.sampled_from(list(contract.resources))))


def add_operation(draw: Draw, contract: Contract, version: str) -> Change | None:
    return AddOperation(operation=draw(operations(contract, version, draw(st.integers(1, 99)))))


def _operation(draw: Draw, contract: Contract) -> Operation | None:
    chosen: Operation | None = _pick(draw, contract.operations)
    return chosen


def _address(operation: Operation) -> OperationAddress:
    return OperationAddress(operation.method, operation.path)


def remove_operation(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = [o for o in contract.operations if o.action in (Action.FREE, Action.DELETE, Action.UPDATE)]
    operation = _pick(draw, found)
    return None if operation is None else RemoveOperation(at=_address(operation))


def rename_operation(draw: Draw, contract: Contract, version: str) -> Change | None:
    operation = _operation(draw, contract)
    if operation is None:
        return None
    return RenameOperation(at=_address(operation), to=f"{operation.id.split('__')[0]}__{draw(st.integers(0, 99))}")


def move_operation(draw: Draw, contract: Contract, version: str) -> Change | None:
    operation = _operation(draw, contract)
    if operation is None:
        return None
    to = OperationAddress(operation.method, f"/m{draw(st.integers(0, 99))}{operation.path}")
    left: dict[str, Any] = draw(st.sampled_from(({}, {"redirect": 308}, {"alias": True})))
    return MoveOperation(at=_address(operation), to=to, **left)


def add_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    operation = _operation(draw, contract)
    if operation is None:
        return None
    made: Parameter = draw(parameters(operation.identity, draw(st.sampled_from(("mode", "X-Kind", "lang")))))
    at = ParameterAddress(_address(operation), made.location, made.name)
    if made.default is MISSING and draw(st.booleans()):
        made = replace(made, required=True)
        return AddParameter(at=at, parameter=made, old_sends=_value(draw, contract, made.type))
    return AddParameter(at=at, parameter=made)


def _parameter(draw: Draw, contract: Contract) -> ParameterAddress | None:
    found = [
        ParameterAddress(_address(o), p.location, p.name)
        for o in contract.operations
        for p in o.parameters
        if p.location is not Location.PATH
    ]
    chosen: ParameterAddress | None = _pick(draw, found)
    return chosen


def remove_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    at = _parameter(draw, contract)
    return None if at is None else RemoveParameter(at=at)


def rename_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    at = _parameter(draw, contract)
    return None if at is None else RenameParameter(at=at, to=draw(st.sampled_from(("mode", "how", "q"))))


def move_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    at = _parameter(draw, contract)
    if at is None:
        return None
    operation = contract.operation(at.operation.method, at.operation.path)
    found = None if operation is None else operation.parameter(at.name, at.location)
    if found is not None and found.required and found.role is Role.PLAIN and draw(st.booleans()):
        return MoveParameter(at=at, to=Location.PATH, path=f"{at.operation.path}/{{{at.name}}}")
    to = Location.HEADER if at.location is Location.QUERY else Location.QUERY
    return MoveParameter(at=at, to=to, name=draw(st.sampled_from((None, "X-How", "how"))))


def change_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    at = _parameter(draw, contract)
    if at is None:
        return None
    operation = contract.operation(at.operation.method, at.operation.path)
    found = None if operation is None else operation.parameter(at.name, at.location)
    if found is None or not isinstance(found.type, Scalar):
        return None
    what = draw(st.sampled_from(("required", "default", "type")))
    if what == "required":
        sends = _value(draw, contract, found.type)
        return ChangeParameter(at=at, required=not found.required, old_sends=sends)
    if what == "default":
        if found.default is not MISSING:
            return ChangeParameter(at=at, drop=("default",))
        return ChangeParameter(at=at, default=_value(draw, contract, found.type))
    if found.fields or found.default is not MISSING:
        return None
    made = _recoded(draw, found.type)
    if made is None:
        return None
    new, codec = made
    return ChangeParameter(at=at, type=new if new != found.type else None, codec=codec.name)


def change_envelope(draw: Draw, contract: Contract, version: str) -> Change | None:
    return ChangeEnvelope(to=Envelope(draw(st.sampled_from(ENVELOPES))))


def change_errors(draw: Draw, contract: Contract, version: str) -> Change | None:
    return ChangeErrors(to=next(form for form in ErrorFormat if form is not contract.errors))


def change_behaviour(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(("strict_rounding", "half_even")))
    return ChangeBehaviour(name=name, on=name not in contract.behaviours, why="Totals are rounded half even.")


def change_base_path(draw: Draw, contract: Contract, version: str) -> Change | None:
    return ChangeBasePath(to=draw(st.sampled_from([p for p in (None, "/rest", "/v/api") if p != contract.base_path])))


def backport(draw: Draw, contract: Contract, version: str) -> Change | None:
    """Something optional that a later version has."""
    owner = _pick(draw, _objects(contract))
    free = [n for n in NAMES if owner is not None and owner.field(n) is None]
    if not free:
        return None
    name = draw(st.sampled_from(free))
    made = draw(fields(contract, owner.identity, name, (), "v9"))
    made = replace(made, required=False, default=MISSING, read_only=False, on_create=None)
    newer = AddField(at=_at(owner, name), field=made).apply(contract, "v9")
    return brought(_at(owner, name), replace(newer, version="v9"), contract)


def change_pagination(draw: Draw, contract: Contract, version: str) -> Change | None:
    styles = [style for style in PageStyle if style is not contract.pagination.style]
    style, most = draw(st.sampled_from(styles)), draw(st.integers(1, 100))
    whole = style is PageStyle.NONE
    return ChangePagination(to=Pagination(style) if whole else Pagination(style, draw(st.integers(1, most)), most))


STRATEGIES: Mapping[type[Change], Strategy] = {
    AddField: add_field,
    RemoveField: remove_field,
    RenameFields: rename_fields,
    AliasFields: alias_fields,
    MoveFields: move_fields,
    SplitField: split_field,
    MergeFields: merge_fields,
    CustomType: custom_type,
    ChangeField: change_field,
    AddEnumValue: add_enum_value,
    RemoveEnumValue: remove_enum_value,
    RenameEnumValue: rename_enum_value,
    SplitEnumValue: split_enum_value,
    MergeEnumValues: merge_enum_values,
    AddType: add_type,
    RemoveType: remove_type,
    RenameType: rename_type,
    AddResource: add_resource,
    RemoveResource: remove_resource,
    AddOperation: add_operation,
    RemoveOperation: remove_operation,
    RenameOperation: rename_operation,
    MoveOperation: move_operation,
    AddParameter: add_parameter,
    RemoveParameter: remove_parameter,
    RenameParameter: rename_parameter,
    MoveParameter: move_parameter,
    ChangeParameter: change_parameter,
    ChangeEnvelope: change_envelope,
    ChangeErrors: change_errors,
    ChangePagination: change_pagination,
    Backport: backport,
    ChangeBasePath: change_base_path,
    ChangeBehaviour: change_behaviour,
}
"""The strategy of each class of change."""

OF_VALUES = (
    *(AddField, RemoveField, RenameFields, MoveFields, ChangeField, ChangeField, MoveFields, AliasFields),
    *(
        AddEnumValue,
        RemoveEnumValue,
        RenameEnumValue,
        SplitEnumValue,
        MergeEnumValues,
        RenameType,
        AddResource,
        AddType,
    ),
)
"""The classes that converters have to cross, the hard ones more often."""
