"""Changes: each applies, says itself in a sentence, and is undone by its inverse."""

from __future__ import annotations

import os
import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scaffold.contract.address import MemberAddress, TypeAddress, parse_address
from scaffold.contract.changes import (
    CHANGES,
    AddEnumValue,
    AddField,
    Change,
    MoveFields,
    RemoveEnumValue,
    RemoveField,
    RenameEnumValue,
    RenameFields,
)
from scaffold.contract.contract import Contract
from scaffold.contract.history import Applied, evolve
from scaffold.contract.types import Ref
from scaffold.diagnostics import ScaffoldError

from ..compat.contracts import contract, enum_type, field, member, object_type
from ..random_histories import contracts
from ..random_histories.changes import STRATEGIES
from ..random_histories.histories import changes
from ..random_histories.published import published
from ..random_histories.published_changes import PUBLISHED

EXAMPLES = 400 if os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly" else 8
FEW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def steps(draw: st.DrawFn, class_: type[Change]) -> Applied:
    """A random contract and a change of one class that fits it."""
    if class_ in PUBLISHED:
        return draw(published_steps(class_))
    base = draw(contracts())
    for _ in range(draw(st.integers(0, 3))):
        before = draw(changes(base, "v2"))
        base = base if before is None else before.after
    made = draw(changes(base, "v3", (class_,)))
    assume(made is not None)
    assert made is not None
    return made


@st.composite
def published_steps(draw: st.DrawFn, class_: type[Change]) -> Applied:
    """A random contract as documents state one, and a change of one class that fits it."""
    base = draw(published())
    change = PUBLISHED[class_](draw, base, "v3")
    assume(change is not None)
    assert change is not None
    try:
        return Applied("v3", change, base, change.apply(base, "v3"))
    except ScaffoldError:
        assume(False)
        raise


def said(contract: Contract) -> Any:
    """What a contract says, without identities and order."""
    names = {i: f"{t.name}.{f.name}" for i, (t, f) in contract.fields_by_identity.items()}
    return _plain(replace(contract, version=""), names)


def _plain(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, Enum) or not (is_dataclass(value) or isinstance(value, dict | tuple | list)):
        return value
    if is_dataclass(value):
        made = {f.name: _plain(getattr(value, f.name), names) for f in fields(value) if f.name != "identity"}
        if type(value).__name__ == "Parameter":
            made["fields"] = sorted(names[i] for i in value.fields)
            if isinstance(made["type"], dict) and made["type"].get("choices"):
                made["type"]["choices"] = sorted(value.type.choices)
        return made
    if isinstance(value, dict):
        return {k: _plain(v, names) for k, v in value.items()}
    parts = [_plain(v, names) for v in value]
    return sorted(parts, key=repr) if isinstance(value, tuple) else parts


def test_every_class_of_change_has_a_strategy() -> None:
    assert {*STRATEGIES, *PUBLISHED} == set(CHANGES)
    assert not STRATEGIES.keys() & PUBLISHED.keys()


@pytest.mark.parametrize("class_", CHANGES, ids=lambda c: c.__name__)
def test_a_change_is_undone_by_its_inverse_and_says_itself_in_one_sentence(class_: type[Change]) -> None:
    drawn = []

    @FEW
    @given(steps(class_))
    def holds(step: Applied) -> None:
        drawn.append(type(step.change))
        assert step.change.apply(step.before, "v3") == step.after
        back, _ = evolve(step.after, [step.change.inverse(step.before)], "v4")
        assert said(back) == said(step.before)
        one_sentence(step.change.sentence())

    holds()
    assert set(drawn) == {class_}


def one_sentence(text: str) -> None:
    """An English sentence: it begins with a capital, ends with its only full stop, and shows no Python."""
    plain = re.sub(r"`[^`]*`", "it", text)
    assert plain[0].isupper()
    assert plain.endswith(".")
    assert plain.count(".") == 1
    assert "\n" not in plain
    assert "  " not in plain
    assert "MISSING" not in text
    assert "None" not in plain


# Identity: names belong to versions.


