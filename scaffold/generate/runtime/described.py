"""The document that FastAPI makes of operations: with everything that route modules state of them."""

import inspect
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import Body, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from .answers import Answer, Answers, Status
from .bodies import Bodies
from .operations import Operation
from .shapes import Envelope, Shape

_COMPONENTS = "#/components/schemas/"
_LATER = "#/shapes/"
JSON = "application/json"
PAGE_HEADERS: dict[str, Any] = {
    "X-Total-Count": {"schema": {"type": "integer", "minimum": 0}},
    "Link": {"schema": {"type": "string"}},
}
"""What a page says where nothing stands around it."""
_CLASSES = {"1XX": "Information", "2XX": "Success", "3XX": "Redirection", "4XX": "Client error", "5XX": "Server error"}


def described(operations: Iterable[Operation], envelope: Envelope, title: str, release: str) -> dict[str, Any]:
    """The document of `operations`, whose pages stand in `envelope`."""
    schemas = _Schemas()
    stated = list(operations)
    found = get_openapi(title=title, version=release, routes=[_route(o, envelope, schemas) for o in stated])
    for operation in stated:
        if operation.replies is not None:
            # FastAPI adds a usual answer of its own, also where there is none.
            responses = found["paths"][operation.path][operation.method.lower()]["responses"]
            for status in set(responses) - {str(s) for s in operation.replies.stated} - {"422"}:
                del responses[status]
    settled: dict[str, Any] = schemas.settled(found)
    return settled


class _Schemas:
    """The schemas of shapes: asked for one by one, and made all at once when everything is known."""

    def __init__(self) -> None:
        self._asked: list[tuple[Shape[Any], Literal["validation", "serialization"]]] = []

    def of(self, shape: Shape[Any], *, shown: bool = False) -> dict[str, Any]:
        """A reference that stands for the schema until the document is settled."""
        self._asked.append((shape, "serialization" if shown else "validation"))
        return {"$ref": f"{_LATER}{len(self._asked) - 1}"}

    def settled(self, document: dict[str, Any]) -> Any:
        """`document` with every schema in its place, and what they refer to among its components."""
        if not self._asked:
            return document
        asked: list[tuple[int, Literal["validation", "serialization"], TypeAdapter[Any]]] = [
            (number, mode, shape.one) for number, (shape, mode) in enumerate(self._asked)
        ]
        made, beside = TypeAdapter.json_schemas(asked, ref_template=f"{_COMPONENTS}Shape.{{model}}")
        known = {number: schema for (number, _), schema in made.items()}
        components = document.setdefault("components", {}).setdefault("schemas", {})
        components |= {f"Shape.{name}": schema for name, schema in beside.get("$defs", {}).items()}
        return _replaced(document, known)


def _replaced(value: Any, known: dict[int, Any]) -> Any:
    if isinstance(value, list):
        return [_replaced(item, known) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: _replaced(item, known) for key, item in value.items()}
    if isinstance(ref := value.get("$ref"), str) and ref.startswith(_LATER):
        del made["$ref"]
        return {**known[int(ref.removeprefix(_LATER))], **made}
    return made


def _route(operation: Operation, envelope: Envelope, schemas: _Schemas) -> APIRoute:
    """A route with every model; it is never called."""
    extra: dict[str, Any] = {}
    if operation.parameters or operation.opt_ins:
        asking = [{"name": n, "in": "header", "schema": {"type": "string"}} for n in operation.opt_ins]
        extra["parameters"] = [*(p.documented(schemas) for p in operation.parameters), *asking]
    if operation.bodies is not None:
        extra["requestBody"] = _request_body(operation.bodies, schemas)
    body = operation.body
    return APIRoute(
        operation.path,
        operation.endpoint if body is None else _with_body(operation.endpoint, body, operation.body_required),
        methods=[operation.method],
        operation_id=operation.id,
        name=operation.id,
        openapi_extra=extra or None,
        summary=operation.summary,
        description=operation.description,
        tags=list(operation.tags),
        deprecated=operation.deprecated or None,
        **(
            _usual(operation, envelope) if operation.replies is None else _several(operation.replies, envelope, schemas)
        ),
    )


def _usual(operation: Operation, envelope: Envelope) -> dict[str, Any]:
    """What FastAPI is told of answers that are JSON."""
    answers: dict[int, Any] = {
        status: None if shape is None else shape.type for status, shape in operation.answers.items()
    }
    if operation.page_of is not None:
        name = f"{getattr(operation.page_of.type, '__name__', 'Item')}Page"
        answers = {200: envelope.model(operation.page_of.type, name), **answers}
    status, model = next(iter(answers.items()), (200, None))
    others: dict[int | str, dict[str, Any]] = {
        code: {"description": _phrase(code), **({} if type_ is None else {"model": type_})}
        for code, type_ in answers.items()
        if code != status
    }
    if operation.page_of is not None and envelope.is_bare:
        others[200] = {"headers": PAGE_HEADERS}
    return {
        "status_code": status,
        "response_model": model,
        "response_class": JSONResponse if model is not None else Response,
        "response_description": _phrase(status),
        "responses": others,
    }


def _several(answers: Answers, envelope: Envelope, schemas: _Schemas) -> dict[str, Any]:
    """What FastAPI is told of answers in other forms: their content, word for word."""
    numbers = [status for status in answers.stated if isinstance(status, int)]
    return {
        "status_code": numbers[0] if numbers else 200,
        "response_model": None,
        "response_class": Response,
        "responses": {
            status: {"description": _phrase(status), **_answer(answer, envelope, schemas)}
            for status, answer in answers.stated.items()
        },
    }


def _answer(answer: Answer, envelope: Envelope, schemas: _Schemas) -> dict[str, Any]:
    headers = {
        header.name: {**({"required": True} if header.required else {}), **header.stated(schemas, shown=True)}
        for header in answer.headers.values()
    }
    content = {
        media_type: {} if form.shape is None else {"schema": schemas.of(form.shape, shown=True)}
        for media_type, form in answer.forms.items()
    }
    if answer.page is not None:
        headers = {**(PAGE_HEADERS if envelope.is_bare else {}), **headers}
        item = answer.page.shape.type
        name = f"{getattr(item, '__name__', 'Item')}Page"
        content = {JSON: {"schema": schemas.of(Shape(envelope.model(item, name)), shown=True)}}
    return {**({"headers": headers} if headers else {}), **({"content": content} if content else {})}


def _request_body(bodies: Bodies, schemas: _Schemas) -> dict[str, Any]:
    content = {
        media_type: {} if form.shape is None else {"schema": schemas.of(form.shape)}
        for media_type, (form, _) in bodies.forms.items()
    }
    return {**({"required": True} if bodies.required else {}), "content": content}


def _phrase(status: Status) -> str:
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return _CLASSES.get(str(status), "Any other answer" if status == "default" else f"Status {status}")


def _with_body(endpoint: Callable[..., Any], body: Shape[Any], required: bool) -> Callable[..., Any]:
    """A function with the parameters of `endpoint` and a body, for documentation alone."""

    def stand_in(**_: Any) -> None: ...

    signature = inspect.signature(endpoint)
    payload = inspect.Parameter(
        "payload",
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if required else None,
        annotation=Annotated[body.type, Body()],
    )
    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in signature.parameters.values()]
    stand_in.__signature__ = inspect.Signature([*parameters, payload])  # type: ignore[attr-defined]  # PEP 362
    stand_in.__doc__ = endpoint.__doc__
    return stand_in
