"""Conversions that no built-in codec makes; the spec names them."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal


def price_up(value: str) -> Decimal:
    """`EUR 12.50` as an amount."""
    if not re.fullmatch(r"EUR -?[0-9]{1,12}(\.[0-9]{1,4})?", value):
        raise ValueError("must be a price, such as `EUR 12.50`")
    return Decimal(value.removeprefix("EUR "))


def price_down(value: Decimal) -> str:
    """An amount, with its currency."""
    return f"EUR {value:.4f}" if abs(value) < 10**12 else "EUR 999999999999"


def weight_up(value: str) -> int:
    """`250 g` in grams."""
    if not re.fullmatch(r"[0-9]{1,15} g", value):
        raise ValueError("must be a weight, such as `250 g`")
    return int(value.removesuffix(" g"))


def weight_down(value: int) -> str:
    """Grams, with their unit."""
    return f"{min(max(value, 0), 10**15 - 1)} g"


def tags_up(value: list[str]) -> str:
    """Tags, one a line."""
    return "\n".join(value)


def tags_down(value: str) -> list[str]:
    """The lines."""
    return value.splitlines()


def heat_up(value: int) -> int:
    """Degrees Celsius in Fahrenheit."""
    if abs(value) > 10**6:
        raise ValueError("must be a temperature")
    return value * 9 // 5 + 32


def heat_down(value: int) -> int:
    """Degrees Fahrenheit in Celsius."""
    return max(-(10**6), min((value - 32) * 5 // 9, 10**6))


def reference(now: datetime) -> str:
    """What an order is called in letters."""
    return f"{now:%Y%m%d%H%M%S}"


def old_reference(id: int, size: Literal["small", "large"]) -> str:
    """What orders are called that never had a reference."""
    return f"{size[0].upper()}-{id}"


def line_up(value: dict[str, Any]) -> dict[str, Any]:
    """A line that says how it is sent."""
    return {"sku": value["sku"], "grams": value["weight"], "bulky": value["weight"] > 20_000}


def line_down(value: dict[str, Any]) -> dict[str, Any]:
    """A line as it was."""
    return {"sku": value["sku"], "weight": value["grams"]}
