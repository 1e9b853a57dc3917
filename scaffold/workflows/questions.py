"""Questions for the policies that inferred changes leave open, and which answers fit them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Any

from ..contract.address import find_field
from ..contract.changes import (
    AddEnumValue,
    AddField,
    AddParameter,
    AddVariant,
    Change,
    ChangeField,
    ChangeParameter,
    RemoveEnumValue,
    RemoveField,
    RemoveVariant,
)
from ..contract.changes.named import need_union
from ..contract.contract import Contract
from ..contract.fitting import fits
from ..contract.history import Applied, evolve
from ..contract.named_types import AliasType, EnumType
from ..contract.types import UNDECIDED, Json, ListOf, Ref, Scalar, Type, Undecided, UnionOf

ASKED = ("old_sends", "old_sees")
"""The policies that are values; a codec is code, and nobody is asked for that."""


@dataclass(frozen=True)
class Question:
    """The policy `key` of `change` in `version` is open: a value of `type` in `contract` is wanted."""

    version: str
    change: Change
    key: str
    contract: Contract
    type: Type
    nullable: bool = False

    def answer(self, text: str) -> Json | Undecided:
        """The value that `text` means: as JSON where that fits, else word for word; nothing leaves it open.

        Raises:
            ValueError: it is no value that fits.
        """
        if text.strip() in ("", UNDECIDED.value):
            return UNDECIDED
        for value in _meant(text.strip()):
            if self._takes(value):
                return value
        raise ValueError(f"`{text.strip()}` is not {self.wanted}")

    def _takes(self, value: Json) -> bool:
        if value is None and self.nullable:
            return True
        if isinstance(self.type, UnionOf) and isinstance(value, dict) and value.keys() == {"variant", "values"}:
            variant = next((v for v in self.type.variants if str(v) == value["variant"]), None)
            return variant is not None and fits(self.contract, variant, value["values"])
        return fits(self.contract, self.type, value)

    @property
    def wanted(self) -> str:
        """What fits, in words."""
        return f"{_words(self.contract, self.type)}{' or null' if self.nullable else ''}"


Ask = Callable[[Question], Json | Undecided]
"""Gives the value of a policy; `UNDECIDED` leaves it open."""


def open_policies(change: Change) -> tuple[str, ...]:
    """The keys of a change whose value is undecided."""
    return tuple(f.name for f in fields(change) if getattr(change, f.name) is UNDECIDED)


def asked(contract: Contract, changes: Sequence[Change], version: str, ask: Ask) -> tuple[Change, ...]:
    """The changes that lead on from `contract`, with the policies that somebody decided."""
    if not any(key in ASKED for change in changes for key in open_policies(change)):
        return tuple(changes)
    _, applied = evolve(contract, changes, version)
    return tuple(_decided(step, ask) for step in applied)


def _decided(step: Applied, ask: Ask) -> Change:
    stated: dict[str, Any] = {}
    for key in open_policies(step.change):
        question = _question(step, key) if key in ASKED else None
        if question is not None:
            stated[key] = ask(question)
    return replace(step.change, **stated) if stated else step.change


def _question(step: Applied, key: str) -> Question | None:
    """What is wanted for a policy: older clients see values from before the change, and send those after it."""
    contract = step.after if key == "old_sends" else step.before
    held = _held(step.change, contract)
    return None if held is None else Question(step.version, step.change, key, contract, *held)


def _held(change: Change, contract: Contract) -> tuple[Type, bool] | None:
    """The type in `contract` whose values are those of a policy of `change`, and whether null is one."""
    match change:
        case AddField(at=at) | ChangeField(at=at) | RemoveField(at=at):
            field = find_field(contract, at).field
            return field.type, field.nullable or (isinstance(change, AddField) and not field.required)
        case AddParameter(at=at) | ChangeParameter(at=at):
            operation = contract.operation(at.operation.method, at.operation.path)
            parameter = None if operation is None else operation.parameter(at.name, at.location)
            return None if parameter is None else (parameter.type, False)
        case AddEnumValue(at=member) | RemoveEnumValue(at=member):
            return Ref(member.type), False
        case AddVariant(at=variant) | RemoveVariant(at=variant):
            return need_union(contract, variant), False
        case _:
            return None


def _meant(text: str) -> Iterator[Json]:
    with suppress(ValueError, RecursionError):
        yield json.loads(text, parse_constant=_no_number)
    yield text


def _no_number(text: str) -> Json:
    raise ValueError(f"{text} is no JSON")


def _words(contract: Contract, type_: Type) -> str:
    held = contract.types.get(type_.name) if isinstance(type_, Ref) else None
    match held or type_:
        case EnumType(values=values, open=False):
            return f"one of {', '.join(v.value for v in values)}"
        case AliasType(type=inner):
            return _words(contract, inner)
        case Scalar(choices=choices) if choices:
            return f"one of {', '.join(json.dumps(c, ensure_ascii=False) for c in choices)}"
        case Scalar() as scalar:
            return f"{scalar.kind}{_bounds(scalar)}"
        case ListOf(items=items):
            return f"a JSON list of {_words(contract, items)}"
        case EnumType():
            return "a text"
        case _:
            return f"{type_} as JSON"


def _bounds(scalar: Scalar) -> str:
    low, high = scalar.ge, scalar.le
    said = []
    if low is not None and high is not None:
        said.append(f" from {low} to {high}")
    else:
        said += [f" {word} {bound}" for word, bound in (("from", low), ("up to", high)) if bound is not None]
    said += [f" {word} {bound}" for word, bound in (("above", scalar.gt), ("below", scalar.lt)) if bound is not None]
    if scalar.multiple_of is not None:
        said.append(f", a multiple of {scalar.multiple_of}")
    if scalar.pattern is not None:
        said.append(f" like {scalar.pattern}")
    lengths = [("at least", scalar.min_length), ("at most", scalar.max_length)]
    said += [f", {word} {count} long" for word, count in lengths if count is not None]
    return "".join(said)
