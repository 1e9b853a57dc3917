"""YAML text as a tree of nodes, each with its place; what YAML would spoil is refused here."""

from __future__ import annotations

from collections.abc import Iterator

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

from ..diagnostics import Diagnostic, ScaffoldError, Span
from .nodes import ListNode, MapNode, Node, ScalarNode

Opening = MappingStartEvent | SequenceStartEvent

MAX_CHARACTERS = 20_000_000
MAX_DEPTH = 60


def read_tree(text: str, file: str) -> MapNode:
    """The mapping that `text` holds.

    Raises:
        ScaffoldError: SC1xx, with everything wrong that could be found.
    """
    if len(text) > MAX_CHARACTERS:
        raise ScaffoldError(Diagnostic("SC107", f"`{file}` is too large to be a spec", Span(file, 1, 1, 1, 1)))
    reader = _Reader(file)
    try:
        root = reader.read(_events(text.removeprefix("\ufeff")))
    except MarkedYAMLError as error:
        unreadable = _unreadable(error, file)
        others = [
            d for d in reader.found if d.span is None or unreadable.span is None or d.span.line != unreadable.span.line
        ]
        raise ScaffoldError([*others, unreadable]) from None
    except (YAMLError, UnicodeError) as error:
        raise ScaffoldError([*reader.found, _bad_character(text, file, error)]) from None
    if root is None and not reader.found:
        raise ScaffoldError(
            Diagnostic("SC101", f"`{file}` is empty", Span(file, 1, 1, 1, 1), "a spec begins with `api:`")
        )
    if root is not None and not isinstance(root, MapNode):
        reader.refuse("SC102", f"`{file}` is not a mapping of keys to values", root.span, "a spec begins with `api:`")
    if reader.found or not isinstance(root, MapNode):
        raise ScaffoldError(reader.found)
    return root


def _events(text: str) -> Iterator[Event]:
    events: Iterator[Event] = YAML(typ="safe", pure=False).parse(text)
    return events


