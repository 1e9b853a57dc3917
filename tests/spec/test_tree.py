"""What YAML would spoil is refused, with its place."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load
from scaffold.spec.scalars import Raw, values
from scaffold.spec.tree import read_tree

from .helpers import BASE, FIRST, changed, found, told


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "SC101", 1),
        ("# only a comment\n", "SC101", 1),
        ("just text", "SC102", 1),
        ("- a\n- b\n", "SC102", 1),
        ("api: {name: x}\n---\napi: {name: y}\n", "SC102", 2),
        ("api: {name: x}\napi: {name: y}\n", "SC103", 2),
        ("api: &a {name: x}\n", "SC104", 1),
        ("api: {name: x}\ntypes: *a\n", "SC104", 2),
        ("api: !!map {name: x}\n", "SC104", 1),
        ("api:\n  <<: {name: x}\n", "SC104", 2),
        ("api:\n  name:\n", "SC105", 2),
        ("api: {name: x}\nnext:\n", "SC105", 2),
        ("api: {name: x}\nnext:\n  -\n", "SC105", 3),
        ("api: {[a]: b}\n", "SC108", 1),
        ("api: {name: x\n", "SC100", 2),
        ("api: {name: a: b}\n", "SC100", 1),
        ("\tapi: x\n", "SC100", 1),
        ("api: {name: x}\ntitle: \x00\n", "SC100", 2),
        ("api: \ud800\n", "SC100", 1),
        ("api: " + "[" * 100_000, "SC106", 1),
        ("api: " + "{a: " * 1000, "SC106", 1),
    ],
)
def test_unreadable_text_is_told_with_its_line(text: str, code: str, line: int) -> None:
    assert (code, line) in found(text)


def test_an_alias_bomb_is_refused_without_being_followed() -> None:
    bomb = "a: &a [x, x]\n"
    for a, b in pairwise("abcdefghi"):
        bomb += f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n"
    assert {code for code, _ in found(bomb)} == {"SC104"}


def test_a_question_mark_in_braces_is_told_to_want_quotes() -> None:
    assert '{"age?": int}' in told("api: {name: x}\ntypes: {A: {fields: {c?: int}}}\n")


def test_scalars_keep_their_text() -> None:
    data = values(read_tree("a: 1.10\nb: 2026-01-01\nc: 012\nd: no\ne: 'null'\nf: null\n", "api.yaml"))
    assert data == {"a": "1.10", "b": "2026-01-01", "c": "012", "d": "no", "e": "null", "f": "null"}
    assert isinstance(data, dict)
    quoted, null = data["e"], data["f"]
    assert isinstance(quoted, Raw)
    assert isinstance(null, Raw)
    assert (quoted.null, null.null) == (False, True)


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text = BASE.replace("changes:\n", "changes: []\n")
    assert load("\ufeff" + text.replace("\n", "\r\n")).history == load(text).history


def test_prose_that_yaml_cuts_is_a_warning() -> None:
    loaded = load(changed("- rename: User.name", "  to: title", "  why: Fixes bug #12 for good.", "  note: 'a # b'"))
    (warning,) = loaded.warnings
    assert (warning.code, warning.span and warning.span.line) == ("SC110", FIRST + 2)


def test_every_key_has_a_place() -> None:
    spans = load(BASE.replace("changes:\n", "changes: []\n")).spans
    assert str(spans.key("resources", "User", "fields", "name")) == "api.yaml:9:7"
    assert str(spans.of("resources", "User", "fields", "name", "max_length")) == "api.yaml:9:37"
    assert str(spans.of("versions", 1, "id")) == "api.yaml:17:9"
    with pytest.raises(KeyError):
        spans.of("versions", 7)


def test_a_spec_in_several_files_is_one_spec() -> None:
    whole = load(changed("- rename: User.name", "  to: title"))
    head, _, rest = BASE.partition("resources:\n")
    resources, _, _ = rest.partition("versions:\n")
    parts = {
        "api.yaml": head + "versions:\n  - id: v1\n    released: 2025-01-01\n",
        "resources/user.yaml": "resources:\n" + resources,
        "versions/v2.yaml": "id: v2\nreleased: 2026-01-01\nchanges:\n  - rename: User.name\n    to: title\n",
    }
    assert load(parts).history == whole.history


def test_a_large_spec_has_a_folder_for_each_part() -> None:
    head = "api: {name: x}\n"
    types = "types:\n  A: {fields: {a: int}}\n  B: A | int\n"
    operations = "operations:\n  POST /a: {body: B}\n"
    document = "info: {version: '1'}\nservers: []\nx-a: 1\n"
    versions = "versions:\n  - id: v1\n  - id: v2\n    changes: ['add A.b? int']\n"
    inner = "".join(f"  {line}\n" for line in document.splitlines())
    whole = load(head + types + operations + "document:\n" + inner + versions)
    parts = load(
        {
            "api.yaml": head,
            "document.yaml": document,
            "types/a.yaml": "types:\n  A: {fields: {a: int}}\n",
            "types/b.yaml": "types:\n  B: A | int\n",
            "operations/a.yaml": operations,
            "versions/v2.yaml": "id: v2\nchanges: ['add A.b? int']\n",
            "versions/v1.yaml": "id: v1\n",
        }
    )
    assert parts.history == whole.history
    assert parts.history.newest.extra == {"info": {"version": "1"}, "servers": [], "x-a": 1}
    assert parts.spans.of("document", "info").file == "document.yaml"
    assert parts.spans.of("versions", 1, "changes", 0).file == "versions/v2.yaml"


@pytest.mark.parametrize(
    ("files", "code", "where", "words"),
    [
        ({"document.yaml": "inof: {}\n"}, "SC233", "document.yaml", "did you mean `info`?"),
        ({"document.yaml": "- a\n"}, "SC102", "document.yaml", ""),
        ({"types/a.yaml": "A: {fields: {a: int}}\n"}, "SC109", "types/a.yaml", "such a file holds `types`"),
        ({"types/a.yaml": "next: []\n"}, "SC109", "types/a.yaml", "the draft stands in the main file"),
        ({"types/a.yaml": "types: {A: int}\n", "types/b.yaml": "types: {A: int}\n"}, "SC103", "types/b.yaml", "one of"),
        ({"operations/a.yaml": "operations: {GET /a: {body: A}}\n"}, "SC212", "operations/a.yaml", ""),
        ({"versions/v2.yaml": "id: v2\nchanges: [remove A]\n"}, "SC302", "versions/v2.yaml", ""),
        (
            {"api.yaml": "api: {name: x}\ndocument: {}\n", "document.yaml": "info: {}\n"},
            "SC103",
            "api.yaml",
            "all of it",
        ),
    ],
)
def test_a_mistake_in_a_part_is_told_where_it_is(files: dict[str, str], code: str, where: str, words: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        load({"api.yaml": "api: {name: x}\nversions: [{id: v1}]\n"} | files)
    (found_, *_) = caught.value.diagnostics
    assert (found_.code, found_.span and found_.span.file) == (code, where)
    assert words in str(found_.help)


def test_a_finding_names_the_file_it_is_in() -> None:
    parts = {"api.yaml": "api: {name: x}\n", "resources/a.yaml": "resources: {A: {path: a, fields: {}}}\nnext: []\n"}
    with pytest.raises(ScaffoldError) as caught:
        load(parts)
    assert [(d.code, d.span and d.span.file) for d in caught.value.diagnostics] == [("SC109", "resources/a.yaml")]
