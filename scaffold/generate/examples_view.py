"""The example of each operation that only the user can write: what example mode answers, version by version."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ..contract.contract import Contract
from ..contract.examples import FORMATS, example, page_example, under
from ..contract.fitting import fits
from ..contract.history import History
from ..contract.message import Header, Media, Response, View
from ..contract.named_types import AliasType, NamedType, ObjectType
from ..contract.operation import Action, Operation, mentioned
from ..contract.types import MISSING, Extra, Json, Kind, ListOf, MapOf, Missing, Scalar, Type, UnionOf, references

Entry = dict[str, Any]
"""An answer: `status`, `headers`, `media_type`, and `body` (JSON), `text` or `base64`."""

CONCRETE = {
    "*/*": "application/json",
    "application/*": "application/json",
    "text/*": "text/plain",
    "image/*": "image/png",
}
"""What a range of media types is answered with."""


def example_files(history: History, undecided: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, Entry | None]]:
    """For each version the examples that are not those of the version before; None where none can be made.

    Operations of resources work by themselves: they have an example in versions where they are `undecided`.
    """
    before: dict[str, Entry | None] = {}
    made: dict[str, dict[str, Entry | None]] = {}
    older: Contract | None = None
    for contract in history.contracts:
        open_ = undecided.get(contract.version, ())
        answers, same = Answers(contract), set() if older is None else _same(older, contract)
        here = {
            o.id: before[o.id] if o.id in before and o.identity in same else answers.of(o)
            for o in contract.operations
            if o.action is Action.FREE or o.id in open_
        }
        made[contract.version] = {i: e for i, e in here.items() if i not in before or before[i] != e}
        before |= here
        older = contract
    return made


def _same(older: Contract, newer: Contract) -> set[str]:
    """The operations whose answers say the same in two versions, by identity: they have the same example."""
    changed = {name for name, type_ in newer.types.items() if older.types.get(name) != type_}
    found = changed
    while found:
        found = {n for n, t in newer.types.items() if n not in changed and _mentions(t, changed)}
        changed |= found
    if _shared(older) != _shared(newer):
        return set()
    return {
        o.identity
        for o in newer.operations
        if (before := older.operations_by_identity.get(o.identity)) is not None
        and before.id == o.id
        and before.responses == o.responses
        and _prose(before) == _prose(o)
        and not any(r.page for r in o.responses)
        and not changed & {n for t in mentioned(o) for n in references(t)}
    }


def _mentions(type_: NamedType, names: set[str]) -> bool:
    match type_:
        case ObjectType(fields=fields, rest=rest):
            return any(
                not names.isdisjoint(references(t)) for t in (*(f.type for f in fields), *([rest] if rest else []))
            )
        case AliasType(type=inner):
            return not names.isdisjoint(references(inner))
        case _:
            return False


def _prose(operation: Operation) -> list[Extra]:
    """What is said of the answers and may hold examples."""
    forms = [f for r in operation.responses for f in r.forms]
    said = [*(f.extra for f in forms), *(f.type.extra for f in forms if f.type is not None)]
    return [*said, *(h.extra for r in operation.responses for h in r.headers)]


def _shared(contract: Contract) -> Json:
    return contract.extra.get("components", {}).get("examples", {})


@dataclass(frozen=True)
class Answers:
    """Makes the answers of one contract, and bodies that it takes; `chosen` fixes values by identity."""

    contract: Contract
    chosen: Mapping[str, Json] = field(default_factory=dict)

    def of(self, operation: Operation) -> Entry | None:
        """The usual answer of an operation that can be made: a success where there is one."""
        for response in sorted(operation.responses, key=lambda r: not r.success):
            made = self._answer(response)
            if made is not None:
                return made
        return None

    def _answer(self, response: Response) -> Entry | None:
        made: Entry = {"status": status_of(response)}
        headers = {h.name: self._header(h) for h in response.headers if h.name.lower() != "content-type"}
        if any(h.required and headers.get(h.name, "") is None for h in response.headers):
            return None
        if sent := {name: value for name, value in headers.items() if value is not None}:
            made["headers"] = sent
        if not response.forms:
            return made
        for form in response.forms:
            value = self._page(response, form) if response.page else self.value(form, View.OUTPUT)
            if value is not MISSING:
                return made | carried(form, value)
        return None

    def _page(self, response: Response, form: Media) -> Json | Missing:
        assert isinstance(response.type, ListOf)  # a page is one of a list
        item = self._made(response.type.items, View.OUTPUT, "item")
        if item is MISSING:
            return MISSING
        return page_example(self.contract.envelope.template, [item], self.contract.version)

    def _header(self, header: Header) -> str | None:
        value = next(
            (v for v in self._published(header.extra) if fits(self.contract, header.type, v)),
            self._made(header.type, View.OUTPUT, header.name.lower().removeprefix("x-")),
        )
        return None if value is MISSING else simple(value)

    def value(self, form: Media, view: View) -> Json | Missing:
        """A value of a form of a body or an answer: a published example that fits, or one that is made.

        Where values of some fields or enums are chosen, published ones are not asked.
        """
        published = [*self._published(form.extra), *(self._published(form.type.extra) if form.type else ())]
        if form.type is None:
            return published[0] if published else {}
        fitting = (v for v in published if not self.chosen and fits(self.contract, form.type, v, view=view))
        found = next(fitting, MISSING)
        value = self._made(form.type, view, "value") if found is MISSING else found
        return value if value is MISSING else under(form.wrap, value)

    def _made(self, type_: Type, view: View, name: str) -> Json | Missing:
        made = example(self.contract, type_, view, chosen=self.chosen, name=name)
        if made is not MISSING:
            return made
        # A format that nobody here knows is a remark: better any text than no example.
        return example(self._lenient, _without_formats(type_), view, chosen=self.chosen, name=name)

    @cached_property
    def _lenient(self) -> Contract:
        return replace(self.contract, types={n: _lenient(t) for n, t in self.contract.types.items()})

    def _published(self, said: Extra) -> Iterator[Json]:
        """The examples that a document gives: `example`, or `examples`, by name or as a list (JSON Schema)."""
        if "example" in said:
            yield said["example"]
        examples = said.get("examples")
        if isinstance(examples, list):
            yield from examples
        elif isinstance(examples, Mapping):
            shared = _shared(self.contract)
            for found in examples.values():
                if isinstance(found, Mapping) and "$ref" in found:
                    found = shared.get(str(found["$ref"]).rpartition("/")[2], {})
                if isinstance(found, Mapping) and "value" in found:
                    yield found["value"]


def status_of(response: Response) -> int:
    """The number of an answer: the first of a class of them, 200 for `default`."""
    if isinstance(response.status, int) or response.status.isdigit():
        return int(response.status)
    return int(response.status[0]) * 100 if response.status[0].isdigit() else 200


def carried(form: Media, value: Json) -> Entry:
    """How `value` travels in `form`."""
    media_type = CONCRETE.get(form.media_type, form.media_type)
    if is_json(media_type):
        return {"media_type": media_type, "body": value}
    if isinstance(form.type, Scalar) and form.type.kind is Kind.BYTES:
        return {"media_type": media_type, "base64": value}
    return {"media_type": media_type, "text": value if isinstance(value, str) else json.dumps(value)}


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON or a kind of it (RFC 6839, 3.1)."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def simple(value: Json) -> str:
    """A value in the simple style (OpenAPI 3.1, 4.8.12.3), as headers and paths have it."""
    match value:
        case bool():
            return str(value).lower()
        case list():
            return ",".join(simple(v) for v in value)
        case dict():
            return ",".join(f"{k},{simple(v)}" for k, v in value.items())
        case None:
            return ""
        case _:
            return str(value)


def _lenient(type_: NamedType) -> NamedType:
    match type_:
        case ObjectType():
            rest = None if type_.rest is None else _without_formats(type_.rest)
            fields = tuple(replace(f, type=_without_formats(f.type)) for f in type_.fields)
            return replace(type_, fields=fields, rest=rest)
        case AliasType():
            return replace(type_, type=_without_formats(type_.type))
        case _:
            return type_


def _without_formats(type_: Type) -> Type:
    """The type without formats of text that no example is known for."""
    match type_:
        case Scalar(kind=Kind.STR, format=str(format_)) if format_ not in FORMATS:
            return replace(type_, format=None)
        case ListOf():
            return replace(type_, items=_without_formats(type_.items))
        case MapOf():
            return replace(type_, values=_without_formats(type_.values))
        case UnionOf():
            return replace(type_, variants=tuple(_without_formats(v) for v in type_.variants))
        case _:
            return type_
