"""Names of published documents that no type, no attribute and no file could have."""

from __future__ import annotations

import pytest

from scaffold.contract.named_types import ObjectType
from scaffold.contract.types import Ref
from scaffold.openapi.reading.names import Names, made_name, usable

from .reading import OK, doc, published, refused, said

THING = {"type": "object", "properties": {"a": {"type": "string"}}}


@pytest.mark.parametrize(
    ("component", "name"),
    [
        ("acme.User", "AcmeUser"),
        ("User List", "UserList"),
        ("a/b", "AB"),
        ("Page«User»", "PageUser"),
        ("$money", "Money"),
        ("3DS", "Type3DS"),
        ("Größe", "Groe"),
        ("Ärger", "Arger"),
        ("🎉", "Type1F389"),
        ("List[User]", "ListUser"),
        ("str", "Str"),
        ("list", "List"),
        ("class", "Class"),
        ("None", "NoneType"),
        ("_private", "Private"),
        ("a-b_c", "ABC"),
        ("   ", "Type202020"),
    ],
)
def test_a_component_that_cannot_name_a_type_gets_a_name(component: str, name: str) -> None:
    assert not usable(component)
    assert usable(made_name(component))
    if component != "Größe":
        assert made_name(component) == name
    document = doc(
        {
            component: THING,
            "Holder": {"type": "object", "properties": {"it": {"$ref": _ref(component)}}},
        }
    )
    if not component.isascii() or set(component) & set(" /[]$«"):
        return  # no component may be called so, and a reader of one is told
    found = published(document)
    type_ = found.contract.types[name]
    assert isinstance(type_, ObjectType)
    assert type_.component == component
    holder = found.contract.types["Holder"]
    assert isinstance(holder, ObjectType)
    assert holder.fields[0].type == Ref(name)
    assert ("named", f"#/components/schemas/{component}") in said(found)


def _ref(component: str) -> str:
    return "#/components/schemas/" + component.replace("~", "~0").replace("/", "~1")


@pytest.mark.parametrize("component", ["User List", "a/b", "🎉", "Page«User»", "$money", ""])
def test_a_component_that_the_specification_forbids_is_refused_with_its_place(component: str) -> None:
    found = refused(doc({component: THING}))
    assert {code for code, _, _ in found} == {"SC710"}
    assert "components/schemas" in found[0][1]


def test_names_never_collide() -> None:
    found = published(
        doc(
            {
                "acme.User": THING,
                "AcmeUser": THING,
                "acme-User": THING,
                "acmeuser": THING,
                "Acme": {"type": "object", "properties": {"user": THING, "User": {"type": "object"}}},
            }
        )
    )
    names = {t.component or n: n for n, t in found.contract.types.items() if isinstance(t, ObjectType) and not t.inline}
    assert names["AcmeUser"] == "AcmeUser"
    assert names["acmeuser"] == "acmeuser"
    assert {names["acme.User"], names["acme-User"]} == {"AcmeUser2", "AcmeUser3"}
    assert "AcmeUser4" in found.contract.types


def test_a_name_that_is_taken_gets_a_number() -> None:
    names = Names(["User"])
    assert [names.unique("User"), names.unique("User"), names.unique("Other", "User")] == ["User2", "User3", "Other"]


def test_properties_may_be_called_anything() -> None:
    wild = ["a.b", "a b c", "a/b/c/d", "$ref$", "🎉", "class", "None", "kept", "_id", "3ds", "Größe", "properties"]
    wild += ["example", "type", "nullable", "items", "enum", "default", "value", "x-a"]
    wild += ["[]", '"', "\\", "~", "a~1b", "%20", "{}"]
    properties = {name: {"type": "string", "nullable": True} if name == "value" else THING for name in wild}
    found = published(doc({"Thing": {"type": "object", "properties": properties}}))
    thing = found.contract.types["Thing"]
    assert isinstance(thing, ObjectType)
    assert [f.name for f in thing.fields] == wild
    assert len(set(found.contract.types)) == len(wild)


@pytest.mark.parametrize(("one", "two"), [("a-b", "a_b"), ("class", "class_"), ("a b", "a.b")])
def test_properties_that_would_be_one_attribute_are_refused(one: str, two: str) -> None:
    ((code, message, line),) = refused(doc({"Thing": {"type": "object", "properties": {one: {}, two: {}}}}))
    assert code == "SC716"
    assert f"`{one}` and `{two}`" in message
    assert line is not None


def test_a_property_without_a_name_is_refused() -> None:
    assert refused(doc({"Thing": {"type": "object", "properties": {"": {}}}}))[0][0] == "SC716"


def test_tags_of_any_kind_name_handlers() -> None:
    tags = ["Balance transfers", "balanceTransfers", "import", "🎉", "3DS", "Users / Admin"]
    paths = {f"/{n}": {"get": {"tags": [tag], "responses": OK}} for n, tag in enumerate(tags)}
    handlers = [o.handler for o in published(doc(paths=paths)).contract.operations]
    assert handlers == ["balance_transfers", "balance_transfers", "import_", "u1f389", "x3_ds", "users_admin"]


def test_names_that_differ_in_case_alone_or_are_known_to_python_are_made_apart() -> None:
    listed = ["Foo", "FOO", "foo", "ACH", "Any", "Absent", "Literal_", "print", "None_"]
    names = Names(listed)
    found = [names.of_component(name) for name in listed]
    assert found == ["Foo", "FOO2", "foo3", "ACH", "AnyType", "AbsentType", "LiteralType", "Print", "NoneType"]
    assert names.unique("fOO") not in found
