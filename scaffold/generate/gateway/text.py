"""Words of nginx's configuration: quoted texts, patterns, and times as patterns."""

from __future__ import annotations

import re
from datetime import datetime

_PARAMETER = re.compile(r"\{([^{}:/]+)(?::\w+)?\}")
_PLAIN = re.compile(r"[\w/:~@&=,;%<> -]")


def literal(text: str) -> str:
    """A pattern that matches `text` alone; it stands between double quotes."""
    return "".join(c if c.isascii() and _PLAIN.match(c) else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    if character in "^[\\\"'":
        return rf"\x{ord(character):02x}"
    return f"[{character}]" if character.isascii() else character


def path_pattern(path: str, *, captured: str | None = None) -> tuple[str, dict[str, str]]:
    """A pattern for a path with parameters; with `captured`, each is kept under such a name, told by its own."""
    pieces = _PARAMETER.split(path)
    made, names = [literal(pieces[0])], {}
    for index in range(1, len(pieces), 2):
        word = f"{captured}{index // 2}"
        names[pieces[index]] = word
        made.append("[^/]+" if captured is None else f"(?<{word}>[^/]+)")
        made.append(literal(pieces[index + 1]))
    return "".join(made), names


def filled(path: str, names: dict[str, str]) -> str:
    """A path as a value, its parameters taken from what was captured."""
    return _PARAMETER.sub(lambda found: f"${{{names.get(found[1], '')}}}", path)


def quoted(text: str) -> str:
    """A value or a pattern between double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\\\\x", "\\x") + '"'


def plain(text: str, dollar: str) -> str:
    """A text that is no variable: nginx has no way to write a dollar sign but in a variable."""
    return text.replace("$", f"${{{dollar}}}")


def from_on(moment: datetime) -> str:
    """A pattern for `$msec`, seconds since 1970 with their thousandths, that it matches from `moment` on."""
    digits = str(int(moment.timestamp()))
    ways = [f"[0-9]{{{len(digits) + 1},}}"]
    for place, digit in enumerate(digits):
        if digit != "9":
            rest = len(digits) - place - 1
            higher = "9" if digit == "8" else f"[{int(digit) + 1}-9]"
            ways.append(f"{digits[:place]}{higher}" + (f"[0-9]{{{rest}}}" if rest else ""))
    return f"^(?:{'|'.join([*ways, digits])})[.]"


def named(id_: str) -> str:
    """An id as a part of a name."""
    return re.sub(r"[^a-z0-9]", "_", id_.lower())
