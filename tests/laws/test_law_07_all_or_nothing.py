"""Law 7, all or nothing: a command leaves the project as it was or as it should be, also when it is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scaffold.workflows.generate import generate

from ..projects import EXAMPLES, NIGHTLY, ROOT, make, tree

pytestmark = pytest.mark.slow
BUMP = [sys.executable, "-m", "scaffold.cli", "bump-version", "--change", "rename Product.title to name"]


def test_a_cut_that_is_killed_at_any_moment_is_whole_afterwards(tmp_path: Path) -> None:
    shop = make(tmp_path, "shop", EXAMPLES / "shop" / "api.yaml")
    untouched = tree(shop)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    whole = Path(shutil.copytree(shop, tmp_path / "whole"))
    start = time.perf_counter()
    subprocess.run(BUMP, cwd=whole, env=env, capture_output=True, check=True)
    taken = time.perf_counter() - start
    done = tree(whole)
    seen = set()
    for part in range(0, 14, 1 if NIGHTLY else 2):
        victim = Path(shutil.copytree(shop, tmp_path / f"victim{part}"))
        process = subprocess.Popen(BUMP, cwd=victim, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(taken * (0.55 + 0.04 * part))
        process.send_signal(signal.SIGKILL)
        process.wait()
        generate(victim, draft=False, write=True)
        found = {k: v for k, v in tree(victim).items() if not k.startswith(".scaffold/")}
        was = {k: v for k, v in untouched.items() if not k.startswith(".scaffold/")}
        became = {k: v for k, v in done.items() if not k.startswith(".scaffold/")}
        assert found in (was, became), f"killed after {0.55 + 0.04 * part:.2f} of the time it takes"
        seen.add("before" if found == was else "after")
    assert "before" in seen
