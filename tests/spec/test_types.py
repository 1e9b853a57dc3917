"""Types, fields, resources and operations come out as they were stated."""

from __future__ import annotations

import pytest

from scaffold.contract.contract import Contract
from scaffold.contract.named_types import EnumType, Field, ObjectType, Unknown
from scaffold.contract.parameter import Location
from scaffold.contract.types import MISSING, Kind, ListOf, MapOf, Ref, Scalar
from scaffold.spec import load

from .helpers import found, told


def contract(body: str) -> Contract:
    return load("api: {name: shop}\n" + body).history.newest


def one_field(key: str, value: str) -> Field:
    kind = "  Kind: {enum: [a, 'no', 1.10]}\n"
    made = contract(f"types:\n{kind}  A:\n    fields:\n      {key}: {value}\n").types["A"]
    assert isinstance(made, ObjectType)
    return made.fields[0]


@pytest.mark.parametrize(
    ("key", "value", "type_", "required", "nullable"),
    [
        ("a", "str", Scalar(Kind.STR), True, False),
        ("a?", "int", Scalar(Kind.INT), False, False),
        ("a", "int | null", Scalar(Kind.INT), True, True),
        ("a?", "null | decimal", Scalar(Kind.DECIMAL), False, True),
        ("a", "{type: int, nullable: true}", Scalar(Kind.INT), True, True),
        ("a", "list[str]", ListOf(Scalar(Kind.STR)), True, False),
        ("a", "map[str, list[Kind]]", MapOf(ListOf(Ref("Kind"))), True, False),
        ("a?", "A", Ref("A"), False, False),
        ("a", "{type: str, min_length: 1, pattern: '^x'}", Scalar(Kind.STR, min_length=1, pattern="^x"), True, False),
        ("a", "{type: decimal, ge: 0.5}", Scalar(Kind.DECIMAL, ge=0.5), True, False),
        ("a", '{type: "list[int]", max_items: 3}', ListOf(Scalar(Kind.INT), max_items=3), True, False),
        (
            "a",
            "{items: {type: str, max_length: 3}, unique_items: true}",
            ListOf(Scalar(Kind.STR, max_length=3), unique_items=True),
            True,
            False,
        ),
    ],
)  # fmt: skip
def test_a_field_says_its_type_in_short_or_at_length(
    key: str, value: str, type_: object, required: bool, nullable: bool
) -> None:
    made = one_field(key, value)
    assert (made.name, made.type, made.required, made.nullable) == ("a", type_, required, nullable)


@pytest.mark.parametrize(
    ("stated", "default"),
    [
        ("{type: str, default: 1.10}", "1.10"),
        ("{type: str, default: no}", "no"),
        ("{type: str, default: ''}", ""),
        ("{type: int, default: 3}", 3),
        ("{type: float, default: 1.10}", 1.1),
        ("{type: decimal, default: 1.10}", "1.10"),
        ("{type: decimal, default: '1.10'}", "1.10"),
        ("{type: bool, default: false}", False),
        ("{type: date, default: 2026-01-01}", "2026-01-01"),
        ("{type: Kind, default: no}", "no"),
        ("{type: Kind, default: 1.10}", "1.10"),
        ("{type: int | null, default: null}", None),
        ("{type: json, default: {a: [1, x, true, null, '1']}}", {"a": [1, "x", True, None, "1"]}),
        ('{type: "list[Kind]", default: [a]}', ["a"]),
        ('{type: "map[str, int]", default: {a: 1}}', {"a": 1}),
        ("str", MISSING),
    ],
)
def test_a_default_is_read_by_the_type_of_its_field(stated: str, default: object) -> None:
    made = one_field("a", stated).default
    assert made == default
    assert type(made) is type(default)


@pytest.mark.parametrize(
    "stated",
    [
        "{type: int, default: x}",
        "{type: int, default: '3'}",
        "{type: int, default: 3.0}",
        "{type: date, default: 2026-W03-4}",
        "{type: time, default: '093000'}",
        "{type: datetime, default: 20260115T093000Z}",
        "{type: duration, default: P1W}",
        '{type: str, pattern: "^a$", default: "a\\n"}',
        "{type: int, ge: 4, default: 3}",
        "{type: str, default: null}",
        "{type: str, max_length: 2, default: abc}",
        "{type: str, pattern: ^x, default: abc}",
        "{type: bool, default: yes}",
        "{type: date, default: 2026-02-30}",
        "{type: datetime, default: '2026-01-01T00:00:00'}",
        "{type: uuid, default: x}",
        "{type: email, default: x}",
        "{type: url, default: x}",
        "{type: bytes, default: x}",
        "{type: Kind, default: b}",
        '{type: "list[int]", default: [x]}',
        "{type: str, default: [a]}",
        "{type: time, default: noon}",
        "{type: duration, default: P1M}",
        "{type: decimal, default: 1e3}",
    ],
)
def test_a_default_that_is_no_value_of_its_type_is_refused(stated: str) -> None:
    text = f"api: {{name: shop}}\ntypes:\n  Kind: {{enum: [a]}}\n  A:\n    fields:\n      a: {stated}\n"
    assert found(text) == [("SC213", 6)]


