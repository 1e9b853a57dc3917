"""Scalars keep their text until the key they stand under says what they are."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..diagnostics import did_you_mean
from .nodes import ListNode, MapNode, Node, ScalarNode


class Raw(str):
    """A scalar's text with the node it came from."""

    __slots__ = ("node",)
    node: ScalarNode

    @property
    def null(self) -> bool:
        """Whether it is the written null."""
        return not self.node.quoted and str(self) in ("null", "~", "Null", "NULL")


class Block(dict[str, Any]):
    """A mapping's values with the node they came from; `cut` when a wrong key was left out."""

    __slots__ = ("cut", "node")
    node: MapNode
    cut: bool

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.cut = False


class Row(list[Any]):
    """A list's values with the node they came from."""

    __slots__ = ("node",)
    node: ListNode


def values(node: Node) -> Raw | Block | Row:
    """The plain values of `node`; scalars stay text."""
    if isinstance(node, ScalarNode):
        raw = Raw(node.text)
        raw.node = node
        return raw
    if isinstance(node, MapNode):
        block = Block({key: values(child) for key, child in node.entries.items()})
        block.node = node
        return block
    row = Row(values(child) for child in node.items)
    row.node = node
    return row


def wrong(message: str, help_: str | None = None, code: str = "SC202") -> PydanticCustomError:
    """A finding raised inside a model; the place is added by who maps it back."""
    return PydanticCustomError(code, "{message}", {"message": message, "help": help_})


def _scalar(value: object, what: str) -> Raw | str:
    if isinstance(value, Block | Row | dict | list):
        kind = "a list" if isinstance(value, list) else "a mapping"
        raise wrong(f"{what} is needed here, not {kind}")
    if isinstance(value, Raw) and value.null:
        raise wrong(f"{what} is needed here, not null", 'put quotes round it if the text "null" is meant')
    return value if isinstance(value, str) else str(value)


def _word(value: object) -> str:
    text = _scalar(value, "a text")
    if not text.strip():
        raise wrong("a text is needed here, and this one is empty")
    return str(text)


def _prose(value: object) -> str:
    return str(_scalar(value, "a text"))


def _kept(value: object) -> Any:
    return _scalar(value, "a value")


def _keywords(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        what = "a list" if isinstance(value, list) else f"`{value}`"
        raise wrong(f"a mapping is needed here, not {what}", "write keywords of the document and their values")
    return value


def _share(value: object) -> int | float:
    made = _number(value)
    if not 0 <= made <= 1:
        raise wrong(f"a number between 0 and 1 is needed here, not `{made}`", "0.86 is fairly sure")
    return made


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _scalar(value, "`true` or `false`")
    if text not in ("true", "false") or _quoted(text):
        raise wrong(f"`true` or `false` is needed here, not `{text}`", _flag_help(text))
    return text == "true"


def _flag_help(text: str) -> str:
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text.lower(), text.lower())
    return did_you_mean(meant, ["true", "false"])


def _quoted(text: str) -> bool:
    return isinstance(text, Raw) and text.node.quoted


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = _scalar(value, "a whole number")
    if not re.fullmatch(r"-?(0|[1-9][0-9]{0,18})", text) or _quoted(text):
        raise wrong(f"a whole number is needed here, not `{text}`")
    return int(text)


def _number(value: object) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = _scalar(value, "a number")
    if not is_number(text) or _quoted(text):
        raise wrong(f"a number is needed here, not `{text}`")
    return number(text)


WHOLE = r"-?(0|[1-9][0-9]{0,400})"
NUMBER = rf"{WHOLE}(\.[0-9]{{1,400}})?([eE][+-]?[0-9]{{1,3}})?"


def is_number(text: str) -> bool:
    """Whether `text` is a number as JSON writes it, and one that has a value."""
    return re.fullmatch(NUMBER, text) is not None and math.isfinite(number(text))


def number(text: str) -> int | float:
    """A number written as JSON writes it."""
    return int(text) if re.fullmatch(r"-?[0-9]+", text) else float(text)


def _moment(value: object) -> date | datetime:
    if isinstance(value, date):
        return value
    text = _scalar(value, "a date")
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})?", text):
            moment = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
            if moment.tzinfo is None:
                raise wrong(
                    f"`{text}` does not say where in the world it is",
                    f"write `{text}Z` for UTC, or an offset: `{text}+02:00`",
                )
            return moment.astimezone(UTC)
    except PydanticCustomError:
        raise
    except (ValueError, OverflowError):
        raise wrong(f"`{text}` is no day of the calendar", "write `2026-03-01`") from None
    raise wrong(f"a date is needed here, not `{text}`", "write `2026-03-01`, or `2026-03-01T12:00:00Z`")


_TEXT = {"type": ["string", "number", "boolean"]}
Word = Annotated[str, BeforeValidator(_word), WithJsonSchema({"type": "string"})]
Label = Annotated[str, BeforeValidator(_prose), WithJsonSchema(_TEXT)]
Prose = Annotated[str, BeforeValidator(_prose), WithJsonSchema({"type": "string"})]
Flag = Annotated[bool, BeforeValidator(_flag)]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[int | float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Moment = Annotated[
    date | datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "description": "A date (midnight UTC) or a datetime with an offset."}),
]
Share = Annotated[int | float, BeforeValidator(_share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
Value = Annotated[Any, WithJsonSchema({})]
Keywords = Annotated[Any, BeforeValidator(_keywords), WithJsonSchema({"type": "object"})]
"""A mapping that is kept word for word."""
Later = Annotated[Any, BeforeValidator(_kept), WithJsonSchema(_TEXT)]
"""A scalar that keeps its place until its type is known."""
