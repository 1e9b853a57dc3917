"""Values as lines of YAML: in braces on one line where that is short, else one key a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from .scalars import Line, inline, lines, number

WIDTH = 100
"""How many columns a line has at most, where it can be broken."""
DEPTH = 2
"""How many mappings may stand in one another on one line."""
MANY = 12
"""From how many on single values share lines."""
SHORT = 64
"""How long each of them is at most."""
_KEY = 1000
"""How long a key may be that stands on one line with its value (YAML 1.2, 7.4.2: 1024 characters)."""

Value: TypeAlias = Any
"""None, bool, int, float, str, or a list or a mapping of them."""


class Block(dict[str, Value]):
    """A mapping that has one key a line, always; `comment` stands above it."""

    comment: str | None = None


class Spaced(Block):
    """Such a mapping with blank lines round what takes several lines; a text may end in one of its own."""


class Members(dict[str, Value]):
    """A mapping from names that people choose: on one line only where each has a single word."""


class SpacedList(list[Value]):
    """A list with blank lines between its items."""


def mapping(value: Mapping[str, Value], indent: int = 0) -> list[str]:
    """`value` as lines, one key after the other, `indent` columns from the left."""
    made: list[str] = []
    spaced, before = isinstance(value, Spaced), 0
    for key, held in value.items():
        entry = _entry(key, held, indent)
        if spaced and made and made[-1] and (len(entry) > 1 or before > 1):
            made.append("")
        made += entry
        before = len(entry)
    return made


def sequence(value: Sequence[Value], indent: int = 0) -> list[str]:
    """`value` as lines with dashes, which stand `indent` columns from the left."""
    made: list[str] = []
    for item in value:
        if made and made[-1] and isinstance(value, SpacedList):
            made.append("")
        comment = getattr(item, "comment", None)
        if comment is not None:
            made += [f"{' ' * indent}# {line}" for line in comment.split("\n")]
        made += _item(item, indent)
    return made


def flow(value: Value, room: int, depth: int = DEPTH) -> str | None:
    """`value` on one line of `room` columns; None where it takes more, or would be hard to read."""
    if isinstance(value, str):
        if "\n" in value or len(value) > room:
            return None
        made = inline(value, flow=True)
    elif isinstance(value, Block):
        return None if value else "{}"
    elif isinstance(value, Mapping):
        return _flow_mapping(value, room, depth)
    elif isinstance(value, list | tuple):
        return _flow_list(value, room, depth)
    else:
        made = plain(value)
    return made if len(made) <= room else None


def _flow_mapping(value: Mapping[str, Value], room: int, depth: int) -> str | None:
    if not value:
        return "{}"
    if not depth or (isinstance(value, Members) and not _single_words(value)):
        return None
    left = room - 2
    parts = []
    for key, held in value.items():
        name = inline(key, flow=True)
        one = flow(held, left - len(name) - 2, depth - 1)
        if one is None:
            return None
        parts.append(f"{name}: {one}")
        left -= len(parts[-1]) + 2
    return "{" + ", ".join(parts) + "}" if left >= -2 else None


def _single_words(value: Mapping[str, Value]) -> bool:
    return all(
        not isinstance(held, Mapping | list | tuple) and inline(key, flow=True) == key for key, held in value.items()
    )


def _flow_list(value: Sequence[Value], room: int, depth: int) -> str | None:
    if not value:
        return "[]"
    left = room - 2
    parts = []
    for item in value:
        one = flow(item, left, depth)
        if one is None:
            return None
        parts.append(one)
        left -= len(one) + 2
    return "[" + ", ".join(parts) + "]" if left >= -2 else None


def plain(value: bool | int | float | None) -> str:
    """A value that is no text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value)


def _entry(key: str, value: Value, indent: int) -> list[str]:
    space = " " * indent
    name = inline(key)
    if len(name) > _KEY:
        first, *rest = _value(value, indent + 2, len(space) + 2)
        return [f"{space}? {name}", *_under(f"{space}:", first, rest)]
    first, *rest = _value(value, indent + 2, len(space) + len(name) + 2)
    return _under(f"{space}{name}:", first, rest)


def _item(value: Value, indent: int) -> list[str]:
    space = " " * indent
    if isinstance(value, Mapping) and value and flow(value, WIDTH - indent - 2) is None:
        first, *rest = mapping(value, indent + 2)
        return [f"{space}- {first[indent + 2 :]}", *rest]
    if isinstance(value, list | tuple) and value and flow(value, WIDTH - indent - 2) is None:
        first, *rest = sequence(value, indent + 2)
        return [f"{space}- {first[indent + 2 :]}", *rest]
    first, *rest = _value(value, indent + 2, indent + 2)
    return _under(f"{space}-", first, rest)


def _under(head: str, first: str, rest: list[str]) -> list[str]:
    return [f"{head} {first}" if first else head, *rest]


def _value(value: Value, indent: int, column: int) -> list[str]:
    """What stands behind a key that ends at `column`, and the lines below it; the first is empty for a block."""
    if isinstance(value, str):
        return _text(value, indent, column)
    one = flow(value, WIDTH - column)
    if one is not None:
        return [one]
    if isinstance(value, Mapping):
        return ["", *mapping(value, indent)]
    if isinstance(value, list | tuple):
        return _several(value, indent, column) or ["", *sequence(value, indent)]
    return [plain(value)]


def _several(value: Sequence[Value], indent: int, column: int) -> list[str]:
    """Many short values in brackets, over several lines; nothing where they are few, long or no single values."""
    parts = [flow(item, SHORT) for item in value if not isinstance(item, Mapping | list | tuple)]
    if len(value) < MANY or len(parts) < len(value) or None in parts:
        return []
    made: list[str] = []
    line = "["
    for position, part in enumerate(parts, 1):
        word = f"{part}{']' if position == len(parts) else ','}"
        room = WIDTH - (indent if made else column)
        if line != "[" and len(line) + 1 + len(word) > room:
            made.append(line)
            line = word
        else:
            line = f"{line}{'' if line == '[' else ' '}{word}"
    space = " " * indent
    return [(space if at else "") + one for at, one in enumerate([*made, line])]


def _text(text: str, indent: int, column: int) -> list[str]:
    one = inline(text)
    if isinstance(text, Line) or (len(one) <= WIDTH - column and "\n" not in text):
        return [one]
    first, *rest = lines(text, max(WIDTH - indent, 40))
    space = " " * indent
    return [first, *(f"{space}{line}" if line else "" for line in rest)]
