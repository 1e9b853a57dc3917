"""v3 is cut while v1 and v2 have clients and data: they see what they saw, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ..projects import NIGHTLY, json_of, run, scaffold, served

pytestmark = pytest.mark.slow
PRODUCT = {"title": "Garden chair", "price": "49.90", "tags": ["oak"]}
USER = {"name": "Ada", "email": "ada@example.com", "street": "12 St James's Sq"}
PAIRS = list(itertools.product(("sqlite", "postgresql"), ("", ", storage: rename")))
"""Where a rename is stored, and how."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/live.db"
    else:
        yield request.getfixturevalue("postgres_url")


def migrate(project: Path, database: str) -> None:
    done = run(project, "shop", "migrate", DATABASE_URL=database, SHOP_ENVIRONMENT="production")
    assert done.returncode == 0, done.stderr[-4000:]


def answers(base: str) -> dict[str, Any]:
    """Everything that clients of v1 and v2 are shown."""
    paths = ("v1/users", "v1/products", "v1/products?sort=-title", "v2/users", "v2/products", "v2/products?sort=title")
    return {path: json_of(httpx2.get(f"{base}/api/{path}")) for path in paths}


@pytest.mark.parametrize(("database", "storage"), PAIRS if NIGHTLY else PAIRS[1:3], indirect=["database"])
def test_a_rename_is_invisible_to_older_clients(shop: Path, database: str, storage: str) -> None:
    production = {"DATABASE_URL": database, "SHOP_ENVIRONMENT": "production"}
    migrate(shop, database)
    with served(shop, "shop", **production) as base:
        product = json_of(httpx2.post(f"{base}/api/v1/products", json=PRODUCT))
        user = json_of(httpx2.post(f"{base}/api/v1/users", json=USER))
        json_of(httpx2.patch(f"{base}/api/v2/products/{product['id']}", json={"status": "archived"}))
        before = answers(base)

    done = scaffold("bump-version", "--change", f"{{rename: Product.title, to: name{storage}}}", cwd=shop)
    assert done.returncode == 0, done.stderr
    migrate(shop, database)

    with served(shop, "shop", **production) as base:
        assert answers(base) == before
        newest = json_of(httpx2.get(f"{base}/api/v3/products/{product['id']}"))
        assert newest["name"] == "Garden chair"
        assert "title" not in newest
        json_of(httpx2.patch(f"{base}/api/v3/products/{product['id']}", json={"name": "Oak chair"}))
        seen = json_of(httpx2.get(f"{base}/api/v1/products/{product['id']}"))
        assert (seen["title"], seen["price"], seen["status"]) == ("Oak chair", "49.90", "published")
        back = json_of(
            httpx2.put(f"{base}/api/v1/products/{product['id']}", json={k: seen[k] for k in seen if k != "id"})
        )
        assert back == seen
        assert json_of(httpx2.get(f"{base}/api/v3/products/{product['id']}"))["status"] == "archived"
        assert json_of(httpx2.get(f"{base}/api/v1/users/{user['id']}")) == user


def test_its_own_tests_pass_with_three_versions(shop: Path) -> None:
    assert scaffold("bump-version", "--change", "rename Product.title to name", cwd=shop).returncode == 0
    commands = (("pytest", "-q", "-p", "no:cacheprovider"), ("mypy",), ("ruff", "check", "."))
    for command in commands if NIGHTLY else commands[:1]:
        done = run(shop, *command)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_keys_of_another_kind_and_another_name_are_invisible_to_older_clients(shop: Path, database: str) -> None:
    production = {"DATABASE_URL": database, "SHOP_ENVIRONMENT": "production"}
    migrate(shop, database)
    with served(shop, "shop", **production) as base:
        products = [json_of(httpx2.post(f"{base}/api/v1/products", json=PRODUCT)) for _ in range(2)]
        json_of(httpx2.post(f"{base}/api/v1/users", json=USER))
        before = answers(base)
    changes = (
        "{change: Product.id, to: uuid, keep: int}",
        "{rename: Product, to: Article}",
        "{add: 'User.favourite?', ref: Article}",
    )
    done = scaffold("bump-version", *(word for change in changes for word in ("--change", change)), cwd=shop)
    assert done.returncode == 0, done.stdout + done.stderr
    migrate(shop, database)
    with served(shop, "shop", **production) as base:
        assert answers(base) == before
        articles = json_of(httpx2.get(f"{base}/api/v3/articles"))
        articles = articles["data"] if isinstance(articles, dict) else articles
        assert len({a["id"] for a in articles}) == 2
        (user, *_) = (u["id"] for u in answers(base)["v1/users"])
        liked = {"favourite": articles[1]["id"]}
        assert json_of(httpx2.patch(f"{base}/api/v3/users/{user}", json=liked))["favourite"] == articles[1]["id"]
        assert httpx2.delete(f"{base}/api/v1/products/{products[1]['id']}").status_code == 409
        assert httpx2.delete(f"{base}/api/v1/products/{products[0]['id']}").status_code == 204
