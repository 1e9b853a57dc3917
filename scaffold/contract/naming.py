"""Names on the wire are free; these are the Python names made of them."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata

RESERVED = frozenset({"kept"})
"""Attributes that every record has already."""

HELD = frozenset(
    {
        *(word for word in dir(builtins) if word.islower() and not word.startswith("_")),
        *("ABSENT", "Absent", "Any", "Decimal", "Kept", "Literal", "UUID"),
        *("base64", "builtins", "dataclass", "dataclasses", "date", "datetime", "dt", "field", "time", "timedelta"),
    }
)
"""Names that the module of records has already: no type is called so."""


def safe_name(text: str) -> str:
    """A Python identifier for the wire name `text`; the same text always gives the same one.

    Letters, digits and underscores stay, other characters become underscores. What Python or a record
    keeps for itself gets an underscore behind it, and so does what began with one: `class` gives
    `class_`, `_id` gives `id_`, `3ds` gives `x3ds`, an emoji its code point.
    """
    normal = unicodedata.normalize("NFKC", text)
    cleaned = "".join(c if c == "_" or f"a{c}".isidentifier() else "_" for c in normal)
    core = re.sub(r"_+$", "", cleaned.lstrip("_"))
    if not core:
        core = "u" + "_".join(f"{ord(c):x}" for c in normal) if normal.strip("_") else "empty"
    private = normal.startswith("_")
    if not core.isidentifier():
        core = f"x{core}"
    if private or core in RESERVED or keyword.iskeyword(core):
        core = f"{core}_"
    return core


def pascal(name: str) -> str:
    """A wire name as part of a type's name: `card_brand` gives `CardBrand`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[\W_]+", name) if part)


def version_key(id_: str) -> tuple[int, ...]:
    """A version id as numbers that compare in order: `v1.10` is after `v1.9`."""
    return tuple(int(n) for n in re.findall(r"\d+", id_))


def indefinite(word: str) -> str:
    """`a` or `an`, as `word` sounds: an order, an hour, a user, a one-off."""
    like_you = r"u(?=ni(?!n)|s(?=[aeu])|t[ei]|r[aeiou]|rl\b|uid|k)|eu|one?\b|once"
    return "an" if re.match(rf"(?!{like_you})[aeiou]|hour|heir|hono", word.lower()) else "a"
