"""One client's session as a test: what it sends, one request after the other, and what it is to get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..contract.contract import Contract
from ..contract.examples import example
from ..contract.fitting import fits
from ..contract.message import View
from ..contract.named_types import EnumType, Unknown
from ..contract.names import other_names
from ..contract.nesting import parent_of
from ..contract.operation import Action, Operation
from ..contract.parameter import Parameter, Role
from ..contract.types import MISSING, Json, Kind, ListOf, MapOf, Missing, Ref, Scalar, Type
from ..contract.views import ViewField, added_by_release, settled_fields
from .calls import credential, request
from .tests_keys import above_place, without_references
from .tests_uses import Uses

Step = dict[str, Any]
KEY = "{key}"
"""Stands in a stored path for the key of what was created."""

UNHEARD_OF = "unheard_of"
"""The name of a field, or a value of an enum, that no contract has."""

OTHERS: Mapping[Kind, tuple[Json, ...]] = {
    Kind.STR: ("Changed", "changed", "C", "2"),
    Kind.BOOL: (True, False),
    Kind.DECIMAL: ("7.25", "7.00", "7"),
    Kind.DATE: ("2026-02-20",),
    Kind.DATETIME: ("2026-02-20T10:45:00Z",),
    Kind.TIME: ("10:45:00Z",),
    Kind.EMAIL: ("grace@example.com", "g@b.co"),
    Kind.URL: ("https://example.com/two", "https://b.co"),
    Kind.BYTES: ("d29ybGQ=",),
}
"""What a value of a kind is changed to; the first that fits."""


@dataclass
class Session:
    """Makes the steps of one client: it creates a record, reads, finds, changes and deletes it."""

    contract: Contract
    type_name: str
    chosen: Mapping[str, Json]
    headers: Mapping[str, Mapping[str, str | None]]
    """By the id of an operation: what says that it goes before its version does."""
    usual: Mapping[str, str | None]
    """What says that the version goes."""
    uses: Uses

    def steps(self) -> list[Step]:
        """The steps that the operations of the resource allow; without a creation, a list."""
        self._does = {o.action: o for o in self.contract.operations if o.resource == self.type_name}
        create, listed = self._does.get(Action.CREATE), self._does.get(Action.LIST)
        payload = None if create is None or create.responses[0].type is None else self._example(View.CREATE)
        if create is None or not isinstance(payload, dict):
            return [] if listed is None else [self._step(listed, "list")]
        # One default is left to the server, so that it is seen to be the one of this version.
        filled = next((f for f in self._fields(View.CREATE) if has_default(f) and not f.field.write_only), None)
        sent = {name: value for name, value in payload.items() if filled is None or name != filled.name}
        self.now = _visible(self.contract, Ref(self.type_name), View.CREATE, sent)
        self.now |= {} if filled is None else {filled.name: filled.default}
        type_ = self.contract.object(self.type_name)
        if type_ is not None and (parent := parent_of(type_)) is not None:
            self.now |= {parent.name: None}  # the test puts in what it made
        steps = [self._created(create, sent), *self._reads(), *self._updates(), *self._replaces(payload)]
        if (get := self._does.get(Action.GET)) is not None and len(steps) > 2:
            steps.append(self._step(get, "get", shows=self.now))
        if (delete := self._does.get(Action.DELETE)) is not None:
            steps.append(self._step(delete, "delete"))
            if get is not None:
                steps.append(self._step(get, "miss") | {"status": 404})
        return steps

    def _fields(self, view: View) -> tuple[ViewField, ...]:
        type_ = self.contract.object(self.type_name)
        assert type_ is not None
        return settled_fields(type_, view, self.contract.version)

    def _example(self, view: View) -> Json | Missing:
        made = example(self.contract, Ref(self.type_name), view, chosen=self.chosen)
        type_ = self.contract.object(self.type_name)
        return made if type_ is None else without_references(type_, made)

    def _step(self, operation: Operation, does: str, **said: Any) -> Step:
        path = operation.path
        for p in operation.parameters:
            path = path.replace(f"{{{p.name}}}", KEY) if p.role is Role.KEY else path
            if p.role is Role.PARENT:
                path = path.replace(f"{{{p.name}}}", above_place(self.contract, p.fields[0]))
        answer, body = operation.responses[0], operation.body
        if answer.type is None:
            said.pop("shows", None)
        elif answer.wrap is not None and "shows" in said:
            said["shows_under"] = answer.wrap
        if body is not None and body.wrap is not None and "sends" in said:
            said["sends_under"] = body.wrap
            said |= {"loc": ["body", body.wrap, *said["loc"][1:]]} if "loc" in said else {}
        if operation.id in self.headers:
            said["headers"] = self.headers[operation.id]
        needed = request(self.contract, operation, self.chosen) or {}
        for place in ("query", "header", "cookie"):
            if needed.get(place):
                said[place] = {**needed[place], **said.get(place, {})}
        known = credential(self.contract, operation)
        said |= {"credential": known} if known else {}
        stated = said.get("headers", self.usual)
        given = {name: value for place in ("query", "header", "cookie") for name, value in said.get(place, {}).items()}
        since = self.uses.header(operation, said.get("sends"), given)
        if since is not None and stated["deprecation"] is None:
            said["headers"] = {**stated, "deprecation": since}
        return {"does": does, "method": operation.method, "path": path, "status": answer.status, **said}

    def _created(self, create: Operation, sent: dict[str, Json]) -> Step:
        step = self._step(create, "create", sends=sent, shows=self.now)
        type_ = self.contract.object(self.type_name)
        assert type_ is not None
        assert type_.key is not None
        step["key"] = type_.key.name
        if (get := self._does.get(Action.GET)) is not None:
            step["location"] = self._step(get, "get")["path"]
        return step

    def _reads(self) -> Iterator[Step]:
        if (get := self._does.get(Action.GET)) is not None:
            yield self._step(get, "get", shows=self.now)
        if (listed := self._does.get(Action.LIST)) is None:
            return
        yield self._step(listed, "list", shows=self.now)
        for p in listed.parameters:
            refers = any(self.contract.fields_by_identity[i][1].refers for i in p.fields)
            if p.role is Role.FILTER and not refers and isinstance(value := self._read_by(p), str):
                yield self._step(listed, "list", query={p.name: value}, shows=self.now)

    def _read_by(self, p: Parameter) -> Json:
        """The value that a filter finds the record by."""
        at = self.contract.fields_by_identity.get(p.fields[0])
        name = self.contract.fields_by_identity[at[1].alias_of][1].name if at and at[1].alias_of else p.name
        found: Json = self.now
        for word in name.split(".") if at is None or "." in name else (name,):
            found = found.get(word) if isinstance(found, Mapping) else None
        return found

    def _updates(self) -> Iterator[Step]:
        if (update := self._does.get(Action.UPDATE)) is None:
            return
        fields = [f for f in self._fields(View.UPDATE) if not f.field.write_only]
        changed = next(((f, v) for f in fields if (v := self._other(f)) is not MISSING), None)
        if changed is not None:
            self.now = self.now | {changed[0].name: changed[1]}
        sends = {} if changed is None else {changed[0].name: changed[1]}
        yield self._step(update, "update", sends=sends, shows=self.now)
        cleared = next((f for f in fields if f.nullable and not f.field.nullable and f.name in self.now), None)
        if cleared is not None:
            self.now = {name: value for name, value in self.now.items() if name != cleared.name}
            yield self._step(update, "clear", sends={cleared.name: None}, shows=self.now, hides=[cleared.name])
        yield from self._renamed(update, fields)
        yield from self._surplus(update)
        yield from self._mistaken(update)

    def _renamed(self, update: Operation, fields: list[ViewField]) -> Iterator[Step]:
        """A value is sent under another name that it has, and shown under both; of two that differ none is taken."""
        type_ = self.contract.object(self.type_name)
        assert type_ is not None
        by_identity = {f.field.identity: f for f in fields}
        for other in other_names(self.contract, type_):
            f, name = by_identity.get(other.path[-1].identity), other.field.name
            value = MISSING if f is None or not other.beside else self._other(f)
            if f is None or value is MISSING:
                continue
            sends, was = {name: value}, self.now.get(f.name, MISSING)
            self.now = self.now | {f.name: value}
            yield self._step(update, "rename", sends=sends, shows=self.now | sends)
            if was is not MISSING and (third := self._other(f)) not in (MISSING, was):
                wrong = {f.name: was, name: third}
                yield self._step(update, "disagree", sends=wrong, code="alias-conflict") | {"status": 422}
            return

    def _surplus(self, update: Operation) -> Iterator[Step]:
        """What clients may not write is as if it had not been sent, or refused where the type says so."""
        type_ = self.contract.object(self.type_name)
        assert type_ is not None
        fields = {f.name: f for f in self._fields(View.UPDATE)}
        shown = [f for f in self._fields(View.OUTPUT) if f.name not in fields]
        sends = {f.name: v for f in shown if (v := self._other(f)) is not MISSING}
        if type_.unknown is Unknown.REFUSE:
            yield self._step(update, "surplus", sends={UNHEARD_OF: 1}) | {"status": 422}
        elif type_.unknown is Unknown.IGNORE:
            yield self._step(update, "surplus", sends={**sends, UNHEARD_OF: 1}, shows=self.now, hides=[UNHEARD_OF])

    def _mistaken(self, update: Operation) -> Iterator[Step]:
        """A value that an enum does not have is refused by the name of its field."""
        for f in self._fields(View.UPDATE):
            enum = self.contract.types.get(f.type.name) if isinstance(f.type, Ref) else None
            if isinstance(enum, EnumType) and not enum.open:
                step = self._step(update, "mistaken", sends={f.name: UNHEARD_OF}, loc=["body", f.name])
                yield step | {"status": 422}
                return

    def _replaces(self, created: dict[str, Json]) -> Iterator[Step]:
        """The replacement a client of the version's first day sends: what a release added since is not touched."""
        if (operation := self._does.get(Action.REPLACE)) is None:
            return
        made = self._example(View.REPLACE)
        if not isinstance(made, dict):
            return
        fields = {f.name: f for f in self._fields(View.REPLACE)}
        late = {n for n, f in fields.items() if not f.required and added_by_release(f.field, self.contract.version)}
        sent = {n: made[n] for n, f in fields.items() if n in made and n not in late and not has_default(f)}
        kept = {n: v for n, v in self.now.items() if n in late or n not in fields}
        fills = {n: f.default for n, f in fields.items() if has_default(f) and not f.field.write_only}
        self.now = kept | fills | _visible(self.contract, Ref(self.type_name), View.REPLACE, sent)
        yield self._step(operation, "replace", sends=sent, shows=self.now)

    def _other(self, f: ViewField) -> Json | Missing:
        """Another value for a field than the one it has."""
        current = self.now.get(f.name, MISSING)
        candidates: tuple[Json, ...] = ()
        if f.field.identity in self.chosen or f.field.refers is not None:
            return MISSING
        match f.type:
            case Ref(name) if isinstance(enum := self.contract.types[name], EnumType):
                candidates = tuple(v.value for v in enum.values)
            case Scalar(kind=Kind.INT | Kind.FLOAT) if isinstance(current, int | float):
                candidates = (current + 1, current - 1, current + (f.type.multiple_of or 2))
            case Scalar(kind=kind, format=None, choices=choices):
                candidates = (*choices, *OTHERS.get(kind, ()))
        fitting = (v for v in candidates if v != current and fits(self.contract, f.type, v))
        return next(fitting, MISSING)


def has_default(f: ViewField) -> bool:
    """Whether a field has a value where none is sent."""
    return f.default is not MISSING


def _visible(contract: Contract, type_: Type, view: View, value: Json) -> Json:
    """What is shown again of a value that was sent."""
    match type_:
        case ListOf(items=inner) if isinstance(value, list):
            return [_visible(contract, inner, view, item) for item in value]
        case MapOf(values=inner) if isinstance(value, dict):
            return {key: _visible(contract, inner, view, item) for key, item in value.items()}
        case Ref(name) if (object_ := contract.object(name)) is not None and isinstance(value, dict):
            fields = [f for f in settled_fields(object_, view, contract.version) if not f.field.write_only]
            return {f.name: _visible(contract, f.type, f.nested, value[f.name]) for f in fields if f.name in value}
        case _:
            return value
