"""A project's own program, `python -m shop serve`, as an operator runs it: started, stopped, asked for its usage."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import httpx2

from ..projects import environment, free_port, run


@contextmanager
def program(
    project: Path, package: str, *arguments: str, log: IO[bytes] | None = None, **more: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The project's own program, serving on loopback; its base URL, and its process."""
    port = free_port()
    command = [sys.executable, "-m", package, "serve", "--port", str(port), *arguments]
    level = {} if log is not None else {f"{package.upper()}_LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(
        command, cwd=project, env=environment(project, **level, **more), start_new_session=True, stderr=log
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(400):
            try:
                if httpx2.get(f"{base}/readyz", timeout=1).status_code == 200:
                    break
            except httpx2.TransportError:
                time.sleep(0.05)
        else:
            raise AssertionError("the server did not become ready")
        yield base, process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def migrated(project: Path, package: str, url: str) -> dict[str, str]:
    """The environment of a program in production, whose database at `url` is migrated."""
    more = {"DATABASE_URL": url, f"{package.upper()}_ENVIRONMENT": "production"}
    done = run(project, package, "migrate", **more)
    assert done.returncode == 0, done.stderr
    return more


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a program as its operator does, and wait for its end."""
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def counted(project: Path, package: str, **more: str) -> Counter[tuple[str, str, str]]:
    """What the project's own command says of each client, version and operation; without one where none was reached."""
    done = run(project, package, "usage", "--json", **more)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return Counter(
        {
            (str(client["client"]), call["version"], call["operation"] or ""): call["requests"]
            for client in report["clients"]
            for call in client["calls"]
        }
    )
