"""A part of a list, and how a caller asks for the parts beside it: by offset, by page, by cursor, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from .absent import ABSENT, Absent

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """A part of a list: `total` counts what the caller could see of all of it.

    `next` is the cursor of the part after this one, None where this is the last. It must be there where the query
    had a cursor, and says nothing where it had none.
    """

    items: Sequence[R]
    total: int
    limit: int
    offset: int = 0
    next: str | Absent | None = ABSENT

    @property
    def number(self) -> int:
        """Which page it is, from 1 on."""
        return self.offset // self.limit + 1 if self.limit else 1

    @property
    def count(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.limit) if self.limit else 0


Beside = Mapping[str, Mapping[str, object]]
"""The parameters that ask for the parts beside one, by their relation to it (RFC 8288): `next`, `prev`."""


class Paging(Protocol):
    """How a list is paged for callers of one version."""

    def beside(self, page: Page[Any]) -> Beside:
        """What asks for the parts beside `page`."""
        ...


@dataclass(frozen=True, slots=True)
class Offsets:
    """By how many to pass over; the names of the parameters."""

    offset: str = "offset"
    limit: str = "limit"

    def beside(self, page: Page[Any]) -> Beside:
        """The offsets before and after `page`."""
        found = {}
        if page.offset + page.limit < page.total:
            found["next"] = page.offset + page.limit
        if page.offset > 0:
            found["prev"] = max(0, page.offset - page.limit)
        return {rel: {self.limit: page.limit, self.offset: offset} for rel, offset in found.items()}


@dataclass(frozen=True, slots=True)
class Pages:
    """By the number of a page; the names of the parameters."""

    page: str = "page"
    limit: str = "limit"

    def beside(self, page: Page[Any]) -> Beside:
        """The pages before and after `page`."""
        found = {}
        if page.number < page.count:
            found["next"] = page.number + 1
        if page.number > 1:
            found["prev"] = page.number - 1
        return {rel: {self.limit: page.limit, self.page: number} for rel, number in found.items()}


@dataclass(frozen=True, slots=True)
class Cursors:
    """By where the last part ended; the names of the parameters."""

    cursor: str = "cursor"
    limit: str = "limit"

    def beside(self, page: Page[Any]) -> Beside:
        """The cursor after `page`. Raises ValueError where its handler said nothing of it, and there is more."""
        if page.next is ABSENT and len(page.items) < page.total:
            raise ValueError("a list that is asked for by cursor says what is `next`, or that nothing is: None")
        return {"next": {self.limit: page.limit, self.cursor: page.next}} if page.next else {}


@dataclass(frozen=True, slots=True)
class Whole:
    """Not at all, or by parameters that no link can hold."""

    def beside(self, page: Page[Any]) -> Beside:
        """Nothing is beside it."""
        return {}
