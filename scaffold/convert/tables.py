"""Tables: which value of one kind stands for which of another, where an enum becomes something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..contract.codecs import innermost
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import EnumType
from ..contract.naming import safe_name
from ..contract.types import MISSING, Json, Kind, ListOf, MapOf, Missing, Ref, Scalar, Type
from .codecs import TableCodec
from .enums import Words, is_open, other_between, words_between
from .unreadable import unread, unshown


def table_at(history: History | None, applied: Applied, place: str, older: Type, newer: Type) -> TableCodec | None:
    """The table by which a change carries values at `place` from one type to the other; None where it asks for none.

    Without a `history` its enums are in the words of the change.
    """
    one, other = innermost(older, newer)
    constants = constant(one), constant(other)
    if MISSING not in constants:
        return _between_constants(_name(applied, place), one, other, *constants)
    mine, theirs = _enum(one, applied.before), _enum(other, applied.after)
    if (mine is None and theirs is None) or (mine and theirs and mine.identity == theirs.identity):
        return None
    rows = stated_rows(applied, one, other)
    if rows is None:
        return None
    up, down = rows
    old_words, new_words = _words(history, applied, mine, before=True), _words(history, applied, theirs, before=False)
    up_rows, up_all = _rows(up, old_words, None if new_words is None else new_words.sent)
    down_rows, down_all = _rows(down, new_words, None if old_words is None else old_words.stated)
    up_rest = _rest(_texts(history, applied, one, mine, before=True), up, up_all, _takes(other, theirs))
    down_rest = _rest(_texts(history, applied, other, theirs, before=False), down, down_all, _takes(one, mine))
    return TableCodec(
        _name(applied, place),
        one if mine is None else Ref(mine.identity),
        other if theirs is None else Ref(theirs.identity),
        up_rows,
        down_rows,
        up_fails=up_rest.fails,
        down_fails=down_rest.fails,
        up_open=up_rest.open,
        down_open=down_rest.open,
        up_other=_in_words(up_rest.value, None if new_words is None else new_words.sent),
        down_other=_in_words(down_rest.value, None if old_words is None else old_words.stated),
    )


@dataclass(frozen=True)
class _Texts:
    """Whether other texts than a table has may come to it, and the value that stands for them there."""

    come: bool
    value: str | None = None
    known: bool = True
    """Whether the values that the table does have are texts."""


def _texts(history: History | None, applied: Applied, type_: Type, enum: EnumType | None, *, before: bool) -> _Texts:
    if enum is None:
        return _Texts(_is(type_, Kind.STR), known=not _is(type_, Kind.BOOL))
    if enum.open or history is None or not is_open(history, enum.identity):
        return _Texts(enum.open)
    return _Texts(True, other_between(history, applied, enum, before=before))


def _takes(type_: Type, enum: EnumType | None) -> bool:
    """Whether any text is a value of a type."""
    return _is(type_, Kind.STR) if enum is None else enum.open


@dataclass(frozen=True)
class _Rest:
    """What becomes of the values that a table does not have."""

    fails: bool = False
    open: bool = False
    value: Json | Missing = MISSING


def _rest(texts: _Texts, said: Mapping[Json, Json], whole: bool, takes: bool) -> _Rest:
    """What becomes of them: `whole` where only texts can be meant, `takes` where any text is a value over there."""
    if whole and not texts.come:
        return _Rest()
    value = said.get(texts.value, MISSING) if whole and texts.value is not None else MISSING
    if value is not MISSING:
        return _Rest(value=value)
    open_ = takes and texts.known
    return _Rest(open=open_, fails=not open_)


def _in_words(value: Json | Missing, words: Mapping[str, str] | None) -> Json | Missing:
    return value if words is None or not isinstance(value, str) else words.get(value, MISSING)


def _rows(
    said: Mapping[Json, Json], known: Words | None, becomes: Mapping[str, str] | None
) -> tuple[tuple[tuple[Json, Json], ...], bool]:
    """The rows of a table in the words of records, and whether it has all values of the side that it reads.

    A value that came to the enum later is read as the one that it is shown as there.
    """
    asked = {word: word for word in (*said, True, False)} if known is None else known.shown
    rows = {}
    for word, there in asked.items():
        value = said.get(there, MISSING)
        value = value if becomes is None or not isinstance(value, str) else becomes.get(value, MISSING)
        if value is not MISSING:
            rows[word] = value
    return tuple(rows.items()), len(rows) == len(asked)


def constant(type_: Type) -> Json | Missing:
    """The only value that a type has, where it is a text, a whole number or a truth value; MISSING for any other."""
    if not isinstance(type_, Scalar) or len(type_.choices) != 1 or not isinstance(type_.choices[0], str | int):
        return MISSING
    return type_.choices[0]


def _between_constants(name: str, older: Type, newer: Type, was: Json, is_: Json) -> TableCodec | None:
    """The table of one row by which a constant gives way to another."""
    if was == is_ and type(was) is type(is_):
        return None
    up, down = ((was, is_),), ((is_, was),)
    return TableCodec(name, older, newer, up, down, up_fails=False, down_fails=False)


def _words(history: History | None, applied: Applied, enum: EnumType | None, *, before: bool) -> Words | None:
    """The words of an enum, None for what is none; without a history those of the change stand for themselves."""
    if enum is None:
        return None
    if history is None:
        same = {v.value: v.value for v in enum.values}
        return Words(same, same, same)
    return words_between(history, applied, enum.identity, before=before)


def in_record(
    history: History, applied: Applied, value: Json | Missing, codec: TableCodec, *, up: bool
) -> Json | Missing:
    """What a change states of a value that a table does not have, in the words of records."""
    type_ = codec.newer if up else codec.older
    if not isinstance(type_, Ref) or not isinstance(value, str | list | dict):
        return value
    return _renamed(value, words_between(history, applied, type_.name, before=not up).stated)


def _renamed(value: Json, words: Mapping[str, str]) -> Json:
    """A word as records call it, and those in lists and maps."""
    if isinstance(value, list):
        return [_renamed(v, words) for v in value]
    if isinstance(value, dict):
        return {k: _renamed(v, words) for k, v in value.items()}
    return words.get(value, value) if isinstance(value, str) else value


def stated_rows(applied: Applied, older: Type, newer: Type) -> tuple[dict[Json, Json], dict[Json, Json]] | None:
    """What older values become, and what newer ones are shown as, in the words on both sides of a change.

    None where there is no telling: nothing is stated, and the two have no words in common.
    """
    mine, theirs = _enum(older, applied.before), _enum(newer, applied.after)
    said = dict(getattr(applied.change, "values", None) or ())
    if mine is not None and theirs is not None:
        up = {v.value: said.get(v.value, v.value) for v in mine.values}
        up = {a: b for a, b in up.items() if theirs.value(b) is not None}
    elif mine is not None and _is(newer, Kind.STR):
        up = {v.value: v.value for v in mine.values}
    elif theirs is not None and _is(older, Kind.STR):
        up = {v.value: v.value for v in theirs.values}
    elif _is(older, Kind.BOOL) or _is(newer, Kind.BOOL):
        up = said
    else:
        return None
    down: dict[Json, Json] = {}
    for old, new in up.items():
        down.setdefault(new, old)
    return (up, down) if up else None


def unknown_words(applied: Applied, older: Type, newer: Type) -> tuple[str, ...]:
    """The values of an older enum that no value of the newer one stands for."""
    one, other = innermost(older, newer)
    mine, theirs = _enum(one, applied.before), _enum(other, applied.after)
    if mine is None or theirs is None or mine.identity == theirs.identity or theirs.open:
        return ()
    if getattr(applied.change, "unreadable", None) == "refuse":
        return ()
    rows = stated_rows(applied, one, other)
    return tuple(v.value for v in mine.values if rows is None or v.value not in rows[0])


def convertible_bool(applied: Applied, older: Type, newer: Type) -> bool:
    """Whether an enum and a bool stand on the two sides of a change: what is what has to be said."""
    sides = ((older, applied.before), (newer, applied.after))
    return any(_is(t, Kind.BOOL) for t, _ in sides) and any(_enum(t, c) is not None for t, c in sides)


@dataclass(frozen=True)
class StatedTable:
    """A table with the values that stand for what it does not have, each of the whole place, in the words of records.

    `levels` are the lists (False) and maps (True) around its values.
    """

    codec: TableCodec
    unread: Json | Missing
    unshown: Json | Missing
    levels: tuple[bool, ...]


def tables_of(history: History) -> Iterator[StatedTable]:
    """Every table that the changes of `history` ask for, once; older migrations use those of versions long gone."""
    history = history.whole
    found: dict[str, StatedTable] = {}
    for applied in history.applied:
        before, after = applied.before, applied.after
        for place in sorted(applied.touched):
            older, newer = _type(before, place), _type(after, place)
            codec = None if older is None or newer is None else table_at(history, applied, place, older, newer)
            if codec is not None:
                assert newer is not None
                up = in_record(history, applied, unread(applied) if codec.up_fails else MISSING, codec, up=True)
                down = in_record(history, applied, unshown(applied, codec), codec, up=False)
                found.setdefault(codec.table, StatedTable(codec, up, down, around(newer)))
    yield from found.values()


def around(type_: Type) -> tuple[bool, ...]:
    """The lists (False) and maps (True) around the single values of a type."""
    found = []
    while isinstance(type_, ListOf | MapOf):
        found.append(isinstance(type_, MapOf))
        type_ = type_.values if isinstance(type_, MapOf) else type_.items
    return tuple(found)


def _type(contract: Contract, place: str) -> Type | None:
    if place in contract.fields_by_identity:
        return contract.fields_by_identity[place][1].type
    alone = {p.identity: p.type for o in contract.operations for p in o.parameters if not p.fields}
    return alone.get(place)


def _enum(type_: Type, contract: Contract) -> EnumType | None:
    found = None
    if isinstance(type_, Ref):
        found = contract.types.get(type_.name) or contract.types_by_identity.get(type_.name)
    return found if isinstance(found, EnumType) else None


def _is(type_: Type, kind: Kind) -> bool:
    return isinstance(type_, Scalar) and type_.kind is kind and not type_.choices


def _name(applied: Applied, place: str) -> str:
    """What a table is called: by the field or parameter, and the version that declares it."""
    if place in applied.after.fields_by_identity:
        owner, field = applied.after.fields_by_identity[place]
        word = f"{owner.name}_{field.name}"
    else:
        word = place.partition(":")[2]
    return safe_name(f"{word}_{applied.version}").lower()
