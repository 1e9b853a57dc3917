"""Histories to measure on: one item renamed in every version, and many resources with a change each."""

from __future__ import annotations

FIELDS = ("name", "price", "qty", "tag")
KINDS = {"name": "str", "price": "float", "qty": "int", "tag": "str"}
VALUES = {"name": "widget", "price": 9.5, "qty": 3, "tag": "blue"}


def renames(versions: int) -> str:
    """The spec of an item of which every version renames one of four fields."""
    now = {f: f for f in FIELDS}
    lines = ["api: {name: bench, title: Bench}", "resources:", "  Item:", "    path: /items", "    fields:"]
    lines += ["      id: {type: int, key: true}", *(f"      {f}: {KINDS[f]}" for f in FIELDS)]
    lines += ["    operations: [list, get, create]", "versions:", "  - {id: v1, released: 2020-01-01}"]
    for k in range(2, versions + 1):
        field = FIELDS[k % 4]
        new = f"{field}_v{k}"
        lines += [f"  - id: v{k}", f"    released: {2020 + k // 12}-{k % 12 + 1:02d}-01", "    changes:"]
        lines.append(f"      - {{rename: Item.{now[field]}, to: {new}}}")
        now[field] = new
    return "\n".join(lines) + "\n"


def newest_names(versions: int) -> dict[str, str]:
    """What each field of v1 is called in the last version."""
    now = {f: f for f in FIELDS}
    for k in range(2, versions + 1):
        now[FIELDS[k % 4]] = f"{FIELDS[k % 4]}_v{k}"
    return now


def wide(resources: int, versions: int) -> str:
    """The spec of many resources, each with one change in every version after the first."""
    lines = ["api: {name: big, title: Big}", "types:"]
    lines += [f"  Status{r}: {{enum: [a, b, d]}}" for r in range(resources)]
    lines.append("resources:")
    for r in range(resources):
        lines += [f"  Res{r}:", f"    path: /res{r}", "    fields:", "      id: {type: int, key: true}"]
        lines += [f"      f{v}{_mark(r, v)}: {_kind(r, v)}" for v in range(2, versions + 1) if (r + v) % 6 != 0]
        lines += [f"      p{j}?: str" for j in range(5)] + [f"      status: Status{r}"]
    lines += ["versions:", "  - {id: v1, released: 2020-01-01}"]
    for v in range(2, versions + 1):
        lines += [f"  - id: v{v}", f"    released: {2020 + v}-01-01", "    changes:"]
        for r in range(resources):
            lines += _change(r, v)
    return "\n".join(lines) + "\n"


def _mark(r: int, v: int) -> str:
    return "?" if (r + v) % 6 == 5 else ""


def _kind(r: int, v: int) -> str:
    return "float" if (r + v) % 6 == 5 else "int" if (r + v) % 6 in (1, 3) else "str"


def _change(r: int, v: int) -> list[str]:
    at = f"Res{r}.f{v}"
    return [
        [f"      - {{add: '{at}?', type: str}}"],
        [f"      - {{remove: {at}, old_sees: 0}}"],
        [f"      - {{rename: {at}, to: g{v}}}"],
        [f"      - {{change: {at}, to: str, old_sees: 0}}"],
        [f"      - {{change: {at}, required: false, old_sees: ''}}"],
        [f"      - {{change: {at}, required: true, old_sends: 0.5}}"],
    ][(r + v) % 6]
