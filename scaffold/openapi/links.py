"""What can be done next with what an answer shows, as link objects (OpenAPI 3.1, 4.8.20).

Of a resource it is known without guessing which field of an answer is the parameter of which path.
"""

from __future__ import annotations

import re
from typing import Any

from ..contract.contract import Contract
from ..contract.message import Response, View
from ..contract.nesting import parents_in
from ..contract.operation import Operation
from ..contract.parameter import Location, Parameter, Role
from ..contract.types import Ref
from ..contract.views import view_fields

NAMES = re.compile(r"[A-Za-z0-9._-]+")
"""What a link may be called (4.8.7)."""


def links(contract: Contract, operation: Operation, response: Response) -> dict[str, Any]:
    """The links of one answer, by the ids of the operations they lead to; none where it does not show the resource.

    They lead to the standard operations on one resource, and to what stands below its path.
    """
    key = _shown_key(contract, operation, response)
    if key is None:
        return {}
    wrap = "" if response.wrap is None else f"/{_pointed(response.wrap)}"
    shown = f"$response.body#{wrap}/{_pointed(key)}"
    own = _own(contract, operation)
    made: dict[str, Any] = {}
    for target in contract.operations:
        if target is operation or not NAMES.fullmatch(target.id):
            continue
        given = _given(contract, operation, target, own, shown)
        if given is not None:
            made[target.id] = {"operationId": target.id, "parameters": given}
    return made


def _own(contract: Contract, operation: Operation) -> dict[str, str]:
    """The paths of one resource, each with the parameter that is its key: usually there is one."""
    found = ((o.path, o.parameters) for o in contract.operations if o.resource == operation.resource)
    return {path: p.name for path, parameters in found for p in parameters if p.role is Role.KEY}


def _shown_key(contract: Contract, operation: Operation, response: Response) -> str | None:
    """The key of the operation's resource as the answer shows it."""
    if operation.resource is None or not response.success or response.type != Ref(operation.resource):
        return None
    type_ = contract.object(operation.resource)
    if type_ is None or type_.key is None:
        return None
    shown = {field.name for field in view_fields(type_, View.OUTPUT, contract.version)}
    return type_.key.name if type_.key.name in shown else None


def _refers(contract: Contract, parameter: Parameter) -> str | None:
    """The type of the objects above that a parameter names."""
    refers = contract.fields_by_identity[parameter.fields[0]][1].refers
    return None if refers is None else contract.types_by_identity[refers].name


def _given(
    contract: Contract, operation: Operation, target: Operation, own: dict[str, str], shown: str
) -> dict[str, str] | None:
    """Each parameter of the target's path by where its value is; None where the target is not about the resource."""
    key = next((name for path, name in own.items() if f"{target.path}/".startswith(f"{path}/")), None)
    key = next((p.name for p in parents_in(target) if _refers(contract, p) == operation.resource), key)
    if key is None:
        return None
    given = {}
    for parameter in target.parameters:
        if parameter.location is not Location.PATH:
            continue
        if parameter.name == key:
            given[key] = shown
        elif operation.parameter(parameter.name, Location.PATH) is not None:
            given[parameter.name] = f"$request.path.{parameter.name}"
        else:
            return None
    return given


def _pointed(name: str) -> str:
    """A name in a JSON pointer (RFC 6901, 3)."""
    return name.replace("~", "~0").replace("/", "~1")


__all__ = ["links"]
