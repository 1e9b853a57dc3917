"""Every benchmark once, as ratios; `python -m benchmarks`."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .histories import wide
from .latency import call, compare
from .projects import write_generated, write_hand

TYPESPEC_SECONDS = 6.7
"""50 resources in 10 versions, whole process, TypeSpec 1.11 on two cores."""


def main() -> None:
    """Print each ratio with its aim."""
    if len(sys.argv) > 1:
        _start(sys.argv[1], sys.argv[2])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sys.path.insert(0, name)
        ours, hand = write_generated(folder, 20), write_hand(folder, 20)
        write_generated(folder, 1)
        _latency(ours, hand)
        _startup(folder)
    _generation()
    _help()


def _say(what: str, ratio: float, aim: str, detail: str) -> None:
    print(f"{what:<52} {ratio:6.2f}   aim {aim:<12} {detail}", flush=True)


def _latency(ours: str, hand: str) -> None:
    found = asyncio.run(compare(20, ours, hand))
    for kind, aim in (("get one", "1.0"), ("list of 100", "0.7"), ("create", "1.0")):
        t = found[kind]
        detail = f"{t['oldest']:.0f} us against {t['hand']:.0f} us"
        _say(f"{kind}, oldest of 20, against hand-written", t["oldest"] / t["hand"], f"<= {aim}", detail)
    for kind, t in found.items():
        detail = f"{t['oldest']:.0f} us against {t['newest']:.0f} us"
        _say(f"{kind}, oldest against newest", t["oldest"] / t["newest"], "<= 1.05", detail)


def _start(module: str, version: str) -> None:
    """In a process of its own: import the application and answer once."""
    start = time.perf_counter()
    import importlib

    app = importlib.import_module(module).app
    status, _ = asyncio.run(call(app, "GET", f"/api/{version}/items/1"))
    assert status == 200, status
    print(json.dumps(time.perf_counter() - start))


def _startup(folder: Path) -> None:
    times: dict[int, list[float]] = {1: [], 20: []}
    for turn in range(8):
        for versions, taken in times.items():
            command = [sys.executable, "-m", "benchmarks", f"app_ours_{versions}", f"v{versions}"]
            path = {"PYTHONPATH": f"{folder}:{Path.cwd()}", "PATH": ""}
            done = subprocess.run(command, env=path, capture_output=True, text=True, check=True)
            if turn:  # the first one compiles
                taken.append(float(done.stdout))
    one, twenty = statistics.median(times[1]), statistics.median(times[20])
    detail = f"{twenty * 1e3:.0f} ms against {one * 1e3:.0f} ms"
    _say("start to first answer, 20 versions against 1", twenty / one, "<= 1.15", detail)


def _generation() -> None:
    with tempfile.TemporaryDirectory() as name:
        spec = Path(name) / "big.yaml"
        spec.write_text(wide(50, 10))
        start = time.perf_counter()
        command = [sys.executable, "-m", "scaffold.cli", "-C", name, "new", "big", "--spec", str(spec), "--defaults"]
        subprocess.run(command, capture_output=True, check=True)
        taken = time.perf_counter() - start
    detail = f"{taken:.2f} s against {TYPESPEC_SECONDS} s"
    _say("new project of 50 resources in 10 versions / TypeSpec", taken / TYPESPEC_SECONDS, "<= 0.5", detail)


def _help() -> None:
    times: dict[str, list[float]] = {"ours": [], "typer": []}
    commands = {
        "ours": [sys.executable, "-m", "scaffold.cli", "--help"],
        "typer": [sys.executable, "-c", "import typer"],
    }
    for _ in range(11):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            times[name].append(time.perf_counter() - start)
    ours, typer = (statistics.median(times[n]) for n in ("ours", "typer"))
    _say("scaffold --help against import typer", ours / typer, "<= 1.5", f"{ours * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
