"""YAML text as JSON values (YAML 1.2, core schema), from parse events: one pass, nothing constructed but JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ...diagnostics import Diagnostic, ScaffoldError, Span
from .problems import child

MAX_DEPTH = 200
MAX_VALUES = 20_000_000
"""Values that a text may stand for, with every alias written out."""

_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_TAGS = {f"tag:yaml.org,2002:{name}": name for name in ("str", "int", "float", "bool", "null", "map", "seq")}


def read_yaml(text: str, file: str) -> Any:
    """The JSON value that `text` says.

    Raises:
        ScaffoldError: SC700 for broken text, SC703 for one nested too deeply, SC704 for keys that stand twice.
    """
    reader = _Reader(file)
    value: Any = None
    try:
        value = reader.read(_events(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        problem = str(error.problem or error.context or "unreadable")
        help_ = "the file may be cut off here" if "expected" in problem or "end" in problem else None
        span = Span(file, line, column, line, column + 1)
        reader.found.append(Diagnostic("SC700", f"`{file}` is not YAML: {problem}", span, help_))
    except (YAMLError, UnicodeError) as error:
        span = Span(file, 1, 1, 1, 1)
        reader.found.append(Diagnostic("SC700", f"`{file}` is not YAML: {str(error).splitlines()[0]}", span))
    if reader.found:
        raise ScaffoldError(reader.found)
    return value


def locate(text: str, file: str, places: frozenset[str]) -> dict[str, Span]:
    """Where the values at the JSON pointers `places` begin, those of them that are there."""
    reader = _Reader(file, places)
    try:
        reader.read(_events(text))
    except YAMLError:
        return {}
    return reader.spans


def _events(text: str) -> Iterator[Event]:
    events: Iterator[Event] = YAML(typ="safe", pure=False).parse(text)
    return events


class _Open:
    """A list or a mapping that is being read."""

    __slots__ = ("anchor", "at", "items", "key", "mapping", "merged", "size")

    def __init__(self, mapping: bool, anchor: str | None, at: str) -> None:
        self.mapping = mapping
        self.anchor = anchor
        self.at = at
        self.key: str | None = None
        self.items: Any = {} if mapping else []
        self.merged: list[Any] = []
        self.size = 1


class _Reader:
    """Builds JSON values; `places` are pointers whose spans are wanted, `found` is what is wrong."""

    def __init__(self, file: str, places: frozenset[str] = frozenset()) -> None:
        self.file = file
        self.places = places
        self.spans: dict[str, Span] = {}
        self.found: list[Diagnostic] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open_: list[_Open] = []
        self.root: Any = None
        self.documents = 0

    def read(self, events: Iterator[Event]) -> Any:
        for event in events:
            if isinstance(event, ScalarEvent):
                self.scalar(event)
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                if len(self.open_) >= MAX_DEPTH:
                    raise ScaffoldError(self.problem("SC703", f"it is nested more than {MAX_DEPTH} deep", event))
                self.mark(event)
                at = self.here() if self.places else ""
                self.open_.append(_Open(isinstance(event, MappingStartEvent), event.anchor, at))
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                self.close(event)
            elif isinstance(event, AliasEvent):
                if event.anchor not in self.anchors:
                    raise ScaffoldError(self.problem("SC700", f"`*{event.anchor}` stands for nothing", event))
                value, size = self.anchors[event.anchor]
                self.put(value, size, event)
            elif isinstance(event, DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise ScaffoldError(self.problem("SC700", "a second YAML document begins here", event))
        return self.root

    def problem(self, code: str, message: str, event: Event) -> Diagnostic:
        return Diagnostic(code, f"`{self.file}`: {message}", self.span(event))

    def span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def here(self) -> str:
        """The pointer of the value that comes next."""
        if not self.open_:
            return "#"
        inside = self.open_[-1]
        return child(inside.at, (inside.key or "") if inside.mapping else len(inside.items))

    def mark(self, event: Event) -> None:
        """Keep the span of a wanted place; a value in a mapping has that of its key."""
        if self.places:
            at = self.here()
            if at in self.places:
                self.spans.setdefault(at, self.span(event))

    def scalar(self, event: ScalarEvent) -> None:
        inside = self.open_[-1] if self.open_ else None
        if inside is not None and inside.mapping and inside.key is None:
            if event.value in inside.items:
                self.found.append(self.problem("SC704", f"the key `{event.value}` stands here twice", event))
            inside.key = event.value
            self.mark(event)
            return
        self.mark(event)
        value = self.value(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1)
        self.put(value, 1, event)

    def value(self, event: ScalarEvent) -> Any:
        text: str = event.value
        kind = None if event.tag is None else _TAGS.get(str(event.tag))
        if event.tag is not None and kind is None and str(event.tag) != "!":
            self.found.append(self.problem("SC700", f"the tag `{event.tag}` says nothing in JSON", event))
        if kind == "str" or (kind is None and (event.style not in (None, "") or event.tag is not None)):
            return text
        if text in _WORDS:
            return _WORDS[text]
        try:
            if _INT.fullmatch(text):
                return float(text) if kind == "float" else int(text)
            if _BASED.fullmatch(text):
                return int(text, 0)
            if _FLOAT.fullmatch(text):
                return float(text)
        except (ValueError, OverflowError):
            self.found.append(self.problem("SC700", f"`{text[:20]}…` is too large a number", event))
        return text

    def close(self, event: Event) -> None:
        made = self.open_.pop()
        for other in made.merged:
            for key, value in other.items():
                made.items.setdefault(key, value)
        if made.anchor is not None:
            self.anchors[made.anchor] = (made.items, made.size)
        self.put(made.items, made.size, event)

    def put(self, value: Any, size: int, event: Event) -> None:
        if not self.open_:
            self.root = value
            return
        inside = self.open_[-1]
        inside.size += size
        if inside.size > MAX_VALUES:
            raise ScaffoldError(self.problem("SC703", "its aliases stand for too many values", event))
        if not inside.mapping:
            inside.items.append(value)
        elif inside.key is None:
            self.found.append(self.problem("SC700", "a list or a mapping cannot be a key", event))
            inside.key = "?"
        else:
            key, inside.key = inside.key, None
            others = value if isinstance(value, list) else [value]
            if key == "<<" and others and all(isinstance(o, dict) for o in others):
                inside.merged += others
            else:
                inside.items[key] = value
