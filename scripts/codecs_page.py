"""Makes `docs/codecs.md` of the table: `python scripts/codecs_page.py` (`make docs`); `--check` only looks."""

from __future__ import annotations

import sys
from pathlib import Path

from scaffold.contract.codecs import CODECS, STRUCTURES, Codec

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/codecs.md"
HEAD = """# Codecs

How values of one kind become values of another when a field or a parameter changes, and back. This page is made by
`make docs` from `scaffold/contract/codecs.py`; edit that.

```yaml
- {change: Product.price, to: decimal}                           # text<->decimal follows from the two kinds
- {change: Order.total, to: decimal, codec: cents<->decimal}     # two would fit: this one
- {change: Job.timeout, codec: seconds<->milliseconds}           # another unit; the type stays
```

A name is written older<->newer. Inside lists and maps every value crosses by itself.

- *follows*: it is what changing the kind means; others have to be named.
- *exact*: what an old client wrote is what it reads. Where it is not, the record keeps what was written word for word,
  and shows it until somebody changes the value.
- *filter*: no two newer values look the same to an old client, so that a filter for one finds that one.
- *order*: old clients see values in the order of the newer ones. Where a codec keeps neither, filters and sort words of
  older versions act on the column of the older form, which is written along.
- *refused*: an older value may be impossible to read. That is 422 at the caller's own field, or what `unreadable` says:
  `refuse`, `default`, `null`, or a value. What a caller is shown of a field it may send back, readable or not, within
  the field's bounds or not: that changes nothing. A migration names the row whose column cannot be read, and changes
  nothing; inside of JSON it does not look, so say what `unreadable` becomes for fields of objects in lists and maps.
- *unshown*: a newer value may be impossible to show. `old_sees` says what is shown then, or `unreadable: default` or
  `null` where the older field has one.

| codec | older to newer | what becomes of a value | follows | exact | filter | order | refused | unshown |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


LISTS = """
## One value and a list

```yaml
- {change: User.email, to: "list[email]", pick: first, old_sees: nobody@example.com}   # an empty list has no first
- {change: Post.tags, to: "list[str]", codec: csv<->list}
```

| codec | what becomes of a value |
| --- | --- |
"""


ENUMS = """
## Enums

An enum becomes a text (`old_sees` is what older clients are shown for other texts), a text an enum (`unreadable` is
what other texts become), a bool an enum and an enum a bool or another enum, value by value: those that are called
alike are the same, `values` says the others.

```yaml
- {change: Order.state, to: str, old_sees: open}
- {change: Order.mood, to: Mood, unreadable: calm}
- {change: Order.gift, to: Wrapping, values: {true: wrapped, false: plain}, old_sees: true}
```
"""


def page() -> str:
    """The whole page."""
    rows = "".join(f"| {' | '.join(_cells(c))} |\n" for c in CODECS)
    return HEAD + rows + LISTS + "".join(f"| `{name}` | {says} |\n" for name, says in STRUCTURES) + ENUMS


def _cells(codec: Codec) -> tuple[str, ...]:
    facts = (codec.natural, codec.exact, codec.one_to_one, codec.ordered, codec.up_fails, codec.down_fails)
    return f"`{codec.name}`", f"{codec.older} to {codec.newer}", codec.says, *("yes" if fact else "" for fact in facts)


def main() -> int:
    """Write the page, or tell whether it is as it would be written."""
    made = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(made, "utf-8")
        return 0
    return 0 if PAGE.read_text("utf-8") == made else 1


if __name__ == "__main__":
    sys.exit(main())
