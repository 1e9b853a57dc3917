"""What of each operation is deprecated, as a table: what a request to it may hold, and what an answer shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ..contract.changes.general import SUNSET
from ..contract.contract import Contract
from ..contract.fitting import tags
from ..contract.history import History
from ..contract.instead import USE
from ..contract.message import Media, View
from ..contract.named_types import EnumType, EnumValue, Field, ObjectType
from ..contract.operation import Operation
from ..contract.parameter import Location, Parameter
from ..contract.types import ListOf, MapOf, Ref, Scalar, Type, UnionOf, references
from ..contract.views import ViewField, enums_in, objects_in, view_fields
from .deprecations import marks, released
from .python import text
from .signatures import argument_name
from .versions_view import moment

Marked = Operation | Parameter | Field | EnumValue


@dataclass(frozen=True)
class NotedView:
    """One operation, as arguments of `Noted`."""

    id: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class DeprecationsView:
    """One version: its operations, the types that lead to something deprecated, and what is said of each thing."""

    version: str
    operations: tuple[NotedView, ...]
    types: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    instead: tuple[tuple[str, str], ...]


def deprecations_views(history: History) -> tuple[DeprecationsView, ...]:
    """The versions in which something is deprecated, oldest first."""
    views = (_view(history, contract) for contract in history.contracts)
    return tuple(v for v in views if v.operations or v.instead)


def _view(history: History, contract: Contract) -> DeprecationsView:
    since = {identity: found.since for identity, found in marks(history, contract).items()}
    table = _Table(contract, since, released(history))
    operations = []
    for operation in contract.operations:
        arguments = tuple(table.arguments(operation))
        if arguments:
            operations.append(NotedView(text(operation.id), arguments))
        if operation.deprecated:
            table.said(operation.address, operation)
    return DeprecationsView(
        version=text(contract.version),
        operations=tuple(operations),
        types=tuple(table.types()),
        instead=tuple((text(what), said) for what, said in table.instead.items()),
    )


@dataclass
class _Table:
    """What is collected of one version."""

    contract: Contract
    since: Mapping[str, date | datetime]
    """By identity, the day on which a change said so."""
    born: Mapping[str, date | datetime | None]
    """By version and release, its day: that of what is deprecated from birth."""
    rows: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    wanted: list[tuple[str, View]] = field(default_factory=list)
    leading: dict[tuple[str, View], bool] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=dict)

    def said(self, what: str, marked: Marked, use: str | None = None) -> str:
        """Note what documents say of something deprecated, or else what is known to stand in for it, and since when it
        is; its name.
        """
        known = {"use": marked.extra.get(USE, use), "sunset": marked.extra.get(SUNSET)}
        stated = [f"{word}={text(value)}" for word, value in known.items() if value is not None]
        since = self.since.get(marked.identity) or self.born.get(marked.identity.partition(":")[0])
        stated += [] if since is None else [f"since={moment(since)}"]
        self.instead[what] = f"Instead({', '.join(stated)})"
        return what

    def arguments(self, operation: Operation) -> Iterator[str]:
        """The arguments of `Noted` for an operation; none where nothing is deprecated."""
        sent = operation.body
        places = [] if sent is None else [self.wrapped(form, sent.view) for form in sent.forms]
        body = next((p for p in places if p is not None), None)
        if body is not None:
            yield f"body={body}"
        found = [(p, self.parameter(operation, p)) for p in operation.parameters]
        rows = ", ".join(f"({text(p.location.value)}, {text(_sent_as(p))}): {at}" for p, at in found if at)
        if rows:
            yield f"parameters={{{rows}}}"
        shown = dict.fromkeys(w for r in operation.responses for f in r.forms if f.type for w in self.shown(f.type))
        if shown:
            yield f"shown=({', '.join(map(text, shown))},)"

    def parameter(self, operation: Operation, p: Parameter) -> str | None:
        """Where a parameter stands that is deprecated, or has values that are."""
        names = [self.contract.fields_by_identity[i][1] for i in p.fields if i in self.contract.fields_by_identity]
        use = self.value_of(names[0], None) if names else None
        what = self.said(f"{operation.address}?{p.name}", p, use) if p.deprecated else None
        return self.place(p.type, View.INPUT, what)

    def place(self, type_: Type, view: View, what: str | None = None) -> str | None:
        """Where a value of a type stands, as `At`; None where nothing deprecated can be in it."""
        stated = [] if what is None else [f"what={text(what)}"]
        names = [n for n in self._objects(type_) if self._leads(n, view)]
        if names:
            self.wanted += [(n, view) for n in names if (n, view) not in self.wanted]
            stated.append(f"types=({', '.join(text(_key(n, view)) for n in names)},)")
            stated += [f"maps={maps}"] if (maps := _maps(type_)) else []
            stated += self._chosen(type_, view)
        values = dict(self.values(type_))
        if values:
            rows = ", ".join(f"{text(value)}: {text(said)}" for value, said in values.items())
            stated.append(f"values={{{rows}}}")
        return f"At({', '.join(stated)})" if stated else None

    def wrapped(self, form: Media, view: View) -> str | None:
        """Where a body stands, which may be the only field of an object."""
        made = None if form.type is None else self.place(form.type, view)
        if made is None or form.wrap is None:
            return made
        around = f"around {made}"
        self.rows[around] = ((text(form.wrap), made),)
        return f"At(types=({text(around)},))"

    def shown(self, type_: Type) -> Iterator[str]:
        """What is deprecated in a value that is shown."""
        yield from (said for _, said in self.values(type_))
        for name in self._reached(self._objects(type_), View.OUTPUT):
            for f in self._fields(name[0], View.OUTPUT):
                if f.field.deprecated:
                    yield self.field(name[0], f.field)
                yield from (said for _, said in self.values(f.type))

    def field(self, owner: str, f: Field) -> str:
        """Note what is said of a deprecated field; its name."""
        return self.said(f"{owner}.{f.name}", f, self.value_of(f, owner))

    def value_of(self, f: Field, owner: str | None) -> str | None:
        """The field that `f` is another name of, as it is called in the object `owner`, or in a query."""
        found = None if f.alias_of is None else self.contract.fields_by_identity.get(f.alias_of)
        if found is None:
            return None
        where, value = found
        return value.name if owner in (None, where.name) else f"{where.name}.{value.name}"

    def values(self, type_: Type) -> Iterator[tuple[str, str]]:
        """The deprecated values of the enums that a value may be of, with what each is called."""
        for enum in enums_in(self.contract, type_):
            yield from ((v.value, self.said(f"{enum.name}.{v.value}", v)) for v in enum.values if v.deprecated)

    def types(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """The objects that lead to something deprecated, each with the fields that do."""
        done = 0
        while done < len(self.wanted):  # a row may want others
            name, view = self.wanted[done]
            done += 1
            self.rows[_key(name, view)] = tuple(self._row(name, view))
        yield from ((text(key), row) for key, row in self.rows.items())

    def _row(self, name: str, view: View) -> Iterator[tuple[str, str]]:
        for f in self._fields(name, view):
            what = self.field(name, f.field) if _marked(f.field) else None
            at = self.place(f.type, f.nested, what)
            if at is not None:
                yield text(f.name), at

    def _fields(self, name: str, view: View) -> tuple[ViewField, ...]:
        owner = self.contract.types[name]
        assert isinstance(owner, ObjectType)  # `_objects` names no others
        return view_fields(owner, view, self.contract.version)

    def _objects(self, type_: Type) -> list[str]:
        """The objects that a value may be, or hold in lists and maps."""
        return [t.name for t in objects_in(self.contract, type_)]

    def _reached(self, names: Iterable[str], view: View) -> list[tuple[str, View]]:
        """Objects with those in them, each once."""
        found = [(name, view) for name in names]
        for name, side in found:
            for f in self._fields(name, side):
                found += [(n, f.nested) for n in self._objects(f.type) if (n, f.nested) not in found]
        return found

    def _leads(self, name: str, view: View) -> bool:
        """Whether an object holds something deprecated that may be sent."""
        known = self.leading.get((name, view))
        if known is None:
            reached = self._reached([name], view)
            inside = [f for n, side in reached for f in self._fields(n, side)]
            known = any(_marked(f.field) or any(self.values(f.type)) for f in inside)
            self.leading[name, view] = known
        return known

    def _chosen(self, type_: Type, view: View) -> Iterator[str]:
        """How the variants of a union are told apart."""
        while isinstance(type_, ListOf | MapOf):
            type_ = type_.items if isinstance(type_, ListOf) else type_.values
        if isinstance(type_, UnionOf) and type_.discriminator is not None:
            names = list(dict.fromkeys(references(type_)))
            words = {word: name for name in names for word in self._told(type_.discriminator.property, type_, name)}
            rows = ", ".join(f"{text(word)}: {text(_key(name, view))}" for word, name in words.items())
            yield f"choose=({text(type_.discriminator.property)}, {{{rows}}})"

    def _told(self, property: str, union: UnionOf, name: str) -> Iterator[str]:
        """The values of the field that tells variants apart which mean the one called `name`: those stated, the only
        one that it has, or else the name.
        """
        yield from tags(union, name)
        owner = self.contract.types.get(name)
        found = owner.field(property) if isinstance(owner, ObjectType) else None
        type_ = None if found is None else found.type
        enum = self.contract.types.get(type_.name) if isinstance(type_, Ref) else None
        if isinstance(enum, EnumType) and len(enum.values) == 1:
            yield enum.values[0].value
        elif isinstance(type_, Scalar) and len(type_.choices) == 1:
            yield str(type_.choices[0])


def _maps(type_: Type) -> int:
    """How many maps deep what a value holds stands in it."""
    match type_:
        case ListOf(items=items):
            return _maps(items)
        case MapOf(values=values):
            return 1 + _maps(values)
    return 0


def _marked(f: Field) -> bool:
    return f.deprecated and not f.read_only


def _key(name: str, view: View) -> str:
    """An object as one side has it."""
    return f"{name} {view}"


def _sent_as(p: Parameter) -> str:
    """The name of a parameter as the request has it; those of headers are in small letters, those of paths Python's."""
    if p.location is Location.PATH:
        return p.name if p.name.isidentifier() else argument_name(p.name)
    return p.name.lower() if p.location is Location.HEADER else p.name