def identities(contract: Contract, type_: str) -> dict[str, str]:
    """The fields of a type by name, each with its identity."""
    found = contract.object(type_)
    assert found is not None
    return {f.name: f.identity for f in found.fields}


def pair() -> Contract:
    """A resource with two texts and an enum."""
    return contract(
        enum_type("Status", "draft", "published"),
        object_type(
            "User",
            field("User", "id", key=True),
            field("User", "a"),
            field("User", "b"),
            field("User", "status", Ref("Status"), default="draft", example="draft", on_create="draft"),
        ),
        resources=("User",),
        filters=("a", "status"),
        sort=("a", "b"),
    )


def add(name: str) -> AddField:
    """The addition of an optional text."""
    return AddField(at=member(f"User.{name}"), field=field("User", f"{name}?"))


def test_a_rename_keeps_the_identity() -> None:
    before = identities(pair(), "User")
    after, _ = evolve(pair(), [RenameFields(at=member("User.a"), names={"a": "c"})], "v2")
    assert identities(after, "User")["c"] == before["a"]


def test_a_rename_of_two_names_at_once_swaps_them() -> None:
    before = identities(pair(), "User")
    after, _ = evolve(pair(), [RenameFields(at=member("User.a"), names={"a": "b", "b": "a"})], "v2")
    swapped = identities(after, "User")
    assert (swapped["a"], swapped["b"]) == (before["b"], before["a"])


def test_a_name_that_comes_back_is_a_new_thing() -> None:
    before = identities(pair(), "User")
    after, _ = evolve(pair(), [RemoveField(at=member("User.a"), old_sees=""), add("a")], "v2")
    assert identities(after, "User")["a"] not in before.values()


def test_two_things_born_in_one_version_under_one_name_are_two() -> None:
    changes = [add("x"), RenameFields(at=member("User.x"), names={"x": "y"}), add("x")]
    after, _ = evolve(pair(), changes, "v2")
    found = identities(after, "User")
    assert found["x"] != found["y"]
    assert set(after.fields_by_identity) >= set(found.values())


def test_two_enum_values_born_in_one_version_under_one_name_are_two() -> None:
    at = MemberAddress("Status", ("new",))
    changes: list[Change] = [AddEnumValue(at=at, old_sees="draft"), RenameEnumValue(at=at, to="newer")]
    after, _ = evolve(pair(), [*changes, AddEnumValue(at=at, old_sees="draft")], "v2")
    enum = after.enum("Status")
    assert enum is not None
    assert len({v.identity for v in enum.values}) == len(enum.values) == 4


def test_changes_of_a_version_apply_in_order() -> None:
    changes = [RenameFields(at=member("User.a"), names={"a": "c"}), RenameFields(at=member("User.c"), names={"c": "d"})]
    after, _ = evolve(pair(), changes, "v2")
    assert "d" in identities(after, "User")
    with pytest.raises(ScaffoldError, match="no field `a`"):
        evolve(pair(), [changes[0], RemoveField(at=member("User.a"))], "v2")


def test_defaults_and_examples_follow_the_name_of_an_enum_value() -> None:
    after, _ = evolve(pair(), [RenameEnumValue(at=MemberAddress("Status", ("draft",)), to="sketch")], "v2")
    type_ = after.object("User")
    assert type_ is not None
    status = type_.field("status")
    assert status is not None
    assert (status.default, status.example, status.on_create) == ("sketch", "sketch", "sketch")


def test_filters_and_sort_words_follow_the_name_of_their_field() -> None:
    after, _ = evolve(pair(), [RenameFields(at=member("User.a"), names={"a": "c"})], "v2")
    listing = after.operation("GET", "/users")
    assert listing is not None
    assert listing.parameter("c") is not None
    assert listing.parameter("a") is None
    sort = listing.parameter("sort")
    assert sort is not None
    assert getattr(sort.type, "choices", ()) == ("c", "-c", "b", "-b")


def test_filters_and_sort_words_follow_a_swap() -> None:
    after, _ = evolve(pair(), [RenameFields(at=member("User.a"), names={"a": "b", "b": "a"})], "v2")
    listing = after.operation("GET", "/users")
    assert listing is not None
    sort = listing.parameter("sort")
    assert sort is not None
    assert getattr(sort.type, "choices", ()) == ("b", "-b", "a", "-a")


