"""The functions of `storage.py` that store a value of one of several types under a word, and read it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.types import MISSING, Type
from ..convert.conversions import Way
from .python import NULL, plain, text
from .record_values import RecordValues
from .stored_unions import Gone, StoredUnion, word, words
from .stored_values import Values, upwards
from .told_apart import in_turn


@dataclass(frozen=True)
class UnionView:
    """One union: what its functions are called after, the type of its values, and their lines."""

    name: str
    type: str
    load: tuple[str, ...]
    dump: tuple[str, ...]


def union_views(values: Values) -> Iterator[UnionView]:
    """The functions for every union that is stored under words."""
    for name, union in values.tables.unions:
        held = [_plain(t, values) for t in sorted(union.variants, key=lambda t: t == NULL)]
        held = ["Any"] if "Any" in held else list(dict.fromkeys(held))
        yield UnionView(name, " | ".join(held), tuple(_load(union, values)), tuple(_dump(union, values)))


def _plain(type_: Type, values: Values) -> str:
    return plain(type_, lambda identity: f"records.{values.tables.records.name(identity)}")


def _dump(union: StoredUnion, values: Values) -> Iterator[str]:
    for turn in in_turn(union.variants, "record", values.tables.records):
        type_ = union.variants[turn.number]
        value = "cast(Any, record)" if turn.alike else "record"
        stands = text(word(type_, values.tables.words))
        made = "None" if type_ == NULL else f"{{{stands}: {values.dumped(type_)(value)}}}"
        if turn.condition:
            yield f"if {turn.condition}:"
            yield f"    return {made}"
        else:
            yield f"return {made}"


def _load(union: StoredUnion, values: Values) -> Iterator[str]:
    if NULL in union.variants:
        yield from ("if data is None:", "    return None")
    yield "((word, value),) = data.items()"
    names = values.tables.words
    for stands, type_ in words(union.variants, names):
        yield f"if word == {text(stands)}:"
        made = values.loaded(type_)("value")
        yield f"    return {made if made != 'value' else f'cast({text(_plain(type_, values))}, value)'}"
    taken = {stands for stands, _ in words(union.variants, names)}
    for gone in union.gone:
        stands = word(gone.type, names)
        if stands not in taken and gone.way is not None:
            taken.add(stands)
            yield f"if word == {text(stands)}:  # no version of today has it"
            yield f"    return {_followed(gone, gone.way, values)}"
    yield 'raise LookupError(f"nothing is stored as {word}")'


def _followed(gone: Gone, way: Way, values: Values) -> str:
    """What a value of a variant that is gone has become."""
    assert gone.record is not None
    if way.stated is not MISSING:
        tables = values.tables
        return RecordValues(tables.records, tables.history.newest, "datetime.now(UTC)").of(way.stated, gone.record)
    return upwards(way.conversion)(values.loaded(gone.type)("value"))
