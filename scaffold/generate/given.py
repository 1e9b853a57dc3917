"""What a handler's method is given beside a body and a key: parameters in their newest form, and flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..contract.naming import safe_name
from ..contract.parameter import Parameter
from ..contract.types import MISSING
from ..convert.sent import old_sends
from .held import flags
from .parameters_view import ReadBy
from .python import value_of
from .route import Route
from .signatures import Argument, all_parameters


def given(route: Route, arguments: Sequence[Argument]) -> Iterator[str]:
    """The arguments of the call, by name: those of `arguments` that this version sends, or is taken to have sent."""
    mine = {r.parameter.identity: r for r in route.read}
    wanted = {a.identity: a for a in arguments}
    for identity, (_, newest) in all_parameters(route.history, route.operation.identity).items():
        if identity not in wanted:
            continue
        argument = wanted[identity]
        if identity in mine:
            yield f"{argument.name}={_sent(route, mine[identity], newest)}"
            continue
        sends = old_sends(route.history, route.contract.version, identity)
        if sends is not MISSING and (value := value_of(sends, newest.type)) != argument.default:
            yield f"{argument.name}={value}"
    later = {id(applied) for applied in route.history.since(route.contract.version)}
    for flag in flags(route.history, route.operation.identity):
        yield f"{safe_name(flag.name)}={id(flag.applied) not in later}"


def _sent(route: Route, r: ReadBy, newest: Parameter) -> str:
    value = route.up(r.parameter, r.name)
    if r.parameter.required or r.parameter.default is not MISSING:
        return value
    sends = old_sends(route.history, route.contract.version, r.parameter.identity) if newest.required else MISSING
    if sends is not MISSING:
        return f"{value_of(sends, newest.type)} if {r.name} is None else {value}"
    return value if value == r.name else f"None if {r.name} is None else {value}"
