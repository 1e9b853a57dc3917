"""The first version: the contract that the spec states whole."""

from __future__ import annotations

from ..contract.contract import Contract, Envelope, Pagination, Resource
from ..contract.named_types import ObjectType
from ..contract.operation import Operation
from ..contract.standard import plural, singular
from ..diagnostics import Span
from .auth import build_auth
from .document import read_document
from .envelope import read_envelope
from .errors import read_errors
from .field_checks import usable_type_name
from .fields import build_type
from .findings import Findings
from .invariants import endless_types
from .models import Spec
from .operations import build_operation, build_resource
from .paging import read_pagination
from .paths import template
from .references import refer
from .scope import Scope
from .settling import settle
from .shapes import ResourceSpec, TypeSpec
from .whole import tell_whole


def base_contract(spec: Spec, version: str, findings: Findings, broken: frozenset[str] = frozenset()) -> Contract:
    """The contract of the first version; what is wrong goes to `findings`, and what is sound is there all the same."""
    names = (*spec.types, *spec.resources)
    pagination = read_pagination(spec.pagination, Pagination(), findings)
    scope = Scope(version, findings, promised=(*names, *broken), broken=broken, pagination=pagination)
    files: dict[str, str] = {}
    stated_types: dict[str, TypeSpec | ResourceSpec] = {**spec.types, **spec.resources}
    for name, stated in stated_types.items():
        if not usable_type_name(name, stated.key_place(), scope):
            continue
        if name in spec.types and name in spec.resources:
            scope.findings.add(
                "SC215",
                f"`{name}` is both a type and a resource",
                spec.resources[name].key_place(),
                "rename one of the two",
            )
        first = files.setdefault(singular(name), name)
        if first != name:
            scope.findings.add(
                "SC216",
                f"`{first}` and `{name}` both become `{singular(name)}` in Python",
                stated.key_place(),
                "rename one of the two",
            )
        build_type(name, stated, scope)
    refer(scope, spec.resources)
    resources, operations = _resources(spec, scope)
    scope.resources = resources
    for key, free in spec.operations.items():
        made = build_operation(key, free, scope, free.key_place())
        if made is not None:
            _add(operations, made, free.key_place(), findings)
    settle(scope)
    envelope = Envelope()
    if "envelope" in spec.stated():
        envelope = read_envelope(spec.envelope, spec.place("envelope"), findings) or envelope
    security, schemes = build_auth(spec.auth, scope)
    contract = Contract(
        version=version,
        types={t.name: t for t in scope.new_types},
        resources=resources,
        operations=tuple({o.identity: o for o in operations.values()}.values()),
        envelope=envelope,
        errors=read_errors(spec.errors, findings),
        pagination=pagination,
        security=security,
        security_schemes=schemes,
        extra=read_document(spec, findings),
    )
    for name in endless_types(contract):
        span = stated_types[name].key_place() if name in stated_types else None
        findings.add(
            "SC220", f"`{name}` requires itself without end", span, "make a field on the way optional, or a list"
        )
    tell_whole(contract, scope.places, set(), findings, [(contract, spec.place("api"))], broken)
    return contract


def _resources(spec: Spec, scope: Scope) -> tuple[dict[str, Resource], dict[str, Operation]]:
    resources: dict[str, Resource] = {}
    operations: dict[str, Operation] = {}
    handlers: dict[str, str] = {"operations": "the operations beside the resources"}
    for name, stated in spec.resources.items():
        type_ = scope.made.get(name)
        made = build_resource(name, stated, type_, scope) if isinstance(type_, ObjectType) else None
        if made is None:
            continue
        resource, standard = made
        holder = handlers.setdefault(resource.handler, f"`{name}`")
        if holder != f"`{name}`":
            scope.findings.add(
                "SC227",
                f"the handler `{resource.handler}` of `{name}` is taken by {holder}",
                stated.place("handler"),
                f"name another: `handler: {plural(resource.path)}_{singular(name)}`",
            )
        resources[name] = resource
        for operation in standard:
            _add(operations, operation, stated.key_place(), scope.findings)
    return resources, operations


def _add(operations: dict[str, Operation], new: Operation, span: Span, findings: Findings) -> None:
    """Add `new` unless its place or its id is taken; `operations` holds each under both."""
    place, id_ = f"{new.method} {template(new.path)}", f"id {new.id}"
    for key, what in ((place, "is there already, as"), (id_, f"has the id `{new.id}`, and so has")):
        old = operations.get(key)
        if old is not None:
            findings.add(
                "SC228", f"`{new.address}` {what} `{old.address}`", span, "change the path, the method or the id"
            )
            return
    operations[place] = operations[id_] = new
