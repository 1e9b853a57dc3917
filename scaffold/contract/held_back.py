"""Values of enums that are held back: only callers who send a header are shown them, and may send them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .contract import Contract
from .named_types import AliasType, EnumType, EnumValue, NamedType, ObjectType
from .operation import Operation
from .reach import carried
from .types import MISSING, Json, ListOf, MapOf, Missing, Ref, Type, UnionOf
from .views import enums_in, objects_in


def headers_of(enum: EnumType) -> tuple[str, ...]:
    """The headers that ask for values of an enum."""
    return tuple(dict.fromkeys(v.opt_in.header for v in enum.values if v.opt_in is not None))


def shown_to_others(enum: EnumType, value: EnumValue) -> EnumValue | None:
    """What callers who do not ask for a value that is held back are shown instead."""
    shown = None if value.opt_in is None else value.opt_in.shown
    return None if shown is None else enum.by_identity(shown)


def asked_by(contract: Contract) -> Mapping[str, tuple[str, ...]]:
    """The headers that ask for values which an operation shows or takes, by the operation's id; only where some do."""
    every = {name: headers_of(t) for name, t in contract.types.items() if isinstance(t, EnumType)}
    held = {name: headers for name, headers in every.items() if headers}
    found: dict[str, tuple[str, ...]] = {}
    if not held:
        return found
    for operation in contract.operations:
        headers = dict.fromkeys(h for name in _enums(contract, operation) for h in held.get(name, ()))
        if headers:
            found[operation.id] = tuple(headers)
    return found


def _enums(contract: Contract, operation: Operation) -> Iterator[str]:
    """The enums that an operation shows or takes, in bodies, answers, parameters and headers, however deep."""
    waiting: list[Type] = [t for t, _ in carried(operation)]
    waiting += [p.type for p in operation.parameters]
    waiting += [h.type for r in operation.responses for h in r.headers]
    seen: set[str] = set()
    while waiting:
        type_ = waiting.pop(0)
        yield from (enum.name for enum in enums_in(contract, type_))
        for target in objects_in(contract, type_):
            if target.name not in seen:
                seen.add(target.name)
                waiting += _inside(target)


def _inside(target: ObjectType) -> list[Type]:
    return [*(f.type for f in target.fields), *([] if target.rest is None else [target.rest])]


def usual(contract: Contract) -> Iterator[tuple[str, EnumValue]]:
    """The values that are held back and stand where nothing is sent, by address: of fields and of parameters."""
    if not any(isinstance(t, EnumType) and headers_of(t) for t in contract.types.values()):
        return
    for type_ in contract.types.values():
        for f in type_.fields if isinstance(type_, ObjectType) else ():
            for stated in (f.default, MISSING if f.on_create is None else f.on_create):
                yield from ((f"{type_.name}.{f.name}", value) for value in _held_in(contract, f.type, stated))
    for operation in contract.operations:
        for p in operation.parameters:
            yield from ((f"{operation.address}?{p.name}", value) for value in _held_in(contract, p.type, p.default))


def _held_in(contract: Contract, type_: Type, stated: Json | Missing) -> Iterator[EnumValue]:
    """The values in `stated`, a value of `type_`, that are held back."""
    match type_:
        case Ref(name):
            yield from _held_in_named(contract, contract.types.get(name), stated)
        case ListOf(items=inner) if isinstance(stated, list):
            for item in stated:
                yield from _held_in(contract, inner, item)
        case MapOf(values=inner) if isinstance(stated, dict):
            for item in stated.values():
                yield from _held_in(contract, inner, item)
        case UnionOf(variants):
            for variant in variants:
                yield from _held_in(contract, variant, stated)
        case _:
            return


def _held_in_named(contract: Contract, named: NamedType | None, stated: Json | Missing) -> Iterator[EnumValue]:
    match named:
        case EnumType() if isinstance(stated, str):
            value = named.value(stated)
            if value is not None and value.opt_in is not None:
                yield value
        case ObjectType() if isinstance(stated, dict):
            for f in named.fields:
                yield from _held_in(contract, f.type, stated.get(f.name, MISSING))
        case AliasType(type=inner):
            yield from _held_in(contract, inner, stated)
        case _:
            return
