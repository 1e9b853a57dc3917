"""Law 3, direct: between a version and the record there is one converter, composed when the code is generated."""

from __future__ import annotations

import ast
from functools import cache

from hypothesis import given, settings

from benchmarks.histories import FIELDS, newest_names, renames
from scaffold.contract.history import History
from scaffold.convert.prepared import prepared
from scaffold.convert.records import records
from scaffold.generate.conversion_plan import converters
from scaffold.generate.model import model
from scaffold.generate.package import generated
from scaffold.generate.shapes import shapes
from scaffold.spec import load

from ..projects import NIGHTLY
from ..random_histories import histories
from ..random_histories.calls import calls
from ..random_histories.packages import sources

VERSIONS = 20


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """The functions of the item's types module, for a history of twenty versions."""
    made = generated(model(load(renames(VERSIONS)).history, "bench"))
    tree = ast.parse(made["src/bench/generated/types/item.py"])
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_oldest_of_twenty_versions_has_one_expression_for_each_field() -> None:
    shown = functions()["item_v1"]
    (table,) = [n for n in ast.walk(shown) if isinstance(n, ast.Dict)]
    pairs = {ast.literal_eval(k): ast.unparse(v) for k, v in zip(table.keys, table.values, strict=True) if k}
    names = newest_names(VERSIONS)
    assert pairs == {"id": "record.id", **{f: f"record.{names[f]}" for f in FIELDS}}


def test_no_converter_calls_that_of_another_version() -> None:
    for name, node in functions().items():
        called = {n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        assert not called & set(functions()), name


def test_making_a_record_from_the_oldest_version_takes_one_call() -> None:
    made = functions()["create_item_v1"]
    calls = [n for n in ast.walk(made) if isinstance(n, ast.Call)]
    assert [ast.unparse(c.func) for c in calls] == ["records.Item"]
    given = {k.arg: ast.unparse(k.value) for k in calls[0].keywords}
    names = newest_names(VERSIONS)
    assert given == {"id": "UNASSIGNED", **{names[f]: f"payload['{f}']" for f in FIELDS}}


@settings(max_examples=400 if NIGHTLY else 40)  # `test_machine.py` looks at those that it draws, too
@given(histories() | calls())
def test_a_converter_calls_only_those_of_its_own_version(history: History) -> None:
    history = prepared(history)
    made = converters(history, records(history), shapes(history))
    texts = sources(made)
    own: dict[str, set[str]] = {}
    for side, mode in made.of:
        found = made.of[side, mode]
        own.setdefault(side.version, set()).add(found.name)
    names = {c.name for c in made.all}
    for converter in made.all:
        for node in ast.walk(ast.parse(texts[f"types.{converter.module}"])):
            if isinstance(node, ast.FunctionDef) and node.name == converter.name:
                called = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                called |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
                assert called & names <= own[converter.side.version], converter.name
