"""Where callers are led: the same operation in the next stable version, and the guide."""

from __future__ import annotations

from collections.abc import Iterator

from ...contract.operation import Operation
from ..runtime.ways import Way
from .maps import Map
from .text import filled, literal, path_pattern, plain
from .timetable import State, Timetable


def linking(table: Timetable, word: str) -> Iterator[Map]:
    """The maps to `_operation`, `_successor` and `_link`."""
    dollar = f"{word}_dollar"
    states = [s for of in table.states.values() for s in of]
    needed = {s.version for s in states if (s.linked and s.guides) or s.own}
    source = f"${word}_version $request_method ${word}_rest"
    made = Map("The operation, where something is said of it", source, f"${word}_operation", "")
    yield made.with_rows(row for id_ in table.states if id_ in needed for row in _operations(table, id_))
    made = Map("Its place in the guide", f"${word}_operation", f"${word}_anchor", "")
    ids = dict.fromkeys(o.id for c in table.history.contracts if c.version in needed for o in c.operations)
    yield made.with_rows((f"~^{literal(id_)}$", f"#{id_.replace('_', '-')}") for id_ in ids)
    guides = {s.id: [plain(part, dollar) for part in s.guides] for s in states if s.linked and s.guides}
    made = Map("The guide", f"${word}_state", f"${word}_guides", "")
    yield made.with_rows((id_, f"{before}${{{word}_anchor}}{after}") for id_, (before, after) in guides.items())
    source = f"${word}_state:${word}_way $request_method ${word}_rest"
    made = Map("The same in the next stable version", source, f"${word}_successor", "")
    leading = [(s, way) for s in states if s.linked or s.answer for way, _ in s.places if way in table.ways]
    yield made.with_rows(row for state, way in leading for row in _led(table, state, way, word))
    made = Map("Whether it is told", f"${word}_state", f"${word}_linked", "")
    yield made.with_rows((s.id, "1") for s in states if s.linked)
    yield Map("The link to it", f"${word}_linked:${word}_successor", f"${word}_leading", "").with_rows(
        [(f"~^1:(?<{word}_l>.+)$", f'<${word}_l>; rel="successor-version"')]
    )
    yield Map("What stands between two links", f"${word}_leading:${word}_guides", f"${word}_comma", "").with_rows(
        [("~^.+:<", ", ")]
    )


def _operations(table: Timetable, id_: str) -> Iterator[tuple[str, str]]:
    """Operations by method and path, as the program finds them; of another method the first of the path."""
    found = sorted(table.history.contract(id_).operations, key=lambda o: ["{" in part for part in o.path.split("/")])
    for operation in found:
        yield f"~^{literal(id_)} {_methods(operation)} {path_pattern(operation.path)[0]}$", operation.id
    for operation in found:
        yield f"~^{literal(id_)} [A-Z]+ {path_pattern(operation.path)[0]}$", operation.id


def _methods(operation: Operation) -> str:
    return "(?:GET|HEAD)" if operation.method == "GET" else operation.method


def _led(table: Timetable, state: State, way: Way, word: str) -> Iterator[tuple[str, str]]:
    place, base = dict(state.places)[way], table.calendar.bases[state.version]
    prefix, suffix = place.prefix, place.suffix
    for moved in state.moved:
        pattern, names = path_pattern(moved.path, captured=f"{word}_p")
        methods = {"": "[A-Z]+", "GET": "(?:GET|HEAD)"}.get(moved.method, moved.method)
        same = way is Way.BESIDE and (prefix, moved.target) == (base, moved.path)
        target = "" if moved.target is None or same else f"{prefix}{filled(moved.target, names)}{suffix}"
        yield f"~^{state.id}:{way} {methods} {pattern}$", target
    if way is not Way.BESIDE or prefix != base:
        yield f"~^{state.id}:{way} [A-Z]+ (?<{word}_s>.*)$", f"{prefix}${{{word}_s}}{suffix}"
