"""What stands in for something deprecated: there is such a thing, and documents call it as each version does."""

from __future__ import annotations

import json
import re

import pytest

from scaffold.openapi import document
from scaffold.spec import load

from .helpers import BASE, changed, found, told


def uses(*versions: str) -> list[list[str]]:
    """What each version says is used instead of what is deprecated, as its document has it."""
    text = BASE + "".join(f"      {line}\n" for line in versions[0].splitlines())
    for number, lines in enumerate(versions[1:], 3):
        changes = "".join(f"      {line}\n" for line in lines.splitlines())
        text += f"  - id: v{number}\n    released: 202{number + 4}-01-01\n    changes:\n{changes}"
    history = load(text).history
    pairs = list(zip(history.contracts, history.versions, strict=True))[1:]
    return [_uses(document(contract, history.api, version)) for contract, version in pairs]


def _uses(said: object) -> list[str]:
    """What descriptions say is used instead."""
    return list(dict.fromkeys(re.findall(r"use `([^`]+)` instead", json.dumps(said))))


@pytest.mark.parametrize(
    ("mark", "code", "words"),
    [
        ("{deprecate: User.nick, use: nam}", "SC302", "did you mean `name`?"),
        ("{deprecate: User.nick, use: User.name.first}", "SC302", "its address"),
        (
            "{deprecate: User.nick, use: the other one}",
            "SC302",
            "no `the other one` here to use instead",
        ),
        ("{deprecate: User.nick, use: nick}", "SC307", "does not stand in for itself"),
        ("{deprecate: User.nick, use: User.nick}", "SC307", "does not stand in for itself"),
        ("{deprecate: Status.draft, use: publishd}", "SC302", "did you mean `published`?"),
        ("{deprecate: GET /users, use: GET /people}", "SC302", "no `GET /people`"),
        ('{deprecate: "GET /users?name", use: age}', "SC302", "no `age`"),
        ("deprecate User.nick use nam", "SC302", "did you mean `name`?"),
    ],
)
def test_it_must_be_there(mark: str, code: str, words: str) -> None:
    text = changed(f"- {mark}")
    assert [c for c, _ in found(text)] == [code]
    assert words in told(text)


@pytest.mark.parametrize(
    "mark",
    [
        "{deprecate: User.nick, use: name}",
        "{deprecate: User.nick, use: User.name}",
        "{deprecate: User.nick, use: GET /users}",
        "{deprecate: Status.draft, use: published}",
        "{deprecate: GET /users, use: 'GET /users/{id}'}",
        '{deprecate: "GET /users?name", use: sort}',
        '{deprecate: "GET /users?sort", use: "GET /users?name"}',
    ],
)
def test_a_sibling_goes_by_its_name_and_all_else_by_its_address(mark: str) -> None:
    assert found(changed(f"- {mark}")) == []


def test_it_is_called_as_each_version_calls_it() -> None:
    made = uses(
        "- {deprecate: User.nick, use: name}\n- {deprecate: Status.draft, use: published}",
        "- {rename: User.name, to: title}\n- {rename: Status.published, to: public}",
        "- {rename: User.title, to: name}",
    )
    assert [sorted(m) for m in made] == [["name", "published"], ["public", "title"], ["name", "public"]]


def test_what_moves_into_another_object_is_called_by_its_path() -> None:
    made = uses("- {deprecate: User.nick, use: name}", "- {move: [User.name], to: User.profile}")
    assert made == [["name"], ["profile.name"]]


def test_another_one_of_that_name_does_not_take_its_place() -> None:
    made = uses(
        "- {deprecate: User.nick, use: name}",
        "- {rename: User.name, to: title}\n- {add: User.name, type: str, old_sends: x}",
    )
    assert made == [["name"], ["title"]]


def test_names_within_one_version_are_those_of_the_moment() -> None:
    marks = "- {rename: User.name, to: title}\n- {deprecate: User.nick, use: title}\n- {rename: User.title, to: label}"
    assert uses(marks) == [["label"]]


def test_operations_and_parameters_are_followed_to_where_they_are() -> None:
    made = uses(
        "- {deprecate: GET /users, use: 'GET /users/{id}'}\n"
        '- {deprecate: "DELETE /users/{id}", use: "GET /users?name"}',
        '- {move: "GET /users/{id}", to: "GET /people/{id}"}\n- {rename: "GET /users?name", to: called}',
    )
    assert [sorted(m) for m in made] == [
        ["GET /users/{id}", "GET /users?name"],
        ["GET /people/{id}", "GET /users?called"],
    ]


def test_what_is_gone_is_not_named() -> None:
    assert uses("- {deprecate: User.name, use: nick}", "- {remove: User.nick}") == [["nick"], []]
