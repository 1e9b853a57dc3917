"""Law 8, deterministic: the same spec gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings

from scaffold.contract.history import History
from scaffold.generate.model import model
from scaffold.generate.package import generated
from scaffold.project.ruff import format_files

from ..projects import EXAMPLES, NIGHTLY, ROOT
from ..random_histories import histories
from ..random_histories.calls import calls
from ..spec.writable import published_histories

CODE = """
import hashlib, pathlib, sys, tempfile
from scaffold.workflows.new import new_project
with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name) / "shop"
    new_project("shop", directory=place, spec=pathlib.Path(sys.argv[1]), answers={}, defaults=True, dry_run=False)
    told = hashlib.sha256()
    for path in sorted(p for p in place.rglob("*") if p.is_file()):
        told.update(path.relative_to(place).as_posix().encode() + b"\\0" + path.read_bytes() + b"\\0")
print(told.hexdigest())
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shop", "payments"] if NIGHTLY else ["payments"])
def test_another_process_on_another_day_writes_the_same_bytes(name: str) -> None:
    told = set()
    for seed, zone in (("0", "UTC"), ("1", "Asia/Kathmandu"), ("424242", "America/New_York")):
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        command = [sys.executable, "-c", CODE, str(EXAMPLES / name / "api.yaml")]
        told.add(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)
    assert len(told) == 1


@settings(max_examples=15)
@given(histories())
def test_generating_again_gives_the_same_text(history: History) -> None:
    first, second = (generated(model(history, "again")) for _ in range(2))
    assert {k: hashlib.sha256(v.encode()).digest() for k, v in first.items()} == {
        k: hashlib.sha256(v.encode()).digest() for k, v in second.items()
    }


@settings(max_examples=20)
@given(histories(most=5))
def test_any_history_gives_python(history: History) -> None:
    # Also, every name in it is one that is known there: ruff looks.
    for path, body in format_files(generated(model(history, "again"))).items():
        if path.endswith(".py"):
            compile(body, path, "exec")


@settings(max_examples=40)
@given(calls() | published_histories())
def test_any_published_history_gives_python_and_the_same_again(history: History) -> None:
    made = generated(model(history, "again"))
    assert made == generated(model(history, "again"))
    for path, body in made.items():
        if path.endswith(".py"):
            compile(body, path, "exec")
