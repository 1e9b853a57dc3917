"""One contract with something of every sort, for changes to be judged in."""

from __future__ import annotations

from dataclasses import replace

from scaffold.contract.address import BodyAddress, HeaderAddress, ResponseAddress, VariantAddress, parse_address
from scaffold.contract.contract import Contract, identity
from scaffold.contract.message import Body, Header, Media, Response, View
from scaffold.contract.named_types import AliasType, Field, Unknown
from scaffold.contract.parameter import Location
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.types import Kind, ListOf, Ref, Scalar, UnionOf

from .contracts import INT, KEY, STR, contract, enum_type, field, free_operation, object_type, parameter

KEYED = SecurityScheme("Key", SecurityKind.API_KEY, Location.HEADER, "X-Key")
BASIC = SecurityScheme("Basic", SecurityKind.HTTP, scheme="basic")


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