class _Reader:
    """Builds the tree from parse events: one pass, no recursion, no alias ever followed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []

    def refuse(self, code: str, message: str, span: Span, help_: str | None = None) -> None:
        self.found.append(Diagnostic(code, message, span, help_))

    def span(self, start: Event, end: Event) -> Span:
        a, b = start.start_mark, end.end_mark
        return Span(self.file, a.line + 1, a.column + 1, b.line + 1, b.column + 1)

    def read(self, events: Iterator[Event]) -> Node | None:
        open_: list[_Open] = []
        root: Node | None = None
        documents = 0
        for event in events:
            node: Node | None = None
            if isinstance(event, ScalarEvent):
                node = self.scalar(event, open_)
            elif isinstance(event, Opening):
                self.plain_event(event)
                if len(open_) >= MAX_DEPTH:
                    span = self.span(event, event)
                    self.refuse(
                        "SC106", f"nested more than {MAX_DEPTH} deep", span, "give the inner parts names under `types:`"
                    )
                    return None
                open_.append(_Open(event, open_[-1].take_key() if open_ else None))
                continue
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                node = self.close(open_.pop(), event)
            elif isinstance(event, AliasEvent):
                span = self.span(event, event)
                self.refuse(
                    "SC104",
                    f"the alias `*{event.anchor}` is refused: a spec says everything where it stands",
                    span,
                    "name what is shared under `types:`",
                )
                key = open_[-1].take_key() if open_ else None
                start, end = event.start_mark.index, event.end_mark.index
                node = ScalarNode(span, start, end, key, f"*{event.anchor}", True)
            elif isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(
                        "SC102",
                        "a spec is one YAML document, and here a second begins",
                        self.span(event, event),
                        "put it into a file of its own",
                    )
                    return None
            if node is not None:
                if open_:
                    self.put(open_[-1], node)
                else:
                    root = node
        return root

    def plain_event(self, event: Opening | ScalarEvent) -> None:
        span = self.span(event, event)
        if event.anchor is not None:
            self.refuse(
                "SC104",
                f"the anchor `&{event.anchor}` is refused: a spec says everything where it stands",
                span,
                "name what is shared under `types:`",
            )
        if event.tag is not None:
            self.refuse(
                "SC104", f"the tag `{event.tag}` is refused", span, "write the value without a tag; quotes make a text"
            )

    def scalar(self, event: ScalarEvent, open_: list[_Open]) -> ScalarNode:
        if event.anchor is not None or event.tag is not None:
            self.plain_event(event)
        quoted = event.style not in (None, "")
        parent = open_[-1] if open_ else None
        key = parent.take_key() if parent else None
        span = self.span(event, event)
        node = ScalarNode(span, event.start_mark.index, event.end_mark.index, key, event.value, quoted)
        if not event.value and not quoted and (key is not None or (parent is not None and not parent.mapping)):
            what = f"`{key.text}`" if key is not None else "this item"
            where = key.span if key is not None else span
            self.refuse(
                "SC105",
                f"{what} has no value",
                where,
                'write the value; nothing is `null`, an empty text `""`, an empty list `[]`',
            )
        return node

    def put(self, parent: _Open, node: Node) -> None:
        if not parent.mapping:
            parent.items.append(node)
        elif node.key is not None:
            parent.entries.setdefault(node.key.text, node)
        elif not isinstance(node, ScalarNode):
            self.refuse(
                "SC108",
                "a list or a mapping cannot be a key",
                node.span,
                "inside `{}` quote what holds brackets or braces",
            )
            parent.pending = ScalarNode(node.span, node.start, node.end, None, f"\0{node.start}", True)
        else:
            if node.text in parent.entries:
                first = parent.entries[node.text].key
                at = f", first on line {first.span.line}" if first is not None else ""
                self.refuse("SC103", f"the key `{node.text}` stands here twice{at}", node.span, "keep one of the two")
            elif node.text == "<<" and not node.quoted:
                self.refuse(
                    "SC104",
                    "the merge key `<<` is refused: a spec says everything where it stands",
                    node.span,
                    "write the keys out",
                )
            parent.pending = node

    def close(self, open_: _Open, event: Event) -> Node:
        span = self.span(open_.event, event)
        start, end = open_.event.start_mark.index, event.end_mark.index
        flow = bool(open_.event.flow_style)
        if open_.mapping:
            return MapNode(span, start, end, open_.key, open_.entries, flow)
        return ListNode(span, start, end, open_.key, tuple(open_.items), flow)


class _Open:
    """A list or mapping that is being read."""

    __slots__ = ("entries", "event", "items", "key", "mapping", "pending")

    def __init__(self, event: Opening, key: ScalarNode | None) -> None:
        self.event = event
        self.key = key
        self.mapping = isinstance(event, MappingStartEvent)
        self.items: list[Node] = []
        self.entries: dict[str, Node] = {}
        self.pending: ScalarNode | None = None

    def take_key(self) -> ScalarNode | None:
        """The key whose value comes now, if a key was read."""
        key, self.pending = self.pending, None
        return key


def _unreadable(error: MarkedYAMLError, file: str) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    problem = str(error.problem or error.context or "unreadable")
    help_ = next((h for part, h in _HINTS.items() if part in problem), None)
    return Diagnostic("SC100", f"this is not YAML: {problem}", Span(file, line, column, line, column + 1), help_)


_HINTS = {
    "found unexpected ':'": 'inside `{}` and `[]` put quotes round what holds `:`: `"2026-05-01T12:00:00Z"`',
    "mapping values are not allowed": "put quotes round a text that holds `: `",
    "expected ',' or": 'inside `{}` and `[]` put quotes round what holds `?`, `[`, `{` or `,`: `{"age?": int}`',
    "found character that cannot start any token": (
        "indent with spaces, and put quotes round texts that begin with `@`, `%` or a backtick"
    ),
    "expected node content": "close the bracket or brace, or put quotes round the text",
    "expected <block end>": "check the indentation of this line against the lines above it",
    "could not find expected ':'": "a key is followed by a colon and a space",
}


def _bad_character(text: str, file: str, error: Exception) -> Diagnostic:
    line, column = 1, 1
    for number, content in enumerate(text.split("\n"), 1):
        bad = next((i for i, c in enumerate(content) if _refused(c)), None)
        if bad is not None:
            line, column = number, bad + 1
            break
    return Diagnostic(
        "SC100",
        f"this is not text that YAML can hold: {str(error).splitlines()[0] if str(error) else 'bad character'}",
        Span(file, line, column, line, column + 1),
        'remove the character, or write it as an escape in double quotes: `"\\u0007"`',
    )


def _refused(c: str) -> bool:
    return (c < " " and c not in "\t\r") or c == "\x7f" or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff"
