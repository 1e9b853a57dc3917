"""The text of a route that answers with a list: which it asks for, found by what, in which order."""

from __future__ import annotations

from collections.abc import Sequence

from ..contract.message import View
from ..contract.named_types import EnumType
from ..contract.names import stands_for
from ..contract.parameter import Parameter, Role
from ..contract.types import Kind, Ref
from ..convert.conversions import Conversion, Mapped, Nested, Same
from ..convert.nodes import Leaf
from ..convert.records import RecordField
from .converters import Mode
from .enum_tables import held_of
from .older_forms import first_of
from .paging_view import by, part
from .parameters_view import ReadBy
from .python import PLAIN, text
from .route import Route


def listing(route: Route, type_: str, answers: str | None, given: Sequence[str]) -> None:
    """The lines of a list: `answers` is the constant with all its answers, `given` more arguments of its method."""
    filters = [r for r in route.read if r.parameter.role is Role.FILTER]
    stated = part(route)
    sort = next((r for r in route.read if r.parameter.role is Role.SORT), None)
    if sort is not None:
        stated.append(f"sort={_sort(route, sort, type_)}")
    if filters:
        filters = _one_each(route, filters, type_)
        words = {r.name: _words(route, r.parameter, r.name, type_) for r in filters}
        route.lines.append("filters: dict[str, tuple[Any, ...]] = {}")
        if any(words.values()):
            route.lines.append("words: dict[str, tuple[Words, str]] = {}")
        for r in filters:
            attr = _attr(route, r.parameter.fields[0], type_)
            form = route.older_form(r.parameter.fields[0], sorts=False)
            crossing = route.crossing(r.parameter)
            attr, crossing = (attr, crossing) if form is None else (f"{attr}@{form}", first_of(crossing))
            route.lines.append(f"if {r.name} is not None:")
            route.lines.append(f"    filters[{text(attr)}] = {_means(route, crossing, r)}")
            if kept := words[r.name]:
                route.lines.append(f"    words[{text(attr)}] = ({kept}, {r.name})")
        stated += ["filters=filters", *(["words=words"] if any(words.values()) else [])]
    asked = f"Asked({', '.join(stated)})"
    call = f"await handler.list({', '.join([asked, *given])})"
    if answers is not None:
        route.lines += [f"answered = {call}", f"return answer_reply(request, answered, {answers})"]
        return
    route.lines.append(f"page = {call}")
    show = route.names.converter(route.cross.converter(type_, View.OUTPUT, Mode.SHOW))
    shape = route.shape(Ref(route.operation.resource or ""), View.OUTPUT, "item")
    route.lines.append(f"return answer_page({', '.join(['request', shape, 'page', show, *by(route.operation)])})")


def _one_each(route: Route, filters: list[ReadBy], type_: str) -> list[ReadBy]:
    """One filter for each attribute, after lines that bring together what is asked for under several names."""
    found: dict[str, list[ReadBy]] = {}
    for r in filters:
        found.setdefault(_attr(route, r.parameter.fields[0], type_), []).append(r)
    for first, *others in found.values():
        if others:
            asked = ", ".join(f"{text(r.parameter.name)}: {r.name}" for r in (first, *others))
            route.lines.append(f"{first.name} = either({{{asked}}})")
    return [first for first, *_ in found.values()]


def _means(route: Route, crossing: Conversion, r: ReadBy) -> str:
    """The values that a filter asks for, where it is `crossing` that leads to what is searched."""
    if isinstance(crossing, Mapped):
        return f"{route.names.enum_map(crossing, 'MEANS')}[{r.name}]"
    return f"({r.name if isinstance(crossing, Same) else route.up(r.parameter, r.name)},)"


def _words(route: Route, p: Parameter, name: str, type_: str) -> str | None:
    """The constant that knows what older clients wrote where a filter acts; None where that is what is stored."""
    found = _leaf(route, p.fields[0], type_, frozenset())
    if found is None or not found[1].shadowed:
        return None
    leaf = found[1]
    crossing = leaf.conversion
    if isinstance(crossing, Mapped):
        values = ", ".join(text(value) for value in crossing.down)
        enum = route.contract.types_by_identity[crossing.enum]
        held = held_of(enum) if isinstance(enum, EnumType) else ()
        hidden = f", ({', '.join(f'({word}, {header})' for word, header in held)},)" if held else ""
        return route.keep(f"{name}_words", f"Words({text(leaf.shadow)}, ({values},){hidden})")
    if isinstance(crossing, Same) and PLAIN.get(getattr(p.type, "kind", Kind.JSON)) == "str":
        return route.keep(f"{name}_words", f"Words({text(leaf.shadow)})")
    return None


def _sort(route: Route, r: ReadBy, type_: str) -> str:
    words: dict[str, str] = {}
    for identity in r.parameter.fields:
        word = route.contract.fields_by_identity[identity][1].name
        attr, form = _attr(route, identity, type_), route.older_form(identity, sorts=True)
        attr = attr if form is None else f"{attr}@{form}"
        words |= {word: attr, f"-{word}": f"-{attr}"}
    if all(k == v for k, v in words.items()):
        return r.name
    rows = ", ".join(f"{text(k)}: {text(v)}" for k, v in words.items())
    table = route.keep("sort", f"{{{rows}}}")
    return f"None if {r.name} is None else {table}[{r.name}]"


def _attr(route: Route, identity: str, type_: str) -> str:
    """The path of the record's attribute that a filter or sort word acts on."""
    identity = stands_for(route.contract, identity)
    if identity in route.converters.joined:
        return identity  # the column of the older form, which is written along
    found = _leaf(route, identity, type_, frozenset())
    if found is None:
        raise ValueError(f"{type_} of {route.contract.version} has no {identity}")
    return ".".join(step.attr for step in found[0])


def _leaf(route: Route, identity: str, type_: str, seen: frozenset[str]) -> tuple[tuple[RecordField, ...], Leaf] | None:
    """A field of `type_`, or of an object inside it, and where it is in the record."""
    leaves = list(route.cross.converter(type_, View.OUTPUT, Mode.SHOW).mapping.leaves())
    for leaf in leaves:
        if leaf.field.field.identity == identity:
            return leaf.record, leaf
    for leaf in leaves:
        if isinstance(leaf.conversion, Nested) and leaf.conversion.record not in seen:
            inner = _leaf(route, identity, leaf.conversion.record, seen | {type_})
            if inner is not None:
                return (*leaf.record, *inner[0]), inner[1]
    return None
