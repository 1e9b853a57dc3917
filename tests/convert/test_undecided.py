"""What is left undecided keeps the operations that reach it from being answered, and nothing else (law 4)."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from scaffold.contract.history import History
from scaffold.contract.message import View
from scaffold.convert.undecided import undecided
from scaffold.generate.converters import Mode
from scaffold.generate.model import model
from scaffold.generate.package import generated
from scaffold.spec import load

from ..random_histories import package

BASE = """\
api: {name: shop}
types:
  Status: {enum: [draft, published]}
  Part: {fields: {size: int, "note?": str}}
  Sent: {fields: {part: Part, "status?": Status}}
  Shown: {fields: {part: Part, status: Status}}
  Plain: {fields: {text: str}}
  Amount: {type: int, nullable: true}
  Sum: {fields: {of: Amount}}
operations:
  POST /write: {id: write, body: Sent, responses: {200: Plain}}
  POST /read: {id: read, body: Plain, responses: {200: Shown}}
  POST /other: {id: other, body: Plain, responses: {200: Plain}}
  POST /sum: {id: sum, body: Sum, responses: {200: Plain}}
  POST /total: {id: total, body: Plain, responses: {200: Sum}}
  GET /find: {id: find, parameters: {size: int}, responses: {200: Plain}}
versions:
  - {id: v1, released: 2025-01-01}
  - {id: v2, released: 2025-02-01, changes: [{rename: Plain.text, to: said}]}
next:
"""


def history(*changes: str) -> History:
    """The history with `changes` in its draft."""
    return load(BASE + indent(dedent("\n".join(changes)), "  ") + "\n").history


def hit(*changes: str) -> dict[str, set[str]]:
    """The ids of the operations that are not answered, by version."""
    found = history(*changes)
    made: dict[str, set[str]] = {}
    for version, identity in undecided(found):
        made.setdefault(version, set()).add(found.contract(version).operations_by_identity[identity].id)
    return made


def both(*ids: str) -> dict[str, set[str]]:
    """These operations, in both versions that are out."""
    return {"v1": set(ids), "v2": set(ids)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("- {change: Part.size, to: Plain, codec: undecided}", both("write", "read")),
        ("- {change: Part.note, required: true, old_sends: undecided}", both("write")),
        ("- {change: Part.size, required: false, old_sees: undecided}", both("read")),
        ("- {add: Part.weight, type: int, old_sends: undecided}", both("write")),
        ("- {remove: Part.size, old_sees: undecided}", both("read")),
        ("- {add: Status.archived, old_sees: undecided}", both("read")),
        ("- {remove: Status.draft, old_sends: undecided}", both("write")),
        ("- {change: Sum.of, to: str | bool, codec: undecided}", both("sum", "total")),
        ("- {change: Amount, nullable: false, codec: undecided}", both("sum")),
        ("- {change: 'GET /find?size', required: true, old_sends: undecided}", both("find")),
        ("- {change: 'POST /other body', to: {type: Part}, codec: undecided}", both("other")),
        ("- {change: 'POST /other 200', to: {type: Part}, codec: undecided}", both("other")),
        ("- {add: 'GET /find body', type: Part, codec: undecided}", both("find")),
        ("- {rename: Part.size, to: extent}", {}),
    ],
)
def test_only_what_reaches_the_change_in_the_open_direction_is_not_answered(
    change: str, expected: dict[str, set[str]]
) -> None:
    assert hit(change) == expected


def test_the_changes_that_are_open_are_named() -> None:
    found = undecided(history("- {change: Part.size, to: Plain, codec: undecided}", "- {add: 'Plain.x?', type: str}"))
    (said,) = {tuple(a.change.sentence() for a in changes) for changes in found.values()}
    assert said == ("Changed `Part.size`: its type to Plain.",)


def test_a_type_that_comes_back_to_what_it_was_is_no_hindrance() -> None:
    there = "- {change: Part.size, to: Plain, codec: undecided}"
    assert hit(there, "- {change: Part.size, to: int, codec: undecided}") == {}


def test_everything_else_has_its_converters_and_the_newest_version_has_all() -> None:
    with package(history("- {change: Part.size, to: Plain, codec: undecided}")) as made:
        for version in ("v1", "v2"):
            assert made.find(version, "Sent", View.INPUT, Mode.CREATE) is None
            assert made.find(version, "Shown", View.OUTPUT, Mode.SHOW) is None
            assert made.find(version, "Plain", View.INPUT, Mode.CREATE) is not None
        newest = made.history.newest.version
        given = made.sent(newest, "v1:POST /write body", {"part": {"size": {"said": "x"}}})
        assert given.part.size == made.module("records").Plain(said="x")


def test_a_project_with_open_changes_is_python() -> None:
    found = history(
        "- {change: Part.size, to: Plain, codec: undecided}",
        "- {change: 'POST /other 200', to: {type: Part}, codec: undecided}",
        "- {add: Plain.weight, type: int, old_sends: undecided}",
    )
    for path, text in generated(model(found, "shop")).items():
        if path.endswith(".py"):
            compile(text, path, "exec")
