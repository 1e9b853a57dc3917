"""Names of types: those of components as they are where they can be, made ones where not, and for what has none."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable

from ...contract.naming import pascal
from ...contract.types import Kind

USABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
TAKEN = frozenset({*(k.value for k in Kind), "list", "map", "null", "api", "envelope", "pagination", "errors", "auth"})
"""Words that mean something in a type expression or an address."""


def usable(name: str) -> bool:
    """Whether a type may be called `name`."""
    return bool(USABLE.fullmatch(name)) and name not in TAKEN and not keyword.iskeyword(name)


def made_name(text: str) -> str:
    """A name for a type, made of any text: `acme.user/v1` gives `AcmeUserV1`, an emoji its code point."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = pascal(plain)
    if not name:
        name = "Type" + "".join(f"{ord(c):X}" for c in text[:4])
    if not name[0].isalpha():
        name = f"Type{name}"
    return name if usable(name) else f"{name}Type"


class Names:
    """The type names of one document: no two things have the same, whatever order they come in."""

    def __init__(self, components: Iterable[str]) -> None:
        listed = list(components)
        self.known = {name for name in listed if usable(name)}
        self._of = {name: name if usable(name) else self.unique(made_name(name)) for name in listed}

    def of_component(self, component: str) -> str:
        """The type name of a component of `#/components/schemas`."""
        return self._of[component]

    def unique(self, *wanted: str) -> str:
        """The first of `wanted` that nothing is called yet, else the last with a number behind it; now taken."""
        names = [w if usable(w) else made_name(w) for w in wanted]
        name = next((n for n in names if n not in self.known), names[-1])
        number = 2
        while name in self.known:
            name = f"{names[-1]}{number}"
            number += 1
        self.known.add(name)
        return name
