"""A contract whose operations say everything that a parameter, a body or an answer can be, and its project."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib import import_module, invalidate_caches
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from starlette.testclient import TestClient

from scaffold.contract.contract import Contract, identity
from scaffold.contract.history import Api, History, Policy, Scheme, Version
from scaffold.contract.message import Body, Header, Media, Response
from scaffold.contract.named_types import Unknown
from scaffold.contract.operation import Operation
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.types import Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from tests.compat.contracts import enum_type, field, object_type
from tests.generated_tests.rendered import files_of

STR, INT, FLOAT, BOOL = (Scalar(k) for k in (Kind.STR, Kind.INT, Kind.FLOAT, Kind.BOOL))
FILE, BASE64 = Scalar(Kind.STR, format="binary"), Scalar(Kind.BYTES)
NULL = Scalar(Kind.NULL)
QUERY, PATH, HEADER, COOKIE = Location.QUERY, Location.PATH, Location.HEADER, Location.COOKIE
_numbers = count(1)

COLOUR = enum_type("Colour", "red", "light green")
RGB = object_type("Rgb", field("Rgb", "R?", INT), field("Rgb", "G?", INT), field("Rgb", "B?", INT))
BOX = object_type("Box", field("Box", "width?", INT), field("Box", "rgb?", Ref("Rgb")))
NOTE = object_type(
    "Note",
    field("Note", "text", Scalar(Kind.STR, max_length=8)),
    field("Note", "stars?", INT),
    field("Note", "sure?", BOOL, nullable=True),
    field("Note", "tags?", ListOf(STR)),
    field("Note", "sizes?", ListOf(INT)),
    field("Note", "colour?", Ref("Colour")),
    field("Note", "rgb?", Ref("Rgb")),
    field("Note", "day?", Scalar(Kind.DATE), nullable=True),
)
UPLOAD = object_type(
    "Upload",
    field("Upload", "title", Scalar(Kind.STR, max_length=8)),
    field("Upload", "file", FILE),
    field("Upload", "more?", ListOf(FILE)),
    field("Upload", "code?", BASE64),
    field("Upload", "note?", Ref("Note")),
    field("Upload", "numbers?", ListOf(INT)),
)
REFUSAL = object_type("Refusal", field("Refusal", "reason"), unknown=Unknown.REFUSE)
TYPES = (COLOUR, RGB, BOX, NOTE, UPLOAD, REFUSAL)


def parameter(at: str, name: str, location: Location, type_: Type, **more: Any) -> Parameter:
    """A parameter of the operation at an address."""
    required = more.pop("required", location is PATH)
    return Parameter(identity("v1", at, location, name), name, location, type_, required=required, **more)


def operation(at: str, id_: str, *responses: Response, body: Body | None = None, **parameters: Any) -> Operation:
    """An operation; `parameters` are `place_name=(type, …)` or given whole as `own`."""
    method, _, path = at.partition(" ")
    own: tuple[Parameter, ...] = parameters.pop("own", ())
    stated = responses or (Response(200, "Done.", Scalar(Kind.JSON)),)
    return Operation(identity("v1", at), id_, method, path, stated, own, body, summary=f"{id_}, tried out")


def query(at: str, *parameters: tuple[str, Location, Type, dict[str, Any]]) -> tuple[Parameter, ...]:
    """Parameters of the operation at an address."""
    return tuple(parameter(at, name, location, type_, **more) for name, location, type_, more in parameters)


def asking(at: str, id_: str, *parameters: tuple[str, Location, Type, dict[str, Any]]) -> Operation:
    """An operation that answers with what its parameters were."""
    return operation(at, id_, own=query(at, *parameters))


OPERATIONS = (
    asking(
        "GET /plain/{id}",
        "plain",
        ("id", PATH, INT, {}),
        ("n", QUERY, INT, {"required": True}),
        ("ids", QUERY, ListOf(INT), {}),
        ("colour", QUERY, Ref("Colour"), {"default": "red"}),
        ("X-Trace", HEADER, Scalar(Kind.UUID), {}),
        ("seen", COOKIE, BOOL, {}),
    ),
    asking(
        "GET /query",
        "query-styles",
        ("commas", QUERY, ListOf(INT), {"explode": False}),
        ("words", QUERY, ListOf(STR), {"explode": False}),
        ("spaces", QUERY, ListOf(STR), {"style": "spaceDelimited", "explode": False}),
        ("pipes", QUERY, ListOf(INT), {"style": "pipeDelimited", "explode": False}),
        ("some", QUERY, ListOf(INT), {"default": [1, 2]}),
        ("box", QUERY, Ref("Box"), {"style": "deepObject"}),
        ("rgb", QUERY, Ref("Rgb"), {"explode": False}),
        ("note", QUERY, Ref("Note"), {"media_type": "application/json"}),
        ("size", QUERY, Scalar(Kind.INT, choices=(1, 2, 3)), {}),
        ("either", QUERY, UnionOf((INT, STR)), {}),
        ("maybe", QUERY, UnionOf((INT, NULL), exclusive=False), {}),
        ("free", QUERY, Scalar(Kind.JSON), {}),
        ("größe.in-cm 📏", QUERY, FLOAT, {}),
        ("class", QUERY, STR, {}),
    ),
    asking("GET /spread", "spread", ("rgb", QUERY, Ref("Rgb"), {}), ("other", QUERY, STR, {})),
    asking("GET /map", "map", ("all", QUERY, MapOf(INT), {}), ("other", QUERY, STR, {})),
    asking(
        "GET /paths/{plain-ids}/{label}/{labels}/{matrix}/{matrices}/{rgb}",
        "path_styles",
        ("plain-ids", PATH, ListOf(INT), {}),
        ("label", PATH, INT, {"style": "label"}),
        ("labels", PATH, ListOf(STR), {"style": "label", "explode": True}),
        ("matrix", PATH, INT, {"style": "matrix"}),
        ("matrices", PATH, ListOf(INT), {"style": "matrix", "explode": True}),
        ("rgb", PATH, Ref("Rgb"), {"explode": True}),
    ),
    asking(
        "GET /headers",
        "headers",
        ("X-Ids", HEADER, ListOf(INT), {}),
        ("X-Rgb", HEADER, Ref("Rgb"), {"explode": True}),
        ("X-Size", HEADER, Scalar(Kind.INT, choices=(1, 2)), {}),
        ("X-Größe", HEADER, INT, {}),
        ("crumbs", COOKIE, ListOf(INT), {"explode": False}),
        ("rgb", COOKIE, Ref("Rgb"), {"explode": False}),
        ("X-Rgb", QUERY, STR, {}),
    ),
    asking("DELETE /plain/{id}", "get-plain", ("id", PATH, INT, {}), ("id", QUERY, STR, {})),
    asking("PUT /plain/{id}", "get_plain", ("id", PATH, STR, {}), ("answer", QUERY, STR, {}), ("now", QUERY, STR, {})),
    operation("POST /json", "list", body=Body(ListOf(Ref("Note")))),
    operation("POST /map", "map_body", body=Body(MapOf(INT), required=False)),
    operation("POST /scalar", "scalar", body=Body(INT)),
    operation("POST /union", "union", body=Body(UnionOf((Ref("Note"), INT)))),
    operation("POST /anything", "anything", body=Body(Scalar(Kind.JSON))),
    operation("POST /vendor", "vendor", body=Body(Ref("Note"), media_type="application/vnd.note+json")),
    operation(
        "POST /forms",
        "forms",
        Response(200, "Done.", Scalar(Kind.JSON)),
        body=Body(
            Ref("Note"),
            required=False,
            others=(
                Media("application/x-www-form-urlencoded", Ref("Note")),
                Media("multipart/form-data", Ref("Note")),
                Media("text/plain", STR),
                Media("image/*"),
            ),
        ),
    ),
    operation(
        "POST /deep",
        "deep",
        body=Body(
            Ref("Note"),
            media_type="application/x-www-form-urlencoded",
            media={"encoding": {"rgb": {"style": "deepObject"}}},
        ),
    ),
    operation("POST /uploads", "upload", body=Body(Ref("Upload"), media_type="multipart/form-data")),
    operation("POST /free-form", "free_form", body=Body(Scalar(Kind.JSON), media_type="multipart/form-data")),
    operation("PUT /file", "put_file", body=Body(FILE, media_type="application/octet-stream")),
    operation("PUT /number", "put_number", body=Body(INT, media_type="text/plain")),
    operation(
        "POST /answers",
        "answers",
        Response(
            200,
            "Done.",
            Ref("Note"),
            others=(Media("text/csv", STR), Media("image/png", FILE)),
            headers=(Header("X-Rate", INT), Header("X-Ids", ListOf(INT))),
        ),
        Response(202, "Later."),
        Response(409, "No.", Ref("Refusal"), media_type="application/problem+json"),
        Response("4XX", "Other.", Ref("Refusal")),
        Response("default", "Any.", STR, media_type="text/plain"),
        own=query("POST /answers", ("what", QUERY, STR, {"required": True})),
    ),
    operation(
        "GET /must",
        "must",
        Response(200, "Done.", INT, headers=(Header("X-Must", Scalar(Kind.DATE), required=True),)),
        own=query("GET /must", ("what", QUERY, STR, {"required": True})),
    ),
    operation("GET /image", "image", Response(200, "Done.", FILE, media_type="image/*")),
    operation("GET /only-default", "only_default", Response("default", "Any.", Ref("Refusal"))),
    operation("GET /pages", "pages", Response(200, "Done.", ListOf(Ref("Note")), page=True), Response(409, "No.")),
)


def history(*operations: Operation) -> History:
    """The history of one version with these operations."""
    contract = Contract("v1", {t.name: t for t in TYPES}, {}, operations or OPERATIONS)
    version = Version("v1", date(2025, 1, 15))
    return History(Api("messages", "Messages"), Policy(), Scheme.MAJOR, (version,), (contract,), ())


class Project:
    """A generated package on disk, imported."""

    def __init__(self, folder: Path, of: History) -> None:
        self.name = f"messages{next(_numbers)}"
        self.files = files_of(of, self.name)
        for path, text in self.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
        source = folder / f"src/{self.name}/generated"
        (source.parent / "__init__.py").touch()
        sys.path.insert(0, str(folder / "src"))
        invalidate_caches()

    def module(self, name: str) -> ModuleType:
        """One of its generated modules."""
        return import_module(f"{self.name}.generated.{name}")

    @contextmanager
    def client(self, handler: Callable[[str, dict[str, Any]], Any], **settings: Any) -> Iterator[TestClient]:
        """A client of the application; `handler` is called with the method and its arguments."""
        base = self.module("handlers").OperationsBase
        storage = self.module("database").Storage("sqlite://")

        class Handler(base):  # type: ignore[misc, valid-type]  # a class of the generated package
            pass

        def answering(name: str) -> Callable[..., Any]:
            async def method(self: Any, **arguments: Any) -> Any:
                return handler(name, arguments)

            return method

        for name in base.__abstractmethods__:
            setattr(Handler, name, answering(name))
        Handler.__abstractmethods__ = frozenset()  # it has every method by now

        async def provide() -> Any:
            return Handler(None)

        provide.__annotations__["return"] = Handler
        app = self.module("app").create_app(
            operations=provide, conversions=None, storage=storage, environment="test", **settings
        )
        with TestClient(app, base_url="http://t/api/v1", raise_server_exceptions=False) as client:
            yield client


def with_second(of: History, operations: tuple[Operation, ...], *applied: Any) -> History:
    """`of` with a second version that has these operations."""
    second = replace(of.newest, version="v2", operations=operations)
    version = Version("v2", date(2025, 6, 1))
    return replace(of, versions=(*of.versions, version), contracts=(*of.contracts, second), applied=tuple(applied))
