"""Documents as text: JSON, and YAML that every reader takes the same way."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import Node
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

SPOILT = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~)"
    r"|[-+]?[0-9][0-9_,]*(:[0-9]{1,2})+(\.[0-9_]*)?"
    r"|[-+]?0[0-7_]+|[-+]?[0-9][0-9_]*|0[bB][01_]+"
    r"|[-+]?([0-9][0-9_]*)?\.[0-9_]*([eE][-+]?[0-9]+)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|=|<<"
)
"""Texts that YAML 1.1, which many still read, takes for something else: `on`, `12:30`, `2026-01-01`, `0777`."""

ODD = re.compile(r"[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What may only stand in a text as an escape."""


def to_json(document: Mapping[str, Any]) -> str:
    """A document as text, as it is written to disk."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def to_yaml(document: Mapping[str, Any]) -> str:
    """A document as YAML: in its own order, long texts as they are, nothing that YAML 1.1 reads as another value."""
    writer = YAML(pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 2**20  # long lines stay lines: a text is not broken where nothing breaks it
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.Representer = _Plain
    out = StringIO()
    writer.dump(_written(document), out)
    return out.getvalue()


class _Plain(RoundTripRepresenter):
    """Values without anchors, and numbers as YAML 1.1 writes them too: `1.0e-07`."""

    def ignore_aliases(self, data: Any) -> bool:
        """Whether a value that stands twice is written twice: always."""
        return True

    def number(self, data: float) -> Node:
        """A floating-point number, always with a point."""
        digits, _, exponent = repr(data).partition("e")
        text = f"{digits if '.' in digits else f'{digits}.0'}e{exponent}" if exponent else digits
        return self.represent_scalar("tag:yaml.org,2002:float", text)


_Plain.add_representer(float, _Plain.number)


def _written(value: Any) -> Any:
    match value:
        case Mapping():
            return {_written(str(name)): _written(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_written(inner) for inner in value]
        case str() if SPOILT.fullmatch(value) or ODD.search(value):
            return DoubleQuotedScalarString(value)
        case str() if "\n" in value and " \n" not in value and not value[0].isspace():
            return LiteralScalarString(value)
        case _:
            return value
