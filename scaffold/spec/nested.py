"""Resources below others: the path of one names what it stands below, by a field that refers there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..contract.contract import Contract
from ..contract.named_types import Field, NamedType, ObjectType
from ..contract.nesting import Level, NoLevel, above, level_problem, levels, parents_in, unplaced
from ..contract.operation import Action, Operation
from ..diagnostics import Diagnostic, Span
from .findings import Findings


def placed(
    type_: ObjectType, path: str, types: Mapping[str, NamedType], where: Span, findings: Findings
) -> tuple[Level, ...] | None:
    """What objects of `type_` stand below at `path`, the outermost first.

    None, with SC236 or SC237, where a parameter is no field, or one that leads nowhere.
    """
    try:
        return levels(type_, path, {t.identity: t for t in types.values()})
    except NoLevel as wrong:
        findings.put(unplaced(path, wrong).at(where))
        return None


def misplaced(before: Contract, after: Contract) -> Iterator[Diagnostic]:
    """Fields that said what objects stand below, and say it no longer though paths name them: SC356."""
    if before.types is after.types and before.operations is after.operations:
        return
    seen: set[str] = set()
    for operation in after.operations:
        for parameter in parents_in(operation):
            identity = parameter.fields[0]
            if identity in seen:
                continue
            seen.add(identity)
            held = after.fields_by_identity.get(identity)
            was = before.fields_by_identity.get(identity)
            if was is None:
                continue
            problem = "would be gone" if held is None else _problem(held[1])
            if problem is not None:
                at = f"`{was[0].name}.{was[1].name}`"
                help_ = f"leave it; `move: {was[0].name}`, `to: /…` gives the resource a path without it"
                yield Diagnostic("SC356", f"{at} stands in `{operation.path}`, and {problem}", help=help_)


def _problem(field: Field) -> str | None:
    found = level_problem(field)
    if found is None and field.parent and not field.read_only:
        return "clients would send it, though the path puts it in"
    return found


def owned_above(contract: Contract, operation: Operation) -> bool:
    """Whether an object above that the path of an operation names is somebody's."""
    return any(f.owner for type_ in above(contract, operation) for f in type_.fields)


def unguarded(before: Contract, after: Contract) -> Iterator[Diagnostic]:
    """Resources that stood below what is somebody's, and would be everybody's: SC357."""
    if before.operations is after.operations:
        return
    for operation in after.operations:
        was = before.operations_by_identity.get(operation.identity)
        type_ = after.object(operation.resource or "")
        if was is None or was is operation or type_ is None or operation.action is Action.FREE:
            continue
        if any(f.owner for f in type_.fields) or owned_above(after, operation) or not owned_above(before, was):
            continue
        yield Diagnostic(
            "SC357",
            f"`{type_.name}` stands below what is somebody's, and at `{operation.path}` everybody would see all",
            help=f"leave it below, or state in the first version that has it whose a `{type_.name}` is: `owner`",
        )
        return
