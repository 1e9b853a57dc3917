"""Counts of usage equal what clients sent, with two workers too; what is told of them. Under load: `test_load.py`."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from ..projects import make, run, scaffold
from .programs import counted, migrated, program, stop

pytestmark = pytest.mark.slow
CALLS = (
    ("v1", "list_users", "GET", "/api/v1/users"),
    ("v2", "list_users", "GET", "/api/v2/users"),
    ("v1", "get_user", "GET", "/api/v1/users/1"),  # nobody is there: 404
    ("v1", "", "GET", "/api/v1/nowhere"),
    ("unknown", "", "GET", "/api/v7/users"),
)


class Load:
    """Clients that call one after the other and remember what was answered."""

    def __init__(self, base: str, clients: int) -> None:
        self.answered: Counter[tuple[str, str, str]] = Counter()
        self.failed: list[int] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._call, args=(base, f"client-{n}")) for n in range(clients)]
        for thread in self._threads:
            thread.start()

    def _call(self, base: str, name: str) -> None:
        with httpx2.Client(base_url=base, headers={"X-Client-ID": name}, timeout=20) as client:
            turn = 0
            while not self._over.is_set():
                version, operation, method, path = CALLS[turn % len(CALLS)]
                turn += 1
                try:
                    status = client.request(method, path).status_code
                except httpx2.TransportError:
                    return  # the server is gone: nothing was answered
                with self._lock:
                    self.answered[name, version, operation] += 1
                    if status >= 500:
                        self.failed.append(status)

    def end(self) -> None:
        """Let every client finish what it is at."""
        self._over.set()
        for thread in self._threads:
            thread.join()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'usage.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


def ready(example: Callable[[str], Path], url: str) -> tuple[Path, dict[str, str]]:
    project = example("shop")
    return project, migrated(project, "shop", url)


def test_two_workers_add_up(example, url):
    project, more = ready(example, url)
    with program(project, "shop", "--workers", "2", **more) as (base, process):
        load = Load(base, 8)
        time.sleep(3)
        load.end()
        stop(process)
    assert counted(project, "shop", **more) == load.answered


def test_a_table_that_is_not_there_for_a_while_stops_no_request_and_loses_no_count(example, postgres_url):
    import psycopg

    project, more = ready(example, postgres_url)

    def rename(old: str, new: str) -> None:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f'ALTER TABLE "{old}" RENAME TO "{new}"'.encode())

    with program(project, "shop", **more) as (base, process):
        load = Load(base, 4)
        time.sleep(1)
        rename("_api_usage", "elsewhere")
        time.sleep(6)
        rename("elsewhere", "_api_usage")
        load.end()
        stop(process)
    assert load.failed == []
    assert counted(project, "shop", **more) == load.answered


def test_metrics_of_any_worker_are_those_of_all_and_calls_of_what_ends_are_logged(example, url, tmp_path):
    project, more = ready(example, url)
    shared = tmp_path / "metrics"
    shared.mkdir()
    more |= {"PROMETHEUS_MULTIPROC_DIR": str(shared), "SHOP_LOG_RATE": "1000"}
    with (
        (tmp_path / "log").open("wb") as log,
        program(project, "shop", "--workers", "2", log=log, **more) as (base, process),
    ):
        for _ in range(40):
            headers = {"X-Client-ID": "acme"}
            assert httpx2.get(f"{base}/api/v1/users", headers=headers).status_code == 200
        until = time.monotonic() + 20
        while (total := told(base)) != 40 and time.monotonic() < until:  # each worker hands its numbers over in a while
            time.sleep(0.2)
        assert total == 40
        stop(process)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines() if line.startswith("{")]
    called = [line for line in lines if line["event"] == "deprecated version called"]
    assert len(called) == 40
    assert {(c["level"], c["version"], c["operation"], c["client"], c["successor"]) for c in called} == {
        ("warning", "v1", "list_users", "acme", "/api/v2/users")
    }
    assert all(isinstance(c["days_left"], int) and c["sunset"] == "2027-07-15" for c in called)


def told(base: str) -> float:
    """How many requests of v1 the metrics have."""
    families = text_string_to_metric_families(httpx2.get(f"{base}/metrics").text)
    found = [s for f in families for s in f.samples if s.name == "api_requests_total"]
    return sum(s.value for s in found if s.labels["version"] == "v1")


SENDING = """
api: {name: shop, base_path: /api}
types:
  Address:
    fields: {street: str, "zip?": str}
  Kind: {enum: [person, robot, pet]}
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: str
      kind?: Kind
      nick?: str
      address?: Address
    operations: [list, get, create, update]
    filters: [name, nick, kind]
