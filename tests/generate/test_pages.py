"""The pages of the documentation, as they are made from documents and guides."""

from __future__ import annotations

import ast
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import scaffold.generate.runtime
from scaffold.contract.history import History
from scaffold.generate.pages import guide_page, problems_page, version_pages
from scaffold.generate.pages.place import docs_path
from scaffold.generate.pages.problems import PROBLEMS
from scaffold.generate.pages.prose import description, guide
from scaffold.generate.pages.schemas import facts, type_words
from scaffold.generate.pages.view import page_view
from scaffold.guide import guide as make_guide
from scaffold.guide import render_markdown
from scaffold.spec import load

from ..openapi.random_documents import documents
from ..projects import EXAMPLES

RUNTIME = Path(scaffold.generate.runtime.__file__).parent
OWNERS = Path(__file__).parents[1] / "golden" / "owners" / "api.yaml"
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """A page as a reader of HTML sees it: every tag is closed by its own, no id stands twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @property
    def dangling(self) -> list[str]:
        """Links to places on the page that are not there."""
        return [link for link in self.links if link.startswith("#") and link[1:] not in self.ids]


def shop() -> History:
    return load((EXAMPLES / "shop" / "api.yaml").read_text("utf-8")).history


def everything() -> dict[str, str]:
    history = shop()
    name, text = guide_page(history, "v1", "v2", render_markdown(make_guide(history, "v1", "v2")))
    return {**dict(version_pages(history)), name: text}


@pytest.mark.parametrize("name", ["v1.html", "v2.html", "v1-to-v2.html"])
def test_a_page_is_whole_and_loads_nothing_from_elsewhere(name: str) -> None:
    page = Page(everything()[name])
    assert page.dangling == []
    assert "script" not in page.tags
    assert [link for link in page.links if "//" in link] == []
    assert page.tags.count("h1") == 1


def test_headings_go_down_one_level_at_a_time() -> None:
    for name, text in everything().items():
        levels = [int(tag[1]) for tag in Page(text).tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
        first = levels.index(1)
        for one, other in zip(levels[first:], levels[first + 1 :], strict=False):
            assert other <= one + 1, name


def test_a_page_shows_each_version_as_it_is() -> None:
    old, new = (everything()[f"{v}.html"] for v in ("v1", "v2"))
    assert "<code>full_name</code>" in new
    assert "full_name" not in old
    assert 'id="list-users"' in old, "the anchor that `Link` and the guide have"
    assert "POST /api/v1/users" in old
    assert "this is release 1.1" in old


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_document_can_be_shown(document: dict[str, object]) -> None:
    view = page_view(document, "v1", "/api/v1", {})
    for text in (*(t.words for t in view.types), *(o.about for g in view.groups for o in g.operations)):
        Page(str(text))


def test_headings_of_descriptions_stand_right_under_those_of_the_page() -> None:
    assert description("## A\n\n#### B\n", below=1) == "<h2>A</h2>\n<h4>B</h4>\n"
    assert description("# A\n", below=3) == "<h4>A</h4>\n"
    assert description("# A\n", below=6) == "<h6>A</h6>\n"


def test_what_others_wrote_is_text_and_no_html() -> None:
    assert "<script>" not in description("<script>alert(1)</script>")
    assert "<script>" not in guide("A <script>alert(1)</script> b\n\n<script>\nalert(1)\n</script>\n")
    assert "href" not in description("[a](javascript:alert(1))")
    assert "<img" not in description("![a](https://example.com/a.png)")
    assert "<b>" not in type_words({"enum": ["<b>"]})
    assert guide('<a id="x"></a>\n') == '<p><a id="x"></a></p>\n'


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "format": "email"}, "email address"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/User"}}, 'list of <a href="#type-User">User</a>'),
        ({"type": ["integer", "null"]}, "integer or null"),
        ({"enum": ["a", "b", 3]}, "<code>a</code>, <code>b</code> or <code>3</code>"),
        ({"const": ""}, "<code>&#34;&#34;</code>"),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "map of names to number"),
        ({}, "any value"),
        (False, "nothing"),
        (None, "any value"),
    ],
)
def test_types_in_words(schema: object, said: str) -> None:
    assert type_words(schema) == said


def test_bounds_in_words() -> None:
    schema = {"minLength": 1, "maxLength": 200, "minimum": -(2**63), "default": "x"}
    assert facts(schema) == ("<code>1</code> to <code>200</code> characters", "default <code>x</code>")


def test_every_kind_of_problem_that_programs_tell_is_explained() -> None:
    told = set()
    for path in RUNTIME.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                names = [ast.unparse(t) for t in node.targets[0].elts]
                if "code" in names and isinstance(node.value, ast.Tuple):
                    said = {name: ast.literal_eval(v) for name, v in zip(names, node.value.elts, strict=True)}
                    told.add((said["code"], said["title"]))
    assert len(told) > 10
    assert told - {(p.code, p.title) for p in PROBLEMS} == set()


def test_requests_show_the_credential_that_each_version_wants() -> None:
    pages = dict(version_pages(load(OWNERS.read_text("utf-8")).history))
    assert "GET /api/v1/notes\nX-API-Key: example" in pages["v1.html"]
    assert "GET /api/v2/notes\nAuthorization: Bearer example" in pages["v2.html"]


def test_the_page_of_problems_has_a_place_for_each() -> None:
    page = Page(problems_page(shop())[1])
    assert {p.code for p in PROBLEMS} <= set(page.ids)


def test_the_documentation_gives_way_to_operations_of_its_name() -> None:
    assert docs_path(shop()) == "/docs"
    head = "api: {name: x, base_path: /}\nresources:\n  Doc:\n    path: /docs\n    fields:\n"
    rest = "      id: {type: int, key: true}\n    operations: [list]\nversions: [{id: v1}]\n"
    assert docs_path(load(head + rest).history) == "/api-docs"
