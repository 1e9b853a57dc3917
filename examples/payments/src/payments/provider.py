"""The payment provider: what it can do, and a stand-in that captures whatever is not unlucky."""

from __future__ import annotations

from typing import Protocol


class Declined(Exception):
    """The provider refused to capture."""


class Provider(Protocol):
    """A company that moves money."""

    async def capture(self, payment: int, amount: int, currency: str) -> None:
        """Capture `amount`, in minor units. Raises Declined when the provider refuses."""


class Sandbox:
    """A provider for trying things out: it declines amounts that end in 13."""

    async def capture(self, payment: int, amount: int, currency: str) -> None:
        """Capture, or decline an unlucky amount."""
        if amount % 100 == 13:
            raise Declined


async def provider() -> Provider:
    """The provider for one request; put the real one here, or override it in tests."""
    return Sandbox()
