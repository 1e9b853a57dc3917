"""Paths: what can be served, and what they are apart from the names of their parameters."""

from __future__ import annotations

import re

_SEGMENT = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%-]+|\{[A-Za-z_][A-Za-z0-9_]*\}")


def path_problem(path: str) -> str | None:
    """Why `path` cannot be served, if it cannot."""
    if not path.startswith("/") or path == "/":
        return "a path begins with a slash and names something: `/users`"
    if path.endswith("/"):
        return "a path does not end with a slash"
    for segment in path[1:].split("/"):
        if not segment:
            return "there is nothing between two slashes"
        if not _SEGMENT.fullmatch(segment) or segment in (".", ".."):
            return f"`{segment}` can be no part of a path; a parameter is a whole part: `/users/{{id}}`"
    names = re.findall(r"{([^}]+)}", path)
    if len(set(names)) < len(names):
        return "two parameters have the same name"
    return None


def template(path: str) -> str:
    """A path with the names of its parameters left out."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def parameters_in(path: str) -> list[str]:
    """The names of the parameters in a path."""
    return re.findall(r"{([^}]+)}", path)
