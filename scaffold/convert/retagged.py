"""What tells the types of a union apart crosses with the union: its words before a version are its words after it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..contract.contract import Contract
from ..contract.fitting import said_by, tags
from ..contract.history import Applied, History
from ..contract.named_types import AliasType, EnumType, Field, ObjectType
from ..contract.places import messages
from ..contract.types import ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..diagnostics import Diagnostic


def untold(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes of a version after which a word that told a type does not tell it, and nothing converts the word.

    What an object says of itself in a text crosses as it is; a value of an enum and a constant cross as what they
    become.
    """
    for version, group in groupby(history.applied, lambda applied: applied.version):
        changes = tuple(group)
        before, after = changes[0].before, changes[-1].after
        found = next(_untold(before, after), None)
        if found is None:
            continue
        union, type_, field, word, forth = found
        blamed = next((a for a in changes if next(_untold(before, a.after), None) is not None), changes[-1])
        old, new = (f"in {version}", f"before {version}") if not forth else (f"before {version}", f"in {version}")
        told = f"`{word}` in" if word is not None else "any text in"
        yield (
            blamed,
            Diagnostic(
                "SC231",
                f"{told} `{type_}.{field}` {old} tells no `{type_}` of `{union}` {new}, and nothing converts it",
                help=(
                    f"keep the words; or close `{type_}.{field}` to its own word first, `to: {{const: …}}`, and in a"
                    " later version change that constant together with the tags"
                ),
            ),
        )


def _untold(before: Contract, after: Contract) -> Iterator[tuple[str, str, str, str | None, bool]]:
    """The union, the type and its field, with the word that tells it on one side only; the last: the older side.

    The word is None where a field that told nothing may say anything.
    """
    older = dict(_unions(before))
    for place, new in _unions(after):
        old = older.get(place)
        if old is None or old.discriminator == new.discriminator:
            continue
        for variant in (v for v in new.variants if isinstance(v, Ref)):
            now = after.object(variant.name)
            was = None if now is None else before.types_by_identity.get(now.identity)
            mine = [v for v in old.variants if isinstance(was, ObjectType) and v == Ref(was.name)]
            if now is None or not isinstance(was, ObjectType) or not mine:
                continue
            sides = (before, old, was), (after, new, now)
            for forth, (here, there) in ((True, sides), (False, (sides[1], sides[0]))):
                yield from ((str(new), now.name, name, word, forth) for name, word in _lost(here, there))


def _lost(
    here: tuple[Contract, UnionOf, ObjectType], there: tuple[Contract, UnionOf, ObjectType]
) -> Iterator[tuple[str, str | None]]:
    """The field of a type, and the words in it here that do not tell the type there."""
    contract, union, type_ = here
    other, others, known = there
    if others.discriminator is None:
        return
    wanted = known.field(others.discriminator.property)
    field = None if wanted is None else next((f for f in type_.fields if f.identity == wanted.identity), None)
    if wanted is None or field is None:
        return  # what is stated for it is judged with what states it
    told = union.discriminator is not None and union.discriminator.property == field.name
    words = tags(union, type_.name) if told else said_by(field.type, contract.types)
    for word in (None,) if words is None else words:
        crossed = None if word is None else _crossed(word, (contract, field), (other, wanted))
        if word is None or (crossed is not None and crossed not in tags(others, known.name)):
            yield field.name, word


def _crossed(word: str, here: tuple[Contract, Field], there: tuple[Contract, Field]) -> str | None:
    """What `word` of a field becomes on the other side; None where what a change states says so."""
    one, other = (_said(contract, field.type) for contract, field in (here, there))
    if isinstance(one, EnumType) and isinstance(other, EnumType) and one.identity == other.identity:
        value = one.value(word)
        if value is None:
            return word
        found = other.by_identity(value.identity)
        return None if found is None else found.value
    if isinstance(one, Scalar) and isinstance(other, Scalar) and len(one.choices) == len(other.choices) == 1:
        return str(other.choices[0]) if one.choices == (word,) else word
    return word if isinstance(one, Scalar) and isinstance(other, Scalar) and one.kind is other.kind else None


def _said(contract: Contract, type_: Type) -> object:
    found = contract.types.get(type_.name) if isinstance(type_, Ref) else type_
    return _said(contract, found.type) if isinstance(found, AliasType) else found


def _unions(contract: Contract) -> Iterator[tuple[str, UnionOf]]:
    """Every union, by its place: a field, a named type or a message, and what is around it there."""
    for type_ in contract.types.values():
        for f in type_.fields if isinstance(type_, ObjectType) else ():
            yield from _within(f.identity, f.type)
        if isinstance(type_, AliasType):
            yield from _within(type_.identity, type_.type)
    for operation in contract.operations:
        for place, held in messages(operation):
            yield from _within(place, held)


def _within(place: str, type_: Type) -> Iterator[tuple[str, UnionOf]]:
    match type_:
        case UnionOf():
            yield place, type_
        case ListOf(items=inner) | MapOf(values=inner):
            yield from _within(f"{place}[]", inner)
