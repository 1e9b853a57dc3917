"""A resource that is called otherwise takes its operations along, unless the spec says where they are."""

from __future__ import annotations

import pytest

from scaffold.compat.rules import judge
from scaffold.contract.digest import digest
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load
from scaffold.spec.writing import spec_files

HEAD = """
api: {name: shop, title: Shop API, base_path: /api}
versioning: {scheme: major, locate: [path]}
types:
  Note: {fields: {text: str}}
resources:
  OrderLine:
    path: /order-lines
    fields: {id: {type: int, key: true}, name: str}
  Company:
    path: /companies
    fields: {id: {type: int, key: true}, name: str}
operations:
  POST /order-lines/{id}/cancel: {response: OrderLine}
versions:
  - {id: v1, released: 2025-01-15}
  - id: v2
    released: 2026-01-15
    changes:
"""


def spec(*changes: str) -> str:
    return HEAD + "".join(f"      - {c}\n" for c in changes)


@pytest.mark.parametrize(
    ("change", "path", "ids"),
    [
        ("{rename: OrderLine, to: OrderItem}", "/order-items", ("list_order_items", "get_order_item")),
        ("{rename: OrderLine, to: Entry}", "/entries", ("list_entries", "get_entry")),
        ("{rename: OrderLine, to: Box, path: /things}", "/things", ("list_things", "get_box")),
        ("{rename: OrderLine, to: Box, path: /order-lines}", "/order-lines", ("list_order_lines", "get_order_line")),
    ],
)
def test_paths_follow_the_name_they_were_made_of(change, path, ids):
    history = load(spec(change)).history
    (resource,) = [r for r in history.newest.resources.values() if r.type != "Company"]
    assert resource.path == path
    mine = [o for o in history.newest.operations if o.resource == resource.type]
    assert {o.path for o in mine} == {path, f"{path}/{{id}}"}
    assert {o.id for o in mine} >= set(ids)
    assert history.newest.operation("POST", f"{path}/{{id}}/cancel") is not None
    assert load(spec_files(history)).history.contracts == history.contracts


def test_it_is_undone_exactly_and_breaks_who_calls_the_old_paths():
    (applied,) = load(spec("{rename: Company, to: Firm}")).history.applied
    back = applied.change.inverse(applied.before).apply(applied.after, "v3")
    assert digest(back) == digest(applied.before)
    found = judge(applied)
    assert (str(found.request), str(found.response)) == ("breaking", "risky")
    assert applied.change.sentence() == "Renamed resource `Company` to `Firm`, at `/firms`."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("{rename: Note, to: Memo, path: /memos}", "`Note` is no resource and has no path"),
        ("{rename: Company, to: Firm, path: /order-lines}", "an operation `GET /order-lines` is there already"),
        ("{rename: Company.name, to: title, path: /x}", "`path` says nothing about `Company.name`"),
    ],
)
def test_a_path_that_cannot_be_is_refused(change, told):
    with pytest.raises(ScaffoldError) as caught:
        load(spec(change))
    assert told in [d.message for d in caught.value.diagnostics]
