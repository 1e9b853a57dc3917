"""How errors are written: the form of each version, made of what is known of an error.

A form is a JSON template in which words with a dollar sign stand for facts. It is taken apart when its module is
loaded; an error then puts its facts in place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .absent import ABSENT

Facts = Mapping[str, Any]
"""What is known of an error, or of one wrong value, by the words of a template."""
Write = Callable[[Facts], Any]
"""A part of a template with facts in place; ABSENT where there are none."""

_TEXT: Mapping[str, Any] = {"type": "string"}
_PLACE: Mapping[str, Any] = {"type": "string", "format": "uri-reference"}
_LOC: Mapping[str, Any] = {"type": "array", "items": {"type": ["string", "integer"]}}
_MISTAKE: Mapping[str, Any] = {
    "type": "object",
    "required": ["loc", "msg", "type"],
    "properties": {"loc": _LOC, "msg": _TEXT, "type": _TEXT},
}
FACTS: Mapping[str, Mapping[str, Any]] = {
    "$status": {"type": "integer"},
    "$code": _TEXT,
    "$code_snake": _TEXT,
    "$code_upper": _TEXT,
    "$type": _PLACE,
    "$title": _TEXT,
    "$detail": _TEXT,
    "$instance": _PLACE,
    "$request_id": _TEXT,
    "$errors": {"type": "array", "items": _MISTAKE},
    "$requested": _TEXT,
    "$supported": {"type": "array", "items": _TEXT},
    "$successor": _PLACE,
    "$documentation": _TEXT,
    "$more": {"type": "object"},
}
"""The facts of an error, and the schema of each."""
ITEM_FACTS: Mapping[str, Mapping[str, Any]] = {
    "$loc": _LOC,
    "$in": _TEXT,
    "$field": _TEXT,
    "$pointer": _TEXT,
    "$message": _TEXT,
    "$kind": _TEXT,
}
"""The facts of one wrong value."""
ALWAYS = frozenset({"$status", "$code", "$code_snake", "$code_upper", "$type", "$title"})
"""The facts that every error has."""
ALWAYS_OF_ITEM = frozenset({"$loc", "$in", "$pointer", "$message", "$kind"})
"""Those that every wrong value has."""
MEMBERS = ("errors", "requested", "supported", "successor", "documentation")
"""What an error may know beside, and is a fact of its own."""


class ErrorForm:
    """One form: a template, its media type, and whether what else is known of an error stands beside its members."""

    def __init__(self, body: Mapping[str, Any], media_type: str = "application/json", *, extend: bool = False) -> None:
        self.body, self.media_type, self.extend = body, media_type, extend
        words = {word for text in _texts(body) for word in text.split("|") if word.startswith("$")}
        self._own = frozenset(name for name in MEMBERS if f"${name}" in words) | (
            {"errors"} if words & ITEM_FACTS.keys() else frozenset()
        )
        self._write = _object(body)

    def written(self, facts: Facts, members: Mapping[str, Any]) -> dict[str, Any]:
        """The body of an error: `members` are what it knows beside `facts`, by their names."""
        more = {name: value for name, value in members.items() if name not in self._own}
        known = {**facts, **{f"${name}": members[name] for name in MEMBERS if name in members}}
        if more:
            known["$more"] = more
        made: dict[str, Any] = self._write(known)
        return {**made, **more} if self.extend else made

    def bytes(self, facts: Facts, members: Mapping[str, Any]) -> bytes:
        """The same as it is sent."""
        text = json.dumps(self.written(facts, members), ensure_ascii=False, separators=(",", ":"), default=str)
        return text.encode("utf-8", "replace")

    def schema(self) -> dict[str, Any]:
        """The schema of its bodies."""
        made = _schema(self.body)
        if self.extend and "errors" not in self._own:
            made["properties"].setdefault("errors", dict(FACTS["$errors"]))
        if self.media_type == "application/problem+json":
            made = {"type": made.pop("type"), "description": "Problem details (RFC 9457).", **made}
        return made


def known(status: int, code: str, title: str, base: str, instance: str) -> dict[str, Any]:
    """What every error says of itself: `base` is where the kinds of errors are explained."""
    snake = code.replace("-", "_")
    return {
        "$status": status,
        "$code": code,
        "$code_snake": snake,
        "$code_upper": snake.upper(),
        "$type": f"{base.rstrip('/')}/{code}",
        "$title": title,
        "$instance": instance,
    }


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


def _is_each(value: Any) -> bool:
    """Whether a list of one object stands for every wrong value."""
    return isinstance(value, list) and any(w in ITEM_FACTS for t in _texts(value) for w in t.split("|"))


# What a template writes.


def _part(value: Any) -> Write:
    if isinstance(value, Mapping):
        return _object(value)
    if _is_each(value):
        return _each(_object(value[0]))
    if isinstance(value, list):
        return _list([_part(inner) for inner in value])
    if isinstance(value, str) and value.startswith("$"):
        return _first(value.split("|"))
    return lambda facts: value


def _object(template: Mapping[str, Any]) -> Write:
    parts = [(name, _part(inner)) for name, inner in template.items()]

    def write(facts: Facts) -> dict[str, Any]:
        made = ((name, part(facts)) for name, part in parts)
        return {name: value for name, value in made if value is not ABSENT}

    return write


def _list(parts: Sequence[Write]) -> Write:
    return lambda facts: [value for part in parts if (value := part(facts)) is not ABSENT]


def _first(words: Sequence[str]) -> Write:
    if len(words) == 1:
        return lambda facts: facts.get(words[0], ABSENT)
    return lambda facts: next((facts[word] for word in words if word in facts), ABSENT)


def _each(part: Write) -> Write:
    def write(facts: Facts) -> Any:
        told = facts.get("$errors")
        found = [_mistake(e) for e in told if isinstance(e, Mapping) and "loc" in e] if isinstance(told, list) else []
        return [part(mistake) for mistake in found] if found else ABSENT

    return write


def _mistake(error: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of one wrong value, which stands at the end of `loc`."""
    loc = list(error["loc"]) or ["body"]
    way = [str(step) for step in loc[1:]]
    escaped = (step.replace("~", "~0").replace("/", "~1") for step in way)
    made = {
        "$loc": loc,
        "$in": str(loc[0]),
        "$pointer": "".join(f"/{step}" for step in escaped),
        "$message": error.get("msg", ""),
        "$kind": error.get("type", ""),
    }
    return {**made, "$field": ".".join(way)} if way else made


