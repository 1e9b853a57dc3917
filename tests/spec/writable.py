"""Strategies of histories of published contracts that keep the rules a spec has."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.changes import AddResource, AddType, AddVariant, Change, ChangeAuth, ChangeHeader
from scaffold.contract.contract import Contract
from scaffold.contract.history import Api, Applied, History, Policy, Promise, Scheme, Version
from scaffold.contract.locating import Locating, Place
from scaffold.contract.message import Response
from scaffold.contract.named_types import AliasType, Field
from scaffold.contract.operation import Operation
from scaffold.contract.parameter import Parameter
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.types import MISSING, UnionOf
from scaffold.diagnostics import ScaffoldError

from ..random_histories.made_types import Draw
from ..random_histories.published import SCHEMES, published
from ..random_histories.published_changes import PUBLISHED

_KEPT = ("extra", "media", "texts", "nulls")


def _locating(places: list[Place], header: str, query: str, media_type: str) -> Locating:
    """Where versions are named, with what is usual where nothing is read."""
    usual, read = Locating(), set(places)
    return Locating(
        tuple(places),
        header if Place.HEADER in read else usual.header,
        query if Place.QUERY in read else usual.query,
        media_type if Place.MEDIA_TYPE in read else usual.media_type,
    )


# The names are none of random parameters.
LOCATINGS = st.builds(
    _locating,
    st.lists(st.sampled_from(Place), min_size=1, unique=True),
    st.sampled_from(["X-Cards-Version", "On"]),
    st.sampled_from(["cards-version", "cards.version", "no"]),
    st.sampled_from(["application/vnd.cards+json", "application/vnd.acme.cards+json", "application/json"]),
)


@st.composite
def published_histories(draw: Draw) -> History:
    """A published contract and a draft of up to four changes of it."""
    contract = base = kept(draw(published()))
    applied: list[Applied] = []
    for _ in range(draw(st.integers(0, 4))):
        change = PUBLISHED[draw(st.sampled_from(list(PUBLISHED)))](draw, contract, "v2")
        if change is None or (isinstance(change, ChangeHeader) and change.types):
            continue
        change = _without_prose(kept(change))
        try:
            after = change.apply(contract, "v2")
        except ScaffoldError:
            continue
        applied.append(Applied("v2", change, contract, after))
        contract = after
    versions = (
        Version("v1", None, Promise.PREVIEW),
        Version("v2", None, Promise.PREVIEW, changes=tuple(a.change for a in applied)),
    )
    contracts = (base, replace(contract, version="v2"))
    made = History(Api("cards", "Cards"), Policy(), Scheme.MAJOR, versions, contracts, tuple(applied))
    return replace(made, locating=draw(LOCATINGS))


def kept(value: Any) -> Any:
    """`value` without what a spec refuses: values that do not fit, discriminators without a field, unknown schemes."""
    if isinstance(value, dict):
        return {key: kept(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return tuple(kept(held) for held in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made: Any = replace(value, **{f.name: kept(getattr(value, f.name)) for f in fields(value) if f.name not in _KEPT})
    match made:
        case Field() | Parameter():
            made = replace(made, example=MISSING, default=MISSING)
            return replace(made, write_only=False) if isinstance(made, Field) and made.read_only else made
        case UnionOf():
            return replace(made, discriminator=None)
        case AddVariant():
            return replace(made, tag=None)
        case Response(status=204):
            return replace(made, status=207)
        case Operation(responses=answers):
            done = any(str(r.status)[0] in "2d" for r in answers)
            return made if done else replace(made, responses=(Response(200, "OK."), *answers))
        case Contract():
            return replace(made, security_schemes=_schemes())
        case ChangeAuth():
            return replace(made, schemes=_schemes())
        case _:
            return made


def _schemes() -> dict[str, SecurityScheme]:
    return {name: SecurityScheme(name, SecurityKind.HTTP, scheme="basic") for name in SCHEMES}


def _without_prose(change: Change) -> Change:
    """`change` without what is said of the types that it brings: that is said of their places."""
    types = getattr(change, "types", ())
    told = tuple(
        t if isinstance(t, AliasType) or not t.inline else replace(t, description=None, extra={}) for t in types
    )
    made: Any = change
    return replace(made, types=told) if types else change


def as_written(history: History) -> History | None:
    """`history` with what changes bring along written in its place, as a spec has it; None where that cannot be."""
    if any("." in name for contract in history.contracts for name in contract.types):
        return None  # no name that a spec takes
    contract = history.applied[0].before if history.applied else history.contracts[0]
    applied: list[Applied] = []
    contracts: list[Contract] = []
    versions: list[Version] = []
    for version in history.versions:
        made: dict[str, tuple[Change, ...]] = {}
        for stated in (version, *version.releases):
            made[stated.id] = tuple(_inline(change) for change in stated.changes)
            for change in made[stated.id]:
                try:
                    after = change.apply(contract, stated.id)
                except ScaffoldError:
                    return None
                applied.append(Applied(stated.id, change, contract, after))
                contract = after
        contract = replace(contract, version=version.id)
        contracts.append(contract)
        releases = tuple(replace(r, changes=made[r.id]) for r in version.releases)
        versions.append(replace(version, changes=made[version.id], releases=releases))
    return replace(history, versions=tuple(versions), contracts=tuple(contracts), applied=tuple(applied))


def _inline(change: Change) -> Change:
    types = getattr(change, "types", ())
    if not types or any(isinstance(t, str | AliasType) for t in types):
        return change
    named = 1 if isinstance(change, AddType | AddResource) else 0
    made: Any = change
    return replace(made, types=(*types[:named], *(replace(t, inline=True) for t in types[named:])))
