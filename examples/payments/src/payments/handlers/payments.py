"""Payments: captured through a provider. Written by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends

from ..generated import records
from ..generated.handlers import PaymentsBase, stores
from ..generated.storage import Stores
from ..generated.wire import Reply
from ..provider import Declined, Provider, provider


class Payments(PaymentsBase):
    """The standard operations work as they are; capturing talks to the provider."""

    def __init__(self, stores: Stores, provider: Provider) -> None:
        super().__init__(stores)
        self.provider = provider

    async def capture_payment(self, *, id: int, body: records.Capture) -> records.Payment | Reply[Any]:
        """Capture an authorised payment: one transaction before the provider is called, one after."""
        try:
            payment = await self.payments.edit(id, lambda current: self._claim(current, body))
        except NotCapturable as refused:
            return Reply(409, records.Refusal(code=refused.code, payment_id=id))
        try:
            await self.provider.capture(payment.id, body.amount, payment.currency)
        except Declined:
            await self.payments.edit(id, lambda current: replace(current, status="failed"))
            return Reply(409, records.Refusal(code="declined", payment_id=id))
        return await self.payments.edit(
            id, lambda current: replace(current, status="captured", captured_amount=body.amount)
        )

    @staticmethod
    def _claim(current: records.Payment, body: records.Capture) -> records.Payment:
        """Mark the payment as being captured, so that a second request cannot capture it too."""
        if current.status != "authorized":
            raise NotCapturable(f"already_{current.status}")
        if body.amount > current.amount:
            raise NotCapturable("amount_too_large")
        return replace(current, status="capturing")


class NotCapturable(Exception):
    """The payment is not in a state in which it can be captured."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def payments_provider(
    stores: Annotated[Stores, Depends(stores)], provider: Annotated[Provider, Depends(provider)]
) -> Payments:
    """The handler for one request."""
    return Payments(stores, provider)
