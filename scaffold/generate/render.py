"""Templates to text. Decisions are made in the views; templates only loop over them."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment() -> Environment:
    """The templates of this package; a name that a view does not have is an error."""
    return Environment(
        loader=PackageLoader("scaffold.generate"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Python and Markdown, not HTML
    )


def render(template: str, **view: object) -> str:
    """The text of `template` for `view`, with no more than two empty lines in a row."""
    text = environment().get_template(template).render(**view)
    return re.sub(r"\n{4,}", "\n\n\n", text)
