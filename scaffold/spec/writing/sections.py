"""The parts of a spec as values: what the API is, its first contract, its versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...contract.contract import Contract, Pagination
from ...contract.error_form import ErrorFormat
from ...contract.history import Api, Brownout, History, Policy, Promise, Release, Version
from ...contract.locating import Locating, Place, usual_media_type
from ...contract.named_types import ObjectType
from ...contract.types import Extra
from .changes import item_keys
from .errors import errors
from .inline import in_places
from .keys import Keys, Places
from .layout import Block, Value
from .operations import auth, operation_keys
from .resources import pagination, resource_keys, standard
from .rows import moment
from .scalars import Line, Word
from .types import named


def first_contract(history: History) -> Contract:
    """The contract that a spec states whole: that of the first version on the day it was cut."""
    return history.applied[0].before if history.applied else history.contracts[0]


def api(value: Api) -> Block:
    """What holds for every version."""
    made = Block(name=value.name)
    if value.title != value.name.replace("_", " ").replace("-", " ").capitalize():
        made["title"] = value.title
    made["base_path"] = value.base_path or "/"
    for name in ("description", "docs_base"):
        if getattr(value, name) is not None:
            made[name] = getattr(value, name)
    return made


def versioning(history: History) -> Block:
    """How versions are named and found."""
    locating, usual = history.locating, Locating()
    made = Block(scheme=str(history.scheme), locate=[Word(place) for place in locating.places])
    for place in (Place.HEADER, Place.QUERY, Place.MEDIA_TYPE):
        known = usual_media_type(history.api.name) if place is Place.MEDIA_TYPE else getattr(usual, place)
        if place in locating.places and getattr(locating, place) != known:
            made[place] = Line(getattr(locating, place))
    if history.unspecified is not None:
        made["unspecified"] = history.unspecified
    return made


def policy(value: Policy) -> Block:
    """How long versions are kept."""
    made = Block(support=_count(value.support_months, "month"), notice=_count(value.notice_days, "day"))
    if value.max_active is not None:
        made["max_active"] = value.max_active
    return made


def _count(number: int, unit: str) -> Word:
    return Word(f"{number} {unit}{'' if number == 1 else 's'}")


class Stated:
    """The first contract, part by part: types, resources and operations by the names they stand under."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        waiting = in_places(contract)
        places = Places(dict(waiting))
        self.document = _ordered(contract.extra)
        self.resources: dict[str, Block] = {}
        self.operations: dict[str, Block] = {}
        self.types: dict[str, Value] = {}
        for name, type_ in contract.types.items():
            if name not in waiting and name not in contract.resources:
                self.types[name] = named(type_, places)
        done: set[str] = set()
        for name, resource in contract.resources.items():
            type_ = contract.types[resource.type]
            if not isinstance(type_, ObjectType):
                raise ValueError(f"the resource {name} is no object")
            mine = standard(contract, resource)
            done |= {o.identity for o in mine}
            self.resources[name] = Block(resource_keys(resource, type_, mine, places))
        for operation in contract.operations:
            if operation.identity not in done:
                self.operations[operation.address] = Block(operation_keys(operation, places, contract))

    def top(self) -> Keys:
        """What stands above the types: the envelope, errors, paging, and who is let in."""
        made: Keys = {}
        if self.contract.envelope.template is not None:
            made["envelope"] = self.contract.envelope.template
        if self.contract.errors is not ErrorFormat.PROBLEM:
            made["errors"] = errors(self.contract.errors)
        if self.contract.pagination != Pagination():
            made["pagination"] = pagination(self.contract.pagination)
        if self.contract.security_schemes or self.contract.security:
            made["auth"] = Block(auth(self.contract.security, tuple(self.contract.security_schemes.values())))
        return made


def _ordered(extra: Extra) -> Keys:
    """What documents say beside, what is looked for first in front."""
    first = [word for word in ("info", "servers", "tags", "externalDocs") if word in extra]
    return {word: extra[word] for word in (*first, *(w for w in extra if w not in first))}


def versions(history: History) -> list[Block]:
    """Every version and release but the draft."""
    made = []
    for version in history.versions:
        if version.draft:
            continue
        made.append(version_keys(version, _before(history, version.id)))
        made += [_release(r, _before(history, r.id)) for r in version.releases if r.after is None]
        later = [r for v in history.versions for r in v.releases if r.after == version.id]
        made += [_release(r, _before(history, r.id)) for r in later]
    return made


def draft(history: History) -> list[Block]:
    """The changes of the draft."""
    found = [v for v in history.versions if v.draft]
    return [item for v in found for item in item_keys(v.changes, _before(history, v.id))]


def _before(history: History, version: str) -> list[Contract]:
    return [a.before for a in history.declared if a.version == version]


def version_keys(version: Version, before: Sequence[Contract]) -> Block:
    """A version, each of whose changes is made to the contract in the same place of `before`."""
    made = Block(id=version.id)
    if version.released is not None:
        made["released"] = moment(version.released)
    elif version.promise is not Promise.PREVIEW:
        made["promise"] = str(version.promise)
    for name in ("deprecated", "sunset", "dropped"):
        value = getattr(version, name)
        if value is not None:
            made[name] = moment(value)
    if version.brownouts:
        made["brownouts"] = [_brownout(brownout) for brownout in version.brownouts]
    if version.clients:
        made["clients"] = list(version.clients)
    return _with_changes(made, version, before)


def _brownout(value: Brownout) -> dict[str, Value]:
    ends = (("from", value.start), ("until", value.until))
    # An instant has colons, which want quotes inside braces.
    made: dict[str, Value] = {n: str(moment(v)) if isinstance(v, datetime) else moment(v) for n, v in ends}
    return made if value.status == 410 else {**made, "status": Word(str(value.status))}


def _release(release: Release, before: Sequence[Contract]) -> Block:
    made = Block(id=release.id)
    if release.after is not None:
        made["after"] = release.after
    if release.released is not None:
        made["released"] = moment(release.released)
    return _with_changes(made, release, before)


def _with_changes(made: Block, version: Version | Release, before: Sequence[Contract]) -> Block:
    if version.note is not None:
        made["note"] = version.note
    if version.changes:
        made["changes"] = item_keys(version.changes, before)
    return made
