"""Programs of a small spec on loopback, each with its own places for versions, served by uvicorn."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module, invalidate_caches
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import uvicorn

from scaffold.spec import load
from tests.generated_tests.rendered import files_of

TODAY = datetime(2026, 9, 1, 12, tzinfo=UTC)
IDS = {"major": ("v1", "v2", "v3"), "date": ("2025-01-15", "2025-09-01", "2026-03-01")}
"""The versions: one that is retired, one that is deprecated, and a stable one."""

SPEC = """\
api: {{name: shop, base_path: /api, docs_base: "https://docs.example.com"}}
versioning: {{scheme: {scheme}, locate: [{locate}], unspecified: {unspecified}}}
policy: {{support: 1 months, notice: 1 days}}
errors:
  body:
    error: $code_snake
    message: $detail
    migrate_to: $successor
    about: {{id: $request_id, at: $instance, kind: $code_upper}}
  media_type: application/vnd.shop.error+json
resources:
  User:
    path: /users
    fields: {{id: {{type: int, key: true}}, name: str}}
    operations: [list, get, create, delete]
versions:
  - {{id: {first}, released: 2025-01-15, deprecated: 2025-09-01, sunset: 2026-07-14}}
  - id: {second}
    released: 2025-09-01
    deprecated: 2026-06-01
    sunset: 2027-06-01
    changes: [{{change: errors, to: problem}}]
  - id: {third}
    released: 2026-03-01
    changes: [rename User.name to full_name, {{move: "DELETE /users/{{id}}", to: "DELETE /people/{{id}}"}}]
"""
_numbers = count(1)


def spec(scheme: str, places: Sequence[str], unspecified: str = "reject") -> str:
    """The spec whose versions are named in `places`."""
    first, second, third = IDS[scheme]
    return SPEC.format(
        scheme=scheme, locate=", ".join(places), unspecified=unspecified, first=first, second=second, third=third
    )


@contextmanager
def service(text: str) -> Iterator[httpx2.Client]:
    """A client of the program of a spec, over a socket; it stands still at noon of `TODAY`."""
    package = f"edge{next(_numbers)}"
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, body in files_of(load(text).history, package).items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(body, "utf-8")
        (folder / f"src/{package}/__init__.py").touch()
        sys.path.insert(0, str(folder / "src"))
        invalidate_caches()
        try:
            with _served(_application(package)) as base, httpx2.Client(base_url=base) as client:
                yield client
        finally:
            sys.path.remove(str(folder / "src"))


def _application(package: str) -> Any:
    users = import_module(f"{package}.handlers.users").users_provider
    storage = import_module(f"{package}.generated.database").Storage("sqlite://")
    create = import_module(f"{package}.generated.app").create_app
    docs = "https://docs.example.com"
    return create(
        users=users, conversions=None, storage=storage, environment="test", clock=lambda: TODAY, docs_base=docs
    )


@contextmanager
def _served(app: Any) -> Iterator[str]:
    """`app` on a free port of loopback, until the end."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        for _ in range(2000):
            if server.started:
                break
            time.sleep(0.01)
        else:
            raise AssertionError("the server did not start")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
