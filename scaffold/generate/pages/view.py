"""What the page of a version shows, read from its OpenAPI document and ready for the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from markupsafe import Markup

from ...guide.words import slug, unique
from .errors import ErrorSample
from .prose import description
from .schemas import Row, anchor, code, facts, row, rows, type_words

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
"""In the order in which a reader wants them."""
Documented = Mapping[str, Any]


@dataclass(frozen=True)
class Sample:
    """A request of an operation and its answer, as they go over the wire."""

    request: str
    answer: str | None


@dataclass(frozen=True)
class Form:
    """One media type of a body, and what it holds; `rows` where that has no name of its own."""

    media_type: str
    type: Markup
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class AnswerView:
    """One status that an operation answers."""

    status: str
    phrase: str
    about: Markup
    forms: tuple[Form, ...]
    headers: tuple[Row, ...]


@dataclass(frozen=True)
class OperationView:
    """One operation."""

    anchor: str
    method: str
    path: str
    title: str
    about: Markup
    deprecated: bool
    access: Markup | None
    parameters: tuple[Row, ...]
    body: tuple[Form, ...]
    body_about: Markup
    answers: tuple[AnswerView, ...]
    sample: Sample | None


@dataclass(frozen=True)
class Group:
    """Operations of one tag."""

    name: str
    anchor: str
    about: Markup
    operations: tuple[OperationView, ...]


@dataclass(frozen=True)
class TypeView:
    """One named type: its fields, or what it is in a few words."""

    name: str
    anchor: str
    about: Markup
    words: Markup
    facts: tuple[Markup, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SchemeView:
    """One way to say who calls."""

    name: str
    words: Markup
    about: Markup


@dataclass(frozen=True)
class PageView:
    """The page of one version."""

    title: str
    version: str
    number: str
    about: Markup
    base: str
    named: str
    errors: ErrorSample | None
    groups: tuple[Group, ...]
    types: tuple[TypeView, ...]
    schemes: tuple[SchemeView, ...]


def page_view(
    document: Documented,
    version: str,
    base: str,
    samples: Mapping[str, Sample],
    *,
    errors: ErrorSample | None = None,
    named: str = "",
) -> PageView:
    """What the page of `version` shows; `samples` are by `GET /users/{id}` as the document writes it.

    `errors` is how an error looks where it is no problem details; `named` is how requests name the version, where
    its path does not.
    """
    reader = _Reader(document, samples)
    info = _mapping(document.get("info"))
    return PageView(
        title=str(info.get("title", "API")),
        version=version,
        number=str(info.get("version", version)),
        about=description(_text(info.get("description")), below=1),
        base=base,
        named=named,
        errors=errors,
        groups=tuple(reader.groups()),
        types=tuple(reader.types()),
        schemes=tuple(reader.schemes()),
    )


class _Reader:
    def __init__(self, document: Documented, samples: Mapping[str, Sample]) -> None:
        self.document = document
        self.components = _mapping(document.get("components"))
        self.samples = samples
        self.taken = {"top", "errors", "types", "access", "operations"}

    def groups(self) -> Iterator[Group]:
        """Operations by their first tag, in the order of the document's tags and then of its paths."""
        tags = [_mapping(t) for t in _sequence(self.document.get("tags"))]
        about = {str(t.get("name")): _text(t.get("description")) for t in tags}
        found: dict[str, list[OperationView]] = {name: [] for name in about}
        for path, item in _mapping(self.document.get("paths")).items():
            stated = _mapping(item)
            for method in METHODS:
                if isinstance(operation := stated.get(method), Mapping):
                    tag = next(map(str, _sequence(operation.get("tags"))), "")
                    shared = _sequence(stated.get("parameters"))
                    found.setdefault(tag, []).append(self.operation(method.upper(), path, operation, shared))
        for name, operations in found.items():
            if operations:
                place = unique(f"group-{slug(name)}", self.taken)
                yield Group(name, place, description(about.get(name), below=2), tuple(operations))

    def operation(self, method: str, path: str, stated: Documented, shared: Sequence[Any]) -> OperationView:
        """One operation; `shared` are the parameters of its path."""
        parameters: dict[tuple[str, str], Row] = {}
        for parameter in map(self.resolved, (*shared, *_sequence(stated.get("parameters")))):
            made = self.parameter(parameter)
            parameters[made.place, made.name] = made
        body = self.resolved(stated.get("requestBody"))
        answers = _mapping(stated.get("responses")).items()
        id_ = _text(stated.get("operationId")) or f"{method} {path}"
        return OperationView(
            anchor=unique(slug(id_), self.taken),
            method=method,
            path=path,
            title=_text(stated.get("summary")) or id_,
            about=description(_text(stated.get("description"))),
            deprecated=stated.get("deprecated") is True,
            access=self.access(stated.get("security", self.document.get("security"))),
            parameters=tuple(parameters.values()),
            body=self.forms(body.get("content")),
            body_about=description(_text(body.get("description")), below=4),
            answers=tuple(self.answer(str(status), self.resolved(a)) for status, a in answers),
            sample=self.samples.get(f"{method} {path}"),
        )

    def parameter(self, stated: Documented) -> Row:
        """One parameter; where it is sent is its `place`."""
        content: object = next(iter(_mapping(stated.get("content")).values()), None)
        schema = stated.get("schema", _mapping(content).get("schema"))
        made = row(
            str(stated.get("name", "")),
            schema,
            required=stated.get("required") is True,
            about=_text(stated.get("description")),
            place=str(stated.get("in", "query")),
        )
        if stated.get("deprecated") is True and not made.deprecated:
            return Row(made.name, made.type, made.facts, made.about, made.required, True, made.place)
        return made

    def answer(self, status: str, stated: Documented) -> AnswerView:
        """One answer of an operation."""
        known = status.isdigit() and int(status) in set(HTTPStatus)
        headers = _mapping(stated.get("headers")).items()
        return AnswerView(
            status=status,
            phrase=HTTPStatus(int(status)).phrase if known else "",
            about=description(_text(stated.get("description")), below=4),
            forms=self.forms(stated.get("content")),
            headers=tuple(self.header(name, self.resolved(h)) for name, h in headers),
        )

    def header(self, name: str, stated: Documented) -> Row:
        """One header of an answer."""
        required = stated.get("required") is True
        return row(name, stated.get("schema"), required=required, about=_text(stated.get("description")))

    def forms(self, content: object) -> tuple[Form, ...]:
        """The media types of a body."""
        made = []
        for media_type, media in _mapping(content).items():
            schema = _mapping(media).get("schema")
            inline = schema if isinstance(schema, Mapping) and "$ref" not in schema else None
            made.append(Form(media_type, type_words(schema), tuple(rows(inline))))
        return tuple(made)

    def types(self) -> Iterator[TypeView]:
        """Every named type, in the order of the document."""
        for name, schema in _mapping(self.components.get("schemas")).items():
            stated = _mapping(schema)
            about = description(_text(stated.get("description")))
            yield TypeView(name, anchor(name), about, type_words(schema), facts(schema), tuple(rows(schema)))

    def access(self, stated: object) -> Markup | None:
        """Who is let in, in words; None where anybody is."""
        ways = [_mapping(way) for way in _sequence(stated)]
        told = [Markup(" and ").join(_scheme_words(n, s) for n, s in way.items()) for way in ways if way]
        if not told:
            return None
        if len(told) < len(ways):
            told.append(Markup("without a credential"))
        return Markup(", or ").join(told)

    def schemes(self) -> Iterator[SchemeView]:
        """The ways to say who calls."""
        for name, scheme in _mapping(self.components.get("securitySchemes")).items():
            stated = self.resolved(scheme)
            yield SchemeView(name, _credential(stated), description(_text(stated.get("description")), below=3))

    def resolved(self, stated: object) -> Documented:
        """What a reference inside the document leads to, or what is there; nothing where it leads nowhere."""
        found = _mapping(stated)
        for _ in range(8):
            reference = found.get("$ref")
            if not isinstance(reference, str):
                break
            there: object = self.document if reference.startswith("#/") else None
            for step in reference.removeprefix("#/").split("/"):
                there = _mapping(there).get(step.replace("~1", "/").replace("~0", "~"))
            found = _mapping(there)
        return found


def _scheme_words(name: str, scopes: object) -> Markup:
    wanted = [code(s) for s in _sequence(scopes)]
    return Markup('<a href="#access">{}</a>').format(name) + (
        Markup(" with {}").format(Markup(" ").join(wanted)) if wanted else Markup()
    )


def _credential(scheme: Documented) -> Markup:
    """How a credential of a scheme is sent."""
    match scheme.get("type"):
        case "apiKey":
            return Markup("A key, as {} in the {}.").format(code(scheme.get("name")), str(scheme.get("in")))
        case "http" if str(scheme.get("scheme")).lower() == "basic":
            return Markup("A user and a password: <code>Authorization: Basic …</code>.")
        case "http" | "oauth2" | "openIdConnect":
            word = str(scheme.get("scheme") or "bearer").capitalize()
            return Markup("<code>Authorization: {} …</code>").format(word)
        case "mutualTLS":
            return Markup("A certificate of the client.")
        case other:
            return Markup("{}").format(str(other))


def _mapping(value: object) -> Documented:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
