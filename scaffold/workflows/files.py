"""Every file that a project should have, and the plan that gets it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from ..contract.history import History
from ..convert.prepared import prepared
from ..convert.records import records
from ..diagnostics import Diagnostic, ScaffoldError, Severity
from ..generate.access_view import asks
from ..generate.handlers_view import handler_name, handlers
from ..generate.hooks_view import hook_views
from ..generate.package import Model, generated, model, once
from ..generate.pages import guide_page, problems_page, stylesheet, version_pages
from ..guide import changelog, guide, render_markdown
from ..project.files import File, Owner
from ..project.layout import CHANGELOG, WORK, Project
from ..project.lock import Lock, Released
from ..project.plan import Plan, make_plan
from ..project.ruff import format_files
from ..project.unasked import Given, Passed, unasked, unpassed
from ..project.wiring import Expected, lacking, lacking_functions
from .outcome import Findings
from .project_state import State, released_addressing, released_digests
from .readdressing import readdressed

SCHEMA = f"{WORK}/spec.schema.json"


def wanted_files(made: Model, project: Project) -> list[File]:
    """The tool's files for a history, and the user's that are made once."""
    tool, yours = generated(made), once(made)
    tidy = format_files({**tool, **yours}, packages=[project.package])
    files = [File(path, tidy[path], Owner.TOOL if path in tool else Owner.USER_ONCE) for path in tidy]
    return [*files, *_prose(made, project), *_pages(made, project), _schema()]


def _prose(made: Model, project: Project) -> Iterable[File]:
    """What is told of every version, also of those that were dropped: their clients may still have to move on."""
    history = made.history.whole
    for older, newer in pairwise(v.id for v in history.versions):
        markdown = render_markdown(guide(history, older, newer))
        yield File(project.guide(older, newer), markdown)
        name, page = guide_page(history, older, newer, markdown)
        yield File(project.page(name), page)
    yield File(CHANGELOG, changelog(history))


def _pages(made: Model, project: Project) -> Iterable[File]:
    """The documentation as the program serves it; of what was dropped too, for those who still have to leave it."""
    for name, page in version_pages(made.history.whole):
        yield File(project.page(name), page)
    name, page = problems_page(made.history)
    yield File(project.page(name), page)
    yield File(project.page("style.css"), stylesheet())


def _schema() -> File:
    import json

    from ..spec import schema

    return File(SCHEMA, json.dumps(schema(), indent=2, ensure_ascii=False) + "\n")


def new_lock(history: History, project: Project, old: Lock | None) -> Lock:
    """The lock after generating `history`: released contracts, those that the old lock knew included."""
    return Lock(
        package=project.package,
        versions=released_digests(history),
        draft=any(v.draft for v in history.versions),
        files={} if old is None else old.files,
        addressing=released_addressing(history),
    )


def plan_files(root: Path, project: Project, history: History, old: Lock | None, extra: Iterable[File] = ()) -> Plan:
    """What has to happen in the folder `root` so that it is what `history` says."""
    files = [*wanted_files(model(history, project.package), project), *extra]
    return make_plan(root, files, old, new_lock(history, project, old))


def unwired(project: Project, history: History) -> tuple[Diagnostic, ...]:
    """What the user's code still has to say for the program of `history` to start."""
    history = prepared(history)
    expected = [
        Expected(
            name=h.name,
            base=h.base,
            stubs={m.name: f"async def {m.name}({m.signature}) -> {m.returns}:" for m in h.abstract},
            value=f"{h.name}_provider",
            source=f"from .handlers.{h.name} import {h.name}_provider",
        )
        for h in handlers(history, records(history))
    ]
    if asks(history):
        source = "from .security import authenticate"
        expected.append(Expected(name="authenticate", base="", stubs={}, value="authenticate", source=source))
    stubs = {view.name: view.stub for view in hook_views(history)}
    module = f"{project.source}/conversions.py"
    return (
        *lacking(project.root, project.package, expected),
        *lacking_functions(project.root, module, stubs),
        *not_asked_for(project, history)[0],
    )


def not_asked_for(project: Project, history: History) -> tuple[tuple[Diagnostic, ...], str]:
    """What the user's code gives the program that only dropped versions asked for, and the patch that takes it out."""
    if not history.dropped:
        return (), ""
    left = {handler_name(o.handler) for c in history.served.contracts for o in c.operations}
    ever = dict.fromkeys(handler_name(o.handler) for c in history.whole.contracts for o in c.operations)
    gone = [Given(name, f"handlers.{name}") for name in ever if name not in left]
    found, patch = unasked(project.root, project.package, gone)
    return (*found, *unpassed(project.root, project.package, list(_passed(history)))), patch


def _passed(history: History) -> Iterator[Passed]:
    """What methods of handlers were passed while the dropped versions were there, and are not any more."""
    whole = history.whole
    before = prepared(replace(whole, versions=tuple(replace(v, dropped=None) for v in whole.versions)))
    after = prepared(history)
    left = {(h.base, m.name): m for h in handlers(after, records(after)) for m in h.methods}
    for handler in handlers(before, records(before)):
        for method in handler.methods:
            now = left.get((handler.base, method.name))
            if now is not None:
                kept = {a.name for a in (*now.arguments, *now.more)}
                yield Passed(
                    handler.base,
                    method.name,
                    frozenset(a.name for a in (*method.arguments, *method.more) if a.name not in kept),
                )


def broken_promises(state: State, today: date) -> tuple[Diagnostic, ...]:
    """What was released and is not what the lock says (law 1): contracts, and how clients reach them."""
    if state.lock is None:
        return ()
    now = released_digests(state.history)
    found: list[Diagnostic] = []
    for version, promised in state.lock.versions.items():
        found += _compare(state, version, promised, now.get(version))
    return (*found, *(d for d in readdressed(state, today) if d.severity is Severity.ERROR))


def _compare(state: State, version: str, promised: Released, now: Released | None) -> Iterable[Diagnostic]:
    span = state.loaded.spans.key("versions") if state.loaded.spec.versions else None
    for position, stated in enumerate(state.loaded.spec.versions):
        if stated.id == version:
            span = state.loaded.spans.of("versions", position, "id")
    if now is None:
        yield Diagnostic(
            "SC431",
            f"{version} was released, and the spec no longer has it as released",
            span,
            help="put it back; a version that is retired and that nobody calls goes with `scaffold drop-version`",
        )
        return
    if promised.dropped is not None and now.dropped is None:
        yield Diagnostic(
            "SC594",
            f"{version} was dropped on {promised.dropped}, and the spec has it as if it were served",
            span,
            help=f"write `dropped: {promised.dropped}` back, or take it back with `scaffold drop-version "
            f"{version} --undo`",
        )
    if now.digest != promised.digest:
        yield Diagnostic(
            "SC432",
            f"the contract of {version} is not what was released",
            span,
            help="take the edit back, and declare the change under `next:`",
            notes=("`git diff api.yaml` shows what was edited",),
        )
    for release, digest_ in promised.releases.items():
        if now.releases.get(release) != digest_:
            yield Diagnostic(
                "SC432",
                f"the contract of {release} is not what was released",
                span,
                help="take the edit back, and declare the change under `next:`",
            )


def require_promises(state: State, today: date) -> None:
    """Raise every broken promise as one error."""
    broken = broken_promises(state, today)
    if broken:
        raise ScaffoldError(broken)


def require_clean(plan: Plan) -> None:
    """Raise what the plan refuses, so that nothing is written."""
    if plan.refused:
        raise Findings(plan.problems())
