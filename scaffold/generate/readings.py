"""How texts are read as values of a type: the readers of parameters and forms, decided when the code is generated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import EnumType, ObjectType, Unknown
from ..contract.types import Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..contract.views import view_fields
from ..convert.stated import is_rest
from .media import is_json, kind_of
from .python import text

_KINDS = {
    Kind.INT: "number",
    Kind.FLOAT: "number",
    Kind.BOOL: "boolean",
    Kind.NULL: "null",
    Kind.BYTES: "file",
    Kind.STR: "text",
    Kind.JSON: "anything",
}
"""The readers of single values; of all other kinds the text itself is the value, and not every text is one."""
_ORDER = ("raw", "file", "number", "boolean", "null", "document", "anything", "text", "")
"""What is tried first, where a value may be one of several kinds."""


def is_file(type_: Type) -> bool:
    """Whether a part of a form that holds it is a file."""
    if isinstance(type_, ListOf):
        return is_file(type_.items)
    return isinstance(type_, Scalar) and (type_.kind is Kind.BYTES or type_.format == "binary")


def reader(type_: Type, contract: Contract, *, nullable: bool = False) -> str:
    """The reader of one text: an expression."""
    words = sorted({*_words(type_, contract), *(["null"] if nullable else [])}, key=_ORDER.index)
    if "anything" in words:
        return "texts.anything"
    if "text" in words:  # any text will do, and so `null` is one
        words.remove("text")
        words = [w for w in words if w != "null"]
    words = [w for w in words if w] or ["text"]
    return f"texts.{words[0]}" if len(words) == 1 else f"texts.either({', '.join(f'texts.{w}' for w in words)})"


def _words(type_: Type, contract: Contract) -> set[str]:
    match type_:
        case Scalar(choices=choices) if choices:
            return {_word(value) for value in choices}
        case Scalar(kind=Kind.STR, format="binary"):
            return {"raw"}
        case Scalar(kind=kind):
            return {_KINDS.get(kind, "")}
        case Ref(name):
            return {"" if isinstance(contract.types[name], EnumType) else "document"}
        case UnionOf(variants):
            return {word for variant in variants for word in _words(variant, contract)}
        case _:
            return {"document"}


def _word(value: Any) -> str:
    if value is None:
        return "null"
    return "boolean" if isinstance(value, bool) else "number" if isinstance(value, int | float) else ""


def tree(type_: Type, contract: Contract, view: View = View.INPUT, *, deep: bool = False) -> str:
    """The readers of a whole value: of a text, of a list's items, of an object's fields.

    `deep`: objects in it are fields of fields, else they are documents.
    """
    return _tree(type_, contract, view, deep, ())


def _tree(type_: Type, contract: Contract, view: View, deep: bool, inside: tuple[str, ...]) -> str:
    match type_:
        case ListOf(items=inner):
            return f"texts.Items({_but_text(reader(inner, contract))})"
        case MapOf(values=inner):
            return f"texts.Fields(rest={reader(inner, contract)})"
        case Ref(name) if isinstance(found := contract.types[name], ObjectType):
            return fields([found], contract, view, deep=deep, inside=(*inside, name))
        case UnionOf(variants) if objects := _objects(variants, contract):
            return fields(objects, contract, view, deep=deep, inside=inside)
        case _:
            return reader(type_, contract)


def _objects(variants: Iterable[Type], contract: Contract) -> list[ObjectType]:
    found = [contract.types[v.name] for v in variants if isinstance(v, Ref)]
    return [t for t in found if isinstance(t, ObjectType)]


def fields(
    types: list[ObjectType],
    contract: Contract,
    view: View,
    *,
    deep: bool = False,
    inside: tuple[str, ...] = (),
    encodings: Mapping[str, Any] | None = None,
) -> str:
    """The readers of the fields of an object, or of any of several."""
    known: dict[str, str] = {}
    for type_ in types:
        for f in view_fields(type_, view, contract.version):
            if is_rest(f.field):
                continue
            inner = f.type
            nests = isinstance(inner, Ref) and isinstance(contract.types[inner.name], ObjectType)
            if isinstance(inner, ListOf):
                made = f"texts.Items({_but_text(reader(inner.items, contract))})"
            elif deep and nests and isinstance(inner, Ref) and inner.name not in inside:
                made = _tree(inner, contract, f.nested, deep, inside)
            elif is_json(kind_of(str((encodings or {}).get(f.name, {}).get("contentType", "")))):
                made = "texts.document"
            else:
                made = reader(inner, contract, nullable=f.nullable)
            known.setdefault(f.name, made)
    rest = next((_rest(t, contract) for t in types if t.unknown is not Unknown.IGNORE), "")
    stated = [f"{{{', '.join(f'{text(n)}: {r}' for n, r in known.items())}}}"] if known else []
    return f"texts.Fields({', '.join([*stated, *([f'rest={rest}'] if rest else [])])})"


def _rest(type_: ObjectType, contract: Contract) -> str:
    return "texts.text" if type_.rest is None else reader(type_.rest, contract)


def _but_text(made: str) -> str:
    return "" if made == "texts.text" else made
