"""A generated project passes its own tests, lints and types untouched, and needs nothing of the tool."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..projects import environment, run, served

pytestmark = pytest.mark.slow
NAMES = ("shop", "payments")


@pytest.mark.parametrize("name", NAMES)
def test_its_own_tests_pass(example: Callable[[str], Path], name: str) -> None:
    done = run(example(name), "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "warnings summary" not in done.stdout, done.stdout[-6000:]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)])
def test_it_is_clean(example: Callable[[str], Path], name: str, command: tuple[str, ...]) -> None:
    done = run(example(name), *command)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


BLOCKER = """
import sys

class Gone:
    def find_spec(self, name, path=None, target=None):
        if name == "scaffold" or name.startswith("scaffold."):
            raise ModuleNotFoundError(f"No module named {name!r}")

sys.meta_path.insert(0, Gone())
"""


def test_it_runs_where_the_tool_is_not_installed(example: Callable[[str], Path], tmp_path: Path) -> None:
    project = example("shop")
    (tmp_path / "sitecustomize.py").write_text(BLOCKER)
    path = f"{tmp_path}:{project / 'src'}"
    code = (
        "import importlib, pkgutil, shop\n"
        "try:\n    import scaffold\nexcept ModuleNotFoundError:\n    pass\nelse:\n    raise SystemExit('still here')\n"
        "for m in pkgutil.walk_packages(shop.__path__, 'shop.'):\n"
        "    if not m.name.endswith('__main__'):\n        importlib.import_module(m.name)\n"
        "from starlette.testclient import TestClient\n"
        "from shop.main import build\nfrom shop.settings import Settings\n"
        "app = build(Settings(environment='test', database_url='sqlite://'))\n"
        "with TestClient(app) as client:\n"
        "    assert client.get('/api/v1/users').json() == []\n"
        "    assert client.get('/api/v2/users').json() == {'data': [], 'meta': {'total': 0}}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env=environment(project, PYTHONPATH=path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


WITHOUT_REQUESTS = """
import json
from dataclasses import replace
from starlette.testclient import TestClient
from shop.generated import records
from shop.generated.problems import Invalid
from shop.generated.speaking import parse, render
from shop.main import build
from shop.settings import Settings

def shown(moment):
    return moment.isoformat().replace("+00:00", "Z")

sent = json.dumps({"name": "Ada Lovelace", "email": "ada@example.com", "city": "London"})
with TestClient(build(Settings(environment="test", database_url="sqlite://"))) as client:
    made = client.post("/api/v1/users", content=sent, headers={"Content-Type": "application/json"})
    user = replace(parse("v1", records.User, sent), id=made.json()["id"])
    assert render("v1", records.User, user) == made.content, made.content
    newer = client.get(f"/api/v2/users/{user.id}").json()
    assert json.loads(render("v2", records.User, user)) == newer | {"created_at": shown(user.created_at)}
try:
    parse("v2", records.User, b'{"full_name": ""}')
except Invalid as error:
    assert [e["loc"] for e in error.errors] == [["full_name"], ["email"]], error.errors
else:
    raise AssertionError("an empty name is none")
try:
    render("v9", records.User, user)
except LookupError as error:
    assert str(error) == "there is no version v9: v1, v2"
"""


def test_versions_are_spoken_without_requests(example: Callable[[str], Path]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_REQUESTS],
        cwd=example("shop"),
        env=environment(example("shop")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_uvicorn_serves_it(example: Callable[[str], Path], tmp_path: Path) -> None:
    import httpx2

    with served(example("shop"), "shop", DATABASE_URL=f"sqlite:///{tmp_path}/shop.db") as base:
        made = httpx2.post(f"{base}/api/v1/users", json={"name": "Ada", "email": "ada@example.com", "city": "London"})
        assert made.status_code == 201
        seen = httpx2.get(f"{base}/api/v2/users/{made.json()['id']}")
    assert made.headers["deprecation"] == "@1784073600"
    assert made.headers["sunset"] == "Thu, 15 Jul 2027 00:00:00 GMT"
    assert seen.json()["address"] == {"city": "London"}
    assert "deprecation" not in seen.headers


def test_a_missing_handler_method_stops_the_start_with_a_stub(example: Callable[[str], Path], tmp_path: Path) -> None:
    import shutil

    project = Path(shutil.copytree(example("payments"), tmp_path / "payments"))
    handler = project / "src/payments/handlers/payments.py"
    text = handler.read_text()
    start, end = text.index("    async def capture_payment"), text.index("    @staticmethod")
    handler.write_text(text[:start] + text[end:])
    done = run(project, "payments", "serve")
    assert done.returncode != 0
    assert "payments.handlers.payments.Payments has no method capture_payment" in done.stderr
    assert "async def capture_payment(self, *, id: int, body: records.Capture)" in done.stderr
