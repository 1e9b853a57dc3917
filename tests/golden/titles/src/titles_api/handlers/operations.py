"""Items, written once in the words of the newest version."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from ..generated import records
from ..generated.absent import ABSENT
from ..generated.handlers import OperationsBase, stores
from ..generated.storage import Stores

asked: list[str] = []


async def noted() -> None:
    """Notes each time that it is asked for."""
    asked.append("once")


class Operations(OperationsBase):
    """One item, in every place that may hold one."""

    async def one(self) -> records.Item:
        """An object."""
        return records.Item(id=1, title="t")

    async def list_items(self) -> list[records.Item]:
        """A list."""
        return [records.Item(id=1, title="t"), records.Item(id=2, title="u")]

    async def box(self) -> records.Box:
        """An object in an object, and in a map."""
        return records.Box(item=records.Item(id=1, title="t"), more={"other": records.Item(id=2, title="u")})

    async def opt(self, *, with_name: bool | None = None) -> records.Opt:
        """An optional field: there, null, or absent."""
        return records.Opt(id=1, title={True: "t", False: None, None: ABSENT}[with_name])

    async def create(self, *, body: records.Create) -> records.Item:
        """What was sent, as an item."""
        return records.Item(id=1, title=body.title)


async def operations_provider(
    stores: Annotated[Stores, Depends(stores)], noted: Annotated[None, Depends(noted)]
) -> Operations:
    """The handler for one request."""
    return Operations(stores)
