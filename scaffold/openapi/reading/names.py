"""Names of types: those of components as they are where they can be, made ones where not, and for what has none."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable

from ...contract.naming import HELD, pascal
from ...contract.standard import singular
from ...contract.types import Kind

USABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
WORDS = frozenset(
    {*(k.value for k in Kind), "list", "map", "null", "api", "envelope", "pagination", "errors", "auth", "base_path"}
)
"""Words that mean something in a type expression or an address."""
TAKEN = WORDS | HELD


def usable(name: str) -> bool:
    """Whether a type may be called `name`."""
    plain = name.rstrip("_")
    return bool(USABLE.fullmatch(name)) and plain not in TAKEN and not keyword.iskeyword(plain)


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
    """The type names of one document: no two things have the same, whatever order they come in.

    `Foo` and `FOO` are the same here, since Python modules are called after types: the first keeps its name.
    """

    def __init__(self, components: Iterable[str]) -> None:
        self.known: set[str] = set()
        self._of: dict[str, str] = {}
        others = []
        for name in components:
            if usable(name) and singular(name) not in self.known:
                self.known.add(singular(name))
                self._of[name] = name
            else:
                others.append(name)
        self._of |= {name: self.unique(name) for name in others}

    def of_component(self, component: str) -> str:
        """The type name of a component of `#/components/schemas`."""
        return self._of[component]

    def unique(self, *wanted: str) -> str:
        """The first of `wanted` that nothing is called yet, else the last with a number behind it; now taken."""
        names = [w if usable(w) else made_name(w) for w in wanted]
        name = next((n for n in names if singular(n) not in self.known), names[-1])
        number = 2
        while singular(name) in self.known:
            name = f"{names[-1]}{number}"
            number += 1
        self.known.add(singular(name))
        return name
