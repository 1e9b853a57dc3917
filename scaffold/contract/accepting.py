"""Other forms that requests may send a value in: a text that a codec reads as it."""

from __future__ import annotations

from .types import Kind, ListOf, Scalar, Type

TEXTS = (Kind.INT, Kind.FLOAT, Kind.BOOL)
"""The kinds that JSON has as something else than a text, and of which a text says one."""


def accepted(type_: Type) -> dict[str, str]:
    """The forms that values of a type may be sent in, each with the function of generated projects that reads it."""
    match type_:
        case ListOf(items=Scalar(kind=Kind.STR, choices=())):
            return {"csv": "list_codecs.csv_to_list"}
        case Scalar(kind=kind, choices=()) if kind in TEXTS:
            return {"text": f"codecs.text_to_{kind}"}
        case _:
            return {}
