"""How the values of a change cross: the codec that it names, and what becomes of what that cannot read."""

from __future__ import annotations

from ..contract.codecs import between, fitting, innermost, known
from ..contract.listings import listings, structural
from ..contract.types import Fallback, Json, Kind, Missing, Ref, Scalar, Type, Undecided
from ..diagnostics import ScaffoldError
from .change_verb import ChangeSpec
from .json_values import read_value
from .point import Point, fail
from .scalars import Raw
from .scope import Scope

WORDS = ("refuse", "default", "null")


def codec_of(spec: ChangeSpec, point: Point, older: Type, newer: Type, at: object) -> str | Undecided | None:
    """The codec that `spec` names for values of `older` at `at`, which become `newer`.

    Raises:
        ScaffoldError: SC323, there is none of that name, or it leads elsewhere.
    """
    name = point.codec(spec)
    if not isinstance(name, str) or "<->" not in name:
        return name
    if between(older, newer, name) is not None or structural(older, newer, name, spec.pick) is not None:
        return name
    names = dict.fromkeys(c.name for c in fitting(older, newer))
    listed = ", ".join([*(f"`{n}`" for n in names), *(f"`{line}`" for line in listings(older, newer))])
    path = f"from {older} to {newer}" if str(older) != str(newer) else f"between values of {older}"
    help_ = f"{path} there is {listed}" if listed else f"no codec leads {path}; a hook can: `codec: conversions.name`"
    cause = f"`{name}` does not lead {path}" if known(name) else f"there is no codec `{name}`"
    raise fail("SC323", f"{cause}, which `{at}` asks for" if known(name) else cause, spec.place("codec"), help_)


def pick_of(spec: ChangeSpec, older: Type, newer: Type) -> str | None:
    """The item that `spec` picks of a list.

    Raises:
        ScaffoldError: SC323, there is no list of which one could be picked, or another one has to be.
    """
    ways = [line.removeprefix("pick: ") for line in listings(older, newer) if line.startswith("pick: ")]
    if spec.pick is None or spec.pick in ways:
        return spec.pick
    path = f"{older} that becomes {newer}"
    help_ = f"write one of {', '.join(f'`pick: {w}`' for w in ways)}" if ways else "leave it out"
    cause = "refuses answers, which cannot be" if ways else "picks items of a list, and there is none"
    raise fail("SC323", f"`pick: {spec.pick}` {cause}, for {path}", spec.place("pick"), help_)


def values_of(
    spec: ChangeSpec, older: Type, newer: Type, scope: Scope, point: Point
) -> tuple[tuple[Json, Json], ...] | None:
    """What `spec` says that older values become, each read by its type.

    Raises:
        ScaffoldError: SC213 for what is no value of its type, SC323 where neither is an enum or a bool.
    """
    if spec.values is None:
        return None
    one, other = innermost(older, newer)
    for type_ in (one, other):
        if not isinstance(type_, Ref) and type_ != Scalar(Kind.BOOL):
            raise fail(
                "SC323", f"`values` is for enums and bools, not for {type_}", spec.place("values"), "leave it out"
            )
    made = []
    for word, value in spec.values.items():
        where = spec.place("values", word)
        try:
            flag = {"true": True, "false": False}.get(word) if isinstance(one, Scalar) else None
            key = read_value(word if flag is None else flag, one, point.contract.types)
            made.append((key, read_value(value, other, scope.all_types)))
        except ScaffoldError as error:
            raise fail("SC213", f"`values`: {error.diagnostics[0].message}", where) from None
    return tuple(made)


def unreadable_of(
    spec: ChangeSpec, type_: Type, scope: Scope, *, nullable: bool, default: Json | Missing
) -> str | Fallback | None:
    """What `spec` says of older values that cannot be read: a word, or a value of the new `type_`.

    Raises:
        ScaffoldError: SC213, SC310, what it says is nothing that the field can hold.
    """
    if "unreadable" not in spec.stated():
        return None
    raw = spec.unreadable
    null = isinstance(raw, Raw) and raw.null
    quoted = isinstance(raw, Raw) and raw.node.quoted
    if not null and (quoted or raw not in WORDS):
        try:
            return Fallback(read_value(raw, type_, scope.all_types))
        except ScaffoldError as error:
            cause = error.diagnostics[0].message
            help_ = "write `refuse`, `default`, `null`, or a value of the new type"
            raise fail("SC213", f"`unreadable`: {cause}", spec.place("unreadable"), help_) from None
    word = "null" if null else str(raw)
    if word == "null" and not nullable:
        raise fail("SC310", "null is no value of this field", spec.place("unreadable"), "add `nullable: true`")
    if word == "default" and isinstance(default, Missing):
        raise fail("SC310", "this field has no default", spec.place("unreadable"), "add `default: VALUE`")
    return word


__all__ = ["codec_of", "pick_of", "unreadable_of", "values_of"]
