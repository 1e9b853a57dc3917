"""How the text of a route says which part of a list is asked for, and how links ask for those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..contract.contract import PageStyle
from ..contract.operation import Action, Operation
from ..contract.paging import pagination_of
from ..contract.parameter import Location, Role
from .python import text

if TYPE_CHECKING:
    from .route import Route

_CLASSES = {
    Role.OFFSET: ("Offsets", "offset"),
    Role.PAGE: ("Pages", "page"),
    Role.CURSOR: ("Cursors", "cursor"),
}
"""The class that a list is paged by, and its word, by the role of the parameter that it has for it."""


def part(route: Route) -> list[str]:
    """Which part of a list is asked for, under whatever names, as arguments of a query."""
    paged = pagination_of(route.contract, route.operation)
    if paged.style is PageStyle.NONE:
        return ["limit=None"]
    limit = route.asked(Role.LIMIT, str(paged.limit))
    match paged.style:
        case PageStyle.PAGE:
            return [f"limit={limit}", f"offset=({route.asked(Role.PAGE, '1')} - 1) * ({limit})"]
        case PageStyle.CURSOR:
            place = next((f"{r.name} or ''" for r in route.read if r.parameter.role is Role.CURSOR), "''")
            return [f"limit={limit}", f"cursor={place}"]
        case _:
            return [f"limit={limit}", f"offset={route.asked(Role.OFFSET, '0')}"]


def by(operation: Operation) -> list[str]:
    """How links ask for the parts beside one, as an argument, where that is not by `limit` and `offset`."""
    if operation.action is not Action.LIST:
        return []
    names = {p.role: p.name for p in operation.parameters if p.location is Location.QUERY}
    role = next((role for role in _CLASSES if role in names), None)
    if role is None:
        return ["by=paging.Whole()"]
    style, word = _CLASSES[role]
    own = {word: names[role], "limit": names.get(Role.LIMIT, "limit")}
    said = [f"{usual}={text(name)}" for usual, name in own.items() if name != usual]
    return [] if (style, said) == ("Offsets", []) else [f"by=paging.{style}({', '.join(said)})"]
