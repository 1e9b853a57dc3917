"""How contracts stand to each other: whether two are one API at all, and whether several are in order of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ...contract.contract import Contract
from ...contract.named_types import ObjectType
from .comparing import is_inline

HARDLY = 0.25
"""Two contracts that share less than this are hardly the same API; operations count for more than types."""


def unrelated(old: Contract, new: Contract) -> str | None:
    """How little two contracts share, in a sentence, where they are hardly the same API; else None."""
    operations = [{(o.method, re.sub(r"{[^}]*}", "{}", o.path)) for o in c.operations} for c in (old, new)]
    types = [_types(c) for c in (old, new)]
    ids = [{o.id for o in c.operations} for c in (old, new)]
    met = max(len(operations[0] & operations[1]), len(ids[0] & ids[1]))
    fewer_operations = min(len(operations[0]), len(operations[1]))
    shared = {n for n in types[0].keys() & types[1].keys() if _related(types[0][n], types[1][n])}
    fewer_types = min(len(types[0]), len(types[1]))
    shares = [(0.6, met, fewer_operations), (0.4, len(shared), fewer_types)]
    weight = sum(w for w, _, of in shares if of)
    if not weight or sum(w * part / of for w, part, of in shares if of) >= HARDLY * weight:
        return None
    return (
        f"{old.version} and {new.version} share {met} of {fewer_operations} operations "
        f"and {len(shared)} of {fewer_types} types: they are hardly the same API"
    )


def _types(contract: Contract) -> dict[str, set[str]]:
    return {
        n: {f.name for f in t.fields} if isinstance(t, ObjectType) else set()
        for n, t in contract.types.items()
        if not is_inline(t)
    }


def _related(one: set[str], other: set[str]) -> bool:
    """Whether two types of one name have something in common."""
    return one == other or bool(one & other)


def order(contracts: Sequence[Contract]) -> tuple[str, ...]:
    """What makes it likely that `contracts` are not in order of time, one sentence each; nothing where they seem to be.

    It looks at the version that each document states, and at marks of deprecation: what is deprecated stays so.
    """
    return tuple(line for old, new in pairwise(contracts) for line in _backwards(old, new))


def _backwards(old: Contract, new: Contract) -> list[str]:
    found = []
    stated = [(c.extra.get("info") or {}).get("version") for c in (old, new)]
    numbers = [[int(n) for n in re.findall(r"\d+", s)] if isinstance(s, str) else [] for s in stated]
    if numbers[0] and numbers[1] and numbers[0] > numbers[1]:
        found.append(
            f"{new.version} comes after {old.version}, but its document says version {stated[1]}, "
            f"and the one before says {stated[0]}"
        )
    marks = [_deprecated(c) for c in (old, new)]
    undone = (marks[0][0] & marks[1][1]) - marks[1][0]
    done = (marks[1][0] & marks[0][1]) - marks[0][0]
    if len(undone) > len(done):
        some = ", ".join(f"`{at}`" for at in sorted(undone)[:3])
        found.append(f"what {old.version} calls deprecated is not so in {new.version}: {some}")
    return found


def _deprecated(contract: Contract) -> tuple[set[str], set[str]]:
    """The addresses that are marked as deprecated, and all that could be."""
    every = {o.address: o.deprecated for o in contract.operations}
    for type_ in contract.types.values():
        if isinstance(type_, ObjectType):
            every |= {f"{type_.name}.{f.name}": f.deprecated for f in type_.fields}
    return {at for at, mark in every.items() if mark}, set(every)