# What documents say of it.


def _schema(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        required = [name for name, inner in value.items() if _always(inner)]
        made: dict[str, Any] = {"type": "object", **({"required": required} if required else {})}
        return {**made, "properties": {name: _schema(inner) for name, inner in value.items()}}
    if _is_each(value):
        return {"type": "array", "items": _schema(value[0])}
    if isinstance(value, list):
        inner = _either([_schema(item) for item in value])
        return {"type": "array", **({"items": inner} if inner else {})}
    if isinstance(value, str) and value.startswith("$"):
        return _either([dict(FACTS.get(word) or ITEM_FACTS[word]) for word in value.split("|")])
    return {"const": value}


def _either(schemas: Sequence[dict[str, Any]]) -> dict[str, Any]:
    different = [schema for place, schema in enumerate(schemas) if schema not in schemas[:place]]
    return {"anyOf": different} if len(different) > 1 else different[0] if different else {}


def _always(value: Any) -> bool:
    if _is_each(value):
        return False
    if isinstance(value, str) and value.startswith("$"):
        return any(word in ALWAYS or word in ALWAYS_OF_ITEM for word in value.split("|"))
    return True


PROBLEM = ErrorForm(
    {
        "type": "$type",
        "title": "$title",
        "status": "$status",
        "detail": "$detail",
        "instance": "$instance",
        "requestId": "$request_id",
    },
    "application/problem+json",
    extend=True,
)
"""Problem details (RFC 9457)."""
SIMPLE = ErrorForm({"error": "$code_snake", "message": "$detail|$title", "migrate_to": "$successor"}, extend=True)
"""A flat object."""

__all__ = ["PROBLEM", "SIMPLE", "ErrorForm", "Facts", "known"]
