"""Projects for tests: made by the workflows in a temporary folder, and run as their users run them."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest

from scaffold.workflows.new import new_project

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
NIGHTLY = os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly"
"""Whether all is tried, or a part that stands for it."""


def make(folder: Path, name: str, spec: Path | str | None = None) -> Path:
    """The project `name` in `folder`, from a spec that is a file or text; without one, the starter's."""
    if isinstance(spec, str):
        path = folder / f"{name}.yaml"
        path.write_text(spec)
        spec = path
    place = folder / name
    new_project(name, directory=place, spec=spec, answers={}, defaults=True, dry_run=False)
    return place


def once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Path]) -> Path:
    """What `build` makes in the folder it is given, made once for all tests of a process; do not change it.

    Processes do not share it: what one runs in a project writes beside its files while another one copies them.
    """
    place = factory.getbasetemp() / "made-once" / name
    if not place.exists():
        place.parent.mkdir(exist_ok=True)
        build(factory.mktemp("made")).rename(place)
    return place


def make_example(folder: Path, name: str) -> Path:
    """An example of the repository as a project, with its hand-written files in place."""
    place = make(folder, name, EXAMPLES / name / "api.yaml")
    for source in (EXAMPLES / name).rglob("*.py"):
        target = place / source.relative_to(EXAMPLES / name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    return place


@cache
def kept_between(tool: str) -> Path:
    """Where a tool keeps what it learned of one project for the next one's run; it ends with the process."""
    folder = tempfile.mkdtemp(prefix=f"{tool}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def environment(project: Path, **more: str) -> dict[str, str]:
    """The environment that a project's programs run in."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR")}
    steady = {"RUFF_NO_CACHE": "true"}
    steady |= {"MYPY_CACHE_DIR": str(kept_between("mypy"))}
    steady |= {"HYPOTHESIS_STORAGE_DIRECTORY": str(kept_between("hypothesis"))}
    # Else each of its runs would clear away what earlier runs of anybody's tests left behind.
    steady |= {"PYTEST_DEBUG_TEMPROOT": str(kept_between("pytest"))}
    # Its tests need no plugin of pytest, and do not load those that are installed here.
    steady |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PAYLOADS": "60" if NIGHTLY else "20"}
    return {**kept, "PYTHONPATH": str(project / "src"), **steady, **more}


def run(project: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module in the project: `run(shop, "pytest", "-q")`."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=project,
        env=environment(project, **more),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def scaffold(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, without a terminal, in this environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "scaffold.cli", *arguments],
        cwd=cwd,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(project: Path, package: str, **more: str) -> Iterator[str]:
    """The running project on loopback; its base URL. It is stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", f"{package}.main:app", "--port", str(port), "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=project, env=environment(project, **more))
    try:
        base = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                if httpx2.get(f"{base}/readyz", timeout=1).status_code == 200:
                    break
            except httpx2.TransportError:
                time.sleep(0.05)
        else:
            raise AssertionError("the server did not become ready")
        yield base
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def tree(project: Path, leave_out: Sequence[str] = (".scaffold/undo", ".scaffold/busy")) -> dict[str, bytes]:
    """Every file of a project by its path; caches and what is named are left out."""
    files = {p.relative_to(project).as_posix(): p for p in project.rglob("*") if p.is_file()}
    return {
        path: place.read_bytes()
        for path, place in sorted(files.items())
        if "__pycache__" not in path and not any(path.startswith(prefix) for prefix in leave_out)
    }


def json_of(response: Any) -> Any:
    """The JSON of an answer that must be a success."""
    assert response.status_code < 300, response.text
    return response.json()