versions:
  - id: v1
    released: 2025-01-15
  - id: v1.1
    released: 2025-02-15
    changes:
      - deprecate: User.nick
        use: name
        sunset: 2099-06-01
      - deprecate: Address.zip
      - deprecate: Kind.pet
        use: robot
      - deprecate: GET /users?nick
        use: name
"""


def test_what_is_deprecated_and_still_sent_is_known_of_each_client(tmp_path, monkeypatch):
    project = make(tmp_path, "shop", SENDING)
    more = {"DATABASE_URL": f"sqlite:///{tmp_path / 'usage.db'}"}
    (project / "clients.toml").write_text('[clients.acme]\nname = "Acme Ltd"\naddress = "api@acme.example"\n')
    with program(project, "shop", **more) as (base, process), httpx2.Client(base_url=f"{base}/api/v1") as client:
        acme, beta = {"X-Client-ID": "acme"}, {"X-Client-ID": "beta"}
        whole = {"name": "Ada", "nick": "a", "address": {"street": "S", "zip": "1"}}
        assert client.post("/users", json=whole, headers=acme).status_code == 201
        assert client.post("/users", json={"name": "Bob"}, headers=acme).status_code == 201
        assert client.post("/users", json={"name": "Cat", "kind": "pet"}, headers=beta).status_code == 201
        assert client.post("/users", json={"name": "Eve", "kind": "robot"}, headers=beta).status_code == 201
        assert client.get("/users", params={"kind": "pet"}, headers=beta).status_code == 200
        assert client.patch("/users/1", json={"nick": None}, headers=acme).status_code == 200
        assert client.post("/users", json={"nick": 5}, headers=acme).status_code == 422
        assert client.get("/users", params={"nick": "a"}, headers=beta).status_code == 200
        assert client.get("/users", params={"name": "a"}, headers=beta).status_code == 200
        own = httpx2.get(f"{base}/api/usage/deprecations", headers=beta).json()
        stop(process)
    assert [(s["what"], s["operation"], s["use"], s["times"]) for s in own["sent"]] == [
        ("Kind.pet", "create_user", "robot", 1),
        ("GET /users?nick", "list_users", "name", 1),
        ("Kind.pet", "list_users", "robot", 1),
    ]
    assert {r["what"] for r in own["may_read"]} == {"User.nick", "Address.zip", "Kind.pet"}
    report = json.loads(run(project, "shop", "usage", "--json", **more).stdout)
    sent = {c["client"]: {(s["operation"], s["what"]): s["times"] for s in c["sent"]} for c in report["clients"]}
    assert sent == {
        "acme": {
            ("create_user", "User.nick"): 2,
            ("create_user", "Address.zip"): 1,
            ("update_user", "User.nick"): 1,
        },
        "beta": {
            ("list_users", "GET /users?nick"): 1,
            ("list_users", "Kind.pet"): 1,
            ("create_user", "Kind.pet"): 1,
        },
    }
    monkeypatch.setenv("DATABASE_URL", more["DATABASE_URL"])
    told = scaffold("status", "--usage", "run", "--json", cwd=project)
    assert told.returncode == 0, told.stderr
    assert [c["client"] for c in json.loads(told.stdout)["usage"]["callers"]["v1"]] == ["beta", "Acme Ltd (acme)"]
    assert run(project, "shop", "notices", "--output", "out", **more).returncode == 0
    notice = (project / "out" / "acme-unverified.md").read_text()
    assert "To Acme Ltd" in notice
    assert "`User.nick` (in `create_user`, v1, 2 times): use `name` instead; it ends on 2099-06-01." in notice
    assert "`Address.zip` (in `create_user`, v1, once): nothing stands in for it." in notice
    data = json.loads((project / "out" / "acme-unverified.json").read_text())
    assert (data["client"], data["address"]) == ("acme", "api@acme.example")
    none = run(project, "shop", "notices", "--client", "gamma", **more)
    assert none.stderr.splitlines()[-1] == "no client with this name called anything that ends, in 30 days"
