"""Texts and numbers as YAML has them: plain where that reads back as the same text, else in quotes or as a block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise


class Word(str):
    """A text that is written as it stands: a word of the spec, or a number that is a key."""

    __slots__ = ()


class Line(str):
    """A text that stays on one line: an address, a name."""

    __slots__ = ()


class Quoted(Line):
    """A text on one line that is always in quotes: a pattern."""

    __slots__ = ()


LONG = 160
"""How long a line of a text of several lines may be, so that all of them stay as they are."""
MANY = 8
"""From how many lines on a text is easier to read as it stands, with spaces and lines at its ends."""
_UNSEEN = (
    "\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\udfff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff"
)
"""Characters that YAML does not hold, that end a line to it, or that nobody sees; the line feed is not among them."""

_ESCAPED = re.compile(f'[{_UNSEEN}\n"\\\\]')
_UNSAFE = re.compile(f"[{_UNSEEN}]")
_PLAIN = re.compile(
    r"(?=[^\s\-?:,\[\]{}#&*!|>'\"%@`.=<~])(?:[^\s:#]|:(?!\s|\Z)|(?<=\S)#| (?=[^\s#]))+",
)
_PLAIN_IN_FLOW = re.compile(r"(?=[^\s\-#&*!|>'\"%@`.=<~])(?:[^\s:#?,\[\]{}]|(?<=\S)#| (?=[^\s#]))+")
_OTHERWISE = re.compile(
    r"null|true|false|yes|no|on|off|undecided"  # what YAML 1.1, YAML 1.2 or the spec read as no text
    r"|[-+]?[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[0-9]+(:[0-9]+)+(\.[0-9]*)?",
    re.IGNORECASE,
)
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\0": "\\0"}


def inline(text: str, flow: bool = False) -> str:
    """`text` on one line, to stand in braces or brackets where `flow` says so."""
    if isinstance(text, Word):
        return str(text)
    return _quoted(str(text)) if isinstance(text, Quoted) else _inline(str(text), flow)


@lru_cache(maxsize=65536)
def _inline(text: str, flow: bool) -> str:
    form = _PLAIN_IN_FLOW if flow else _PLAIN
    if form.fullmatch(text) and not _UNSAFE.search(text) and not _OTHERWISE.fullmatch(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    if ('"' in text or "\\" in text) and "'" not in text and not _UNSAFE.search(text) and "\n" not in text:
        return f"'{text}'"
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """`text` as it stands between double quotes."""
    return _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def number(value: int | float) -> str:
    """A number as JSON has it."""
    return repr(value)


def lines(text: str, room: int) -> list[str]:
    """`text` over several lines, the first beside its key, the others `room` columns wide at most where words allow it.

    The lines are not indented. One line is all there is where nothing could be broken.
    """
    hard = text.rstrip("\n").split("\n")
    ends = len(text) - len(text.rstrip("\n"))
    if _UNSAFE.search(text) or not hard[0].strip(" ") or hard[-1].endswith(" ") or _rough(hard, ends):
        return _broken(text, room)
    mark = "-" if not ends else "+" if ends > 1 else ""
    if len(hard) > 1 and (ends > 1 or max(map(len, hard)) <= LONG or not _is_paragraphs(hard)):
        return [f"|{'2' if text.startswith(' ') else ''}{mark}", *hard, *[""] * (ends - 1)]
    made = [f">{mark}"]
    for position, line in enumerate(hard):
        if position and line:
            made.append("")
        made += _wrapped(_words(line), room) if line else [""]
    return made if len(made) > 2 or ends or len(text) <= room else [inline(text)]


def _rough(hard: list[str], ends: int) -> bool:
    """Whether lines have spaces, or there are empty ones, that nobody would see, and few enough to have them shown."""
    unseen = ends > 1 or any(line != line.rstrip(" ") for line in hard) or hard[0].startswith(" ")
    return unseen and (len(hard) < MANY or any(line and not line.strip(" ") for line in hard))


def _is_paragraphs(hard: list[str]) -> bool:
    """Whether every line is a paragraph of its own, so that lines can be broken and read as well."""
    return not any(line.startswith(" ") for line in hard) and not any(line and after for line, after in pairwise(hard))


def _words(text: str) -> list[str]:
    """The parts of a line between which one space may become the end of a line."""
    return re.split(r"(?<=[^ ]) (?=[^ ])", text)


def _wrapped(words: list[str], room: int) -> list[str]:
    made: list[str] = []
    line = ""
    for word in words:
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= room:
            line = f"{line} {word}"
        else:
            made.append(line)
            line = word
    return [*made, line]


def _broken(text: str, room: int) -> list[str]:
    """In double quotes: a line ends where a space stands, or with a backslash where the text has a line feed."""
    made: list[str] = []
    for part in _paragraphs(text):
        held = _wrapped([escaped(word) for word in _words(part)], room - 2)
        if held[0].startswith(" ") and made:
            held[0] = f"\\{held[0]}"
        if made:
            made[-1] += "\\"
        made += held
    made[0] = f'"{made[0]}'
    made[-1] += '"'
    return made


def _paragraphs(text: str) -> Iterator[str]:
    """The text cut behind its line feeds."""
    yield from re.findall(r"[^\n]*\n+|[^\n]+", text) or [""]
