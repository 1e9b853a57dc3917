"""What a conversion does within what stands around it: lists, maps, objects of one field."""

from __future__ import annotations

from ..contract.reach import Direction
from ..contract.types import MISSING
from .conversions import Boxed, Chosen, Coded, Conversion, Each, Nested, Then, Unboxed


def innermost(conversion: Conversion) -> Conversion:
    """What is done with the items, inside lists and maps, and with what an object alone holds."""
    while isinstance(conversion, Each | Boxed | Unboxed):
        conversion = conversion.inner
    return conversion


def makes_null(conversion: Conversion) -> bool:
    """Whether null may stand for a value that cannot be read."""
    found = innermost(conversion)
    coded = found.rest if isinstance(found, Then) else found
    return isinstance(coded, Coded) and any(s.unread is None for s in coded.steps)


def coded(conversion: Conversion) -> Coded | Then | None:
    """The codecs by which single values cross, inside lists, maps, and what is of one type here alone."""
    while isinstance(conversion, Each | Chosen):
        if isinstance(conversion, Each):
            conversion = conversion.inner
        elif len(conversion.here) == 1 and conversion.up[0] is not None:
            conversion = conversion.up[0].conversion
        else:
            return None
    return conversion if isinstance(conversion, Coded | Then) else None


def reads_back(conversion: Conversion) -> bool:
    """Whether whatever is shown of 64 bits can be read, so that who sends it back is not refused."""
    found = coded(conversion)
    steps = found.rest if isinstance(found, Then) else found
    return steps is None or steps.reads_back


def holds_object(conversion: Conversion) -> bool:
    """Whether objects with converters of their own are what a value, its items or its values are."""
    return isinstance(innermost(conversion), Nested)


def directions_of(conversion: Conversion) -> Direction:
    """The directions in which every value can cross."""
    found = innermost(conversion)
    if not isinstance(found, Chosen):
        return Direction.REQUEST | Direction.RESPONSE
    made = Direction.NONE
    for ways, direction in ((found.up, Direction.REQUEST), (found.down, Direction.RESPONSE)):
        inner = [directions_of(w.conversion) for w in ways if w is not None and w.stated is MISSING]
        if None not in ways and all(direction in d for d in inner):
            made |= direction
    return made
