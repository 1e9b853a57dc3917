"""Regular expressions as JSON Schema has them (ECMA-262), for Python's own."""

from __future__ import annotations

import re
from collections.abc import Callable

SPACE = r"\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What `\\s` stands for (ECMA-262, 22.2.2.9)."""

_FLAGGED = re.compile(r"\\.|\(\?([ims]+)\)|.", re.DOTALL)
_TOKEN = re.compile(
    r"\\c([A-Za-z])|\\u\{([0-9A-Fa-f]+)\}|\\k<(\w+)>|(\\.)|(\(\?<(?=[A-Za-z_$]))|(\[\^\])|(\[\])|(.)", re.DOTALL
)
_ESCAPES = {
    r"\d": "[0-9]",
    r"\D": "[^0-9]",
    r"\w": "[A-Za-z0-9_]",
    r"\W": "[^A-Za-z0-9_]",
    r"\s": f"[{SPACE}]",
    r"\S": f"[^{SPACE}]",
}
_INSIDE = {r"\d": "0-9", r"\w": "A-Za-z0-9_", r"\s": SPACE}
_KEPT = frozenset("bBdDsSwWxu0123456789nrtfv")
"""What means the same behind a backslash, or is treated above."""


def scoped(pattern: str) -> str:
    """`pattern` with flags in its middle, as `(?i)`, put round what they are meant for: all up to the group's end.

    Other dialects allow them there, and Python only where they stand round something: `a(?i)b` is `a(?i:b)`.
    """
    made: list[str] = []
    open_ = [0]
    inside = False
    for found in _FLAGGED.finditer(pattern):
        said, flags = found[0], found[1]
        if inside or len(said) == 2:
            inside = inside and said != "]"
        elif flags is not None:
            said = f"(?{flags}:"
            open_[-1] += 1
        elif said == "[":
            inside = True
        elif said == "(":
            open_.append(0)
        elif said == ")" and len(open_) > 1:
            said = ")" * (open_.pop() + 1)
        made.append(said)
    return "".join(made) + ")" * sum(open_)


def searching(pattern: str) -> Callable[[str], bool]:
    """Whether the pattern is found somewhere in a text.

    One that Python cannot express is found everywhere: what is not understood refuses nothing.
    """
    try:
        found = re.compile(translated(pattern))
    except (re.error, OverflowError, RecursionError):
        return lambda text: True
    return lambda text: found.search(text) is not None


def translated(pattern: str) -> str:
    """The pattern in Python's dialect, where `$` is the very end and `\\d` a digit of ASCII."""
    made: list[str] = []
    inside = False
    for found in _TOKEN.finditer(scoped(pattern)):
        control, point, name, escape, group, all_, none, plain = found.groups()
        if control is not None:
            made.append(re.escape(chr(ord(control.upper()) - 64)))
        elif point is not None:
            made.append(re.escape(chr(int(point, 16))))
        elif name is not None:
            made.append(f"(?P={name})")
        elif escape is not None:
            made.append(_escaped(escape, inside))
        elif group is not None and not inside:
            made.append("(?P<")
        elif all_ is not None and not inside:
            made.append(r"[\s\S]")
        elif none is not None and not inside:
            made.append("(?!)")
        else:
            said = plain if plain is not None else found[0]
            made += [_plain(char, inside) for char in said]
            inside = (said == "[") if not inside else not said.endswith("]")
    return "".join(made)


def _escaped(escape: str, inside: bool) -> str:
    if escape in (r"\p", r"\P"):
        return escape  # Python knows no properties of characters, and says so
    if inside:
        return _INSIDE.get(escape, escape if escape[1] in _KEPT or not escape[1].isalnum() else escape[1])
    if escape in _ESCAPES:
        return _ESCAPES[escape]
    return escape if escape[1] in _KEPT or not escape[1].isalnum() else re.escape(escape[1])


def _plain(said: str, inside: bool) -> str:
    if inside:
        return rf"\{said}" if said in ("[", "&", "~", "|") else said
    return {"$": r"\Z", ".": r"[^\n\r\u2028\u2029]"}.get(said, said)
