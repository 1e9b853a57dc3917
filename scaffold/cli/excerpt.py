"""One source line with carets below, cut to fit: tabs, wide and invisible characters, very long lines."""

from __future__ import annotations

import unicodedata

from scaffold.diagnostics import Span

_TAB = 4


def excerpt(source: str, span: Span, width: int) -> tuple[str, str]:
    """The line of `span` as it is shown in `width` columns, and the line of carets that goes below it."""
    text = source.rstrip("\r\n")
    start = min(max(span.column - 1, 0), len(text))
    end = len(text) if span.end_line > span.line else min(max(span.end_column - 1, start), len(text))
    cells = _cells(text)
    before, marked = cells[:start], cells[start:end]
    while marked and marked[-1].isspace():
        marked = marked[:-1]
    after = cells[start + len(marked) :]
    dots_left, dots_right = "", ""
    if _width(cells) > width:
        marked = _fitting(marked, width // 2)
        room = width - _width(marked) - 2
        if _width(before) > room // 2:
            keep = max(room // 2, room - _width(after))
            shorter = _fitting(before[::-1], keep)[::-1]
            dots_left, before = ("…" if len(shorter) < len(before) else ""), shorter
        shorter = _fitting(cells[start + len(marked) :], room - _width(before))
        dots_right = "…" if len(shorter) < len(cells) - start - len(marked) else ""
        after = shorter
    shown = dots_left + "".join([*before, *marked, *after]) + dots_right
    carets = " " * (_width(before) + len(dots_left)) + "^" * max(_width(marked), 1)
    return shown.rstrip(), carets


def _cells(text: str) -> list[str]:
    """Each character as it is printed: tabs as spaces, control characters made visible."""
    cells: list[str] = []
    column = 0
    for character in text:
        if character == "\t":
            shown = " " * (_TAB - column % _TAB)
        elif unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs"):
            shown = "�"
        else:
            shown = character
        cells.append(shown)
        column += _width([shown])
    return cells


def _fitting(cells: list[str], width: int) -> list[str]:
    """As many cells from the left as fit."""
    for count, _ in enumerate(cells):
        if _width(cells[: count + 1]) > width:
            return cells[:count]
    return cells


def _width(cells: list[str]) -> int:
    """The columns that cells take: wide characters two, combining marks none."""
    return sum(_columns(character) for cell in cells for character in cell)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
