"""The files of a project that follow from its history, as text in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib.resources import files as resources

from ..contract.history import Scheme
from ..openapi import document, to_json
from .access_view import access_view, asks
from .behaviour_view import behaving, behaviours
from .deprecations_view import deprecations_views
from .examples_view import example_files
from .locating_view import readers
from .model import Model, model
from .pages.place import docs_path
from .python import text
from .records_view import enum_views, record_views
from .render import render
from .routes import RouteModule, package_of
from .speaking_view import speaking_view
from .storage_view import storage_view
from .tests_view import test_files
from .types_view import types_modules
from .versions_view import undecided_operations, version_views
from .wanted_view import wanted

RUNTIME = (
    "absent", "accepting", "access_log", "aliases", "answers", "bodies", "bounds", "calendar", "checks",
    "client_notices", "clients", "codecs", "coding", "columns", "completing", "constraints", "context", "cursors",
    "database", "described", "discovery", "documents", "edge", "endings", "entrance", "error_forms", "examples",
    "following", "freshness", "held_back", "hiding", "holding", "identifiers", "invited", "joint_codecs", "kept",
    "leftovers", "limits", "links", "list_codecs", "locating", "media", "media_types", "merging", "metrics",
    "migrating", "naming", "notices", "noting", "operations", "overlay", "own_parts", "pages", "paging", "parameters",
    "patterns", "postponing", "problems", "promised", "query", "readers", "redirects", "refusals", "relations",
    "responses", "rows", "scalars", "sent", "serving", "shapes", "sites", "speech", "stages", "starting", "store",
    "stored", "successors", "taking", "tally", "testing", "texts", "trimming", "unit_codecs", "unknown_fields",
    "usage", "usage_commands", "usage_report", "usage_route", "usage_text", "using", "variants", "watching", "ways",
    "wire",
)  # fmt: skip
"""The modules that are the same in every project, copied word for word."""
GUARD = ("credentials", "security")
"""Those of projects that ask who calls."""


def generated(model: Model) -> dict[str, str]:
    """The tool's own files, by path from the root of the project; Python is still to be laid out."""
    base = f"src/{model.package}/generated"
    made = {f"{base}/{name}": body for name, body in _package(model)}
    for contract, version in zip(model.history.contracts, model.history.versions, strict=True):
        found = document(contract, model.history.api, version)
        made[f"openapi/{version.id}.json"] = to_json(found)
    made |= {f"tests/generated/{name}": body for name, body in _tests(model)}
    return made


