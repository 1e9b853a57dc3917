"""References inside a document: JSON pointers (RFC 6901), never fetched, and never followed in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from ...diagnostics import did_you_mean
from .nodes import references
from .problems import Findings, child, said


class Lost(Exception):
    """A reference leads nowhere; carries the mapping that was left and the key it does not have."""

    def __init__(self, held: Any, key: str) -> None:
        super().__init__(key)
        self.held = held
        self.key = key


def keys_of(ref: str) -> list[str]:
    """The keys that a reference goes through: `#/a/b~1c` goes through `a` and `b/c`."""
    return [unquote(part).replace("~1", "/").replace("~0", "~") for part in ref[2:].split("/")]


def pointer(ref: str) -> str:
    """A reference in its one usual spelling."""
    return child("#", *keys_of(ref)) if ref != "#" else "#"


def target(document: Mapping[str, Any], ref: str) -> Any:
    """What the reference `ref` leads to, which may be a reference again.

    Raises:
        Lost: it leads nowhere.
    """
    found: Any = document
    if ref == "#":
        return found
    for key in keys_of(ref):
        if isinstance(found, Mapping) and key in found:
            found = found[key]
        elif isinstance(found, list) and key.isdigit() and int(key) < len(found):
            found = found[int(key)]
        else:
            raise Lost(found, key)
    return found


def check_references(document: Mapping[str, Any], findings: Findings) -> None:
    """Put every reference that leads nowhere, out of the document or in a circle into `findings`."""
    refs: dict[str, str] = {}
    for at, ref in references(document):
        if _leads_somewhere(document, ref, at, findings):
            refs.setdefault(pointer(ref), at)
    for circle in _circles(document, refs):
        told = " → ".join([*circle[:6], circle[0]])
        findings.add("SC713", circle[0], f"it is made of itself and never says what it is: {told}", _WAY_OUT)


_WAY_OUT = "write out what is meant in one of them; recursion goes through a property, an item or a value"


def _leads_somewhere(document: Mapping[str, Any], ref: str, at: str, findings: Findings) -> bool:
    if not ref.startswith("#"):
        cause = f"`{said(ref)}` leads to another document, and documents are never fetched"
        findings.add("SC712", at, cause, "bundle it into this document first: `npx @redocly/cli bundle`")
        return False
    if ref != "#" and not ref.startswith("#/"):
        findings.add("SC711", at, f"`{said(ref)}` names an anchor", "write a JSON pointer: `#/components/schemas/User`")
        return False
    try:
        target(document, ref)
    except Lost as lost:
        known = [k for k in lost.held if isinstance(k, str)] if isinstance(lost.held, Mapping) else []
        findings.add("SC711", at, f"`{said(ref)}` leads nowhere", did_you_mean(lost.key, known[:200]))
        return False
    return True


def parts(schema: Any) -> Iterator[str]:
    """The references that say what a schema itself is: not what its properties or items are."""
    waiting = [schema]
    while waiting:
        found = waiting.pop()
        if not isinstance(found, Mapping):
            continue
        ref = found.get("$ref")
        if isinstance(ref, str) and ref.startswith("#"):
            yield pointer(ref)
        for word in ("allOf", "oneOf", "anyOf"):
            inner = found.get(word)
            waiting += inner if isinstance(inner, list) else ()


def _circles(document: Mapping[str, Any], refs: Iterable[str]) -> Iterator[list[str]]:
    """The circles among what references lead to, each once."""
    done: set[str] = set()
    for start in refs:
        path: dict[str, Iterator[str]] = {} if start in done else {start: _parts_at(document, start)}
        while path:
            here = next(reversed(path))
            ref = next(path[here], None)
            if ref is None:
                del path[here]
                done.add(here)
            elif ref in path:
                passed = list(path)
                yield passed[passed.index(ref) :]
            elif ref not in done:
                path[ref] = _parts_at(document, ref)


def _parts_at(document: Mapping[str, Any], ref: str) -> Iterator[str]:
    try:
        return parts(target(document, ref))
    except Lost:
        return iter(())
