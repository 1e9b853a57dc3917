"""The parameters by which a caller asks for a part of a list, and what an envelope can say of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .contract import Contract, PageStyle, Pagination
from .operation import Operation
from .parameter import Location, Parameter, Role
from .types import Kind, Scalar

MAX_OFFSET = 2**31 - 1
PAGING = (Role.LIMIT, Role.OFFSET, Role.PAGE, Role.CURSOR)
"""What the parameters of paging do."""
NAMES: Mapping[PageStyle, tuple[str, ...]] = {
    PageStyle.OFFSET: ("limit", "offset"),
    PageStyle.PAGE: ("limit", "page"),
    PageStyle.CURSOR: ("limit", "cursor"),
    PageStyle.NONE: (),
}
"""What the parameters are called."""
PLACES: Mapping[PageStyle, tuple[str, ...]] = {
    PageStyle.OFFSET: ("$limit", "$offset"),
    PageStyle.PAGE: ("$limit", "$offset", "$page", "$pages"),
    PageStyle.CURSOR: ("$limit", "$next"),
    PageStyle.NONE: (),
}
"""What an envelope can say of a page, beside `$items`, `$total` and `$version`."""


def paging(born: str, pagination: Pagination) -> list[Parameter]:
    """The parameters of a list that is paged so; `born` is what their identities begin with."""
    made = []
    if pagination.style is not PageStyle.NONE:
        made.append(
            Parameter(
                f"{born}.limit",
                "limit",
                Location.QUERY,
                Scalar(Kind.INT, ge=1, le=pagination.max_limit),
                default=pagination.limit,
                role=Role.LIMIT,
                description="How many to answer at most.",
            )
        )
    match pagination.style:
        case PageStyle.OFFSET:
            made.append(
                Parameter(
                    f"{born}.offset",
                    "offset",
                    Location.QUERY,
                    Scalar(Kind.INT, ge=0, le=MAX_OFFSET),
                    default=0,
                    role=Role.OFFSET,
                    description="How many to pass over first.",
                )
            )
        case PageStyle.PAGE:
            made.append(
                Parameter(
                    f"{born}.page",
                    "page",
                    Location.QUERY,
                    Scalar(Kind.INT, ge=1, le=MAX_OFFSET // pagination.max_limit),
                    default=1,
                    role=Role.PAGE,
                    description="Which page, from 1 on.",
                )
            )
        case PageStyle.CURSOR:
            made.append(
                Parameter(
                    f"{born}.cursor",
                    "cursor",
                    Location.QUERY,
                    Scalar(Kind.STR),
                    role=Role.CURSOR,
                    description="Where to go on: what the last answer named as the next.",
                )
            )
        case PageStyle.NONE:
            pass
    return made


def repaged(operation: Operation, pagination: Pagination, version: str) -> Operation:
    """A list that is paged otherwise from `version` on; a parameter that it has already stays the same one."""
    old = {p.role: p for p in operation.parameters if p.role in PAGING}
    others = tuple(p for p in operation.parameters if p.role not in PAGING)
    new = [
        replace(p, type=made.type, default=made.default, required=False)
        if (p := old.get(made.role)) is not None
        else made
        for made in paging(f"{version}:{operation.identity}", pagination)
    ]
    return replace(operation, parameters=(*others, *new))


def pagination_of(contract: Contract, operation: Operation) -> Pagination:
    """How the list of a resource is paged."""
    found = contract.resources.get(operation.resource or "")
    return contract.pagination if found is None or found.pagination is None else found.pagination
