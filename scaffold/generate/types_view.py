"""What the modules of `types/` say: views for their template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..contract.message import View
from ..contract.named_types import EnumType, ObjectType
from ..contract.types import UnionOf
from ..contract.views import objects_in
from .choosing import choosing_function
from .converter_docs import converter_doc
from .converters import Choosing, Converter, Converters, Joining, Mode
from .enum_tables import EnumTable, EnumView, enum_tables, held_of, values_of
from .joining import joining_functions
from .mentions import Names
from .shape_views import ShapeView, UnionView, said_of, shape_view, union_view
from .shapes import Shape
from .showing import Function, Showing
from .sides import Side
from .writing import Writing


@dataclass(frozen=True)
class TypesModule:
    """One module of `types/`."""

    name: str
    doc: str
    imports: tuple[str, ...]
    enums: tuple[EnumView, ...]
    shapes: tuple[ShapeView, ...]
    functions: tuple[Function, ...]
    unions: tuple[UnionView, ...] = ()
    checks: tuple[tuple[str, str, bool], ...] = ()
    """The constants that check single values, each with its type, and whether that is known only when all modules are
    there.
    """


def types_modules(converters: Converters) -> tuple[TypesModule, ...]:
    """Every module of `types/`."""
    shapes = converters.shapes
    by_module: dict[str, list[Shape]] = {}
    for shape in shapes.all:
        by_module.setdefault(shape.module, []).append(shape)
    made: list[Made] = [*converters.all, *converters.all_choosing, *converters.all_joining]
    written = {c: _write(c, converters) for c in made}
    used = _used(converters, {c: w.calls for c, w in written.items()})
    tables = enum_tables(converters)
    modules = sorted({*by_module, *(c.module for c in used)})
    made_of = [
        _module(
            name,
            converters,
            by_module.get(name, []),
            [w for c, w in written.items() if c.module == name and c in used],
            tables,
        )
        for name in modules
    ]
    return tuple(_late(module, {m.name: m.imports for m in made_of}) for module in made_of)


def _late(module: TypesModule, imports: Mapping[str, Iterable[str]]) -> TypesModule:
    """`module`, whose checks wait for modules that import it in turn."""
    around = {other for other in module.imports if module.name in _reached(other, imports)}
    checks = ((name, type_, any(f"{other}_shapes." in type_ for other in around)) for name, type_, _ in module.checks)
    return replace(module, checks=tuple(checks))


def _reached(module: str, imports: Mapping[str, Iterable[str]]) -> set[str]:
    """The modules that a module imports, also by way of others."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        more = set(imports.get(waiting.pop(), ())) - found
        found |= more
        waiting += more
    return found


@dataclass(frozen=True)
class _Written:
    """The functions of one converter, with what they call and where that is."""

    functions: tuple[Function, ...]
    calls: frozenset[Made]
    imports: frozenset[str]
    checks: Mapping[str, str]


def _write(made: Made, converters: Converters) -> _Written:
    names = Names(converters, made.module)
    if isinstance(made, Choosing):
        functions = [choosing_function(names, made)]
    elif isinstance(made, Joining):
        functions = joining_functions(names, made)
    else:
        maker = Showing if made.mode is Mode.SHOW else Writing
        functions = maker(names, made, converter_doc(made, converters)).functions()
    return _Written(tuple(functions), frozenset(names.called), frozenset(names.imports), names.checks)


Made = Converter | Choosing | Joining


def _used(converters: Converters, calls: Mapping[Made, frozenset[Made]]) -> set[Made]:
    """The converters that an operation needs, directly or inside another one."""
    found: set[Made] = set(wanted(converters))
    waiting = list(found)
    while waiting:
        for called in calls[waiting.pop()]:
            if called not in found:
                found.add(called)
                waiting.append(called)
    return found


def wanted(converters: Converters) -> Iterable[Made]:
    """The converters of what operations carry: each is there, whatever calls it."""
    for contract in converters.history.contracts:
        for held, view, crossing in converters.carried.get(contract.version, ()):
            for type_ in objects_in(contract, held):
                found = converters.of.get((Side(contract.version, type_.identity, view), _MODES.get(view, Mode.CREATE)))
                yield from () if found is None else (found,)
            yield from converters.choosing_in(contract, crossing, view)


_MODES = {View.OUTPUT: Mode.SHOW, View.UPDATE: Mode.UPDATE, View.REPLACE: Mode.REPLACE}


def _module(
    name: str,
    converters: Converters,
    shapes: list[Shape],
    written: list[_Written],
    tables: dict[str, list[EnumTable]],
) -> TypesModule:
    names = Names(converters, name)
    enums = tuple(
        EnumView(
            *(s.name, said_of(s, converters.history), values_of(s.type), tuple(tables.get(s.name, ())), s.type.open),
            held=held_of(s.type),
        )
        for s in shapes
        if isinstance(s.type, EnumType)
    )
    objects = tuple(shape_view(s, names) for s in shapes if isinstance(s.type, ObjectType))
    unions = tuple(union_view(s, s.type, names) for s in shapes if isinstance(s.type, UnionOf))
    kinds = "values" if enums and not objects else "forms"
    if name == converters.shapes.messages:
        doc = "Values of several types that requests and answers are made of"
    else:
        doc = f"The {kinds} of {shapes[0].title} that versions show and accept"
    return TypesModule(
        name=name,
        doc=doc + (", and their ways to and from the record." if written else "."),
        imports=tuple(sorted(names.imports.union(*(w.imports for w in written)))),
        enums=enums,
        shapes=objects,
        functions=tuple(f for w in written for f in w.functions),
        unions=unions,
        checks=tuple((n, t, False) for n, t in {n: t for w in written for n, t in w.checks.items()}.items()),
    )
