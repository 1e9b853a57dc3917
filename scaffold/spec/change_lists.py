"""Parameters that are added to the list of a resource: those that are called after a field filter by it."""

from __future__ import annotations

from dataclasses import replace

from ..contract.changes.parameters import sorted_by
from ..contract.operation import Action, Operation
from ..contract.parameter import Location, Parameter, Role
from ..contract.types import Scalar
from .change_shapes import AddSpec
from .point import Point, fail
from .reading import read_by


def of_list(parameter: Parameter, operation: Operation, point: Point, spec: AddSpec) -> Parameter:
    """`parameter` as a filter or as the order of a list, where its name says so; else as it is.

    Raises:
        ScaffoldError: SC313 for a filter that is none, SC302 for an order by what is no field.
    """
    resource = point.contract.object(operation.resource or "")
    if operation.action is not Action.LIST or parameter.location is not Location.QUERY or resource is None:
        return parameter
    if "." in parameter.name or resource.field(parameter.name) is not None:
        where = spec.place("add")
        field, problem, help_ = read_by(resource, parameter.name, "filters", point.contract.types)
        if field is None:
            raise fail("SC313", problem or f"`{parameter.name}` cannot be a filter", where, help_)
        if parameter.type != field.type or parameter.required:
            help_ = f"write `type: {field.type}`, and leave `required` out"
            raise fail("SC313", f"`{parameter.name}` filters by `{resource.name}.{field.name}`", where, help_)
        return replace(parameter, role=Role.FILTER, fields=(field.identity,))
    ordered = any(p.role is Role.SORT for p in operation.parameters)
    if parameter.name == "sort" and not ordered and isinstance(parameter.type, Scalar) and parameter.type.choices:
        return replace(parameter, role=Role.SORT, fields=sorted_by(point.contract, operation, parameter.type))
    return parameter
