"""How every error is written: a JSON template with facts, its media type, and what may stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .types import Json

FACTS: Mapping[str, str] = {
    "$status": "the status of the answer, a number",
    "$code": "the kind of error for programs: `not-found`",
    "$code_snake": "the kind of error: `not_found`",
    "$code_upper": "the kind of error: `NOT_FOUND`",
    "$type": "where the kind of error is explained: `/problems/not-found`",
    "$title": "the kind of error for people: `Not found`",
    "$detail": "what is wrong with this very request, where there is more to say than the title",
    "$instance": "the path that was asked for",
    "$request_id": "the id of the request, as in `X-Request-ID`",
    "$errors": "every value that is wrong: a list of `{loc, msg, type}`",
    "$requested": "the version that was asked for, where that is what is wrong",
    "$supported": "the versions that answer, where one was asked for that does not",
    "$successor": "where the same is found in the next version",
    "$documentation": "the page that says how to move on",
    "$more": "an object of everything else that is known of the error",
}
"""What an error can say of itself, by the word that stands for it in a template."""
ITEM_FACTS: Mapping[str, str] = {
    "$loc": "the way to the value: `[body, address, city]`",
    "$in": "where it was sent: `body`, `query`, `path`, `header`, `cookie`",
    "$field": "its name there: `address.city`",
    "$pointer": "the same as a JSON Pointer (RFC 6901): `/address/city`",
    "$message": "what is wrong with it",
    "$kind": "the kind of mistake for programs: `missing`",
}
"""What one wrong value says of itself, in a list of one object."""
_WORD = re.compile(r"\$[A-Za-z_]+")
_JSON = re.compile(r"application/(?:[\w.!#$&^+-]+\+)?json", re.ASCII)


class ErrorFormat(StrEnum):
    """The forms of errors that have a name."""

    PROBLEM = "problem"
    """Problem details (RFC 9457)."""
    SIMPLE = "simple"
    """A flat object: `error`, `message`, and what helps."""


@dataclass(frozen=True)
class ErrorForm:
    """One form. A member whose fact is not there is left out; `$detail|$title` is the first of them that is there.

    An object in a list that has facts of a wrong value stands for each of those. With `extend` what else is known of
    an error stands beside the members of `body`.
    """

    body: Mapping[str, Json]
    media_type: str = "application/json"
    extend: bool = False


FORMS: Mapping[ErrorFormat, ErrorForm] = {
    ErrorFormat.PROBLEM: ErrorForm(
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
    ),
    ErrorFormat.SIMPLE: ErrorForm(
        {"error": "$code_snake", "message": "$detail|$title", "migrate_to": "$successor"}, extend=True
    ),
}
"""The forms that have a name."""

Errors = ErrorFormat | ErrorForm


def form_of(errors: Errors) -> ErrorForm:
    """The form that is meant."""
    return FORMS[errors] if isinstance(errors, ErrorFormat) else errors


def called(form: ErrorForm) -> Errors:
    """`form`, or its name where it has one."""
    return next((word for word, known in FORMS.items() if known == form), form)


def facts_in(value: Json) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every fact of a template with the keys that lead to it; those of a wrong value stand below `[]`."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (((key, *way), fact) for way, fact in facts_in(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from ((("[]", *way), fact) for way, fact in facts_in(inner))
    elif isinstance(value, str) and value.startswith("$"):
        yield from (((), fact) for fact in value.split("|"))


def mistakes(form: ErrorForm) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What is wrong with a form: where in its body, the cause and the way out."""
    if not _JSON.fullmatch(form.media_type):
        cause = f"`{form.media_type}` is no media type of JSON"
        yield ("media_type",), cause, "write `application/json`, or one that ends in `+json`"
    if not form.body:
        yield ("body",), "an error with no members says nothing", "write `{error: {code: $code, message: $detail}}`"
    elif next(facts_in(dict(form.body)), None) is None:
        yield ("body",), "every error would say the same", f"put facts into it: {_listed(FACTS)}"
    yield from _wrong(dict(form.body), ("body",), inside=False)


def _wrong(value: Json, at: tuple[str, ...], *, inside: bool) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _wrong(inner, (*at, key), inside=inside)
    elif isinstance(value, list):
        each = [fact for _, fact in facts_in(value) if fact in ITEM_FACTS]
        if each and (inside or len(value) != 1 or not isinstance(value[0], Mapping)):
            yield at, "wrong values are told as one object in a list", "write `[{field: $field, message: $message}]`"
            return
        for inner in value:
            yield from _wrong(inner, at, inside=inside or bool(each))
    elif isinstance(value, str):
        yield from _wrong_text(value, at, inside=inside)


def _wrong_text(text: str, at: tuple[str, ...], *, inside: bool) -> Iterator[tuple[tuple[str, ...], str, str]]:
    words = _WORD.findall(text)
    if text.startswith("$") and words != text.split("|"):
        yield at, f"`{text}` is no fact of an error", f"one of {_listed(ITEM_FACTS if inside else FACTS)}"
        return
    known = {**FACTS, **ITEM_FACTS}
    for word in words:
        if not text.startswith("$"):
            if word in known:
                yield at, f"`{word}` stands alone, and not in a text", f"write `{word}`, or leave the dollar sign out"
        elif word not in known:
            yield at, f"`{word}` is no fact of an error", f"one of {_listed(ITEM_FACTS if inside else FACTS)}"
        elif word in ITEM_FACTS and not inside:
            yield at, f"`{word}` is of one wrong value", "write `[{field: $field, message: $message}]`"


def _listed(facts: Mapping[str, str]) -> str:
    return ", ".join(f"`{fact}`" for fact in facts)
