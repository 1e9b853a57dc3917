"""A new resource does not take the handler of another one, whatever has become of that since."""

from __future__ import annotations

import pytest

from scaffold.convert.policies import findings
from scaffold.generate.model import model
from scaffold.generate.package import generated
from scaffold.spec import load

SPEC = """\
api: {{name: shop}}
resources:
  User: {{path: /users, fields: {{id: {{type: int, key: true}}, name: str}}}}
  Team: {{path: /teams, fields: {{id: {{type: int, key: true}}}}}}
versions:
  - {{id: v1, released: 2020-01-01}}
  - {{id: v2, released: 2021-01-01, changes: [{first}]}}
  - {{id: v3, released: 2022-01-01, changes: [{second}]}}
"""
RENAMED = "{rename: User, to: Account, path: /accounts}"
MOVED = "{rename: User, to: Account}, {move: Account, to: /people}"
AGAIN = "{add: User, path: /users, fields: {id: {type: int, key: true}, age: int}}"


@pytest.mark.parametrize("first", [RENAMED, MOVED, "{remove: User}"])
def test_a_resource_at_the_path_that_another_one_had_needs_a_handler_of_its_own(first: str) -> None:
    ((applied, found),) = findings(load(SPEC.format(first=first, second=AGAIN)).history)
    assert (applied.version, found.code) == ("v3", "SC227")
    assert found.message == "the handler `users` of `User` is taken by `User` of v1"
    assert found.help == "name another: `handler: users_v3`"


def test_so_does_one_that_would_be_that_of_the_operations_beside_the_resources() -> None:
    second = "{add: Surgery, path: /operations, fields: {id: {type: int, key: true}}}"
    ((_, found),) = findings(load(SPEC.format(first=RENAMED, second=second)).history)
    assert found.message == "the handler `operations` of `Surgery` is taken by the operations beside the resources"


def test_with_one_of_its_own_both_are_served_from_their_own_rows() -> None:
    again = AGAIN.replace("/users,", "/users, handler: users_v3,")
    history = load(SPEC.format(first=RENAMED, second=again)).history
    assert findings(history) == []
    handlers = generated(model(history, "shop"))["src/shop/generated/handlers.py"]
    assert "class UsersBase" in handlers
    assert "class UsersV3Base" in handlers
    assert "self.users_v3 = stores.users_v3" in handlers