def test_what_is_written_inside_a_field_gets_a_name() -> None:
    made = contract(
        "types:\n  User:\n    fields:\n"
        "      address: {fields: {street: str, geo?: {fields: {lat: float}}}}\n"
        "      kind: {enum: [a, b]}\n"
        "      lines: {items: {fields: {sku: str}}, max_items: 3}\n".replace("geo?:", '"geo?":')
    )
    assert list(made.types) == ["User", "UserAddress", "UserAddressGeo", "UserKind", "UserLines"]
    user = made.types["User"]
    assert isinstance(user, ObjectType)
    assert [f.type for f in user.fields] == [Ref("UserAddress"), Ref("UserKind"), ListOf(Ref("UserLines"), max_items=3)]


def test_identities_are_born_in_the_first_version() -> None:
    made = contract("types:\n  Kind: {enum: [a]}\n  A: {fields: {a: int}, unknown: keep}\nversions: [{id: v3}]\n")
    kind, a = made.types["Kind"], made.types["A"]
    assert isinstance(kind, EnumType)
    assert isinstance(a, ObjectType)
    assert (kind.identity, kind.values[0].identity) == ("v3:Kind", "v3:v3:Kind.a")
    assert (a.fields[0].identity, a.unknown) == ("v3:v3:A.a", Unknown.KEEP)


@pytest.mark.parametrize("name", ["class", "import", "from", "model_config", "id", "None", "X-Y", "😀", "a b"])
def test_any_name_is_legal_on_the_wire(name: str) -> None:
    assert one_field(f'"{name}"', "int").name == name


def test_two_fields_that_become_one_identifier_are_refused() -> None:
    text = "api: {name: shop}\ntypes:\n  A:\n    fields:\n      a-b: int\n      a_b: int\n"
    assert found(text) == [("SC216", 6)]
    assert "`a-b` and `a_b`" in told(text)


def test_a_resource_has_its_standard_operations() -> None:
    made = contract(
        "resources:\n  Line:\n    path: /order-lines\n    fields: {id: {type: uuid, key: true}, sku: str}\n"
        "    operations: [list, get]\n    filters: [sku]\n"
    )
    assert [o.address for o in made.operations] == ["GET /order-lines", "GET /order-lines/{id}"]
    assert made.resources["Line"].handler == "order_lines"
    assert made.operations[0].parameter("sku") is not None


def test_an_operation_takes_what_it_does_not_say_from_its_path() -> None:
    made = contract(
        "resources:\n  Payment:\n    path: /payments\n    fields: {id: {type: int, key: true}}\n    operations: [get]\n"
        "operations:\n"
        "  POST /payments/{id}/lines/{line}:\n"
        "    parameters:\n      X-Why: {type: str, in: header, required: true}\n      size: {type: int, default: 5}\n"
        "      kind: {enum: [a, b]}\n"
        "    body: {fields: {amount: int}}\n"
        "    responses: {200: Payment, 204: null, 409: {fields: {code: str}, description: No.}}\n"
        "  GET /ping: {}\n"
    )
    operation = made.operations[1]
    assert (operation.id, operation.handler) == ("post_payments_id_lines_line", "payments")
    assert [(p.name, p.location, p.type, p.required) for p in operation.parameters[:3]] == [
        ("id", Location.PATH, Scalar(Kind.INT), True),
        ("line", Location.PATH, Scalar(Kind.STR), True),
        ("X-Why", Location.HEADER, Scalar(Kind.STR), True),
    ]
    assert operation.parameters[3].default == 5
    assert operation.parameters[4].type == Scalar(Kind.STR, choices=("a", "b"))
    assert operation.body is not None
    assert operation.body.type == Ref("PostPaymentsIdLinesLineBody")
    assert [(r.status, r.type) for r in operation.responses] == [
        (200, Ref("Payment")),
        (204, None),
        (409, Ref("PostPaymentsIdLinesLineResponse409")),
    ]
    assert (made.operations[2].handler, made.operations[2].responses[0].status) == ("operations", 204)
