"""Markdown as HTML: descriptions, and the migration guides."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

_ANCHOR = re.compile(r'<a id="[\w-]+">|</a>')
"""The only HTML that a guide has of its own."""
_DATE = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])", re.ASCII)
_TASK = re.compile(r"^(\s*)- \[ \] ", re.M)


@lru_cache(maxsize=4096)  # versions say mostly the same
def description(text: str | None, *, below: int = 3) -> Markup:
    """A description (CommonMark, as OpenAPI has it) as HTML; its highest headings stand right under the level `below`.

    HTML in it is shown as text, and pictures are links: a page loads nothing from elsewhere.
    """
    if not text or not text.strip():
        return Markup()
    tokens = _plain().parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1:]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1:]) - highest + below + 1)}"
    return _html(_plain(), tokens)


def guide(text: str) -> Markup:
    """A guide as HTML: its anchors are kept, its tasks have boxes, its tables a frame to scroll in."""
    return _html(_guides(), _guides().parse(_TASK.sub("\\1- ☐ ", text)))


def _html(parser: MarkdownIt, tokens: Sequence[Token]) -> Markup:
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # what the parser escaped


@cache
def _plain() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return _framed(parser)


@cache
def _guides() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("image")
    for kind in ("html_inline", "html_block"):
        parser.add_render_rule(kind, _anchor_or_text)
    parser.add_render_rule("text", _dated)
    return _framed(parser)


def _framed(parser: MarkdownIt) -> MarkdownIt:
    """Let what may be wider than a page be scrolled in a frame of its own, by keyboard too."""
    parser.add_render_rule("table_open", _opened)
    parser.add_render_rule("table_close", _closed)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


Environment = MutableMapping[str, Any]


def _anchor_or_text(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    said = tokens[index].content
    left = _ANCHOR.sub("", said).strip()
    return str(escape(said)) if left else said


def _dated(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    """A text whose dates are marked as such, so that none is broken over two lines."""
    return _DATE.sub(r'<time datetime="\g<0>">\g<0></time>', str(escape(tokens[index].content)))


def _code(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'


def _opened(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    return '<div class="frame" tabindex="0"><table>\n'


def _closed(self: object, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    return "</table></div>\n"
