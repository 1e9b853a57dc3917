"""How lists are paged: in the whole API, and of one resource."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic.json_schema import JsonSchemaValue

from ..contract.contract import PageStyle, Pagination
from ..diagnostics import Span
from .findings import Findings
from .model import Model
from .scalars import Whole


class PaginationSpec(Model):
    """How lists are paged; what is left out stays as it was."""

    shorthand: ClassVar[str | None] = "style"
    written: ClassVar[JsonSchemaValue] = {"enum": ["offset", "page", "cursor", "none"]}
    style: Literal["offset", "page", "cursor", "none"] | None = None
    limit: Whole | None = None
    max_limit: Whole | None = None


def read_pagination(
    spec: PaginationSpec, before: Pagination, findings: Findings, where: Span | None = None
) -> Pagination:
    """The pagination that `spec` says, of which all else is as `before`; what cannot be goes to `findings`."""
    style = before.style if spec.style is None else PageStyle(spec.style)
    limit = before.limit if spec.limit is None else spec.limit
    highest = max(before.max_limit, limit) if spec.max_limit is None else spec.max_limit
    if spec.limit is None:
        limit = min(limit, highest)
    at = spec.place("limit") if where is None else where
    if min(limit, highest) < 1 or limit > highest:
        help_ = "write `{limit: 20, max_limit: 100}`"
        findings.add("SC233", f"{limit} at once, and at most {highest}: that cannot be", at, help_)
        return before
    if style is PageStyle.NONE:
        if {"limit", "max_limit"} & spec.stated():
            findings.add("SC233", "a list that is not paged has no limit", at, "leave `limit` and `max_limit` out")
        return Pagination(style)
    return Pagination(style, limit, highest)
