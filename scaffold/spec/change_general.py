"""Changes of who is let in, of prose, and of what clients should not use any more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..contract.address import MemberAddress, OperationAddress, ParameterAddress
from ..contract.changes import ChangeSecurity, Deprecate, Describe
from ..contract.changes.base import need_operation
from ..contract.contract import Contract
from ..contract.documentation import documentation
from ..contract.named_types import EnumType
from ..contract.types import Extra
from ..diagnostics import ScaffoldError, Span, nearest
from .auth import requirements
from .change_addresses import enum_value, holder, read_address, said
from .change_shapes import DeprecateSpec, DescribeSpec
from .change_verb import ChangeSpec
from .life import instant
from .point import Point, fail
from .replacing import edits
from .scalar_values import untyped
from .scalars import Raw


def change_security(spec: ChangeSpec, at: OperationAddress, point: Point) -> ChangeSecurity:
    """Who an operation lets in from now on."""
    need_operation(point.contract, at)
    if "security" not in spec.stated():
        if spec.cut():
            raise ScaffoldError(())
        help_ = "add `security:`; its body is `POST /users body`, an answer `POST /users 200`; or `move`, or `rename`"
        raise fail("SC313", f"nothing is said of `{at}`", spec.place("change"), help_)
    ways = None if spec.security is None else requirements(spec.security, spec, "security", point.scope())
    return ChangeSecurity(at=at, to=ways, **said(spec))


def deprecate(spec: DeprecateSpec, point: Point) -> Deprecate:
    """The mark that clients should not use something any more."""
    where = spec.place("deprecate")
    at = read_address(spec.deprecate, where)
    if not isinstance(at, OperationAddress | ParameterAddress | MemberAddress):
        raise fail(
            "SC313", f"`{at}` is not deprecated", where, "fields, values of enums, operations and parameters are"
        )
    if isinstance(holder(at, point), EnumType) and isinstance(at, MemberAddress):
        at = enum_value(at, where)
    for key in ("use", "sunset"):
        if not spec.deprecated and key in spec.stated():
            raise fail("SC312", f"`{key}` says nothing where a mark is taken back", spec.place(key), "leave it out")
    if spec.sunset is not None and point.released is not None and instant(spec.sunset) <= instant(point.released):
        help_ = "leave clients some time between the two"
        raise fail("SC411", f"`{at}` would end before `{point.version}` is released", spec.place("sunset"), help_)
    return Deprecate(at=at, use=spec.use, sunset=spec.sunset, deprecated=spec.deprecated, **said(spec))


def describe(spec: DescribeSpec, point: Point) -> Describe:
    """What documents say from now on."""
    if not spec.describe and not spec.nulls and not spec.replace:
        raise fail("SC313", "nothing is described here", spec.place("describe"), "write `{User: Who may log in.}`")
    known = documentation(_about(point.contract, [*spec.describe, *spec.replace, *spec.nulls]), empty=True)
    texts: dict[str, Extra] = {}
    for key, raw in spec.describe.items():
        at, where = key.strip(), spec.place("describe", key)
        if at not in known:
            _no_place(at, where, point)
        elif isinstance(raw, Raw):
            texts[at] = {"description": None if raw.null else str(raw)}
        elif isinstance(raw, dict) and raw:
            texts[at] = untyped(raw)
        else:
            help_ = "write a text, or keywords: `{summary: Users.}`"
            point.findings.add("SC313", f"nothing is said of `{at}`", where, help_)
    for key, pairs in spec.replace.items():
        at, where = key.strip(), spec.place("replace", key)
        edited = edits(known.get(at, {}), pairs)
        if at not in known:
            _no_place(at, where, point)
        elif not edited:
            point.findings.add("SC313", f"nothing that is said of `{at}` has these words", where, "leave it out")
        texts[at] = {**edited, **texts.get(at, {})}
    for at in spec.nulls:
        if at.strip() not in known:
            _no_place(at.strip(), spec.place("nulls", at), point)
    nulls = {at.strip(): tuple(words) for at, words in spec.nulls.items()}
    return Describe(texts=texts, nulls=nulls, **said(spec))


def _about(contract: Contract, addresses: Iterable[str]) -> Contract:
    """The part of `contract` that `addresses` can lead into."""
    roots = {at.strip().partition("?")[0] for at in addresses}
    types = {re.split(r"\W", at)[0] for at in roots}
    operations = {" ".join(at.split()[:2]) for at in roots}
    return replace(
        contract,
        types={name: t for name, t in contract.types.items() if name in types},
        operations=tuple(o for o in contract.operations if o.address in operations),
    )


def _no_place(at: str, span: Span, point: Point) -> None:
    meant = nearest(at, documentation(point.contract, empty=True))
    help_ = f"did you mean `{meant}`?" if meant else _PLACES
    point.findings.add("SC302", f"there is no `{at}` to describe here", span, help_)


_PLACES = (
    "write `api`, `User`, `User.name`, `User.tags[]`, `GET /users`, `GET /users?state`, `POST /users body`, "
    "`POST /users 201`, `POST /users 201 header X-Id` or `auth Key`"
)
