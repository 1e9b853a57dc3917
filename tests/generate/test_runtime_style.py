"""What is copied word for word into projects is clean by the rules of projects."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_runtime_is_clean_by_the_rules_of_a_new_project() -> None:
    text = (ROOT / "template/pyproject.toml.jinja").read_text("utf-8")
    chosen = {
        key: re.findall(r'"(\w+)"', re.findall(rf"(?m)^{key} = (\[.*\])", text)[0]) for key in ("select", "ignore")
    }
    assert "SIM" in chosen["select"]
    command = ["ruff", "check", "--isolated", "--no-cache", "--target-version", "py311", "--line-length", "120"]
    rules = [f"--{key}={','.join(codes)}" for key, codes in chosen.items()]
    done = subprocess.run(
        [sys.executable, "-m", *command, *rules, "scaffold/generate/runtime"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
