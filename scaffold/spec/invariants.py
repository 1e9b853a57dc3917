"""What must hold of a contract after every change, beyond what the change itself looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..contract.contract import Contract
from ..contract.named_types import AliasType, EnumType, Field, NamedType, ObjectType
from ..contract.naming import safe_name
from ..contract.operation import Operation
from ..contract.parameter import Role
from ..contract.standard import singular
from ..contract.types import MISSING, Kind, Ref, Scalar, Type, UnionOf, references
from ..diagnostics import Diagnostic, ScaffoldError
from .json_values import read_value
from .nested import misplaced, unguarded
from .owners import owner_lost, owner_problem
from .parameters import is_single
from .paths import path_problem, template
from .reading import is_inner, lost_filters
from .settling import on_create_problem


def broken_promises(before: Contract, after: Contract) -> Iterator[Diagnostic]:
    """What `after` gets wrong in the parts that differ from `before`; without a place."""
    changed = {n for n, t in after.types.items() if t is not before.types.get(n)}
    yield from _type_names(after, changed - before.types.keys())
    enums = {n for n in changed if isinstance(after.types[n], EnumType)}
    for name, type_ in after.types.items():
        if isinstance(type_, ObjectType) and (name in changed or enums):
            old = before.types.get(name)
            known = old.fields if isinstance(old, ObjectType) else ()
            yield from _fields(type_, after, enums, known)
    yield from owner_lost(before, after)
    yield from misplaced(before, after)
    yield from unguarded(before, after)
    if changed:
        yield from lost_filters(before, after)
    if after.operations is not before.operations:
        yield from _operations(before, after)


def _type_names(contract: Contract, new: set[str]) -> Iterator[Diagnostic]:
    if not new:
        return
    seen: dict[str, str] = {}
    for name in contract.types:
        first = seen.setdefault(singular(name), name)
        if first != name:
            yield Diagnostic(
                "SC216",
                f"`{first}` and `{name}` both become `{singular(name)}` in Python",
                help="choose another name",
            )


def _fields(type_: ObjectType, contract: Contract, enums: set[str], known: tuple[Field, ...]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for field in type_.fields:
        first = seen.setdefault(safe_name(field.name), field.name)
        if first != field.name:
            yield Diagnostic(
                "SC216",
                f"`{first}` and `{field.name}` of `{type_.name}` both become `{safe_name(first)}` in Python",
                help="choose another name",
            )
        if field in known and not enums.intersection(references(field.type)):
            continue
        yield from _field(type_.name, field, contract)


def _field(owner: str, field: Field, contract: Contract) -> Iterator[Diagnostic]:
    at = f"`{owner}.{field.name}`"
    if field.key and not _can_be_key(field):
        yield Diagnostic(
            "SC217", f"{at} is a key and would be {field.type}", help="a key is a required `int`, `uuid` or `str`"
        )
    if field.read_only and (field.write_only or field.create_only):
        yield Diagnostic("SC217", f"{at} cannot be read-only and written at once", help="set one of the two to false")
    if field.owner and (problem := owner_problem(field)) is not None:
        yield Diagnostic("SC347", f"{at} says whose an object is, and {problem}", help="leave it as it is")
    problem = on_create_problem(field, contract.types)
    if problem is not None:
        yield Diagnostic("SC217", f"{at}: {problem}", help="change `on_create` with it")
    if field.default is not MISSING:
        try:
            read_value(field.default, field.type, contract.types, nullable=field.nullable)
        except ScaffoldError as error:
            yield Diagnostic(
                "SC217",
                f"the default of {at} would not fit any more: {error.diagnostics[0].message}",
                help="state a new `default:` in the change, or `drop: [default]`",
            )


def _can_be_key(field: Field) -> bool:
    kinds = (Kind.STR, Kind.INT, Kind.UUID)
    return field.required and not field.nullable and isinstance(field.type, Scalar) and field.type.kind in kinds


def _operations(before: Contract, after: Contract) -> Iterator[Diagnostic]:
    for was, operation in _paired(before.operations, after.operations):
        if was is operation:
            continue
        if was is None or (was.method, was.path, was.id) != (operation.method, operation.path, operation.id):
            yield from _place(operation, after)
        for parameter in operation.parameters:
            if parameter.role is Role.FILTER and not is_single(parameter.type, after.types):
                yield Diagnostic("SC223", f"`{parameter.name}` is filtered by and would be {parameter.type}")
            elif parameter.role is Role.FILTER and "." in parameter.name and not is_inner(parameter.type, after.types):
                yield Diagnostic(
                    "SC223",
                    f"`{parameter.name}` is filtered by inside of an object and would be {parameter.type}",
                    help=f"write `remove: {operation.address}?{parameter.name}` before it",
                )


def _paired(
    before: tuple[Operation, ...], after: tuple[Operation, ...]
) -> Iterable[tuple[Operation | None, Operation]]:
    """Each operation of `after` with the one it was in `before`."""
    if len(before) == len(after):
        return zip(before, after, strict=True)
    known = {o.identity: o for o in before}
    return [(known.get(o.identity), o) for o in after]


def _place(operation: Operation, contract: Contract) -> Iterator[Diagnostic]:
    """What is wrong with the new method, path or id of `operation`."""
    for other in contract.operations:
        if other is operation:
            continue
        if other.method == operation.method and template(other.path) == template(operation.path):
            yield Diagnostic("SC228", f"`{operation.address}` and `{other.address}` are the same address")
        if other.id == operation.id:
            yield Diagnostic("SC228", f"`{operation.address}` and `{other.address}` both have the id `{operation.id}`")
    problem = path_problem(operation.path)
    if problem is not None:
        yield Diagnostic("SC221", f"`{operation.path}` is no path: {problem}")
    if operation.body is not None and operation.method in ("GET", "HEAD", "OPTIONS"):
        yield Diagnostic("SC225", f"`{operation.address}` cannot carry a body")


def newly_endless(before: Contract, after: Contract) -> Iterator[str]:
    """The object types that require themselves in `after`, looked for only where a change can have made one."""
    for name, type_ in after.types.items():
        old = before.types.get(name)
        if type_ is not old and isinstance(type_, AliasType):
            yield from endless_types(after)
            return
        if type_ is not old and isinstance(type_, ObjectType):
            known = old.fields if isinstance(old, ObjectType) else ()
            if any(isinstance(f.type, Ref | UnionOf) and f.required and f not in known for f in type_.fields):
                yield from endless_types(after)
                return


def endless_types(contract: Contract) -> Iterator[str]:
    """The object types of which no finite value exists, because they require themselves."""
    finite: set[str] = set()
    left = {n: t for n, t in contract.types.items() if not isinstance(t, EnumType)}
    while True:
        found = [n for n, t in left.items() if _finite(t, finite, contract.types)]
        if not found:
            break
        finite.update(found)
        for name in found:
            del left[name]
    yield from (name for name, named in left.items() if isinstance(named, ObjectType))


def _finite(named: NamedType, finite: set[str], types: Mapping[str, NamedType]) -> bool:
    """Whether values of `named` come to an end, where those of the types in `finite` do."""
    match named:
        case ObjectType(fields=fields):
            return all(not f.required or f.nullable or _ends(f.type, finite, types) for f in fields)
        case AliasType(type=type_, nullable=nullable):
            return nullable or _ends(type_, finite, types)
        case _:
            return True


def _ends(type_: Type, finite: set[str], types: Mapping[str, NamedType]) -> bool:
    if isinstance(type_, UnionOf):
        return any(_ends(v, finite, types) for v in type_.variants)
    if not isinstance(type_, Ref):
        return True
    named = types.get(type_.name)
    return named is None or isinstance(named, EnumType) or type_.name in finite
