"""Makes `docs/errors.md` of the rows of `scaffold.diagnostics.explained`: `python scripts/errors_page.py`, or
`make docs`; `--check` only looks.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from scaffold.diagnostics.explained import AREAS, Explained, Reads, rows, shop

PAGE = Path(__file__).resolve().parents[1] / "docs/errors.md"
HEAD = """# Errors

Every diagnostic has a code. `scaffold explain SC103` prints what stands here, `scaffold explain` the list of codes.
This page is made by `make docs` from the rows in `scaffold/diagnostics/rows/`; edit those. A test runs each snippet:
what is wrong leads to the code it stands under, what is right to none.

Snippets of changes stand at the end of this spec:

```yaml
{shop}```
"""
WIDTH = 120
LANGUAGES = {Reads.LOCK: "toml", Reads.COMMAND: "console", Reads.PYTHON: "python"}


def page() -> str:
    """The whole page."""
    parts = [HEAD.format(shop=shop())]
    for area, (_, title) in AREAS.items():
        found = rows(area).values()
        parts += [f"## {title}\n", _table(found), *("\n".join(_lines(row)) for row in found)]
    return "\n".join(parts)


def _table(found: Iterable[Explained]) -> str:
    lines = ["| code | |", "| --- | --- |"]
    lines += [f"| [{row.code}](#{row.code.lower()}) | {row.title} |" for row in found]
    return "\n".join(lines) + "\n"


def _lines(row: Explained) -> Iterator[str]:
    yield f"### {row.code}\n"
    title = row.title if row.title.startswith("`") else row.title[0].upper() + row.title[1:]
    for text in (f"**{title}.** {row.means}", row.why, row.way_out):
        yield f"{textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)}\n"
    for word, snippet in (("Wrong", row.wrong), ("Right", row.right)):
        if snippet is not None:
            yield f"{word}{row.reads.place}:\n\n```{LANGUAGES.get(row.reads, 'yaml')}\n{snippet}```\n"


def main(arguments: list[str]) -> int:
    """Write the page; with `--check` say whether it is as it would be written."""
    made = page()
    if "--check" in arguments:
        return int(PAGE.read_text("utf-8") != made)
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
