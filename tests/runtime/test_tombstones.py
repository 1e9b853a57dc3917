"""A retired version is a tombstone: nothing of it is imported, or built."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, sys
from datetime import UTC, datetime
from starlette.testclient import TestClient
from tests.runtime.shop.app import EDITIONS, create_app
from tests.runtime.shop.records import Users
from scaffold.generate.runtime.sites import Site

built, build = [], Site._build
Site._build = lambda self: (built.append(self.version.id), build(self))[1]
moment = datetime.fromisoformat(sys.argv[1])

async def provide() -> Users:
    return Users()

editions = EDITIONS if len(sys.argv) < 3 else (EDITIONS[0],)
app = create_app(provide, editions=editions, clock=lambda: moment, **json.loads(sys.argv[2]) if sys.argv[2:] else {})
with TestClient(app) as client:
    status = [client.get(p).status_code for p in ("/api/v1/users", "/api/v1/openapi.json", "/api/versions")]
modules = sorted(n for n in sys.modules if n.startswith("tests.runtime.shop.v1") or n.endswith("shop.types"))
print(json.dumps({"status": status, "built": built, "modules": modules}))
"""


def told(*arguments: str) -> dict[str, list[object]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_nothing_of_a_retired_version_is_built() -> None:
    assert told("2026-07-14T00:00:00+00:00")["built"] == ["v3", "v2"]
    assert "v1" in told("2026-07-13T23:59:59+00:00")["built"]


@pytest.mark.parametrize("unspecified", [None, "v1"])
def test_nothing_of_a_retired_version_is_imported(unspecified: str | None) -> None:
    """With a single edition no other version shares its modules."""
    alone = told("2026-07-14T00:00:00+00:00", json.dumps({"unspecified": unspecified}))
    assert alone["status"] == [410, 410, 200]
    assert alone["modules"] == ["tests.runtime.shop.v1"], "only the list of its routes, which the test names"
    served = told("2026-07-13T23:59:59+00:00", json.dumps({"unspecified": unspecified}))
    assert {"tests.runtime.shop.types", "tests.runtime.shop.v1.users"} <= set(served["modules"])
