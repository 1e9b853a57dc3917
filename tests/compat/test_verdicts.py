"""Verdicts: what each change means to a client that does not know it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scaffold.compat import RULES, Direction, Verdict, judge, reachable
from scaffold.contract.address import BodyAddress, HeaderAddress, ResponseAddress, VariantAddress, parse_address
from scaffold.contract.changes import (
    CHANGES,
    AddBody,
    AddEnumValue,
    AddField,
    AddHeader,
    AddOperation,
    AddParameter,
    AddResource,
    AddResponse,
    AddType,
    AddVariant,
    AliasFields,
    Backport,
    Change,
    ChangeAuth,
    ChangeBasePath,
    ChangeBehaviour,
    ChangeBody,
    ChangeEnvelope,
    ChangeErrors,
    ChangeField,
    ChangeHeader,
    ChangePagination,
    ChangeParameter,
    ChangeResponse,
    ChangeSecurity,
    ChangeType,
    CustomType,
    Deprecate,
    Describe,
    MergeEnumValues,
    MergeFields,
    MoveFields,
    MoveOperation,
    MoveParameter,
    RemoveBody,
    RemoveEnumValue,
    RemoveField,
    RemoveHeader,
    RemoveOperation,
    RemoveParameter,
    RemoveResource,
    RemoveResponse,
    RemoveType,
    RemoveVariant,
    RenameEnumValue,
    RenameFields,
    RenameOperation,
    RenameParameter,
    RenameType,
    SplitEnumValue,
    SplitField,
)
from scaffold.contract.contract import Contract, Envelope, ErrorFormat, PageStyle, Pagination, Resource, identity
from scaffold.contract.message import Body, Header, Media, Response, View
from scaffold.contract.named_types import AliasType, Field, Unknown
from scaffold.contract.operation import Action
from scaffold.contract.parameter import Location, Parameter, Role
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.standard import standard_operations
from scaffold.contract.types import Kind, ListOf, Ref, Scalar, UnionOf

from .contracts import (
    DECIMAL,
    INT,
    KEY,
    STR,
    applied,
    contract,
    enum_type,
    field,
    free_operation,
    member,
    object_type,
    operation_at,
    parameter,
    parameter_at,
)

KEYED = SecurityScheme("Key", SecurityKind.API_KEY, Location.HEADER, "X-Key")
BASIC = SecurityScheme("Basic", SecurityKind.HTTP, scheme="basic")
NONE, SAFE, RISKY, MEANING, BREAKING = Verdict


def world(unknown: Unknown = Unknown.IGNORE) -> Contract:
    """A resource with a field of every sort, an enum, a nested object, and an operation beside."""
    made = contract(
        enum_type("Status", "draft", "published"),
        enum_type("Level", "low", "high"),
        object_type("Spare", field("Spare", "x")),
        object_type("Place", field("Place", "city")),
        object_type("Report", field("Report", "title"), field("Report", "level", Ref("Level"))),
        object_type("Query", field("Query", "words"), field("Query", "deep?", INT)),
        object_type("Card", field("Card", "number")),
        object_type("Wallet", field("Wallet", "owner")),
        object_type("Voucher", field("Voucher", "code")),
        AliasType(identity("v1", "Method"), "Method", UnionOf((Ref("Card"), Ref("Wallet")))),
        AliasType(identity("v1", "Trio"), "Trio", UnionOf((Ref("Card"), Ref("Wallet"), STR))),
        object_type(
            "Item",
            field("Item", "id", INT, **KEY),
            field("Item", "name"),
            field("Item", "size", Scalar(Kind.INT, ge=1, le=9)),
            field("Item", "note?"),
            field("Item", "hint", nullable=True),
            field("Item", "colour", default="red"),
            field("Item", "status", Ref("Status")),
            field("Item", "secret", write_only=True),
            field("Item", "seen", read_only=True),
            field("Item", "tags", ListOf(STR, max_items=3)),
            field("Item", "place", Ref("Place")),
            unknown=unknown,
        ),
        resources=("Item",),
        filters=("status", "name"),
        sort=("name", "size"),
        operations=(
            free_operation(
                "search",
                "POST",
                "/search",
                body=Body(Ref("Query"), view=View.INPUT),
                answers=Ref("Report"),
                parameters=(
                    parameter("POST /search", "page", INT, default=1),
                    parameter("POST /search", "kind"),
                ),
            ),
            replace(
                free_operation("pay", "POST", "/pay", body=Body(Ref("Method"))),
                parameters=(replace(parameter("POST /pay", "by"), type=Ref("Trio"), media_type="application/json"),),
                responses=(
                    Response(200, "Paid.", Ref("Method"), headers=(Header("X-Count", INT, required=True),)),
                    Response(409, "Paid before.", Ref("Report"), others=(Media("text/plain", STR),)),
                ),
            ),
        ),
    )
    return replace(made, security=((("Key", ()),),), security_schemes={"Key": KEYED})


def new(name: str, type_: object = STR, **more: object) -> Field:
    return Field("", name, type_, **more)  # type: ignore[arg-type]  # keyword table of a test


def variant_at(text: str) -> VariantAddress:
    found = parse_address(text)
    assert isinstance(found, VariantAddress)
    return found


def body_at(text: str) -> BodyAddress:
    found = parse_address(text)
    assert isinstance(found, BodyAddress)
    return found


def answer_at(text: str) -> ResponseAddress:
    found = parse_address(text)
    assert isinstance(found, ResponseAddress)
    return found


def header_at(text: str) -> HeaderAddress:
    found = parse_address(text)
    assert isinstance(found, HeaderAddress)
    return found


REPORT = Ref("Report")
COUNT = "POST /pay 200 header X-Count"
EITHER = ((("Key", ()),), (("Basic", ()),))
ITEM_PATH = "/items/{id}"
CASES: list[tuple[str, Change, Verdict, Verdict]] = [
    ("add optional", AddField(at=member("Item.a"), field=new("a", required=False)), SAFE, SAFE),
    ("add required", AddField(at=member("Item.a"), field=new("a"), old_sends=""), BREAKING, SAFE),
    ("add with default", AddField(at=member("Item.a"), field=new("a", default="x")), SAFE, SAFE),
    ("add read-only", AddField(at=member("Item.a"), field=new("a", read_only=True)), NONE, SAFE),
    ("add to answers", AddField(at=member("Report.a"), field=new("a")), NONE, SAFE),
    ("add to requests", AddField(at=member("Query.a"), field=new("a")), BREAKING, NONE),
    ("add where nobody looks", AddField(at=member("Spare.a"), field=new("a")), NONE, NONE),
    ("add nested", AddField(at=member("Item.place.a"), field=new("a")), BREAKING, SAFE),
    ("remove required", RemoveField(at=member("Item.size")), BREAKING, BREAKING),
    ("remove optional", RemoveField(at=member("Item.note")), RISKY, RISKY),
    ("remove write-only", RemoveField(at=member("Item.secret")), RISKY, NONE),
    ("remove read-only", RemoveField(at=member("Item.seen")), NONE, BREAKING),
    ("rename", RenameFields(at=member("Item.note"), names={"note": "remark"}), BREAKING, BREAKING),
    ("rename read-only", RenameFields(at=member("Item.seen"), names={"seen": "read"}), NONE, BREAKING),
    ("swap", RenameFields(at=member("Item.hint"), names={"hint": "note", "note": "hint"}), BREAKING, BREAKING),
    ("alias", AliasFields(at=member("Item.note"), names=("remark",)), SAFE, SAFE),
    ("alias read-only", AliasFields(at=member("Item.seen"), names=("read",)), NONE, SAFE),
    ("alias nested", MoveFields(sources=(member("Item.note"),), to=member("Item.more"), stays=True), SAFE, SAFE),
    ("nest", MoveFields(sources=(member("Item.note"),), to=member("Item.more")), BREAKING, BREAKING),
    (
        "split",
        SplitField(at=member("Item.name"), into=(new("a"), new("b")), by="words"),
        BREAKING,
        BREAKING,
    ),
    (
        "merge",
        MergeFields(sources=(member("Item.name"), member("Item.note")), into=new("a"), by="words"),
        BREAKING,
        BREAKING,
    ),
    (
        "custom",
        CustomType(name="Place", into=(new("city"),), up="conversions.up", down="conversions.down"),
        MEANING,
        MEANING,
    ),
    ("nest unmet", MoveFields(sources=(member("Spare.x"),), to=member("Spare.more")), NONE, NONE),
    ("widen type", ChangeField(at=member("Item.size"), type=Scalar(Kind.FLOAT, ge=1, le=9)), SAFE, BREAKING),
    ("narrow type", ChangeField(at=member("Item.name"), type=DECIMAL), BREAKING, SAFE),
    ("other type", ChangeField(at=member("Item.name"), type=INT), BREAKING, BREAKING),
    ("list of more", ChangeField(at=member("Item.tags"), type=ListOf(INT, max_items=3)), BREAKING, BREAKING),
    ("text to enum", ChangeField(at=member("Item.name"), type=Ref("Status")), BREAKING, SAFE),
    ("enum to text", ChangeField(at=member("Item.status"), type=STR), SAFE, BREAKING),
    ("required", ChangeField(at=member("Item.note"), required=True), BREAKING, SAFE),
    ("optional", ChangeField(at=member("Item.size"), required=False), SAFE, BREAKING),
    ("refuse null", ChangeField(at=member("Item.hint"), nullable=False), BREAKING, SAFE),
    ("allow null", ChangeField(at=member("Item.name"), nullable=True), SAFE, BREAKING),
    ("other default", ChangeField(at=member("Item.colour"), default="blue"), MEANING, NONE),
    ("tighten", ChangeField(at=member("Item.size"), bounds={"le": 5}), BREAKING, SAFE),
    ("bound what was free", ChangeField(at=member("Query.words"), bounds={"max_length": 5}), RISKY, NONE),
    ("loosen", ChangeField(at=member("Item.size"), bounds={"le": 50}), SAFE, BREAKING),
    ("unbound", ChangeField(at=member("Item.size"), drop=("le",)), SAFE, BREAKING),
    ("tighten list", ChangeField(at=member("Item.tags"), bounds={"max_items": 2}), BREAKING, SAFE),
    ("read-only", ChangeField(at=member("Item.size"), marks={"read_only": True}), RISKY, NONE),
    ("write-only", ChangeField(at=member("Item.size"), marks={"write_only": True}), NONE, BREAKING),
    ("make unique", ChangeField(at=member("Item.size"), marks={"unique": True}), BREAKING, NONE),
    ("add value", AddEnumValue(at=member("Status.archived")), SAFE, RISKY),
    ("add value, held back", AddEnumValue(at=member("Status.archived"), opt_in="X-A", old_sees="draft"), SAFE, SAFE),
    ("add value, answers only", AddEnumValue(at=member("Level.mid")), NONE, RISKY),
    ("remove value", RemoveEnumValue(at=member("Status.draft")), BREAKING, SAFE),
    ("rename value", RenameEnumValue(at=member("Status.draft"), to="new"), BREAKING, BREAKING),
    ("split value", SplitEnumValue(at=member("Status.draft"), into=("new", "old"), pick="new"), BREAKING, BREAKING),
    (
        "merge values",
        MergeEnumValues(values=(member("Status.draft"), member("Status.published")), into="any", pick="draft"),
        BREAKING,
        BREAKING,
    ),
    ("add type", AddType(types=(object_type("Extra", field("Extra", "x")),)), SAFE, SAFE),
    ("remove type", RemoveType(name="Spare"), SAFE, SAFE),
    ("rename type", RenameType(name="Item", to="Thing"), SAFE, SAFE),
    ("remove resource", RemoveResource(name="Item"), BREAKING, BREAKING),
    ("add operation", AddOperation(operation=free_operation("ping", "GET", "/ping")), SAFE, SAFE),
    ("remove operation", RemoveOperation(at=operation_at("POST /search")), BREAKING, BREAKING),
    ("rename operation", RenameOperation(at=operation_at("POST /search"), to="find"), SAFE, SAFE),
    (
        "move path",
        MoveOperation(at=operation_at("POST /search"), to=operation_at("POST /find")),
        BREAKING,
        RISKY,
    ),
    (
        "change method",
        MoveOperation(at=operation_at("POST /search"), to=operation_at("PUT /search")),
        BREAKING,
        SAFE,
    ),
    (
        "rename path parameter",
        MoveOperation(at=operation_at(f"GET {ITEM_PATH}"), to=operation_at("GET /items/{item}")),
        SAFE,
        SAFE,
    ),
    (
        "add parameter",
        AddParameter(at=parameter_at("POST /search?deep"), parameter=Parameter("", "deep", Location.QUERY, INT)),
        SAFE,
        NONE,
    ),
    (
        "add required parameter",
        AddParameter(
            at=parameter_at("POST /search?deep"),
            parameter=Parameter("", "deep", Location.QUERY, INT, required=True),
        ),
        BREAKING,
        NONE,
    ),
    (
        "add narrowing parameter",
        AddParameter(
            at=parameter_at("POST /search?most"),
            parameter=Parameter("", "most", Location.QUERY, INT, default=5, role=Role.LIMIT),
        ),
        MEANING,
        NONE,
    ),
    ("remove parameter", RemoveParameter(at=parameter_at("POST /search?kind")), RISKY, NONE),
    ("rename parameter", RenameParameter(at=parameter_at("POST /search?kind"), to="sort"), BREAKING, NONE),
    ("move parameter", MoveParameter(at=parameter_at("POST /search?kind"), to=Location.HEADER), BREAKING, NONE),
    ("parameter type", ChangeParameter(at=parameter_at("POST /search?kind"), type=INT), BREAKING, NONE),
    ("parameter default", ChangeParameter(at=parameter_at("POST /search?page"), default=2), BREAKING, NONE),
    ("parameter bound", ChangeParameter(at=parameter_at("POST /search?page"), bounds={"le": 9}), RISKY, NONE),
    ("open an enum", ChangeType(name="Level", open=True), NONE, BREAKING),
    ("refuse unknown", ChangeType(name="Query", unknown=Unknown.REFUSE), BREAKING, NONE),
    ("alias for less", ChangeType(name="Method", type=Ref("Card")), BREAKING, SAFE),
    ("add variant", AddVariant(at=variant_at("Method|Voucher"), variant=Ref("Voucher")), SAFE, BREAKING),
    ("remove variant", RemoveVariant(at=variant_at("Trio|Card")), BREAKING, NONE),
    ("add body", AddBody(at=body_at("GET /items body"), body=Body(STR)), BREAKING, NONE),
    ("add optional body", AddBody(at=body_at("GET /items body"), body=Body(STR, required=False)), SAFE, NONE),
    ("remove body", RemoveBody(at=body_at("POST /search body")), RISKY, NONE),
    ("change body", ChangeBody(at=body_at("POST /search body"), to=Body(Ref("Card"))), BREAKING, NONE),
    ("body optional", ChangeBody(at=body_at("POST /search body"), to=Body(Ref("Query"), required=False)), SAFE, NONE),
    ("add answer", AddResponse(at=answer_at("POST /search 404"), response=Response(404, "")), NONE, MEANING),
    ("remove answer", RemoveResponse(at=answer_at("POST /pay 409")), NONE, RISKY),
    ("change answer", ChangeResponse(at=answer_at("POST /search 200"), to=Response(200, "", STR)), NONE, BREAKING),
    (
        "success status",
        ChangeResponse(at=answer_at("POST /search 200"), to=Response(201, "", Ref("Report"))),
        NONE,
        BREAKING,
    ),
    ("fewer forms", ChangeResponse(at=answer_at("POST /pay 409"), to=Response(409, "", Ref("Report"))), NONE, BREAKING),
    ("add header", AddHeader(at=header_at("POST /search 200 header X-A"), header=Header("X-A", STR)), NONE, SAFE),
    ("remove header", RemoveHeader(at=header_at("POST /pay 200 header X-Count")), NONE, BREAKING),
    (
        "header optional",
        ChangeHeader(at=header_at("POST /pay 200 header X-Count"), to=Header("X-Count", INT)),
        NONE,
        RISKY,
    ),
    ("anybody", ChangeSecurity(at=operation_at("POST /pay"), to=()), SAFE, NONE),
    ("other key", ChangeSecurity(at=operation_at("POST /pay"), to=((("Other", ()),),)), BREAKING, NONE),
    ("auth", ChangeAuth(to=((("Basic", ()),),), schemes={"Basic": BASIC}), BREAKING, SAFE),
    (
        "auth loosened",
        ChangeAuth(to=((("Key", ()),), (("Basic", ()),)), schemes={"Key": KEYED, "Basic": BASIC}),
        SAFE,
        SAFE,
    ),
    ("deprecate", Deprecate(at=member("Item.note"), use="Item.hint"), SAFE, SAFE),
    ("describe", Describe(texts={"Item.note": {"description": "A note."}}), SAFE, SAFE),
    ("envelope", ChangeEnvelope(to=Envelope({"data": "$items"})), SAFE, BREAKING),
    ("pages", ChangePagination(to=Pagination(PageStyle.PAGE)), BREAKING, BREAKING),
    ("more at once", ChangePagination(to=Pagination(max_limit=500)), SAFE, NONE),
    ("fewer at most", ChangePagination(to=Pagination(max_limit=50)), BREAKING, NONE),
    ("behaviour", ChangeBehaviour(name="strict_rounding"), MEANING, MEANING),
    ("base path", ChangeBasePath(to="/rest"), BREAKING, RISKY),
    (
        "backport",
        Backport(
            at=member("Item.depth"), base="v2", what=Field("v2:Item.depth", "depth", INT, required=False), owner="Item"
        ),
        SAFE,
        SAFE,
    ),
    ("errors", ChangeErrors(to=ErrorFormat.SIMPLE), SAFE, BREAKING),
]


@pytest.mark.parametrize(("change", "request_", "response"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_change_means_what_the_vocabulary_says(change: Change, request_: Verdict, response: Verdict) -> None:
    found = judge(applied(world(), change))
    assert (found.request, found.response) == (request_, response), found.reasons


def test_every_class_of_change_has_a_row_and_a_case() -> None:
    assert set(RULES) == set(CHANGES)
    assert {type(c[1]) for c in CASES} | {AddResource} == set(CHANGES)


def test_a_new_resource_is_safe() -> None:
    user = object_type("User", field("User", "id", INT, **KEY))
    change = AddResource(
        resource=Resource(user.identity, "User", "/users", "users"),
        types=(user,),
        operations=standard_operations("v2", user, "/users", "users", [Action.LIST]),
    )
    found = judge(applied(world(), change))
    assert (found.request, found.response) == (SAFE, SAFE)


def test_every_reason_has_a_code_and_a_sentence() -> None:
    for _, change, _, _ in CASES:
        for reason in judge(applied(world(), change)).reasons:
            assert reason.code == reason.code.lower()
            assert " " not in reason.code
            assert reason.sentence.endswith(".")


def test_removing_a_field_breaks_requests_where_unknown_fields_are_refused() -> None:
    before = world(Unknown.REFUSE)
    assert judge(applied(before, RemoveField(at=member("Item.note")))).request is BREAKING


def test_renaming_a_field_of_answers_breaks_requests_that_filter_by_it() -> None:
    item = object_type("Item", field("Item", "id", INT, **KEY), field("Item", "seen", read_only=True))
    before = contract(item, resources=("Item",), filters=("seen",))
    found = judge(applied(before, RenameFields(at=member("Item.seen"), names={"seen": "read"})))
    assert found.request is BREAKING
    assert [r.code for r in found.reasons] == ["field-renamed", "parameter-renamed"]


def test_a_required_field_in_partial_updates_alone_is_safe() -> None:
    item = object_type("Item", field("Item", "id", INT, **KEY), field("Item", "name"))
    before = contract(item, resources=("Item",), actions=(Action.UPDATE,))
    assert judge(applied(before, AddField(at=member("Item.a"), field=new("a")))).request is SAFE


def test_types_are_reachable_in_the_directions_in_which_they_travel() -> None:
    both, asked, told = (
        frozenset(Direction),
        frozenset({Direction.REQUEST}),
        frozenset({Direction.RESPONSE}),
    )
    assert reachable(world()) == {
        "v1:Item": both,
        "v1:Place": both,
        "v1:Status": both,
        "v1:Query": asked,
        "v1:Report": told,
        "v1:Level": told,
        "v1:Method": both,
        "v1:Card": both,
        "v1:Wallet": both,
        "v1:Trio": asked,
    }


def test_reachability_ends_in_recursive_types() -> None:
    node = object_type("Node", field("Node", "children", ListOf(Ref("Node"))))
    before = contract(node, operations=(free_operation("tree", "GET", "/tree", answers=Ref("Node")),))
    assert reachable(before) == {"v1:Node": frozenset({Direction.RESPONSE})}