def test_a_filter_goes_with_its_field_and_comes_back_with_it() -> None:
    remove = RemoveField(at=member("User.a"), old_sees="")
    after, _ = evolve(pair(), [remove], "v2")
    listing = after.operation("GET", "/users")
    assert listing is not None
    assert listing.parameter("a") is None
    back, _ = evolve(after, [remove.inverse(pair())], "v3")
    listing = back.operation("GET", "/users")
    assert listing is not None
    assert listing.parameter("a") is not None


def test_a_value_that_is_held_back_comes_back_with_what_others_were_shown() -> None:
    at = MemberAddress("Status", ("new",))
    before, _ = evolve(pair(), [AddEnumValue(at=at, old_sees="draft", opt_in="X-New")], "v2")
    remove = RemoveEnumValue(at=at, old_sends="published")
    after, _ = evolve(before, [remove], "v3")
    assert said(evolve(after, [remove.inverse(before)], "v4")[0]) == said(before)


# Addresses.


@pytest.mark.parametrize(
    "text",
    [
        "User",
        "User.address.city",
        'Status."in progress"',
        "GET /users/{id}",
        "GET /users?status",
        "GET /users header X-Foo",
        "envelope",
        "User.tags[]",
    ],
)
def test_an_address_reads_back_as_it_is_written(text: str) -> None:
    assert str(parse_address(text)) == text


@pytest.mark.parametrize("text", ["", "User.", "User..a", "GET users", "GET /users header", "User.a b"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ScaffoldError):
        parse_address(text)


# Moves: what is in an object that may be missing may be missing outside of it.


def nested(*, required: bool) -> Contract:
    """A resource with an object in it, whose street is required."""
    name = "address" if required else "address?"
    return contract(
        object_type("Address", field("Address", "street"), field("Address", "zip?")),
        object_type("User", field("User", "id", key=True), field("User", "note"), field("User", name, Ref("Address"))),
        resources=("User",),
    )


def user_field(contract: Contract, name: str) -> Any:
    """A field of the resource."""
    type_ = contract.object("User")
    assert type_ is not None
    return type_.field(name)


def up(*names: str) -> MoveFields:
    """The move of parts of the address up to the user."""
    return MoveFields(sources=tuple(member(f"User.address.{n}") for n in names), to=TypeAddress("User"))


def test_a_required_field_that_leaves_an_optional_object_is_optional() -> None:
    assert user_field(evolve(nested(required=True), [up("street")], "v2")[0], "street").required
    assert not user_field(evolve(nested(required=False), [up("street")], "v2")[0], "street").required


def test_an_object_that_a_move_empties_goes() -> None:
    after, _ = evolve(nested(required=False), [up("street", "zip")], "v2")
    assert user_field(after, "address") is None
    assert after.object("Address") is None


def test_a_required_field_does_not_move_into_an_object_that_may_be_missing() -> None:
    into = MoveFields(sources=(member("User.note"),), to=member("User.address"))
    with pytest.raises(ScaffoldError, match="may be missing"):
        evolve(nested(required=False), [into], "v2")
    assert evolve(nested(required=True), [into], "v2")[0].object("Address").field("note") is not None  # type: ignore[union-attr]  # it is there


def test_nothing_moves_into_itself() -> None:
    into = MoveFields(sources=(member("User.address"),), to=member("User.address"))
    with pytest.raises(ScaffoldError, match="itself"):
        evolve(nested(required=True), [into], "v2")


def test_an_object_that_is_used_elsewhere_is_not_taken_apart() -> None:
    base = contract(
        object_type("Address", field("Address", "street")),
        object_type(
            "User",
            field("User", "id", key=True),
            field("User", "home", Ref("Address")),
            field("User", "work", Ref("Address")),
        ),
        resources=("User",),
    )
    move = MoveFields(sources=(member("User.home.street"),), to=TypeAddress("User"))
    with pytest.raises(ScaffoldError, match=r"User\.work"):
        evolve(base, [move], "v2")
