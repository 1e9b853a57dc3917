"""Users: what the API does with records of User."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from ..generated import records
from ..generated.handlers import UsersBase, stores
from ..generated.query import Query
from ..generated.storage import Stores
from ..generated.wire import Page

asked: list[tuple[str, bool]] = []
"""What the handler asked for, and what it was told."""


class Users(UsersBase):
    """Works as it is, and notes what its callers are shown."""

    async def list(self, query: Query) -> Page[records.User]:
        """List users."""
        asked.append(("Line.total", self.wants("Line.total")))
        return await super().list(query)

    async def get(self, id: int) -> records.User:
        """Get one user."""
        asked.append(("ages", self.wants("ages")))
        return await super().get(id)


async def users_provider(stores: Annotated[Stores, Depends(stores)]) -> Users:
    """The handler for one request."""
    return Users(stores)
