"""What mentions what: groups that lead back to themselves, each after the groups it mentions."""

from __future__ import annotations

from collections.abc import Mapping, Set


def together(mentions: Mapping[str, Set[str]]) -> list[list[str]]:
    """The strongly connected groups of a graph, mentioned ones first (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    held: set[str] = set()
    found: list[list[str]] = []
    order = {name: place for place, name in enumerate(mentions)}
    for root in mentions:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        held.add(root)
        waiting = [(root, iter(sorted(mentions[root])))]
        while waiting:
            name, left = waiting[-1]
            for other in left:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    held.add(other)
                    waiting.append((other, iter(sorted(mentions[other]))))
                    break
                if other in held:
                    low[name] = min(low[name], index[other])
            else:
                waiting.pop()
                if waiting:
                    low[waiting[-1][0]] = min(low[waiting[-1][0]], low[name])
                if low[name] == index[name]:
                    at = stack.index(name)
                    group = stack[at:]
                    del stack[at:]
                    held.difference_update(group)
                    found.append(sorted(group, key=order.__getitem__))
    return found
