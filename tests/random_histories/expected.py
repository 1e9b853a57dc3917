"""What a write must look like to the client that made it: plain JSON, worked out from the contract alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from scaffold.contract.contract import Contract
from scaffold.contract.fitting import fits
from scaffold.contract.message import View
from scaffold.contract.named_types import ObjectType, Unknown
from scaffold.contract.types import MISSING, Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from scaffold.contract.views import added_by_release, objects_in, rest_view, settled_fields, view_fields
from scaffold.convert.prepared import is_rest


class Anything:
    """Equal to every value, and to none at all: where the laws leave it open."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


ANYTHING = Anything()


def hides(contract: Contract, type_: ObjectType, view: View, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a client may write something of this side that it is never shown."""
    if type_.identity in seen:
        return False
    return any(
        f.field.write_only
        or any(hides(contract, t, f.nested, seen | {type_.identity}) for t in objects_in(contract, f.type))
        for f in settled_fields(type_, view, contract.version)
    )


def written(contract: Contract, type_: ObjectType, view: View, shown: Json, *, twice: bool = False) -> dict[str, Json]:
    """The part of what is `shown` that the client may write from side `view`; `twice`: under other names too."""
    fields = view_fields if twice else settled_fields
    known = {
        f.name: _part(contract, f.type, f.nested, shown[f.name])
        for f in fields(type_, view, contract.version)
        if f.name in shown
    }
    rest = type_.rest or Scalar(Kind.JSON)
    return known | {k: _part(contract, rest, rest_view(view), v) for k, v in _unknown(type_, shown).items()}


def _unknown(type_: ObjectType, value: Json) -> dict[str, Json]:
    """The fields that an object keeps without knowing them; none where a later version passes over them."""
    if any(is_rest(f) and f.dropped is not None for f in type_.fields):
        return {}
    return {k: v for k, v in value.items() if type_.unknown is Unknown.KEEP and type_.field(k) is None}


def sent_of(contract: Contract, type_: Type, shown: Json, *, defaults: bool = False) -> Json:
    """What is `shown` without what the server puts in, at any depth, and what a later version passes over.

    With `defaults`, without the values, too, that the server may come to put in, where the contract names none.
    """
    match type_:
        case Ref(name) if (found := contract.object(name)) is not None and isinstance(shown, dict):
            known = {f.name: f for f in found.fields}
            stripped = any(is_rest(f) and f.dropped is not None for f in found.fields)
            left = {k for k, f in known.items() if f.on_create is None and f.dropped is None}
            if defaults:
                left -= {k for k, f in known.items() if f.read_only and f.default is MISSING and not f.required}
            kept = {k: v for k, v in shown.items() if k in left or (k not in known and not stripped)}
            return {
                k: sent_of(contract, known[k].type, v, defaults=defaults) if k in known else v for k, v in kept.items()
            }
        case ListOf(items=inner) if isinstance(shown, list):
            return [sent_of(contract, inner, v, defaults=defaults) for v in shown]
        case MapOf(values=inner) if isinstance(shown, dict):
            return {k: sent_of(contract, inner, v, defaults=defaults) for k, v in shown.items()}
        case UnionOf(variants):
            variant = next((v for v in variants if fits(contract, v, shown)), variants[0])
            return sent_of(contract, variant, shown, defaults=defaults)
        case _:
            return shown


def _part(contract: Contract, type_: Type, view: View, value: Json) -> Json:
    match type_:
        case _ if value is None:
            return None
        case Ref(name) if (found := contract.object(name)) is not None:
            return written(contract, found, view, value)
        case ListOf(items=inner):
            return [_part(contract, inner, view, v) for v in value]
        case MapOf(values=inner):
            return {k: _part(contract, inner, view, v) for k, v in value.items()}
        case UnionOf(variants):
            found = next((v for v in variants if fits(contract, v, value)), variants[0])
            return _part(contract, found, view, value)
        case _:
            return value


def replaced(contract: Contract, type_: ObjectType, view: View, before: Json, sent: Json) -> dict[str, Any]:
    """What the client sees of the writable fields after it wrote `sent` over `before` (None: over nothing)."""
    made: dict[str, Any] = {}
    for f in settled_fields(type_, view, contract.version):
        if f.field.write_only:
            continue
        default = f.field.default
        was = MISSING if before is None else before.get(f.name, MISSING)
        value = sent.get(f.name, MISSING)
        if f.field.dropped is not None:
            value = ANYTHING  # clients of this version write it no more
        elif value is MISSING and view is View.REPLACE and added_by_release(f.field, contract.version):
            value = default if before is None else was
        elif value is MISSING:
            value = ANYTHING if f.field.on_create else default
        elif value is None and not f.field.nullable:
            value = MISSING
        elif value is not None:
            value = valued(contract, f.type, f.nested, None if was is MISSING else was, value)
        if value is not MISSING:
            made[f.name] = value
    rest = type_.rest or Scalar(Kind.JSON)
    return made | {k: valued(contract, rest, rest_view(view), None, v) for k, v in _unknown(type_, sent).items()}


def valued(contract: Contract, type_: Type, view: View, before: Json, sent: Json) -> Any:
    """What the client sees of a value that it wrote over `before`."""
    match type_:
        case Ref(name) if (found := contract.object(name)) is not None:
            return replaced(contract, found, view, before, sent)
        case ListOf(items=inner):
            return [_item(contract, inner, view, v) for v in sent]
        case MapOf(values=inner):
            return {k: _item(contract, inner, view, v) for k, v in sent.items()}
        case UnionOf(variants):
            fitting = [v for v in variants if fits(contract, v, sent, view=view)]
            return valued(contract, fitting[0], view, None, sent) if fitting else sent
        case _:
            return sent


def _item(contract: Contract, type_: Type, view: View, sent: Json) -> Any:
    """An item of a list: which one it was before is not said here, so what it keeps is left open."""
    if isinstance(type_, Ref) and (found := contract.object(type_.name)) is not None:
        made = replaced(contract, found, view, None, sent)
        for f in found.fields:
            if added_by_release(f, contract.version) and f.name not in sent:
                made[f.name] = ANYTHING
        return made
    return valued(contract, type_, view, None, sent)


def merged(
    contract: Contract, type_: ObjectType, before: Json, sent: Json, stored: Mapping[str, Any] = {}
) -> dict[str, Any]:
    """What the client sees of all fields after it sent the partial update `sent` (RFC 7396).

    Of the objects that it saw inside those in `stored` were in the record, each with those inside of it.
    """
    others = {f.name for f in type_.fields if f.alias_of is not None}
    made: dict[str, Any] = {name: value for name, value in before.items() if name not in others}
    for f in settled_fields(type_, View.UPDATE, contract.version):
        if f.name not in sent or f.field.write_only:
            continue
        value, was = sent[f.name], before.get(f.name)
        inner = contract.object(f.type.name) if isinstance(f.type, Ref) else None
        if value is None and not f.field.nullable:
            made.pop(f.name, None)
        elif value is None:
            made[f.name] = None
        elif inner is not None and was is not None:
            # An object that was only stated is made now, and what the server writes in it with it.
            open_ = {g.name: ANYTHING for g in inner.fields if g.read_only and f.name not in stored}
            made[f.name] = merged(contract, inner, was, value, stored.get(f.name, {})) | open_
        elif isinstance(f.type, MapOf):
            made[f.name] = _keys(contract, f.type, was or {}, value)
        elif inner is not None:
            made[f.name] = replaced(contract, inner, View.REPLACE, None, _whole(contract, f.type, value))
        else:
            made[f.name] = valued(contract, f.type, f.nested, was, value)
    for name, value in _unknown(type_, sent).items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = valued(contract, type_.rest or Scalar(Kind.JSON), View.REPLACE, None, value)
    return made


def _keys(contract: Contract, type_: MapOf, before: Json, sent: Json) -> dict[str, Any]:
    """What the client sees of a map after a partial update: null takes a key away."""
    made, inner = dict(before), type_.values
    found = contract.object(inner.name) if isinstance(inner, Ref) else None
    for key, value in sent.items():
        if value is None:
            made.pop(key, None)
        elif isinstance(inner, MapOf):
            made[key] = _keys(contract, inner, made.get(key, {}), value)
        elif found is not None and key in made:
            made[key] = merged(contract, found, made[key], value)
        elif found is not None:
            made[key] = replaced(contract, found, View.REPLACE, None, _whole(contract, inner, value))
        else:
            made[key] = valued(contract, inner, View.REPLACE, None, value)
    return made


def _whole(contract: Contract, type_: Type, sent: Json) -> Json:
    """What a partial update asks for where there is nothing yet: itself without its nulls."""
    found = contract.object(type_.name) if isinstance(type_, Ref) else None
    if found is None and not isinstance(type_, MapOf):
        return sent
    made = {}
    for key, value in sent.items():
        field = None if found is None else found.field(key)
        inner = type_.values if isinstance(type_, MapOf) else None if field is None else field.type
        if value is not None:
            made[key] = value if inner is None else _whole(contract, inner, value)
    return made


def wanted(expected: Mapping[str, Any]) -> set[str]:
    """The names that must be shown."""
    return {name for name, value in expected.items() if not isinstance(value, Anything)}


def agrees(expected: Any, shown: Any) -> bool:
    """Whether `shown` has all of `expected`, and nothing else that a client may write.

    Objects may have more than is expected of them: what only the server writes.
    """
    match expected:
        case Anything():
            return True
        case dict():
            return isinstance(shown, dict) and all(
                agrees(v, shown[k]) if k in shown else isinstance(v, Anything) for k, v in expected.items()
            )
        case list():
            return (
                isinstance(shown, list)
                and len(expected) == len(shown)
                and all(agrees(e, s) for e, s in zip(expected, shown, strict=True))
            )
        case str() if isinstance(shown, str) and expected != shown:
            # The same instant may be written with another offset.
            return "T" in expected and instant(expected) is not None and instant(expected) == instant(shown)
        case _:
            return type(expected) is type(shown) and bool(expected == shown)


def instant(text: str) -> datetime | None:
    """The moment that `text` stands for, if it is one."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
