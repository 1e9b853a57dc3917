"""The forms of bodies and answers: which reader or writer each has, and what a handler sees of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..contract.contract import Contract
from ..contract.message import Header, Media, Response
from ..contract.named_types import EnumType, ObjectType
from ..contract.operation import Operation
from ..contract.parameter import Location, Parameter
from ..contract.types import MISSING, Kind, ListOf, Ref, Scalar, Type, UnionOf
from .media import is_json, kind_of
from .readings import is_file

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


def form_of(media: Media, contract: Contract) -> str:
    """Which class of the runtime reads or writes this form: Json, Text, File, Urlencoded or Multipart."""
    kind = kind_of(media.media_type)
    if is_json(kind):
        return "Json"
    if kind in (FORM, MULTIPART) and _has_fields(media.type, contract):
        return "Urlencoded" if kind == FORM else "Multipart"
    if media.type is not None and is_file(media.type):
        return "File"
    if kind.startswith("text/"):
        return "Text"
    if kind in ("*/*", "application/*") and media.type is not None and not isinstance(media.type, Scalar):
        return "Json"
    return "File"


def _has_fields(type_: Type | None, contract: Contract) -> bool:
    match type_:
        case Ref(name):
            return not isinstance(contract.types[name], EnumType)
        case ListOf():
            return False
        case Scalar(kind=kind):
            return kind is Kind.JSON
        case _:
            return True


def is_text(type_: Type | None, contract: Contract) -> bool:
    """Whether a text holds a single value of this type, which can be checked."""
    if isinstance(type_, UnionOf):
        return all(is_text(v, contract) for v in type_.variants)
    return isinstance(type_, Scalar) or (isinstance(type_, Ref) and isinstance(contract.types[type_.name], EnumType))


def may_be_text(type_: Type | None, contract: Contract) -> bool:
    """Whether a handler may have a text for a value of this type."""
    match type_:
        case Scalar(kind=kind):
            return kind in (Kind.STR, Kind.EMAIL, Kind.URL, Kind.JSON)
        case UnionOf(variants):
            return any(may_be_text(v, contract) for v in variants)
        case Ref(name):
            return isinstance(contract.types[name], EnumType)
        case _:
            return type_ is None


def objects(type_: Type | None, contract: Contract) -> list[ObjectType]:
    """The objects whose fields a form may have."""
    variants: Iterable[Type] = type_.variants if isinstance(type_, UnionOf) else () if type_ is None else (type_,)
    found = [contract.types[v.name] for v in variants if isinstance(v, Ref)]
    return [t for t in found if isinstance(t, ObjectType)]


def encodings(media: Media) -> Mapping[str, Any]:
    """What is said of how single fields of a form travel (OpenAPI 3.1, 4.8.15)."""
    found = media.extra.get("encoding")
    return {n: e for n, e in found.items() if isinstance(e, dict)} if isinstance(found, dict) else {}


def several(operation: Operation, contract: Contract) -> bool:
    """Whether there is more to its answers than one of JSON with one status."""
    responses = operation.responses
    if len(responses) != 1:
        return bool(responses)
    only = responses[0]
    plain = not only.forms or (kind_of(only.media_type) == "application/json" and not only.others)
    return not (isinstance(only.status, int) and plain and not only.headers and (not only.page or only.status == 200))


def usual(operation: Operation) -> int:
    """The status of an answer of which the handler says none: the first success."""
    stated = [r.status for r in operation.responses if r.success] or [r.status for r in operation.responses]
    numbers = [status for status in stated if isinstance(status, int)]
    if numbers:
        return numbers[0]
    classes = [int(str(status)[0]) * 100 for status in stated if str(status)[0].isdigit()]
    return classes[0] if classes else 200


def usual_answer(operation: Operation) -> Response | None:
    """The answer that has the usual status."""
    status = usual(operation)
    wanted = (status, f"{status // 100}XX", "default")
    return next((r for w in wanted for r in operation.responses if r.status == w), None)


def header_parameter(header: Header) -> Parameter:
    """A header of an answer, as if it were one of a request: it is written and read the same way."""
    explode = header.extra.get("explode")
    return Parameter(
        "",
        header.name,
        Location.HEADER,
        header.type,
        required=header.required,
        default=MISSING,
        explode=explode if isinstance(explode, bool) else None,
    )
