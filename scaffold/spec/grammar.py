"""Changes on one line: the same words in the spec and on the command line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ..diagnostics import did_you_mean
from .nodes import ListNode, MapNode, Node
from .scalars import Block, Raw, Row, wrong

USAGE = (
    "write `rename User.name to full_name`, `add User.nickname? str`, `remove User.x`, "
    "or `move User.street, User.city to User.address`"
)


def long_form(value: object, verbs: tuple[str, ...]) -> object:
    """A change as a mapping: a text is read by the one-line grammar, a mapping is checked for its verb.

    Raises:
        PydanticCustomError: SC301 for no verb.
    """
    if isinstance(value, str):
        return _read_line(value, verbs)
    if not isinstance(value, dict):
        return value
    found = [v for v in verbs if v in value]
    words = next((w for w in (k.split(maxsplit=1) for k in value) if len(w) == 2 and w[0] in verbs), None)
    if words is not None:
        verb, rest = words
        raise wrong(
            f"`{verb} {rest}` is a key, and a change on one line is one text",
            f"write `- {verb}: {rest}` with the other keys under it, or the whole change on one line without a colon",
            "SC301",
        )
    if not found:
        word = next(iter(value), "")
        meant = did_you_mean(word, verbs)
        raise wrong("a change begins with a verb, and this one has none", meant, "SC301")
    if len(found) > 1:
        raise wrong(
            f"a change has one verb, and this one has `{found[0]}` and `{found[1]}`", "make two changes of it", "SC301"
        )
    return value


def _read_line(text: str, verbs: tuple[str, ...]) -> object:
    verb, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if not verb:
        raise wrong("a change begins with a verb, and this one is empty", USAGE, "SC301")
    if verb not in verbs:
        raise wrong(f"`{verb}` is no verb of a change", did_you_mean(verb, verbs), "SC301")
    made = _PARSERS[verb](rest)
    if made is None:
        raise wrong(f"`{text.strip()}` is not a change that can be read", USAGE, "SC301")
    if isinstance(text, Raw):
        return _placed({verb: made[0], **made[1]}, text)
    return {verb: made[0], **made[1]}


def _placed(keys: dict[str, Any], text: Raw) -> Block:
    """`keys` as values that all stand where `text` stands."""

    def raw(part: str) -> Raw:
        made = Raw(part)
        made.node = replace(text.node, text=part, quoted=False)
        return made

    block = Block()
    nodes: dict[str, Node] = {}
    for key, part in keys.items():
        if isinstance(part, list):
            row = Row(raw(p) for p in part)
            row.node = ListNode(
                text.node.span, text.node.start, text.node.end, text.node, tuple(r.node for r in row), True
            )
            block[key], nodes[key] = row, row.node
        else:
            block[key] = raw(part)
            nodes[key] = block[key].node
    block.node = MapNode(text.node.span, text.node.start, text.node.end, text.node, nodes, True)
    return block


def _add(rest: str) -> tuple[str, dict[str, Any]] | None:
    operation = re.fullmatch(r"([A-Z]+ /\S*?)(\?\S+| (?:header|cookie|query) \S+| body)?(?: (.+))?", rest)
    answer = re.fullmatch(r"([A-Z]+ /\S* (?:default|[1-5](?:XX|\d\d)))( header \S+)?(?: (.+))?", rest)
    if answer is not None:
        at, header, type_ = answer.groups()
        if header and not type_:
            return None
        return f"{at}{header or ''}", ({"type": type_} if type_ else {})
    if operation is not None:
        at, part, type_ = operation.groups()
        if part:
            return (f"{at}{part}", {"type": type_}) if type_ else None
        return (at, {"response": type_} if type_ else {})
    address, rest = _first_address(rest)
    if not address:
        return None
    return address, ({"type": rest} if rest else {})


def _first_address(text: str) -> tuple[str, str]:
    found = re.match(r'(?:"(?:[^"\\]|\\.)*"|[^\s"])+', text)
    return ("", "") if found is None else (found[0], text[found.end() :].strip())


def _remove(rest: str) -> tuple[str, dict[str, Any]] | None:
    return (rest, {}) if rest else None


def _to(rest: str) -> tuple[str, dict[str, Any]] | None:
    at, word, to = rest.rpartition(" to ")
    return (at.strip(), {"to": to.strip()}) if word and at.strip() and to.strip() else None


def _move(rest: str) -> tuple[Any, dict[str, Any]] | None:
    made = _to(rest)
    if made is None:
        return None
    at, to = made
    parts = [p.strip() for p in at.split(",")]
    return (parts if len(parts) > 1 else at, to) if all(parts) else None


def _alias(rest: str) -> tuple[Any, dict[str, Any]] | None:
    at, word, names = rest.rpartition(" as ")
    parts, others = [p.strip() for p in at.split(",")], [p.strip() for p in names.split(",")]
    if not word or not all(parts) or not all(others):
        return None
    return (parts if len(parts) > 1 else at.strip()), {"as": others if len(others) > 1 else names.strip()}


def _split(rest: str) -> tuple[Any, dict[str, Any]] | None:
    made = _into(rest)
    if made is None:
        return None
    at, keys = made
    return at, {**keys, "into": [p.strip() for p in keys["into"].split(",")]}


def _merge(rest: str) -> tuple[Any, dict[str, Any]] | None:
    made = _into(rest)
    if made is None:
        return None
    at, keys = made
    return [p.strip() for p in at.split(",")], keys


def _into(rest: str) -> tuple[str, dict[str, Any]] | None:
    """`A into B pick C`, of values; `A into B with C`, of fields."""
    found = re.fullmatch(r"(\S.*?) into (\S.*?)(?: (pick|with) (\S+))?", rest)
    if found is None:
        return None
    at, into, word, how = found.groups()
    return at, {"into": into, **({word: how} if word else {})}


def _deprecate(rest: str) -> tuple[str, dict[str, Any]] | None:
    at, word, use = rest.partition(" use ")
    if not at.strip() or (word and not use.strip()):
        return None
    return at.strip(), ({"use": use.strip()} if word else {})


def _describe(rest: str) -> tuple[str, dict[str, Any]] | None:
    raise wrong(f"`describe {rest}` does not fit on one line", "write `describe: {User: Who may log in.}`", "SC301")


def _custom(rest: str) -> tuple[str, dict[str, Any]] | None:
    raise wrong(f"`custom {rest}` does not fit on one line", "write `custom: Order` with `up:` and `down:`", "SC301")


_PARSERS = {
    "add": _add,
    "remove": _remove,
    "rename": _to,
    "alias": _alias,
    "move": _move,
    "split": _split,
    "merge": _merge,
    "change": _to,
    "deprecate": _deprecate,
    "describe": _describe,
    "behaviour": _remove,
    "custom": _custom,
    "backport": _remove,
}
