"""The nodes of a spec: texts, lists and mappings, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..diagnostics import Span


@dataclass(frozen=True, slots=True, eq=False)
class ScalarNode:
    """A single value: its text as YAML reads it, `quoted` when it can only be a text.

    `key` is the key it stands under.
    """

    span: Span
    start: int
    end: int
    key: ScalarNode | None
    text: str
    quoted: bool

    @property
    def mark(self) -> Span:
        """Where to point at."""
        return self.span


@dataclass(frozen=True, slots=True, eq=False)
class ListNode:
    """A list of nodes; `flow` when it is written in brackets."""

    span: Span
    start: int
    end: int
    key: ScalarNode | None
    items: tuple[Node, ...]
    flow: bool

    @property
    def mark(self) -> Span:
        """Where to point at: the key it stands under."""
        return self.span if self.key is None else self.key.span


@dataclass(frozen=True, slots=True, eq=False)
class MapNode:
    """A mapping from texts to nodes; `flow` when it is written in braces."""

    span: Span
    start: int
    end: int
    key: ScalarNode | None
    entries: Mapping[str, Node]
    flow: bool

    @property
    def mark(self) -> Span:
        """Where to point at: the key it stands under, else its first key."""
        if self.key is not None:
            return self.key.span
        first = next(iter(self.entries.values()), None)
        return self.span if first is None or first.key is None else first.key.span


Node = ScalarNode | ListNode | MapNode
