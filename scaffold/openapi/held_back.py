"""What documents say of values that are held back: with the enum, and with each operation that they reach."""

from __future__ import annotations

from typing import Any

from ..contract.held_back import headers_of, shown_to_others
from ..contract.named_types import EnumType, OptIn

OPT_IN = "x-opt-in"
"""The keyword: of an enum its values that are held back, of a parameter that it asks for such values."""


def opt_ins(enum: EnumType) -> dict[str, Any]:
    """For each value that is held back its header, and what others are shown."""
    made: dict[str, Any] = {}
    for value in enum.values:
        if value.opt_in is not None:
            seen = shown_to_others(enum, value)
            made[value.value] = {"header": value.opt_in.header, **({} if seen is None else {"others_see": seen.value})}
    return made


def told(description: str | None, enum: EnumType) -> str | None:
    """The description of an enum, which says once what is held back."""
    lines = [] if description is None else [description]
    for header in headers_of(enum):
        held = ", ".join(
            f"`{v.value}`{'' if (seen := shown_to_others(enum, v)) is None else f' (others see `{seen.value}`)'}"
            for v in enum.values
            if v.opt_in is not None and v.opt_in.header == header
        )
        said = f"Only for callers who send the header `{header}`: {held}."
        lines += [] if description is not None and said in description else [said]
    return "\n\n".join(lines) or None


def asking(header: str) -> dict[str, Any]:
    """The parameter by which callers of an operation ask for values that are held back."""
    return {
        "name": header,
        "in": "header",
        "description": "Asks for values that are held back: `true`, or any text but `false`, `0` and `?0`.",
        "schema": {"type": "string"},
        "example": "true",
        OPT_IN: True,
    }


def read_opt_in(stated: object, born: dict[str, str]) -> OptIn | None:
    """What a document says of one value; `born` has the identities of the values of its enum."""
    match stated:
        case {"header": str(header), **rest}:
            seen = rest.get("others_see")
            return OptIn(header, born.get(seen) if isinstance(seen, str) else None)
        case _:
            return None
