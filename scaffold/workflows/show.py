"""`scaffold show`: one version whole, as if it had been written without a history."""

from __future__ import annotations

from pathlib import Path

from ..contract.contract import Contract
from ..contract.error_form import ErrorFormat, Errors
from ..contract.history import Api, Version
from ..contract.named_types import AliasType, EnumType, Field, NamedType
from ..contract.operation import Action, Operation
from ..contract.parameter import Location, Parameter
from ..contract.types import MISSING
from ..openapi import document
from ..project.writer import session
from .outcome import Outcome
from .project_state import read_state
from .versions import known_version


def show(start: Path, version: str) -> Outcome:
    """The types and operations of `version`; for programs, its OpenAPI document.

    Raises:
        ScaffoldError: SC433 when there is no such version.
    """
    with session(start, writes=False) as (project, earlier):
        state = read_state(project)
    found = known_version(state.history, version)
    contract = state.history.contract(version)
    lines = [f"{state.history.api.title} {found.number}", ""]
    for type_ in contract.types.values():
        lines += [*_type(type_), ""]
    lines += [_operation(o) for o in contract.operations]
    lines += ["", f"envelope: {contract.envelope.template or 'none'}", f"errors: {_errors(contract.errors)}"]
    return Outcome(output="\n".join(lines), data=_data(contract, state.history.api, found), diagnostics=earlier)


def _errors(errors: Errors) -> str:
    return str(errors) if isinstance(errors, ErrorFormat) else f"{errors.body} as {errors.media_type}"


def _data(contract: Contract, api: Api, version: Version) -> dict[str, object]:
    return {"version": contract.version, "openapi": document(contract, api, version)}


def _type(type_: NamedType) -> list[str]:
    if isinstance(type_, EnumType):
        return [f"{type_.name}: {' | '.join(v.value for v in type_.values)}"]
    if isinstance(type_, AliasType):
        return [f"{type_.name}: {type_.type}{' | null' if type_.nullable else ''}"]
    return [f"{type_.name}:", *(f"  {_field(f)}" for f in type_.fields)]


def _field(f: Field) -> str:
    marks = [m for m in ("key", "read_only", "write_only", "create_only", "unique", "deprecated") if getattr(f, m)]
    default = "" if f.default is MISSING else f" = {f.default!r}"
    null = " | null" if f.nullable else ""
    tail = f"  ({', '.join(m.replace('_', '-') for m in marks)})" if marks else ""
    return f"{f.name}{'' if f.required else '?'}: {f.type}{null}{default}{tail}"


def _operation(o: Operation) -> str:
    query = ", ".join(_parameter(p) for p in o.parameters if p.location is not Location.PATH)
    body = f" {o.body.type}" if o.body else ""
    answers = ", ".join(f"{r.status}{'' if r.type is None else f' {r.type}'}" for r in o.responses)
    kind = "" if o.action is Action.FREE else f" [{o.action}]"
    return f"{o.method:<6} {o.path}{f' ({query})' if query else ''}{body} -> {answers}{kind}"


def _parameter(p: Parameter) -> str:
    place = "" if p.location is Location.QUERY else f"{p.location} "
    return f"{place}{p.name}{'' if p.required else '?'}"
