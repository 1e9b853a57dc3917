"""Which fields the versions of an API show of what a handler answers, where not all of them show the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.message import View
from ..contract.named_types import Field, ObjectType
from ..contract.naming import safe_name
from ..contract.reach import carried
from ..contract.types import Type
from ..contract.views import objects_in, settled_fields
from ..convert.records import Records
from ..convert.stated import is_rest
from .handlers_view import handler_name
from .python import text


@dataclass(frozen=True)
class Wanted:
    """What one handler may ask for: each field with the versions that show it, from the first to the last of a time.

    All but the name of the handler are expressions.
    """

    handler: str
    shown: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def wanted(history: History, records: Records) -> Mapping[str, Wanted]:
    """By handler, the fields that some version answers with and another does not."""
    handlers = dict.fromkeys(o.handler for c in history.contracts for o in c.operations)
    made = (_wanted(history, records, handler) for handler in handlers)
    return {found.handler: found for found in made if found is not None}


def _wanted(history: History, records: Records, handler: str) -> Wanted | None:
    shown = {c.version: dict.fromkeys(_shown(c, handler)) for c in history.contracts}
    asked = [c for c in history.contracts if any(o.handler == handler for o in c.operations)]
    every = dict.fromkeys(i for identities in shown.values() for i in identities)
    some = [i for i in every if any(i not in shown[c.version] for c in asked)]
    if not some:
        return None
    rows: dict[str, list[bool]] = {}
    for identity in some:
        here = [identity in identities for identities in shown.values()]
        known = rows.setdefault(text(_word(history, records, handler, identity)), here)
        known[:] = [one or other for one, other in zip(known, here, strict=True)]
    versions = list(shown)
    return Wanted(handler_name(handler), tuple((word, tuple(_spans(versions, there))) for word, there in rows.items()))


def _spans(versions: list[str], there: list[bool]) -> Iterator[tuple[str, str]]:
    """The first and the last version of each time that something is there."""
    for is_, found in groupby(zip(versions, there, strict=True), key=lambda pair: pair[1]):
        if is_:
            span = [version for version, _ in found]
            yield text(span[0]), text(span[-1])


def _word(history: History, records: Records, handler: str, identity: str) -> str:
    """What handlers call a field: its attribute, of a record that is not the handler's own with the record's name."""
    contract = next(c for c in reversed(history.contracts) if identity in c.fields_by_identity)
    owner, field = contract.fields_by_identity[identity]
    record = records.objects.get(owner.identity)
    if record is None:
        return f"{owner.name}.{safe_name(field.name)}"
    attribute = record.by_identity.get(identity)
    name = safe_name(field.name) if attribute is None else attribute.attr
    return name if record.resource == handler else f"{record.name}.{name}"


def _shown(contract: Contract, handler: str) -> Iterator[str]:
    """The identities of all fields that the operations of a handler answer with."""
    waiting: list[Type] = [
        t for o in contract.operations if o.handler == handler for t, view in carried(o) if view is View.OUTPUT
    ]
    seen: set[str] = set()
    while waiting:
        for type_ in objects_in(contract, waiting.pop()):
            if type_.identity not in seen:
                seen.add(type_.identity)
                for f in _fields(contract, type_):
                    yield f.identity
                    waiting.append(f.type)


def _fields(contract: Contract, type_: ObjectType) -> Iterator[Field]:
    return (f.field for f in settled_fields(type_, View.OUTPUT, contract.version) if not is_rest(f.field))
