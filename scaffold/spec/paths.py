"""Paths: what can be served, and what they are apart from the names of their parameters."""

from __future__ import annotations

import re

_SEGMENT = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%-]+|\{[A-Za-z_][A-Za-z0-9_]*\}")
_PUBLISHED = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@%-]|\{[^{}/\s]+\})+")


def path_problem(path: str, *, resource: bool = False) -> str | None:
    """Why `path` cannot be served, if it cannot.

    That of a `resource` names something, and has others behind it. Any other may be what has been published
    somewhere: `/`, with a slash at its end, with parameters called as they are, or inside a segment.
    """
    if not path.startswith("/") or (resource and path == "/"):
        return "a path begins with a slash and names something: `/users`"
    if resource and path.endswith("/"):
        return "a path does not end with a slash"
    if resource and path.endswith("}"):
        return "it ends with a parameter, and what is there has no name of its own"
    for segment in path[1:].removesuffix("/").split("/") if path != "/" else ():
        if not segment:
            return "there is nothing between two slashes"
        known = _SEGMENT if resource else _PUBLISHED
        if not known.fullmatch(segment) or segment in (".", ".."):
            return f"`{segment}` can be no part of a path; a parameter is a whole part: `/users/{{id}}`"
    names = re.findall(r"{([^}]+)}", path)
    if len(set(names)) < len(names):
        return "two parameters have the same name"
    return None


def template(path: str) -> str:
    """A path with the names of its parameters left out."""
    return re.sub(r"{[^}]*}", "{}", path)


def parameters_in(path: str) -> list[str]:
    """The names of the parameters in a path."""
    return re.findall(r"{([^}]+)}", path)


def is_base_path(path: str) -> bool:
    """Whether everything can be served below `path`, which has no slash at its end."""
    return not path or re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", path) is not None
