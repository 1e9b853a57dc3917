"""Law 10, size follows change: what does not change is not written again."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from scaffold.generate.model import model
from scaffold.generate.package import generated
from scaffold.spec import load

RESOURCES = 6


def spec(versions: int, change: str = "rename") -> str:
    """Several resources; every version after the first changes one field of the first resource, or the whole API."""
    lines = ["api: {name: x}", "resources:"]
    for r in range(RESOURCES):
        lines += [f"  R{r}:", f"    path: /r{r}", "    fields:", "      id: {type: int, key: true}", "      f1: str"]
        lines += ["    operations: [list, get, create, update, replace, delete]"]
    lines += ["versions:", "  - {id: v1, released: 2020-01-01}"]
    for v in range(2, versions + 1):
        lines += [f"  - id: v{v}", f"    released: {2020 + v}-01-01", "    changes:"]
        if change == "rename":
            lines.append(f"      - {{rename: R0.f{v - 1}, to: f{v}}}")
        else:
            key = "data" if v % 2 == 0 else "items"
            lines.append(f"      - {{change: envelope, to: {{{key}: $items, meta: {{total: $total}}}}}}")
    return "\n".join(lines) + "\n"


@cache
def made(versions: int, change: str = "rename") -> dict[str, str]:
    return generated(model(load(spec(versions, change)).history, "x"))


def code(versions: int, change: str = "rename") -> dict[str, str]:
    return {p: t for p, t in made(versions, change).items() if p.startswith("src/")}


def test_a_type_that_does_not_change_is_written_once_however_many_versions_there_are() -> None:
    for r in range(1, RESOURCES):
        path = f"src/x/generated/types/r{r}.py"
        assert made(12)[path] == made(1)[path]
        assert not any(re.search(rf"/v\d+/r{r}\.py$", p) for p in made(12) if "/v1/" not in p)


def test_a_type_that_changes_in_every_version_has_one_shape_for_each() -> None:
    text = made(12)["src/x/generated/types/r0.py"]
    shapes = re.findall(r"^class (R0V\d+)\(TypedDict\)", text, re.M)
    assert shapes == [f"R0V{v}" for v in range(1, 13)]


def test_each_version_costs_the_same() -> None:
    sizes = [sum(map(len, code(n).values())) for n in (3, 6, 9, 12)]
    steps = [b - a for a, b in pairwise(sizes)]
    assert max(steps) < 1.1 * min(steps)
    everything = sum(len(t) for p, t in code(1).items() if "/v1/" in p or "/types/" in p)
    assert steps[0] / 3 < everything, "a version that changes one type of six costs less than all of them anew"


def test_a_change_to_the_whole_api_is_one_wrapper_and_no_route() -> None:
    one, many = code(1, "envelope"), code(8, "envelope")
    differing = {p for p in many if many[p] != one.get(p)} | (one.keys() - many.keys())
    packages = {f"src/x/generated/v{v}/__init__.py" for v in range(2, 9)}
    assert differing == {"src/x/generated/versions.py", *packages}


def test_a_form_that_comes_back_is_the_one_that_was_there() -> None:
    lines = spec(1).rstrip() + "\n"
    for v, (old, new) in enumerate([("f1", "g"), ("g", "f1")], 2):
        lines += (
            f"  - id: v{v}\n    released: {2020 + v}-01-01\n    changes:\n      - {{rename: R0.{old}, to: {new}}}\n"
        )
    text = generated(model(load(lines).history, "x"))["src/x/generated/types/r0.py"]
    assert re.findall(r"^class (R0V\d+)\(TypedDict\)", text, re.M) == ["R0V1", "R0V2"]