def _package(model: Model) -> Iterator[tuple[str, str]]:
    yield (
        "__init__.py",
        '"""Made from `api.yaml` and kept up by the tool; changes belong in the spec or in your handlers."""\n',
    )
    for name in RUNTIME:
        yield f"{name}.py", resources("scaffold.generate").joinpath(f"runtime/{name}.py").read_text("utf-8")
    held = record_views(model.records, model.converters.keeping)
    yield "records.py", render("records.py.jinja", enums=enum_views(model.records), records=held)
    if model.meanings.tables:
        told = model.meanings
        yield "meanings.py", render("meanings.py.jinja", tables=told.tables, others=told.others)
    yield "speaking.py", render("speaking.py.jinja", **_view(speaking_view(model.history, model.converters)))
    yield "hooks.py", render("hooks.py.jinja", hooks=model.hooks)
    yield "storage.py", render("storage.py.jinja", **_view(storage_view(model.tables, model.records)))
    flags = behaviours(model.history)
    if flags:
        yield "behaviour.py", render("behaviour.py.jinja", behaviours=flags, behaving=behaving(model.history))
    asked = wanted(model.history, model.records)
    if asked:
        ids = [text(version.id) for version in model.history.versions]
        yield "wanted.py", render("wanted.py.jinja", wanted=asked.values(), versions=ids)
    yield "handlers.py", render("handlers.py.jinja", handlers=model.handlers, behaviours=flags, wanted=asked)
    undecided = undecided_operations(model.routes)
    given = {v: e for v, e in example_files(model.history, undecided).items() if e}
    examples = {version: f"{package_of(version)}/examples.json" for version in given}
    for version, path in examples.items():
        yield path, json.dumps(given[version], indent=1, ensure_ascii=False) + "\n"
    versions = version_views(model.history, model.routes, examples=examples, undecided=undecided)
    yield "versions.py", render("versions.py.jinja", versions=versions)
    deprecated = deprecations_views(model.history)
    if deprecated:
        yield "deprecations.py", render("deprecations.py.jinja", versions=deprecated)
    guarded = asks(model.history)
    if guarded:
        for name in GUARD:
            yield f"{name}.py", resources("scaffold.generate").joinpath(f"runtime/{name}.py").read_text("utf-8")
        yield "access.py", render("access.py.jinja", **_view(access_view(model.history)))
    api, made = model.history.api, readers(model.history.locating)
    unspecified = model.history.unspecified if model.history.located else model.history.versions[0].id
    yield (
        "app.py",
        render(
            "app.py.jinja",
            handlers=model.handlers,
            title=text(api.title),
            base_path=text(api.base_path),
            env_name=text(re.sub(r"\W", "_", model.package).upper()),
            guarded=guarded,
            deprecations=deprecated,
            unspecified=None if unspecified is None else text(unspecified),
            readers=made,
            reader_names=sorted(r.partition("(")[0] for r in made if not r.startswith("InMediaType")),
            media_types=any(r.startswith("InMediaType") for r in made),
            dates=model.history.scheme is Scheme.DATE,
            docs_at=docs_path(model.history),
            docs_path=text(docs_path(model.history)),
        ),
    )
    yield "types/__init__.py", '"""Each distinct form of each type, with its ways to and from the record."""\n'
    for module in types_modules(model.converters):
        yield f"types/{module.name}.py", render("types.py.jinja", **_view(module))
    for stated in model.routes:
        yield (
            f"{stated.package}/__init__.py",
            f'"""{stated.version}: the operations that it introduced or changed."""\n',
        )
        for routes in stated.modules:
            yield f"{stated.package}/{routes.handler.name}.py", _routes(routes)


def _routes(module: RouteModule) -> str:
    constants = dict.fromkeys(c for r in module.routes for c in r.constants)
    return render(
        "routes.py.jinja",
        doc=f"{module.version}: the operations on {module.handler.name} that it introduced or changed.",
        version=module.version,
        handler=module.handler,
        imports=module.imports,
        constants=list(constants),
        routes=module.routes,
    )


def _tests(model: Model) -> Iterator[tuple[str, str]]:
    yield from test_files(model)


def _view(view: object) -> dict[str, object]:
    return {f.name: getattr(view, f.name) for f in fields(view)}  # type: ignore[arg-type]  # every view is a dataclass


def once(model: Model) -> dict[str, str]:
    """The files that are made when they are missing and are the user's from then on."""
    base = f"src/{model.package}"
    made: dict[str, str] = {
        f"{base}/main.py": render("once/main.py.jinja", handlers=model.handlers, guarded=asks(model.history)),
        f"{base}/conversions.py": render("once/conversions.py.jinja", hooks=model.hooks),
        f"{base}/handlers/__init__.py": render("once/handlers_init.py.jinja"),
    }
    if asks(model.history):
        made[f"{base}/security.py"] = render("once/security.py.jinja")
    for handler in model.handlers:
        made[f"{base}/handlers/{handler.name}.py"] = render("once/handler.py.jinja", handler=handler)
    return made


def python_files(files: Mapping[str, str]) -> dict[str, str]:
    """Those of `files` that a formatter lays out."""
    return {path: body for path, body in files.items() if path.endswith(".py")}


__all__ = ["RUNTIME", "Model", "generated", "model", "once", "package_of", "python_files"]
