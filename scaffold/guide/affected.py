"""Which operations a change reaches: found by comparing what each sends and shows, before and after."""

from __future__ import annotations

from dataclasses import dataclass

from ..compat import operation_sides
from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import AliasType, NamedType, ObjectType
from ..contract.operation import Operation
from ..contract.views import view_fields


@dataclass(frozen=True)
class Reached:
    """An operation that a change reaches, before it and after it; None where it is not there."""

    before: Operation | None
    after: Operation | None
    request: bool
    response: bool
    body: bool
    """Whether it is what requests carry that differs, and not only where or how they are sent."""

    @property
    def either(self) -> Operation:
        """The operation as old clients know it, or as it is if they do not."""
        found = self.before or self.after
        assert found is not None
        return found


def reached(before: Contract, after: Contract) -> tuple[Reached, ...]:
    """The operations whose requests or answers differ between two contracts, those that came last."""
    met = {id_: (t, after.types_by_identity.get(id_)) for id_, t in before.types_by_identity.items()}
    differing = {
        (id_, view)
        for id_, (old, new) in met.items()
        if old is not new
        for view in View
        if _side(old, view) != _side(new, view)
    }
    found = []
    for operation in before.operations:
        now = after.operations_by_identity.get(operation.identity)
        if now is None:
            found.append(Reached(operation, None, True, True, operation.body is not None))
            continue
        sides = operation_sides(before, operation)
        views = {view for id_, met_views in sides.items() for view in met_views if (id_, view) in differing}
        paged = before.envelope != after.envelope and any(r.page for r in operation.responses)
        at = (operation.method, operation.path, operation.parameters)
        body = operation.body != now.body or (operation.body is not None and bool(views - {View.OUTPUT}))
        request = body or bool(views - {View.OUTPUT}) or at != (now.method, now.path, now.parameters)
        request = request or _asked(before, operation) != _asked(after, now)
        response = (
            paged or before.errors is not after.errors or View.OUTPUT in views or operation.responses != now.responses
        )
        if request or response:
            found.append(Reached(operation, now, request, response, body))
    known = before.operations_by_identity
    found += [Reached(None, o, True, True, o.body is not None) for o in after.operations if o.identity not in known]
    return tuple(found)


def _asked(contract: Contract, operation: Operation) -> object:
    """Who is let in, scheme by scheme as they are."""
    ways = contract.security if operation.security is None else operation.security
    return [[(contract.security_schemes.get(name), scopes) for name, scopes in way] for way in ways]


def _side(type_: NamedType | None, view: View) -> object:
    if isinstance(type_, ObjectType):
        return view_fields(type_, view), type_.unknown, type_.rest
    if isinstance(type_, AliasType):
        return type_.type, type_.nullable
    return None if type_ is None else (type_.open, *(v.value for v in type_.values))
