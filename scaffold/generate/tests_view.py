"""The tests of a generated project, as text: stored clients, round trips, documents and the calendar."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..contract.error_form import Errors
from ..contract.expand import expanded
from ..contract.history import History
from ..contract.locating import Place
from ..contract.prefix import prefix_of
from ..convert.identifiers import with_identifiers
from ..openapi import document, to_json
from .access_view import asks
from .behaviour_view import behaviours
from .error_forms import served_form
from .locating_view import documents, suffix
from .mentions import Names
from .model import Model
from .owners_view import owners
from .python import text
from .render import render
from .tests_calendar import brownout_rows, lifecycle_headers, served_rows, stage_rows
from .tests_clients import Clients, client_files, clients
from .tests_forms import TypeView, type_views
from .tests_held_back import held_cases, opt_ins
from .tests_witnesses import Witness, witnesses
from .versions_view import undecided_operations


@dataclass(frozen=True)
class ErrorsView:
    """How a version writes errors: the media type, and the members that every error has, as an expression."""

    media_type: str
    always: str

    @classmethod
    def of(cls, errors: Errors) -> ErrorsView:
        """The same of a contract."""
        form = served_form(errors)
        always = ", ".join(text(name) for name in form.schema().get("required", ()))
        return cls(form.media_type, f"{{{always}}}" if always else "set()")


def test_files(model: Model) -> Iterator[tuple[str, str]]:
    """The files of `tests/generated/`, by name, as text; Python is still to be laid out."""
    names = Names(model.converters, "")
    types = tuple(type_views(model.converters, names))
    form_of = {(t.name, version): form for t in types for version, form in t.form_of}
    made = clients(
        with_identifiers(expanded(model.history)), model.records, form_of, undecided_operations(model.routes)
    )
    ways = frozenset[str]().union(*(t.ways for t in types))
    stages = stage_rows(model.history.whole)
    hooks = [h for h in model.hooks if not h.of_record]  # those are called wherever their records are shown
    errors = {c.version: ErrorsView.of(c.errors) for c in model.history.contracts}
    view: dict[str, object] = {
        "package": model.package,
        "base_path": text(model.history.api.base_path.rstrip("/")),
        "places": {v.id: text(model.history.place(v.id)) for v in model.history.versions},
        "located": model.history.located,
        "suffixes": {v.id: suffix(model.history, v.id) for v in model.history.versions},
        "documents": documents(model.history.whole),
        "naming": model.history.locating.first,
        "beside": any(place is not Place.PATH for place in model.history.locating.places),
        "media_type": model.history.locating.media_type,
        "typed": Place.MEDIA_TYPE in model.history.locating.places,
        "backports": bool(model.history.backported),
        "only": model.history.versions[0].id,
        "postponing": text(re.sub(r"\W", "_", model.package).upper() + "_SUNSET_"),
        "guarded": asks(model.history),
        "opt_ins": [text(h) for h in opt_ins(model.history)],
        "held": held_cases(model.history, model.records, made),
        "prefixed": any(prefix_of(contract) for contract in model.history.contracts),
        "handlers": model.handlers,
        "hooks": hooks,
        "errors": errors,
        "media_types": ", ".join(sorted({text(form.media_type) for form in errors.values()})),
        "behaviours": behaviours(model.history),
        "types": types,
        "modules": sorted(names.imports),
        "ways": ways,
        "hides": any(getattr(a.change, "hide", False) for a in model.history.applied),
        "clients": made,
        "owners": tuple(owners(model.history, model.records, made)),
        "stages": stages,
        "brownouts": brownout_rows(model.history),
        "sunsets": [v.id for v in model.history.versions if v.sunset is not None],
        "limited": any(v.clients for v in model.history.versions),
        "served": served_rows(model.history),
        "headers": {v.id: lifecycle_headers(v) for v in model.history.whole.versions},
        "dropped": [v.id for v in model.history.dropped],
    }
    yield "__init__.py", '"""Tests of what the spec promises; made with the package they test."""\n'
    seen = list(witnesses(expanded(model.history), model.records, made.documents))
    for name in _modules(types, made, ways, seen, hooked=bool(hooks), held=bool(view["held"])):
        yield name, render(f"tests/{name}.jinja", **view)
    if not model.history.located:
        yield "test_superset.py", render("tests/test_superset.py.jinja", **view)
        yield "first.json", _first(model.history)
    if behaviours(model.history):
        yield "test_behaviour.py", render("tests/test_behaviour.py.jinja", **view)
    if view["owners"]:
        yield "test_owners.py", render("tests/test_owners.py.jinja", **view)
    yield from client_files(made)
    if seen:
        yield "changes.json", json.dumps(seen, indent=2, ensure_ascii=False) + "\n"


def _modules(
    types: tuple[TypeView, ...], made: Clients, ways: frozenset[str], seen: list[Witness], *, hooked: bool, held: bool
) -> Iterator[str]:
    """The modules that have something to test: a test without cases would only be skipped."""
    yield from ("conftest.py", "comparing.py", "test_documents.py", "test_calendar.py")
    if types or hooked:
        yield "values.py"
    if types:
        yield "forms.py"
    if made.resources or made.operations:
        yield from ("sending.py", "test_old_clients.py")
    if made.examples or made.guarded:
        yield from ("schemas.py", "test_examples.py")
    if ways or hooked:
        yield "strategies.py"
    if ways:
        yield "test_round_trip.py"
    if held:
        yield "test_held_back.py"
    if hooked:
        yield "test_conversions.py"
    if seen:
        yield "test_changes.py"


def _first(history: History) -> str:
    """The document of the first version as it was on its first day."""
    version = history.versions[0]
    _, contract = next(iter(history.promises(version.id)))
    return to_json(document(contract, history.api, replace(version, releases=())))
