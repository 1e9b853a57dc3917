"""The documentation for people: what the day puts into pages that were made with the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from scaffold.generate.pages import build
from scaffold.generate.runtime import pages
from scaffold.generate.runtime.pages import NOTICE, PICKER, Pages
from scaffold.generate.runtime.readers import InHeader

from .conftest import Clock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pages of v1 and v2 and the guide between them; v3, a preview, has none yet."""
    for name in ("v1", "v2", "v1-to-v2"):
        (tmp_path / f"{name}.html").write_text(f"<header>{PICKER}</header><main>{name} {NOTICE}</main>")
    (tmp_path / "style.css").write_text("body { color: red }")
    return tmp_path


@pytest.fixture
def client(make: Callable[..., TestClient], folder: Path) -> TestClient:
    return make(pages=Pages(folder, title="Shop & Sons"))


def test_the_places_for_what_the_day_says_are_the_same_where_pages_are_made_and_served() -> None:
    assert (build.PICKER, build.NOTICE) == (pages.PICKER, pages.NOTICE)


@pytest.mark.parametrize(
    ("day", "seconds", "stage", "said"),
    [
        ("2026-01-15", -1, "stable", "v1 is stable since"),
        ("2026-01-15", 0, "deprecated", "v1 is deprecated since"),
        ("2026-07-14", -1, "deprecated", "and answers until"),
        ("2026-07-14", 0, "retired", "v1 was retired on"),
    ],
)
def test_a_page_says_the_stage_of_its_version_from_the_instant_on(
    client: TestClient, clock: Clock, day: str, seconds: int, stage: str, said: str
) -> None:
    client.get("/docs/v1")  # what was made for another day is not served
    clock.set(day, seconds)
    text = client.get("/docs/v1").text
    assert f'class="notice {stage}"' in text
    assert said in text
    assert f'<summary>v1 <span class="stage {stage}">' in text
    assert 'href="/docs/migration/v1-to-v2"' in text


def test_a_preview_says_that_it_may_change(client: TestClient, folder: Path) -> None:
    (folder / "v3.html").write_text(NOTICE)
    assert "v3 is a preview: it may change" in client.get("/docs/v3").text


def test_the_overview_lists_every_version_newest_first(client: TestClient) -> None:
    text = client.get("/docs").text
    assert [text.index(f'<th scope="row"><a href="/docs/{v}"') for v in ("v3", "v2", "v1")] == sorted(
        text.index(f'<th scope="row"><a href="/docs/{v}"') for v in ("v1", "v2", "v3")
    )
    assert "Shop &amp; Sons" in text
    assert "Shop & Sons" not in text


def test_below_a_root_every_link_is_below_it(make: Callable[..., TestClient], folder: Path) -> None:
    client = make(pages=Pages(folder, title="Shop"))
    rooted = TestClient(client.app, root_path="/shop")
    text = rooted.get("/shop/docs/v1").text
    assert 'href="/shop/docs/migration/v1-to-v2"' in text
    assert 'href="/shop/api/v1/openapi.json"' in text
    assert rooted.get("/shop/docs/", follow_redirects=False).headers["location"] == "/shop/docs"


def test_links_lead_to_what_is_there(client: TestClient) -> None:
    for link in ("/docs", "/docs/v1", "/docs/v2", "/docs/migration/v1-to-v2", "/docs/style.css"):
        assert client.get(link).status_code == 200, link
    assert [v.get("docs") for v in client.get("/api/versions").json()["versions"]] == [
        "/docs/v1",
        "/docs/v2",
        "/docs/v3",
    ]


def test_a_problem_leads_to_what_is_said_of_it(make: Callable[..., TestClient], folder: Path) -> None:
    (folder / "problems.html").write_text(f'{PICKER}<h2 id="not-found">Not found</h2>')
    client = make(pages=Pages(folder, title="Shop"), problem_base="/docs/problems", docs_base="/docs")
    type_ = client.get("/api/v2/nothing").json()["type"]
    assert type_ == "/docs/problems/not-found"
    answer = client.get(type_, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/docs/problems#not-found")
    assert "Not found" in client.get(type_).text
    assert client.get("/docs/problems/other").status_code == 404


def test_links_to_the_guide_are_the_programs_own_below_any_root(
    make: Callable[..., TestClient], folder: Path, clock: Clock
) -> None:
    client = make(pages=Pages(folder, title="Shop"), docs_base="/docs", problem_base="/docs/problems")
    rooted = TestClient(client.app, root_path="/shop")
    clock.set("2026-02-01")
    links = rooted.get("/shop/api/v1/users").links
    for rel in ("deprecation", "sunset"):
        assert links[rel]["url"].startswith("/shop/docs/migration/v1-to-v2")
        assert rooted.get(links[rel]["url"]).status_code == 200
    assert client.get("/api/v1/users").links["sunset"]["url"] == "/docs/migration/v1-to-v2"
    listed = rooted.get("/shop/api/versions").json()["versions"][0]
    assert rooted.get(listed["guide"]).status_code == 200
    clock.set("2026-07-14")
    retired = rooted.get("/shop/api/v1/users").json()
    assert retired["documentation"] == "/shop/docs/migration/v1-to-v2"
    assert retired["type"] == "/shop/docs/problems/version-retired"


@pytest.mark.parametrize("base", ["", "/api"])
def test_pages_carry_no_version_wherever_requests_name_theirs(
    make: Callable[..., TestClient], folder: Path, base: str
) -> None:
    client = make(pages=Pages(folder, title="Shop"), locate=(InHeader("API-Version"),), base_path=base)
    for path in ("/docs", "/docs/v1", "/docs/migration/v1-to-v2", "/docs/style.css"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("api-version")) == (200, None), path
    assert f'href="{base}/v1/openapi.json"' in client.get("/docs/v1").text
    assert client.get(f"{base}/v1/openapi.json").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/docs/v9", "/docs/v3", "/docs/..%2f..%2fetc", "/docs/migration/v2-to-v1", "/docs/migration/v1", "/docs/x/y"],
)
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_page_that_the_caller_has_is_not_sent_again(client: TestClient, clock: Clock) -> None:
    first = client.get("/docs/v1")
    again = client.get("/docs/v1", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    clock.set("2026-07-14")
    assert client.get("/docs/v1", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_nothing_but_the_style_may_be_loaded(client: TestClient) -> None:
    policy = client.get("/docs/v1").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_pages_are_off_where_they_are_not_wanted_or_not_made(make: Callable[..., TestClient], tmp_path: Path) -> None:
    for client in (make(), make(pages=Pages(tmp_path / "nowhere", title="Shop"))):
        assert client.get("/docs/v1").status_code == 404
        assert "docs" not in client.get("/api/versions").json()["versions"][0]
