"""References inside one document: where they lead, and one way to write each (RFC 6901, RFC 3986)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote


def parts(ref: str) -> list[str]:
    """The names on the way to what `ref` means, from the root of the document down."""
    return [unquote(part).replace("~1", "/").replace("~0", "~") for part in ref.removeprefix("#/").split("/")]


def pointer(names: list[str]) -> str:
    """The JSON pointer of what stands at the end of `names`."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names)


def plain(ref: str) -> str:
    """`ref` with everything escaped that has to be and nothing else; one to another document stays as it is."""
    if not ref.startswith("#/"):
        return ref
    return "#" + quote(pointer(parts(ref)), safe="/~!$&'()*+,;=:@")


@dataclass(frozen=True)
class Shared:
    """The components of a document that are put where they are mentioned; `used` are the ones that were."""

    document: Mapping[str, Any]
    used: set[tuple[str, ...]] = field(default_factory=set)

    def resolved(self, given: Any) -> Any:
        """What `given` is: itself, or what it refers to with the summary and description written beside it.

        A reference that leads nowhere, or in a circle, stays what it is.
        """
        passed: set[str] = set()
        said: dict[str, Any] = {}
        found = given
        while isinstance(found, Mapping) and isinstance(found.get("$ref"), str):
            ref = found["$ref"]
            target = self.target(ref)
            if target is None or ref in passed:
                return given
            passed.add(ref)
            said = {word: found[word] for word in ("summary", "description") if word in found} | said
            self.used.add(tuple(parts(ref)))
            found = target
        return {**found, **said} if isinstance(found, Mapping) else found

    def target(self, ref: str) -> Any:
        """What stands where `ref` points to; None if nothing does, or if that is another document."""
        found: Any = self.document
        for name in parts(ref) if ref.startswith("#/") else ["", ""]:
            if isinstance(found, list) and name.isdigit() and int(name) < len(found):
                found = found[int(name)]
            elif isinstance(found, Mapping) and name in found:
                found = found[name]
            else:
                return None
        return found
