"""Changes of what holds for the whole API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..contract.address import ApiAddress, MemberAddress, OperationAddress
from ..contract.changes import (
    Change,
    ChangeAuth,
    ChangeBasePath,
    ChangeBehaviour,
    ChangeEnvelope,
    ChangeErrors,
    ChangePagination,
)
from ..contract.changes.backport import brought
from ..contract.error_form import ErrorFormat
from ..diagnostics import did_you_mean
from .auth import build_auth
from .change_addresses import only, read_address, said
from .change_keys import CHANGE
from .change_shapes import BackportSpec, BehaviourSpec
from .change_verb import ChangeSpec
from .envelope import read_envelope
from .errors import ErrorsSpec, read_errors
from .operation_shapes import AuthSpec
from .paging import PaginationSpec, read_pagination
from .paths import is_base_path
from .point import Point, fail, part
from .scalars import Raw


def change_api(spec: ChangeSpec, at: ApiAddress, point: Point) -> Change | None:
    """The change of something of the whole API; None, with findings, when it cannot be.

    Raises:
        ScaffoldError: SC313 where nothing, or nothing that can be, is stated.
    """
    read, help_ = _READERS[at.name]
    only(spec, "change", at.name, CHANGE[at.name])
    if "to" not in spec.stated():
        if spec.cut():
            return None
        raise fail("SC313", f"what `{at}` is from now on is not stated", spec.place("change"), help_)
    return read(spec, point, said(spec))


def behave(spec: BehaviourSpec) -> Change:
    """What is done otherwise from now on.

    Raises:
        ScaffoldError: SC313 where nothing says what it is.
    """
    if spec.why is None and spec.on:
        help_ = "add `why: Totals are rounded half even.`: no document shows it, so callers are told this"
        raise fail("SC313", f"what `{spec.behaviour}` means is not stated", spec.place("behaviour"), help_)
    return ChangeBehaviour(name=spec.behaviour, on=spec.on, **said(spec))


def bring(spec: BackportSpec, point: Point) -> Change:
    """What a release has of a later version from now on.

    Raises:
        ScaffoldError: SC419 where this is no such release, or where its clients could not use it.
    """
    where = spec.place("backport")
    at = read_address(spec.backport, where)
    if point.newer is None:
        help_ = "write `add`; or put a release such as `- id: v1.2` after the later version, and this into it"
        raise fail("SC419", "only a release that stands after a later version backports", where, help_)
    if not isinstance(at, MemberAddress | OperationAddress):
        raise fail("SC419", f"`{at}` is not backported", where, "fields and operations are")
    return replace(brought(at, point.newer, point.contract), **said(spec))


def _envelope(spec: ChangeSpec, point: Point, words: Mapping[str, Any]) -> Change | None:
    envelope = read_envelope(spec.to, spec.place("to"), point.findings)
    return None if envelope is None else ChangeEnvelope(to=envelope, **words)


def _errors(spec: ChangeSpec, point: Point, words: Mapping[str, Any]) -> Change:
    if isinstance(spec.to, Raw) and str(spec.to) not in set(ErrorFormat):
        help_ = did_you_mean(str(spec.to), list(ErrorFormat)) or "write `problem`, `simple`, or `{body: {…}}`"
        raise fail(
            "SC313", "errors are written as `problem`, as `simple`, or in a form of one's own", spec.place("to"), help_
        )
    return ChangeErrors(to=read_errors(part(ErrorsSpec, spec, "to"), point.findings), **words)


def _pagination(spec: ChangeSpec, point: Point, words: Mapping[str, Any]) -> Change:
    stated = part(PaginationSpec, spec, "to")
    where = spec.place("to")
    return ChangePagination(to=read_pagination(stated, point.contract.pagination, point.findings, where), **words)


def _base_path(spec: ChangeSpec, point: Point, words: Mapping[str, Any]) -> Change:
    path = str(spec.to).rstrip("/") if isinstance(spec.to, Raw) else "?"
    if path == "default":
        return ChangeBasePath(to=None, **words)
    if not is_base_path(path):
        raise fail("SC230", f"`{spec.to}` is no base path", spec.place("to"), "write `/api`, or `default`")
    return ChangeBasePath(to=path, **words)


def _auth(spec: ChangeSpec, point: Point, words: Mapping[str, Any]) -> Change:
    ways, schemes = build_auth(part(AuthSpec, spec, "to"), point.scope())
    return ChangeAuth(to=ways, schemes=schemes, **words)


_READERS: Mapping[str, tuple[Callable[[ChangeSpec, Point, Mapping[str, Any]], Change | None], str]] = {
    "envelope": (_envelope, "add `to: {data: $items}`, or `to: none`"),
    "errors": (_errors, "add `to: problem`, or `to: simple`"),
    "pagination": (_pagination, "add `to: page`, or `to: {style: cursor, max_limit: 100}`"),
    "base_path": (_base_path, "add `to: /rest`"),
    "auth": (_auth, "add `to: bearer`, `api_key` or `none`, or `to: {schemes: {…}, default: […]}`"),
}
"""How what is said of each part of the API is read, and what to write where nothing is."""
