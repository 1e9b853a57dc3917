"""How changes of whole types and of the variants of unions are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import AddVariant, ChangeType, RemoveVariant
from ..contract.changes.base import need_type
from ..contract.changes.named import need_union
from ..contract.message import View
from ..contract.named_types import AliasType, EnumType, ObjectType, Unknown
from .field_words import or_nothing, undecided
from .meanwhile import goes_on
from .scene import Scene, Words, stated
from .stated_words import stated_value
from .words import code, spoken


def _type_heading(change: ChangeType, scene: Scene) -> str:
    name, new = code(change.name), need_type(scene.after, change.name)
    if isinstance(new, ObjectType) and change.unknown is not None:
        return f"{name} {_UNKNOWN[new.unknown]}"
    if isinstance(new, EnumType) and change.open is not None:
        return f"{name} {'may have other values' if new.open else 'has no other values'}"
    if isinstance(new, AliasType) and change.type is not None:
        return f"{name} is now {spoken(new.type)}"
    if isinstance(new, AliasType) and change.nullable is not None:
        return f"{name} {'may be null' if new.nullable else 'is never null'}"
    return f"{name} is stated otherwise"


_UNKNOWN = {
    Unknown.IGNORE: "passes over fields it does not know",
    Unknown.KEEP: "keeps fields it does not know",
    Unknown.REFUSE: "refuses fields it does not know",
}


def _type_steps(change: ChangeType, scene: Scene) -> Iterator[str]:
    name, new = code(change.name), need_type(scene.after, change.name)
    if scene.asks and not scene.judgement.request.harmless:
        if isinstance(new, ObjectType):
            yield f"Send no fields in {name} that the documents do not name{scene.requests()}."
        else:
            yield f"Check what you send as {name}{scene.requests()}."
    if scene.tells and not scene.judgement.response.harmless:
        yield f"Be ready to read more in {name} than before{scene.answers()}."


def _type_meanwhile(change: ChangeType, scene: Scene) -> Iterator[str]:
    older, newer, name = scene.older, scene.newer, code(change.name)
    if stated(change.old_sends):
        yield f"{newer} shows {code(change.old_sends)} for values of {name} that it does not have; {older} its own."
    if stated(change.old_sees):
        yield f"{older} shows {code(change.old_sees)} for values of {name} that it does not know."
    if change.policy in _TYPE_POLICIES:
        yield _TYPE_POLICIES[change.policy].format(older=older, newer=newer, name=name)
    else:
        yield from goes_on(change, scene)


_TYPE_POLICIES = {
    "strip": "What {older} clients send in {name} beside its fields is passed over.",
    "refuse": "What {older} clients send as {name} and {newer} does not take is answered with 422, unless it is what "
    "they were shown.",
}

CHANGE_TYPE = Words(
    "change",
    _type_heading,
    lambda c, s: or_nothing(f"Check what you send and read as {code(c.name)}", s),
    _type_meanwhile,
    _type_steps,
)


def _variant_meanwhile(change: AddVariant | RemoveVariant, scene: Scene) -> Iterator[str]:
    shown = getattr(change, "old_sees", None)
    taken = getattr(change, "old_sends", None)
    if shown is not None and stated(shown) and scene.tells:
        seen = stated_value(shown, need_union(scene.before, change.at), scene.before, View.OUTPUT)
        yield f"{scene.older} shows {seen} instead."
    if getattr(change, "hide", False) and scene.tells:
        held = code(change.at.variant)
        yield f"{scene.older} does not see what holds {held}: lists leave it out, and by its key it is not found (404)."
    if taken is not None and stated(taken) and scene.asks:
        sent = stated_value(taken, need_union(scene.after, change.at), scene.after, View.CREATE)
        yield f"What a client of {scene.older} sends as {code(change.at.variant)} is taken as {sent}."
    yield from undecided(change)


def _added_variant_steps(change: AddVariant, scene: Scene) -> Iterator[str]:
    if scene.tells:
        yield f"Be ready to read {code(change.at.variant)} in {code(change.at.holder)}{scene.answers()}."
    if scene.asks:
        yield f"You may send {code(change.at.variant)} in {code(change.at.holder)} from here on."


def _removed_variant_steps(change: RemoveVariant, scene: Scene) -> Iterator[str]:
    if scene.asks:
        yield f"Stop sending {code(change.at.variant)} in {code(change.at.holder)}{scene.requests()}."


ADD_VARIANT = Words(
    "add",
    lambda c, s: f"{code(c.at.holder)} may be {code(c.at.variant)}",
    lambda c, s: or_nothing(f"Be ready for {code(c.at.variant)}", s),
    _variant_meanwhile,
    _added_variant_steps,
)
REMOVE_VARIANT = Words(
    "remove",
    lambda c, s: f"{code(c.at.holder)} is never {code(c.at.variant)} any more",
    lambda c, s: or_nothing(f"Stop sending {code(c.at.variant)}", s),
    _variant_meanwhile,
    _removed_variant_steps,
)
