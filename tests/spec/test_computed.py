"""Fields that a hook makes: stated in a spec, written back, refused where something else would give them a value."""

from __future__ import annotations

import pytest

from scaffold.contract.hooks import HookValue
from scaffold.contract.named_types import ObjectType
from scaffold.contract.types import Kind, Ref, Scalar
from scaffold.convert.hooks import hooks
from scaffold.convert.policies import findings
from scaffold.convert.prepared import prepared
from scaffold.convert.records import records
from scaffold.spec.writing import change_items

from .helpers import changed, found, history, told

ADDED = "- {add: User.short, type: str, computed: conversions.short}"


def test_it_is_read_only_and_needs_no_policy() -> None:
    made = history(ADDED)
    user = made.newest.types["User"]
    assert isinstance(user, ObjectType)
    field = user.field("short")
    assert field is not None
    assert (field.read_only, field.required, field.computed) == (True, True, "conversions.short")
    assert not findings(made)


def test_no_record_keeps_it_and_its_hook_is_given_one() -> None:
    made = prepared(history(ADDED))
    (user,) = records(made).objects.values()
    assert "short" not in {f.attr for f in user.fields}
    (hook,) = hooks(made)
    assert hook.parameters == (HookValue("record", Ref("v1:User")),)
    assert hook.returns == (HookValue("", Scalar(Kind.STR)),)


def test_it_is_written_as_it_is_read() -> None:
    made = history(ADDED)
    (item,) = change_items((made.applied[0].change,), made.applied[0].before)
    lines = item.splitlines()
    assert "read_only" not in item
    again = history(f"- {lines[0]}", *(f"  {rest}" for rest in lines[1:]))
    assert again.applied[0].change == made.applied[0].change


def test_it_ends_without_a_policy_and_takes_other_names() -> None:
    assert not findings(history(ADDED, "- rename User.short to brief", "- remove User.brief"))


@pytest.mark.parametrize(
    ("lines", "code", "says"),
    [
        (("- {add: User.x, type: str, computed: short}",), "SC217", "is no hook"),
        (('- {add: "User.x?", type: str, computed: conversions.x}',), "SC217", "always shown"),
        (("- {add: User.x, type: str, computed: conversions.x, default: a}",), "SC217", "`default` says nothing"),
        (("- {add: User.x, type: str, computed: conversions.x, old_sends: a}",), "SC217", "`old_sends` says nothing"),
        (("- {add: User.x, type: str, computed: conversions.x, on_create: a}",), "SC217", "`on_create` says nothing"),
        (("- {add: User.x, type: User, computed: conversions.x}",), "SC217", "cannot be User"),
        ((ADDED, "- {change: User.short, to: int}"), "SC317", "no values to change"),
        ((ADDED, "- move User.short to User.names"), "SC317", "stays where it is"),
    ],
)
def test_what_makes_no_sense_is_refused(lines: tuple[str, ...], code: str, says: str) -> None:
    assert code in [c for c, _ in found(changed(*lines))]
    assert says in told(changed(*lines))
