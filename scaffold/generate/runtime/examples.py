"""Example mode: an operation that is still to be written answers with an example that fits its contract.

The examples were made with the code, one file for each version that introduced or changed some; a file is read when
it is first needed. Requests are read and checked as always: only the handler's own work is replaced.
"""

import base64
import json
from abc import update_abstractmethods
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .checks import Resource, StartRefused, missing, provided
from .context import context
from .operations import Provider
from .problems import NotWritten, Problem, render


class Examples:
    """The examples of every version. `files` are those of the versions that have some, None for others, oldest first.

    What a version does not state is as in the version before.
    """

    def __init__(self, files: Mapping[str, Path | None]) -> None:
        self._versions = list(files)
        self._files = files
        self._read: dict[str, Mapping[str, Any]] = {}

    def of(self, version: str, id: str) -> Mapping[str, Any] | None:
        """The example of the operation `id` in `version`; None where none could be made."""
        for older in self._versions[self._versions.index(version) :: -1]:
            stated = self._stated(older)
            if id in stated:
                found: Mapping[str, Any] | None = stated[id]
                return found
        return None

    def _stated(self, version: str) -> Mapping[str, Any]:
        path = self._files[version]
        if version not in self._read:
            self._read[version] = {} if path is None else json.loads(path.read_bytes())
        return self._read[version]

    async def answer(self, request: Request, error: Problem) -> Response:
        """The example in the place of `error`, which says that the operation is not done yet."""
        notice = context(request).notice
        id = getattr(request.scope.get("route"), "operation_id", None)
        found = None if notice is None or id is None else self.of(notice.version.id, id)
        return render(error, request) if found is None else _response(found)


def _response(example: Mapping[str, Any]) -> Response:
    if "body" in example:
        body = json.dumps(example["body"], ensure_ascii=False, separators=(",", ":")).encode()
    elif "base64" in example:
        body = base64.b64decode(example["base64"])
    else:
        body = example.get("text", "").encode()
    headers = dict(example.get("headers", {}))
    if "media_type" in example:
        charset = "; charset=utf-8" if "text" in example else ""
        headers["content-type"] = f"{example['media_type']}{charset}"
    return Response(body, example["status"], headers)


def fill_in(resources: Mapping[str, Resource], providers: Mapping[str, Callable[..., Any]]) -> None:
    """Give every handler the methods that it lacks, so that it can be made; they raise NotWritten."""
    for name, resource in resources.items():
        handler = provided(providers[name]) if name in providers else None
        if handler is not None:
            _fill_in(handler, missing(handler, resource))


def stand_in(resource: Resource) -> Provider[Any]:
    """A provider of a handler of which nothing is written that only its users can write; for tests."""
    made = type(resource.base.__name__, (resource.base,), {})
    _fill_in(made, missing(made, resource))

    async def provide(request: Request) -> Any:
        return made(request.app.state.stores)

    provide.__annotations__["return"] = made
    return provide


def _fill_in(handler: type, names: Iterable[str]) -> None:
    for name in names:
        setattr(handler, name, _method(f"{handler.__qualname__}.{name}"))
    update_abstractmethods(handler)


def _method(name: str) -> Callable[..., Any]:
    async def method(*args: Any, **kwargs: Any) -> Any:
        raise NotWritten(name)

    method.unwritten = True  # type: ignore[attr-defined]  # a mark: outside of example mode it is still missing
    return method


def check_examples(environment: str) -> None:
    """Raise StartRefused outside development and test, where nobody must take an example for an answer."""
    if environment not in ("development", "test"):
        raise StartRefused(f"example mode is on: it answers with examples, which is never done in {environment}")
