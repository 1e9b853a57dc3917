"""Payments, in the words of the newest version."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from ..generated import records
from ..generated.handlers import OperationsBase, stores
from ..generated.storage import Stores


class Operations(OperationsBase):
    """Gives back what it gets."""

    async def pay(self, *, body: records.Pay) -> records.Pay:
        """What was sent."""
        return body

    async def paid(self) -> list[records.Pay]:
        """One of each."""
        card = records.Card(type="credit", number="1")
        wallet = records.Wallet(type="wallet", email="a@example.com")
        return [records.Pay(method=card, more=[wallet, card], by_name={"first": card}), records.Pay(method=wallet)]


async def operations_provider(stores: Annotated[Stores, Depends(stores)]) -> Operations:
    """The handler for one request."""
    return Operations(stores)
